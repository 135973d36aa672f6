"""Where people stand before counters, and how a load is drawn, on the sheet of a floor.

Pure: no Django. The sheet has 1000 x 600 units from the upper left (`directory.rules.SHEET`); its
rectangles are `directory.rules.Place`. Whoever draws a floor asks in this order: `front_of` each
counter (the free room before it), then `standing` (who waits there, nearest first) and `served_at`
(who is at the counter). Nobody stands on a counter, on the name of a zone, or outside the zone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gerai.directory.rules import Place

PITCH = 13.0
"""From the middle of one person to the middle of the next, in units of the sheet."""

RADIUS = 4.6
EDGE = 4.0
MARGIN = 14
BARS = 3
BAR_WIDTH, BAR_GAP, BAR_STEP = 4.0, 2.0, 4.0


class Side(StrEnum):
    """On which side of a counter people stand; in doubt the one that is named first."""

    BELOW = "below"
    ABOVE = "above"
    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Front:
    """The free room before a counter: its side, along which stretch, and how deep.

    edge: where the counter ends on that side; begins, ends: along the counter. All in units.
    """

    side: Side
    edge: float
    begins: float
    ends: float
    depth: float

    @property
    def is_across(self) -> bool:
        """Tell whether rows lie below or above the counter, from left to right."""
        return self.side in (Side.BELOW, Side.ABOVE)

    @property
    def columns(self) -> int:
        """Return how many stand in one row; one at least."""
        return max(int((self.ends - self.begins) // PITCH), 1)

    @property
    def rows(self) -> int:
        """Return how many rows find room behind whoever is at the counter."""
        return max(int((self.depth - EDGE) // PITCH) - 1, 0)

    def at(self, along: float, away: float) -> tuple[float, float]:
        """Return the point so far along the counter's edge and so far away from it."""
        sign = 1 if self.side in (Side.BELOW, Side.RIGHT) else -1
        off = self.edge + sign * away
        return (along, off) if self.is_across else (off, along)


def front_of(counter: Place, zone: Place, others: Iterable[Place] = ()) -> Front:
    """Return the deepest free room before a counter within its zone.

    others: what stands in the zone besides, as other counters and the zone's name.

    >>> front_of(Place(20, 40, 60, 40), Place(0, 0, 200, 200)).side
    <Side.BELOW: 'below'>
    """
    obstacles = [other for other in others if other != counter]
    fronts = [_front(side, counter, zone, obstacles) for side in Side]
    # The first of equally deep ones: sides are listed in the order in which they are preferred.
    return max(fronts, key=lambda front: front.depth)


def _front(side: Side, counter: Place, zone: Place, obstacles: Sequence[Place]) -> Front:
    is_across = side in (Side.BELOW, Side.ABOVE)
    begins, ends = (counter.x, counter.right) if is_across else (counter.y, counter.bottom)
    edge, limit = {
        Side.BELOW: (counter.bottom, zone.bottom),
        Side.ABOVE: (counter.y, zone.y),
        Side.RIGHT: (counter.right, zone.right),
        Side.LEFT: (counter.x, zone.x),
    }[side]
    depth = abs(limit - edge) if _is_inside(edge, limit, side) else 0.0
    for other in obstacles:
        low, high = (other.x, other.right) if is_across else (other.y, other.bottom)
        if high <= begins or low >= ends:
            continue
        away = _away(side, counter, other)
        if away is not None:
            depth = min(depth, away)
    return Front(side, float(edge), float(begins), float(ends), float(depth))


def _is_inside(edge: float, limit: float, side: Side) -> bool:
    return edge <= limit if side in (Side.BELOW, Side.RIGHT) else edge >= limit


def _away(side: Side, counter: Place, other: Place) -> float | None:
    """Return how far an obstacle is on a side, 0 where it overlaps; None where it is not there."""
    near, far = {
        Side.BELOW: (other.y - counter.bottom, other.bottom - counter.bottom),
        Side.ABOVE: (counter.y - other.bottom, counter.y - other.y),
        Side.RIGHT: (other.x - counter.right, other.right - counter.right),
        Side.LEFT: (counter.x - other.right, counter.x - other.x),
    }[side]
    return max(float(near), 0.0) if far > 0 else None


@dataclass(frozen=True, slots=True)
class Standing:
    """The people before a counter: where they stand, nearest first, and how many more there are.

    more_at: where the number of those who find no room is written, None where all do.
    """

    spots: tuple[tuple[float, float], ...]
    more: int = 0
    more_at: tuple[float, float] | None = None


def standing(front: Front, count: int) -> Standing:
    """Return where so many people stand in rows, the first one nearest to the counter.

    >>> front = front_of(Place(0, 0, 26, 40), Place(0, 0, 26, 80))
    >>> standing(front, 1).spots, standing(front, 9).more
    (((6.5, 63.5),), 9)
    """
    columns, rows = front.columns, front.rows
    room = columns * rows
    if count <= room:
        return Standing(tuple(_spot(front, place) for place in range(count)))
    # The number takes the last place, and the one before it where there is one.
    shown = max(room - min(columns, 2), 0) if rows else 0
    # In a zone without room it is written on the edge of the counter.
    last = front.at((front.begins + front.ends) / 2, 0.0)
    if rows:
        first, end = _spot(front, shown), _spot(front, room - 1)
        last = (_short((first[0] + end[0]) / 2), _short((first[1] + end[1]) / 2))
    return Standing(tuple(_spot(front, place) for place in range(shown)), count - shown, last)


def _spot(front: Front, place: int) -> tuple[float, float]:
    row, column = divmod(place, front.columns)
    along = front.begins + (front.ends - front.begins) * (column + 0.5) / front.columns
    x, y = front.at(along, EDGE + PITCH * (row + 1.5))
    return _short(x), _short(y)


def served_at(front: Front) -> tuple[float, float]:
    """Return where somebody stands who is at the counter: in the middle of its edge.

    >>> served_at(front_of(Place(20, 40, 60, 40), Place(0, 0, 200, 200)))
    (50.0, 90.5)
    """
    x, y = front.at((front.begins + front.ends) / 2, EDGE + PITCH / 2)
    return _short(x), _short(y)


def dealt(count: int, hands: int) -> tuple[int, ...]:
    """Return how many of the people of one line stand before each of its counters.

    >>> dealt(7, 3), dealt(2, 0)
    ((3, 2, 2), ())
    """
    if hands <= 0:
        return ()
    each, rest = divmod(count, hands)
    return tuple(each + (place < rest) for place in range(hands))


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the rising bars of a load, filled or hollow."""

    x: float
    y: float
    width: float
    height: float
    is_filled: bool


def load_bars(level: int, *, x: float, bottom: float) -> tuple[Bar, ...]:
    """Return three rising bars from the lower left, as many filled as the load has steps.

    >>> [bar.is_filled for bar in load_bars(2, x=0, bottom=20)]
    [True, True, False]
    """
    return tuple(
        Bar(
            _short(x + place * (BAR_WIDTH + BAR_GAP)),
            _short(bottom - BAR_STEP * (place + 1)),
            BAR_WIDTH,
            _short(BAR_STEP * (place + 1)),
            place < level,
        )
        for place in range(BARS)
    )


def frame_of(zones: Sequence[Place]) -> Place:
    """Return the part of the sheet that the zones of a floor take, with a margin.

    >>> frame_of([Place(40, 40, 440, 240), Place(520, 40, 440, 240)])
    Place(x=26, y=26, width=948, height=268)
    """
    left, top = min(zone.x for zone in zones), min(zone.y for zone in zones)
    right, bottom = max(zone.right for zone in zones), max(zone.bottom for zone in zones)
    return Place(left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)


def _short(number: float) -> float:
    return round(number, 1)
