"""How long the last one of a line will wait, and how well that was said before."""

from gerai.waits.rules.estimator import CLAIM, Estimator
from gerai.waits.rules.judging import Case, Judgement, Recorded, judge, replay
from gerai.waits.rules.seen import NO_WAIT, Estimate, Snapshot
from gerai.waits.rules.shares import Interval, Z, wilson

__all__ = [
    "CLAIM",
    "NO_WAIT",
    "Case",
    "Estimate",
    "Estimator",
    "Interval",
    "Judgement",
    "Recorded",
    "Snapshot",
    "Z",
    "judge",
    "replay",
    "wilson",
]
