"""Ways on a floor that lead round the counters. Pure; units of the sheet."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, hypot

Point = tuple[float, float]
CELL = 20.0
CLEARANCE = 7.0
LEFT, TOP, RIGHT, BOTTOM = -40.0, -20.0, 1040.0, 680.0
ACROSS, DOWN = int((RIGHT - LEFT) / CELL) + 1, int((BOTTOM - TOP) / CELL) + 1
Cell = tuple[int, int]
BESIDE = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)]


@dataclass(frozen=True, slots=True)
class Box:
    """Something that one walks round: a counter."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Tell whether a point lies inside, or nearer than a margin."""
        x, y = point
        return (
            self.x - margin < x < self.x + self.width + margin
            and self.y - margin < y < self.y + self.height + margin
        )


def length(way: Sequence[Point]) -> float:
    """Return how long a way is.

    >>> length([(0, 0), (3, 4), (3, 10)])
    11.0
    """
    return sum(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(way))


@lru_cache(maxsize=4096)
def way(start: Point, end: Point, boxes: tuple[Box, ...]) -> tuple[Point, ...]:
    """Return the corners of a way from one point to another, both included.

    Where nothing lies between it is the straight line; where no way leads round, too.
    """
    if _is_free(start, end, boxes):
        return (start, end)
    found = _cells(_cell(start), _cell(end), boxes)
    corners = [start, *(_middle(cell) for cell in found[1:-1]), end]
    return _straightened(corners, boxes)


def _cell(point: Point) -> Cell:
    across = min(max(round((point[0] - LEFT) / CELL), 0), ACROSS - 1)
    down = min(max(round((point[1] - TOP) / CELL), 0), DOWN - 1)
    return across, down


def _middle(cell: Cell) -> Point:
    return LEFT + cell[0] * CELL, TOP + cell[1] * CELL


def _cells(start: Cell, end: Cell, boxes: tuple[Box, ...]) -> list[Cell]:
    """Return cells that touch each other from start to end; nothing where there is no way."""
    shut = _shut(boxes)
    came: dict[Cell, Cell] = {end: end}
    to_see = deque([end])
    while to_see and start not in came:
        here = to_see.popleft()
        for right, down in BESIDE:
            there = (here[0] + right, here[1] + down)
            is_on_sheet = 0 <= there[0] < ACROSS and 0 <= there[1] < DOWN
            if is_on_sheet and there not in came and (there == start or there not in shut):
                came[there] = here
                to_see.append(there)
    if start not in came:
        return []
    found = [start]
    while found[-1] != end:
        found.append(came[found[-1]])
    return found


@lru_cache(maxsize=64)
def _shut(boxes: tuple[Box, ...]) -> frozenset[Cell]:
    return frozenset(
        (across, down)
        for across in range(ACROSS)
        for down in range(DOWN)
        if any(box.holds(_middle((across, down)), CLEARANCE) for box in boxes)
    )


def _straightened(corners: list[Point], boxes: tuple[Box, ...]) -> tuple[Point, ...]:
    """Leave out the corners that are not needed."""
    kept = [corners[0]]
    here = 0
    while here < len(corners) - 1:
        there = len(corners) - 1
        while there > here + 1 and not _is_free(corners[here], corners[there], boxes):
            there -= 1
        kept.append(corners[there])
        here = there
    return tuple(kept)


def _is_free(start: Point, end: Point, boxes: tuple[Box, ...]) -> bool:
    """Tell whether the straight line passes every box, looked at every few units."""
    (ax, ay), (bx, by) = start, end
    looks = max(ceil(hypot(bx - ax, by - ay) / 6), 1)
    line = [(ax + (bx - ax) * k / looks, ay + (by - ay) * k / looks) for k in range(looks + 1)]
    return not any(box.holds(point, CLEARANCE - 1) for box in boxes for point in line)
