"""What a recorded day would have been under a rule. Pure: people come as they came, desks were
open as they were, each service lasts as it lasted; only who is called when is chosen anew.
"""

import heapq
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from gerai.queue.rules.choosing import Head, LineTurns, after_call, choose
from gerai.queue.rules.document import CallRule
from gerai.queue.rules.waits import Spans, overlap

# What happens at one moment, in this order: a place is free before somebody asks for it.
_DESK_OPENS, _ENDS, _COMES, _LEAVES, _CALLS = range(5)


@dataclass(frozen=True)
class Stage:
    """One coming of a visitor to a counter, in seconds.

    outcome: "done" (also held and resumed, or passed on), "absent" (did not come to the
    counter), "sent" (went on to the counter `to`). back_after: how long an absent one stayed
    away before they reported; None where they did not.
    """

    walking_s: float
    serving_s: float
    outcome: str = "done"
    back_after: float | None = None
    to: str = ""


@dataclass(frozen=True)
class Arrival:
    """Somebody who took a number, with what was recorded of them.

    comes_at: when they stood in the line; arrived_at: what first come first served goes by.
    usual_line: where a visitor of the service stands without a route, if it is another one.
    follows: key of the ticket whose end brings this one into its line. leaves_at: when they
    left the line by themselves. stages: empty for somebody who was never called.
    waited_s: recorded; None for somebody who was never called.
    """

    key: int
    label: str
    line: str
    service: str
    agency: str
    group: str
    language: str
    comes_at: datetime
    arrived_at: datetime
    stages: tuple[Stage, ...] = ()
    usual_line: str = ""
    follows: int | None = None
    leaves_at: datetime | None = None
    waited_s: float | None = None
    called_at: datetime | None = None

    @property
    def is_priority(self) -> bool:
        """Tell whether they are of a priority group."""
        return self.group != "ordinary"


@dataclass(frozen=True)
class Sitting:
    """An officer's time at a counter. readiness: recorded seconds between the moment when the
    counter could call and its call, in their order.
    """

    counter: str
    officer: str
    lines: tuple[str, ...]
    opens: datetime
    closes: datetime
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    readiness: tuple[float, ...] = ()


@dataclass(frozen=True)
class RecordedDay:
    """A day as the step log tells it.

    lines: code → agency; still: when the whole queue stood still; out_of_turn: how many
    calls an officer chose.
    """

    lines: Mapping[str, str]
    arrivals: tuple[Arrival, ...]
    sittings: tuple[Sitting, ...]
    still: Spans = ()
    out_of_turn: int = 0


@dataclass(frozen=True)
class Wait:
    """How long one visitor waited until the call, all their waits together.

    counter: where they were called last, in a simulation.
    """

    key: int
    line: str
    is_priority: bool
    arrived_at: datetime
    called_at: datetime
    waited_s: float
    counter: str = ""


@dataclass(frozen=True)
class Waits:
    """Waits of one group, in seconds.

    passed: how many saw somebody of their line who came later be called before them.
    """

    called: int
    not_called: int
    mean_s: float = 0.0
    median_s: float = 0.0
    p90_s: float = 0.0
    longest_s: float = 0.0
    passed: int = 0


def recorded(day: RecordedDay) -> list[Wait]:
    """Return the waits as they were."""
    return [
        Wait(
            each.key,
            each.line,
            each.is_priority,
            each.arrived_at,
            each.called_at,
            each.waited_s,
        )
        for each in day.arrivals
        if each.waited_s is not None and each.called_at is not None
    ]


def simulated(day: RecordedDay, rule: CallRule) -> list[Wait]:
    """Return the waits as they would have been under a rule.

    Assumed: everybody comes at the same moment, walks and is served as long as recorded,
    whichever counter calls; whoever was never served takes their line's median time; each
    counter is open and pauses as recorded, and calls as promptly as recorded. An officer's
    own choice out of turn is not repeated. Somebody held is served in one go.
    """
    return _Hall(day, rule).play()


def summary(day: RecordedDay, waits: Sequence[Wait]) -> dict[tuple[str, str], Waits]:
    """Return (line, class) → waits; line "" is the whole mall, class "" both classes.

    A line is counted as the day knew it, or as the rule sent people to it.
    """
    entered = {each.key: (each.line, each.is_priority) for each in day.arrivals}
    passed = _passed(waits)
    told: dict[tuple[str, str], list[Wait]] = {}
    called = {each.key for each in waits}
    missing: dict[tuple[str, str], int] = {}
    for wait in waits:
        for key in _parts(wait.line, is_priority=wait.is_priority):
            told.setdefault(key, []).append(wait)
    for ticket, (line, is_priority) in entered.items():
        if ticket not in called:
            for key in _parts(line, is_priority=is_priority):
                missing[key] = missing.get(key, 0) + 1
    return {
        key: _waits(told.get(key, []), missing.get(key, 0), passed)
        for key in sorted({*told, *missing})
    }


def _parts(line: str, *, is_priority: bool) -> Iterator[tuple[str, str]]:
    own = "priority" if is_priority else "ordinary"
    for which in ("", line):
        yield from ((which, ""), (which, own))


def _waits(waits: Sequence[Wait], not_called: int, passed: frozenset[int]) -> Waits:
    if not waits:
        return Waits(0, not_called)
    seconds = sorted(wait.waited_s for wait in waits)
    return Waits(
        called=len(seconds),
        not_called=not_called,
        mean_s=statistics.fmean(seconds),
        median_s=statistics.median(seconds),
        p90_s=seconds[max(0, -(-len(seconds) * 9 // 10) - 1)],
        longest_s=seconds[-1],
        passed=sum(wait.key in passed for wait in waits),
    )


def _passed(waits: Sequence[Wait]) -> frozenset[int]:
    """Return who saw somebody of their line who came later be called before them."""
    passed = set()
    by_line: dict[str, list[Wait]] = {}
    for wait in waits:
        by_line.setdefault(wait.line, []).append(wait)
    for own in by_line.values():
        latest: datetime | None = None
        for wait in sorted(own, key=lambda each: (each.called_at, each.arrived_at, each.key)):
            if latest is not None and latest > wait.arrived_at:
                passed.add(wait.key)
            latest = max(latest or wait.arrived_at, wait.arrived_at)
    return frozenset(passed)


@dataclass
class _Standing:
    """Somebody in the hall."""

    arrival: Arrival
    line: str
    stages: list[Stage]
    since: datetime
    callable_after: int = 0
    wanted: str = ""
    waited_s: float = 0.0


@dataclass
class _Desk:
    """A counter with its officer, while it is open."""

    sitting: Sitting
    plan: int | None
    only: frozenset[str] | None
    pool: str
    is_busy: bool = False
    is_about_to_call: bool = False
    calls: int = 0

    def is_open(self, now: datetime) -> bool:
        return self.sitting.opens <= now < self.sitting.closes

    def readiness(self) -> timedelta:
        told = self.sitting.readiness
        if not told:
            return timedelta()
        seconds = told[self.calls] if self.calls < len(told) else statistics.median(told)
        return timedelta(seconds=seconds)

    def may_call(self, now: datetime) -> bool:
        pauses = self.sitting.pauses
        is_paused = any(begin <= now < end for begin, end in pauses)
        return not self.is_busy and self.is_open(now) and not is_paused


_USUAL_WALK_S: Final = 30.0
_USUAL_SERVICE_S: Final = 300.0


@dataclass
class _Hall:
    """The hall of the day, played from happening to happening."""

    day: RecordedDay
    rule: CallRule
    waiting: dict[str, dict[int, _Standing]] = field(default_factory=dict)
    turns: dict[str, LineTurns] = field(default_factory=dict)
    waits: dict[int, Wait] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turns = {line: LineTurns() for line in self.day.lines}
        self.waiting = {line: {} for line in self.day.lines}
        self.desks = [
            _Desk(
                sitting,
                self.rule.plan_for(sitting.counter, sitting.officer),
                self.rule.services_for(sitting.counter, sitting.officer),
                self.rule.pool_of(sitting.counter, sitting.officer, sitting.lines),
            )
            for sitting in self.day.sittings
        ]
        self.usual = _usual_stages(self.day)
        self.follows: dict[int, list[Arrival]] = {}
        self.order = count()
        self.heap: list[tuple[datetime, int, int, object]] = []
        for arrival in self.day.arrivals:
            if arrival.follows is None:
                self._plan(arrival.comes_at, _COMES, arrival)
            else:
                self.follows.setdefault(arrival.follows, []).append(arrival)
        for desk in self.desks:
            for moment in (desk.sitting.opens, *(end for _begin, end in desk.sitting.pauses)):
                self._plan(moment, _DESK_OPENS, desk)

    def play(self) -> list[Wait]:
        while self.heap:
            now, kind, _order, about = heapq.heappop(self.heap)
            if kind == _COMES and isinstance(about, Arrival):
                self._come(about, now)
            elif kind == _ENDS and isinstance(about, tuple):
                desk, standing, stage = about
                self._end(desk, standing, stage, now)
            elif kind == _LEAVES and isinstance(about, int):
                for own in self.waiting.values():
                    own.pop(about, None)
            elif kind == _CALLS and isinstance(about, _Desk):
                about.is_about_to_call = False
                if about.may_call(now):
                    self._call(about, now)
            elif kind == _COMES and isinstance(about, _Standing):
                self._come_back(about, now)
            self._ready_desks(now)
        return [self.waits[key] for key in sorted(self.waits)]

    def _plan(self, moment: datetime, kind: int, about: object) -> None:
        heapq.heappush(self.heap, (moment, kind, next(self.order), about))

    def _ready_desks(self, now: datetime) -> None:
        """Let every free desk that has somebody to call get ready to call."""
        for desk in self.desks:
            if desk.is_about_to_call or not desk.may_call(now):
                continue
            if any(self._callable(desk, now)):
                desk.is_about_to_call = True
                self._plan(now + desk.readiness(), _CALLS, desk)

    def _come(self, arrival: Arrival, now: datetime) -> None:
        lines = [line for line, agency in self.day.lines.items() if agency == arrival.agency]
        line = self.rule.line_for(
            arrival.service, group=arrival.group, language=arrival.language, lines=lines
        )
        stages = list(arrival.stages) or [self.usual.get(arrival.line, _USUAL)]
        entered = line or arrival.usual_line or arrival.line
        self.waiting[entered][arrival.key] = _Standing(arrival, entered, stages, now)
        if arrival.leaves_at is not None:
            self._plan(max(arrival.leaves_at, now), _LEAVES, arrival.key)

    def _come_back(self, standing: _Standing, now: datetime) -> None:
        standing.since = now
        standing.callable_after = self.turns[standing.line].calls + self.rule.return_after
        self.waiting[standing.line][standing.arrival.key] = standing

    def _call(self, desk: _Desk, now: datetime) -> None:
        turns = {line: self.turns[line] for line in desk.sitting.lines}
        choice = choose(
            self._heads(desk, now),
            turns=turns,
            rule=self.rule,
            now=now,
            plan=desk.plan,
            pool=desk.pool,
        )
        if choice is None:
            return
        standing = next(
            self.waiting[line].pop(choice.ticket_id)
            for line in turns
            if choice.ticket_id in self.waiting[line]
        )
        arrival = standing.arrival
        self.turns |= after_call(
            turns,
            line=standing.line,
            is_priority=arrival.is_priority,
            rule=self.rule,
            plan=desk.plan,
            pool=desk.pool,
            is_in_turn=choice.is_in_turn,
        )
        waited = (now - standing.since).total_seconds()
        standing.waited_s += waited - overlap(standing.since, now, self.day.still)
        first = self.waits.get(arrival.key)
        self.waits[arrival.key] = Wait(
            arrival.key,
            standing.line,
            arrival.is_priority,
            arrival.arrived_at,
            first.called_at if first else now,
            standing.waited_s,
            desk.sitting.counter,
        )
        stage = standing.stages.pop(0)
        desk.is_busy, desk.calls = True, desk.calls + 1
        ends = now + timedelta(seconds=stage.walking_s + stage.serving_s)
        self._plan(ends, _ENDS, (desk, standing, stage))

    def _end(self, desk: _Desk, standing: _Standing, stage: Stage, now: datetime) -> None:
        desk.is_busy = False
        if stage.outcome == "absent":
            if stage.back_after is not None and standing.stages:
                self._plan(now + timedelta(seconds=stage.back_after), _COMES, standing)
        elif stage.outcome == "sent" and standing.stages:
            standing.since, standing.wanted = now, stage.to
            self.waiting[standing.line][standing.arrival.key] = standing
        else:
            for arrival in self.follows.get(standing.arrival.key, ()):
                self._come(arrival, now)

    def _callable(self, desk: _Desk, now: datetime) -> Iterator[_Standing]:
        """Return whom a counter may call."""
        for line in desk.sitting.lines:
            for standing in self.waiting[line].values():
                is_taken = desk.only is None or standing.arrival.service in desk.only
                is_free = is_taken and not self._is_staffed(standing.wanted, now)
                if is_free or standing.wanted == desk.sitting.counter:
                    yield standing

    def _is_staffed(self, counter: str, now: datetime) -> bool:
        return bool(counter) and any(
            desk.sitting.counter == counter and desk.is_open(now) for desk in self.desks
        )

    def _heads(self, desk: _Desk, now: datetime) -> list[Head]:
        found: dict[tuple[bool, str, bool, bool], list[_Standing]] = {}
        with_others = set()
        for standing in self._callable(desk, now):
            is_here = standing.wanted == desk.sitting.counter
            is_due = standing.callable_after <= self.turns[standing.line].calls
            if is_due and not is_here:
                with_others.add(standing.line)
            key = (is_here, standing.line, standing.arrival.is_priority, is_due)
            found.setdefault(key, []).append(standing)
        heads = []
        for (is_here, line, is_priority, is_due), own in found.items():
            if is_here or is_due or line not in with_others:
                first = min(own, key=lambda each: (each.arrival.arrived_at, each.arrival.key))
                heads.append(
                    Head(
                        first.arrival.key,
                        first.arrival.arrived_at,
                        is_priority,
                        len(own),
                        is_wanted_here=is_here,
                        line=line,
                        label=first.arrival.label,
                    )
                )
        return heads


_USUAL: Final = Stage(_USUAL_WALK_S, _USUAL_SERVICE_S)


def _usual_stages(day: RecordedDay) -> dict[str, Stage]:
    """Return line → a service of median length, for those who were never served."""
    served: dict[str, list[Stage]] = {}
    for arrival in day.arrivals:
        for stage in arrival.stages:
            if stage.outcome == "done" and stage.serving_s > 0:
                served.setdefault(arrival.line, []).append(stage)
    return {
        line: Stage(
            statistics.median(each.walking_s for each in own),
            statistics.median(each.serving_s for each in own),
        )
        for line, own in served.items()
    }
