"""A day of the mall as a heartbeat: who came, and how long they waited."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from gerai import clock
from gerai.directory import queries as directory
from gerai.malls.scope import current_mall
from gerai.queue.models import Ticket, Visit
from gerai.queue.queries.places import durations_of
from gerai.showcase.measures import Quarter, quarters
from gerai.showcase.shape import n
from gerai.showcase.shape.pulse import Bar, bars, hill

DAYS_LOOKED_BACK = 20
DAY_LEFT, DAY_RIGHT, DAY_BASE, DAY_UP, DAY_DOWN = 4.0, 732.0, 158.0, 136.0, 78.0


@dataclass(frozen=True)
class DrawnQuarter:
    """A quarter of an hour with its bars; wait in whole minutes where somebody was called."""

    quarter: Quarter
    bar: Bar
    wait_bar: Bar
    wait: int | None
    mark: str

    @property
    def is_hour(self) -> bool:
        """Tell whether a full hour begins with it."""
        return self.quarter.begins % 60 == 0


@dataclass(frozen=True)
class DayPicture:
    """A day of the mall as a heartbeat."""

    on: date
    is_today: bool
    quarters: tuple[DrawnQuarter, ...]
    usual: str
    usual_days: int
    came: int
    median_wait: int | None
    longest_wait: int | None
    busiest: Quarter | None
    now_x: str
    base: str


def day_picture() -> DayPicture | None:
    """Return today, or the last day on which anybody came; None when nobody ever did."""
    mall, now = current_mall(), clock.now()
    today = clock.local_day(now, mall.zone)
    last = Visit.objects.filter(day__lte=today).aggregate(last=Max("day"))["last"]
    if last is None:
        return None
    minutes = _minutes_by_day(last)
    came = minutes.pop(last, [])
    waits = _waits(last)
    shown = quarters(came, waits=waits, usual=minutes, span=_span(last))
    most = max([*(max(each.came, each.usual) for each in shown), 1])
    longest = max([each.wait or 0 for each in shown] + [1])
    edges = {"left": DAY_LEFT, "right": DAY_RIGHT, "base": DAY_BASE}
    up = bars([each.came for each in shown], room=DAY_UP, most=most, **edges)
    down = bars(
        [each.wait or 0 for each in shown],
        room=-DAY_DOWN,
        most=longest,
        **{**edges, "base": DAY_BASE + 20},
    )
    spent = [wait for each in waits.values() for wait in each]
    step = (DAY_RIGHT - DAY_LEFT) / max(len(shown), 1)
    return DayPicture(
        on=last,
        is_today=last == today,
        quarters=tuple(
            DrawnQuarter(
                each,
                bar,
                wait_bar,
                None if each.wait is None else round(each.wait),
                n(DAY_LEFT + step * place),
            )
            for place, (each, bar, wait_bar) in enumerate(zip(shown, up, down, strict=True))
        ),
        usual=hill([each.usual for each in shown], room=DAY_UP, most=most, **edges)
        if minutes
        else "",
        usual_days=len(minutes),
        came=len(came),
        median_wait=round(statistics.median(spent)) if spent else None,
        longest_wait=round(max(spent)) if spent else None,
        busiest=max(shown, key=lambda each: each.came, default=None) if came else None,
        now_x=_now_x(shown, step) if last == today else "",
        base=n(DAY_BASE),
    )


def _minute(moment: object) -> int:
    local = clock.local(moment, current_mall().zone)  # type: ignore[arg-type]
    return local.hour * 60 + local.minute


def _minutes_by_day(last: date) -> dict[date, list[int]]:
    """Return the minutes at which people came, of a day and of its like before it."""
    found: dict[date, list[int]] = defaultdict(list)
    since = last - timedelta(days=DAYS_LOOKED_BACK)
    rows = Visit.objects.filter(day__range=(since, last)).values_list("day", "came_at")
    for day, came_at in rows:
        found[day].append(_minute(came_at))
    return found


def _waits(day: date) -> dict[int, list[float]]:
    called = dict(
        Ticket.objects.filter(day=day, times_called__gt=0).values_list("pk", "visit__came_at")
    )
    waits: dict[int, list[float]] = defaultdict(list)
    for key, spent in durations_of(list(called)).items():
        waits[_minute(called[key])].append(spent.waiting / 60)
    return waits


def _span(day: date) -> tuple[int, int]:
    """Return the hours of the mall on a day, in minutes; eight to three where none are told.

    A mall that is open all day long is shown from the first to the last who came.
    """
    hours = directory.day_plans(day, day)[day].hours
    if hours is None:
        return (8 * 60, 15 * 60)
    opens, closes = (at.hour * 60 + at.minute for at in (hours.opens, hours.closes))
    if closes - opens > 14 * 60:
        noon = 12 * 60
        return (noon, noon)
    return (opens, closes)


def _now_x(shown: Sequence[Quarter], step: float) -> str:
    minute = _minute(clock.now())
    if not shown or not shown[0].begins <= minute < shown[-1].begins + 15:
        return ""
    return n(DAY_LEFT + step * (minute - shown[0].begins) / 15)
