"""A day in figures."""

from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.states import State
from gerai.story.rules.day import (
    Level,
    edges,
    level_of,
    quarters_of,
    served,
    spans_in,
    story_moments,
    waits_of,
)
from gerai.story.rules.lives import Life, Stay
from gerai.story.shape.curves import Frame, area, steps

HOUR = 3600
spans = st.lists(
    st.tuples(st.integers(0, 500), st.integers(1, 300)).map(lambda pair: (pair[0], sum(pair)))
)


def a_life(came: int, called: int, done: int) -> Life:
    return Life(
        came,
        1,
        (Stay(came, called, State.WAITING), Stay(called, done, State.SERVING, 1)),
        State.DONE,
    )


@given(spans, st.integers(-10, 900))
def test_a_level_is_the_number_of_spans_that_hold(given_spans, at):
    assert level_of(given_spans).at(at) == sum(since <= at < until for since, until in given_spans)


@given(spans)
def test_the_peak_is_the_first_fullest_moment(given_spans):
    level = level_of(given_spans)
    at, most = level.peak
    every = {moment: level.at(moment) for moment in range(900)}

    assert most == max(every.values())
    assert at == (min(m for m, n in every.items() if n == most) if given_spans else 0)


def test_a_level_has_a_mean_and_a_most_between_two_moments():
    level = level_of([(0, 100), (50, 100)])

    assert level.mean(0, 100) == 1.5
    assert (level.most(0, 50), level.most(0, 51), level.most(200, 300)) == (1, 2, 0)


def test_quarters_tell_who_came_waited_and_was_served():
    lives = [
        a_life(8 * HOUR, 8 * HOUR + 600, 8 * HOUR + 1200),
        a_life(8 * HOUR + 60, 8 * HOUR + 1260, 8 * HOUR + 1500),
    ]
    first, second = quarters_of(
        lives, level_of([(8 * HOUR, 9 * HOUR)]), since=8 * HOUR, until=8 * HOUR + 1501
    )

    assert (first.came, first.waiting, first.open, first.served) == (2, 2, 1.0, 0)
    assert first.waits == (660.0, 900.0, 1140.0)
    assert (second.came, second.waiting, second.served, second.waits) == (0, 1, 2, None)


def test_waits_go_to_the_first_call_and_the_served_are_those_who_were_done():
    left = Life(9, 1, (Stay(5, 90, State.WAITING),), State.LEFT)
    lives = [a_life(10, 40, 90), left]

    assert waits_of(lives) == [(10, 30)]
    assert served(lives) == [90]
    assert list(spans_in(lives, [State.WAITING])) == [(10, 40), (5, 90)]


def test_who_is_cleared_away_at_night_does_not_make_the_day_longer():
    forgotten = Life(2, 1, (Stay(9 * HOUR, 20 * HOUR, State.WAITING),), State.EXPIRED)
    lives = [a_life(8 * HOUR + 60, 9 * HOUR, 10 * HOUR), forgotten]

    assert edges(lives, level_of([])) == (8 * HOUR, 10 * HOUR + 900)


def test_moments_of_the_story_hold_the_busiest_one():
    waiting = level_of([(8 * HOUR, 12 * HOUR), (9 * HOUR + 7, 10 * HOUR)])
    quarters = quarters_of(
        [a_life(8 * HOUR, 9 * HOUR, 12 * HOUR)], Level((), ()), since=8 * HOUR, until=12 * HOUR
    )
    moments = story_moments(waiting, quarters)

    assert len(moments) == 6
    assert 9 * HOUR + 7 in moments
    assert moments == sorted(moments)


def test_curves_stay_in_their_field():
    frame = Frame(0, 100, 10, 0, 200, 5, 60)

    assert steps(frame, [(0, 0.0), (50, 10.0), (60, 10.0), (70, 5.0)]) == "M0 60H100V5H140V32.5H200"
    assert area(frame, [(0, 0.0), (50, 20.0)]) == "M0 60V60H100V5H200V60Z"
    assert (steps(frame, []), area(frame, [])) == ("", "")
