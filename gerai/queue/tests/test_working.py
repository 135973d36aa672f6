"""A working day: what a wait of so many minutes of work comes to on the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.rules import Pause, WorkingDay

MIDNIGHT = datetime(2026, 11, 27, tzinfo=UTC)


def at(hour, minute=0):
    return MIDNIGHT + timedelta(hours=hour, minutes=minute)


FRIDAY = WorkingDay(
    ((at(8), at(10)), (at(10, 15), at(11, 30)), (at(13), at(15))), ("", "Salat Jumat", "")
)
moments = st.integers(0, 24 * 60 - 1).map(lambda minute: MIDNIGHT + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("moment", "minutes", "on_the_clock"),
    [
        (at(9), 30, 30),
        (at(9), 60, 75),  # ends with the stretch: called after the break at the earliest
        (at(9, 50), 20, 35),
        (at(9, 50), 90, 195),
        (at(10, 5), 0, 10),
        (at(7), 0, 60),
        (at(7), 5, 65),
        (at(14, 50), 20, 20),
        (at(16), 7, 7),
    ],
)
def test_nobody_is_called_before_opening_or_in_a_break(moment, minutes, on_the_clock):
    assert FRIDAY.waits(moment, minutes) == on_the_clock


def test_a_day_without_hours_is_one_stretch():
    assert WorkingDay().waits(at(3), 25) == 25
    assert WorkingDay().crossed(at(3), 600) is None
    assert WorkingDay().minutes_at(at(3), MIDNIGHT) == 180


@pytest.mark.parametrize(
    ("moment", "minutes", "crossed"),
    [
        (at(9), 60, None),
        (at(9), 61, Pause(at(10), at(10, 15))),
        (at(11), 150, Pause(at(11, 30), at(13), "Salat Jumat")),
        (at(10, 5), 1, Pause(at(10), at(10, 15))),
        (at(14), 61, Pause(at(15), None)),
        (at(11), 500, Pause(at(15), None)),
        (at(16), 10, None),
    ],
)
def test_what_a_wait_reaches_into_is_told(moment, minutes, crossed):
    assert FRIDAY.crossed(moment, minutes) == crossed


@given(moments, st.integers(0, 300), st.integers(0, 60))
def test_more_work_never_ends_earlier(moment, minutes, more):
    assert minutes <= FRIDAY.waits(moment, minutes) <= FRIDAY.waits(moment, minutes + more)


@given(moments, st.integers(0, 120))
def test_worked_minutes_rise_with_the_clock_and_stand_still_in_a_break(moment, later):
    before, after = (
        FRIDAY.minutes_at(each, MIDNIGHT) for each in (moment, moment + timedelta(minutes=later))
    )
    assert before <= after <= before + later
    if at(11, 30) <= moment and moment + timedelta(minutes=later) <= at(13):
        assert before == after
