"""How former expectations turned out, by how many waited and how long that was to take."""

from bisect import insort
from collections import deque
from dataclasses import dataclass, field
from math import exp, log
from statistics import NormalDist

# An outcome of another size of line, or of another length of wait, counts less: by exp(-1/2)
# where their logarithms differ by so much.
LIKE_SIZE = 0.5
LIKE_LENGTH = 0.3
# Sizes and lengths are told apart in steps of this many logarithms.
STEP = 0.3
FARTHEST = 3
# Outcomes kept of one size and length, the newest.
KEPT = 100
# Before anything is known, a wait is taken as lognormal around what is expected. Outcomes of
# that kind count as so many real ones.
ASSUMED_SPREAD = 0.75
ASSUMED_MIDDLE = 0.85
ASSUMED_COUNT = 3.0

_ASSUMED = [
    ASSUMED_MIDDLE * exp(ASSUMED_SPREAD * NormalDist().inv_cdf((part + 0.5) / 9))
    for part in range(9)
]
_AROUND = range(-FARTHEST, FARTHEST + 1)

Weighted = list[tuple[float, float]]


@dataclass(slots=True)
class _Cell:
    """Ratios of one size and length: sorted, and by age."""

    ratios: list[float] = field(default_factory=list)
    by_age: deque[float] = field(default_factory=deque)


class Outcomes:
    """Ratios of what was waited to what was expected."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], _Cell] = {}

    def learn(self, size: int, expected: float, ratio: float) -> None:
        """Keep how one expectation (minutes, above 0) turned out; the oldest alike makes room."""
        cell = self._cells.setdefault((_step(size), _step(expected)), _Cell())
        if len(cell.by_age) == KEPT:
            cell.ratios.remove(cell.by_age.popleft())
        insort(cell.ratios, ratio)
        cell.by_age.append(ratio)

    def like(self, size: int, expected: float) -> Weighted:
        """Return the ratios of like outcomes and of the assumed ones, each with its weight."""
        sizes = _likenesses(log(size), LIKE_SIZE)
        lengths = _likenesses(log(expected), LIKE_LENGTH)
        found = [(ratio, ASSUMED_COUNT / len(_ASSUMED)) for ratio in _ASSUMED]
        for size_step, like_size in sizes:
            for length_step, like_length in lengths:
                if cell := self._cells.get((size_step, length_step)):
                    found += [(ratio, like_size * like_length) for ratio in cell.ratios]
        return found


def _step(value: float) -> int:
    return round(log(value) / STEP)


def _likenesses(place: float, like: float) -> list[tuple[int, float]]:
    """Return the steps around a place, each with how much its outcomes count.

    As the place moves on, no step comes in or falls out with more than a trifle.
    """
    here = round(place / STEP)
    around = ((here + far, (here + far) * STEP - place) for far in _AROUND)
    return [(step, exp(-0.5 * (away / like) ** 2)) for step, away in around]


def quantiles(weighted: Weighted, shares: tuple[float, ...]) -> list[float]:
    """Return the values below which these rising shares of the weight lie.

    Each value stands in the middle of its weight, and evenly between two of them: so a
    quantile moves on without a jump as weights do.

    >>> quantiles([(3.0, 1.0), (1.0, 1.0), (2.0, 2.0)], (0.1, 0.5, 0.9))
    [1.0, 2.0, 3.0]
    """
    ordered = sorted(weighted)
    whole = sum(weight for _value, weight in ordered)
    found = []
    rest = iter(ordered)
    value, weight = next(rest)
    before, below, passed = value, 0.0, weight / 2
    for share in shares:
        while passed < share * whole and (following := next(rest, None)):
            before, below = value, passed
            passed += (weight + following[1]) / 2
            value, weight = following
        reached = min(max((share * whole - below) / (passed - below), 0.0), 1.0)
        found.append(before + reached * (value - before))
    return found
