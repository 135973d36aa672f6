"""Where everybody is: at one place, nobody else at their counter, all of them counted."""

from collections import Counter as Tally
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerai.queue.states import AT_A_COUNTER, IN_THE_HOUSE, MOVES, State, Verb
from gerai.story.rules.house import House, Room, Spot, Table
from gerai.story.rules.lives import Life, Move, Stay, life_of, persons, state_at
from gerai.story.rules.tracks import tracks
from gerai.story.rules.ways import Box, way

ENDS = 4000
VERBS = [verb for verb in Verb if verb not in {Verb.TAKE, Verb.PRINT_DONE, Verb.PRINT_DROP}]


def a_house() -> House:
    """Two floors: counters 1 and 2 of agency 1 below, counter 3 of agency 2 above."""
    rooms = (
        Room(10, 0, Box(40, 40, 440, 240), (245, 275)),
        Room(20, 1, Box(520, 320, 440, 240), (325, 355)),
    )
    tables = (
        Table(1, 10, 0, Box(52, 52, 88, 56), below=True),
        Table(2, 10, 0, Box(161, 52, 88, 56), below=True),
        Table(3, 20, 1, Box(562, 492, 88, 56), below=False),
    )
    return House(2, rooms, tables, {1: (1, 2), 2: (3,)})


HOUSE = a_house()


@st.composite
def days(draw: st.DrawFn) -> dict[int, tuple[int, list[Move]]]:
    """Draw a day of the product's own moves: key → agency and steps; a counter holds one."""
    holder: dict[int, int] = {}
    found: dict[int, tuple[int, list[Move]]] = {}
    state: dict[int, Move] = {}
    at = 0
    for _step in range(draw(st.integers(1, 60))):
        at += draw(st.sampled_from([0, 0, 1, 7, 60, 200]))
        if at >= ENDS:
            break
        if not state or draw(st.booleans()):
            key = len(found) + 1
            found[key] = (draw(st.sampled_from([1, 2])), [Move(at, State.WAITING)])
            state[key] = found[key][1][0]
            continue
        key = draw(st.sampled_from(sorted(state)))
        before = state[key]
        verb = draw(st.sampled_from(VERBS))
        after = MOVES[verb].get(before.state)
        if after is None:
            continue
        counter = before.counter
        if after in AT_A_COUNTER and before.state not in AT_A_COUNTER:
            own = HOUSE.agencies[found[key][0]]
            counter = draw(st.sampled_from(own))
            if counter in holder:
                continue
        if before.state in AT_A_COUNTER and after not in AT_A_COUNTER:
            holder.pop(before.counter, None)
        if after in AT_A_COUNTER:
            holder[counter] = key
        state[key] = Move(at, after, counter)
        found[key][1].append(state[key])
    return found


def told(day):
    lives = [
        life
        for key, (agency, steps) in day.items()
        if (life := life_of(key, agency, steps, until=ENDS)) is not None
    ]
    return lives, tracks(HOUSE, persons(lives), until=ENDS)


@settings(max_examples=150)
@given(days(), st.lists(st.integers(0, ENDS - 1), min_size=5, max_size=5))
def test_everybody_is_at_one_place_as_long_as_they_are_in_the_house(day, moments):
    lives, walked = told(day)

    assert len(walked) == len(lives)
    for track in walked:
        assert all(a.at < b.at for a, b in pairwise(track.marks))
        for at in [*moments, *(stay.since for stay in track.lives[0].stays)]:
            if state_at(track.lives[0], at) in IN_THE_HOUSE:
                floor, x, y = track.place(at)
                assert 0 <= floor <= 1
                assert -40 <= x <= 1040
                assert -20 <= y <= 680


@settings(max_examples=150)
@given(days(), st.lists(st.integers(0, ENDS - 1), min_size=8, max_size=8))
def test_no_counter_has_two_and_no_seat_either(day, moments):
    _lives, walked = told(day)
    spots = {table.key: table.visitor for table in HOUSE.tables}
    seats = {spot for room in HOUSE.rooms for spot in HOUSE.seats(room, 60)}

    for at in [*moments, *(mark.at for track in walked for mark in track.marks)]:
        standing = Tally(
            Spot(int(place[0]), place[1], place[2])
            for track in walked
            if (place := track.place(at)) is not None and place[0] == int(place[0])
        )
        assert all(standing[spot] <= 1 for spot in spots.values())
        assert all(standing[seat] <= 1 for seat in seats)


@settings(max_examples=150)
@given(days(), st.integers(0, ENDS - 1))
def test_totals_at_each_moment_are_those_of_the_steps(day, at):
    _lives, walked = told(day)
    last = [
        ([move for move in steps if move.at <= at] or [None])[-1] for _agency, steps in day.values()
    ]
    expected = Tally(move.state for move in last if move and move.state in IN_THE_HOUSE)

    assert expected == Tally(
        state
        for track in walked
        for life in track.lives
        if (state := state_at(life, at)) in IN_THE_HOUSE
    )


def one(*stays: Stay, ending: State | None = State.DONE, agency: int = 1):
    (track,) = tracks(HOUSE, [(Life(1, agency, stays, ending),)], until=ENDS)
    return track


def test_somebody_comes_in_sits_walks_over_is_served_and_goes():
    track = one(
        Stay(100, 400, State.WAITING),
        Stay(400, 430, State.CALLED, 2),
        Stay(430, 900, State.SERVING, 2),
    )
    counter = HOUSE.table[2].visitor

    assert track.place(93) is None
    assert track.place(100) == (0, 500.0, 584.0)
    seat = track.place(399)
    assert Spot(*seat) in HOUSE.seats(HOUSE.rooms[0], 1)
    assert track.place(430) == track.place(899) == (0, counter.x, counter.y)
    assert track.place(910) not in {None, track.place(899)}
    assert track.until > 900
    assert track.marks[-1].spot == Spot(0, 500.0, 668.0)


def test_upstairs_one_rides_the_lift():
    track = one(Stay(100, 2000, State.WAITING), agency=2, ending=State.LEFT)

    floors = {track.place(at)[0] for at in range(100, 400)}
    assert {0, 1} < floors
    assert track.place(1999)[0] == 1


def test_an_absent_one_takes_a_seat_again():
    track = one(
        Stay(100, 400, State.WAITING),
        Stay(400, 460, State.CALLED, 1),
        Stay(460, 1000, State.ABSENT, 1),
        ending=State.EXPIRED,
    )

    counter = HOUSE.table[1].visitor
    assert track.place(459) == (0, counter.x, counter.y)
    assert Spot(*track.place(999)) in HOUSE.seats(HOUSE.rooms[0], 1)


def test_a_counter_that_is_not_on_the_plan_leaves_one_seated():
    track = one(Stay(100, 400, State.WAITING), Stay(400, 900, State.SERVING, 99))

    assert track.place(399) == track.place(899)


def test_a_second_one_at_a_counter_keeps_the_seat():
    """A day that came from elsewhere may have two at a counter; the drawing has not."""
    stays = (Stay(100, 400, State.WAITING), Stay(400, 900, State.SERVING, 1))
    people = [(Life(key, 1, stays, State.DONE),) for key in (1, 2)]
    first, second = tracks(HOUSE, people, until=ENDS)

    counter = HOUSE.table[1].visitor
    assert first.place(899) == (0, counter.x, counter.y)
    assert second.place(899) == second.place(399)


def test_who_is_still_there_stands_until_the_record_ends():
    track = one(Stay(100, ENDS, State.WAITING), ending=None)

    assert track.until == ENDS
    assert track.place(ENDS - 1) is not None


def test_every_place_has_more_seats_than_its_fullest_moment_needs():
    room = HOUSE.rooms[0]

    assert len(HOUSE.seats(room, 1)) >= 30
    assert len(HOUSE.seats(room, 200)) >= 200
    tables = [table.box for table in HOUSE.tables if table.floor == 0]
    assert not any(box.holds(spot.point) for spot in HOUSE.seats(room, 200) for box in tables)


@pytest.mark.parametrize("end", [(96, 20), (300.0, 80.0), (20.0, 90.0)])
def test_a_way_leads_round_the_counters(end):
    boxes = HOUSE.boxes[0]
    found = way((96.0, 200.0), end, boxes)

    assert (found[0], found[-1]) == ((96.0, 200.0), end)
    for (ax, ay), (bx, by) in pairwise(found):
        line = [(ax + (bx - ax) * k / 50, ay + (by - ay) * k / 50) for k in range(51)]
        assert not any(box.holds(point) for box in boxes for point in line)
