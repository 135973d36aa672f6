"""Where zones and counters may stand on a plan, codes in series, and when a device is missed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

LONGEST_SERIES = 60
CODE_LENGTH = 12

# Units of the sheet.
MARGIN = 40
GAP = 16
EDGE = 12
LABEL = 34
ZONE_SIZES = ((440, 240), (280, 240), (280, 160), (200, 120), (120, 80))
COUNTER_SIZES = ((88, 56), (72, 46), (56, 36), (44, 28), (32, 20))

_NUMBERED = re.compile(r"(?P<letters>.*?)(?P<number>[0-9]{1,9})")


class BadSeries(ValueError):
    """Two codes do not begin and end a series."""


@dataclass(frozen=True)
class Place:
    """A rectangle on the plan of a floor, a sheet of 1000 x 600 units from the upper left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return where it ends to the right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Return where it ends below."""
        return self.y + self.height

    def holds(self, other: "Place") -> bool:
        """Tell whether another rectangle lies wholly within this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Place", gap: int = 0) -> bool:
        """Tell whether two rectangles overlap, or come nearer than the gap."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def beside(self, across: int, down: int) -> "Place":
        """Return a rectangle of the same size so much further, not beyond the upper left."""
        return Place(max(self.x + across, 0), max(self.y + down, 0), self.width, self.height)


SHEET = Place(0, 0, 1000, 600)


def free_place(taken: Sequence[Place]) -> Place | None:
    """Return a place for one more zone: the largest that is free, from the upper left.

    >>> free_place([Place(40, 40, 440, 240)])
    Place(x=520, y=40, width=440, height=240)
    """
    for width, height in ZONE_SIZES:
        tops = range(MARGIN, SHEET.bottom - height - MARGIN + 1, MARGIN)
        lefts = range(MARGIN, SHEET.right - width - MARGIN + 1, MARGIN)
        for top, left in product(tops, lefts):
            place = Place(left, top, width, height)
            if not any(place.meets(other, GAP) for other in taken):
                return place
    return None


def free_seats(zone: Place, taken: Iterable[Place], count: int) -> list[Place] | None:
    """Return places in rows for more counters of a zone, below its name; None where it is full.

    >>> free_seats(Place(0, 0, 240, 120), [Place(12, 34, 88, 56)], 1)
    [Place(x=116, y=34, width=88, height=56)]
    """
    standing = list(taken)
    for width, height in COUNTER_SIZES:
        free = [
            slot
            for slot in _slots(zone, width, height)
            if not any(slot.meets(other) for other in standing)
        ]
        if len(free) >= count:
            return free[:count]
    return None


def code_series(first: str, last: str = "") -> list[str]:
    """Return the codes from the first to the last; the first alone without a last.

    :raises BadSeries: they differ in more than the number at their end, run backwards, or
        are more than sixty

    >>> code_series("Z1-08", "Z1-10")
    ['Z1-08', 'Z1-09', 'Z1-10']
    """
    if not last:
        return [first]
    begins, ends = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if begins is None or ends is None or begins["letters"] != ends["letters"]:
        raise BadSeries
    low, high = int(begins["number"]), int(ends["number"])
    if not low <= high < low + LONGEST_SERIES:
        raise BadSeries
    width = len(begins["number"])
    return [f"{begins['letters']}{number:0{width}}" for number in range(low, high + 1)]


def next_code(codes: Iterable[str]) -> str:
    """Return the code after the highest number; of several kinds of letters, the last's.

    >>> next_code(["9", "10"]), next_code(["Z1-3"]), next_code([])
    ('11', 'Z1-4', '1')
    """
    highest: dict[str, int] = {}
    letters = ""
    for code in codes:
        if found := _NUMBERED.fullmatch(code):
            letters = found["letters"]
            highest[letters] = max(highest.get(letters, 0), int(found["number"]))
    following = f"{letters}{highest.get(letters, 0) + 1}"
    return following if len(following) <= CODE_LENGTH else ""


def _slots(zone: Place, width: int, height: int) -> Iterator[Place]:
    top = zone.y + LABEL
    while top + height <= zone.bottom - EDGE // 2:
        left = zone.x + EDGE
        while left + width <= zone.right - EDGE // 2:
            yield Place(left, top, width, height)
            left += width + GAP
        top += height + GAP


# Days before the end of an agreement from which on it is warned of. The numbers are ours.
WARNINGS = (30, 60, 90)


def warning_of(ends_on: date | None, today: date) -> int | None:
    """Return the warning that an agreement in force has reached: 90, 60, 30, or 0 once it ended.

    None is an agreement without an end, or one that ends in more than 90 days.

    >>> warning_of(date(2026, 12, 31), date(2026, 12, 1)), warning_of(None, date(2026, 12, 1))
    (30, None)
    """
    if ends_on is None:
        return None
    left = (ends_on - today).days
    if left < 0:
        return 0
    return next((mark for mark in WARNINGS if left <= mark), None)


def silent_since(
    last_seen: datetime,
    moment: datetime,
    *,
    opens: datetime,
    closes: datetime,
    patience: timedelta,
) -> datetime | None:
    """Return since when a device is missed; None while it is not.

    Only silence within the opening hours counts, so nobody is missed at night, or before the
    mall has been open for as long as the device may be silent.
    """
    since = max(last_seen, opens)
    return since if opens <= moment < closes and moment - since >= patience else None
