"""Open or closed, and why: the one place that answers it.

Kiosk, phone, desk, screens and tests all ask ``opening``. Two ordered lists of small rules give
the answer, the first rule with an opinion wins:

===== ============================ ==================================================
order rule                         answer
===== ============================ ==================================================
0     the mall is being founded    closed (NOT_OPENED_YET)
1     special day of the agency    closed (SPECIAL_CLOSURE), other hours, or open
2     special day of the mall      the same
3     national holiday             closed (HOLIDAY)
4     joint leave                  closed (JOINT_LEAVE), where the mall observes it
5     weekly hours of the agency   these hours, or NOT_A_WORKING_DAY
6     weekly hours of the mall     these hours, or NOT_A_WORKING_DAY
7     the clock against the hours  BEFORE_OPENING, AFTER_CLOSING
8     break                        BREAK
9     last ticket                  AFTER_LAST_TICKET
10    state of the counter         COUNTER_PAUSED, COUNTER_CLOSED
11    nothing of the above         OPEN
===== ============================ ==================================================

Rule 0 (``not_opened_yet``) is asked before all others. Rules 1 to 6 (``DAY_RULES``) choose the
plan of a day, 7 to 10 (``MOMENT_RULES``) place a moment in it. A further reason is a
further function in one of the two lists.

Pure: no Django, no clock. Moments are local to the mall and aware.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from gerai.directory.national_days import Kind, NationalDay

LOOK_AHEAD_DAYS = 60

CounterState = Literal["open", "paused", "closed"]
SpecialKind = Literal["closed", "hours", "open"]


class Reason(StrEnum):
    """Why it is open or closed.

    OPEN: tickets are taken and people are called.
    NOT_OPENED_YET: the mall is still being founded.
    NOT_A_WORKING_DAY: the weekly hours have nothing on this weekday.
    HOLIDAY: a national holiday; ``name`` says which.
    JOINT_LEAVE: joint leave, in a mall which observes it; ``name`` says which.
    SPECIAL_CLOSURE: the operator closed this date; ``name`` is the operator's reason.
    BEFORE_OPENING: today, but later.
    BREAK: a break inside the day; it goes on at ``opens_at``.
    AFTER_LAST_TICKET: who holds a ticket is still served, no new ticket is taken.
    AFTER_CLOSING: over for today.
    COUNTER_PAUSED: the officer will be back; tickets are still taken.
    COUNTER_CLOSED: the counter is not staffed; no ticket is taken for it.
    """

    OPEN = "open"
    NOT_OPENED_YET = "not_opened_yet"
    NOT_A_WORKING_DAY = "not_a_working_day"
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    SPECIAL_CLOSURE = "special_closure"
    BEFORE_OPENING = "before_opening"
    BREAK = "break"
    AFTER_LAST_TICKET = "after_last_ticket"
    AFTER_CLOSING = "after_closing"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_CLOSED = "counter_closed"


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


Week = Mapping[int, DayHours]
"""Weekday (0 = Monday) to its hours; a missing weekday is closed."""


@dataclass(frozen=True)
class SpecialDay:
    """A date on which the operator departs from holidays and weekly hours.

    kind: ``closed``; ``hours`` (open in the hours given); ``open`` (open although it is a
    holiday: in the hours given, else in the weekly ones).

    :raises ValueError: when kind is ``hours`` and none are given
    """

    on: date
    kind: SpecialKind
    name: str
    hours: DayHours | None = None

    def __post_init__(self) -> None:
        """Refuse special hours without hours."""
        if self.kind == "hours" and self.hours is None:
            raise ValueError("a special day with hours needs them")


@dataclass(frozen=True)
class DayPlan:
    """What the day rules say of a date: its hours, or none and the reason."""

    hours: DayHours | None
    reason: Reason
    name: str = ""


@dataclass(frozen=True)
class Opening:
    """The answer.

    name: the holiday's or special day's name, else empty.
    until: when this answer ends by the clock (next break, closing, end of break), if it does.
    opens_at: the next moment at which it opens, when it is closed or takes no more tickets;
    None when open, when only an officer can tell, or when it is more than 60 days away.
    """

    is_open: bool
    takes_tickets: bool
    reason: Reason
    name: str = ""
    until: datetime | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True)
class Calendar:
    """Everything the day rules look at.

    special_days: those of the mall, then those of the agency; of one date the last one counts.
    """

    mall_week: Week
    agency_week: Week | None
    national: Mapping[date, NationalDay]
    joint_leave_closes: bool
    special_days: Sequence[SpecialDay]

    def weekly(self, on: date) -> DayHours | None:
        """Return the weekly hours of a date, the agency's before the mall's."""
        week = self.mall_week if self.agency_week is None else self.agency_week
        return week.get(on.weekday())


def opening(
    moment_local: datetime,
    *,
    mall_week: Week,
    agency_week: Week | None = None,
    national: Mapping[date, NationalDay],
    joint_leave_closes: bool,
    special_days: Sequence[SpecialDay] = (),
    counter: CounterState | None = None,
) -> Opening:
    """Return whether it is open at a moment, and why; see the table above.

    moment_local: aware, in the mall's zone.
    national: one day per date, see ``national_days.by_date``; reach 60 days ahead if ``opens_at``
    matters.
    special_days: the mall's, then the agency's; of one date the last one counts.
    counter: None when no single counter is meant.

    :raises ValueError: when the moment is naive
    """
    if moment_local.tzinfo is None:
        raise ValueError("the moment must be aware and local to the mall")
    calendar = Calendar(mall_week, agency_week, national, joint_leave_closes, special_days)
    plan = _plan(moment_local.date(), calendar)
    if plan.hours is None:
        return Opening(
            is_open=False,
            takes_tickets=False,
            reason=plan.reason,
            name=plan.name,
            opens_at=_next_opening(moment_local, calendar),
        )
    place = Place(moment_local, plan, plan.hours, counter, calendar)
    return next(answer for answer in (rule(place) for rule in MOMENT_RULES) if answer is not None)


def not_opened_yet() -> Opening:
    """Return the answer of rule 0: the mall is still being founded."""
    return Opening(is_open=False, takes_tickets=False, reason=Reason.NOT_OPENED_YET)


def day_plan(
    on: date,
    *,
    mall_week: Week,
    agency_week: Week | None = None,
    national: Mapping[date, NationalDay],
    joint_leave_closes: bool,
    special_days: Sequence[SpecialDay] = (),
) -> DayPlan:
    """Return the hours of a date, or the reason why there are none (rules 1 to 6)."""
    return _plan(on, Calendar(mall_week, agency_week, national, joint_leave_closes, special_days))


def working_days(
    year: int,
    month: int,
    week_days: Literal[5, 6],
    national: Mapping[date, NationalDay],
    *,
    joint_leave_closes: bool,
) -> int:
    """Return the number of working days of a month.

    week_days: 5 is Monday to Friday, 6 is Monday to Saturday.
    national: one day per date, see ``national_days.by_date``.

    >>> working_days(2026, 2, 5, {}, joint_leave_closes=True)
    20
    """
    days = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
    return sum(
        on.weekday() < week_days
        and not _is_off(national.get(on), joint_leave_closes=joint_leave_closes)
        for on in days
    )


def _is_off(day: NationalDay | None, *, joint_leave_closes: bool) -> bool:
    return day is not None and (day.kind is Kind.NATIONAL_HOLIDAY or joint_leave_closes)


def _plan(on: date, calendar: Calendar) -> DayPlan:
    return next(plan for plan in (rule(on, calendar) for rule in DAY_RULES) if plan is not None)


def _special_day(on: date, calendar: Calendar) -> DayPlan | None:
    # Mall first, agency last: read backwards, the agency's word comes first.
    for special in reversed(calendar.special_days):
        if special.on == on:
            if special.kind == "closed":
                return DayPlan(None, Reason.SPECIAL_CLOSURE, special.name)
            hours = special.hours or calendar.weekly(on)
            reason = Reason.OPEN if hours else Reason.NOT_A_WORKING_DAY
            return DayPlan(hours, reason, special.name)
    return None


def _holiday(on: date, calendar: Calendar) -> DayPlan | None:
    day = calendar.national.get(on)
    if day is None or day.kind is not Kind.NATIONAL_HOLIDAY:
        return None
    return DayPlan(None, Reason.HOLIDAY, day.name)


def _joint_leave(on: date, calendar: Calendar) -> DayPlan | None:
    day = calendar.national.get(on)
    if day is None or day.kind is not Kind.JOINT_LEAVE or not calendar.joint_leave_closes:
        return None
    return DayPlan(None, Reason.JOINT_LEAVE, day.name)


def _weekly_hours(on: date, calendar: Calendar) -> DayPlan:
    hours = calendar.weekly(on)
    return DayPlan(hours, Reason.OPEN if hours else Reason.NOT_A_WORKING_DAY)


DayRule = Callable[[date, Calendar], DayPlan | None]

DAY_RULES: tuple[DayRule, ...] = (_special_day, _holiday, _joint_leave, _weekly_hours)


@dataclass(frozen=True)
class Place:
    """A moment inside the plan of its day, for the moment rules."""

    moment: datetime
    plan: DayPlan
    hours: DayHours
    counter: CounterState | None
    calendar: Calendar

    @property
    def clock(self) -> time:
        """Return the wall clock of the mall."""
        return self.moment.time()

    def at(self, mark: time) -> datetime:
        """Return the moment of this day at which the clock shows the mark."""
        return datetime.combine(self.moment.date(), mark, self.moment.tzinfo)

    def next_stop(self) -> datetime:
        """Return the start of the next break, or closing."""
        stops = [start for start, _ in self.hours.breaks if start > self.clock]
        return self.at(stops[0] if stops else self.hours.closes)


def _before_opening(place: Place) -> Opening | None:
    if place.clock >= place.hours.opens:
        return None
    opens_at = place.at(place.hours.opens)
    return _closed(place, Reason.BEFORE_OPENING, until=opens_at, opens_at=opens_at)


def _after_closing(place: Place) -> Opening | None:
    if place.clock < place.hours.closes:
        return None
    opens_at = _next_opening(place.moment, place.calendar)
    return _closed(place, Reason.AFTER_CLOSING, opens_at=opens_at)


def _break(place: Place) -> Opening | None:
    for start, end in place.hours.breaks:
        if start <= place.clock < end:
            return _closed(place, Reason.BREAK, until=place.at(end), opens_at=place.at(end))
    return None


def _last_ticket(place: Place) -> Opening | None:
    if place.hours.last_ticket is None or place.clock < place.hours.last_ticket:
        return None
    return Opening(
        is_open=place.counter in (None, "open"),
        takes_tickets=False,
        reason=Reason.AFTER_LAST_TICKET,
        name=place.plan.name,
        until=place.next_stop(),
        opens_at=_next_opening(place.moment, place.calendar),
    )


def _counter(place: Place) -> Opening | None:
    if place.counter == "closed":
        return _closed(place, Reason.COUNTER_CLOSED)
    if place.counter == "paused":
        return Opening(
            is_open=False,
            takes_tickets=True,
            reason=Reason.COUNTER_PAUSED,
            name=place.plan.name,
        )
    return None


def _open(place: Place) -> Opening:
    return Opening(
        is_open=True,
        takes_tickets=True,
        reason=Reason.OPEN,
        name=place.plan.name,
        until=place.next_stop(),
    )


MomentRule = Callable[[Place], Opening | None]

MOMENT_RULES: tuple[MomentRule, ...] = (
    _before_opening,
    _after_closing,
    _break,
    _last_ticket,
    _counter,
    _open,
)


def _closed(
    place: Place,
    reason: Reason,
    *,
    until: datetime | None = None,
    opens_at: datetime | None = None,
) -> Opening:
    return Opening(
        is_open=False,
        takes_tickets=False,
        reason=reason,
        name=place.plan.name,
        until=until,
        opens_at=opens_at,
    )


def _next_opening(moment: datetime, calendar: Calendar) -> datetime | None:
    """Return when a later day next opens, None if that is more than 60 days away."""
    for ahead in range(1, LOOK_AHEAD_DAYS + 1):
        on = moment.date() + timedelta(days=ahead)
        hours = _plan(on, calendar).hours
        if hours is not None:
            return datetime.combine(on, hours.opens, moment.tzinfo)
    return None
