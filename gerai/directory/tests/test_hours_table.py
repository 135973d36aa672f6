"""The table of precedence, row by row, and every calendar against a slow second opinion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from gerai.directory import hours
from gerai.directory.hours import (
    LOOK_AHEAD_DAYS,
    Calendar,
    Closing,
    DayHours,
    Duty,
    FridayBreak,
    Opening,
    Reason,
    Season,
    SpecialDay,
    Week,
    day_plan,
    not_opened_yet,
    opening,
    pattern_week,
    week_from_json,
    week_in_force,
    week_to_json,
)
from gerai.directory.national_days import Kind, NationalDay

WITA = ZoneInfo("Asia/Makassar")
FRIDAY = date(2026, 11, 27)
SATURDAY = FRIDAY + timedelta(days=1)
NOON = datetime.combine(FRIDAY, time(12), WITA)


def at(hour: int, minute: int = 0, on: date = FRIDAY) -> datetime:
    return datetime.combine(on, time(hour, minute), WITA)


def a_day(kind: Kind) -> dict[date, NationalDay]:
    day = NationalDay(FRIDAY, "Hari X", kind, provisional=False, in_force_since=None, source="")
    return {FRIDAY: day}


def on_saturday(opens: time) -> Week:
    return {5: DayHours(opens, time(15))}


# The table of gerai.directory.hours from its foot to its head. Each row brings its own rule and
# keeps all below it, so what is answered is the row's own word over every lower one.
OPEN_DAY = DayHours(time(8), time(15))
TABLE: list[tuple[str, dict[str, Any], Reason, str, datetime | None]] = [
    ("18 else", {"mall_week": {4: OPEN_DAY}}, Reason.OPEN, "", None),
    ("17 counter", {"counter": "closed"}, Reason.COUNTER_CLOSED, "", None),
    ("16 numbers", {"numbers_left": 0}, Reason.NUMBERS_GONE, "", at(8) + timedelta(days=7)),
    (
        "15 last ticket",
        {"mall_week": {4: DayHours(time(8), time(15), time(11))}},
        Reason.AFTER_LAST_TICKET,
        "",
        at(8) + timedelta(days=7),
    ),
    (
        "14 break",
        {"mall_week": {4: DayHours(time(8), time(15), time(11), ((time(11, 45), time(12, 15)),))}},
        Reason.BREAK,
        "",
        at(12, 15),
    ),
    (
        "11 and 14 Friday prayer",
        {"mall_fridays": [FridayBreak(None, (time(12), time(12, 30)), "Salat Jumat")]},
        Reason.FRIDAY_PRAYER,
        "Salat Jumat",
        at(12, 30),
    ),
    (
        "13 closing",
        {"closings": [Closing(at(11), at(13), "listrik padam")]},
        Reason.CLOSED_FOR_A_WHILE,
        "listrik padam",
        at(13),
    ),
    (
        "12 clock",
        {"mall_week": {4: DayHours(time(13), time(15))}},
        Reason.BEFORE_OPENING,
        "",
        at(13),
    ),
    (
        "10 weekly hours of the mall",
        {"mall_week": on_saturday(time(8))},
        Reason.NOT_A_WORKING_DAY,
        "",
        at(8, on=SATURDAY),
    ),
    (
        "9 weekly hours of the agency",
        {"agency_week": on_saturday(time(9))},
        Reason.NOT_A_WORKING_DAY,
        "",
        at(9, on=SATURDAY),
    ),
    (
        "8 season of the mall",
        {"mall_seasons": [Season(FRIDAY, SATURDAY, "Ramadan", on_saturday(time(7, 30)))]},
        Reason.NOT_A_WORKING_DAY,
        "",
        at(7, 30, on=SATURDAY),
    ),
    (
        "7 season of the agency",
        {"agency_seasons": [Season(FRIDAY, SATURDAY, "Ramadan", on_saturday(time(7)))]},
        Reason.NOT_A_WORKING_DAY,
        "",
        at(7, on=SATURDAY),
    ),
    (
        "6 joint leave",
        {"national": a_day(Kind.JOINT_LEAVE)},
        Reason.JOINT_LEAVE,
        "Hari X",
        at(7, on=SATURDAY),
    ),
    (
        "5 national holiday",
        {"national": a_day(Kind.NATIONAL_HOLIDAY)},
        Reason.HOLIDAY,
        "Hari X",
        at(7, on=SATURDAY),
    ),
    (
        "4 special day of the mall",
        {"special_days": [SpecialDay(FRIDAY, "closed", "Hari jadi")]},
        Reason.SPECIAL_CLOSURE,
        "Hari jadi",
        at(7, on=SATURDAY),
    ),
    (
        "3 duty days",
        {"duties": [Duty(None, None, frozenset({5}))]},
        Reason.NOT_ITS_DAY,
        "",
        at(7, on=SATURDAY),
    ),
    (
        "2 special day of the agency",
        {
            "special_days": [
                SpecialDay(FRIDAY, "closed", "Hari jadi"),
                SpecialDay(FRIDAY, "closed", "Rapat dinas", is_agencys=True),
            ]
        },
        Reason.SPECIAL_CLOSURE,
        "Rapat dinas",
        at(7, on=SATURDAY),
    ),
    ("1 emergency", {"emergency": "Kebakaran"}, Reason.EMERGENCY, "Kebakaran", None),
    ("0 founding", {"is_founding": True}, Reason.NOT_OPENED_YET, "", None),
]


def answer_of(situation: dict[str, Any], moment: datetime = NOON) -> Opening:
    told = {"mall_week": {}, "agency_week": None, "national": {}, "joint_leave_closes": True}
    told |= situation
    if told.pop("is_founding", False):
        return not_opened_yet()
    asked = {
        name: told.pop(name)
        for name in ("closings", "emergency", "numbers_left", "counter")
        if name in told
    }
    return opening(moment, Calendar(**told), **asked)


@pytest.mark.parametrize("row", range(len(TABLE)), ids=[row[0] for row in TABLE])
def test_each_row_of_the_table_stands_over_all_below_it(row: int) -> None:
    situation: dict[str, Any] = {}
    for _name, brought, *_answer in TABLE[: row + 1]:
        situation |= brought
    _name, _brought, reason, name, opens_at = TABLE[row]

    answer = answer_of(situation)

    assert (answer.reason, answer.name, answer.opens_at) == (reason, name, opens_at)


def test_the_papers_have_the_table_of_the_code():
    told = re.findall(r"^(\d+) +(.+?)  +.+$", hours.__doc__ or "", re.MULTILINE)
    page = (Path(django_settings.BASE_DIR) / "docs/reference/calendar.md").read_text("utf-8")
    written = re.findall(r"^\| (\d{1,2}) \| (.+?) \| .+ \|$", page, re.MULTILINE)

    assert written == told
    assert [int(order) for order, _rule in told] == list(range(19))


@pytest.mark.parametrize(
    ("special", "duty", "reason"),
    [
        (SpecialDay(FRIDAY, "open", "Hari layanan"), None, Reason.OPEN),
        (SpecialDay(FRIDAY, "open", "Hari layanan"), {0}, Reason.NOT_ITS_DAY),
        (SpecialDay(FRIDAY, "open", "Turun bersama", is_agencys=True), {0}, Reason.OPEN),
    ],
)
def test_a_special_day_of_the_agency_alone_lifts_its_duty_days(special, duty, reason):
    duties = [Duty(None, None, frozenset(duty))] if duty else []
    holiday = {"national": a_day(Kind.NATIONAL_HOLIDAY), "mall_week": {4: OPEN_DAY}}

    assert answer_of({"special_days": [special], "duties": duties, **holiday}).reason is reason


def test_a_season_gives_an_agency_no_weekday_that_its_own_week_lacks():
    ramadan = Season(FRIDAY, SATURDAY, "Ramadan", {4: DayHours(time(8), time(14))})
    world = {"mall_week": {4: OPEN_DAY}, "mall_seasons": [ramadan]}

    assert answer_of(world) == Opening(True, True, Reason.OPEN, "Ramadan", until=at(14))
    assert answer_of({**world, "agency_week": {0: OPEN_DAY}}).reason is Reason.NOT_A_WORKING_DAY
    assert answer_of({**world, "agency_week": {4: OPEN_DAY}}).until == at(14)


def test_of_two_seasons_the_one_that_began_last_counts():
    long = Season(FRIDAY - timedelta(days=9), SATURDAY, "Ramadan", {4: OPEN_DAY})
    short = Season(FRIDAY, FRIDAY, "Sepuluh hari terakhir", {4: DayHours(time(8), time(13))})

    assert answer_of({"mall_seasons": [short, long]}).name == "Sepuluh hari terakhir"


@pytest.mark.parametrize(
    ("span", "week", "expected"),
    [
        # No break, a break that it meets, one that it touches, one apart.
        (("11:30", "13:00"), ("08:00", "15:00", ()), ("08:00", "15:00", (("11:30", "13:00"),))),
        (
            ("11:30", "12:30"),
            ("08:00", "15:00", (("12:00", "13:00"),)),
            ("08:00", "15:00", (("11:30", "13:00"),)),
        ),
        (
            ("11:30", "12:00"),
            ("08:00", "15:00", (("12:00", "13:00"),)),
            ("08:00", "15:00", (("11:30", "13:00"),)),
        ),
        (
            ("11:30", "12:00"),
            ("08:00", "15:00", (("10:00", "10:15"),)),
            ("08:00", "15:00", (("10:00", "10:15"), ("11:30", "12:00"))),
        ),
        # Hours that it cuts, and those that it never meets.
        (("11:30", "13:00"), ("08:00", "12:00", ()), ("08:00", "11:30", ())),
        (("11:30", "13:00"), ("12:00", "15:00", ()), ("13:00", "15:00", ())),
        (("11:30", "13:00"), ("13:00", "15:00", ()), ("13:00", "15:00", ())),
        (("11:30", "13:00"), ("12:00", "12:45", ()), None),
    ],
)
def test_the_friday_prayer_is_laid_over_the_hours(span, week, expected):
    def read(told: tuple[str, str, tuple[tuple[str, str], ...]] | None) -> DayHours | None:
        if told is None:
            return None
        clock = time.fromisoformat
        breaks = tuple((clock(start), clock(end)) for start, end in told[2])
        return DayHours(clock(told[0]), clock(told[1]), None, breaks)

    prayer = FridayBreak(None, tuple(map(time.fromisoformat, span)), "Salat Jumat")
    calendar = Calendar({4: read(week) or OPEN_DAY}, None, {}, True, mall_fridays=[prayer])

    assert day_plan(FRIDAY, calendar).hours == read(expected)


def test_the_friday_prayer_moves_over_the_year_and_an_agency_may_differ():
    mall = [
        FridayBreak(None, (time(11, 30), time(13)), "Salat Jumat"),
        FridayBreak(FRIDAY, (time(11, 45), time(13)), "Salat Jumat"),
    ]
    calendar = Calendar({4: OPEN_DAY}, None, {}, True, mall_fridays=mall)

    def breaks(on: date, calendar: Calendar = calendar) -> tuple[tuple[time, time], ...]:
        return day_plan(on, calendar).hours.breaks

    assert breaks(FRIDAY - timedelta(days=7)) == ((time(11, 30), time(13)),)
    assert breaks(FRIDAY) == ((time(11, 45), time(13)),)
    without = replace(calendar, agency_fridays=[FridayBreak(FRIDAY, None, "")])
    assert breaks(FRIDAY - timedelta(days=7), without) == ((time(11, 30), time(13)),)
    assert breaks(FRIDAY, without) == ()


def test_a_closing_moves_the_next_opening_and_ends_by_itself():
    closing = Closing(at(8), at(10), "jaringan padam")
    world = {"mall_week": {4: OPEN_DAY}, "closings": [closing, Closing(at(9), at(9, 30), "lain")]}

    before = answer_of(world, at(7, 30))
    assert (before.reason, before.opens_at) == (Reason.BEFORE_OPENING, at(10))
    during = answer_of(world, at(9, 59))
    assert (during.reason, during.until) == (Reason.CLOSED_FOR_A_WHILE, at(10))
    assert answer_of(world, at(10)).reason is Reason.OPEN


def test_an_agreement_binds_from_its_first_to_its_last_day():
    duty = Duty(FRIDAY, FRIDAY, frozenset({0}))
    week = {"mall_week": dict.fromkeys(range(7), OPEN_DAY), "duties": [duty]}

    assert answer_of(week).reason is Reason.NOT_ITS_DAY
    assert answer_of(week, at(9, on=SATURDAY)).reason is Reason.OPEN
    thursday = FRIDAY - timedelta(days=1)
    assert answer_of(week, at(9, on=thursday)).reason is Reason.OPEN


def test_a_week_in_force_leaves_seasons_and_single_days_out():
    calendar = Calendar(
        dict.fromkeys(range(6), OPEN_DAY),
        None,
        a_day(Kind.NATIONAL_HOLIDAY),
        True,
        special_days=[SpecialDay(SATURDAY, "closed", "Hari jadi")],
        mall_seasons=[Season(FRIDAY, SATURDAY, "Ramadan", {})],
        mall_fridays=[FridayBreak(None, (time(12), time(13)), "Salat Jumat")],
        duties=[Duty(None, None, frozenset({3, 4}))],
    )

    friday = DayHours(time(8), time(15), None, ((time(12), time(13)),))
    assert week_in_force(FRIDAY, calendar) == {3: OPEN_DAY, 4: friday}


def test_a_pattern_keeps_days_that_stand_and_fills_the_others():
    short = DayHours(time(8), time(12))

    assert pattern_week(6, {0: OPEN_DAY, 1: OPEN_DAY, 4: short, 6: short}) == {
        **dict.fromkeys(range(6), OPEN_DAY),
        4: short,
    }


# A second opinion, slow and written otherwise: a day is a set of quarters of an hour.

QUARTERS = 96
DAYS = 10


@dataclass(frozen=True)
class World:
    """A random calendar with everything that can be in it."""

    calendar: Calendar
    closings: tuple[Closing, ...] = field(default=())
    emergency: str | None = None
    numbers_left: int | None = None
    counter: str | None = None


def clock(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


def quarter(told: time) -> int:
    return told.hour * 4 + told.minute // 15


@st.composite
def days_hours(draw: Any) -> DayHours:
    marks = draw(st.lists(st.integers(20, 80), min_size=2, max_size=6, unique=True))
    marks = sorted(marks)[: len(marks) // 2 * 2]
    inner = list(zip(marks[1:-1:2], marks[2:-1:2], strict=True))
    last = draw(st.none() | st.integers(marks[0] + 1, marks[-1]))
    return DayHours(
        clock(marks[0]),
        clock(marks[-1]),
        None if last is None else clock(last),
        tuple((clock(start), clock(end)) for start, end in inner),
    )


weeks = st.dictionaries(st.integers(0, 6), days_hours(), max_size=7)
dates = st.integers(-3, DAYS).map(lambda days: FRIDAY + timedelta(days=days))
names = st.sampled_from(["satu", "dua"])


@st.composite
def seasons(draw: Any) -> Season:
    first, last = sorted([draw(dates), draw(dates)])
    return Season(first, last, draw(names), draw(weeks))


@st.composite
def special_days(draw: Any) -> SpecialDay:
    kind = draw(st.sampled_from(["closed", "hours", "open"]))
    hours = draw(days_hours()) if kind == "hours" else draw(st.none() | days_hours())
    return SpecialDay(draw(dates), kind, draw(names), hours, is_agencys=draw(st.booleans()))


@st.composite
def fridays(draw: Any) -> FridayBreak:
    span = sorted(draw(st.lists(st.integers(30, 70), min_size=2, max_size=2, unique=True)))
    times = draw(st.sampled_from([None, (clock(span[0]), clock(span[1]))]))
    return FridayBreak(draw(st.none() | dates), times, "Salat Jumat")


@st.composite
def closings(draw: Any) -> Closing:
    starts, length = draw(st.integers(0, DAYS * QUARTERS)), draw(st.integers(1, 60))
    begin = at(0) + timedelta(minutes=15 * starts)
    return Closing(begin, begin + timedelta(minutes=15 * length), draw(names))


@st.composite
def worlds(draw: Any) -> World:
    national = {
        on: NationalDay(on, "Libur", kind, provisional=False, in_force_since=None, source="")
        for on, kind in draw(
            st.dictionaries(dates, st.sampled_from([Kind.NATIONAL_HOLIDAY, Kind.JOINT_LEAVE]))
        ).items()
    }
    few = {"max_size": 2}
    by_start = {"unique_by": lambda season: season.first}
    by_since = {"unique_by": lambda each: each.since}
    by_date = {"unique_by": lambda day: (day.on, day.is_agencys)}
    calendar = Calendar(
        mall_week=draw(weeks),
        agency_week=draw(st.none() | weeks),
        national=national,
        joint_leave_closes=draw(st.booleans()),
        special_days=draw(st.lists(special_days(), max_size=4, **by_date)),
        mall_seasons=draw(st.lists(seasons(), **few, **by_start)),
        agency_seasons=draw(st.lists(seasons(), **few, **by_start)),
        mall_fridays=draw(st.lists(fridays(), **few, **by_since)),
        agency_fridays=draw(st.lists(fridays(), **few, **by_since)),
        duties=draw(
            st.lists(
                st.builds(
                    Duty,
                    st.none() | dates,
                    st.none() | dates,
                    st.frozensets(st.integers(0, 6), max_size=4),
                ),
                **few,
            )
        ),
    )
    return World(
        calendar,
        tuple(draw(st.lists(closings(), max_size=3))),
        draw(st.sampled_from([None, None, None, "Banjir"])),
        draw(st.sampled_from([None, None, 0, 3])),
        draw(st.sampled_from([None, "open", "paused", "closed"])),
    )


def usual(calendar: Calendar, on: date) -> tuple[DayHours | None, str]:
    """The hours of a date by season and week, and the season's name."""
    weekday = on.weekday()
    own = calendar.agency_week
    candidates = [s for s in calendar.agency_seasons if s.first <= on <= s.last]
    if candidates:
        newest = sorted(candidates, key=lambda s: s.first)[-1]
        return newest.week.get(weekday), newest.name
    candidates = [s for s in calendar.mall_seasons if s.first <= on <= s.last]
    if candidates:
        newest = sorted(candidates, key=lambda s: s.first)[-1]
        lacks = own is not None and weekday not in own
        return (None if lacks else newest.week.get(weekday)), newest.name
    return (calendar.mall_week if own is None else own).get(weekday), ""


def hours_of(calendar: Calendar, on: date) -> tuple[DayHours | None, Reason, str]:
    """The hours of a date before its prayer, else why there are none."""
    for is_agencys in (True, False):
        said = [d for d in calendar.special_days if d.on == on and d.is_agencys == is_agencys]
        for day in said:
            if day.kind == "closed":
                return None, Reason.SPECIAL_CLOSURE, day.name
            hours = day.hours if day.hours else usual(calendar, on)[0]
            return hours, Reason.NOT_A_WORKING_DAY, day.name
        if is_agencys:
            bound = set()
            for duty in calendar.duties:
                begun = duty.first is None or duty.first <= on
                if begun and (duty.last is None or duty.last >= on):
                    bound |= duty.weekdays
            if bound and on.weekday() not in bound:
                return None, Reason.NOT_ITS_DAY, ""
    if on in calendar.national:
        if calendar.national[on].kind is Kind.NATIONAL_HOLIDAY:
            return None, Reason.HOLIDAY, "Libur"
        if calendar.joint_leave_closes:
            return None, Reason.JOINT_LEAVE, "Libur"
    hours, name = usual(calendar, on)
    return hours, Reason.NOT_A_WORKING_DAY, name if hours else ""


def prayer_quarters(calendar: Calendar, on: date) -> set[int]:
    if on.strftime("%A") != "Friday":
        return set()
    for breaks in (calendar.agency_fridays, calendar.mall_fridays):
        in_force = sorted(
            (each.since or date.min, n)
            for n, each in enumerate(breaks)
            if each.since is None or each.since <= on
        )
        if in_force:
            span = breaks[in_force[-1][1]].span
            return set(range(quarter(span[0]), quarter(span[1]))) if span else set()
    return set()


def open_quarters(calendar: Calendar, on: date) -> set[int]:
    """The quarters of a date in which people are served by the calendar alone."""
    hours, _reason, _name = hours_of(calendar, on)
    if hours is None:
        return set()
    served = set(range(quarter(hours.opens), quarter(hours.closes)))
    for start, end in hours.breaks:
        served -= set(range(quarter(start), quarter(end)))
    before = min(served)
    served -= prayer_quarters(calendar, on)
    if not served:
        return set()
    is_cut = min(served) > before and quarter(hours.opens) in prayer_quarters(calendar, on)
    if is_cut and hours.last_ticket and quarter(hours.last_ticket) <= min(served):
        return set()
    return served


def is_shut(world: World, moment: datetime) -> bool:
    return any(c.starts_at <= moment < c.ends_at for c in world.closings)


def served_quarters(world: World, moment: datetime, skip_today: bool) -> Iterator[datetime]:
    """Later quarters in which people are served, as far as one looks ahead."""
    for ahead in range(1 if skip_today else 0, LOOK_AHEAD_DAYS + 1):
        on = moment.date() + timedelta(days=ahead)
        for each in sorted(open_quarters(world.calendar, on)):
            when = datetime.combine(on, clock(each), WITA)
            if when > moment and not is_shut(world, when):
                yield when


def second_opinion(world: World, moment: datetime) -> tuple[Any, ...]:  # noqa: PLR0911
    """Whether it is open and takes tickets, why, the name, and when it opens again."""
    if world.emergency:
        return False, False, Reason.EMERGENCY, world.emergency, None
    on, now = moment.date(), quarter(moment.time())
    hours, reason, name = hours_of(world.calendar, on)
    today = open_quarters(world.calendar, on)
    later = next(served_quarters(world, moment, skip_today=False), None)
    if hours is None:
        return False, False, reason, name, later
    if not today:
        return False, False, Reason.FRIDAY_PRAYER, "Salat Jumat", later
    if now < min(today):
        return False, False, Reason.BEFORE_OPENING, name, later
    if now > max(today):
        return False, False, Reason.AFTER_CLOSING, name, later
    if is_shut(world, moment):
        running = [c for c in world.closings if c.starts_at <= moment < c.ends_at]
        longest = max(c.ends_at for c in running)
        said = next(c.name for c in running if c.ends_at == longest)
        return False, False, Reason.CLOSED_FOR_A_WHILE, said, later
    if now not in today:
        gap = {now}
        for step in (1, -1):
            each = now + step
            while each not in today:
                gap.add(each)
                each += step
        if gap & prayer_quarters(world.calendar, on):
            return False, False, Reason.FRIDAY_PRAYER, "Salat Jumat", later
        return False, False, Reason.BREAK, name, later
    is_staffed = world.counter in (None, "open")
    if hours.last_ticket and now >= min(quarter(hours.last_ticket), max(today) + 1):
        tomorrow = next(served_quarters(world, moment, skip_today=True), None)
        return is_staffed, False, Reason.AFTER_LAST_TICKET, name, tomorrow
    if world.numbers_left == 0:
        tomorrow = next(served_quarters(world, moment, skip_today=True), None)
        return is_staffed, False, Reason.NUMBERS_GONE, name, tomorrow
    if world.counter == "closed":
        return False, False, Reason.COUNTER_CLOSED, name, None
    if world.counter == "paused":
        return False, True, Reason.COUNTER_PAUSED, name, None
    return True, True, Reason.OPEN, name, None


@settings(max_examples=400, deadline=None)
@given(worlds(), st.integers(0, (DAYS - 1) * QUARTERS))
def test_every_calendar_is_answered_as_the_slow_second_opinion_says(world: World, quarters: int):
    moment = at(0) + timedelta(minutes=15 * quarters)

    answer = opening(
        moment,
        world.calendar,
        closings=world.closings,
        emergency=world.emergency,
        numbers_left=world.numbers_left,
        counter=world.counter,
    )

    told = (answer.is_open, answer.takes_tickets, answer.reason, answer.name, answer.opens_at)
    assert told == second_opinion(world, moment)
    if answer.until is not None:
        assert answer.until > moment


@given(weeks)
def test_a_stored_week_is_read_as_it_was_written(week: dict[int, DayHours]):
    assert week_from_json(week_to_json(week)) == week
