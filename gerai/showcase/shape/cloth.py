"""Days woven into a cloth, and dots that settle where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, log

from gerai.showcase.shape import n


@dataclass(frozen=True)
class Diamond:
    """A diamond of the weave."""

    points: str
    x: str
    y: str


def diamond(x: float, y: float, half: float) -> Diamond:
    """Return a diamond around a point.

    >>> diamond(10, 10, 4).points
    '10,6 14,10 10,14 6,10'
    """
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return Diamond(" ".join(f"{n(a)},{n(b)}" for a, b in corners), n(x), n(y))


def lattice(count: int, *, x: float, y: float, reach: float, fill: float = 0.9) -> list[Diamond]:
    """Return a big diamond of small ones, at least so many, from its middle outwards.

    reach: from the middle to the corners of the big one; fill: how much of its place a small
    one takes.

    >>> len(lattice(24, x=0, y=0, reach=100)), lattice(24, x=0, y=0, reach=100)[0].x
    (25, '0')
    """
    side = max(3, next(each for each in range(1, 40, 2) if each**2 >= min(count, 1500)))
    half = reach / side
    middle = side // 2
    cells = sorted(
        ((i - middle, j - middle) for i in range(side) for j in range(side)),
        key=lambda cell: (max(abs(cell[0]), abs(cell[1])), _turn(cell)),
    )
    return [diamond(x + (i - j) * half, y + (i + j) * half, half * fill) for i, j in cells]


def _turn(cell: tuple[int, int]) -> float:
    return atan2(cell[1], cell[0])


def ticks(least: float, most: float, *, left: float, right: float) -> "Scale":
    """Return a scale on which each step multiplies, as times from a minute to a month do."""
    return Scale(max(least, 1.0), max(most, least * 2, 2.0), left, right)


@dataclass(frozen=True)
class Scale:
    """Where an amount stands between left and right."""

    least: float
    most: float
    left: float
    right: float

    def at(self, amount: float) -> float:
        """Return the place of an amount; what lies outside stands at the end.

        >>> Scale(1, 100, 0, 10).at(10)
        5.0
        """
        held = min(max(amount, self.least), self.most)
        share = log(held / self.least) / log(self.most / self.least)
        return self.left + (self.right - self.left) * share


def swarm(places: Sequence[float], *, radius: float, gap: float = 1.4) -> list[tuple[float, float]]:
    """Return a spot for each place on a line: beside each other, as near to it as there is room.

    >>> swarm([0, 0], radius=5, gap=0)
    [(0, 0.0), (0, -10.0)]
    """
    apart = 2 * radius + gap
    found: list[tuple[float, float]] = []
    for place in places:
        near = [spot for spot in found if abs(spot[0] - place) < apart]
        tried = [0.0]
        for x, y in near:
            off = (apart**2 - (x - place) ** 2) ** 0.5
            tried += [y - off, y + off]
        free = [
            y
            for y in tried
            if all((x - place) ** 2 + (y - other) ** 2 >= apart**2 - 1e-6 for x, other in near)
        ]
        found.append((place, min(free, key=lambda y: (abs(y), y))))
    return found
