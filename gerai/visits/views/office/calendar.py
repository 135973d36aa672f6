"""The desk's calendar: a month and a week, with the mall's usual load behind the visits."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.people.guard import allow
from gerai.visits.models import Visit
from gerai.visits.queries import calendar as queries
from gerai.visits.queries.calendar import DayView
from gerai.visits.rules import RECEIVES_FROM, RECEIVES_UNTIL, UsualLoad, level_of

FIRST_YEAR = 2000
LAST_YEAR = 2100
DECEMBER = 12


@dataclass(frozen=True)
class Cell:
    """A day of a month: what it is, who comes, who would like to, how busy it usually is."""

    view: DayView
    is_of_month: bool
    is_today: bool
    is_past: bool
    level: int
    visitors: float
    wished: list[Visit]


@dataclass(frozen=True)
class Hour:
    """An hour of a day of the week: usual visitors, and the visits in it."""

    level: int
    visitors: float
    is_open: bool
    visits: list[Visit]


@allow("visits.manage")
@never_cache
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show a month."""
    on = queries.today()
    first = _month(request.GET.get("bulan", "")) or on.replace(day=1)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    load = queries.visitors_usually()
    views = queries.day_views(weeks[0][0], weeks[-1][-1])
    wished = queries.wished_between(weeks[0][0], weeks[-1][-1])
    loads = [load.of_weekday(weekday) for weekday in range(7)]
    filled = [each for each in loads if each]
    mean = sum(filled) / len(filled) if filled else 0.0
    cells = [
        [
            Cell(
                views[day],
                day.month == first.month,
                day == on,
                day < on,
                level_of(loads[day.weekday()], mean) if views[day].hours else 0,
                loads[day.weekday()],
                wished[day],
            )
            for day in week
        ]
        for week in weeks
    ]
    context = {
        "first": first,
        "weeks": cells,
        "days": [cell for week in cells for cell in week if cell.is_of_month],
        "head": weeks[0],
        "before": _shifted(first, -1),
        "after": _shifted(first, 1),
        "load": load,
        "visits": sum(len(cell.view.visits) for week in cells for cell in week if cell.is_of_month),
    }
    return render(request, "visits/calendar_month.html", context)


@allow("visits.manage")
@never_cache
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Show a week by hours."""
    on = _day(request.GET.get("tanggal", "")) or queries.today()
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    load = queries.visitors_usually()
    views = queries.day_views(days[0], days[-1])
    hours = _hours(list(views.values()))
    context = {
        "days": [(views[day], day == queries.today()) for day in days],
        "rows": [(hour, [_hour(views[day], hour, load) for day in days]) for hour in hours],
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "monday": monday,
        "sunday": days[-1],
        "load": load,
    }
    return render(request, "visits/calendar_week.html", context)


def _hour(view: DayView, hour: int, load: UsualLoad) -> Hour:
    is_open = view.hours is not None and view.hours.opens.hour <= hour < _end_hour(view)
    zone = current_mall().zone
    visits = []
    for visit in view.visits:
        if visit.starts_at is None or visit.ends_at is None:
            continue
        starts = clock.local(visit.starts_at, zone)
        ends = clock.local(visit.ends_at, zone) - timedelta(minutes=1)
        if starts.hour <= hour <= ends.hour:
            visits.append(visit)
    weekday = view.day.weekday()
    level = load.level(weekday, hour) if is_open else 0
    return Hour(level, load.at(weekday, hour) if is_open else 0, is_open, visits)


def _hours(views: list[DayView]) -> range:
    zone = current_mall().zone
    first, last = RECEIVES_UNTIL.hour, RECEIVES_FROM.hour
    for view in views:
        if view.hours is not None:
            first = min(first, max(view.hours.opens.hour, RECEIVES_FROM.hour))
            last = max(last, min(_end_hour(view), RECEIVES_UNTIL.hour))
        for visit in view.visits:
            if visit.starts_at and visit.ends_at:
                first = min(first, clock.local(visit.starts_at, zone).hour)
                last = max(last, clock.local(visit.ends_at, zone).hour + 1)
    return range(first, last) if first < last else range(8, 16)


def _end_hour(view: DayView) -> int:
    if view.hours is None:
        return 0
    return view.hours.closes.hour + bool(view.hours.closes.minute)


def _month(told: str) -> date | None:
    day = _day(f"{told}-01")
    return day if day and FIRST_YEAR < day.year < LAST_YEAR else None


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if FIRST_YEAR < day.year < LAST_YEAR else None


def _shifted(first: date, months: int) -> date:
    number = first.year * DECEMBER + first.month - 1 + months
    return date(number // DECEMBER, number % DECEMBER + 1, 1)
