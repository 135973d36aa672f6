"""Curves of a day: numbers by the clock in, paths of an SVG out. Moments: seconds of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gerai.story.shape import n

HOUR = 3600


@dataclass(frozen=True)
class Frame:
    """A field of a drawing: from when to when across, from nought to `top` upwards.

    told: the moment its lines end at, before the end on a day that still goes on.
    """

    begins: int
    ends: int
    top: float
    left: float
    right: float
    upper: float
    base: float
    told: int | None = None

    def x(self, at: float) -> float:
        """Return where a moment stands across."""
        share = (at - self.begins) / max(self.ends - self.begins, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def y(self, value: float) -> float:
        """Return how high a value stands."""
        return self.base - (self.base - self.upper) * min(value / self.top, 1.0)

    def hours(self) -> list[tuple[str, int]]:
        """Return where full hours stand, with the hour.

        >>> Frame(0, 7200, 1, 0, 100, 0, 10).hours()
        [('0', 0), ('50', 1), ('100', 2)]
        """
        first = self.begins + (-self.begins) % HOUR
        return [(n(self.x(at)), at // HOUR % 24) for at in range(first, self.ends + 1, HOUR)]


def steps(frame: Frame, values: Sequence[tuple[int, float]]) -> str:
    """Return a line that goes up and down by steps: each value holds until the next moment.

    >>> steps(Frame(0, 10, 2, 0, 10, 0, 2), [(0, 1), (5, 2)])
    'M0 1H5V0H10'
    >>> steps(Frame(0, 10, 2, 0, 10, 0, 2, told=7), [(0, 1), (5, 2)])
    'M0 1H5V0H7'
    """
    if not values:
        return ""
    first, value = values[0]
    path = [f"M{n(frame.x(first))} {n(frame.y(value))}"]
    for (_at, before), (at, after) in pairwise(values):
        if after != before:
            path.append(f"H{n(frame.x(at))}V{n(frame.y(after))}")
    path.append(f"H{n(frame.x(frame.ends if frame.told is None else frame.told))}")
    return "".join(path)


def area(frame: Frame, values: Sequence[tuple[int, float]]) -> str:
    """Return the field under such a line.

    >>> area(Frame(0, 10, 2, 0, 10, 0, 2), [(0, 1)])
    'M0 2V1H10V2Z'
    """
    if not values:
        return ""
    x, y = n(frame.x(values[0][0])), n(frame.y(values[0][1]))
    base = n(frame.base)
    return f"M{x} {base}V{y}{steps(frame, values).removeprefix(f'M{x} {y}')}V{base}Z"
