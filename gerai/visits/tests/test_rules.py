"""The pure corner: slots, load, proposals, regions."""

from datetime import date, datetime, time

import pytest

from gerai.visits.rules import (
    DAYS_TO_TRUST,
    FreeDay,
    UsualLoad,
    half_hours,
    propose,
    regions_like,
    usual_load,
)
from gerai.visits.states import MOVES, OVER, State, Verb, diagram, verbs_from

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)
QUIET_AFTERNOON = UsualLoad(
    {(0, hour): 40 if hour < 12 else 4 for hour in range(8, 15)}
    | {(1, hour): 20 for hour in range(8, 15)},
    mean=22.0,
    days=40,
)


def a_day(day=MONDAY, **told):
    return FreeDay(day, **{"opens": time(8), "closes": time(15), **told})


def shown(proposals):
    return [(each.day, f"{each.starts:%H.%M}") for each in proposals]


def test_the_quietest_time_of_the_quietest_day_comes_first():
    found = propose([a_day(MONDAY), a_day(TUESDAY)], 120, QUIET_AFTERNOON)
    assert shown(found) == [(MONDAY, "12.00"), (TUESDAY, "08.00")]
    assert [round(each.visitors) for each in found] == [8, 40]


def test_a_wished_day_goes_before_a_slightly_quieter_one():
    load = UsualLoad({(0, 9): 20, (1, 9): 18}, mean=19.0, days=40)
    days = [a_day(day, opens=time(9), closes=time(10)) for day in (MONDAY, TUESDAY)]
    assert shown(propose(days, 60, load, wished=[MONDAY])) == [
        (MONDAY, "09.00"),
        (TUESDAY, "09.00"),
    ]


def test_no_time_runs_through_a_break_or_another_visit_or_the_closing():
    day = a_day(breaks=((time(12), time(13)),), taken=((time(8), time(10)),))
    assert shown(propose([day], 120, QUIET_AFTERNOON)) == [(MONDAY, "13.00")]
    assert propose([day], 150, QUIET_AFTERNOON) == []


def test_a_mall_open_day_and_night_proposes_times_by_day():
    day = a_day(opens=time(0), closes=time(23, 59))
    assert shown(propose([day], 60, UsualLoad({}, 0.0, 0))) == [(MONDAY, "08.00")]
    late = a_day(opens=time(15), closes=time(23, 59))
    assert propose([late], 90, UsualLoad({}, 0.0, 0)) == []


def test_a_weekday_nobody_has_seen_counts_as_neither_quiet_nor_busy():
    saturday = date(2026, 12, 12)
    days = [a_day(saturday), a_day(MONDAY), a_day(TUESDAY)]
    found = propose(days, 60, QUIET_AFTERNOON)
    assert [(each.day, each.level) for each in found] == [
        (MONDAY, 1),
        (TUESDAY, 3),
        (saturday, 0),
    ]


def test_without_tickets_nothing_is_claimed_of_the_load():
    load = usual_load({}, {})
    found = propose([a_day()], 60, load)
    assert (load.is_thin, load.days, found[0].level, found[0].visitors) == (True, 0, 0, 0)


def test_a_weekday_seen_once_leans_on_the_others():
    load = usual_load({(0, 9): 100, (1, 9): 0}, {0: 10, 1: 1})
    all_days = 100 / 11
    assert load.at(1, 9) == pytest.approx(3 * all_days / 4)
    assert load.at(0, 9) == pytest.approx((100 + 3 * all_days) / 13)
    assert load.is_thin == (load.days < DAYS_TO_TRUST) == False  # noqa: E712 - three at once


def test_half_hours_cover_a_span_that_ends_between_them():
    span = half_hours(datetime(2026, 12, 7, 9, 45), datetime(2026, 12, 7, 11, 1))
    assert [f"{each:%H.%M}" for each in span] == ["09.30", "10.00", "10.30", "11.00"]


def test_regions_are_found_by_words():
    names = {"73": "Sulawesi Selatan", "73.12": "Kabupaten Soppeng", "73.71": "Kota Makassar"}
    assert regions_like("makassar", names) == ["73.71"]
    assert regions_like("Kota Makassar, Sulawesi Selatan", names) == ["73.71"]
    assert regions_like("sulawesi selatan", names) == ["73"]
    assert regions_like("a", names) == ["73", "73.12", "73.71"]
    assert regions_like("entah", names) == regions_like(" , ", names) == []


def test_every_move_leads_to_a_state_and_what_is_over_stays_so():
    assert {state for state in State if not verbs_from(state)} == OVER
    assert MOVES[Verb.CANCEL] == {
        State.ASKED: State.CANCELLED,
        State.ACCEPTED: State.CANCELLED,
    }
    assert "asked --> accepted: accept" in diagram()
