"""Open or closed, and why: the mall's own rows brought before the pure function.

An agency with hours of its own has a whole week of its own, breaks included. One that only
has breaks keeps the mall's hours with its own breaks. All others follow the mall.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from gerai import clock
from gerai.directory import models
from gerai.directory.hours import (
    LOOK_AHEAD_DAYS,
    CounterState,
    DayHours,
    Opening,
    SpecialDay,
    SpecialKind,
    Week,
    not_opened_yet,
    opening,
)
from gerai.directory.queries.calendar import national_days_between
from gerai.malls.scope import current_mall

MALL = None
Breaks = dict[int, list[tuple[time, time]]]


def opening_of(
    agency: models.Agency | None, moment: datetime, *, counter_state: CounterState | None = None
) -> Opening:
    """Return whether an agency, or with None the mall, is open at a moment, and why.

    Three queries.
    """
    key = agency.pk if agency is not None else MALL
    return _timetable([key], moment).opening(key, counter_state)


def openings_of(agencies: Iterable[models.Agency], moment: datetime) -> dict[int, Opening]:
    """Return the opening of many agencies by their key, in the three queries of one."""
    keys = [agency.pk for agency in agencies]
    timetable = _timetable(keys, moment)
    return {key: timetable.opening(key, None) for key in keys}


@dataclass
class _Timetable:
    """The stored hours, breaks and special days of the mall (key None) and of agencies."""

    moment: datetime
    hours: dict[int | None, list[models.WeeklyHours]]
    breaks: dict[int | None, Breaks]
    special_days: dict[int | None, list[models.SpecialDay]]

    def opening(self, key: int | None, counter: CounterState | None) -> Opening:
        """Ask the pure function for one agency, or for the mall."""
        mall = current_mall()
        if mall.is_founding:
            return not_opened_yet()
        today = self.moment.date()
        return opening(
            self.moment,
            mall_week=self._week(MALL),
            agency_week=self._own_week(key),
            national=national_days_between(today, today + timedelta(days=LOOK_AHEAD_DAYS)),
            joint_leave_closes=mall.joint_leave_closes,
            special_days=self._special_days(key),
            counter=counter,
        )

    def _own_week(self, key: int | None) -> Week | None:
        if key is MALL or not (self.hours[key] or self.breaks[key]):
            return None
        return self._week(key)

    def _week(self, key: int | None) -> Week:
        hours = self.hours[key] or self.hours[MALL]
        breaks = self._breaks(key)
        return {
            row.weekday: day_hours(
                row.opens, row.closes, row.last_ticket, breaks.get(row.weekday, [])
            )
            for row in hours
        }

    def _breaks(self, key: int | None) -> Breaks:
        has_own = self.hours[key] or self.breaks[key]
        return self.breaks[key] if has_own else self.breaks[MALL]

    def _special_days(self, key: int | None) -> list[SpecialDay]:
        # The mall's first: the pure function lets the last word of a date count.
        keys = [MALL] if key is MALL else [MALL, key]
        return [self._special_day(row, key) for one in keys for row in self.special_days[one]]

    def _special_day(self, row: models.SpecialDay, key: int | None) -> SpecialDay:
        hours = None
        if row.opens is not None and row.closes is not None:
            breaks = self._breaks(key).get(row.on.weekday(), [])
            hours = day_hours(row.opens, row.closes, row.last_ticket, breaks)
        kind = cast("SpecialKind", row.kind)
        return SpecialDay(on=row.on, kind=kind, name=row.name, hours=hours)


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


def _timetable(keys: list[int | None] | list[int], moment: datetime) -> _Timetable:
    moment = clock.local(moment, current_mall().zone)
    today = moment.date()
    return _Timetable(
        moment=moment,
        hours=_by_agency(_of(models.WeeklyHours, keys)),
        breaks=_breaks_by_agency(_of(models.BreakTime, keys)),
        special_days=_by_agency(_special_days_from(today, keys)),
    )


def _of(model: Any, keys: Iterable[int | None]) -> Any:
    own = [key for key in keys if key is not MALL]
    everybody = model.objects.filter(agency=MALL)
    return everybody | model.objects.filter(agency__in=own) if own else everybody


def _special_days_from(today: date, keys: Iterable[int | None]) -> Any:
    last = today + timedelta(days=LOOK_AHEAD_DAYS)
    return _of(models.SpecialDay, keys).filter(on__range=(today, last))


def _by_agency(rows: Iterable[Any]) -> dict[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.agency_id].append(row)
    return found


def _breaks_by_agency(rows: Iterable[models.BreakTime]) -> dict[int | None, Breaks]:
    found: dict[int | None, Breaks] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.agency_id][row.weekday].append((row.starts, row.ends))
    return found
