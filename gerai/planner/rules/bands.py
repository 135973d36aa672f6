"""What played days say, and how sure that is: each figure with its 95 % band. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from gerai.insights.measures.intervals import student
from gerai.planner.rules.hall import ABSENT, LEFT, SERVED, UNSERVED, Turn

LEVEL: Final = 0.95
# Student's t is good to three figures from nine degrees of freedom on.
LEAST_DAYS: Final = 10


@dataclass(frozen=True, slots=True)
class Band:
    """A mean over days with the interval that holds the true mean 95 times in 100."""

    mean: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether a value lies inside."""
        return self.low <= value <= self.high


def band(values: Sequence[float]) -> Band:
    """Return the band of independent days by Student's t.

    >>> told = band([10.0, 12.0, 11.0, 9.0, 13.0, 12.0, 10.0, 11.0, 12.0, 10.0])
    >>> round(told.mean, 2), round(told.low, 2), round(told.high, 2)
    (11.0, 10.11, 11.89)

    :raises ValueError: fewer than ten days
    """
    if len(values) < LEAST_DAYS:
        raise ValueError(len(values))
    mean = fmean(values)
    half = student(len(values) - 1) * stdev(values, mean) / sqrt(len(values))
    return Band(mean, mean - half, mean + half)


@dataclass(frozen=True, slots=True)
class Day:
    """One played day. waits are those of people who count; shares are of their turns.

    within: called within the promise. busy: work done over time staffed. late_s: how long after
    `closes` the last one was served.
    """

    turns: int
    mean_wait_s: float
    within: float
    left: float
    unserved: float
    busy: float
    late_s: float


def measured(
    turns: Sequence[Turn], *, promise_s: float, staffed_s: float, closes: float
) -> Day | None:
    """Return what a played day was like; None where nobody came."""
    counted = [turn for turn in turns if turn.visitor.is_counted]
    if not counted:
        return None
    total = len(counted)
    kept = sum(
        turn.outcome in (SERVED, ABSENT) and turn.called - turn.joined <= promise_s
        for turn in counted
    )
    work = sum(turn.ended - turn.called for turn in turns)
    return Day(
        turns=total,
        mean_wait_s=fmean(turn.called - turn.joined for turn in counted),
        within=kept / total,
        left=sum(turn.outcome == LEFT for turn in counted) / total,
        unserved=sum(turn.outcome == UNSERVED for turn in counted) / total,
        busy=work / staffed_s,
        late_s=max(0.0, max(turn.ended for turn in counted) - closes),
    )


def over_days(days: Sequence[Day], figure: Callable[[Day], float]) -> Band:
    """Return the band of a figure over played days."""
    return band([figure(day) for day in days])
