"""People stand before counters: inside the zone, on nothing, apart from each other."""

from math import dist

from hypothesis import given
from hypothesis import strategies as st

from gerai.directory.rules import Place
from gerai.pulse.shape import PITCH, Side, dealt, frame_of, front_of, load_bars, served_at, standing

ZONE = Place(40, 40, 440, 240)
NAME = Place(40, 40, 440, 32)

seats = st.builds(
    Place,
    x=st.integers(52, 380),
    y=st.integers(74, 230),
    width=st.integers(30, 88),
    height=st.integers(20, 50),
)


def inside(place: Place, x: float, y: float) -> bool:
    return place.x < x < place.right and place.y < y < place.bottom


@given(seats, st.lists(seats, max_size=6), st.integers(0, 60))
def test_nobody_stands_on_a_counter_or_outside_the_zone(counter, others, count):
    front = front_of(counter, ZONE, [NAME, *others])
    for x, y in standing(front, count).spots:
        assert inside(ZONE, x, y)
        assert not any(inside(place, x, y) for place in (counter, NAME, *others))


@given(seats, st.integers(0, 80))
def test_everybody_is_drawn_or_counted(counter, count):
    found = standing(front_of(counter, ZONE, [NAME]), count)
    assert len(found.spots) + found.more == count
    assert (found.more_at is None) == (found.more == 0)


@given(seats, st.integers(2, 60))
def test_people_keep_apart(counter, count):
    front = front_of(counter, ZONE, [NAME])
    spots = [served_at(front), *standing(front, count).spots]
    pairs = [(a, b) for at, a in enumerate(spots) for b in spots[at + 1 :]]
    assert all(dist(a, b) >= PITCH * 0.95 for a, b in pairs)


@given(st.integers(0, 500), st.integers(1, 30))
def test_dealing_loses_nobody_and_is_even(count, hands):
    dealt_out = dealt(count, hands)
    assert sum(dealt_out) == count
    assert max(dealt_out) - min(dealt_out) <= 1


def test_people_stand_where_the_room_is_deepest():
    counter = Place(52, 200, 80, 50)
    assert front_of(counter, ZONE).side is Side.RIGHT
    assert front_of(counter, ZONE, [Place(150, 190, 80, 70)]).side is Side.ABOVE


def test_a_counter_facing_another_has_the_room_between_them():
    upper, lower = Place(60, 80, 80, 40), Place(60, 180, 80, 40)
    zone = Place(40, 40, 120, 200)
    front = front_of(upper, zone, [lower])
    assert (front.side, front.depth) == (Side.BELOW, 60.0)


def test_whoever_finds_no_room_is_counted_behind_the_others():
    front = front_of(Place(0, 0, 26, 40), Place(0, 0, 26, 97))
    found = standing(front, 20)
    assert (front.columns, front.rows) == (2, 3)
    assert (len(found.spots), found.more, found.more_at) == (4, 16, (13.0, 89.5))


def test_in_a_zone_without_room_the_number_stands_at_the_counter():
    found = standing(front_of(Place(0, 0, 60, 40), Place(0, 0, 60, 40)), 3)
    assert (found.spots, found.more, found.more_at) == ((), 3, (30.0, 40.0))


def test_bars_rise_and_fill_with_the_load():
    bars = load_bars(1, x=10, bottom=50)
    assert [(bar.height, bar.is_filled) for bar in bars] == [(4, True), (8, False), (12, False)]
    assert {bar.y + bar.height for bar in bars} == {50}


def test_a_frame_holds_all_zones():
    frame = frame_of([ZONE, Place(500, 300, 100, 100)])
    assert frame.holds(ZONE)
    assert frame.holds(Place(500, 300, 100, 100))
