"""Estimates and their intervals, right 95 times in 100."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, sqrt

from gerai.waits.rules import Interval, Z

Tally = Mapping[int, int]
"""How often each whole number was seen."""


def quantile(tally: Tally, share: Fraction) -> int:
    """Return the smallest number that so great a share of all does not pass.

    >>> quantile({1: 1, 5: 1, 9: 1}, Fraction(1, 2))
    5
    """
    total = sum(tally.values())
    return _at_rank(tally, max(1, ceil(total * share)))


def quantile_ranks(n: int, share: Fraction) -> tuple[int, int]:
    """Return the ranks (1 is the smallest) between which a quantile lies 95 times in 100.

    >>> quantile_ranks(100, Fraction(1, 2))
    (40, 61)
    """
    half = Z * sqrt(n * float(share) * (1 - float(share)))
    middle = n * float(share)
    return max(1, floor(middle - half)), min(n, ceil(middle + half) + 1)


def quantile_interval(tally: Tally, share: Fraction) -> Interval:
    """Return the interval of a quantile from the order of what was seen."""
    low, high = quantile_ranks(sum(tally.values()), share)
    return Interval(_at_rank(tally, low), _at_rank(tally, high))


def _at_rank(tally: Tally, rank: int) -> int:
    passed = 0
    for number in sorted(tally):
        passed += tally[number]
        if passed >= rank:
            return number
    raise IndexError(rank)


def student(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t, good to three figures from nine degrees on.

    >>> round(student(9), 3), round(student(30), 3)
    (2.262, 2.042)
    """
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3


def mean_interval(tally: Tally, *, least_spread: float) -> Interval:
    """Return the interval of the mean of what was seen, at least two of them."""
    n = sum(tally.values())
    mean = sum(number * count for number, count in tally.items()) / n
    squares = sum(count * (number - mean) ** 2 for number, count in tally.items())
    spread = max(sqrt(squares / (n - 1)), least_spread)
    half = student(n - 1) * spread / sqrt(n)
    return Interval(mean - half, mean + half)


def poisson(total: float) -> Interval:
    """Return the interval of an expected number of events of which so many were seen.

    The exact limits, by the cube-root approximation of the chi-squared distribution.

    >>> interval = poisson(10)
    >>> round(interval.low, 1), round(interval.high, 1)
    (4.8, 18.4)
    """
    low = _chi_squared(2 * total, -Z) / 2 if total > 0 else 0.0
    return Interval(min(total, max(0.0, low)), max(total, _chi_squared(2 * total + 2, Z) / 2))


def _chi_squared(freedom: float, z: float) -> float:
    part = 2 / (9 * freedom)
    return freedom * (1 - part + z * sqrt(part)) ** 3


def spread_of_days(days: Sequence[int]) -> float:
    """Return how much more the days differ than Poisson's would; never less than one."""
    mean = sum(days) / len(days)
    if mean == 0 or len(days) == 1:
        return 1.0
    variance = sum((day - mean) ** 2 for day in days) / (len(days) - 1)
    return max(1.0, variance / mean)
