"""The rest of a day with one more counter: what it saves, as the theory says, or nothing."""

from dataclasses import replace
from math import exp
from random import Random
from statistics import fmean, stdev

import pytest

from gerai.planner.rules.demand import Flow, Work, remaining
from gerai.planner.rules.rest_of_day import (
    MOST_ADVICE,
    Measure,
    OpenDesk,
    Present,
    Waiting,
    advised,
    busier,
    by_line,
    from_now,
    gained,
    rest_of_day,
)

HOUR = 3600.0
SERVE_S = 300.0
CLOSES = 2 * HOUR
A = frozenset({"a"})
B = frozenset({"b"})
ALL_DAY = ((0.0, CLOSES),)


def flow(line: str = "a", per_quarter: float = 0.0, spread: float = 1.0) -> Flow:
    return Flow((Work(line, SERVE_S, spread),), (per_quarter,) * 8)


def busy(counter: str = "1", lines: frozenset[str] = A, **more) -> OpenDesk:
    """A counter whose visitor was called this moment."""
    return OpenDesk(counter, lines, ALL_DAY, **{"serving": min(lines), **more})


def mall(waiting: int, per_quarter: float = 0.0, *, spread: float = 1.0, **more) -> Present:
    known = {
        "flows": {"a": flow("a", per_quarter, spread)},
        "waiting": tuple(Waiting("a", 60.0 * number) for number in range(waiting)),
        "desks": (busy(),),
        "closes": {"a": CLOSES},
    }
    return Present(**known | more)


def one_more(
    counter: str = "2", lines: frozenset[str] = A, until: float = CLOSES, **more
) -> Measure:
    return Measure(counter, lines, ((0.0, until),), until == CLOSES, **more)


def found(present: Present, measure: Measure, *, days: int = 60, seed: str = "one"):
    before = rest_of_day(present, None, seed=seed, days=days)
    return gained(measure, before, rest_of_day(present, measure, seed=seed, days=days))


def waited_in_all(waiting: int, per_quarter: float, desks: int) -> float:
    """Return what all wait from now on in M/M/c whose arrivals end with the day, exactly.

    The integral of the expected line: Kolmogorov's equations for how many are there, by
    uniformisation, and from the closing on the pure death of whoever is left. One is at a desk.
    """
    come, serve, most = per_quarter / 900.0, 1 / SERVE_S, 80
    rate = come + desks * serve
    here = [0.0] * most
    here[waiting + 1] = 1.0
    steps = 240
    each = CLOSES / steps
    jumps = [exp(-rate * each)]
    while sum(jumps) < 1 - 1e-12:
        jumps.append(jumps[-1] * rate * each / len(jumps))
    total = 0.0
    lines = []
    for _step in range(steps + 1):
        lines.append(sum(max(0, number - desks) * chance for number, chance in enumerate(here)))
        after, power = [0.0] * most, here
        for jump in jumps:
            after = [old + jump * new for old, new in zip(after, power, strict=True)]
            power = [
                (
                    (power[number - 1] * come if number else 0.0)
                    + (
                        power[number + 1] * min(number + 1, desks) * serve
                        if number + 1 < most
                        else 0.0
                    )
                    + power[number] * (rate - come - min(number, desks) * serve)
                )
                / rate
                for number in range(most)
            ]
        last, here = here, after
    total = each * (sum(lines) - (lines[0] + lines[-1]) / 2)
    left = [0.0] * most
    for number in range(desks + 1, most):
        left[number] = left[number - 1] + (number - desks) / (desks * serve)
    return total + sum(chance * left[number] for number, chance in enumerate(last))


@pytest.mark.parametrize(("waiting", "per_quarter"), [(14, 0.0), (8, 3.0), (0, 4.5)])
def test_a_second_counter_saves_what_the_theory_says(waiting, per_quarter):
    saves = waited_in_all(waiting, per_quarter, 1) - waited_in_all(waiting, per_quarter, 2)

    gain = found(mall(waiting, per_quarter), one_more(), days=400)

    assert gain.total_s.holds(saves)
    assert gain.total_s.high - gain.total_s.low < 0.25 * saves
    assert not gain.total_s.holds(1.3 * saves)
    assert gain.visitors == pytest.approx(waiting + 8 * per_quarter, rel=0.04)


def test_a_line_without_comers_is_halved():
    """The k-th of twenty waits k services at one counter, half of k - 1 at two."""
    each = fmean(SERVE_S * (place - (place - 1) / 2) for place in range(1, 21))

    gain = found(mall(20), one_more(), days=400)

    assert gain.each_s.holds(each)
    assert gain.before_s == pytest.approx(fmean(range(1, 21)) * SERVE_S + 570, rel=0.03)
    assert (gain.is_certain, gain.is_worth_it, gain.visitors) == (True, True, 20)


def test_what_helps_is_advised_and_what_does_not_is_not():
    assert [gain.measure.counter for gain in advised(mall(20), [one_more()], seed="one")] == ["2"]
    assert advised(mall(0), [one_more()], seed="one") == []
    assert advised(mall(2, 1.0), [one_more()], seed="one") == []


def test_a_counter_that_costs_more_than_it_saves_is_not_advised():
    calm = mall(3, 0.5)
    gain = found(calm, one_more(), days=200)

    assert (gain.is_certain, gain.is_worth_it) == (True, False)
    assert gain.total_s.mean < gain.measure.officer_s == CLOSES
    assert advised(calm, [one_more()], seed="one") == []


def test_the_time_for_which_it_pays_most_is_chosen():
    short, long = one_more(until=HOUR), one_more()
    assert [each.measure for each in advised(mall(14), [long, short], seed="one")] == [short]
    crowd = mall(20, 4.0)
    assert [each.measure for each in advised(crowd, [short, long], seed="one")] == [long]


def test_common_chance_narrows_the_band():
    present, days = mall(8, 3.0), 200
    before = rest_of_day(present, None, seed="one", days=days)
    after = rest_of_day(present, one_more(), seed="one", days=days)
    others = rest_of_day(present, one_more(), seed="two", days=days)

    def spread(late) -> float:
        return stdev(sum(old.waits) - sum(new.waits) for old, new in zip(before, late, strict=True))

    assert [day.people for day in before] == [day.people for day in after]
    assert spread(after) < 0.85 * spread(others)


def test_at_most_three_the_best_first_and_none_twice():
    names = "abcde"
    present = Present(
        flows={name: flow(name) for name in names},
        waiting=tuple(
            Waiting(name, 0.0)
            for place, name in enumerate(names)
            for _person in range(12 + 3 * place)
        ),
        desks=tuple(busy(name, frozenset({name})) for name in names),
        closes=dict.fromkeys(names, CLOSES),
    )
    measures = [
        one_more(f"{name}{number}", frozenset({name})) for name in names for number in (1, 2)
    ]

    chosen = advised(present, measures, seed="one")

    assert [gain.measure.counter for gain in chosen] == ["e1", "d1", "c1"]
    assert len(chosen) == MOST_ADVICE
    assert all(gain.is_certain and gain.is_worth_it for gain in chosen)


def shared(waiting_a: int, waiting_b: int) -> Present:
    """Agency a has one counter and a crowd, agency b one counter and nobody."""
    people = [Waiting("a", 0.0)] * waiting_a + [Waiting("b", 0.0)] * waiting_b
    return Present(
        flows={"a": flow("a"), "b": flow("b", 0.5)},
        waiting=tuple(people),
        desks=(busy("1", A), busy("2", B)),
        closes={"a": CLOSES, "b": CLOSES},
    )


MOVE = Measure("3", A | B, ALL_DAY, is_to_the_end=True, leaves="2")


def test_an_officer_moves_to_where_they_are_needed_at_no_cost():
    (gain,) = advised(shared(16, 0), [MOVE], seed="one")

    assert (gain.measure.leaves, gain.measure.officer_s) == ("2", 0)
    assert gain.each_s.mean > 600


def test_a_move_that_leaves_others_waiting_is_not_advised():
    assert advised(shared(0, 16), [MOVE], seed="one") == []


def test_everybody_who_waits_longer_is_counted():
    crowd = shared(12, 6)
    moved = rest_of_day(crowd, MOVE, seed="one")
    stay = rest_of_day(crowd, None, seed="one")
    parts = {"a": 0.0, "b": 0.0}
    for old, new in zip(stay, moved, strict=True):
        for (line, _at), was, is_now in zip(old.people, old.waits, new.waits, strict=True):
            parts[line] += (was - is_now) / len(stay)

    gain = gained(replace(MOVE, lines=A), stay, moved)

    assert parts["b"] < 0 < parts["a"]
    assert gain.total_s.mean == pytest.approx(parts["a"] + parts["b"])
    assert gain.each_s.mean == pytest.approx(parts["a"] / 12)


def test_a_line_that_nobody_serves_waits_until_its_day_ends():
    lonely = mall(4, spread=0.0, desks=())
    (gain,) = advised(lonely, [one_more()], seed="one")

    assert gain.before_s == CLOSES + 90
    assert gain.each_s.mean == pytest.approx(CLOSES - 1 - 1.5 * SERVE_S)


def test_a_break_ahead_is_kept():
    """Of two services of five minutes the second one waits for the end of the break."""
    desk = OpenDesk("1", A, ((0.0, 200.0), (1000.0, CLOSES)))
    (day, *_same) = rest_of_day(mall(2, spread=0.0, desks=(desk,)), None, seed="one", days=1)

    assert sorted(day.waits) == [61.0, 1000.0]


def test_priority_goes_first_from_the_very_beginning():
    people = (Waiting("a", 600.0), Waiting("a", 10.0, is_priority=True))
    idle = OpenDesk("1", A, ALL_DAY)
    present = replace(mall(0, spread=0.0, desks=(idle,)), waiting=people)
    (day,) = rest_of_day(present, None, seed="one", days=1)

    assert day.waits == (600.0 + 1 + SERVE_S, 11.0)


def test_who_has_waited_longest_is_called_first_by_a_counter_of_two_lines():
    people = (Waiting("a", 10.0), Waiting("b", 20.0))
    both = OpenDesk("1", A | B, ALL_DAY)
    flows = {"a": flow("a", spread=0.0), "b": flow("b", spread=0.0)}
    closes = {"a": CLOSES, "b": CLOSES}
    (day,) = rest_of_day(Present(flows, people, (both,), closes), None, seed="one", days=1)

    assert day.waits == (10.0 + 1 + SERVE_S, 21.0)


@pytest.mark.parametrize(
    ("spread", "spent"), [(1.0, 0.0), (1.0, 900.0), (0.5, 300.0), (0.5, 3000.0)]
)
def test_what_is_left_of_a_service(spread, spent):
    """An exponential time has no memory; a steadier one that has lasted long is nearly over."""
    random = Random("left")
    work = Work("a", SERVE_S, spread)
    mean = fmean(remaining(work, spent, random) for _draw in range(4000))

    left = {(1.0, 0.0): 300, (1.0, 900.0): 300, (0.5, 300.0): 135.2, (0.5, 3000.0): 75}
    assert mean == pytest.approx(left[spread, spent], rel=0.08)
    assert remaining(Work("a", 300, 0), 120, random) == 180
    assert remaining(Work("a", 300, 0), 400, random) == 0


def test_ways_through_several_lines_are_taken_apart():
    way = Flow((Work("a", 60), Work("b", 120)), (1.0, 2.0), absent_share=0.5)
    alone = Flow((Work("b", 120),), (4.0, 4.0), priority_share=0.1)

    assert by_line([way, alone]) == {
        "a": replace(way, works=(Work("a", 60),)),
        "b": replace(alone, per_quarter=(5.0, 6.0)),
    }


def test_comers_are_counted_from_now_and_held_towards_the_usual():
    assert from_now((4.0, 8.0, 2.0), 0.0) == (4.0, 8.0, 2.0)
    assert from_now((4.0, 8.0, 2.0), 450.0) == (6.0, 5.0, 1.0)
    assert from_now((4.0, 8.0, 2.0), 1800.0 + 450.0) == (1.0,)
    assert from_now((4.0, 8.0, 2.0), 9000.0) == ()
    assert (busier(60, 30.0), busier(0, 0.0), busier(0, 60.0)) == (1.6, 1.0, 0.25)
