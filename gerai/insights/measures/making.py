"""From what was counted to the value of a measure; too little gives none."""

from collections.abc import Sequence
from fractions import Fraction

from gerai.insights.measures.definitions import Measure, measure_of
from gerai.insights.measures.intervals import (
    Tally,
    mean_interval,
    poisson,
    quantile,
    quantile_interval,
    spread_of_days,
)
from gerai.insights.measures.values import MOST_DETAILS, Detail, Value
from gerai.survey.formula import BEST_ANSWER, ELEMENTS, OFFICIAL_WEIGHT, index_of_means
from gerai.waits.rules import Interval, wilson

PERCENT = 100
TENTHS = 10


def count_value(key: str, n: int, detail: Detail = ()) -> Value:
    """Return a number that was counted, exactly."""
    return _value(key, float(n), Interval(n, n), n, detail)


def exact_value(key: str, value: float, n: int, detail: Detail = ()) -> Value:
    """Return a figure that is known exactly; none where there is nothing to look at."""
    return _value(key, value, Interval(value, value), n, detail) if n else _none(key, n, detail)


def share_value(key: str, stated: int, n: int, detail: Detail = ()) -> Value:
    """Return a share in per cent."""
    if n == 0:
        return _none(key, n, detail)
    interval = wilson(stated, n)
    return _value(
        key,
        PERCENT * stated / n,
        Interval(PERCENT * interval.low, PERCENT * interval.high),
        n,
        detail,
    )


def wait_value(key: str, tenths: Tally, share: Fraction, detail: Detail = ()) -> Value:
    """Return a quantile of waits that are given in tenths of a minute."""
    n = sum(tenths.values())
    if n == 0:
        return _none(key, n)
    interval = quantile_interval(tenths, share)
    return _value(
        key,
        quantile(tenths, share) / TENTHS,
        Interval(interval.low / TENTHS, interval.high / TENTHS),
        n,
        detail,
    )


def satisfaction_value(sums: Tally, detail: Detail = ()) -> Value:
    """Return the index of ratings, each given as the sum of its nine answers."""
    key, n = "satisfaction", sum(sums.values())
    if n < 2:  # noqa: PLR2004 - one answer has no variance
        return _none(key, n, detail)
    interval = mean_interval(sums, least_spread=1.0)
    total = sum(number * count for number, count in sums.items())
    return _value(
        key,
        _index(Fraction(total, n)),
        Interval(
            _index(Fraction(max(interval.low, ELEMENTS))),
            _index(Fraction(min(interval.high, ELEMENTS * BEST_ANSWER))),
        ),
        n,
        detail,
    )


def _index(mean_sum: Fraction) -> float:
    return float(index_of_means([mean_sum / ELEMENTS] * ELEMENTS, weight=OFFICIAL_WEIGHT))


def volume_value(days: Sequence[int]) -> Value:
    """Return the mean of a day from the numbers of all days."""
    key, n = "served_daily", len(days)
    if n == 0:
        return _none(key, n)
    spread = spread_of_days(days)
    interval = poisson(sum(days) / spread)
    return _value(
        key,
        sum(days) / n,
        Interval(interval.low * spread / n, interval.high * spread / n),
        n,
    )


def _value(key: str, value: float, interval: Interval, n: int, detail: Detail = ()) -> Value:
    measure = _defined(key)
    if n < measure.least:
        return _none(key, n, detail)
    # Rounding to floats must not leave the value outside.
    low, high = min(interval.low, value), max(interval.high, value)
    return Value(key, measure.version, value, low, high, n, detail[:MOST_DETAILS])


def _none(key: str, n: int, detail: Detail = ()) -> Value:
    return Value(key, _defined(key).version, None, None, None, n, detail[:MOST_DETAILS])


def _defined(key: str) -> Measure:
    measure = measure_of(key)
    assert measure is not None, "only what is defined is measured"
    return measure
