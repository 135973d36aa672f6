"""How sure a share is of which so many were seen."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""The normal quantile of an interval that is right 95 times in 100."""


@dataclass(frozen=True)
class Interval:
    """From where to where a true value is believed to lie."""

    low: float
    high: float


def wilson(stated: int, n: int) -> Interval:
    """Return the Wilson interval of a share.

    >>> interval = wilson(8, 10)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.4902, 0.9433)
    """
    share = stated / n
    spread = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    middle, size = share + Z**2 / (2 * n), 1 + Z**2 / n
    # Rounding must not push an end past the share it belongs to.
    low = min(share, max(0.0, (middle - spread) / size))
    return Interval(low, max(share, min(1.0, (middle + spread) / size)))
