"""The house as a drawing: what stands still, and everybody at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass

from gerai.queue.states import AT_A_COUNTER
from gerai.story.queries.records import Record, Sitting
from gerai.story.rules.day import Span, served
from gerai.story.rules.house import KIOSK, LIFT, OUTSIDE
from gerai.story.rules.lives import Life
from gerai.story.shape import n
from gerai.story.shape.axonometry import (
    AX,
    AY,
    BLOCK,
    BY,
    THICK,
    Ground,
    Person,
    Solid,
    grounds,
    height_of,
    person,
    points,
    solid,
)
from gerai.website.plan import fitted

WIDTH = 1000.0
APART = 0.8
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_UP, MARGIN_DOWN = 46.0, 14.0, 6.0, 14.0
LOW = 8.0
# A letter of a sign, and the part of a counter's front that it has.
LETTER_WIDTH, SIGN = 5.6, 0.72
LIFT_HALF = 22.0


@dataclass(frozen=True)
class ZonePicture:
    """A zone that lies on its floor."""

    outline: str
    code: str
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class CounterPicture:
    """A counter: as it stands when it is open, and when it is shut. names: who sits there."""

    key: int
    code: str
    names: str
    floor: int
    tall: Solid
    low: Solid
    code_lies: str
    code_lies_low: str
    code_x: str
    code_y: str
    sign_hangs: str
    officer: tuple[float, float]


@dataclass(frozen=True)
class FloorPicture:
    """A floor: its slab, what is written on it, its counters."""

    name: str
    slab: Solid
    lying: str
    zones: tuple[ZonePicture, ...]


@dataclass(frozen=True)
class HousePicture:
    """What stands still. view: the viewBox; figure: a person at the origin."""

    view: str
    size: tuple[float, float, float, float]
    grounds: tuple[Ground, ...]
    floors: tuple[FloorPicture, ...]
    counters: tuple[CounterPicture, ...]
    figure: Person
    porch: Solid
    door: str
    door_lies: str
    kiosk: Solid
    lift: str


def house_picture(record: Record) -> HousePicture:
    """Return the house of a day."""
    plan = record.plan
    count = len(plan.floors)
    height = height_of(count, width=WIDTH, apart=APART)
    stands = grounds(count, width=WIDTH, height=height, apart=APART)
    size = (
        -MARGIN_LEFT,
        -MARGIN_UP,
        WIDTH + MARGIN_LEFT + MARGIN_RIGHT,
        height + MARGIN_UP + MARGIN_DOWN,
    )
    x, _y = OUTSIDE
    first = stands[0]
    mat = [(x - 34, 606), (x + 34, 606), (x + 34, 640), (x - 34, 640)]
    return HousePicture(
        view=" ".join(n(number) for number in size),
        size=size,
        grounds=tuple(stands),
        floors=tuple(
            FloorPicture(
                name=floor.name,
                slab=solid(ground, 0, 0, 1000, 600, z=-THICK, up=THICK),
                lying=ground.lying,
                zones=tuple(
                    ZonePicture(
                        outline=solid(
                            ground, zone.x, zone.y, zone.width, zone.height, z=0, up=0
                        ).top,
                        code=zone.code,
                        name=zone.name,
                        x=zone.x + 14,
                        y=round(sum(plan.house.room[zone.pk].label) / 2),
                    )
                    for zone in floor.zones
                ),
            )
            for floor, ground in zip(plan.floors, stands, strict=True)
        ),
        counters=tuple(_counters(record, stands)),
        figure=person(Ground(0, 0, first.scale), 0, 0, is_served=False),
        porch=solid(first, x - 60, 600, 120, 88, z=-THICK, up=THICK),
        door=points([first.at(*corner) for corner in mat]),
        door_lies=first.lying,
        kiosk=solid(first, KIOSK[0] + 16, KIOSK[1] - 9, 16, 12, z=0, up=34),
        lift=_lift(stands) if count > 1 else "",
    )


def _lift(stands: list[Ground]) -> str:
    """Return the shaft that joins the lowest and the highest floor."""
    x, y = LIFT
    left, right = (x - LIFT_HALF * 0.55, y), (x + LIFT_HALF * 0.55, y)
    return points(
        [
            stands[0].at(*left),
            stands[0].at(*right),
            stands[-1].at(*right, 40),
            stands[-1].at(*left, 40),
        ]
    )


def _counters(record: Record, stands: list[Ground]) -> Iterator[CounterPicture]:
    plan = record.plan
    for storey, floor in enumerate(plan.floors):
        ground = stands[storey]
        for counter in floor.counters:
            at = (float(counter.x), float(counter.y), float(counter.width), float(counter.height))
            names = [agency.short_name for agency in plan.sits[counter.pk]]
            officer = plan.house.table[counter.pk].officer
            yield CounterPicture(
                key=counter.pk,
                code=counter.code,
                names=fitted(names, max(int(counter.width * SIGN / LETTER_WIDTH), 4)),
                floor=storey,
                tall=solid(ground, *at, z=0, up=BLOCK),
                low=solid(ground, *at, z=0, up=LOW),
                code_lies=_raised(ground, BLOCK).lying,
                code_lies_low=_raised(ground, LOW).lying,
                code_x=n(at[0] + at[2] / 2),
                code_y=n(at[1] + at[3] / 2),
                sign_hangs=_hanging(ground, at[0], at[1] + at[3]),
                officer=(officer.x, officer.y),
            )


def _raised(ground: Ground, z: float) -> Ground:
    return Ground(ground.left, ground.top - ground.scale * z, ground.scale)


def _hanging(ground: Ground, x: float, y: float) -> str:
    """Return the transform that hangs a text on the front of a block, from its upper corner."""
    s = ground.scale
    left, top = ground.at(x, y, BLOCK)
    numbers = (s * AX, s * AY, 0.0, s, left, top)
    return f"matrix({' '.join(f'{number:.4f}' for number in numbers)})"


@dataclass(frozen=True)
class Thing:
    """A person or a counter of a still, in the order in which they hide each other.

    look: of a person the state, of a counter "open", "serving", "paused" or "shut".
    """

    look: str
    x: str = ""
    y: str = ""
    counter: CounterPicture | None = None


@dataclass(frozen=True)
class Still:
    """Everybody at one moment. storeys: what stands on each floor, from the back."""

    at: int
    waiting: int
    serving: int
    served: int
    open: int
    storeys: tuple[tuple[Thing, ...], ...]
    riding: tuple[Thing, ...]


def counter_state(sitting: Sitting | None, at: float, *, is_serving: bool) -> str:
    """Return how a counter stands at a moment."""
    if is_serving:
        return "serving"
    if sitting is None or not _within(sitting.open, at):
        return "shut"
    return "paused" if _within(sitting.paused, at) else "open"


def _within(spans: tuple[Span, ...], at: float) -> bool:
    return any(since <= at < until for since, until in spans)


def still(record: Record, picture: HousePicture, at: int) -> Still:
    """Return the drawing of a moment. Who is on the way out is drawn, but counted no more."""
    storeys: list[list[tuple[float, Thing]]] = [[] for _floor in picture.floors]
    riding: list[Thing] = []
    busy = set()
    for track in record.tracks:
        place = track.place(at)
        if place is None:
            continue
        state, counter = _state(track.lives, at)
        if state in AT_A_COUNTER:
            busy.add(counter)
        floor, x, y = place
        lower = int(floor)
        share = floor - lower
        foot = picture.grounds[lower].at(x, y)
        if share:
            above = picture.grounds[lower + 1].at(x, y)
            foot = (foot[0], foot[1] + share * (above[1] - foot[1]))
            riding.append(Thing(state, n(foot[0]), n(foot[1])))
        else:
            storeys[lower].append((AY * x + BY * y, Thing(state, n(foot[0]), n(foot[1]))))
    opened = 0
    for drawn in picture.counters:
        look = counter_state(record.sittings.get(drawn.key), at, is_serving=drawn.key in busy)
        opened += look in {"open", "serving"}
        storeys[drawn.floor].append((drawn.tall.depth, Thing(look, counter=drawn)))
        if look in {"open", "serving"}:
            x, y = drawn.officer
            foot = picture.grounds[drawn.floor].at(x, y)
            officer = Thing("officer", n(foot[0]), n(foot[1]))
            storeys[drawn.floor].append((AY * x + BY * y, officer))
    return Still(
        at=at,
        waiting=record.waiting.at(at),
        serving=len(busy),
        served=sum(end <= at for end in served(record.lives)),
        open=opened,
        storeys=tuple(
            tuple(thing for _depth, thing in sorted(each, key=lambda pair: pair[0]))
            for each in storeys
        ),
        riding=tuple(riding),
    )


def _state(lives: tuple[Life, ...], at: float) -> tuple[str, int]:
    """Return what somebody is at a moment, and at which counter."""
    for life in lives:
        for stay in life.stays:
            if stay.since <= at < stay.until:
                return stay.state, stay.counter
    return ("coming" if at < lives[0].since else "done"), 0
