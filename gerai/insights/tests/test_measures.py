"""The estimates: known values, and what must hold for all data."""

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gerai.insights.measures import (
    MEASURES,
    UNCERTAINTY,
    BadValue,
    Direction,
    Method,
    Value,
    Verdict,
    count_value,
    distance,
    exact_value,
    is_behind,
    mean_interval,
    measure_of,
    poisson,
    quantile,
    quantile_interval,
    quantile_ranks,
    satisfaction_value,
    share_of_best,
    share_value,
    spread_of_days,
    student,
    verdict,
    volume_value,
    wait_value,
    wilson,
)
from gerai.survey.formula import satisfaction_index

MEDIAN, NINE_OF_TEN = Fraction(1, 2), Fraction(9, 10)
TALLIES = st.dictionaries(
    st.integers(min_value=0, max_value=3000), st.integers(min_value=1, max_value=50), min_size=1
)
ANSWERS = st.lists(
    st.lists(st.integers(min_value=1, max_value=4), min_size=9, max_size=9),
    min_size=10,
    max_size=60,
)
DAYS = st.lists(st.integers(min_value=0, max_value=400), min_size=5, max_size=90)


def a_value(low: float, value: float, high: float, key: str = "wait_median") -> Value:
    return Value(key, 1, value, low, high, 100)


VALUES = st.tuples(*[st.integers(min_value=0, max_value=60)] * 3).map(
    lambda ends: a_value(*sorted(float(end) for end in ends))
)


# Definitions


def test_every_measure_is_defined_whole_and_once():
    assert len({measure.key for measure in MEASURES}) == len(MEASURES) == 10
    for measure in MEASURES:
        assert all((measure.name, measure.short, measure.unit, measure.definition, measure.source))
        assert measure.version >= 1
        assert measure.method in UNCERTAINTY
        assert (measure.method is Method.EXACT) == (measure.least == 0)


# Wilson


@pytest.mark.parametrize(
    ("stated", "n", "low", "high"),
    [
        # Newcombe 1998, table I, method 3; Brown, Cai and DasGupta 2001 for 0 of n.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_wilson_gives_published_values(stated, n, low, high):
    interval = wilson(stated, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(
    st.integers(min_value=1, max_value=5000).flatmap(
        lambda n: st.tuples(st.integers(min_value=0, max_value=n), st.just(n))
    )
)
def test_wilson_holds_the_share_and_narrows_with_more_data(both):
    stated, n = both
    few, many = wilson(stated, n), wilson(4 * stated, 4 * n)
    assert 0 <= few.low <= stated / n <= few.high <= 1
    assert many.high - many.low < few.high - few.low


# Quantiles


@given(TALLIES, st.sampled_from([MEDIAN, NINE_OF_TEN]))
def test_a_quantile_is_what_the_sorted_list_says(tally, share):
    everybody = sorted(Counter(tally).elements())
    found = quantile(tally, share)
    assert sum(one <= found for one in everybody) >= share * len(everybody)
    assert sum(one < found for one in everybody) < share * len(everybody)


@given(TALLIES, st.sampled_from([MEDIAN, NINE_OF_TEN]))
def test_a_quantiles_interval_holds_it_and_narrows_with_more_data(tally, share):
    interval = quantile_interval(tally, share)
    more = quantile_interval({number: 4 * count for number, count in tally.items()}, share)
    assert interval.low <= quantile(tally, share) <= interval.high
    assert interval.low <= more.low <= more.high <= interval.high


@pytest.mark.parametrize(("share", "least"), [(MEDIAN, 20), (NINE_OF_TEN, 40)])
def test_a_quantiles_ranks_cover_it_95_times_in_100(share, least):
    p = float(share)
    for n in range(least, 200):
        low, high = quantile_ranks(n, share)
        covered = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(low, high))
        assert covered >= 0.95, n


# Means


@pytest.mark.parametrize(("freedom", "t"), [(9, 2.262), (19, 2.093), (60, 2.000), (1000, 1.962)])
def test_students_t_gives_the_table(freedom, t):
    assert student(freedom) == pytest.approx(t, abs=0.003)


@given(ANSWERS)
def test_the_index_is_the_surveys_and_lies_in_its_interval(answers):
    value = satisfaction_value(Counter(map(sum, answers)))
    assert value.value == pytest.approx(float(satisfaction_index(answers)), abs=0.0051)
    assert 24.9 <= value.low <= value.value <= value.high <= 99.91
    assert value.n == len(answers)


@given(ANSWERS)
def test_the_interval_of_a_mean_narrows_with_more_data(answers):
    few = Counter(map(sum, answers))
    many = Counter({number: 4 * count for number, count in few.items()})
    first, second = (mean_interval(tally, least_spread=1.0) for tally in (few, many))
    assert second.high - second.low < first.high - first.low


def test_ten_answers_that_agree_are_not_certain():
    value = satisfaction_value({36: 10})
    assert value.value - value.low > 1.5


# Volumes


@pytest.mark.parametrize(
    ("seen", "low", "high"), [(1, 0.025, 5.572), (10, 4.795, 18.390), (100, 81.36, 121.63)]
)
def test_poissons_interval_gives_the_exact_values(seen, low, high):
    interval = poisson(seen)
    assert interval.low == pytest.approx(low, abs=0.03)
    assert interval.high == pytest.approx(high, abs=0.03)


@given(DAYS)
def test_a_volume_lies_in_its_interval_which_narrows_with_more_days(days):
    few, many = volume_value(days), volume_value(days * 4)
    assert few.low <= few.value <= few.high
    assert few.value == pytest.approx(many.value)
    assert many.high - many.low < few.high - few.low


def test_days_that_differ_more_than_chance_widen_the_interval():
    calm, wild = volume_value([100] * 10), volume_value([20, 180] * 5)
    assert spread_of_days([100] * 10) == 1.0
    assert spread_of_days([20, 180] * 5) > 50
    assert wild.high - wild.low > 5 * (calm.high - calm.low)


# Too little to tell, nothing borrowed


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (wait_value("wait_median", {5: 19}, MEDIAN), "wait_median"),
        (wait_value("wait_p90", {5: 39}, NINE_OF_TEN), "wait_p90"),
        (satisfaction_value({36: 9}), "satisfaction"),
        (volume_value([3] * 4), "served_daily"),
        (share_value("standards_delivery", 4, 4), "standards_delivery"),
    ],
)
def test_under_the_least_number_there_is_no_value(value, key):
    assert (value.key, value.value, value.low, value.high) == (key, None, None, None)
    assert value.n == measure_of(key).least - 1
    assert value.is_too_few


def test_nothing_is_not_too_few():
    nothing = wait_value("wait_median", {}, MEDIAN)
    assert (nothing.value, nothing.n, nothing.is_too_few) == (None, 0, False)
    assert exact_value("hours", 0.0, 0).value is None
    assert count_value("agencies", 0).value == 0


@given(TALLIES)
def test_a_value_is_the_malls_own_and_not_drawn_towards_others(tally):
    assume(sum(tally.values()) >= 20)
    assert wait_value("wait_median", tally, MEDIAN).value == quantile(tally, MEDIAN) / 10


# Verdicts


@given(VALUES, VALUES)
def test_verdicts_mirror_each_other(one, other):
    mirrored = {Verdict.MORE: Verdict.LESS, Verdict.LESS: Verdict.MORE}
    measure = measure_of("wait_median")
    found = verdict(measure, one, other)
    assert verdict(measure, other, one) is mirrored.get(found, found)


@given(VALUES, VALUES)
def test_more_or_less_is_said_only_where_intervals_do_not_touch(one, other):
    found = verdict(measure_of("wait_median"), one, other)
    if found in (Verdict.MORE, Verdict.LESS):
        assert one.low > other.high or other.low > one.high


@given(VALUES)
def test_a_value_is_never_more_or_less_than_itself(one):
    assert verdict(measure_of("wait_median"), one, one) in (Verdict.SAME, Verdict.UNCLEAR)


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (a_value(10, 12, 14), a_value(20, 22, 24), Verdict.LESS),
        (a_value(20, 22, 24), a_value(10, 12, 14), Verdict.MORE),
        (a_value(10, 12, 14), a_value(11, 13, 15), Verdict.UNCLEAR),
        (a_value(10, 10.2, 10.4), a_value(11, 11.2, 11.4), Verdict.SAME),
        (a_value(10, 12, 14), None, Verdict.MISSING),
        (a_value(10, 12, 14), Value("wait_median", 1, None, None, None, 0), Verdict.MISSING),
        (a_value(10, 12, 14), Value("wait_median", 1, None, None, None, 7), Verdict.TOO_FEW),
        (a_value(10, 12, 14), replace(a_value(1, 1, 1), version=2), Verdict.OTHER_VERSION),
    ],
)
def test_a_verdict_says_no_more_than_the_intervals_allow(own, other, expected):
    assert verdict(measure_of("wait_median"), own, other) is expected


def test_counts_are_the_same_or_different():
    agencies = measure_of("agencies")
    five, six = count_value("agencies", 5), count_value("agencies", 6)
    assert verdict(agencies, five, five) is Verdict.SAME
    assert verdict(agencies, five, six) is Verdict.LESS
    assert is_behind(agencies, Verdict.LESS)


def test_more_visitors_are_neither_better_nor_worse():
    served = measure_of("served_daily")
    assert served.direction is Direction.NEITHER
    assert [is_behind(served, found) for found in Verdict] == [False] * len(Verdict)


@given(st.sampled_from(MEASURES), st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_shares_of_the_best_lie_on_the_radar(measure, everybody):
    shares = [share_of_best(measure, value, everybody) for value in everybody]
    assert all(0 <= share <= 1 for share in shares)


def test_a_distance_is_what_is_missing_of_the_model():
    agencies, wait = measure_of("agencies"), measure_of("wait_median")
    assert distance(agencies, count_value("agencies", 5), count_value("agencies", 20)) == 0.75
    assert distance(wait, a_value(19, 19, 19), a_value(9, 9, 9)) == 0.5


# JSON


@given(VALUES, st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_a_value_survives_json(value, detail):
    value = replace(value, detail=tuple(detail))
    assert Value.from_json(json.loads(json.dumps(value.to_json()))) == value


@pytest.mark.parametrize(
    "change",
    [
        {"value": "12"},
        {"value": True},
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": -1},
        {"value": None},
        {"low": 13},
        {"high": 11},
        {"n": -1},
        {"n": 1.5},
        {"version": None},
        {"key": ""},
        {"key": "k" * 41},
        {"key": 7},
        {"detail": "abc"},
        {"detail": [["a"]]},
        {"detail": [["a", 1]]},
        {"detail": [["a" * 241, ""]]},
        {"detail": [["a", ""]] * 601},
    ],
)
def test_what_is_no_value_is_refused(change):
    data = a_value(11, 12, 13).to_json() | change
    if change == {"low": 13}:
        data["low"] = 12.5
    if change == {"high": 11}:
        data["high"] = 11.5
    with pytest.raises(BadValue):
        Value.from_json(data)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(BadValue):
        Value.from_json(data)
