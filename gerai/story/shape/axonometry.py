"""The building as a model that one looks down upon: slabs, blocks, people."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai.story.shape import n

# Where a unit of the sheet's x and y goes on the picture: to the right and a little down, to
# the left and down.
AX, AY = 0.90, 0.235
BX, BY = -0.42, 0.44

SHEET_WIDTH, SHEET_HEIGHT = 1000.0, 600.0
THICK = 16.0
BLOCK = 26.0
PERSON = 36.0
# A floor in the picture, and the room above it for what stands on it.
ACROSS = AX * SHEET_WIDTH - BX * SHEET_HEIGHT
TALL = AY * SHEET_WIDTH + BY * SHEET_HEIGHT
ABOVE = 48.0
# Between two names beside the model.
LINE = 22.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Ground:
    """A floor of the model: where its upper left corner stands in the picture, and its size."""

    left: float
    top: float
    scale: float

    def at(self, x: float, y: float, z: float = 0.0) -> Point:
        """Return where a point of the sheet, z above the floor, stands in the picture."""
        return (
            self.left + self.scale * (AX * x + BX * y),
            self.top + self.scale * (AY * x + BY * y - z),
        )

    @property
    def lying(self) -> str:
        """Return the transform that lays a text, drawn at a sheet's place, on the floor."""
        s = self.scale
        numbers = (s * AX, s * AY, s * BX, s * BY, self.left, self.top)
        return f"matrix({' '.join(f'{number:.4f}' for number in numbers)})"


@dataclass(frozen=True)
class Solid:
    """A box: its top and the two sides that are seen, as points of polygons."""

    top: str
    front: str
    side: str
    depth: float


def grounds(count: int, *, width: float, height: float, apart: float) -> list[Ground]:
    """Return so many floors above each other, the lowest first, in a picture of this size.

    apart: how far the floors stand above each other, as a share of the height of one.

    >>> len(grounds(2, width=500, height=400, apart=0.8))
    2
    """
    rise = apart * TALL if count > 1 else 0.0
    whole = TALL + THICK + ABOVE + rise * (count - 1)
    scale = min(width / ACROSS, height / whole)
    left = (width - scale * ACROSS) / 2 - scale * BX * SHEET_HEIGHT
    top = (height - scale * whole) / 2 + scale * ABOVE
    return [
        Ground(left, top + scale * rise * (count - 1 - storey), scale) for storey in range(count)
    ]


def height_of(count: int, *, width: float, apart: float) -> float:
    """Return how high a picture of this width must be, so that so many floors just fill it.

    >>> grounds(2, width=600, height=height_of(2, width=600, apart=0.8), apart=0.8)[0].top > 0
    True
    """
    return width / ACROSS * (TALL + THICK + ABOVE + apart * TALL * (count - 1))


def solid(ground: Ground, x: float, y: float, w: float, h: float, *, z: float, up: float) -> Solid:
    """Return a box on the floor: z is its underside, up its height."""
    corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    upper = [ground.at(*corner, z + up) for corner in corners]
    lower = [ground.at(*corner, z) for corner in corners]
    return Solid(
        top=points(upper),
        front=points([upper[3], upper[2], lower[2], lower[3]]),
        side=points([upper[1], upper[2], lower[2], lower[1]]),
        depth=AY * (x + w / 2) + BY * (y + h / 2),
    )


def points(corners: Sequence[Point]) -> str:
    """Return corners as the points of a polygon.

    >>> points([(0, 0), (1.25, 3)])
    '0,0 1.2,3'
    """
    return " ".join(f"{n(x)},{n(y)}" for x, y in corners)


@dataclass(frozen=True)
class Person:
    """Somebody before a counter: where the head is, and the outline of the body below it."""

    x: str
    y: str
    radius: str
    body: str
    depth: float
    is_served: bool


def people(
    ground: Ground,
    *,
    counter: tuple[float, float, float, float],
    count: int,
    room: float,
    is_serving: bool = False,
) -> list[Person]:
    """Return the people before a counter from the back to the front: who is served, who waits.

    counter: x, y, width, height on the sheet. room: how far the rows may reach, downwards on
    the sheet where it is positive, upwards where it is negative.
    """
    x, y, width, height = counter
    step = 25.0
    row = max(int(width // step), 1)
    first = 1 if is_serving else 0
    most = row * max(int(abs(room) // step) - first, 1)
    front = y + height if room > 0 else y
    sign = 1 if room > 0 else -1
    placed = [(x + width / 2, front + sign * step * 0.7, True)] if is_serving else []
    for place in range(min(count, most)):
        down, across = divmod(place, row)
        # Every second row stands a little aside, as people do.
        aside = 6 if down % 2 else 0
        away = front + sign * step * (down + first + 0.75)
        placed.append((x + (across + 0.5) * width / row + aside, away, False))
    found = [person(ground, px, py, is_served=served) for px, py, served in placed]
    return sorted(found, key=lambda person: person.depth)


def person(ground: Ground, x: float, y: float, *, is_served: bool) -> Person:
    """Return somebody who stands at a point of the sheet."""
    foot_x, foot_y = ground.at(x, y)
    head_x, head_y = ground.at(x, y, PERSON)
    wide = 9.5 * ground.scale
    neck = head_y + 5 * ground.scale
    body = (
        f"M{n(foot_x - wide * 0.62)} {n(foot_y)}"
        f"L{n(head_x - wide)} {n(neck + wide)}"
        f"Q{n(head_x)} {n(neck - wide * 0.6)} {n(head_x + wide)} {n(neck + wide)}"
        f"L{n(foot_x + wide * 0.62)} {n(foot_y)}Z"
    )
    depth = AY * x + BY * y
    return Person(n(head_x), n(head_y), n(7.2 * ground.scale), body, depth, is_served)


@dataclass(frozen=True)
class Callout:
    """A name beside the model with a line to its counter."""

    line: str
    x: str
    y: str
    is_left: bool


def apart_from(wanted: Sequence[float], *, top: float, bottom: float) -> list[float]:
    """Return heights near the wanted ones, in their order, a line of letters apart.

    >>> apart_from([10, 11, 300], top=0, bottom=320)
    [11.0, 33.0, 300]
    """
    gap = min(LINE, (bottom - top) / max(len(wanted), 1))
    found: list[float] = []
    for place, height in enumerate(wanted):
        lowest = top + gap / 2 + gap * place
        found.append(max(height, lowest, found[-1] + gap if found else lowest))
    for place in range(len(found) - 1, -1, -1):
        most = bottom - gap / 2 - gap * (len(found) - 1 - place)
        found[place] = min(found[place], most)
    return found


@dataclass(frozen=True)
class Anchor:
    """What a name is written for: where its line ends, and where its counter stands."""

    at: Point
    storey: int
    x: float
    is_front: bool


def callouts(
    anchors: Sequence[Anchor], *, width: float, margin: float, top: float, bottom: float
) -> list[Callout]:
    """Return a place beside the picture for each counter, in two columns.

    Counters in the front half of their floor are named on the left, where no block stands
    between; those behind on the right. Upper floors come first, each from left to right:
    so no line crosses another one of its column.

    width: of the picture; margin: how far from its edges a line begins.
    """
    found: dict[int, Callout] = {}
    for is_left in (True, False):
        keys = [key for key, anchor in enumerate(anchors) if anchor.is_front is is_left]
        keys.sort(key=lambda key: (-anchors[key].storey, anchors[key].x))
        wanted = [anchors[key].at[1] for key in keys]
        for key, y in zip(keys, apart_from(wanted, top=top, bottom=bottom), strict=True):
            x = margin if is_left else width - margin
            ax, ay = anchors[key].at
            knee = x + (14 if is_left else -14)
            line = f"M{n(x)} {n(y)}H{n(knee)}L{n(ax)} {n(ay)}"
            found[key] = Callout(line, n(x), n(y), is_left)
    return [found[key] for key in range(len(anchors))]
