"""A day of the mall as a living drawing, for guests and for the hall; what guests may see."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gerai.errors import Refused
from gerai.people.audit import actor_of
from gerai.people.guard import allow, public
from gerai.queue.queries.boards import today
from gerai.story import actions
from gerai.story.forms import Asked, ShowingFields
from gerai.story.queries.days import Days, days_for, showing
from gerai.story.queries.moves import moves_of
from gerai.story.queries.records import Record, record_of
from gerai.story.queries.telling import Telling, telling_of
from gerai.ui.forms import saved

CHOOSE = "story.choose"
# Simulated seconds for each second.
SPEEDS = (1, 10, 60, 240)
USUAL_SPEED = 60
# Browsers and proxies keep the moves of a day that is over for so many seconds.
KEPT = 3600


class NotShown(Refused):
    """A day that is not shown, or that nothing is known of."""

    message = gettext_lazy(
        "Kisah hari itu tidak ditampilkan. Buka halaman Kisah hari dan pilih hari lain."
    )
    status = 404


class NoDay(Refused):
    """What stands in the address is no day."""

    message = gettext_lazy("Tanggal pada alamat ini salah. Contoh yang benar: 2026-11-25.")
    status = 400


@public
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a day that is over, to be played."""
    days = _days(request)
    day = _asked(request) or days.first
    if day is None:
        has_today = days.has_today and not record_of(today()).is_empty
        return redirect("story:today") if has_today else _page(request, days, None)
    if day == today() and days.has_today:
        return redirect("story:today")
    return _page(request, days, _record(days, day))


@public
@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Show today as it goes on."""
    days = _days(request)
    record = _record(days, today(), may_be_empty=True)
    return _page(request, days, None if record.is_empty else record, is_living=True)


@public
@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """Give a day's moves, from which nobody can be told."""
    days = _days(request)
    day = _asked(request) or days.first or today()
    record = _record(days, day)
    answer = HttpResponse(moves_of(record), content_type="application/json")
    is_for_all = not record.is_today and day in days_for(is_staff=False).days
    answer["Cache-Control"] = f"public, max-age={KEPT}" if is_for_all else "private, no-store"
    return answer


@public
@never_cache
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Show a day on the hall's screen, over and over, without controls."""
    days = _days(request)
    asked = _asked(request) or days.first or today()
    record = _record(days, asked, may_be_empty=True)
    told = None if record.is_empty else telling_of(record, stills=1)
    return render(request, "story/hall.html", {"told": told, "is_living": asked == today()})


@allow(CHOOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Choose what guests see."""
    stored = showing()
    initial = {name: getattr(stored, name) for name in ShowingFields.base_fields}
    form = ShowingFields(request.POST or None, initial=initial)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.choose(**form.cleaned_data, by=by)):
        messages.success(request, _("Kisah hari disimpan."))
        return redirect("story_office:home")
    known = {"form": form, "days": days_for(is_staff=False)}
    return render(request, "story/office.html", known, status=400 if form.errors else 200)


def _days(request: HttpRequest) -> Days:
    return days_for(is_staff=CHOOSE in getattr(request, "may", frozenset()))


def _asked(request: HttpRequest) -> date | None:
    form = Asked(request.GET)
    if not form.is_valid():
        raise NoDay
    day: date | None = form.cleaned_data["hari"]
    return day


def _record(days: Days, day: date, *, may_be_empty: bool = False) -> Record:
    if not days.has(day):
        raise NotShown
    record = record_of(day)
    if record.is_empty and not may_be_empty:
        raise NotShown
    return record


def _page(
    request: HttpRequest, days: Days, record: Record | None, *, is_living: bool = False
) -> HttpResponse:
    told: Telling | None = telling_of(record) if record else None
    known: dict[str, Any] = {"days": days, "told": told, "is_living": is_living}
    known |= {"speeds": SPEEDS, "usual_speed": 1 if is_living else USUAL_SPEED}
    return render(request, "story/day.html", known)
