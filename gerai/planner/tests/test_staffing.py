"""Counters by quarter hour, shifts that cover them, their cost, and plans tried on played days."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerai.planner.rules.demand import QUARTER_S, Flow, Work
from gerai.planner.rules.erlang import served_within
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.staffing import (
    Pattern,
    Promise,
    Shift,
    cost,
    counters_of,
    covering,
    fewest_paid,
    needed,
    paid,
    patterns_for,
    workload,
)
from gerai.planner.rules.trial import Hall, by_quarter, days_of, saved, verdict

PROMISE = Promise(0.8, 900)
MORNING = (4, 6, 8, 10, 10, 10, 9, 8, 7, 6, 5, 5, 4, 4, 4, 4)
AFTERNOON = (5, 6, 7, 7, 6, 5, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1)
DAY = Flow((Work("A", 600),), MORNING + AFTERNOON)


def test_the_need_keeps_the_promise_and_one_counter_less_does_not():
    for comers, count in zip(DAY.per_quarter, needed([DAY], "A", PROMISE), strict=True):
        come, serve = comers / QUARTER_S, 1 / 600
        assert served_within(900, come, serve, count) >= 0.8
        assert served_within(900, come, serve, count - 1) < 0.8


def test_routes_and_flows_add_up_to_the_work_of_a_line():
    through = Flow((Work("A", 100), Work("B", 300)), (2, 0))
    alone = Flow((Work("B", 100),), (2, 1))

    assert workload([through, alone], "B") == [(4, 200), (1, 100)]
    assert needed([through, alone], "C", PROMISE) == [0, 0]


def test_more_than_any_hall_has_is_refused():
    with pytest.raises(OverflowError):
        needed([Flow((Work("A", 9000),), (500,))], "A", PROMISE)


@settings(max_examples=10)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=36))
def test_shifts_cover_the_need_and_none_can_be_left_out(need):
    shifts = covering(need)

    def covers(chosen) -> bool:
        return all(
            sum(quarter in each.quarters for each in chosen) >= count
            for quarter, count in enumerate(need)
        )

    assert covers(shifts)
    assert not any(covers([*shifts[:place], *shifts[place + 1 :]]) for place in range(len(shifts)))
    assert paid(shifts) >= fewest_paid(need)
    assert all(each.pattern in patterns_for(len(need)) for each in shifts)
    assert covering(need) == shifts


def test_shifts_of_an_even_day_are_found_without_waste():
    assert covering([3] * 16) == [Shift(0, Pattern(16))] * 3
    assert covering([0] * 16) == []
    assert paid(covering([2] * 32)) == fewest_paid([2] * 32)
    uneven = covering(needed([DAY], "A", PROMISE))
    assert paid(uneven) < 1.5 * fewest_paid(needed([DAY], "A", PROMISE))


def test_a_shift_has_its_break():
    shift = Shift(2, Pattern(length=8, break_after=3, break_length=2))

    assert sorted(shift.quarters) == [2, 3, 4, 7, 8, 9]
    assert shift.times == ((1800, 4500), (6300, 9000))
    assert Shift(1, Pattern(4)).times == ((900, 4500),)
    assert counters_of([shift], frozenset({"A"}), "A") == [
        Counter("A 1", frozenset({"A"}), shift.times)
    ]


def test_money_is_whole_rupiah_rounded_up():
    assert (cost(4, 30_000), cost(1, 30_001), cost(0, 30_000)) == (30_000, 7_501, 0)


def test_a_plan_tried_on_played_days_keeps_its_promise():
    shifts = covering(needed([DAY], "A", PROMISE))
    hall = Hall((DAY,), tuple(counters_of(shifts, frozenset({"A"}), "A")), len(DAY.per_quarter))
    days = list(days_of(hall, PROMISE, 20, "plan"))
    told = verdict([day.hall for day in days])

    assert (told.days, told.within.low > 0.8, told.left.mean) == (20, True, 0)
    assert told.comers == pytest.approx(sum(DAY.per_quarter), rel=0.1)
    assert [band is not None for band in by_quarter(days, 32)][:28] == [True] * 28


def test_one_more_desk_is_compared_on_the_same_people():
    tight = Hall((DAY,), (Counter("1", frozenset({"A"})),) * 4, len(DAY.per_quarter))
    before, after = (
        list(days_of(hall, PROMISE, 12, "more")) for hall in (tight, tight.with_one_more("A"))
    )
    gain = saved(before, after, "A")
    spread = [verdict([day.hall for day in days]).wait_s for days in (before, after)]

    assert gain.mean == pytest.approx(spread[0].mean - spread[1].mean)
    assert gain.low > 0
    assert gain.high - gain.low < spread[0].high - spread[0].low
    assert saved(before, after, "B") is None


def test_days_without_anybody_say_nothing():
    empty = Hall((Flow((Work("A", 60),), (0.0,)),), (Counter("1", frozenset({"A"})),), 1)

    assert list(days_of(empty, PROMISE, 12, "empty")) == []
    assert verdict([]) is None
    assert (empty.lines, empty.unserved_lines) == (("A",), ())
    assert by_quarter([], 1) == [None]
