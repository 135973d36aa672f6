"""Asking for a visit: the public form."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gerai.errors import Refused
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.papers.actions import BadFile
from gerai.people.guard import public
from gerai.visits.actions import asking as actions
from gerai.visits.forms.asking import Ask, new_key, region_words
from gerai.visits.models import Visit
from gerai.visits.queries.calendar import first_day_to_come, rules_of_mall, today
from gerai.visits.queries.guests import visit_by
from gerai.visits.views.public.visit import base_url

FIELD_OF: Final[dict[type[Refused], str]] = {
    actions.UnknownRegion: "region",
    actions.GroupTooLarge: "size",
    actions.BadDates: "wished_1",
    BadFile: "letter",
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request; show the form again with all that was typed where something is wrong."""
    previous = visit_by(request.GET.get("dari", ""))
    if request.method != "POST":
        return _page(request, Ask(initial=_known(previous)), previous)
    form = Ask(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, previous, status=400)
    if form.is_by_machine:
        return redirect("visits:ask")
    try:
        actions.check_may_ask(request.META.get("REMOTE_ADDR", ""))
        visit = actions.ask(
            form.wish(),
            letter=form.cleaned_data["letter"],
            idempotency_key=form.cleaned_data["key"],
            base_url=base_url(request),
            language=_language(),
            previous=previous,
        )
    except Refused as refused:
        form.add_error(FIELD_OF.get(type(refused)), str(refused))
        return _page(request, form, previous, status=refused.status)
    return redirect("visits:visit", visit.secret)


def _known(previous: Visit | None) -> dict[str, object]:
    known: dict[str, object] = {"key": new_key()}
    if previous is not None:
        kept = ("leader_name", "leader_title", "contact_name", "contact_email", "contact_phone")
        known |= {name: getattr(previous, name) for name in kept}
        known["region"] = region_words(previous.relation.region_code)
        known["institution"] = previous.relation.institution
    return known


def _language() -> str:
    told = (get_language() or settings.LANGUAGE_CODE)[:2]
    return told if told in dict(settings.LANGUAGES) else "id"


def _page(
    request: HttpRequest, form: Ask, previous: Visit | None, *, status: int = 200
) -> HttpResponse:
    rules = rules_of_mall()
    mall = current_mall()
    context = {
        "form": form,
        "rules": rules,
        "previous": previous,
        "first_day": None if mall.is_founding else first_day_to_come(rules, today()),
        "regions": [region_words(code) for code in region_names()],
        "weekdays_off": rules.closed_weekdays,
    }
    return render(request, "visits/ask.html", context, status=status)
