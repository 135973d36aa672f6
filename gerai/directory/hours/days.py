"""The plan of a day: rules 2 to 11 of the table."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal

from gerai.directory.hours.reasons import Reason
from gerai.directory.hours.timetable import (
    FRIDAY,
    Calendar,
    DayHours,
    FridayBreak,
    Season,
    SpecialDay,
)
from gerai.directory.national_days import Kind, NationalDay


@dataclass(frozen=True)
class DayPlan:
    """What the day rules say of a date: its hours, or none and the reason.

    prayer: the name of a Friday break, and the start of the break that holds it.
    """

    hours: DayHours | None
    reason: Reason
    name: str = ""
    prayer: tuple[str, time] | None = None


def day_plan(on: date, calendar: Calendar) -> DayPlan:
    """Return the hours of a date, or the reason why there are none (rules 2 to 11)."""
    plan = next(plan for plan in (rule(on, calendar) for rule in DAY_RULES) if plan is not None)
    friday = _friday_break(on, calendar)
    if plan.hours is None or friday is None or friday.span is None:
        return plan
    return _with_prayer(plan, plan.hours, friday.name, friday.span)


def week_in_force(on: date, calendar: Calendar) -> dict[int, DayHours]:
    """Return the usual week as it stands at a date, with duty days and Friday prayer."""
    usual = replace(calendar, special_days=(), national={}, mall_seasons=(), agency_seasons=())
    days = [on + timedelta(days=ahead) for ahead in range(7)]
    plans = {day.weekday(): day_plan(day, usual).hours for day in days}
    return {weekday: hours for weekday, hours in sorted(plans.items()) if hours is not None}


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


def _agency_special_day(on: date, calendar: Calendar) -> DayPlan | None:
    return _special_day([day for day in calendar.special_days if day.is_agencys], on, calendar)


def _duty_days(on: date, calendar: Calendar) -> DayPlan | None:
    named = [duty.weekdays for duty in calendar.duties if duty.weekdays and duty.holds(on)]
    if not named or on.weekday() in frozenset.union(*named):
        return None
    return DayPlan(None, Reason.NOT_ITS_DAY)


def _mall_special_day(on: date, calendar: Calendar) -> DayPlan | None:
    return _special_day([day for day in calendar.special_days if not day.is_agencys], on, calendar)


def _special_day(days: Sequence[SpecialDay], on: date, calendar: Calendar) -> DayPlan | None:
    special = next((day for day in reversed(days) if day.on == on), None)
    if special is None:
        return None
    if special.kind == "closed":
        return DayPlan(None, Reason.SPECIAL_CLOSURE, special.name)
    hours = special.hours or _usual_plan(on, calendar).hours
    return DayPlan(hours, Reason.OPEN if hours else Reason.NOT_A_WORKING_DAY, special.name)


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


def _agency_season(on: date, calendar: Calendar) -> DayPlan | None:
    season = _season(on, calendar.agency_seasons)
    return _usual(season.week.get(on.weekday()), season.name) if season is not None else None


def _mall_season(on: date, calendar: Calendar) -> DayPlan | None:
    season = _season(on, calendar.mall_seasons)
    if season is None:
        return None
    hours = season.week.get(on.weekday())
    if calendar.agency_week is not None and on.weekday() not in calendar.agency_week:
        hours = None
    return _usual(hours, season.name)


def _weekly_hours(on: date, calendar: Calendar) -> DayPlan:
    week = calendar.mall_week if calendar.agency_week is None else calendar.agency_week
    return _usual(week.get(on.weekday()), "")


def _usual(hours: DayHours | None, name: str) -> DayPlan:
    if hours is None:
        return DayPlan(None, Reason.NOT_A_WORKING_DAY)
    return DayPlan(hours, Reason.OPEN, name)


def _usual_plan(on: date, calendar: Calendar) -> DayPlan:
    found = (rule(on, calendar) for rule in (_agency_season, _mall_season, _weekly_hours))
    return next(plan for plan in found if plan is not None)


def _season(on: date, seasons: Sequence[Season]) -> Season | None:
    running = [season for season in seasons if season.first <= on <= season.last]
    return max(running, key=lambda season: season.first, default=None)


DayRule = Callable[[date, Calendar], DayPlan | None]

DAY_RULES: tuple[DayRule, ...] = (
    _agency_special_day,
    _duty_days,
    _mall_special_day,
    _holiday,
    _joint_leave,
    _agency_season,
    _mall_season,
    _weekly_hours,
)


def _friday_break(on: date, calendar: Calendar) -> FridayBreak | None:
    if on.weekday() != FRIDAY:
        return None
    for breaks in (calendar.agency_fridays, calendar.mall_fridays):
        begun = [each for each in breaks if each.since is None or each.since <= on]
        if begun:
            return max(begun, key=lambda each: each.since or date.min)
    return None


def _with_prayer(plan: DayPlan, hours: DayHours, name: str, span: tuple[time, time]) -> DayPlan:
    starts, ends = span
    apart = []
    for begin, end in hours.breaks:
        if end < starts or ends < begin:
            apart.append((begin, end))
        else:
            starts, ends = min(starts, begin), max(ends, end)
    opens, closes = hours.opens, hours.closes
    if ends <= opens or closes <= starts:
        return plan
    breaks = sorted(apart)
    if starts <= opens:
        opens = ends
    elif closes <= ends:
        closes = starts
    else:
        breaks = sorted([*apart, (starts, ends)])
    last = min(hours.last_ticket or closes, closes)
    if last <= opens:
        return replace(plan, hours=None, reason=Reason.FRIDAY_PRAYER, name=name)
    cut = DayHours(opens, closes, last if hours.last_ticket else None, tuple(breaks))
    return replace(plan, hours=cut, prayer=(name, starts))
