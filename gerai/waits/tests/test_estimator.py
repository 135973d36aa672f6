"""The estimator: ordered, never negative, without jumps, right where the truth is known."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.waits.rules import CLAIM, NO_WAIT, Estimator, Snapshot, judge, replay
from gerai.waits.tests.simulated import Office, recording

moves = st.lists(
    st.tuples(
        st.integers(0, 40),  # minutes later
        st.integers(0, 12),  # more numbers issued
        st.integers(0, 12),  # more numbers called, where so many wait
        st.integers(0, 6),  # counters open
        st.booleans(),  # a new day
    ),
    min_size=1,
    max_size=60,
)


def looks(steps, usual=None) -> list[Snapshot]:
    day = minute = issued = called = 0
    seen = []
    for later, more, calls, counters, new_day in steps:
        if new_day:
            day, minute, issued, called = day + 1, 0, 0, 0
        minute, issued = minute + later, issued + more
        called = min(called + calls, issued)
        seen.append(Snapshot("A", day, minute, counters, issued - called, called, issued, usual))
    return seen


@given(moves, st.none() | st.floats(0, 1e9))
def test_every_range_is_in_order_and_never_negative(steps, usual):
    estimator = Estimator()
    for look in looks(steps, usual):
        said = estimator.see(look)
        assert 0 <= said.low <= said.middle <= said.high < float("inf")
        assert (said == NO_WAIT) == (look.waiting == 0)


@given(moves)
def test_the_same_looks_give_the_same_estimates(steps):
    first, second = Estimator(), Estimator()
    assert [first.see(look) for look in looks(steps)] == [second.see(look) for look in looks(steps)]


@given(moves, st.floats(0.001, 0.5))
def test_a_moment_later_without_any_happening_moves_the_range_a_little(steps, later):
    estimator = Estimator()
    seen = looks(steps)
    said = [estimator.see(look) for look in seen][-1]
    again = estimator.see(replace(seen[-1], minute=seen[-1].minute + later))
    # Half a minute beside the two calls that a line begins with, each of some minutes.
    for before, after in (
        (said.low, again.low),
        (said.middle, again.middle),
        (said.high, again.high),
    ):
        assert 0.8 * before <= after <= 1.4 * before


def test_nobody_waits_so_nothing_is_to_be_waited():
    estimator = Estimator()
    estimator.see(Snapshot("A", 0, 540, 1, 5, 1, 6))
    assert estimator.see(Snapshot("A", 0, 570, 1, 0, 6, 6)) == NO_WAIT


def test_a_line_of_which_nothing_is_known_uses_the_set_minutes_halfway():
    def middle(usual: float | None, counters: int = 1) -> float:
        return Estimator().see(Snapshot("A", 0, 540, counters, 3, 0, 3, usual)).middle

    assert middle(None) == middle(0) == pytest.approx(middle(7))
    assert middle(28) == pytest.approx(2 * middle(7))
    assert middle(10_000) == middle(60)
    assert middle(28, counters=4) == pytest.approx(middle(7))


def test_a_closed_counter_still_gets_an_answer_and_teaches_nothing():
    estimator = Estimator()
    first = estimator.see(Snapshot("A", 0, 540, 0, 3, 0, 3))
    assert first.low > 0
    assert estimator.see(Snapshot("A", 0, 600, 0, 3, 0, 3)) == first


def test_numbers_that_begin_again_are_a_new_day():
    steps = [Snapshot("A", 0, 540 + 5 * n, 1, 2, n, n + 2) for n in range(20)]
    again = Snapshot("A", 0, 700, 1, 2, 0, 2)
    within, over = Estimator(), Estimator()
    for look in steps:
        within.see(look)
        over.see(look)
    assert within.see(again) == over.see(replace(again, day=1))


def test_a_steady_line_is_learned_exactly():
    """One counter, one call each ten minutes, three always waiting: the last waits 30."""
    estimator = Estimator()
    for number in range(60):
        said = estimator.see(Snapshot("A", 0, 480 + 10 * number, 1, 3, number, number + 3))
    assert (said.low, said.middle) == pytest.approx((30, 30), abs=1.5)
    assert 30 <= said.high < 37


@pytest.mark.parametrize(
    "office",
    [
        Office(),
        Office(counters=1, service=5, an_hour=11),
        Office(counters=4, service=20, an_hour=11),
    ],
)
def test_the_range_holds_as_often_as_it_says_where_the_truth_is_known(office: Office):
    cases = replay(recording(office, days=20, every=1))
    found = judge(cases)
    assert found.cases > 500
    assert CLAIM - 0.05 <= found.coverage <= CLAIM + 0.05
    assert found.mae < 0.8 * min(found.rate_mae, found.constant_mae)


def test_a_line_that_turns_twice_as_slow_is_found_out():
    quick = recording(Office(counters=1, service=5, an_hour=11), days=20)
    slow = [
        replace(one, snapshot=replace(one.snapshot, day=one.snapshot.day + 20))
        for one in recording(Office(counters=1, service=10, an_hour=5.5), days=40)
    ]
    cases = replay([*quick, *slow])
    late = judge(cases[-400:])
    assert CLAIM - 0.08 <= late.coverage <= CLAIM + 0.08


def test_asking_says_about_what_looking_says_and_teaches_nothing():
    estimator, other = Estimator(), Estimator()
    apart = []
    for one in recording(Office(), days=3):
        look = one.snapshot
        asked = other.expect(look, waiting=look.waiting)
        said = estimator.see(look)
        assert other.see(look) == said
        if look.waiting:
            apart.append(abs(asked.middle - said.middle) / said.middle)
    assert sorted(apart)[len(apart) // 2] < 0.05
    assert sorted(apart)[len(apart) * 9 // 10] < 0.25


def test_asking_for_a_line_never_seen():
    look = Snapshot("A", 0, 540, 1, 4, 0, 4, 10)
    assert Estimator().expect(look, waiting=4) == Estimator().see(look)
    assert Estimator().expect(look, waiting=-2) == NO_WAIT


@given(st.integers(1, 60), st.integers(0, 4), st.sampled_from(range(0, 400, 40)))
def test_more_people_never_wait_less_long(waiting, counters, seen):
    estimator, line = learned(seen)
    look = Snapshot(line, 9, 700.0, counters, waiting + 1, 20, 30 + waiting, 12)
    fewer = estimator.expect(look, waiting=waiting)
    more = estimator.expect(look, waiting=waiting + 1)
    assert 0 <= fewer.low <= fewer.middle <= fewer.high
    assert fewer.low <= more.low
    assert fewer.middle <= more.middle
    assert fewer.high <= more.high


@cache
def learned(looks):
    """Return an estimator that has seen so many looks of a busy office, and the line's key."""
    estimator, seen = Estimator(), list(recording(Office(), days=4))
    for one in seen[:looks]:
        estimator.see(one.snapshot)
    return estimator, seen[0].snapshot.line
