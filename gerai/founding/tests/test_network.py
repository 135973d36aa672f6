"""The schedule: nothing begins before what it needs, and the critical path decides the end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.founding.network import Course, Cycle, Task, critical_path, in_order, plan

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@st.composite
def networks(draw):
    """Tasks whose needs have smaller keys, so that nothing waits in a circle."""
    size = draw(st.integers(1, 12))
    return [
        Task(
            key,
            draw(st.integers(0, 30)),
            frozenset(draw(st.sets(st.integers(0, key - 1), max_size=4)) if key else ()),
        )
        for key in range(size)
    ]


def longest_way(tasks, key):
    """The days until a task is over, by trying every way to it."""
    by_key = {task.key: task for task in tasks}
    before = max((longest_way(tasks, need) for need in by_key[key].needs), default=0)
    return before + by_key[key].days


@given(networks())
def test_each_step_begins_when_all_it_needs_is_over_and_not_a_day_later(tasks):
    spans = plan(tasks)

    for task in tasks:
        over = max((spans[need].ends for need in task.needs), default=0)
        assert (spans[task.key].starts, spans[task.key].ends) == (over, over + task.days)


@given(networks())
def test_the_end_is_the_longest_way_through_the_network(tasks):
    end = max(span.ends for span in plan(tasks).values())

    assert end == max(longest_way(tasks, task.key) for task in tasks)


@given(networks())
def test_a_step_that_slips_by_its_slack_does_not_move_the_end_one_day_more_does(tasks):
    spans = plan(tasks)
    end = max(span.ends for span in spans.values())

    for task in tasks:
        for late, moves in ((spans[task.key].slack, 0), (spans[task.key].slack + 1, 1)):
            longer = Task(task.key, task.days + late, task.needs)
            again = plan([longer if each.key == task.key else each for each in tasks])
            assert max(span.ends for span in again.values()) == end + moves


@given(networks())
def test_the_critical_path_fills_every_day_to_the_end(tasks):
    spans = plan(tasks)
    end = max(span.ends for span in spans.values())
    filled = {
        day for key in critical_path(spans) for day in range(spans[key].starts, spans[key].ends)
    }

    assert filled == set(range(end))


@given(networks(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(tasks, chance):
    mixed = list(tasks)
    chance.shuffle(mixed)

    assert plan(mixed) == plan(tasks)


@given(networks(), st.integers(1, 40))
def test_what_has_not_begun_begins_today_at_the_earliest(tasks, today):
    spans = plan(tasks, today=today)

    assert min(span.starts for span in spans.values()) == today


@given(networks(), st.data())
def test_one_need_backwards_is_refused_as_a_circle(tasks, data):
    last = max(task.key for task in tasks)
    first = data.draw(st.integers(0, last))
    chain = {key: frozenset({key - 1} if key else ()) for key in range(last + 1)}
    chain[first] = frozenset({*chain[first], last})

    with pytest.raises(Cycle) as refused:
        in_order(chain)

    assert refused.value.keys[0] == refused.value.keys[-1]
    assert set(refused.value.keys) == set(range(first, last + 1))


def test_done_steps_keep_their_days_and_decide_nothing_any_more():
    spans = plan(
        [Task(1, 10, begun=0, ended=3), Task(2, 4, frozenset({1})), Task(3, 1, frozenset({1}))],
        today=5,
    )

    assert [(span.starts, span.ends) for span in spans.values()] == [(0, 3), (5, 9), (5, 6)]
    assert critical_path(spans) == [2]


def test_a_begun_step_that_runs_over_its_days_ends_today():
    spans = plan([Task(1, 3, begun=0), Task(2, 2, frozenset({1}))], today=9)

    assert [(span.starts, span.ends) for span in spans.values()] == [(0, 10), (10, 12)]


@given(DAYS, st.integers(0, 400))
def test_calendar_days_count_there_and_back(began, number):
    course = Course(began)

    assert course.number(course.day(number)) == number


@given(DAYS, st.integers(0, 300), st.sets(st.integers(0, 300), max_size=10))
def test_working_days_count_there_and_back_and_are_never_free(began, number, free):
    closed = {began + timedelta(days=each) for each in free}
    course = Course(began, only_working=True, free=closed)
    day = course.day(number)

    assert course.number(day) == number
    assert (day.weekday() < 5, day in closed) == (True, False)


def test_a_step_of_five_working_days_from_thursday_ends_on_wednesday():
    course = Course(date(2026, 11, 26), only_working=True)
    [span] = plan([Task(1, 5)]).values()

    assert (course.day(span.starts), course.last_day(span)) == (
        date(2026, 11, 26),
        date(2026, 12, 2),
    )
