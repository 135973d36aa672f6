"""The building: floors, zones and counters, with the plan drawn beside."""

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory import forms, queries
from gerai.directory.actions import plan as actions
from gerai.directory.models import Counter, Floor, Zone
from gerai.directory.views.office.counters import chosen_floor
from gerai.errors import Refused
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved

FIELD_OF: dict[type[Refused], str] = {
    actions.FloorTaken: "number",
    actions.ZoneTaken: "code",
    actions.OffTheSheet: "width",
    actions.OverAnother: "x",
}


@allow("directory.manage")
@require_safe
def building(request: HttpRequest) -> HttpResponse:
    """Show a floor with its zones: the lowest one, or that of ?lantai=."""
    floors = queries.floors()
    floor = chosen_floor(floors, request.GET.get("lantai", ""))
    zones = []
    plan = None
    if floor is not None:
        plan = queries.floor_plan(floor)
        zones = [
            (zone, [place for place in plan.counters if place.counter.zone_id == zone.pk])
            for zone in plan.zones
        ]
    return render(
        request,
        "directory/building.html",
        {"floors": floors, "floor": floor, "plan": plan, "zones": zones},
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_floor(request: HttpRequest) -> HttpResponse:
    """Add a floor; the next number is proposed."""
    number = max((floor.number for floor in queries.floors()), default=0) + 1
    proposed = {"number": number, "name": _("Lantai %(number)s") % {"number": number}}
    form = forms.FloorFields(request.POST or None, initial=proposed)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.add_floor(**form.cleaned_data, by=by), FIELD_OF):
        messages.success(request, _("%(name)s ditambahkan.") % form.cleaned_data)
        return redirect(_address(form.cleaned_data["number"]))
    return _page(request, form, None, title=_("Tambah lantai"))


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def floor(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or renumber a floor."""
    found = get_object_or_404(Floor.objects, pk=pk)
    stored = {"number": found.number, "name": found.name}
    form = forms.FloorFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(
        request, form, lambda: actions.change_floor(found, **form.cleaned_data, by=by), FIELD_OF
    ):
        messages.success(request, _("Lantai disimpan."))
        return redirect(_address(form.cleaned_data["number"]))
    return _page(request, form, found, title=found.name, edited=found)


@allow("directory.manage")
@require_POST
def remove_floor(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an empty floor."""
    found = get_object_or_404(Floor.objects, pk=pk)
    actions.remove_floor(found, by=actor_of(request.user))
    messages.success(request, _("%(name)s dihapus.") % {"name": found.name})
    return redirect("manage:building")


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_zone(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a zone to a floor; a free place is proposed."""
    on = get_object_or_404(Floor.objects, pk=pk)
    place = queries.place_for_a_zone(on)
    proposed = {"code": queries.code_for_a_zone(), **(vars(place) if place else {})}
    form = forms.ZoneFields(request.POST or None, initial=proposed)

    def add() -> None:
        told = form.cleaned_data
        actions.add_zone(
            on, code=told["code"], name=told["name"], place=form.place(), by=actor_of(request.user)
        )

    if saved(request, form, add, FIELD_OF):
        messages.success(request, _("Zona %(code)s ditambahkan.") % form.cleaned_data)
        return redirect(_address(on.number))
    return _page(request, form, on, title=_("Tambah zona"), is_full=place is None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def zone(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or move a zone, its counters with it."""
    found = get_object_or_404(Zone.objects.select_related("floor"), pk=pk)
    stored = {"code": found.code, "name": found.name, **vars(queries.place_of(found))}
    form = forms.ZoneFields(request.POST or None, initial=stored)

    def change() -> None:
        told = form.cleaned_data
        by = actor_of(request.user)
        actions.change_zone(found, code=told["code"], name=told["name"], place=form.place(), by=by)

    if saved(request, form, change, FIELD_OF):
        messages.success(request, _("Zona %(code)s disimpan.") % form.cleaned_data)
        return redirect(_address(found.floor.number))
    return _page(request, form, found.floor, title=found.name, edited=found)


@allow("directory.manage")
@require_POST
def remove_zone(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an empty zone."""
    found = get_object_or_404(Zone.objects.select_related("floor"), pk=pk)
    actions.remove_zone(found, by=actor_of(request.user))
    messages.success(request, _("Zona %(code)s dihapus.") % {"code": found.code})
    return redirect(_address(found.floor.number))


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_counters(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one counter or a series to a zone."""
    into = get_object_or_404(Zone.objects.select_related("floor"), pk=pk)
    proposed = {"first": queries.code_for_a_counter()}
    form = forms.NewCounters(request.POST or None, initial=proposed)
    by = actor_of(request.user)
    if saved(
        request, form, lambda: actions.add_counters(into, form.cleaned_data["codes"], by=by), {}
    ):
        count = len(form.cleaned_data["codes"])
        told = ngettext("%(n)s loket ditambahkan.", "%(n)s loket ditambahkan.", count)
        messages.success(request, told % {"n": count})
        return redirect(_address(into.floor.number))
    title = _("Tambah loket di zona %(code)s") % {"code": into.code}
    return _page(request, form, into.floor, title=title)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a counter, or move it to another zone."""
    found = get_object_or_404(Counter.objects.select_related("zone__floor"), pk=pk)
    stored = {"code": found.code, "zone": found.zone_id}
    form = forms.CounterFields(request.POST or None, initial=stored)
    fields = {actions.CounterCodeTaken: "code", actions.ZoneFull: "zone"}
    by = actor_of(request.user)
    if saved(
        request, form, lambda: actions.change_counter(found, **form.cleaned_data, by=by), fields
    ):
        messages.success(request, _("Loket %(code)s disimpan.") % form.cleaned_data)
        return redirect("manage:counter", pk=pk)
    title = _("Loket %(code)s") % {"code": found.code}
    return _page(request, form, found.zone.floor, title=title, current=found)


def _address(number: int) -> str:
    return f"{reverse('manage:building')}?lantai={number}"


def _page(
    request: HttpRequest, form: django_forms.Form, on: Floor | None, **known: object
) -> HttpResponse:
    return render(
        request,
        "directory/building_form.html",
        {"form": form, "floor": on, "plan": queries.floor_plan(on) if on else None, **known},
        status=400 if form.errors else 200,
    )
