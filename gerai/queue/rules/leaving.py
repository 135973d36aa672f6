"""When to leave home: the waits of past days by hour, and how they move a clock. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gerai.waits.rules import CLAIM

# Fewer days, or fewer people, say nothing about the next one.
LEAST_DAYS = 3
LEAST_PEOPLE = 10
# Hours whose middle wait is so many minutes longer than the shortest are as calm.
AS_CALM_MINUTES = 2.0


@dataclass(frozen=True)
class PastWait:
    """Somebody came on a day in an hour and waited so many minutes until the call."""

    day: date
    hour: int
    minutes: float


@dataclass(frozen=True)
class HourWait:
    """Minutes that people waited who came in an hour: a middle, and a range of eight in ten.

    Without enough of them: None.
    """

    people: int
    days: int
    low: int | None = None
    middle: float | None = None
    high: int | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether enough people of enough days were seen."""
        return self.middle is not None


@dataclass(frozen=True)
class Coming:
    """Somebody comes at a moment: when they leave home, and between when they are called."""

    comes_at: datetime
    leaves_at: datetime | None
    wait: HourWait
    is_calm: bool = False
    is_wished: bool = False
    closes_at: datetime | None = None

    @property
    def called_from(self) -> datetime | None:
        """Return the earliest likely call."""
        low = self.wait.low
        return None if low is None else self.comes_at + timedelta(minutes=low)

    @property
    def called_until(self) -> datetime | None:
        """Return the latest likely call."""
        high = self.wait.high
        return None if high is None else self.comes_at + timedelta(minutes=high)

    @property
    def is_late(self) -> bool:
        """Tell whether the call may come only after closing."""
        until = self.called_until
        return until is not None and self.closes_at is not None and until > self.closes_at


def by_hour(waits: Iterable[PastWait]) -> dict[int, HourWait]:
    """Return hour → what was waited by those who came then.

    >>> by_hour([PastWait(date(2026, 11, 2), 9, 12.0)])
    {9: HourWait(people=1, days=1, low=None, middle=None, high=None)}
    """
    hours: dict[int, list[PastWait]] = defaultdict(list)
    for each in waits:
        hours[each.hour].append(each)
    return {hour: _hour_wait(own) for hour, own in sorted(hours.items())}


def _hour_wait(waits: list[PastWait]) -> HourWait:
    people, days = len(waits), len({each.day for each in waits})
    if people < LEAST_PEOPLE or days < LEAST_DAYS:
        return HourWait(people, days)
    minutes = sorted(each.minutes for each in waits)
    outside = (1 - CLAIM) / 2
    return HourWait(
        people,
        days,
        low=int(_quantile(minutes, outside)),
        middle=_quantile(minutes, 0.5),
        high=-int(-_quantile(minutes, 1 - outside) // 1),
    )


def _quantile(ordered: list[float], share: float) -> float:
    """Return the value below which a share lies, evenly between two of them."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def arrivals(stretches: Iterable[tuple[time, time]], last_ticket: time | None) -> list[time]:
    """Return at which times one may come on a day: each full hour at which numbers are given.

    >>> arrivals([(time(8, 30), time(10)), (time(10, 30), time(12))], time(11))
    [datetime.time(8, 30), datetime.time(9, 0), datetime.time(10, 30)]
    """
    found = []
    for starts, ends in stretches:
        end = min(ends, last_ticket or ends)
        hours = [starts, *(time(hour) for hour in range(starts.hour + 1, 24))]
        found += [each for each in hours if each < end]
    return found


def calmest(waits: Iterable[HourWait]) -> float | None:
    """Return up to which middle wait an hour counts as calm; None where none is known."""
    middles = [wait.middle for wait in waits if wait.middle is not None]
    return min(middles) + AS_CALM_MINUTES if middles else None
