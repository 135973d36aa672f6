"""A day played once more: the same rule gives the same day, another rule gives another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.rules import CallRule, Limit, Plan, Route, Share, Skill
from gerai.queue.rules.simulation import (
    Arrival,
    RecordedDay,
    Sitting,
    Stage,
    Waits,
    recorded,
    simulated,
    summary,
)

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def somebody(key, minute=0, *, line="A", group="ordinary", serving=10, **fields):
    stages = fields.pop("stages", (Stage(60, serving * 60 - 60),))
    return Arrival(
        key=key,
        label=f"{line}{key:03}",
        line=line,
        service=fields.pop("service", "S"),
        agency="dinas",
        group=group,
        language=fields.pop("language", "id"),
        comes_at=at(minute),
        arrived_at=at(minute),
        stages=stages,
        **fields,
    )


def a_day(*arrivals, counters=1, opens=0, closes=600, **fields):
    sittings = tuple(
        Sitting(str(number), f"petugas{number}", ("A", "B"), at(opens), at(closes), **fields)
        for number in range(1, counters + 1)
    )
    return RecordedDay({"A": "dinas", "B": "dinas"}, arrivals, sittings)


def calls(day, rule=None):
    """Return key → the minute of the call."""
    told = simulated(day, rule or CallRule())
    return {each.key: (each.called_at - NINE).total_seconds() / 60 for each in told}


def test_one_counter_calls_one_after_another():
    assert calls(a_day(*(somebody(key) for key in (1, 2, 3)))) == {1: 0, 2: 10, 3: 20}


def test_two_counters_call_side_by_side():
    assert calls(a_day(*(somebody(key) for key in (1, 2, 3)), counters=2)) == {1: 0, 2: 0, 3: 10}


def test_nobody_is_called_before_they_come_or_the_counter_opens():
    assert calls(a_day(somebody(1, 3), somebody(2, 40), opens=7)) == {1: 7, 2: 40}


def test_nobody_is_called_in_a_pause_or_after_closing():
    day = a_day(*(somebody(key) for key in (1, 2, 3)), pauses=((at(5), at(25)),), closes=30)
    assert calls(day) == {1: 0, 2: 25}


def test_a_counter_is_as_prompt_as_recorded_and_then_as_usual():
    day = a_day(*(somebody(key) for key in range(1, 5)), readiness=(60.0, 120.0, 180.0))
    assert calls(day) == {1: 1, 2: 13, 3: 26, 4: 38}


def test_priority_goes_by_the_rule():
    people = [somebody(1), somebody(2), *(somebody(key, group="elderly") for key in (3, 4, 5))]
    assert list(calls(a_day(*people))) == [1, 2, 3, 4, 5]
    order = sorted(calls(a_day(*people)).items(), key=lambda each: each[1])
    assert [key for key, _minute in order] == [3, 4, 1, 5, 2]
    fair = sorted(calls(a_day(*people), CallRule(priority_in_a_row=0)).items(), key=lambda e: e[1])
    assert [key for key, _minute in fair] == [1, 2, 3, 4, 5]


def test_a_plan_a_skill_a_limit_and_a_route_change_the_day():
    people = [somebody(1), somebody(2), somebody(3, line="B", service="T", language="en")]
    first_b = Plan("in_order", lines=(Share("B"),))
    assert calls(a_day(*people), CallRule(plans=(first_b,))) == {3: 0, 1: 10, 2: 20}
    late = CallRule(plans=(first_b,), limits=(Limit(5),))
    more = [*people, somebody(4, 1, line="B")]
    assert calls(a_day(*more), late) == {3: 0, 1: 10, 2: 20, 4: 30}
    only_t = CallRule(skills=(Skill(("T",), counters=("1",)),))
    assert calls(a_day(*people), only_t) == {3: 0}
    routed = simulated(a_day(*people), CallRule(routes=(Route("A", languages=("en",)),)))
    assert {each.key: each.line for each in routed} == {1: "A", 2: "A", 3: "A"}


def test_an_absent_one_comes_back_after_some_numbers():
    away = (Stage(60, 0, "absent", back_after=0.0), Stage(60, 540))
    people = [somebody(1, stages=away), *(somebody(key) for key in (2, 3, 4, 5))]
    told = {each.key: each for each in simulated(a_day(*people), CallRule(return_after=2))}
    assert calls(a_day(*people), CallRule(return_after=2)) == {1: 0, 2: 1, 3: 11, 4: 31, 5: 41}
    assert told[1].waited_s == 20 * 60


@given(st.integers(0, 20), st.integers(0, 30), st.integers(0, 5))
def test_who_comes_back_waits_for_so_many_others_and_no_longer(others, waiting, priority):
    """So many others of the line as the rule says, or all that there are."""
    away = (Stage(60, 0, "absent", back_after=0.0), Stage(60, 540))
    people = [somebody(1, stages=away), *(somebody(key) for key in range(2, waiting + 2))]
    rule = CallRule(return_after=others, priority_in_a_row=priority)
    told = {each.key: each.waited_s for each in simulated(a_day(*people), rule)}
    assert told[1] == 600 * min(others, waiting)


def test_an_absent_one_who_never_reports_holds_the_counter_only_shortly():
    gone = somebody(1, stages=(Stage(120, 0, "absent"),))
    assert calls(a_day(gone, somebody(2))) == {1: 0, 2: 2}


def test_somebody_sent_to_a_counter_is_next_there():
    sent = (Stage(60, 240, "sent", to="2"), Stage(60, 540))
    people = [somebody(1, stages=sent), somebody(2), somebody(3), somebody(4)]
    assert calls(a_day(*people, counters=2)) == {1: 0, 2: 0, 3: 5, 4: 15}
    told = {each.key: each for each in simulated(a_day(*people, counters=2), CallRule())}
    assert told[1].waited_s == 5 * 60


def test_a_transferred_one_comes_when_the_first_service_ends():
    onward = replace(somebody(2, line="B"), follows=1, arrived_at=at(0))
    assert calls(a_day(somebody(1), somebody(3, 1), onward)) == {1: 0, 2: 10, 3: 20}


def test_somebody_leaves_who_is_not_called_by_then():
    people = [somebody(1), somebody(2, leaves_at=at(5), stages=()), somebody(3)]
    assert calls(a_day(*people)) == {1: 0, 3: 10}


def test_whoever_was_never_served_takes_the_usual_time():
    people = [somebody(1), somebody(2, stages=()), somebody(3)]
    assert calls(a_day(*people)) == {1: 0, 2: 10, 3: 20}


def test_an_emergency_is_no_wait():
    still = ((at(2), at(32)),)
    day = replace(a_day(somebody(1), somebody(2), pauses=still), still=still)
    told = {each.key: each.waited_s for each in simulated(day, CallRule())}
    assert told == {1: 0, 2: 2 * 60}


def test_summary_counts_by_line_and_class():
    people = [
        somebody(1),
        somebody(2, group="elderly", line="B"),
        somebody(3, 1, group="child"),
        somebody(4, 1, leaves_at=at(2), stages=()),
    ]
    day = a_day(*people)
    told = summary(day, simulated(day, CallRule()))
    assert told["", ""] == Waits(3, 1, 580.0, 540.0, 1200.0, 1200.0, 1)
    assert told["A", "ordinary"] == Waits(1, 1, 1200.0, 1200.0, 1200.0, 1200.0, 1)
    assert told["B", "priority"].mean_s == 0.0
    assert ("B", "ordinary") not in told


def test_recorded_waits_are_those_of_the_log():
    people = [somebody(1, waited_s=5.0, called_at=at(1)), somebody(2)]
    assert [(each.key, each.waited_s) for each in recorded(a_day(*people))] == [(1, 5.0)]


@pytest.mark.parametrize("counters", [1, 3])
def test_a_large_day_is_played_in_the_order_of_the_rule(counters):
    people = [
        somebody(key, key / 4, group="elderly" if key % 5 == 0 else "ordinary", serving=1 + key % 7)
        for key in range(1, 1500)
    ]
    day = a_day(*people, counters=counters, closes=10_000)
    told = simulated(day, CallRule(priority_in_a_row=0))
    assert len(told) == 1499
    assert [each.called_at for each in told] == sorted(each.called_at for each in told)
