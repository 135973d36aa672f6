"""The living plan of a floor: how crowded a counter is, and where on the sheet it stands.

Pure: no Django. The sheet has 1000 x 600 units from the upper left.
"""

from enum import StrEnum

# People waiting for each open counter of an agency.
MODERATE_FROM = 2
BUSY_FROM = 5

SHEET_WIDTH = 1000
SHEET_HEIGHT = 600


class Load(StrEnum):
    """How many wait for each open counter."""

    CALM = "calm"
    MODERATE = "moderate"
    BUSY = "busy"


class Part(StrEnum):
    """A part of the sheet, seen from the front: across, and up or down."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"
    UPPER = "upper"
    LOWER = "lower"


def load_of(waiting: int, open_counters: int) -> Load:
    """Return the load of an agency; without an open counter everybody waits for one.

    >>> load_of(1, 1), load_of(4, 2), load_of(10, 2), load_of(5, 0)
    (<Load.CALM: 'calm'>, <Load.MODERATE: 'moderate'>, <Load.BUSY: 'busy'>, <Load.BUSY: 'busy'>)
    """
    each = waiting / max(open_counters, 1)
    if each >= BUSY_FROM:
        return Load.BUSY
    return Load.MODERATE if each >= MODERATE_FROM else Load.CALM


def part_of_sheet(x: float, y: float) -> tuple[Part, Part]:
    """Return where on the sheet a point lies: in thirds across, in halves down.

    >>> part_of_sheet(100, 500)
    (<Part.LEFT: 'left'>, <Part.LOWER: 'lower'>)
    """
    third = min(max(int(3 * x / SHEET_WIDTH), 0), 2)
    across = (Part.LEFT, Part.MIDDLE, Part.RIGHT)[third]
    return across, Part.UPPER if y < SHEET_HEIGHT / 2 else Part.LOWER


def fitted(names: list[str], room: int) -> str:
    """Return as many names as fit into a line of so many letters, then how many more.

    >>> fitted(["Polres", "Imigrasi", "BNN"], 12), fitted(["Kementerian Hukum"], 10)
    ('Polres +2', 'Kementeri…')
    """
    if not names:
        return ""
    for shown in range(len(names), 0, -1):
        more = f" +{len(names) - shown}" if shown < len(names) else ""
        line = ", ".join(names[:shown]) + more
        if len(line) <= room:
            return line
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    left = max(room - len(more) - 1, 1)
    return f"{names[0][:left]}…{more}"
