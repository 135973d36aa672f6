"""Where a presentation stands, and in which order a tour walks. Pure: no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

# The doors of a floor are not drawn; a tour begins at the middle of the sheet's lower edge.
ENTRANCE = (500.0, 600.0)

# The kinds of slides of a presentation that nobody arranged otherwise.
USUAL = (
    "cover",
    "history",
    "organisation",
    "floors",
    "queue",
    "day",
    "volumes",
    "satisfaction",
    "standards",
    "journey",
    "stages",
    "closing",
)


class Command(StrEnum):
    """What a key or a phone asks of the screen."""

    NEXT = "next"
    BACK = "back"
    FIRST = "first"
    LAST = "last"


def moved(position: int, command: Command, count: int) -> int:
    """Return the position after a command; the ends hold.

    >>> moved(0, Command.NEXT, 3), moved(2, Command.NEXT, 3), moved(0, Command.BACK, 3)
    (1, 2, 0)
    """
    wanted = {
        Command.NEXT: position + 1,
        Command.BACK: position - 1,
        Command.FIRST: 0,
        Command.LAST: count - 1,
    }
    return within(wanted[command], count)


def within(position: int, count: int) -> int:
    """Return the nearest position that exists; 0 when there is none.

    >>> within(7, 3), within(-1, 3), within(4, 0)
    (2, 0, 0)
    """
    return max(0, min(position, count - 1))


@dataclass(frozen=True)
class Spot:
    """A counter on the sheet of its floor."""

    key: int
    floor: int
    zone: int
    x: float
    y: float


def route(spots: Sequence[Spot]) -> list[int]:
    """Return the keys in the order in which a tour passes them.

    Floor by floor from the lowest. On a floor the next zone is the one with the nearest
    counter; within a zone the walk goes along its longer side from the nearer end, so that
    nobody walks back.

    >>> row = [Spot(n, 1, 1, 100.0 * n, 0) for n in (3, 1, 2)]
    >>> route(row), route([*row, Spot(9, 0, 5, 0, 0)])
    ([3, 2, 1], [9, 3, 2, 1])
    """
    walked: list[int] = []
    for floor in sorted({spot.floor for spot in spots}):
        here = ENTRANCE
        left: dict[int, list[Spot]] = {}
        for spot in spots:
            if spot.floor == floor:
                left.setdefault(spot.zone, []).append(spot)
        while left:
            zone = _nearest(left, here)
            line = _along(left.pop(zone), here)
            walked += [spot.key for spot in line]
            here = (line[-1].x, line[-1].y)
    return walked


def _nearest(zones: Mapping[int, Sequence[Spot]], here: tuple[float, float]) -> int:
    return min(zones, key=lambda zone: (min(_way(here, spot) for spot in zones[zone]), zone))


def _along(spots: Sequence[Spot], here: tuple[float, float]) -> list[Spot]:
    wide = max(spot.x for spot in spots) - min(spot.x for spot in spots)
    high = max(spot.y for spot in spots) - min(spot.y for spot in spots)
    if wide >= high:
        line = sorted(spots, key=lambda spot: (spot.x, spot.y, spot.key))
    else:
        line = sorted(spots, key=lambda spot: (spot.y, spot.x, spot.key))
    return line if _way(here, line[0]) < _way(here, line[-1]) else line[::-1]


def _way(here: tuple[float, float], spot: Spot) -> float:
    return hypot(spot.x - here[0], spot.y - here[1])
