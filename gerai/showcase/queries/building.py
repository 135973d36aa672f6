"""The mall as a house: whose it is, who sits on which floor, who waits there now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from gerai.directory import queries as directory
from gerai.directory.models import Agency, AgencyKind, Counter, Floor, Service
from gerai.queue.queries.boards import Board, board
from gerai.showcase.measures import shared_out
from gerai.showcase.shape import n
from gerai.showcase.shape.river import Stream, streams
from gerai.story.shape.axonometry import (
    BLOCK,
    SHEET_HEIGHT,
    THICK,
    Anchor,
    Callout,
    Ground,
    Person,
    Solid,
    callouts,
    grounds,
    people,
    solid,
)
from gerai.website.queries.floors import FloorNow, Seat, Target, floors_now

# The picture of the model.
WIDE, HIGH = 476.0, 356.0
# The picture with names on both sides of it.
NAMES_WIDE, NAMES_HIGH, NAMES_MARGIN = 736.0, 344.0, 164.0
RIVER_WIDE, RIVER_HIGH, RIVER_EDGE, RIVER_CORE = 736.0, 300.0, 176.0, 120.0
ROOM_BEFORE_A_COUNTER = 150.0
BUSIEST_SHOWN = 7
MOST_NAMES = 30

OTHER_KIND = _("Instansi lain")
# A kind's colour, by its place in the list of kinds.
KIND_TONES: Final = ("a", "b", "c", "d", "e", "f", "g")


@dataclass(frozen=True)
class Kind:
    """The agencies of one kind."""

    name: object
    tone: str
    agencies: tuple[Agency, ...]


@dataclass(frozen=True)
class Ribbon:
    """An agency that flows into the house."""

    agency: Agency
    services: int
    tone: str
    stream: Stream


@dataclass(frozen=True)
class Organisation:
    """Every agency by its kind."""

    kinds: tuple[Kind, ...]
    ribbons: tuple[Ribbon, ...]
    services: int
    left_out: int

    @property
    def agencies(self) -> int:
        """Return how many agencies there are."""
        return sum(len(kind.agencies) for kind in self.kinds)


def organisation() -> Organisation:
    """Return every active agency by kind, and the drawing in which they flow together."""
    agencies = list(Agency.objects.filter(is_active=True).order_by("short_name", "pk"))
    services: dict[int, int] = defaultdict(int)
    for key in Service.objects.filter(is_active=True).values_list("agency_id", flat=True):
        services[key] += 1
    kinds = _kinds(agencies)
    flowing = [(agency, kind.tone) for kind in kinds for agency in kind.agencies][:MOST_NAMES]
    drawn = streams(
        [services[agency.pk] for agency, _tone in flowing],
        width=RIVER_WIDE,
        height=RIVER_HIGH,
        edge=RIVER_EDGE,
        core=RIVER_CORE,
    )
    return Organisation(
        kinds=kinds,
        ribbons=tuple(
            Ribbon(agency, services[agency.pk], tone, stream)
            for (agency, tone), stream in zip(flowing, drawn, strict=True)
        ),
        services=sum(services[agency.pk] for agency in agencies),
        left_out=len(agencies) - len(flowing),
    )


def tones() -> dict[str, str]:
    """Return the colour of each kind of agency."""
    return dict(zip([*AgencyKind.values, ""], KIND_TONES, strict=True))


def _kinds(agencies: Sequence[Agency]) -> tuple[Kind, ...]:
    by_kind: dict[str, list[Agency]] = defaultdict(list)
    for agency in agencies:
        by_kind[agency.kind].append(agency)
    names: list[tuple[str, object]] = [*AgencyKind.choices, ("", OTHER_KIND)]
    tone = tones()
    return tuple(
        Kind(name, tone[kind], tuple(by_kind[kind])) for kind, name in names if by_kind[kind]
    )


@dataclass(frozen=True)
class DrawnZone:
    """A zone that lies on its floor, with its name written on it."""

    outline: str
    code: str
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class DrawnCounter:
    """A counter as a block of the model, with the people before it."""

    key: int
    code: str
    names: str
    box: Solid
    tone: str
    code_x: str
    code_y: str
    people: tuple[Person, ...]
    are_behind: bool
    waiting: int
    is_serving: bool
    callout: Callout | None = None


@dataclass(frozen=True)
class DrawnFloor:
    """A floor of the model."""

    name: str
    slab: Solid
    lying: str
    name_x: str
    name_y: str
    zones: tuple[DrawnZone, ...]
    counters: tuple[DrawnCounter, ...]


@dataclass(frozen=True)
class FloorList:
    """What a floor holds, in words: each zone with its counters and agencies."""

    floor: Floor
    zones: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class House:
    """The model with names: who sits where in the course of a week."""

    floors: tuple[DrawnFloor, ...]
    lists: tuple[FloorList, ...]
    counters: int
    agencies: int


def house() -> House:
    """Return the model of the building with every counter's agencies written beside it."""
    plans = [directory.floor_plan(floor) for floor in directory.floors()]
    plans = [plan for plan in plans if plan.zones]
    tone = tones()
    drawn, anchors = [], []
    stands = grounds(len(plans), width=NAMES_WIDE - 2 * NAMES_MARGIN, height=NAMES_HIGH, apart=0.8)
    stands = [Ground(each.left + NAMES_MARGIN, each.top, each.scale) for each in stands]
    for plan, ground in zip(plans, stands, strict=True):
        blocks = []
        for place in plan.counters:
            if not place.counter.is_active or not place.agencies:
                continue
            names = " · ".join(agency.short_name for agency in place.agencies)
            block = _counter(ground, place.counter, names, tone[place.agencies[0].kind])
            blocks.append(block)
            anchors.append(_anchor(ground, place.counter, plan.floor.number))
        drawn.append(_floor(ground, plan.floor, plan.zones, blocks))
    told = callouts(anchors, width=NAMES_WIDE, margin=NAMES_MARGIN - 6, top=6, bottom=NAMES_HIGH)
    places = iter(told)
    floors = tuple(_with_callouts(floor, [next(places) for _ in floor.counters]) for floor in drawn)
    seated = {agency.pk for plan in plans for each in plan.counters for agency in each.agencies}
    return House(
        floors=tuple(_in_depth(floor) for floor in floors),
        lists=tuple(
            FloorList(
                plan.floor,
                tuple(
                    (
                        f"{zone.code} · {zone.name}",
                        tuple(
                            (
                                each.counter.code,
                                ", ".join(agency.short_name for agency in each.agencies),
                            )
                            for each in plan.counters
                            if each.counter.zone_id == zone.pk and each.agencies
                        ),
                    )
                    for zone in plan.zones
                ),
            )
            for plan in plans
        ),
        counters=len(anchors),
        agencies=len(seated),
    )


@dataclass(frozen=True)
class Crowd:
    """An agency in whose lines people wait now."""

    agency: Agency
    waiting: int
    seat: Seat
    share: int


@dataclass(frozen=True)
class QueueNow:
    """The model at this moment."""

    at: datetime
    floors: tuple[DrawnFloor, ...]
    busiest: tuple[Crowd, ...]
    waiting: int
    serving: int
    counters_open: int
    counters: int
    done: int
    lists: tuple[FloorNow, ...]


def queue_now(moment: datetime) -> QueueNow:
    """Return who waits and is served now, drawn before the counters, and in words."""
    now = board()
    floors = floors_now(moment, Target()).floors
    seats = [seat for floor in floors for seat in floor.seats]
    before = _people_before(now, seats)
    serving = {each.counter.pk for each in now.counters if each.state in {"serving", "called"}}
    stands = grounds(len(floors), width=WIDE, height=HIGH, apart=0.8)
    drawn = []
    for floor, ground in zip(floors, stands, strict=True):
        blocks = [
            _counter(
                ground,
                seat.counter,
                seat.line,
                seat.state,
                before=before.get(seat.counter.pk, 0),
                is_serving=seat.counter.pk in serving,
                room=_room(seat.counter, floor),
            )
            for seat in floor.seats
        ]
        zones = [zone.zone for zone in floor.zones]
        drawn.append(_in_depth(_floor(ground, floor.floor, zones, blocks)))
    return QueueNow(
        at=moment,
        floors=tuple(drawn),
        busiest=_busiest(now, seats),
        waiting=now.waiting,
        serving=len(serving),
        counters_open=sum(seat.is_open for seat in seats),
        counters=len(seats),
        done=sum(line.done for line in now.lines),
        lists=floors,
    )


def waiting_by_agency(now: Board) -> dict[int, int]:
    """Return how many wait for each agency, by its key."""
    waiting: dict[int, int] = defaultdict(int)
    for line in now.lines:
        waiting[line.line.agency_id] += line.waiting
    return waiting


def _people_before(now: Board, seats: Sequence[Seat]) -> dict[int, int]:
    """Share the people of each agency out over its counters, the open ones if there are any."""
    before: dict[int, int] = defaultdict(int)
    for key, waiting in waiting_by_agency(now).items():
        own = [seat for seat in seats if any(agency.pk == key for agency in seat.agencies)]
        desks = [seat for seat in own if seat.is_open] or own
        for seat, count in zip(desks, shared_out(waiting, len(desks)), strict=True):
            before[seat.counter.pk] += count
    return before


def _busiest(now: Board, seats: Sequence[Seat]) -> tuple[Crowd, ...]:
    waiting = waiting_by_agency(now)
    agencies = {agency.pk: (agency, seat) for seat in seats for agency in seat.agencies}
    found = sorted(
        ((count, key) for key, count in waiting.items() if count and key in agencies),
        key=lambda each: (-each[0], agencies[each[1]][0].short_name),
    )
    most = found[0][0] if found else 1
    return tuple(
        Crowd(agencies[key][0], count, agencies[key][1], round(100 * count / most))
        for count, key in found[:BUSIEST_SHOWN]
    )


def _room(counter: Counter, floor: FloorNow) -> float:
    """Return how far the people before a counter may stand: into the longer part of its zone."""
    zone = next(each.zone for each in floor.zones if each.zone.pk == counter.zone_id)
    above = counter.y - zone.y
    below = zone.y + zone.height - counter.y - counter.height
    return float(below) if below >= above else -float(above)


def _counter(
    ground: Ground,
    counter: Counter,
    names: str,
    tone: str,
    *,
    before: int = 0,
    is_serving: bool = False,
    room: float = ROOM_BEFORE_A_COUNTER,
) -> DrawnCounter:
    at = (float(counter.x), float(counter.y), float(counter.width), float(counter.height))
    code_x, code_y = ground.at(at[0] + at[2] / 2, at[1] + at[3] / 2, BLOCK)
    return DrawnCounter(
        key=counter.pk,
        code=counter.code,
        names=names,
        box=solid(ground, *at, z=0, up=BLOCK),
        tone=tone,
        code_x=n(code_x),
        code_y=n(code_y),
        people=tuple(people(ground, counter=at, count=before, room=room, is_serving=is_serving)),
        are_behind=room < 0,
        waiting=before,
        is_serving=is_serving,
    )


def _anchor(ground: Ground, counter: Counter, storey: int) -> Anchor:
    """Return where the line to a counter's names ends: at the edge that is nearer to them."""
    is_front = counter.y + counter.height / 2 >= SHEET_HEIGHT / 2
    middle = counter.x + counter.width / 2
    if is_front:
        at = ground.at(middle, counter.y + counter.height, BLOCK / 2)
    else:
        at = ground.at(middle, counter.y, BLOCK)
    return Anchor(at, storey, middle, is_front)


def _floor(
    ground: Ground, floor: Floor, zones: Sequence[object], blocks: Sequence[DrawnCounter]
) -> DrawnFloor:
    name_x, name_y = ground.at(16, 640)
    return DrawnFloor(
        name=floor.name,
        slab=solid(ground, 0, 0, 1000, 600, z=-THICK, up=THICK),
        lying=ground.lying,
        name_x=n(name_x),
        name_y=n(name_y),
        zones=tuple(_zone(ground, zone) for zone in zones),
        counters=tuple(blocks),
    )


def _zone(ground: Ground, zone: object) -> DrawnZone:
    row = zone
    x, y, width, height = (getattr(row, name) for name in ("x", "y", "width", "height"))
    box = solid(ground, x, y, width, height, z=0, up=0)
    return DrawnZone(
        outline=box.top,
        code=str(getattr(row, "code", "")),
        name=str(getattr(row, "name", "")),
        x=x + 12,
        y=y + height // 2,
    )


def _with_callouts(floor: DrawnFloor, told: Sequence[Callout]) -> DrawnFloor:
    counters = [
        DrawnCounter(**{**counter.__dict__, "callout": callout})
        for counter, callout in zip(floor.counters, told, strict=True)
    ]
    return DrawnFloor(**{**floor.__dict__, "counters": tuple(counters)})


def _in_depth(floor: DrawnFloor) -> DrawnFloor:
    """Return a floor with its counters from the back to the front, as they hide each other."""
    counters = tuple(sorted(floor.counters, key=lambda counter: counter.box.depth))
    return DrawnFloor(**{**floor.__dict__, "counters": counters})


def counters_in_use() -> int:
    """Return how many counters the mall uses."""
    return Counter.objects.filter(is_active=True).count()
