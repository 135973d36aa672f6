"""Routes kept by the mall's admin, and the published rule of the place in the next line."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.errors import Refused
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.queue.actions import route_templates as actions
from gerai.queue.forms.route_templates import ChangePlace, RouteFields, written
from gerai.queue.models import RouteRule, RouteTemplate
from gerai.queue.queries.choices import services_with_a_line
from gerai.queue.queries.routes import all_templates, place_rule, wishes_of
from gerai.queue.queries.visit_routes import place_sentence
from gerai.ui.forms import told


@allow("directory.manage")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the routes; below them the rule of the place in the next line."""
    rule = place_rule()
    told = {"place": rule.place.value, "most_passed": rule.most_passed}
    return _home(request, ChangePlace(initial=told))


@allow("queue.rule")
@require_POST
def change_rule(request: HttpRequest) -> HttpResponse:
    """Publish another rule of the place in the next line."""
    form = ChangePlace(request.POST)
    if not form.is_valid():
        return _home(request, form, status=400)
    with told(request):
        rule = actions.publish_place_rule(
            form.cleaned_data["place"],
            most_passed=form.cleaned_data["most_passed"],
            by=actor_of(request.user),
        )
        done = _("Aturan rute versi %(version)s mulai berlaku.") % {"version": rule.version}
        messages.success(request, done)
    return redirect("routes:home")


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Offer several services as one need."""
    form = RouteFields(list(services_with_a_line()), request.POST or None)
    by = actor_of(request.user)
    if _saved(
        request,
        form,
        lambda: actions.make_route(
            form.cleaned_data["name"], form.wishes(), source=form.cleaned_data["source"], by=by
        ),
    ):
        messages.success(request, _("Rute %(name)s dibuat.") % form.cleaned_data)
        return redirect("routes:home")
    return _page(request, form, None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, template_id: int) -> HttpResponse:
    """Change a route."""
    found = get_object_or_404(all_templates(), pk=template_id)
    wishes = wishes_of(found)
    # A service that has lost its line since stays where it stands.
    services = {service.pk: service for service in services_with_a_line()}
    services |= {wish.service.pk: wish.service for wish in wishes}
    form = RouteFields(
        sorted(services.values(), key=lambda each: (each.agency.short_name, each.name)),
        request.POST or None,
        initial=written(found.name, found.source, wishes),
    )
    by = actor_of(request.user)
    if _saved(
        request,
        form,
        lambda: actions.change_route(
            found,
            form.cleaned_data["name"],
            form.wishes(),
            source=form.cleaned_data["source"],
            by=by,
        ),
    ):
        messages.success(request, _("Rute %(name)s disimpan.") % form.cleaned_data)
        return redirect("routes:home")
    return _page(request, form, found)


@allow("directory.manage")
@require_POST
def switch(request: HttpRequest, template_id: int) -> HttpResponse:
    """Offer a route, or no longer."""
    found = get_object_or_404(RouteTemplate.objects, pk=template_id)
    is_active = request.POST.get("is_active") == "1"
    actions.set_route_active(found, is_active=is_active, by=actor_of(request.user))
    done = (
        _("Rute %(name)s ditawarkan lagi.") if is_active else _("Rute %(name)s tidak ditawarkan.")
    )
    messages.success(request, done % {"name": found.name})
    return redirect("routes:home")


def _saved(request: HttpRequest, form: RouteFields, save: Callable[[], object]) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except actions.RouteNameTaken as refused:
        form.add_error("name", str(refused))
    except Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _home(request: HttpRequest, form: ChangePlace, *, status: int = 200) -> HttpResponse:
    rule = place_rule()
    known = {
        "templates": all_templates(),
        "rule": rule,
        "sentence": place_sentence(rule),
        "versions": RouteRule.objects.order_by("-version"),
        "form": form,
    }
    return render(request, "queue/office/routes.html", known, status=status)


def _page(request: HttpRequest, form: RouteFields, found: RouteTemplate | None) -> HttpResponse:
    return render(
        request,
        "queue/office/route.html",
        {"form": form, "template": found},
        status=400 if form.errors else 200,
    )
