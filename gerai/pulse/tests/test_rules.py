"""Pain, promises, quiet and the next look, as plain functions."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.pulse.rules import (
    LOOK_AT_LEAST_EVERY,
    Found,
    Kind,
    by_pain,
    ended,
    is_quiet,
    late_lines,
    late_ones,
    next_look,
    stretch_begin,
)

NOW = datetime(2026, 11, 23, 10)


def test_people_come_before_machines_and_machines_before_empty_chairs():
    alarms = [
        Found(Kind.EMPTY, 1, "kursi", NOW),
        Found(Kind.PRINTER, 2, "kertas sedikit", NOW, is_minor=True),
        Found(Kind.DEVICE, 3, "kios", NOW),
        Found(Kind.EMPTY, 4, "ditunggu", NOW, people=3, lost_s=600),
        Found(Kind.WAIT, 5, "menunggu", NOW, people=1, lost_s=60),
        Found(Kind.WAIT, 6, "lebih lama", NOW, people=1, lost_s=90),
    ]
    assert [alarm.name for alarm in by_pain(alarms)] == [
        "lebih lama",
        "menunggu",
        "ditunggu",
        "kios",
        "kertas sedikit",
        "kursi",
    ]


@given(st.lists(st.floats(0, 20_000)), st.floats(60, 7_200))
def test_late_are_those_beyond_the_promise_and_no_others(waited, limit):
    late = late_ones(waited, limit_s=limit, now=NOW)
    over = [each for each in waited if each > limit]
    assert (late.people if late else 0) == len(over)
    if late:
        assert late.since <= NOW
        assert late.since == NOW - timedelta(seconds=max(over) - limit)


@given(
    st.dictionaries(st.integers(1, 5), st.lists(st.floats(0, 40_000), max_size=6)),
    st.dictionaries(st.integers(1, 7), st.integers(1, 480)),
    st.integers(1, 480),
)
def test_each_line_is_judged_by_its_own_promise_and_else_by_the_mall_s(waited, own, usual):
    late = late_lines(waited, own_min=own, usual_min=usual, now=NOW)
    truth = {}
    for line, people in waited.items():
        promised = own.get(line, usual)
        over = [each - promised * 60 for each in people if each > promised * 60]
        if over:
            truth[line] = (promised, len(over), max(over))
    told = {
        line: (promised, each.people, (NOW - each.since).total_seconds())
        for line, (promised, each) in late.items()
    }
    assert told.keys() == truth.keys()
    for line, (promised, people, longest) in truth.items():
        assert told[line][:2] == (promised, people)
        assert told[line][2] == pytest.approx(longest, abs=1e-5)


@given(
    st.dictionaries(st.integers(1, 5), st.lists(st.floats(0, 40_000), max_size=6)),
    st.integers(1, 480),
    st.integers(1, 480),
)
def test_a_promise_of_one_line_changes_no_other_line(waited, own, usual):
    plain = late_lines(waited, own_min={}, usual_min=usual, now=NOW)
    first = min(waited, default=0)
    changed = late_lines(waited, own_min={first: own}, usual_min=usual, now=NOW)
    assert {k: v for k, v in changed.items() if k != first} == {
        k: v for k, v in plain.items() if k != first
    }


def test_whoever_waits_just_as_long_as_promised_is_not_late():
    assert late_ones([1800.0], limit_s=1800, now=NOW) is None


@pytest.mark.parametrize(
    ("at", "begins"),
    [(time(7, 59), None), (time(8), time(8)), (time(12, 30), None), (time(14), time(13))],
)
def test_a_stretch_begins_at_opening_or_after_the_break(at, begins):
    assert stretch_begin([(time(8), time(12)), (time(13), time(15))], at) == begins


def test_a_handled_alarm_is_quiet_for_its_minutes_only():
    handled = NOW - timedelta(minutes=15)
    assert is_quiet(handled + timedelta(seconds=1), again_min=15, now=NOW)
    assert not is_quiet(handled, again_min=15, now=NOW)
    assert not is_quiet(None, again_min=15, now=NOW)


def test_an_end_is_known_only_where_somebody_looked_lately():
    assert ended(NOW - timedelta(minutes=3), NOW) == (NOW, True)
    assert ended(NOW - timedelta(minutes=4), NOW) == (NOW - timedelta(minutes=4), False)


def test_the_next_look_is_in_a_minute_or_at_the_opening():
    assert next_look(NOW, None, is_open=True) == NOW + timedelta(minutes=1)
    soon = NOW + timedelta(minutes=20)
    assert next_look(NOW, soon, is_open=False) == soon
    assert next_look(NOW, NOW + timedelta(days=2), is_open=False) == NOW + LOOK_AT_LEAST_EVERY
