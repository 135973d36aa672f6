"""The exact figures: against published cases, exact fractions, laws and limits."""

import csv
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gerai.planner.rules.erlang import (
    Figures,
    erlang_a,
    erlang_b,
    erlang_c,
    fewest_for,
    queue_of,
    served_within,
)

loads = st.fractions(Fraction(1, 50), Fraction(12), max_denominator=60)
servers = st.integers(1, 12)
rates = st.floats(0.01, 50)
COLUMNS = {
    "exp_rho": "rho",
    "exp_P0": "p0",
    "exp_Pw": "p_wait",
    "exp_Lq": "lq",
    "exp_L": "l",
    "exp_Wq": "wq",
    "exp_W": "w",
}
HALF_A_DIGIT = Fraction(1, 2 * 10**6)


def published(text: str) -> Fraction:
    """Return a rate; where it was printed with six digits, the short fraction it stands for.

    0.833333 is five in six minutes: the expected figures were computed from that.
    """
    printed = Fraction(text)
    short = printed.limit_denominator(40)
    return short if abs(short - printed) < HALF_A_DIGIT else printed


def cases(folder, name: str) -> list[dict[str, str]]:
    with (folder / "antrean_kasus" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_published_cases_have_their_exact_figures(shared_data):
    rows = cases(shared_data, "mmc_cases.csv")
    for row in rows:
        figures = queue_of(published(row["lambda"]), published(row["mu"]), int(row["c"]))
        assert figures.stable == (row["status"] != "unstable"), row["id"]
        for column, name in COLUMNS.items():
            value = getattr(figures, name)
            said = "" if value is None else f"{value:.6g}"
            assert said == row[column], (row["id"], column)
    assert {row["status"] for row in rows} >= {"unstable", "published_value_wrong", "agrees"}


def test_published_service_levels_are_exact(shared_data):
    for row in cases(shared_data, "erlang_service_level.csv"):
        come, serve = Fraction(row["calls"]) / Fraction(row["period_s"]), 1 / Fraction(row["aht_s"])
        counters = int(row["c"])
        figures = queue_of(come, serve, counters)
        level = served_within(float(row["target_s"]), come, serve, counters)
        said = (figures.rho, figures.p_wait, level, figures.wq)
        names = ("exp_occupancy", "exp_Pw", "exp_service_level", "exp_asa_s")
        assert [f"{value:.6f}" for value in said] == [row[name] for name in names]


@given(loads, servers)
def test_erlang_b_is_the_direct_sum(load, count):
    terms = [load**n / math.factorial(n) for n in range(count + 1)]

    assert erlang_b(float(load), count) == pytest.approx(float(terms[-1] / sum(terms)), rel=1e-12)


@given(loads, servers)
def test_figures_are_the_direct_sum(load, count):
    assume(load < count)
    below = sum(load**n / math.factorial(n) for n in range(count))
    tail = load**count / math.factorial(count) / (1 - load / count)
    p0 = 1 / (below + tail)
    figures = queue_of(load, Fraction(1), count)

    assert figures.p0 == pytest.approx(float(p0), rel=1e-12)
    assert figures.p_wait == pytest.approx(float(p0 * tail), rel=1e-12)
    assert erlang_c(float(load), count) == pytest.approx(float(p0 * tail), rel=1e-9)
    assert figures.lq == pytest.approx(float(p0 * tail * load / (count - load)), rel=1e-12)


@given(loads, servers)
def test_one_more_counter_never_does_harm(load, count):
    fewer, more = (queue_of(load, Fraction(1), each) for each in (count, count + 1))

    assert erlang_b(float(load), count + 1) < erlang_b(float(load), count)
    assert more.rho < fewer.rho
    if fewer.stable:
        assert (more.p_wait, more.wq, more.lq) < (fewer.p_wait, fewer.wq, fewer.lq)


@given(rates, rates, st.integers(1, 400))
def test_littles_law_holds(come, serve, count):
    figures = queue_of(come, serve, count)
    assume(figures.stable)

    assert figures.lq == pytest.approx(come * figures.wq, rel=1e-9)
    assert figures.l == pytest.approx(come * figures.w, rel=1e-9)


@given(rates, rates, rates, st.integers(1, 60))
def test_littles_law_holds_where_people_leave(come, serve, leave, count):
    figures = erlang_a(come, serve, leave, count)

    assert 0 <= figures.p_abandon <= figures.p_wait <= 1
    assert figures.busy <= count * (1 + 1e-9)
    assert come * (1 - figures.p_abandon) == pytest.approx(serve * figures.busy)
    assert figures.l == pytest.approx(come * figures.w)


@given(loads, servers, st.fractions(Fraction(1, 9), Fraction(9), max_denominator=9))
def test_erlang_a_is_the_direct_sum(load, count, leave):
    weights = [float(load**n / math.factorial(n)) for n in range(count + 1)]
    for extra in range(1, 400):
        weights.append(weights[-1] * float(load / (count + extra * leave)))
    total = math.fsum(weights)
    figures = erlang_a(float(load), 1.0, float(leave), count)

    lq = math.fsum(n * weight for n, weight in enumerate(weights[count:])) / total
    assert figures.p_wait == pytest.approx(math.fsum(weights[count:]) / total, rel=1e-9)
    assert figures.lq == pytest.approx(lq, rel=1e-9)


@given(st.floats(0.05, 0.95), servers)
def test_endless_patience_makes_erlang_a_to_erlang_c(rho, count):
    patient, endless = queue_of(rho * count, 1, count), erlang_a(rho * count, 1, 1e-9, count)

    assert endless.p_wait == pytest.approx(patient.p_wait, rel=1e-5)
    assert endless.wq == pytest.approx(patient.wq, rel=1e-5)
    assert endless.p_abandon < 1e-6


@given(st.floats(0.05, 20), servers)
def test_no_patience_makes_erlang_a_to_erlang_b(load, count):
    hurried = erlang_a(load, 1.0, 1e9, count)

    assert hurried.p_wait == pytest.approx(erlang_b(load, count), rel=1e-6)
    assert hurried.p_abandon == pytest.approx(erlang_b(load, count), rel=1e-6)


@given(rates, st.integers(1, 200), st.floats(0, 30))
def test_an_overloaded_line_has_no_figures(serve, count, extra):
    come = Fraction(serve) * count + Fraction(extra)

    assert queue_of(come, serve, count) == Figures(
        stable=False, rho=float(come / (Fraction(serve) * count))
    )
    assert served_within(10, come, serve, count) == 0


def test_the_edge_of_stability_is_exact():
    assert not queue_of(Fraction("0.3"), Fraction("0.1"), 3).stable
    just_below = queue_of(Fraction("0.2999999999999"), Fraction("0.1"), 3)
    assert just_below.stable
    assert just_below.wq == pytest.approx(1e13, rel=1e-3)


@pytest.mark.parametrize("count", [1_000, 20_000])
def test_thousands_of_counters_stay_exact(count):
    """For many counters the share who wait nears Halfin and Whitt's limit."""
    spare = 0.5
    load = count - spare * math.sqrt(count)
    normal = math.erfc(-spare / math.sqrt(2)) / 2
    density = math.exp(-(spare**2) / 2) / math.sqrt(2 * math.pi)
    limit = 1 / (1 + spare * normal / density)

    assert erlang_c(load, count) == pytest.approx(limit, rel=1 / math.sqrt(count))
    figures = queue_of(load, 1.0, count)
    assert figures.p0 == pytest.approx(0.0, abs=1e-300)
    assert figures.lq == pytest.approx(figures.p_wait * load / (count - load))


def test_many_counters_for_few_people_are_no_trouble():
    figures = queue_of(Fraction("0.001"), Fraction(1), 20_000)

    assert (figures.p_wait, figures.lq, figures.l) == (0.0, 0.0, 0.001)
    assert figures.p0 == pytest.approx(math.exp(-0.001))
    assert erlang_a(0.001, 1.0, 1.0, 20_000).p_wait == 0.0


@given(rates, rates, st.floats(0.05, 0.99), st.floats(0, 10))
def test_the_fewest_counters_keep_the_promise_and_one_less_does_not(come, serve, share, target):
    assume(come / serve < 300)
    count = fewest_for(share, target, come, serve, most=1_000)

    assert served_within(target, come, serve, count) >= share
    assert count == 1 or served_within(target, come, serve, count - 1) < share


def test_a_promise_that_no_number_of_counters_keeps_has_no_answer():
    assert fewest_for(0.9, 1.0, 50, 1, most=40) is None
