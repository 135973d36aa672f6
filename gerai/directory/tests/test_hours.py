"""Open or closed, and why: the table of precedence, and the moments of a day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.directory.hours import (
    Calendar,
    CounterState,
    DayHours,
    DayPlan,
    Opening,
    Reason,
    SpecialDay,
    Week,
    day_plan,
    opening,
    working_days,
)
from gerai.directory.national_days import Kind, NationalDay

WITA = ZoneInfo("Asia/Makassar")
MONDAY = date(2026, 8, 3)
SATURDAY = date(2026, 8, 8)

MALL_DAY = DayHours(time(8), time(15), last_ticket=time(14, 30), breaks=((time(12), time(13)),))
AGENCY_DAY = DayHours(time(9), time(14))
SPECIAL_HOURS = DayHours(time(10), time(11))
MALL_WEEK: Week = dict.fromkeys(range(5), MALL_DAY)
AGENCY_WEEK: Week = dict.fromkeys(range(4), AGENCY_DAY)


def national(on: date, kind: Kind, name: str = "Hari X") -> dict[date, NationalDay]:
    return {on: NationalDay(on, name, kind, provisional=False, in_force_since=None, source="")}


HOLIDAY = national(MONDAY, Kind.NATIONAL_HOLIDAY)
LEAVE = national(MONDAY, Kind.JOINT_LEAVE)
MALL_CLOSES = SpecialDay(MONDAY, "closed", "Perbaikan gedung")
MALL_HOURS = SpecialDay(MONDAY, "hours", "Setengah hari", SPECIAL_HOURS)
AGENCY_OPENS = SpecialDay(MONDAY, "open", "Pelayanan khusus", is_agencys=True)
AGENCY_CLOSES = SpecialDay(MONDAY, "closed", "Rapat dinas", is_agencys=True)


def at(hour: int, minute: int = 0, on: date = MONDAY) -> datetime:
    return datetime.combine(on, time(hour, minute), WITA)


def ask(
    moment: datetime,
    *,
    mall_week: Week = MALL_WEEK,
    agency_week: Week | None = None,
    national: Mapping[date, NationalDay] | None = None,
    joint_leave_closes: bool = True,
    special_days: tuple[SpecialDay, ...] = (),
    counter: CounterState | None = None,
) -> Opening:
    calendar = Calendar(mall_week, agency_week, national or {}, joint_leave_closes, special_days)
    return opening(moment, calendar, counter=counter)


@pytest.mark.parametrize(
    ("special_days", "days", "agency_week", "plan"),
    [
        # Each row adds what stands above the row before it.
        ((), {}, None, DayPlan(MALL_DAY, Reason.OPEN)),
        ((), {}, AGENCY_WEEK, DayPlan(AGENCY_DAY, Reason.OPEN)),
        ((), LEAVE, AGENCY_WEEK, DayPlan(None, Reason.JOINT_LEAVE, "Hari X")),
        ((), HOLIDAY, AGENCY_WEEK, DayPlan(None, Reason.HOLIDAY, "Hari X")),
        (
            (MALL_HOURS,),
            HOLIDAY,
            AGENCY_WEEK,
            DayPlan(SPECIAL_HOURS, Reason.OPEN, "Setengah hari"),
        ),
        (
            (MALL_CLOSES,),
            HOLIDAY,
            AGENCY_WEEK,
            DayPlan(None, Reason.SPECIAL_CLOSURE, "Perbaikan gedung"),
        ),
        (
            (MALL_CLOSES, AGENCY_OPENS),
            HOLIDAY,
            AGENCY_WEEK,
            DayPlan(AGENCY_DAY, Reason.OPEN, "Pelayanan khusus"),
        ),
        (
            (MALL_HOURS, AGENCY_CLOSES),
            HOLIDAY,
            AGENCY_WEEK,
            DayPlan(None, Reason.SPECIAL_CLOSURE, "Rapat dinas"),
        ),
    ],
)
def test_day_rules_in_their_order(
    special_days: tuple[SpecialDay, ...],
    days: dict[date, NationalDay],
    agency_week: Week | None,
    plan: DayPlan,
) -> None:
    assert day_plan(MONDAY, Calendar(MALL_WEEK, agency_week, days, True, special_days)) == plan


@pytest.mark.parametrize(
    ("moment", "counter", "reason", "is_open", "takes_tickets", "until", "opens_at"),
    [
        (at(7, 59), "open", Reason.BEFORE_OPENING, False, False, at(8), at(8)),
        (at(8), "open", Reason.OPEN, True, True, at(12), None),
        (at(8), None, Reason.OPEN, True, True, at(12), None),
        (at(11, 59), "closed", Reason.COUNTER_CLOSED, False, False, None, None),
        (at(11, 59), "paused", Reason.COUNTER_PAUSED, False, True, None, None),
        (at(12), "closed", Reason.BREAK, False, False, at(13), at(13)),
        (at(12, 59), "open", Reason.BREAK, False, False, at(13), at(13)),
        (at(13), "open", Reason.OPEN, True, True, at(15), None),
        (at(14, 29), "open", Reason.OPEN, True, True, at(15), None),
        (
            at(14, 30),
            "open",
            Reason.AFTER_LAST_TICKET,
            True,
            False,
            at(15),
            at(8) + timedelta(days=1),
        ),
        (
            at(14, 30),
            "paused",
            Reason.AFTER_LAST_TICKET,
            False,
            False,
            at(15),
            at(8) + timedelta(days=1),
        ),
        (
            at(15),
            "closed",
            Reason.AFTER_CLOSING,
            False,
            False,
            None,
            at(8) + timedelta(days=1),
        ),
        (
            at(23, 59),
            None,
            Reason.AFTER_CLOSING,
            False,
            False,
            None,
            at(8) + timedelta(days=1),
        ),
    ],
)
def test_moment_rules_in_their_order(
    *,
    moment: datetime,
    counter: CounterState | None,
    reason: Reason,
    is_open: bool,
    takes_tickets: bool,
    until: datetime | None,
    opens_at: datetime | None,
) -> None:
    assert ask(moment, counter=counter) == Opening(
        is_open=is_open,
        takes_tickets=takes_tickets,
        reason=reason,
        until=until,
        opens_at=opens_at,
    )


def test_a_break_stands_before_the_last_ticket() -> None:
    day = DayHours(time(8), time(15), last_ticket=time(12), breaks=((time(12), time(13)),))

    assert ask(at(12, 30), mall_week={0: day}).reason is Reason.BREAK


def test_a_weekday_without_hours_is_no_working_day() -> None:
    answer = ask(at(10, on=SATURDAY))

    assert answer == Opening(
        is_open=False,
        takes_tickets=False,
        reason=Reason.NOT_A_WORKING_DAY,
        opens_at=at(8) + timedelta(days=7),
    )


def test_a_day_missing_in_the_week_of_the_agency_is_closed_though_the_mall_opens() -> None:
    friday = MONDAY + timedelta(days=4)

    answer = ask(at(10, on=friday), agency_week=AGENCY_WEEK)

    assert (answer.reason, answer.opens_at) == (
        Reason.NOT_A_WORKING_DAY,
        at(9) + timedelta(days=7),
    )


def test_joint_leave_is_a_working_day_where_the_mall_works_on_it() -> None:
    assert ask(at(9), national=LEAVE, joint_leave_closes=False).reason is Reason.OPEN
    assert ask(at(9), national=LEAVE, joint_leave_closes=True).reason is Reason.JOINT_LEAVE


def test_opening_a_holiday_without_hours_needs_weekly_hours() -> None:
    opened = SpecialDay(SATURDAY, "open", "Sabtu melayani")
    with_hours = SpecialDay(SATURDAY, "open", "Sabtu melayani", SPECIAL_HOURS)

    assert ask(at(10, on=SATURDAY), special_days=(opened,)).reason is Reason.NOT_A_WORKING_DAY
    assert ask(at(10, on=SATURDAY), special_days=(with_hours,)).reason is Reason.OPEN


def test_a_special_day_of_another_date_changes_nothing() -> None:
    assert ask(at(10), special_days=(SpecialDay(SATURDAY, "closed", "Lain"),)).is_open


def test_the_next_opening_skips_holidays_and_special_closures() -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)

    answer = ask(
        at(16),
        national=national(tuesday, Kind.NATIONAL_HOLIDAY),
        special_days=(SpecialDay(wednesday, "closed", "Listrik padam"),),
    )

    assert answer.opens_at == at(8) + timedelta(days=3)


@pytest.mark.parametrize(("days_ahead", "is_seen"), [(60, True), (61, False)])
def test_the_next_opening_is_looked_for_sixty_days_ahead(days_ahead: int, is_seen: bool) -> None:
    on = MONDAY + timedelta(days=days_ahead)
    special = SpecialDay(on, "hours", "Buka kembali", SPECIAL_HOURS)

    answer = ask(at(9), mall_week={}, special_days=(special,))

    assert answer.opens_at == (at(10, on=on) if is_seen else None)


def test_moments_keep_the_zone_of_the_mall() -> None:
    wit = ZoneInfo("Asia/Jayapura")

    answer = ask(datetime(2026, 8, 3, 23, 59, tzinfo=wit))

    assert answer.opens_at == datetime(2026, 8, 4, 8, tzinfo=wit)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        ask(datetime(2026, 8, 3, 9))


@pytest.mark.parametrize(
    ("opens", "closes", "last_ticket", "breaks"),
    [
        (time(15), time(8), None, ()),
        (time(8), time(8), None, ()),
        (time(8), time(15), time(8), ()),
        (time(8), time(15), time(15, 1), ()),
        (time(8), time(15), None, ((time(8), time(9)),)),
        (time(8), time(15), None, ((time(14), time(15)),)),
        (time(8), time(15), None, ((time(13), time(12)),)),
        (time(8), time(15), None, ((time(12), time(13)), (time(10), time(11)))),
    ],
)
def test_hours_out_of_order_are_refused(
    opens: time, closes: time, last_ticket: time | None, breaks: tuple[tuple[time, time], ...]
) -> None:
    with pytest.raises(ValueError, match="must"):
        DayHours(opens, closes, last_ticket, breaks)


def test_special_hours_without_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="needs them"):
        SpecialDay(MONDAY, "hours", "Lupa jamnya")


def test_working_days_leave_out_joint_leave_only_where_it_closes() -> None:
    assert working_days(2026, 8, 5, LEAVE, joint_leave_closes=True) == 20
    assert working_days(2026, 8, 5, LEAVE, joint_leave_closes=False) == 21
    assert working_days(2026, 8, 6, HOLIDAY, joint_leave_closes=False) == 25


minutes = st.integers(0, 60 * 24 * 14)
counters: st.SearchStrategy[CounterState | None] = st.sampled_from(
    [None, "open", "paused", "closed"]
)


@given(minutes, counters, st.booleans(), st.booleans())
def test_every_moment_has_one_answer_which_holds_until_it_says(
    minute: int, counter: CounterState | None, agency: bool, holiday: bool
) -> None:
    moment = at(0) + timedelta(minutes=minute)
    given_days = HOLIDAY if holiday else {}

    def answer_at(when: datetime) -> Opening:
        return ask(
            when,
            agency_week=AGENCY_WEEK if agency else None,
            national=given_days,
            counter=counter,
        )

    answer = answer_at(moment)

    assert answer.is_open == (
        answer.reason in (Reason.OPEN, Reason.AFTER_LAST_TICKET) and counter in (None, "open")
    )
    assert answer.takes_tickets == (answer.reason in (Reason.OPEN, Reason.COUNTER_PAUSED))
    if answer.until is not None:
        assert answer.until > moment
        assert answer_at(answer.until).reason is not answer.reason
    if answer.opens_at is not None:
        assert answer.opens_at > moment
        assert answer_at(answer.opens_at).reason in (
            Reason.OPEN,
            Reason.COUNTER_PAUSED,
            Reason.COUNTER_CLOSED,
        )
