"""The living plan of a floor: how long one waits at a counter, and where on the sheet it stands.

Pure: no Django. The sheet has 1000 x 600 units from the upper left.
"""

from enum import StrEnum

# Minutes that somebody who comes now would wait, in the middle of the range. No regulation sets
# them: a quarter of an hour is sat out, after three quarters another hour is worth coming at.
MODERATE_FROM = 15
BUSY_FROM = 45

SHEET_WIDTH = 1000
SHEET_HEIGHT = 600
# A letter on a counter is so many units wide.
LETTER_WIDTH = 6.2


class Load(StrEnum):
    """How long somebody who comes now would wait."""

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


def load_of(minutes: float) -> Load:
    """Return the load of a line by the minutes that one would wait there.

    >>> load_of(0), load_of(15), load_of(50)
    (<Load.CALM: 'calm'>, <Load.MODERATE: 'moderate'>, <Load.BUSY: 'busy'>)
    """
    if minutes >= BUSY_FROM:
        return Load.BUSY
    return Load.MODERATE if minutes >= MODERATE_FROM else Load.CALM


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


def names_on(width: float, names: list[str]) -> str:
    """Return as many names as fit on a counter of so many units, then how many more."""
    return fitted(names, max(int((width - 10) / LETTER_WIDTH), 4))
