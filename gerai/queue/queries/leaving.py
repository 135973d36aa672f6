"""When must I leave home? Answered from how long people waited on past days, hour by hour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import caches
from django.db.models import Min, Q

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.hours import DayPlan
from gerai.directory.models import Service
from gerai.malls.scope import current_mall
from gerai.queue.models import Line, Ticket
from gerai.queue.queries.boards import today
from gerai.queue.rules import Coming, HourWait, PastWait, arrivals, by_hour, calmest
from gerai.queue.states import State

WEEKS_BACK = 10
DAYS_OFFERED = 6
DAYS_AHEAD = 14
KEPT_SECONDS = 60 * 60


@dataclass(frozen=True)
class DayChoice:
    """A day on which one may come."""

    day: date
    is_today: bool


@dataclass(frozen=True)
class SettingOut:
    """The answer for a service, a day and a way of so many minutes (None: not said).

    days_seen: past days of that weekday with numbers. wished: the hour asked for, if it can be
    had; calm: the coming in the calmest hour, None where too little is known.
    """

    service: Service
    days: tuple[DayChoice, ...]
    day: date | None
    travel: int | None
    comings: tuple[Coming, ...]
    days_seen: int

    @property
    def wished(self) -> Coming | None:
        """Return the coming in the hour asked for."""
        return next((each for each in self.comings if each.is_wished), None)

    @property
    def calm(self) -> Coming | None:
        """Return the first coming in a calm hour."""
        return next((each for each in self.comings if each.is_calm), None)

    @property
    def is_known(self) -> bool:
        """Tell whether the wait of any hour is known."""
        return any(each.wait.is_known for each in self.comings)

    @property
    def longest(self) -> int:
        """Return the longest wait in the table, in minutes; at least one."""
        return max([1, *(each.wait.high or 0 for each in self.comings)])


def days_to_come(service: Service) -> dict[date, DayPlan]:
    """Return the days on which numbers are still given: today's rest and the next ones."""
    first = today()
    plans = directory.day_plans(first, first + timedelta(days=DAYS_AHEAD), service.agency)
    found = {}
    for day, plan in plans.items():
        if any(moment > clock.now() for moment in _moments(day, plan)):
            found[day] = plan
        if len(found) == DAYS_OFFERED:
            break
    return found


def setting_out(
    service: Service, *, day: date | None, hour: int | None, travel: int | None
) -> SettingOut:
    """Return when to leave for a service on one of the days to come (None: the first of them)."""
    days = days_to_come(service)
    chosen = day if day in days else next(iter(days), None)
    choices = tuple(DayChoice(each, each == today()) for each in days)
    if chosen is None:
        return SettingOut(service, choices, None, travel, (), 0)
    waits, days_seen = waits_by_hour(service.line_service.line, chosen.weekday())
    comings = tuple(_comings(chosen, days[chosen], waits, hour=hour, travel=travel))
    return SettingOut(service, choices, chosen, travel, comings, days_seen)


def waits_by_hour(line: Line, weekday: int) -> tuple[dict[int, HourWait], int]:
    """Return hour → what was waited on past days of a weekday, and how many days these were.

    Read anew every hour: today does not belong to them.
    """
    name = f"leaving:{line.pk}:{weekday}:{today()}"
    kept: tuple[dict[int, HourWait], int] | None = caches["waits"].get(name)
    if kept is None:
        waits = _past_waits(line, weekday)
        kept = by_hour(waits), len({each.day for each in waits})
        caches["waits"].set(name, kept, KEPT_SECONDS)
    return kept


def _past_waits(line: Line, weekday: int) -> Sequence[PastWait]:
    """Return the waits of those who were called, of the last weeks' days of a weekday."""
    days = [today() - timedelta(days=back) for back in range(1, 7 * WEEKS_BACK + 1)]
    zone = current_mall().zone
    called_at = Min("steps__at", filter=Q(steps__state=State.CALLED))
    tickets = Ticket.objects.filter(
        line=line, day__in=[day for day in days if day.weekday() == weekday], came_from=None
    )
    rows = tickets.order_by().annotate(called_at=called_at)
    return [
        PastWait(day, clock.local(came, zone).hour, max((called - came).total_seconds() / 60, 0.0))
        for day, came, called in rows.values_list("day", "arrived_at", "called_at")
        if called is not None
    ]


def _moments(day: date, plan: DayPlan) -> list[datetime]:
    if plan.hours is None:
        return []
    zone = current_mall().zone
    times = arrivals(plan.hours.stretches(), plan.hours.last_ticket)
    return [clock.at(day, each.hour, each.minute, zone) for each in times]


def _comings(
    day: date,
    plan: DayPlan,
    waits: dict[int, HourWait],
    *,
    hour: int | None,
    travel: int | None,
) -> Iterator[Coming]:
    """Return a coming for each hour that can still be reached."""
    assert plan.hours is not None  # numbers are given on that day
    way = timedelta(minutes=travel or 0)
    moments = [moment for moment in _moments(day, plan) if moment - way >= clock.now()]
    own = {moment: waits.get(moment.hour, HourWait(0, 0)) for moment in moments}
    bound = calmest(own.values())
    closes = plan.hours.closes
    for moment, wait in own.items():
        yield Coming(
            comes_at=moment,
            leaves_at=None if travel is None else moment - way,
            wait=wait,
            is_calm=bound is not None and wait.middle is not None and wait.middle <= bound,
            is_wished=moment.hour == hour,
            closes_at=clock.at(day, closes.hour, closes.minute, current_mall().zone),
        )
