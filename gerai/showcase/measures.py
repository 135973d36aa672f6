"""What the pictures of a presentation count. Pure: days, moments and numbers in."""

import statistics
from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

QUARTER = 15
MINUTES_A_DAY = 24 * 60
LEVELS = 5

# What a promised time is in minutes; a working day is drawn as a day.
MINUTES = {
    "menit": 1,
    "jam": 60,
    "hari": 1440,
    "hari_kerja": 1440,
    "minggu": 10_080,
    "bulan": 43_200,
}


@dataclass(frozen=True)
class Quarter:
    """A quarter of an hour, by the minute of the day at which it begins."""

    begins: int
    came: int
    usual: float
    wait: float | None

    @property
    def clock(self) -> str:
        """Return the time at which it begins, as 08.15."""
        return f"{self.begins // 60:02}.{self.begins % 60:02}"


def quarters(
    came: Iterable[int],
    *,
    waits: Mapping[int, Sequence[float]],
    usual: Mapping[date, Iterable[int]],
    span: tuple[int, int],
) -> list[Quarter]:
    """Return a day by quarters of an hour.

    came: minutes of the day at which people came. waits: minute of the day at which somebody
    came → minutes waited, of those who were called. usual: the same minutes of other days.
    span: first and last minute that is shown; widened when somebody came outside of it.

    >>> [each.came for each in quarters([480, 481, 500], waits={}, usual={}, span=(480, 510))]
    [2, 1]
    """
    arrivals = list(came)
    first, last = span
    if arrivals:
        first, last = min(first, *arrivals), max(last, max(arrivals) + 1)
    first, last = first - first % QUARTER, min(last, MINUTES_A_DAY)
    mine = Tally(minute // QUARTER for minute in arrivals)
    others = Tally(minute // QUARTER for minutes in usual.values() for minute in minutes)
    waited: dict[int, list[float]] = {}
    for minute, spent in waits.items():
        waited.setdefault(minute // QUARTER, []).extend(spent)
    return [
        Quarter(
            begins=begins,
            came=mine[begins // QUARTER],
            usual=others[begins // QUARTER] / len(usual) if usual else 0.0,
            wait=(
                statistics.median(waited[begins // QUARTER])
                if waited.get(begins // QUARTER)
                else None
            ),
        )
        for begins in range(first, last, QUARTER)
    ]


@dataclass(frozen=True)
class Cell:
    """A day in the weave: its place, how many came, and how dark it is, 0 to LEVELS."""

    on: date
    week: int
    weekday: int
    count: int
    level: int
    is_future: bool


def weave(counts: Mapping[date, int], *, today: date, weeks: int) -> list[Cell]:
    """Return the days of so many weeks up to this one, Monday first.

    The darkest level is the busiest day; the steps between are equal shares of it.

    >>> monday = date(2026, 11, 23)
    >>> [(day.week, day.level) for day in weave({monday: 8}, today=monday, weeks=1)][:2]
    [(0, 5), (0, 0)]
    """
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    days = [first + timedelta(days=ahead) for ahead in range(7 * weeks)]
    most = max((counts.get(day, 0) for day in days), default=0)
    return [
        Cell(
            on=day,
            week=(day - first).days // 7,
            weekday=day.weekday(),
            count=counts.get(day, 0),
            level=-(-counts.get(day, 0) * LEVELS // most) if most else 0,
            is_future=day > today,
        )
        for day in days
    ]


def shared_out(people: int, desks: int) -> list[int]:
    """Share the people of one line out over its counters, the first ones getting the rest.

    >>> shared_out(7, 3), shared_out(2, 0)
    ([3, 2, 2], [])
    """
    if desks < 1:
        return []
    each, rest = divmod(people, desks)
    return [each + (desk < rest) for desk in range(desks)]


def promised_minutes(least: int | None, most: int | None, unit: str) -> int | None:
    """Return the longest time that is promised, in minutes; None where none is stated.

    >>> promised_minutes(1, 2, "hari"), promised_minutes(None, None, "jam")
    (2880, None)
    """
    amount = most if most is not None else least
    if amount is None or unit not in MINUTES:
        return None
    return amount * MINUTES[unit]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """Return it in whole percent; nothing of nothing is none."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else 0
