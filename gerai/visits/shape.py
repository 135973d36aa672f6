"""A map of Indonesia in tiles: one for each of the 38 provinces, laid out by hand.

A cartogram: every tile has the same size, so that a small province is seen as well as a large
one. No coastline is drawn and none was copied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SIDE: Final = 60
GAP: Final = 6
LEVELS: Final = (1, 3, 6, 11)  # from how many on a tile is one step darker

# Province code -> column and row, the north-west first.
TILES: Final[dict[str, tuple[int, int]]] = {
    "11": (0, 0),
    "12": (1, 1),
    "14": (2, 1),
    "21": (3, 0),
    "13": (1, 2),
    "15": (2, 2),
    "17": (2, 3),
    "16": (3, 3),
    "19": (4, 3),
    "18": (3, 4),
    "36": (4, 5),
    "31": (5, 5),
    "32": (5, 6),
    "33": (6, 5),
    "34": (6, 6),
    "35": (7, 5),
    "51": (8, 5),
    "52": (9, 5),
    "53": (10, 5),
    "65": (7, 0),
    "61": (5, 1),
    "62": (6, 1),
    "64": (7, 1),
    "63": (7, 2),
    "75": (10, 1),
    "71": (11, 1),
    "76": (9, 2),
    "72": (10, 2),
    "73": (9, 3),
    "74": (10, 3),
    "82": (12, 2),
    "81": (12, 3),
    "96": (13, 2),
    "92": (14, 2),
    "94": (14, 3),
    "91": (15, 2),
    "95": (15, 3),
    "93": (15, 4),
}
COLUMNS: Final = 1 + max(column for column, _ in TILES.values())
ROWS: Final = 1 + max(row for _, row in TILES.values())
WIDTH: Final = COLUMNS * SIDE
HEIGHT: Final = ROWS * SIDE


@dataclass(frozen=True)
class Tile:
    """A province as it is drawn: its corner, what is counted there, and how dark that is."""

    code: str
    x: int
    y: int
    count: int
    level: int
    has_guests: bool


def level_of(count: int) -> int:
    """Return how dark a tile is: 0 for nothing, then one step for each of LEVELS."""
    return sum(count >= least for least in LEVELS)


def drawn(counts: Mapping[str, int], *, guests: frozenset[str] = frozenset()) -> list[Tile]:
    """Return the tiles by code; guests: the provinces that somebody came from."""
    return [
        Tile(
            code=code,
            x=column * SIDE,
            y=row * SIDE,
            count=counts.get(code, 0),
            level=level_of(counts.get(code, 0)),
            has_guests=code in guests,
        )
        for code, (column, row) in sorted(TILES.items())
    ]


def province_of(region_code: str) -> str:
    """Return the code of the province of a region.

    >>> province_of("73.11")
    '73'
    """
    return region_code[:2]
