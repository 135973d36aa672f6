"""Places on a sheet: properties that hold for every zone and every number of counters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.directory.rules import (
    LONGEST_SERIES,
    SHEET,
    BadSeries,
    Place,
    code_series,
    free_place,
    free_seats,
    next_code,
)

ZONES = st.builds(
    Place,
    x=st.integers(0, 400),
    y=st.integers(0, 300),
    width=st.integers(80, 600),
    height=st.integers(60, 300),
)


def test_zones_are_proposed_until_the_sheet_is_full():
    taken: list[Place] = []
    while (place := free_place(taken)) is not None:
        assert SHEET.holds(place)
        assert not any(place.meets(other) for other in taken)
        taken.append(place)

    assert len(taken) == 4
    assert taken[0] == Place(40, 40, 440, 240)


@given(zone=ZONES, before=st.integers(0, 12), count=st.integers(1, 20))
def test_counters_stand_apart_within_their_zone(zone, before, count):
    standing = free_seats(zone, [], before) or []
    places = free_seats(zone, standing, count)

    if places is not None:
        everything = [*standing, *places]
        assert len(places) == count
        assert all(zone.holds(place) for place in places)
        assert not any(
            place.meets(other)
            for number, place in enumerate(everything)
            for other in everything[:number]
        )


def test_a_full_zone_has_no_seat():
    assert free_seats(Place(0, 0, 80, 60), [], 100) is None


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ("7", "", ["7"]),
        ("7", "9", ["7", "8", "9"]),
        ("08", "10", ["08", "09", "10"]),
        ("Z2-1", "Z2-2", ["Z2-1", "Z2-2"]),
        ("A", "", ["A"]),
        ("5", "5", ["5"]),
    ],
)
def test_codes_run_from_first_to_last(first, last, codes):
    assert code_series(first, last) == codes


@pytest.mark.parametrize(
    ("first", "last"),
    [("9", "7"), ("A1", "B3"), ("A", "B"), ("1", str(LONGEST_SERIES + 1)), ("1", "A")],
)
def test_codes_that_are_no_series_are_refused(first, last):
    with pytest.raises(BadSeries):
        code_series(first, last)


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        (["1", "A3", "2"], "3"),
        (["X"], "1"),
        (["Z1-16"], "Z1-17"),
        (["9" * 9], str(10**9)),
        (["LOKET-999999"], ""),
    ],
)
def test_next_code_follows_the_highest(codes, following):
    assert next_code(codes) == following
