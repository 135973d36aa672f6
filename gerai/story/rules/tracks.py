"""Where everybody is at every moment of a day. Pure.

A track is a list of points in time; between two of them somebody walks straight, so that each is
at exactly one place at any moment. Moments are seconds since the day's midnight.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from gerai.queue.states import AT_A_COUNTER, State
from gerai.story.rules.house import KIOSK, LIFT, OUTSIDE, House, Spot, nearest
from gerai.story.rules.lives import Life, Stay
from gerai.story.rules.ways import Point, length, way

# Units of the sheet a second, at ease; to a counter one walks within the time that it took.
SPEED = 16.0
LIFT_SECONDS = 8
FROM_THE_DOOR = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a track: who is there at a moment."""

    at: int
    spot: Spot


@dataclass
class Track:
    """A person's way through the day. persons' tickets stand in `lives`, one after the other."""

    lives: tuple[Life, ...]
    marks: list[Mark] = field(default_factory=list)

    @property
    def since(self) -> int:
        """Return when the person is seen first."""
        return self.marks[0].at

    @property
    def until(self) -> int:
        """Return when the person is seen last."""
        return self.marks[-1].at

    def place(self, at: float) -> tuple[float, float, float] | None:
        """Return floor (between two of them in the lift), x and y; None when not in the house."""
        if not self.since <= at < self.until:
            return None
        after = bisect_right(self.marks, at, key=lambda mark: mark.at)
        a, b = self.marks[after - 1], self.marks[after]
        share = (at - a.at) / (b.at - a.at)
        return (
            a.spot.floor + share * (b.spot.floor - a.spot.floor),
            a.spot.x + share * (b.spot.x - a.spot.x),
            a.spot.y + share * (b.spot.y - a.spot.y),
        )


def tracks(house: House, people: Sequence[tuple[Life, ...]], *, until: int) -> list[Track]:
    """Return the track of each person, in their order.

    people: those of `lives.persons`. until: the end of the record.

    A seat has one person. At a counter stands who is called or served there, nobody else: a
    second one, which only a wrong record has, keeps the seat.
    """
    walkers = [_Walker(house, Track(lives)) for lives in people]
    seating = _Seating(house, walkers)
    for at, is_turn, place, stay, agency in sorted(_turns(people), key=lambda turn: turn[:3]):
        walker = walkers[place]
        if not is_turn:
            seating.free(walker)
        elif stay is None:
            walker.leave(at)
        elif stay.state in AT_A_COUNTER and seating.claim(walker, stay.counter):
            within = stay.until - stay.since if stay.state == State.CALLED else None
            walker.go(at, house.table[stay.counter].visitor, within=within)
        elif stay.state not in AT_A_COUNTER or walker.seat is None:
            walker.go(at, seating.seat(walker, agency, stay.counter))
    for walker in walkers:
        walker.stand(until)
    return [walker.track for walker in walkers]


_Turn = tuple[int, bool, int, Stay | None, int]


def _turns(people: Sequence[tuple[Life, ...]]) -> Iterator[_Turn]:
    """Yield what everybody does: moment, does it turn somewhere, whose, to what, agency.

    First of a moment come those who give up a seat or a counter. Turning to None is leaving.
    """
    for place, lives in enumerate(people):
        stays = [(stay, life.agency) for life in lives for stay in life.stays]
        for (stay, agency), after in zip_longest(stays, stays[1:]):
            yield stay.since, True, place, stay, agency
            goes_on = after is not None and after[0].counter == stay.counter
            if stay.state in AT_A_COUNTER and not (goes_on and after[0].state in AT_A_COUNTER):
                yield stay.until, False, place, None, 0
            if after is not None and after[0].since > stay.until:
                # Between two tickets one sits down already where the next one waits.
                yield stay.until, True, place, after[0], after[1]
        if lives[-1].ending is not None:
            yield lives[-1].until, False, place, None, 0
            yield lives[-1].until, True, place, None, 0


class _Walker:
    """A person on the way: the track so far, and what is still to be walked."""

    def __init__(self, house: House, track: Track) -> None:
        self.house, self.track = house, track
        self.seat: Spot | None = None
        self.room = 0
        self.counter = 0
        begins = track.lives[0].since
        kiosk = Spot(0, *KIOSK)
        track.marks = [Mark(begins - FROM_THE_DOOR, Spot(0, *OUTSIDE)), Mark(begins, kiosk)]

    def go(self, at: int, to: Spot, *, within: int | None = None) -> None:
        """Turn to a spot. within: be there after so many seconds, however far it is."""
        marks = self.track.marks
        at = self._cut(at)
        here = marks[-1].spot
        if here == to:
            return
        legs = self._legs(here, to)
        takes = sum(seconds for _spots, seconds in legs)
        hurry = 1.0
        if within is not None:
            # The walk may take all of the time from the call, but is not dawdled over.
            hurry = min(1.0, max(within, 1) / takes)
        spent = 0.0
        for spot, seconds in ((spot, s) for spots, s in legs for spot, s in _split(spots, s)):
            spent += seconds * hurry
            when = max(at + round(spent), marks[-1].at + 1)
            marks.append(Mark(when, spot))

    def leave(self, at: int) -> None:
        """Go out by the door."""
        self.go(at, Spot(0, *OUTSIDE))

    def stand(self, until: int) -> None:
        """Stay where one is until the end of the record, unless one has left."""
        if self.track.lives[-1].ending is None:
            self._cut(until)

    def _cut(self, at: int) -> int:
        """Forget what lies after a moment and stand there; a ride in the lift is ended first.

        Returns the moment from which one can walk on.
        """
        marks = self.track.marks
        at = max(at, marks[0].at)
        if at >= marks[-1].at:
            if at > marks[-1].at:
                marks.append(Mark(at, marks[-1].spot))
            return at
        after = bisect_right(marks, at, key=lambda mark: mark.at)
        a, b = marks[after - 1], marks[after]
        if a.spot.floor != b.spot.floor:
            del marks[after + 1 :]
            return b.at
        share = (at - a.at) / (b.at - a.at)
        x = round(a.spot.x + share * (b.spot.x - a.spot.x))
        y = round(a.spot.y + share * (b.spot.y - a.spot.y))
        del marks[after:]
        if at > a.at:
            marks.append(Mark(at, Spot(a.spot.floor, x, y)))
        return at

    def _legs(self, here: Spot, to: Spot) -> list[tuple[list[Spot], float]]:
        """Return the parts of a way: its spots without the first, and its seconds."""
        if here.floor == to.floor:
            return [self._leg(here.floor, here.point, to.point)]
        return [
            self._leg(here.floor, here.point, LIFT),
            ([Spot(to.floor, *LIFT)], float(LIFT_SECONDS * abs(here.floor - to.floor))),
            self._leg(to.floor, LIFT, to.point),
        ]

    def _leg(self, floor: int, start: Point, end: Point) -> tuple[list[Spot], float]:
        found = way(start, end, self.house.boxes[floor])
        spots = [Spot(floor, start[0], start[1]), *(Spot(floor, x, y) for x, y in found[1:])]
        return spots, max(length(found) / SPEED, 1.0)


def _split(spots: list[Spot], seconds: float) -> list[tuple[Spot, float]]:
    """Share the seconds of a leg out over its parts; a ride in the lift has one."""
    if len(spots) == 1:
        return [(spots[0], seconds)]
    parts = [length([a.point, b.point]) for a, b in pairwise(spots)]
    whole = sum(parts) or 1.0
    return [(spot, seconds * part / whole) for spot, part in zip(spots[1:], parts, strict=True)]


class _Seating:
    """Which seats are free, and who stands at which counter."""

    def __init__(self, house: House, walkers: Sequence[_Walker]) -> None:
        self.house = house
        most = _most_waiting(house, [walker.track.lives for walker in walkers])
        self.seats = {room.key: house.seats(room, most[room.key]) for room in house.rooms}
        self.taken: dict[int, set[Spot]] = defaultdict(set)
        self.at: dict[int, _Walker] = {}

    def free(self, walker: _Walker) -> None:
        """Let somebody give up seat and counter."""
        if walker.seat is not None:
            self.taken[walker.room].discard(walker.seat)
            walker.seat = None
        if self.at.get(walker.counter) is walker:
            del self.at[walker.counter]
        walker.counter = 0

    def claim(self, walker: _Walker, counter: int) -> bool:
        """Give a counter to somebody, if it is on the plan and nobody else stands there."""
        if counter not in self.house.table or self.at.get(counter, walker) is not walker:
            return False
        if walker.counter != counter:
            self.free(walker)
            self.at[counter] = walker
            walker.counter = counter
        return True

    def seat(self, walker: _Walker, agency: int, counter: int) -> Spot:
        """Return a free seat as near as can be; one keeps the seat that one has in the zone."""
        room, front = self.house.waiting_place(agency, counter)
        if walker.seat is not None and walker.room == room:
            return walker.seat
        self.free(walker)
        everything = self.seats[room]
        free = [spot for spot in everything if spot not in self.taken[room]]
        walker.seat = nearest(free or everything, front)
        walker.room = room
        self.taken[room].add(walker.seat)
        return walker.seat


def _most_waiting(house: House, people: Sequence[tuple[Life, ...]]) -> dict[int, int]:
    """Return how many seats each zone needs at its fullest moment."""
    changes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for lives in people:
        for life in lives:
            for stay in life.stays:
                room, _front = house.waiting_place(life.agency, stay.counter)
                changes[room] += [(stay.since, 1), (stay.until, -1)]
    found = {room.key: 0 for room in house.rooms}
    for room, each in changes.items():
        now = 0
        for _at, change in sorted(each):
            now += change
            found[room] = max(found[room], now)
    return found
