"""What the rules look at: hours of a day, weeks, and everything that departs from them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from gerai.directory.national_days import NationalDay

LOOK_AHEAD_DAYS = 60
FRIDAY = 4
# Weeks of public offices: Monday to Friday, Monday to Saturday.
PATTERNS = (5, 6)

SpecialKind = Literal["closed", "hours", "open"]


@dataclass(frozen=True)
class DayHours:
    """The hours of one day. Every span is half-open: at ``closes`` it is closed.

    last_ticket: from then on no ticket is taken; None means until closing.
    breaks: start and end of each, in order, inside the day, not touching its ends.

    :raises ValueError: when the times are not in order
    """

    opens: time
    closes: time
    last_ticket: time | None = None
    breaks: tuple[tuple[time, time], ...] = ()

    def __post_init__(self) -> None:
        """Refuse hours in which a later rule could not place a moment."""
        marks = [
            self.opens,
            *(mark for pause in self.breaks for mark in pause),
            self.closes,
        ]
        if any(later <= earlier for earlier, later in pairwise(marks)):
            raise ValueError("opening, breaks and closing must follow each other")
        if self.last_ticket is not None and not self.opens < self.last_ticket <= self.closes:
            raise ValueError("the last ticket must lie between opening and closing")

    def stretches(self) -> list[tuple[time, time]]:
        """Return the spans between the breaks, in order."""
        marks = [self.opens, *(mark for pause in self.breaks for mark in pause), self.closes]
        return list(zip(marks[::2], marks[1::2], strict=True))


Week = Mapping[int, DayHours]
"""Weekday (0 = Monday) to its hours; a missing weekday is closed."""


@dataclass(frozen=True)
class SpecialDay:
    """A date on which the operator departs from holidays and weekly hours.

    kind: ``closed``; ``hours`` (open in the hours given); ``open`` (open although it is a
    holiday: in the hours given, else in the usual ones).
    is_agencys: said of one agency, not of the whole mall.

    :raises ValueError: when kind is ``hours`` and none are given
    """

    on: date
    kind: SpecialKind
    name: str
    hours: DayHours | None = None
    is_agencys: bool = False

    def __post_init__(self) -> None:
        """Refuse special hours without hours."""
        if self.kind == "hours" and self.hours is None:
            raise ValueError("a special day with hours needs them")


@dataclass(frozen=True)
class Season:
    """Dates, both included, with a week of their own: Ramadan, say. The operator names them."""

    first: date
    last: date
    name: str
    week: Week


@dataclass(frozen=True)
class FridayBreak:
    """The Friday prayer from a date on (None: always); without a span there is none."""

    since: date | None
    span: tuple[time, time] | None
    name: str


@dataclass(frozen=True)
class Duty:
    """The weekdays (0 = Monday) an agreement names, from its first to its last day, if told."""

    first: date | None
    last: date | None
    weekdays: frozenset[int]

    def holds(self, on: date) -> bool:
        """Tell whether the agreement is in force on a date."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


class Closing(NamedTuple):
    """A span of time in which nobody is called, half-open, and why."""

    starts_at: datetime
    ends_at: datetime
    name: str


@dataclass(frozen=True)
class Calendar:
    """Everything the day rules look at; what is the agency's stands apart from the mall's.

    special_days: of one date and owner the last one counts.
    seasons: of one date the one that began last counts.
    fridays: of those that have begun the last one counts; the agency's before the mall's.
    """

    mall_week: Week
    agency_week: Week | None
    national: Mapping[date, NationalDay]
    joint_leave_closes: bool
    special_days: Sequence[SpecialDay] = ()
    mall_seasons: Sequence[Season] = ()
    agency_seasons: Sequence[Season] = ()
    mall_fridays: Sequence[FridayBreak] = ()
    agency_fridays: Sequence[FridayBreak] = ()
    duties: Sequence[Duty] = ()


def pattern_week(days: int, week: Week) -> dict[int, DayHours]:
    """Return a week of five or six equal days, in the hours that most days of a week have.

    >>> sorted(pattern_week(6, {0: DayHours(time(8), time(15))}))
    [0, 1, 2, 3, 4, 5]
    """
    usual = Counter(week.values()).most_common(1)
    hours = usual[0][0] if usual else DayHours(time(8), time(15))
    return {weekday: week.get(weekday, hours) for weekday in range(days)}


def week_to_json(week: Week) -> dict[str, Any]:
    """Return a week as it is stored in one column.

    >>> week_to_json({0: DayHours(time(8), time(14))})
    {'0': {'opens': '08:00', 'closes': '14:00', 'last_ticket': None, 'breaks': []}}
    """
    return {
        str(weekday): {
            "opens": _told(hours.opens),
            "closes": _told(hours.closes),
            "last_ticket": hours.last_ticket and _told(hours.last_ticket),
            "breaks": [[_told(start), _told(end)] for start, end in hours.breaks],
        }
        for weekday, hours in sorted(week.items())
    }


def week_from_json(stored: Mapping[str, Any]) -> dict[int, DayHours]:
    """Return the week that ``week_to_json`` wrote."""
    read = time.fromisoformat
    return {
        int(weekday): DayHours(
            read(day["opens"]),
            read(day["closes"]),
            read(day["last_ticket"]) if day["last_ticket"] else None,
            tuple((read(start), read(end)) for start, end in day["breaks"]),
        )
        for weekday, day in stored.items()
    }


def _told(mark: time) -> str:
    return mark.isoformat("minutes" if not mark.second else "seconds")
