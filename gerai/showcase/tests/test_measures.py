"""What the pictures count."""

from datetime import date, timedelta

import pytest

from gerai.showcase.measures import LEVELS, Share, promised_minutes, quarters, shared_out, weave

MONDAY = date(2026, 11, 23)


def test_a_day_is_cut_into_quarters_of_an_hour():
    shown = quarters(
        [480, 494, 495, 530],
        waits={480: [4.0], 494: [8.0], 530: [1.0]},
        usual={MONDAY: [480, 481], MONDAY + timedelta(days=1): [490]},
        span=(480, 540),
    )

    assert [(each.clock, each.came, each.usual, each.wait) for each in shown] == [
        ("08.00", 2, 1.5, 6.0),
        ("08.15", 1, 0.0, None),
        ("08.30", 0, 0.0, None),
        ("08.45", 1, 0.0, 1.0),
    ]


def test_who_came_outside_the_hours_is_shown_too():
    shown = quarters([430, 905], waits={}, usual={}, span=(480, 900))

    assert (shown[0].clock, shown[-1].clock) == ("07.00", "15.00")
    assert sum(each.came for each in shown) == 2


def test_a_day_without_anybody_keeps_its_hours():
    shown = quarters([], waits={}, usual={}, span=(480, 540))

    assert [each.came for each in shown] == [0, 0, 0, 0]


def test_the_weave_begins_on_a_monday_and_marks_what_has_not_come():
    cells = weave(
        {MONDAY: 10, MONDAY + timedelta(days=1): 1}, today=MONDAY + timedelta(days=1), weeks=2
    )

    assert (len(cells), cells[0].on, cells[0].weekday) == (14, MONDAY - timedelta(days=7), 0)
    assert [cell.level for cell in cells[7:9]] == [LEVELS, 1]
    assert [cell.is_future for cell in cells[7:]] == [False, False, *[True] * 5]


def test_an_empty_half_year_has_no_levels():
    assert {cell.level for cell in weave({}, today=MONDAY, weeks=26)} == {0}


@pytest.mark.parametrize(("people", "desks"), [(0, 3), (7, 3), (2, 5), (12, 4)])
def test_nobody_is_lost_when_people_are_shared_out(people, desks):
    assert sum(shared_out(people, desks)) == people


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ((30, None, "menit"), 30),
        ((1, 3, "hari_kerja"), 4320),
        ((None, 1, "bulan"), 43_200),
        ((None, None, "hari"), None),
        ((2, 2, ""), None),
    ],
)
def test_a_promise_becomes_minutes(told, minutes):
    assert promised_minutes(*told) == minutes


def test_a_share_of_nothing_is_none():
    assert (Share(0, 0).percent, Share(1, 3).percent, Share(2, 3).percent) == (0, 33, 67)
