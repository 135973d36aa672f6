"""The mall's settings for visits: days, group, reasons, rooms, days kept free, the letter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gerai.errors import Refused
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import settings as actions
from gerai.visits.forms.desk import KeptFree, Reasons, RoomFields, Settings
from gerai.visits.letters.words import BLANKS, FIRST_TEXT
from gerai.visits.models import ClosedDay, Room
from gerai.visits.queries.calendar import rules_of_mall, today
from gerai.visits.queries.desk import closed_days, reasons, rooms


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show and change the settings."""
    if request.method != "POST":
        return _page(request)
    form = Settings(request.POST)
    if form.is_valid():
        try:
            actions.set_rules(**form.cleaned_data, by=actor_of(request.user))
        except Refused as refused:
            form.add_error("letter_text", str(refused))
    if form.errors:
        return _page(request, form=form, status=400)
    messages.success(request, _("Aturan kunjungan disimpan."))
    return redirect("visits_office:rules")


@allow("visits.manage")
@require_POST
def set_reasons(request: HttpRequest) -> HttpResponse:
    """Change the reasons for a refusal."""
    form = Reasons(request.POST)
    if not form.is_valid():
        return _page(request, reasons_form=form, status=400)
    actions.set_reasons(form.cleaned_data["text"], by=actor_of(request.user))
    messages.success(request, _("Alasan penolakan disimpan."))
    return redirect("visits_office:rules")


@allow("visits.manage")
@require_POST
def add_closed_day(request: HttpRequest) -> HttpResponse:
    """Keep a day free of visits."""
    form = KeptFree(request.POST)
    if form.is_valid():
        try:
            actions.keep_day_free(**form.cleaned_data, by=actor_of(request.user))
        except Refused as refused:
            form.add_error("day", str(refused))
    if form.errors:
        return _page(request, day_form=form, status=400)
    return redirect("visits_office:rules")


@allow("visits.manage")
@require_POST
def remove_closed_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive delegations on a day again."""
    closed = get_object_or_404(ClosedDay.objects, pk=pk)
    actions.free_day(closed, by=actor_of(request.user))
    return redirect("visits_office:rules")


@allow("visits.manage")
@require_POST
def add_room(request: HttpRequest) -> HttpResponse:
    """Add a room."""
    form = RoomFields(request.POST)
    if not form.is_valid() or not _set(request, form, None):
        return _page(request, room_form=form, status=400)
    messages.success(request, _("Ruang disimpan."))
    return redirect("visits_office:rules")


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a room."""
    found = get_object_or_404(Room.objects, pk=pk)
    stored = {name: getattr(found, name) for name in RoomFields.base_fields}
    form = RoomFields(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid() and _set(request, form, found):
        messages.success(request, _("Ruang disimpan."))
        return redirect("visits_office:rules")
    context = {"room": found, "form": form}
    return render(request, "visits/room.html", context, status=400 if form.errors else 200)


def _set(request: HttpRequest, form: RoomFields, found: Room | None) -> bool:
    try:
        actions.set_room(found, **form.cleaned_data, by=actor_of(request.user))
    except Refused as refused:
        form.add_error("name", str(refused))
        return False
    return True


def _page(request: HttpRequest, *, status: int = 200, **told: Any) -> HttpResponse:
    context = {
        "form": Settings(initial=Settings.stored(rules_of_mall())),
        "reasons_form": Reasons(initial={"text": "\n".join(reasons())}),
        "day_form": KeptFree(),
        "room_form": RoomFields(),
        "rooms": rooms(),
        "closed_days": closed_days().filter(day__gte=today()),
        "blanks": BLANKS,
        "first_text": FIRST_TEXT,
        **told,
    }
    return render(request, "visits/rules.html", context, status=status)
