"""Played days: recorded logs exactly, random lines as the theory says, and the hall's own rules."""

import csv
from math import comb, inf
from random import Random
from statistics import fmean, median

import pytest

from gerai.planner.rules.bands import Day, band, measured, over_days
from gerai.planner.rules.demand import QUARTER_S, Flow, Work, drawn
from gerai.planner.rules.erlang import erlang_a, queue_of
from gerai.planner.rules.hall import (
    ABSENT,
    LEFT,
    SERVED,
    UNSERVED,
    Counter,
    House,
    Visitor,
    play,
)

ANY = frozenset({"x"})
CASES, DAYS, COMERS = 200, 16, 700


def counters(count: int, services: frozenset[str] = ANY) -> list[Counter]:
    return [Counter(str(number), services) for number in range(count)]


def one(at: float, took: float, service: str = "x", **more) -> Visitor:
    return Visitor(at, ((service, took),), **more)


def told(turns) -> list[tuple[float, str, float, str]]:
    return sorted((turn.joined, turn.counter, turn.called, turn.outcome) for turn in turns)


def seconds(clock: str) -> float:
    hours, minutes, rest = map(int, clock.split(":"))
    return float(hours * 3600 + minutes * 60 + rest)


@pytest.mark.parametrize("case", ["itera_canteen_cashier", "itera_fuel_pertamax"])
def test_a_recorded_log_gives_the_waits_of_first_come_first_served(shared_data, case):
    with (shared_data / "queue" / f"{case}.csv").open(encoding="utf-8", newline="") as file:
        log = list(csv.DictReader(file))
    with (shared_data / "queue" / "trace_checks.csv").open(encoding="utf-8", newline="") as file:
        check = next(row for row in csv.DictReader(file) if row["case"] == case)
    people = [
        one(seconds(row["arrive"]), seconds(row["end"]) - seconds(row["start"])) for row in log
    ]

    waits = [turn.waited_s for turn in play(people, counters(int(check["servers"])))]

    assert {
        "customers": len(waits),
        "mean": round(fmean(waits), 3),
        "median": median(waits),
        "max": max(waits),
        "share": round(sum(wait > 0 for wait in waits) / len(waits), 4),
    } == {
        "customers": int(check["customers"]),
        "mean": float(check["fifo_mean_wait_s"]),
        "median": float(check["fifo_median_wait_s"]),
        "max": float(check["fifo_max_wait_s"]),
        "share": float(check["fifo_share_waiting"]),
    }


def standing(come: float, serve: float, leave: float, count: int, random: Random) -> int:
    """Draw how many are there in the steady state, so that no day needs to warm up."""
    weights = [1.0]
    while len(weights) < 4000 and (weights[-1] > 1e-9 or len(weights) <= count):
        here = len(weights)
        gone = min(here, count) * serve + max(0, here - count) * leave
        weights.append(weights[-1] * come / gone)
    return random.choices(range(len(weights)), weights)[0]


def steady_day(come, serve, leave, count, random: Random) -> Day:
    """Play a stretch of M/M/c or M/M/c+M that begins in its steady state."""
    length = COMERS / come
    people = []
    at = 0.0
    for _number in range(standing(come, serve, leave, count, random)):
        patience = random.expovariate(leave) if leave else inf
        people.append(one(0.0, random.expovariate(serve), patience_s=patience, is_counted=False))
    while (at := at + random.expovariate(come)) < length:
        patience = random.expovariate(leave) if leave else inf
        people.append(one(at, random.expovariate(serve), patience_s=patience))
    turns = play(people, counters(count))
    return measured(turns, promise_s=0.0, staffed_s=count * length, closes=length)


def binomial_bounds(cases: int, share: float, doubt: float) -> tuple[int, int]:
    """Return (fewest, most) misses that chance alone goes beyond less often than the doubt."""
    chances = [comb(cases, k) * share**k * (1 - share) ** (cases - k) for k in range(cases + 1)]
    fewest = next(k for k in range(cases) if sum(chances[: k + 1]) > doubt)
    most = next(k for k in range(cases) if sum(chances[k + 1 :]) < doubt)
    return fewest, most


def test_two_hundred_random_lines_agree_with_the_theory():
    """Each band is right 95 times in 100: so the misses of 200 lie within binomial bounds.

    A theory that is wrong by a tenth is told apart, so the bands are not too wide to say anything.
    """
    random = Random("two hundred lines")
    misses = misses_of_wrong = 0
    for case in range(CASES):
        count = random.randint(1, 10)
        serve = random.uniform(0.2, 5)
        is_patient = case % 2 == 0
        load = random.uniform(0.3, 0.85) if is_patient else random.uniform(0.5, 1.3)
        come = load * count * serve
        leave = 0.0 if is_patient else serve * random.uniform(0.1, 2)
        days = [steady_day(come, serve, leave, count, random) for _day in range(DAYS)]
        if is_patient:
            right, wrong = (queue_of(come, each, count).wq for each in (serve, serve * 0.95))
            figures = over_days(days, lambda day: day.mean_wait_s)
        else:
            right, wrong = (
                erlang_a(come, each, leave, count).p_abandon for each in (serve, serve * 0.9)
            )
            figures = over_days(days, lambda day: day.left)
        misses += not figures.holds(right)
        misses_of_wrong += not figures.holds(wrong)

    fewest, most = binomial_bounds(CASES, 0.05, 1e-4)
    assert fewest <= misses <= most
    assert misses_of_wrong > 2 * most


def test_calling_in_the_order_of_coming():
    people = [one(2, 10), one(0, 10), one(1, 10)]

    assert told(play(people, counters(1))) == [
        (0, "0", 0, SERVED),
        (1, "0", 10, SERVED),
        (2, "0", 20, SERVED),
    ]


def test_priority_is_called_first_but_not_without_end():
    people = [one(0, 10), one(1, 10)]
    people += [one(2 + number, 10, is_priority=True) for number in range(4)]

    turns = play(people, counters(1), House(in_a_row=3))

    assert [turn.joined for turn in sorted(turns, key=lambda turn: turn.called)] == [
        0,
        2,
        3,
        4,
        1,
        5,
    ]


def test_a_counter_serves_only_what_it_can_and_the_specialist_is_taken_first():
    both = Counter("both", frozenset({"a", "b"}))
    only_a = Counter("only a", frozenset({"a"}))
    people = [one(0, 10, "a"), one(1, 10, "b"), one(2, 10, "b"), one(3, 10, "a")]

    assert told(play(people, [both, only_a])) == [
        (0, "only a", 0, SERVED),
        (1, "both", 1, SERVED),
        (2, "both", 11, SERVED),
        (3, "only a", 10, SERVED),
    ]


def test_of_two_free_counters_the_one_free_longest_is_taken():
    people = [one(0, 10), one(1, 5), one(20, 1), one(30, 1)]

    assert [counter for _joined, counter, _called, _how in told(play(people, counters(2)))] == [
        "0",
        "1",
        "1",
        "0",
    ]


def test_a_break_begins_after_the_service_and_ends_as_planned():
    counter = Counter("1", ANY, ((0, 15), (40, 60)))

    turns = play([one(0, 10), one(1, 10), one(2, 10), one(3, 30), one(4, 5)], [counter])

    assert told(turns) == [
        (0, "1", 0, SERVED),
        (1, "1", 10, SERVED),
        (2, "1", 40, SERVED),
        (3, "1", 50, SERVED),
        (4, "1", 80, SERVED),
    ]
    assert counter.staffed_s == 35


def test_only_who_stays_longest_serves_those_who_still_wait():
    counters = [Counter("early", ANY, ((0, 15),)), Counter("late", ANY, ((0, 30),))]

    turns = play([one(0, 20), one(1, 20), one(2, 20), one(3, 20)], counters)

    assert [(counter, called) for _joined, counter, called, _how in told(turns)] == [
        ("early", 0),
        ("late", 1),
        ("late", 21),
        ("late", 41),
    ]


def test_a_house_may_close_on_those_who_wait():
    counter = Counter("1", ANY, ((0, 15),))

    turns = play([one(0, 20), one(1, 10)], [counter], House(serves_all=False))

    assert told(turns) == [(0, "1", 0, SERVED), (1, "", 20, UNSERVED)]


def test_people_without_patience_leave_at_their_moment():
    people = [one(0, 10), one(1, 10, patience_s=5), one(2, 10, patience_s=8)]

    assert told(play(people, counters(1))) == [
        (0, "0", 0, SERVED),
        (1, "", 6, LEFT),
        (2, "0", 10, SERVED),
    ]


def test_patience_counts_also_for_the_last_in_line():
    turns = play([one(0, 10, "x"), one(1, 1, "x", patience_s=3)], counters(1))
    assert told(turns)[1] == (1, "", 4, LEFT)
    alone = play([one(0, 1, patience_s=3)], [Counter("1", ANY, ((10, 20),))])
    assert told(alone) == [(0, "", 3, LEFT)]


def test_somebody_absent_costs_the_counter_a_call():
    people = [one(0, 10, shows_up=False), one(1, 10)]

    assert told(play(people, counters(1), House(absent_s=4))) == [
        (0, "0", 0, ABSENT),
        (1, "0", 4, SERVED),
    ]


def test_a_route_leads_through_several_counters():
    desks = [Counter("1", frozenset({"a"})), Counter("2", frozenset({"b"}))]
    people = [Visitor(0, (("a", 5.0), ("b", 7.0))), one(1, 20, "b")]

    assert told(play(people, desks)) == [
        (0, "1", 0, SERVED),
        (1, "2", 1, SERVED),
        (5, "2", 21, SERVED),
    ]


def test_a_service_that_nobody_does_is_refused():
    with pytest.raises(LookupError):
        play([one(0, 1, "b")], counters(1))


DAY = Flow(
    works=(Work("a", 300, 0.6), Work("b", 120, 0)),
    per_quarter=(0, 6, 12, 3),
    priority_share=0.2,
    absent_share=0.1,
    patience_s=3600,
)


def test_the_same_seed_draws_the_same_people():
    assert drawn([DAY], "one") == drawn([DAY], "one") != drawn([DAY], "two")


def test_drawn_people_are_as_assumed():
    people = [each for number in range(300) for each in drawn([DAY], f"day {number}")]
    quarters = [int(each.at // QUARTER_S) for each in people]
    taken = [dict(each.steps)["a"] for each in people]
    mean = fmean(taken)

    assert [quarters.count(quarter) / 300 for quarter in range(4)] == pytest.approx(
        [0, 6, 12, 3], rel=0.08
    )
    assert {dict(each.steps)["b"] for each in people} == {120}
    assert mean == pytest.approx(300, rel=0.03)
    assert fmean((each - mean) ** 2 for each in taken) ** 0.5 == pytest.approx(180, rel=0.05)
    assert fmean(each.is_priority for each in people) == pytest.approx(0.2, abs=0.02)
    assert fmean(not each.shows_up for each in people) == pytest.approx(0.1, abs=0.015)
    assert fmean(each.patience_s for each in people) == pytest.approx(3600, rel=0.05)
    assert {each.patience_s for each in drawn([Flow(DAY.works, (5.0,))], "calm")} == {inf}


def test_a_day_is_measured_by_those_who_count():
    people = [
        one(0, 100, is_counted=False),
        one(0, 50),
        one(10, 50, patience_s=20),
        one(20, 50),
    ]
    day = measured(play(people, counters(1)), promise_s=110, staffed_s=400, closes=180)

    assert day == Day(
        turns=3,
        mean_wait_s=(100 + 20 + 130) / 3,
        within=1 / 3,
        left=1 / 3,
        unserved=0,
        busy=0.5,
        late_s=20,
    )
    assert measured([], promise_s=1, staffed_s=1, closes=1) is None


def test_a_band_needs_ten_days():
    with pytest.raises(ValueError, match="9"):
        band([1.0] * 9)
    assert band([2.0] * 10).holds(2.0)
