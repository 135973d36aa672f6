"""The published order of calling, its history, and a new version."""

from dataclasses import asdict
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gerai.people import audit
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.queue.actions.calling import rule_in_force
from gerai.queue.actions.rule import publish_rule
from gerai.queue.forms.supervisor import ChangeRule
from gerai.queue.models import Rule
from gerai.queue.queries.words import rule_sentences
from gerai.queue.views.seats import told


@allow("queue.watch")
@require_safe
def rule(request: HttpRequest) -> HttpResponse:
    """Show the rule in force and all earlier ones."""
    return _page(request, ChangeRule(initial=asdict(rule_in_force())))


@allow("queue.rule")
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Publish a new version."""
    form = ChangeRule(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    by = audit.Actor.person(cast("User", request.user))
    with told(request):
        published = publish_rule(by=by, **form.cleaned_data)
        done = _("Aturan versi %(version)s mulai berlaku.") % {"version": published.version}
        messages.success(request, done)
    return redirect("supervisor:rule")


def _page(request: HttpRequest, form: ChangeRule, *, status: int = 200) -> HttpResponse:
    known = {
        "here": "rule",
        "rule": rule_in_force(),
        "sentences": rule_sentences(rule_in_force()),
        "versions": Rule.objects.order_by("-version"),
        "form": form,
    }
    return render(request, "queue/supervisor/rule.html", known, status=status)
