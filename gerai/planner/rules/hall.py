"""A day of a mall played out, event by event: who is called when, where, and who leaves.

Whoever comes is drawn before the day begins, with all their times: so two plans can be compared on
the very same people, and a recorded log is played by the same rules as a drawn one. Pure: seconds
from the opening; the clock and its list of events are SimPy's.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final, NamedTuple

from simpy import Environment

SERVED, LEFT, ABSENT, UNSERVED = "served", "left", "absent", "unserved"
PRIORITIES_IN_A_ROW: Final = 3
ABSENT_S: Final = 60.0


class Visitor(NamedTuple):
    """Somebody who comes. steps: (service, seconds of service) in their order.

    at: before nought for those who stand there already when the day begins. patience_s: how
    long they wait in one line before they leave. is_counted: False for those who only fill the
    hall, as at the beginning of a day that is already running.
    """

    at: float
    steps: tuple[tuple[str, float], ...]
    is_priority: bool = False
    shows_up: bool = True
    patience_s: float = inf
    is_counted: bool = True


class Turn(NamedTuple):
    """One wait and what came of it; called and ended are the moment of leaving where uncalled."""

    visitor: Visitor
    service: str
    counter: str
    joined: float
    called: float
    ended: float
    outcome: str

    @property
    def waited_s(self) -> float:
        """Return how long they stood in the line."""
        return self.called - self.joined


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter: what its officer can do, and when somebody sits there; breaks are the gaps.

    A service that has begun is ended before a break. shifts: (from, to), in order.
    """

    name: str
    services: frozenset[str]
    shifts: tuple[tuple[float, float], ...] = ((0.0, inf),)

    @property
    def staffed_s(self) -> float:
        """Return how long somebody sits there."""
        return sum(end - begin for begin, end in self.shifts)


@dataclass(frozen=True, slots=True)
class House:
    """How people are called.

    in_a_row: so many priority visitors may be called in a row while others wait. absent_s: time
    of the counter that somebody costs who does not come when called. serves_all: the counters
    that stay longest for a service go on until nobody waits for it.
    """

    in_a_row: int = PRIORITIES_IN_A_ROW
    absent_s: float = ABSENT_S
    serves_all: bool = True


USUAL: Final = House()


@dataclass(slots=True, eq=False)
class _Desk:
    counter: Counter
    group: "_Group"
    is_here: bool = False
    is_busy: bool = False
    row: int = 0


@dataclass(slots=True, eq=False)
class _Group:
    """Desks that can do the same. idle: who is free, longest first; some may have left since."""

    lines: tuple["_Line", ...]
    idle: deque[_Desk] = field(default_factory=deque)

    def free(self) -> _Desk | None:
        while self.idle:
            desk = self.idle.popleft()
            if desk.is_here and not desk.is_busy:
                return desk
        return None


class _Place(NamedTuple):
    visitor: Visitor
    step: int
    joined: float
    leaves: float


@dataclass(slots=True, eq=False)
class _Line:
    """Who waits for a service. groups: who can do it, the most specialised first."""

    service: str
    groups: list[_Group] = field(default_factory=list)
    ordinary: deque[_Place] = field(default_factory=deque)
    priority: deque[_Place] = field(default_factory=deque)


def play(
    people: Iterable[Visitor], counters: Sequence[Counter], house: House = USUAL
) -> list[Turn]:
    """Return every wait of a day, each when the hall noticed its end.

    Called is who has priority, then who came first, among all that a counter can do. A free
    counter that can do little is taken before one that can do much, then the one free longest.

    :raises LookupError: somebody wants a service that no counter does
    """
    return _Hall(counters, house).play(sorted(people, key=lambda each: each.at))


class _Hall:
    def __init__(self, counters: Sequence[Counter], house: House) -> None:
        self.house = house
        self.env = Environment()
        self.turns: list[Turn] = []
        self.lines: dict[str, _Line] = {}
        self.desks: list[_Desk] = []
        groups: dict[frozenset[str], _Group] = {}
        for counter in counters:
            if counter.services not in groups:
                lines = [
                    self.lines.setdefault(service, _Line(service))
                    for service in sorted(counter.services)
                ]
                groups[counter.services] = group = _Group(tuple(lines))
                for line in lines:
                    line.groups.append(group)
            self.desks.append(_Desk(counter, groups[counter.services]))
        for line in self.lines.values():
            line.groups.sort(key=lambda group: len(group.lines))
        self.latest: dict[str, float] = {}
        for counter in counters:
            for service in counter.services:
                ends = [end for _begin, end in counter.shifts]
                self.latest[service] = max([self.latest.get(service, 0.0), *ends])

    def play(self, people: Sequence[Visitor]) -> list[Turn]:
        for desk in self.desks:
            for begin, end in desk.counter.shifts:
                self._at(begin, self._sits_down, desk)
                if end < inf and not (self.house.serves_all and self._stays(desk.counter, end)):
                    self._at(end, self._gets_up, desk)
        coming = iter(people)
        first = next(coming, None)
        if first is not None:
            self._comers = coming
            self._at(first.at, self._comes, first)
        self.env.run()
        for line in self.lines.values():
            for place in (*line.priority, *line.ordinary):
                self._leaves(line, place, LEFT if place.leaves < inf else UNSERVED)
        return self.turns

    def _stays(self, counter: Counter, end: float) -> bool:
        """Tell whether nobody who does one of its services sits there any longer than that."""
        return any(self.latest[service] <= end for service in counter.services)

    def _at(self, moment: float, then: Callable[[Any], None], what: object) -> None:
        event = self.env.timeout(max(0.0, moment - self.env.now), what)
        event.callbacks.append(then)

    def _sits_down(self, event: Any) -> None:
        desk: _Desk = event.value
        desk.is_here = True
        if not desk.is_busy:
            self._next(desk)

    def _gets_up(self, event: Any) -> None:
        event.value.is_here = False

    def _comes(self, event: Any) -> None:
        visitor: Visitor = event.value
        following = next(self._comers, None)
        if following is not None:
            self._at(following.at, self._comes, following)
        self._joins(visitor, 0)

    def _joins(self, visitor: Visitor, step: int) -> None:
        line = self.lines[visitor.steps[step][0]]
        now = self.env.now
        joined = now if step or visitor.at >= 0 else visitor.at
        place = _Place(visitor, step, joined, now + visitor.patience_s)
        for group in line.groups:
            desk = group.free()
            if desk is not None:
                self._call(desk, line, place)
                return
        (line.priority if visitor.is_priority else line.ordinary).append(place)

    def _call(self, desk: _Desk, line: _Line, place: _Place) -> None:
        visitor, step, _joined, _leaves = place
        desk.is_busy = True
        desk.row = desk.row + 1 if visitor.is_priority else 0
        took = visitor.steps[step][1] if visitor.shows_up else self.house.absent_s
        ending = self.env.timeout(took, (desk, line, place, self.env.now))
        ending.callbacks.append(self._ends)

    def _ends(self, event: Any) -> None:
        desk, line, place, called = event.value
        visitor, step, joined, _leaves = place
        outcome = SERVED if visitor.shows_up else ABSENT
        name = desk.counter.name
        self.turns.append(Turn(visitor, line.service, name, joined, called, self.env.now, outcome))
        desk.is_busy = False
        if visitor.shows_up and step + 1 < len(visitor.steps):
            self._joins(visitor, step + 1)
        if desk.is_here and not desk.is_busy:
            self._next(desk)

    def _next(self, desk: _Desk) -> None:
        found: tuple[_Line, deque[_Place]] | None = None
        best = (True, inf)
        is_turn_of_others = desk.row >= self.house.in_a_row
        for line in desk.group.lines:
            for row, is_later in (
                (line.priority, is_turn_of_others),
                (line.ordinary, not is_turn_of_others),
            ):
                if row:
                    self._forget_who_left(line, row)
                if row and (is_later, row[0].joined) < best:
                    best, found = (is_later, row[0].joined), (line, row)
        if found is None:
            desk.group.idle.append(desk)
        else:
            self._call(desk, found[0], found[1].popleft())

    def _forget_who_left(self, line: _Line, row: deque[_Place]) -> None:
        """Take those out of a line whose patience has ended: nobody else noticed until now."""
        now = self.env.now
        while row and row[0].leaves < now:
            self._leaves(line, row.popleft(), LEFT)

    def _leaves(self, line: _Line, place: _Place, outcome: str) -> None:
        left = place.leaves if outcome == LEFT else self.env.now
        self.turns.append(Turn(place.visitor, line.service, "", place.joined, left, left, outcome))
