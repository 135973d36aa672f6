"""Open or closed, and why: the mall's own rows brought before the pure function.

An agency with hours of its own has a whole week of its own, breaks included. One that only
has breaks keeps the mall's hours with its own breaks. All others follow the mall.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any, cast

from gerai import clock
from gerai.directory import models
from gerai.directory.hours import (
    LOOK_AHEAD_DAYS,
    Calendar,
    Closing,
    CounterState,
    DayHours,
    DayPlan,
    Duty,
    FridayBreak,
    Opening,
    Reason,
    Season,
    SpecialDay,
    SpecialKind,
    Week,
    day_plan,
    not_opened_yet,
    opening,
    week_from_json,
)
from gerai.directory.queries.calendar import national_days_between
from gerai.directory.queries.rows import MALL, Rows, rows_between
from gerai.malls.scope import current_mall

Breaks = dict[int, list[tuple[time, time]]]


def opening_of(
    agency: models.Agency | None,
    moment: datetime,
    *,
    numbers_left: int | None = None,
    counter_state: CounterState | None = None,
    despite_emergency: bool = False,
) -> Opening:
    """Return whether an agency, or with None the mall, is open at a moment, and why.

    numbers_left: of the service that is asked about, None without a daily limit.
    despite_emergency: what the clock alone says, for a moment at which it may be over.

    One query; one more while a counter is closed or a floor is in an emergency.
    """
    key = agency.pk if agency is not None else MALL
    timetable = timetable_of([key], moment)
    return timetable.opening(
        key,
        numbers_left=numbers_left,
        counter=counter_state,
        despite_emergency=despite_emergency,
    )


def openings_of(agencies: Iterable[models.Agency], moment: datetime) -> dict[int, Opening]:
    """Return the opening of many agencies by their key, in the queries of one."""
    keys = [agency.pk for agency in agencies]
    timetable = timetable_of(keys, moment)
    return {key: timetable.opening(key) for key in keys}


def openings_of_services(
    services: Iterable[models.Service], moment: datetime, left: Mapping[int, int]
) -> dict[int, Opening]:
    """Return the opening of many services by their key, in the queries of one agency.

    left: service key → numbers that the day still has, for those with a daily limit.
    """
    asked = list(services)
    timetable = timetable_of({service.agency_id for service in asked}, moment)
    return {
        service.pk: timetable.opening(service.agency_id, numbers_left=left.get(service.pk))
        for service in asked
    }


def day_plans(first: date, last: date, agency: models.Agency | None = None) -> dict[date, DayPlan]:
    """Return what the calendar of the mall, or of an agency, says of every day of a span."""
    key = agency.pk if agency is not None else MALL
    return day_plans_of([key], first, last)[key]


def day_plans_of(
    keys: Iterable[int | None], first: date, last: date
) -> dict[int | None, dict[date, DayPlan]]:
    """Return the same of the mall (None) and of agencies by their key, in the queries of one."""
    keys = list(keys)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if current_mall().is_founding:
        return {key: dict.fromkeys(days, DayPlan(None, Reason.NOT_OPENED_YET)) for key in keys}
    rows = rows_between(first, last, keys)
    timetable = Timetable(rows, clock.at(first, 0, 0, current_mall().zone), last)
    calendars = {key: timetable.calendar(key) for key in keys}
    return {
        key: {day: day_plan(day, calendar) for day in days} for key, calendar in calendars.items()
    }


def timetable_of(keys: Iterable[int | None], moment: datetime) -> "Timetable":
    """Return what is stored of the mall (None) and of agencies, from a moment on."""
    moment = clock.local(moment, current_mall().zone)
    last = moment.date() + timedelta(days=LOOK_AHEAD_DAYS)
    return Timetable(rows_between(moment.date(), last, keys), moment, last)


@dataclass
class Timetable:
    """The stored rows of the mall (key None) and of agencies, at a moment."""

    rows: Rows
    moment: datetime
    last: date

    def opening(
        self,
        key: int | None,
        *,
        numbers_left: int | None = None,
        counter: CounterState | None = None,
        despite_emergency: bool = False,
    ) -> Opening:
        """Ask the pure function for one agency, or for the mall."""
        if current_mall().is_founding:
            return not_opened_yet()
        return opening(
            self.moment,
            self.calendar(key),
            closings=self._closings(key),
            emergency=None if despite_emergency else self._emergency(key),
            numbers_left=numbers_left,
            counter=counter,
        )

    def calendar(self, key: int | None) -> Calendar:
        """Return everything that the day rules look at for an agency, or for the mall."""
        rows = self.rows
        return Calendar(
            mall_week=self._week(MALL),
            agency_week=self._own_week(key),
            national=national_days_between(self.moment.date(), self.last),
            joint_leave_closes=current_mall().joint_leave_closes,
            special_days=self._special_days(key),
            mall_seasons=[_season(row) for row in rows.of("season", MALL)],
            agency_seasons=[_season(row) for row in rows.of("season", key, own=True)],
            mall_fridays=[_friday(row) for row in rows.of("friday", MALL)],
            agency_fridays=[_friday(row) for row in rows.of("friday", key, own=True)],
            duties=[
                Duty(row.first, row.last, frozenset(row.data))
                for row in rows.of("duty", key, own=True)
            ],
        )

    def _own_week(self, key: int | None) -> Week | None:
        if key is MALL or not (self.rows.of("hours", key) or self.rows.of("break", key)):
            return None
        return self._week(key)

    def _week(self, key: int | None) -> Week:
        hours = self.rows.of("hours", key) or self.rows.of("hours", MALL)
        breaks = self._breaks(key)
        return {
            row.number: day_hours(row.opens, row.closes, row.last_ticket, breaks[row.number])
            for row in hours
        }

    def _breaks(self, key: int | None) -> Breaks:
        rows = self.rows
        has_own = rows.of("hours", key) or rows.of("break", key)
        found: Breaks = defaultdict(list)
        for row in rows.of("break", key if has_own else MALL):
            found[row.number].append((row.opens, row.closes))
        return found

    def _special_days(self, key: int | None) -> list[SpecialDay]:
        keys = [MALL] if key is MALL else [MALL, key]
        return [self._special_day(row, key) for one in keys for row in self.rows.of("special", one)]

    def _special_day(self, row: Any, key: int | None) -> SpecialDay:
        hours = None
        if row.opens is not None and row.closes is not None:
            breaks = self._breaks(key)[row.first.weekday()]
            hours = day_hours(row.opens, row.closes, row.last_ticket, breaks)
        return SpecialDay(
            on=row.first,
            kind=cast("SpecialKind", row.data),
            name=row.name,
            hours=hours,
            is_agencys=row.agency is not MALL,
        )

    def _closings(self, key: int | None) -> list[Closing]:
        """Return the closings of an agency, and those in which all its counters are closed."""
        if key is MALL:
            return []
        own = [self._closing(row) for row in self.rows.of("closing", key, own=True)]
        counters = self.rows.counters_of(key, self.moment.date())
        if not counters:
            return own
        closed: dict[int, list[Closing]] = defaultdict(list)
        for row in self.rows.of("closing", MALL):
            closed[row.number].append(self._closing(row))
        together = [_common(each) for each in product(*(closed[c] for c in counters))]
        return [*own, *(closing for closing in together if closing is not None)]

    def _closing(self, row: Any) -> Closing:
        zone = current_mall().zone
        return Closing(clock.local(row.starts_at, zone), clock.local(row.ends_at, zone), row.name)

    def _emergency(self, key: int | None) -> str | None:
        """Return the name of an emergency that holds an agency (or the whole mall) up."""
        floors = set()
        for row in self.rows.of("emergency", MALL):
            if row.number is None:
                return str(row.name)
            floors.add(row.number)
        theirs = self.rows.floors_of(key, self.moment.date()) if floors and key else set()
        if not theirs or not theirs <= floors:
            return None
        return next(
            str(row.name) for row in self.rows.of("emergency", MALL) if row.number in theirs
        )


def day_hours(
    opens: time, closes: time, last_ticket: time | None, breaks: Iterable[tuple[time, time]]
) -> DayHours:
    """Return the hours of a day with those breaks and that last ticket which fit in it.

    Hours and breaks are stored apart: a shorter special day may cut a break of the week off.
    """
    fitting: list[tuple[time, time]] = []
    for start, end in sorted(breaks):
        before = fitting[-1][1] if fitting else opens
        if before < start < end < closes:
            fitting.append((start, end))
    if last_ticket is not None and not opens < last_ticket <= closes:
        last_ticket = None
    return DayHours(opens=opens, closes=closes, last_ticket=last_ticket, breaks=tuple(fitting))


def _season(row: Any) -> Season:
    return Season(row.first, row.last, row.name, week_from_json(row.data))


def _friday(row: Any) -> FridayBreak:
    span = (row.opens, row.closes) if row.opens is not None else None
    return FridayBreak(row.first, span, row.name)


def _common(closings: tuple[Closing, ...]) -> Closing | None:
    """Return the span in which all are closed, with the reason of the one that ends last."""
    starts_at = max(closing.starts_at for closing in closings)
    last = min(closings, key=lambda closing: closing.ends_at)
    return Closing(starts_at, last.ends_at, last.name) if starts_at < last.ends_at else None
