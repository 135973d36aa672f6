"""Seasons with a week of their own, and the Friday prayer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gerai.directory import queries
from gerai.directory.actions import seasons as actions
from gerai.directory.forms import Week
from gerai.directory.forms.seasons import FridayBreakFields, SeasonFields
from gerai.directory.hours import DayHours, week_from_json
from gerai.directory.models import FridayBreak, Season
from gerai.people.audit import actor_of
from gerai.people.guard import allow

OWN_FIELDS = ("name", "agency", "starts_on", "ends_on", "source")


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def seasons(request: HttpRequest) -> HttpResponse:
    """List the seasons and the Friday breaks; add a Friday break."""
    form = FridayBreakFields(request.POST or None)
    by = actor_of(request.user)
    if form.is_valid():
        try:
            actions.add_friday_break(**form.cleaned_data, by=by)
        except actions.BreakTaken as refused:
            form.add_error("since", str(refused))
        else:
            messages.success(request, _("Jeda Jumat disimpan."))
            return redirect("manage:seasons")
    known = {
        "seasons": Season.objects.select_related("agency").order_by("-starts_on", "pk"),
        "fridays": FridayBreak.objects.select_related("agency").order_by(
            "agency__short_name", "since", "pk"
        ),
        "form": form,
    }
    return render(request, "directory/seasons.html", known, status=400 if form.errors else 200)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_season(request: HttpRequest) -> HttpResponse:
    """Add a season; its week begins as the mall's."""
    form, week = SeasonFields(request.POST or None), _week(request, queries.week_of(None))
    by = actor_of(request.user)

    def save() -> None:
        actions.add_season(**form.cleaned_data, week=week.cleaned_data["week"], by=by)

    if _saved(form, week, save):
        messages.success(request, _("Musim ditambahkan."))
        return redirect("manage:seasons")
    return _page(request, form, week, None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def season(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a season."""
    found = get_object_or_404(Season.objects.select_related("agency"), pk=pk)
    stored = {name: getattr(found, name) for name in OWN_FIELDS}
    form = SeasonFields(request.POST or None, initial=stored)
    week = _week(request, week_from_json(found.week))
    by = actor_of(request.user)

    def save() -> None:
        actions.change_season(found, **form.cleaned_data, week=week.cleaned_data["week"], by=by)

    if _saved(form, week, save):
        messages.success(request, _("Musim disimpan."))
        return redirect("manage:seasons")
    return _page(request, form, week, found)


@allow("directory.manage")
@require_POST
def remove_season(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a season."""
    actions.remove_season(get_object_or_404(Season.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Musim dihapus; tanggalnya kembali mengikuti jam mingguan."))
    return redirect("manage:seasons")


@allow("directory.manage")
@require_POST
def remove_friday_break(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a Friday break."""
    found = get_object_or_404(FridayBreak.objects, pk=pk)
    actions.remove_friday_break(found, by=actor_of(request.user))
    messages.success(request, _("Jeda Jumat dihapus."))
    return redirect("manage:seasons")


def _week(request: HttpRequest, week: dict[int, DayHours]) -> Week:
    return Week(request.POST or None, week=week)


def _saved(form: SeasonFields, week: Week, save: Callable[[], None]) -> bool:
    if not (form.is_valid() and week.is_valid()):
        return False
    try:
        save()
    except actions.SeasonTaken as refused:
        form.add_error("starts_on", str(refused))
        return False
    return True


def _page(
    request: HttpRequest, form: SeasonFields, week: Week, found: Season | None
) -> HttpResponse:
    known = {"form": form, "week": week, "season": found}
    status = 400 if form.errors or week.errors else 200
    return render(request, "directory/season.html", known, status=status)
