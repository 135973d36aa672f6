"""When two values may be told apart, and how far one is from another."""

from collections.abc import Sequence
from enum import StrEnum
from math import inf

from gerai.insights.measures.definitions import Direction, Measure
from gerai.insights.measures.values import Value
from gerai.survey.formula import BEST_ANSWER, POINTS_PER_STEP

PERCENT = 100


class Verdict(StrEnum):
    """How a value stands to another one. MORE and LESS say nothing about better or worse."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    UNCLEAR = "unclear"
    MISSING = "missing"
    TOO_FEW = "too_few"
    OTHER_VERSION = "other_version"


def verdict(measure: Measure, own: Value | None, other: Value | None) -> Verdict:
    """Say how two values stand to each other, no more than their intervals allow.

    The same, where even the farthest ends are within the margin; more or less, where the
    intervals do not touch; else nothing can be told.
    """
    if own is None or other is None:
        return Verdict.MISSING
    if own.version != other.version:
        return Verdict.OTHER_VERSION
    if own.value is None or other.value is None:
        is_too_few = own.is_too_few or other.is_too_few
        return Verdict.TOO_FEW if is_too_few else Verdict.MISSING
    least = _low(own) - _high(other)
    most = _high(own) - _low(other)
    margin = max(measure.margin, measure.margin_share * max(own.value, other.value))
    if -margin <= least and most <= margin:
        return Verdict.SAME
    if least > 0:
        return Verdict.MORE
    return Verdict.LESS if most < 0 else Verdict.UNCLEAR


def is_behind(measure: Measure, found: Verdict) -> bool:
    """Tell whether a verdict says that the own value is the worse one."""
    worse = {Direction.MORE: Verdict.LESS, Direction.LESS: Verdict.MORE}
    return found is worse.get(measure.direction)


def share_of_best(measure: Measure, value: float, everybody: Sequence[float]) -> float:
    """Return how near a value comes to the best of those compared, 0..1; shares to 100 %.

    >>> from gerai.insights.measures.definitions import measure_of
    >>> share_of_best(measure_of("agencies"), 5, [5, 20])
    0.25
    >>> share_of_best(measure_of("wait_median"), 19, [19, 9])
    0.5
    """
    if measure.unit == "%":
        return value / PERCENT
    if measure.key == "satisfaction":
        return value / (BEST_ANSWER * POINTS_PER_STEP)
    if measure.direction is Direction.LESS:
        return (min(everybody, default=inf) + 1) / (value + 1)
    best = max(everybody, default=0.0)
    return value / best if best else 0.0


def distance(measure: Measure, own: Value, model: Value) -> float:
    """Return which share of the model's value is still missing, 0..1."""
    if own.value is None or model.value is None:
        return 1.0
    if measure.direction is Direction.LESS:
        return max(0.0, 1 - (model.value + 1) / (own.value + 1))
    return max(0.0, 1 - own.value / model.value) if model.value else 0.0


def _low(value: Value) -> float:
    return value.low if value.low is not None else inf


def _high(value: Value) -> float:
    return value.high if value.high is not None else -inf
