"""The building as a model that one looks down upon: slabs, blocks, people."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai.showcase.shape import n

# Where a unit of the sheet's x and y goes on the picture: to the right and a little down, to
# the left and down.
AX, AY = 0.90, 0.235
BX, BY = -0.42, 0.44

SHEET_WIDTH, SHEET_HEIGHT = 1000.0, 600.0
THICK = 16.0
BLOCK = 26.0
PERSON = 30.0

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


def grounds(count: int, *, width: float, height: float) -> list[Ground]:
    """Return so many floors above each other, the lowest first, in a picture of this size.

    >>> len(grounds(2, width=500, height=400))
    2
    """
    across = AX * SHEET_WIDTH - BX * SHEET_HEIGHT
    tall = AY * SHEET_WIDTH + BY * SHEET_HEIGHT
    above = 60.0
    rise = 0.86 * tall if count > 1 else 0.0
    whole = tall + THICK + above + rise * (count - 1)
    scale = min(width / across, height / whole)
    left = (width - scale * across) / 2 - scale * BX * SHEET_HEIGHT
    top = (height - scale * whole) / 2 + scale * above
    return [
        Ground(left, top + scale * rise * (count - 1 - storey), scale) for storey in range(count)
    ]


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
    """Somebody who waits: where the head is, and the path of the body below it."""

    x: str
    y: str
    radius: str
    body: str
    depth: float


def people(
    ground: Ground,
    *,
    counter: tuple[float, float, float, float],
    count: int,
    room: float,
) -> list[Person]:
    """Return the people who wait before a counter, in rows from its front.

    counter: x, y, width, height on the sheet. room: how far the rows may reach, downwards on
    the sheet where it is positive, upwards where it is negative.
    """
    x, y, width, height = counter
    step = 24.0
    row = max(int(width // step), 1)
    most = row * max(int(abs(room) // step), 1)
    front = y + height if room > 0 else y
    sign = 1 if room > 0 else -1
    placed = []
    for place in range(min(count, most)):
        down, across = divmod(place, row)
        # Every second row stands a little aside, as people do.
        aside = 6 if down % 2 else 0
        placed.append(
            (x + (across + 0.5) * width / row + aside, front + sign * (step * (down + 0.8)))
        )
    return [_person(ground, px, py) for px, py in placed]


def _person(ground: Ground, x: float, y: float) -> Person:
    foot_x, foot_y = ground.at(x, y)
    head_x, head_y = ground.at(x, y, PERSON)
    wide = 8.5 * ground.scale
    neck = head_y + 5 * ground.scale
    body = (
        f"M{n(foot_x - wide * 0.62)} {n(foot_y)}"
        f"L{n(head_x - wide)} {n(neck + wide)}"
        f"Q{n(head_x)} {n(neck - wide * 0.6)} {n(head_x + wide)} {n(neck + wide)}"
        f"L{n(foot_x + wide * 0.62)} {n(foot_y)}Z"
    )
    return Person(n(head_x), n(head_y), n(6.4 * ground.scale), body, AY * x + BY * y)


@dataclass(frozen=True)
class Callout:
    """A name beside the model with a line to its counter."""

    line: str
    x: str
    y: str
    dot_x: str
    dot_y: str
    is_left: bool


def callouts(
    anchors: Sequence[Point], *, width: float, margin: float, top: float, bottom: float
) -> list[Callout]:
    """Return a place beside the picture for each anchor, in two columns, no line crossing.

    width: of the picture; margin: how far from its edges a line begins. The left half of the
    anchors goes left, the others right; a column fills the height evenly.
    """
    order = sorted(range(len(anchors)), key=lambda key: anchors[key][0])
    half = (len(order) + 1) // 2
    found: dict[int, Callout] = {}
    for is_left, keys in ((True, order[:half]), (False, order[half:])):
        column = sorted(keys, key=lambda key: (anchors[key][1], anchors[key][0]))
        step = (bottom - top) / max(len(column), 1)
        for place, key in enumerate(column):
            y = top + step * (place + 0.5)
            x = margin if is_left else width - margin
            ax, ay = anchors[key]
            knee = x + (16 if is_left else -16)
            line = f"M{n(x)} {n(y)}H{n(knee)}L{n(ax)} {n(ay)}"
            found[key] = Callout(line, n(x), n(y), n(ax), n(ay), is_left)
    return [found[key] for key in range(len(anchors))]
