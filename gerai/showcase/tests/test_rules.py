"""Where a presentation stands, and in which order a tour walks."""

import pytest

from gerai.showcase.rules import Command, Spot, moved, route, within


@pytest.mark.parametrize(
    ("position", "command", "expected"),
    [
        (0, Command.NEXT, 1),
        (4, Command.NEXT, 4),
        (0, Command.BACK, 0),
        (3, Command.BACK, 2),
        (3, Command.FIRST, 0),
        (1, Command.LAST, 4),
    ],
)
def test_a_step_stays_within_the_slides(position, command, expected):
    assert moved(position, command, 5) == expected


def test_a_deck_that_became_shorter_shows_its_last_slide():
    assert (within(9, 4), within(9, 0)) == (3, 0)


def test_a_tour_goes_floor_by_floor_and_along_each_zone():
    ground = [Spot(n, 1, 1, 100.0 * n, 80) for n in (1, 2, 3)]
    aside = [Spot(10 + n, 1, 2, 600.0 + 100 * n, 500) for n in (1, 2)]
    upstairs = [Spot(20, 2, 3, 500, 300)]

    assert route([*upstairs, *ground, *aside]) == [11, 12, 3, 2, 1, 20]


def test_a_zone_that_is_higher_than_wide_is_walked_upwards():
    tall = [Spot(n, 1, 1, 500, 100.0 * n) for n in (1, 2, 3)]

    assert route(tall) == [3, 2, 1]


def test_a_tour_passes_every_counter_once():
    spots = [Spot(n, n % 3, n % 4, (n * 131) % 997, (n * 57) % 600) for n in range(60)]

    assert sorted(route(spots)) == list(range(60))


def test_a_tour_of_nothing_is_empty():
    assert route([]) == []
