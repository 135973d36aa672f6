"""Whether a wait that somebody was told came true. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from gerai.waits.rules import Interval, wilson

# Fewer say nothing about the next one: their interval is about forty percent wide.
LEAST_JUDGED = 20


class Verdict(StrEnum):
    """What became of a promise. LEFT: never called, so nothing can be said of it."""

    KEPT = "kept"
    EARLIER = "earlier"
    LATER = "later"
    LEFT = "left"


def verdict(low: int, high: int, waited: float | None) -> Verdict:
    """Judge a range of minutes by the minutes waited until the call; None: never called.

    >>> verdict(10, 20, 20.0), verdict(10, 20, 9.5), verdict(10, 20, None)
    (<Verdict.KEPT: 'kept'>, <Verdict.EARLIER: 'earlier'>, <Verdict.LEFT: 'left'>)
    """
    if waited is None:
        return Verdict.LEFT
    if waited < low:
        return Verdict.EARLIER
    return Verdict.LATER if waited > high else Verdict.KEPT


@dataclass
class Tally:
    """Promises of one kind, by what became of them; low, high: minutes told, summed up."""

    counts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    low: int = 0
    high: int = 0

    def add(self, low: int, high: int, became: Verdict) -> None:
        """Count one more."""
        self.counts[became] += 1
        if became is not Verdict.LEFT:
            self.low += low
            self.high += high

    @property
    def kept(self) -> int:
        """Return how many came true."""
        return self.counts[Verdict.KEPT]

    @property
    def earlier(self) -> int:
        """Return how many were called earlier than told."""
        return self.counts[Verdict.EARLIER]

    @property
    def later(self) -> int:
        """Return how many were called later than told."""
        return self.counts[Verdict.LATER]

    @property
    def left(self) -> int:
        """Return how many were never called."""
        return self.counts[Verdict.LEFT]

    @property
    def judged(self) -> int:
        """Return how many could be judged: those that were called."""
        return self.kept + self.earlier + self.later

    @property
    def is_enough(self) -> bool:
        """Tell whether so many say something about the next one."""
        return self.judged >= LEAST_JUDGED

    @property
    def share(self) -> float | None:
        """Return the share that came true; None without any."""
        return self.kept / self.judged if self.judged else None

    @property
    def interval(self) -> Interval | None:
        """Return from where to where the true share lies, 95 times in 100."""
        return wilson(self.kept, self.judged) if self.judged else None

    @property
    def mean_low(self) -> int | None:
        """Return the mean lower end told, in whole minutes."""
        return round(self.low / self.judged) if self.judged else None

    @property
    def mean_high(self) -> int | None:
        """Return the mean upper end told, in whole minutes."""
        return round(self.high / self.judged) if self.judged else None
