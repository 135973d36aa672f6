"""A moment in the plan of its day: rules 12 to 18 of the table, and the answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from gerai.directory.hours.days import DayPlan, day_plan
from gerai.directory.hours.reasons import Reason
from gerai.directory.hours.timetable import (
    LOOK_AHEAD_DAYS,
    Calendar,
    Closing,
    DayHours,
)

CounterState = Literal["open", "paused", "closed"]


@dataclass(frozen=True)
class Opening:
    """The answer.

    name: the holiday's, season's, special day's, closing's or emergency's name, else empty.
    until: when this answer ends by the clock (next break, closing, end of break), if it does.
    opens_at: the next moment at which it opens, when it is closed or takes no more tickets;
    None when open, when only a person can tell, or when it is more than 60 days away.
    """

    is_open: bool
    takes_tickets: bool
    reason: Reason
    name: str = ""
    until: datetime | None = None
    opens_at: datetime | None = None


def opening(
    moment_local: datetime,
    calendar: Calendar,
    *,
    closings: Sequence[Closing] = (),
    emergency: str | None = None,
    numbers_left: int | None = None,
    counter: CounterState | None = None,
) -> Opening:
    """Return whether it is open at a moment, and why; see the table of this package.

    moment_local: aware, in the mall's zone.
    calendar: national days reach 60 days ahead if ``opens_at`` matters.
    closings: approved ones, in any order; they may overlap.
    emergency: the name of one that is declared, None when there is none.
    numbers_left: how many numbers the day still has, None without a limit.
    counter: None when no single counter is meant.

    :raises ValueError: when the moment is naive
    """
    if moment_local.tzinfo is None:
        raise ValueError("the moment must be aware and local to the mall")
    if emergency is not None:
        return Opening(False, False, Reason.EMERGENCY, emergency)  # noqa: FBT003
    plan = day_plan(moment_local.date(), calendar)
    if plan.hours is None:
        return Opening(
            is_open=False,
            takes_tickets=False,
            reason=plan.reason,
            name=plan.name,
            opens_at=_next_opening(moment_local, calendar, closings),
        )
    place = Place(moment_local, plan, plan.hours, counter, calendar, closings, numbers_left)
    return next(answer for answer in (rule(place) for rule in MOMENT_RULES) if answer is not None)


def not_opened_yet() -> Opening:
    """Return the answer of rule 0: the mall is still being founded."""
    return Opening(is_open=False, takes_tickets=False, reason=Reason.NOT_OPENED_YET)


@dataclass(frozen=True)
class Place:
    """A moment inside the plan of its day, for the moment rules."""

    moment: datetime
    plan: DayPlan
    hours: DayHours
    counter: CounterState | None
    calendar: Calendar
    closings: Sequence[Closing]
    numbers_left: int | None

    @property
    def clock(self) -> time:
        """Return the wall clock of the mall."""
        return self.moment.time()

    def at(self, mark: time) -> datetime:
        """Return the moment of this day at which the clock shows the mark."""
        return datetime.combine(self.moment.date(), mark, self.moment.tzinfo)

    def next_stop(self) -> datetime:
        """Return the start of the next break or closing, or the end of the day."""
        marks = [*(start for start, _ in self.hours.breaks), self.hours.closes]
        stops = [*map(self.at, marks), *(closing.starts_at for closing in self.closings)]
        return min(stop for stop in stops if stop > self.moment)

    def opens_again(self, *, after: date | None = None) -> datetime | None:
        """Return when it next opens, on a day after that date if told."""
        return _next_opening(self.moment, self.calendar, self.closings, after=after)


def _before_opening(place: Place) -> Opening | None:
    if place.clock >= place.hours.opens:
        return None
    return _closed(
        place,
        Reason.BEFORE_OPENING,
        until=place.at(place.hours.opens),
        opens_at=place.opens_again(),
    )


def _after_closing(place: Place) -> Opening | None:
    if place.clock < place.hours.closes:
        return None
    return _closed(place, Reason.AFTER_CLOSING, opens_at=place.opens_again())


def _closed_for_a_while(place: Place) -> Opening | None:
    running = [each for each in place.closings if each.starts_at <= place.moment < each.ends_at]
    if not running:
        return None
    last = max(running, key=lambda each: each.ends_at)
    return Opening(
        is_open=False,
        takes_tickets=False,
        reason=Reason.CLOSED_FOR_A_WHILE,
        name=last.name,
        until=last.ends_at,
        opens_at=place.opens_again(),
    )


def _break(place: Place) -> Opening | None:
    for start, end in place.hours.breaks:
        if start <= place.clock < end:
            is_prayer = place.plan.prayer is not None and place.plan.prayer[1] == start
            return Opening(
                is_open=False,
                takes_tickets=False,
                reason=Reason.FRIDAY_PRAYER if is_prayer else Reason.BREAK,
                name=place.plan.prayer[0] if is_prayer and place.plan.prayer else place.plan.name,
                until=place.at(end),
                opens_at=place.opens_again(),
            )
    return None


def _last_ticket(place: Place) -> Opening | None:
    if place.hours.last_ticket is None or place.clock < place.hours.last_ticket:
        return None
    return _no_more_tickets(place, Reason.AFTER_LAST_TICKET)


def _numbers_gone(place: Place) -> Opening | None:
    if place.numbers_left is None or place.numbers_left > 0:
        return None
    return _no_more_tickets(place, Reason.NUMBERS_GONE)


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
    _closed_for_a_while,
    _break,
    _last_ticket,
    _numbers_gone,
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


def _no_more_tickets(place: Place, reason: Reason) -> Opening:
    return Opening(
        is_open=place.counter in (None, "open"),
        takes_tickets=False,
        reason=reason,
        name=place.plan.name,
        until=place.next_stop(),
        opens_at=place.opens_again(after=place.moment.date()),
    )


def _next_opening(
    moment: datetime,
    calendar: Calendar,
    closings: Sequence[Closing],
    *,
    after: date | None = None,
) -> datetime | None:
    """Return when it next opens, None if that is more than 60 days away."""
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        on = moment.date() + timedelta(days=ahead)
        hours = day_plan(on, calendar).hours
        if hours is None or (after is not None and on <= after):
            continue
        for opens, closes in hours.stretches():
            starts_at = datetime.combine(on, opens, moment.tzinfo)
            ends_at = datetime.combine(on, closes, moment.tzinfo)
            for start in _starts(starts_at, ends_at, closings):
                if start > moment:
                    return start
    return None


def _starts(opens: datetime, closes: datetime, closings: Sequence[Closing]) -> Iterator[datetime]:
    """Give the moments at which a stretch opens, and opens again after closings."""
    start = opens
    for closing in sorted(closings):
        if closing.starts_at >= closes or closing.ends_at <= start:
            continue
        if closing.starts_at > start:
            yield start
        start = closing.ends_at
    if start < closes:
        yield start
