"""What a day's figures mean, and that nothing of it gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.pulse.measures import (
    Cell,
    DayFigures,
    Funnel,
    Hour,
    Life,
    Sitting,
    Stay,
    Times,
    day_of,
    dump,
    heat,
    inside,
    joined,
    length,
    outside,
    parse,
    times_of,
)

LINE, AGENCY, COUNTER = 5, 7, 1
NINE = 9 * 3600.0

moments = st.integers(0, 2_000)
spans = st.lists(st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair))), max_size=8)


def a_life(*stays, **fields):
    """Make a number from (state, since) pairs; the last state lasts to the day's end."""
    ends = [*(since for _state, since in stays[1:]), 24 * 3600.0]
    at = {"called", "serving"}
    return Life(
        LINE,
        AGENCY,
        tuple(
            Stay(state, since, end, COUNTER if state in at else None)
            for (state, since), end in zip(stays, ends, strict=True)
        ),
        **fields,
    )


SERVED = a_life(
    ("waiting", NINE), ("called", NINE + 4800), ("serving", NINE + 4860), ("done", NINE + 5400)
)


@given(spans, spans)
def test_inside_and_outside_divide_the_spans(these, those):
    whole = length(joined(these))
    assert length(inside(these, those)) + length(outside(these, those)) == pytest.approx(whole)
    assert length(inside(these, those)) == pytest.approx(length(inside(those, these)))


@given(spans, spans, spans, spans, spans)
def test_every_second_of_a_sitting_is_counted_once(calls, services, waiting, pauses, still):
    sitting = Sitting(COUNTER, AGENCY, 100, 1500, tuple(pauses))
    times = times_of(sitting, calls, services, waiting, still)
    assert sum(times[1:]) == pytest.approx(times.open_s) == 1400
    assert min(times) >= 0


def test_between_two_visitors_it_is_wrapping_up_while_somebody_waits_and_idle_else():
    sitting = Sitting(COUNTER, AGENCY, 0, 1000, ((900, 950),))
    times = times_of(sitting, [(100, 150)], [(150, 400)], [(0, 100), (380, 500)])
    assert times == Times(1000, 450, 50, 250, 200, 50)


def test_whoever_is_served_in_a_pause_is_served():
    times = times_of(Sitting(COUNTER, AGENCY, 0, 100, ((40, 100),)), [], [(0, 60)], [])
    assert times == Times(100, 0, 0, 60, 0, 40)


def test_waiting_is_laid_on_the_hours_in_which_it_happened():
    figures = day_of([SERVED], [], [])
    assert figures.hours == {
        (LINE, 9): Hour(1, 3600, 1, 4800),
        (LINE, 10): Hour(0, 1200, 0, 0),
    }


def test_nobody_waits_while_everything_stands_still():
    figures = day_of([SERVED], [], [(NINE + 600, NINE + 1200)])
    assert figures.hours[LINE, 9] == Hour(1, 3000, 1, 4200)


def test_a_wait_after_the_first_call_is_no_wait_for_it_but_somebody_waits():
    again = a_life(
        ("waiting", NINE), ("called", NINE + 60), ("waiting", NINE + 120), ("left", NINE + 180)
    )
    assert day_of([again], [], []).hours == {(LINE, 9): Hour(1, 120, 1, 60)}


def test_nobody_stands_there_until_midnight():
    kept = a_life(("waiting", NINE), ("expired", 24 * 3600.0))
    sittings = [Sitting(COUNTER, AGENCY, NINE, NINE + 600), Sitting(2, 8, NINE, NINE + 900)]
    assert day_of([kept], sittings, []).hours[LINE, 9] == Hour(1, 600, 0, 0)
    assert day_of([kept], sittings[1:], []).hours[LINE, 9] == Hour(1, 900, 0, 0)
    assert day_of([kept], [], []).hours == {(LINE, 9): Hour(1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("states", "ends"),
    [
        (["waiting", "called", "serving", "done"], {"called": 1, "served": 1, "done": 1}),
        (["waiting", "called", "absent"], {"called": 1, "absent": 1}),
        (["waiting", "called", "absent", "expired"], {"called": 1, "absent": 1}),
        (["waiting", "expired"], {"unfinished": 1}),
        (["waiting", "left"], {"left": 1}),
        (
            ["waiting", "called", "serving", "transferred"],
            {"called": 1, "served": 1, "moved_on": 1},
        ),
        (["waiting", "called", "serving"], {"called": 1, "served": 1, "open": 1}),
        (["waiting"], {"open": 1}),
    ],
)
def test_a_number_ends_in_one_way(states, ends):
    life = a_life(*((state, NINE + at) for at, state in enumerate(states)))
    funnel = day_of([life], [], []).funnels[LINE]
    assert funnel == Funnel(entered=1, **ends)
    assert sum(funnel[4:]) == funnel.entered


def test_whoever_came_over_from_another_line_is_told_apart():
    funnel = day_of([a_life(("waiting", NINE), came_over=True)], [], []).funnels[LINE]
    assert (funnel.entered, funnel.moved_in) == (1, 1)


def test_times_are_of_the_counter_and_its_agency():
    sitting = Sitting(COUNTER, AGENCY, NINE, NINE + 6000)
    figures = day_of([SERVED], [sitting], [])
    assert figures.times == {(COUNTER, AGENCY): Times(6000, 600, 60, 540, 4800, 0)}


def test_what_is_kept_is_what_was_counted():
    figures = day_of([SERVED], [Sitting(COUNTER, None, NINE, NINE + 6000)], [])
    assert parse(dump(figures)) == figures


def test_heat_is_a_mean_over_the_days_of_a_weekday():
    busy = DayFigures(hours={(LINE, 9): Hour(6, 7200, 4, 1200), (8, 9): Hour(1, 3600, 0, 0)})
    quiet = DayFigures()
    cells = heat([(0, busy), (0, quiet), (5, quiet)])
    assert cells == {(9, 0): Cell(1.5, 5.0, 7, 2), (9, 5): Cell(0.0, None, 0, 1)}
    assert heat([(0, busy)], LINE)[9, 0] == Cell(2.0, 5.0, 6, 1)
    assert heat([]) == {}
