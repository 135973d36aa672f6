"""Durations, for any log."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.rules import Durations, Stay, durations

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


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
