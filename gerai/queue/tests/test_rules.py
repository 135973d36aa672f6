"""Who is next, for any mix of visitors; and durations, for any log."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.rules import (
    CallRule,
    Durations,
    Expectation,
    Head,
    Stay,
    choose,
    durations,
    expected_wait,
)

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
mixes = st.lists(st.booleans(), max_size=40)
ratios = st.integers(min_value=0, max_value=5)


def head(key, *, priority=False, minute=0, wanted=False, waiting=1):
    arrived_at = NINE + timedelta(minutes=minute)
    return Head(key, arrived_at, priority, waiting, is_wanted_here=wanted)


def call_all(groups, ratio):
    """Call a whole line as the desks do; give the (number, is_priority) in that order."""
    waiting = list(enumerate(groups))
    called, streak = [], 0
    while waiting:
        heads = []
        for wanted_group in (True, False):
            of_group = [(key, group) for key, group in waiting if group == wanted_group]
            if of_group:
                key, group = of_group[0]
                heads.append(head(key, priority=group, minute=key, waiting=len(of_group)))
        choice = choose(heads, priority_streak=streak, rule=CallRule(priority_in_a_row=ratio))
        assert choice is not None
        entry = (choice.ticket_id, groups[choice.ticket_id])
        waiting.remove(entry)
        streak = streak + 1 if entry[1] else 0
        called.append(entry)
    return called


@given(mixes, ratios)
def test_calling_passes_nobody_over_for_ever(groups, ratio):
    assert sorted(call_all(groups, ratio)) == list(enumerate(groups))


@given(mixes, ratios)
def test_calling_is_first_come_first_served_within_a_group(groups, ratio):
    called = call_all(groups, ratio)
    for of_group in (True, False):
        keys = [key for key, group in called if group == of_group]
        assert keys == sorted(keys)


@given(mixes, st.integers(min_value=1, max_value=5))
def test_priority_in_a_row_is_bounded_while_an_ordinary_visitor_waits(groups, ratio):
    called = call_all(groups, ratio)
    in_a_row = 0
    for place, (_key, is_priority) in enumerate(called):
        ordinary_left = any(not group for _key, group in called[place:])
        in_a_row = in_a_row + 1 if is_priority else 0
        if ordinary_left:
            assert in_a_row <= ratio


@given(mixes)
def test_ratio_of_nought_calls_in_the_order_of_coming(groups):
    assert call_all(groups, 0) == list(enumerate(groups))


def test_choose_says_nobody_for_an_empty_line():
    assert choose([], priority_streak=0, rule=CallRule()) is None


@pytest.mark.parametrize(
    ("heads", "streak", "ticket", "reason"),
    [
        ([head(1)], 0, 1, "first_come"),
        ([head(1, priority=True)], 9, 1, "first_of_priority"),
        ([head(1), head(2, priority=True, minute=5)], 0, 2, "priority_turn"),
        ([head(1, minute=5), head(2, priority=True)], 2, 1, "ordinary_turn"),
        ([head(1), head(3, minute=9, wanted=True)], 0, 3, "sent_to_this_counter"),
        ([head(2, priority=True), head(3, minute=9, wanted=True)], 0, 3, "sent_to_this_counter"),
    ],
)
def test_choose_says_whom_and_why(heads, streak, ticket, reason):
    choice = choose(heads, priority_streak=streak, rule=CallRule())
    assert (choice.ticket_id, choice.explanation["reason"]) == (ticket, reason)


def test_choose_stores_the_rule_and_the_crowd_with_the_call():
    rule = CallRule(version=7, priority_in_a_row=1)
    heads = [head(1, waiting=4), head(2, priority=True, waiting=3)]
    assert choose(heads, priority_streak=1, rule=rule).explanation == {
        "reason": "ordinary_turn",
        "rule": {
            "version": 7,
            "priority_in_a_row": 1,
            "recalls": 3,
            "return_after": 3,
            "undo_seconds": 15,
        },
        "priority_streak": 1,
        "priority_waiting": 3,
        "ordinary_waiting": 4,
    }


def stay(state, minute):
    return Stay(state, NINE + timedelta(minutes=minute))


def test_durations_follow_a_whole_visit():
    log = [
        stay("waiting", 0),
        stay("called", 10),
        stay("serving", 12),
        stay("held", 15),
        stay("serving", 20),
        stay("done", 26),
    ]
    assert durations(log, until=NINE + timedelta(hours=9)) == Durations(
        waiting=600.0, walking=120.0, serving=540.0, held=300.0
    )


def test_durations_add_up_a_second_wait_after_an_absence():
    log = [stay("waiting", 0), stay("called", 5), stay("absent", 6), stay("waiting", 16)]
    assert durations(log, until=NINE + timedelta(minutes=20)) == Durations(
        waiting=540.0, walking=60.0, absent=600.0
    )


def test_durations_of_an_empty_log_are_nought():
    assert durations([], until=NINE) == Durations()


@given(
    st.lists(
        st.sampled_from(["waiting", "called", "serving", "held", "absent"]), min_size=1, max_size=9
    ),
    st.lists(st.integers(min_value=0, max_value=9_999), min_size=9, max_size=9),
)
def test_durations_of_a_ticket_in_the_house_sum_to_its_time_there(states, gaps):
    moments = [NINE + timedelta(seconds=sum(gaps[:place])) for place in range(len(states))]
    until = moments[-1] + timedelta(seconds=gaps[-1])
    log = [Stay(state, moment) for state, moment in zip(states, moments, strict=True)]
    spent = durations(log, until=until)
    total = spent.waiting + spent.walking + spent.serving + spent.held + spent.absent
    assert total == (until - NINE).total_seconds()


@pytest.mark.parametrize(
    ("ahead", "counters", "expected"),
    [
        (0, 1, Expectation(0, 5)),
        (4, 1, Expectation(20, 60)),
        (4, 2, Expectation(10, 30)),
        (4, 0, Expectation(20, 60)),
    ],
)
def test_expected_wait_is_a_range_of_whole_minutes(ahead, counters, expected):
    assert expected_wait(ahead, minutes_each=10, counters=counters) == expected
