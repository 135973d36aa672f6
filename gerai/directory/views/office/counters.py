"""Counters on the floor plan, and who sits at them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory import queries
from gerai.directory.actions import places
from gerai.directory.forms import Seats
from gerai.directory.models import Counter, Floor
from gerai.people.audit import actor_of
from gerai.people.guard import allow


@allow("directory.manage")
@require_safe
def counters(request: HttpRequest) -> HttpResponse:
    """Draw a floor with its counters: the lowest one, or that of ?lantai=."""
    floors = queries.floors()
    floor = chosen_floor(floors, request.GET.get("lantai", ""))
    plan = queries.floor_plan(floor) if floor is not None else None
    return render(
        request, "directory/counters.html", {"floors": floors, "floor": floor, "plan": plan}
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a counter, and say who sits there on which weekdays."""
    found = get_object_or_404(Counter.objects.select_related("zone__floor"), pk=pk)
    form = Seats(request.POST or None, seats=queries.seats_of(found))
    if request.method == "POST" and form.is_valid():
        places.seat(found, form.chosen(), by=actor_of(request.user))
        messages.success(request, _("Jadwal loket %(code)s disimpan.") % {"code": found.code})
        return redirect("manage:counter", pk=pk)
    return render(
        request,
        "directory/counter.html",
        {"counter": found, "form": form},
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a counter into use, or out of it."""
    found = get_object_or_404(Counter.objects, pk=pk)
    is_active = request.POST.get("is_active") == "1"
    places.set_counter_active(found, is_active=is_active, by=actor_of(request.user))
    told = (
        _("Loket %(code)s sekarang dipakai.")
        if is_active
        else _("Loket %(code)s tidak dapat dibuka lagi; yang sedang dibuka dapat diselesaikan.")
    )
    messages.success(request, told % {"code": found.code})
    return redirect("manage:counter", pk=pk)


def chosen_floor(floors: list[Floor], number: str) -> Floor | None:
    """Return the floor of a typed number, the lowest one without a number, or answer 404."""
    if not number:
        return floors[0] if floors else None
    for floor in floors:
        if str(floor.number) == number:
            return floor
    raise Http404
