"""From what a plan rests on to what it says."""

from dataclasses import replace

import pytest

from gerai.planner.rules.document import Assumed, dump, guessed, parse
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.planning import MORE, NOW, PLANNED, halls_of, shifts_of, told
from gerai.planner.rules.staffing import Promise
from gerai.planner.rules.trial import Hall, days_of

PROMISE = Promise(0.8, 900)
QUARTERS = 16
WHOLE_DAY = ((0.0, QUARTERS * 900.0),)


def an_assumed(*counters: Counter) -> Assumed:
    flows = (
        guessed("A", a_day=80, minutes=10, quarters=QUARTERS, is_morning=True),
        guessed("B", a_day=40, minutes=5, quarters=QUARTERS, is_morning=False),
    )
    return Assumed(Hall(flows, counters, QUARTERS), {"A": "KTP", "B": "KK"}, {})


def said_of(assumed: Assumed, days: int = 12):
    shifts = shifts_of(assumed.hall, PROMISE)
    played = {
        kind: list(days_of(hall, PROMISE, days, "said"))
        for kind, hall in halls_of(assumed, shifts).items()
    }
    return told(assumed.hall, shifts, played)


def test_a_guess_spreads_people_over_the_day():
    morning = guessed("A", a_day=90, minutes=10, quarters=4, is_morning=True)
    even = guessed("A", a_day=90, minutes=10, quarters=4, is_morning=False)

    assert morning.per_quarter == (30, 30, 15, 15)
    assert even.per_quarter == (22.5,) * 4
    assert morning.works[0].mean_s == 600


def test_what_a_plan_rests_on_survives_its_document():
    assumed = an_assumed(Counter("1", frozenset({"A", "B"}), WHOLE_DAY))
    patient = replace(assumed.hall.flows[0], patience_s=900.0, absent_share=0.1)
    assumed = replace(assumed, hall=replace(assumed.hall, flows=(patient,)), days=3)

    assert parse(dump(assumed)) == assumed


def test_halls_are_now_planned_and_one_more_desk_for_each_line():
    staff = [Counter(str(number), frozenset({"A", "B"}), WHOLE_DAY) for number in range(3)]
    assumed = an_assumed(*staff)
    halls = halls_of(assumed, shifts_of(assumed.hall, PROMISE))

    assert list(halls) == [NOW, PLANNED, MORE + "A", MORE + "B"]
    assert len(halls[MORE + "A"].counters) == 4
    assert halls[MORE + "A"].counters[:3] == halls[NOW].counters


def test_where_nobody_serves_a_line_the_plan_is_the_base():
    for staff in ((), (Counter("1", frozenset({"A"}), WHOLE_DAY),)):
        assumed = an_assumed(*staff)
        halls = halls_of(assumed, shifts_of(assumed.hall, PROMISE))
        assert list(halls) == [PLANNED, MORE + "A", MORE + "B"]
        assert halls[MORE + "A"].counters[:-1] == halls[PLANNED].counters


@pytest.fixture(scope="module")
def said():
    staff = [Counter(str(number), frozenset({"A", "B"}), WHOLE_DAY) for number in range(3)]
    return said_of(an_assumed(*staff))


def test_a_plan_says_waits_with_bands_before_and_after(said):
    now, planned = said["halls"][NOW], said["halls"][PLANNED]

    assert (said["base"], said["days"], now["days"]) == (NOW, 12, 12)
    for verdict in (now, planned):
        mean, low, high = verdict["wait_s"]
        assert low < mean < high
    assert now["wait_s"][1] > planned["wait_s"][2]
    assert planned["within"][1] > 0.8
    assert [len(bands) for bands in said["quarters"].values()] == [QUARTERS, QUARTERS]


def test_a_plan_says_each_line_by_quarter_hour(said):
    first = said["lines"][0]

    assert [line["line"] for line in said["lines"]] == ["A", "B"]
    assert first["staff"] == [3] * QUARTERS
    assert all(
        planned >= need for planned, need in zip(first["planned"], first["need"], strict=True)
    )
    assert first["need"][0] > first["need"][-1]
    assert first["saved"][1] > 0


def test_a_plan_says_what_is_paid(said):
    assert said["paid"][NOW] == 3 * QUARTERS
    assert said["paid"]["least"] == sum(sum(line["need"]) for line in said["lines"])
    assert said["paid"][PLANNED] == sum(sum(line["planned"]) for line in said["lines"])
