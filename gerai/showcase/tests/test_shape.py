"""The geometry of the drawings."""

import itertools
import re

from gerai.showcase.shape.cloth import diamond, lattice, swarm, ticks
from gerai.showcase.shape.flower import petals
from gerai.showcase.shape.pulse import bars, hill, thread
from gerai.showcase.shape.river import streams
from gerai.story.shape.axonometry import Anchor, apart_from, callouts, grounds, people, solid

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def numbers(path: str) -> list[float]:
    return [float(each) for each in NUMBER.findall(path)]


def test_floors_stand_above_each_other_inside_the_picture():
    first, second, third = grounds(3, width=476, height=356, apart=0.8)

    assert first.top > second.top > third.top
    assert (first.left, first.scale) == (third.left, third.scale)
    corners = [ground.at(x, y) for ground in (first, third) for x in (0, 1000) for y in (0, 600)]
    assert all(0 <= x <= 476 and 0 <= y <= 356 for x, y in corners)


def test_a_box_shows_three_sides_and_its_height():
    (ground,) = grounds(1, width=400, height=300, apart=0.8)
    flat = solid(ground, 10, 10, 50, 40, z=0, up=0)
    tall = solid(ground, 10, 10, 50, 40, z=0, up=30)

    assert flat.depth == tall.depth
    assert numbers(tall.top)[1] < numbers(flat.top)[1]
    assert len(tall.front.split()) == 4


def test_every_person_is_drawn_until_there_is_no_room():
    (ground,) = grounds(1, width=400, height=300, apart=0.8)
    counter = (100.0, 50.0, 88.0, 56.0)

    assert len(people(ground, counter=counter, count=7, room=150)) == 7
    assert len(people(ground, counter=counter, count=7, room=150, is_serving=True)) == 8
    assert len(people(ground, counter=counter, count=900, room=150)) == 18


def test_people_stand_from_the_back_to_the_front():
    (ground,) = grounds(1, width=400, height=300, apart=0.8)
    crowd = people(ground, counter=(100.0, 500.0, 88.0, 56.0), count=9, room=-150)

    assert [each.depth for each in crowd] == sorted(each.depth for each in crowd)


def test_names_keep_a_line_apart_and_inside():
    heights = apart_from([50] * 12, top=0, bottom=300)

    assert all(after - before >= 22 for before, after in itertools.pairwise(heights))
    assert 0 < heights[0] < heights[-1] < 300


def test_many_names_share_the_height_evenly():
    heights = apart_from([0] * 40, top=0, bottom=200)

    assert round(heights[-1] - heights[0], 6) == 195


def test_a_counter_in_front_is_named_on_the_left():
    anchors = [Anchor((200, 100), 1, 100, is_front=True), Anchor((300, 90), 1, 400, is_front=False)]
    left, right = callouts(anchors, width=700, margin=150, top=0, bottom=300)

    assert (left.is_left, left.x, right.is_left, right.x) == (True, "150", False, "550")


def test_streams_end_on_the_diamond_and_are_as_wide_as_they_weigh():
    found = streams([9, 1, 3, 4], width=700, height=300, edge=150, core=100)

    assert [each.is_left for each in found] == [True, True, False, False]
    assert all(
        round(abs(float(each.end_x) - 350) + abs(float(each.end_y) - 150)) == 100 for each in found
    )
    widest, slim = (numbers(each.path) for each in found[:2])
    assert widest[-1] - widest[1] > slim[-1] - slim[1]


def test_no_agencies_make_no_streams():
    assert streams([], width=700, height=300, edge=150, core=100) == []


def test_a_better_answer_has_a_longer_petal():
    best, worst = petals([1.0, 0.0], x=0, y=0, radius=100)

    assert min(numbers(best.path)) == -100
    assert max(numbers(worst.path)) == 20
    assert best.path == best.full


def test_a_lattice_has_a_place_for_each():
    assert [len(lattice(count, x=0, y=0, reach=100)) for count in (0, 9, 10, 26)] == [9, 9, 25, 49]
    assert lattice(9, x=5, y=6, reach=30)[0] == diamond(5, 6, 9)


def test_dots_never_lie_on_each_other():
    spots = swarm([100, 100, 101, 104, 130, 100], radius=7)

    assert all(
        (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= 14**2
        for place, a in enumerate(spots)
        for b in spots[place + 1 :]
    )


def test_a_scale_of_times_holds_what_lies_outside():
    scale = ticks(5, 43_200, left=10, right=700)

    assert (scale.at(1), scale.at(5), scale.at(10**6)) == (10, 10, 700)
    assert 10 < scale.at(60) < scale.at(1440) < 700


def test_bars_stand_on_the_base_and_hang_below_it():
    (up,) = bars([5], left=0, right=100, base=200, room=100, most=10)
    (down,) = bars([5], left=0, right=100, base=200, room=-50, most=10)

    assert (up.y, up.height, down.y, down.height) == ("150", "50", "200", "25")


def test_an_empty_day_has_no_line():
    room = {"left": 0, "right": 100, "base": 200, "room": 100, "most": 0}

    assert (hill([], **room), thread([], **room)) == ("", "")
    assert bars([0, 0], **room)[0].height == "0"
