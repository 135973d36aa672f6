"""What can be seen of a line at a moment, and what is said about it."""

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look at one line.

    day: counts days up, any origin; minute: of that day; counters: open now; called, issued:
    numbers of that day so far; usual_minutes: what somebody once set as minutes at the desk,
    None where nobody did.
    """

    line: Hashable
    day: int
    minute: float
    counters: int
    waiting: int
    called: int
    issued: int
    usual_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The wait in minutes of the last person now waiting: a middle, and a range around it."""

    low: float
    middle: float
    high: float


NO_WAIT = Estimate(0.0, 0.0, 0.0)
