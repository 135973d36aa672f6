"""The house as people walk through it: door, counters, and where they sit and wait. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot

from gerai.story.rules.ways import Box, Point

# Outside the door, the machine that gives numbers, and the lift, on the sheet of a floor.
OUTSIDE: Point = (500.0, 668.0)
KIOSK: Point = (500.0, 584.0)
LIFT: Point = (-26.0, 584.0)
# From a counter's edge to the one who is served, and to the officer; who stands before its sign
# stands aside, so that one can read it.
AT_COUNTER = 19.0
OFFICER = 13.0
ASIDE = 0.98
# How far apart people sit: the widest at which all find a seat.
APART = (27.0, 22.0, 18.0, 14.0, 11.0, 8.0)
EDGE = 13.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a floor. floor: 0 for the lowest."""

    floor: int
    x: float
    y: float

    @property
    def point(self) -> Point:
        """Return its place on the sheet."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Room:
    """A zone. label: from where to where, downwards, its name is written."""

    key: int
    floor: int
    box: Box
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A counter in a zone. below: visitors stand below it on the sheet, else above."""

    key: int
    room: int
    floor: int
    box: Box
    below: bool

    @property
    def visitor(self) -> Spot:
        """Return where the one who is served stands."""
        return self._beside(AT_COUNTER, below=self.below)

    @property
    def officer(self) -> Spot:
        """Return where its officer sits."""
        return self._beside(OFFICER, below=not self.below)

    def _beside(self, away: float, *, below: bool) -> Spot:
        y = self.box.y + self.box.height + away if below else self.box.y - away
        return Spot(self.floor, self.box.x + self.box.width * (ASIDE if below else 0.5), y)


@dataclass(frozen=True)
class House:
    """The floors with their zones and counters. agencies: agency → its counters today."""

    floors: int
    rooms: tuple[Room, ...]
    tables: tuple[Table, ...]
    agencies: dict[int, tuple[int, ...]]

    @cached_property
    def table(self) -> dict[int, Table]:
        """Return the counters by key."""
        return {table.key: table for table in self.tables}

    @cached_property
    def room(self) -> dict[int, Room]:
        """Return the zones by key."""
        return {room.key: room for room in self.rooms}

    @cached_property
    def boxes(self) -> list[tuple[Box, ...]]:
        """Return what stands in the way, floor by floor."""
        return [
            tuple(table.box for table in self.tables if table.floor == floor)
            for floor in range(self.floors)
        ]

    def waiting_place(self, agency: int, counter: int = 0) -> tuple[int, Point]:
        """Return in which zone people wait for an agency, and what they want to be near.

        It is the zone with most of the agency's counters; without any, that of `counter`, or
        the first one.
        """
        own = [self.table[key] for key in self.agencies.get(agency, ()) if key in self.table]
        if not own and counter in self.table:
            own = [self.table[counter]]
        if not own:
            box = self.rooms[0].box
            return self.rooms[0].key, (box.x + box.width / 2, box.y + box.height / 2)
        rooms = [table.room for table in own]
        room = max(dict.fromkeys(rooms), key=rooms.count)
        there = [table.visitor for table in own if table.room == room]
        return room, (
            sum(spot.x for spot in there) / len(there),
            sum(spot.y for spot in there) / len(there),
        )

    def seats(self, room: Room, wanted: int) -> list[Spot]:
        """Return seats of a zone, so many at least where they find room, else as many as do."""
        found: list[Spot] = []
        for apart in APART:
            found = self._seats(room, apart)
            if len(found) >= wanted:
                break
        middle = room.box.x + room.box.width / 2, room.box.y + room.box.height / 2
        return found or [Spot(room.floor, *middle)]

    def _seats(self, room: Room, apart: float) -> list[Spot]:
        box = room.box
        across = max(int((box.width - 2 * EDGE) // apart), 0) + 1
        down = max(int((box.height - 2 * EDGE) // apart), 0) + 1
        left = box.x + (box.width - (across - 1) * apart) / 2
        top = box.y + (box.height - (down - 1) * apart) / 2
        tables = [table for table in self.tables if table.floor == room.floor]
        spots = [
            Spot(room.floor, left + apart * column, top + apart * row)
            for row in range(down)
            for column in range(across)
        ]
        return [spot for spot in spots if _is_seat(spot, room, tables)]


def nearest(spots: Sequence[Spot], to: Point) -> Spot:
    """Return the spot that is nearest to a point."""
    return min(spots, key=lambda spot: (hypot(spot.x - to[0], spot.y - to[1]), spot.y, spot.x))


def _is_seat(spot: Spot, room: Room, tables: Sequence[Table]) -> bool:
    """Tell whether a seat hides neither the zone's name nor a counter and who stands there."""
    begins, ends = room.label
    if begins < spot.y < ends:
        return False
    return not any(
        table.box.holds(spot.point, 15.0)
        or table.box.holds((spot.x, spot.y - (38.0 if table.below else -38.0)), 14.0)
        for table in tables
    )
