"""The rest of a day played out as it is and with one more counter: what would that save? Pure.

Both are played with the very same people, their times and their patience, so that chance common
to both falls out of the difference. Seconds from now. A way through several lines is taken apart:
each line has its own comers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from random import Random
from statistics import fmean
from typing import Final

from gerai.planner.rules.bands import LEAST_DAYS, Band, band
from gerai.planner.rules.demand import QUARTER_S, Flow, drawn, duration, remaining
from gerai.planner.rules.hall import LEFT, UNSERVED, Counter, House, Visitor, play

DAYS: Final = 60
# An officer who is ready calls the next one, and one who changes counters walks there.
TO_CALL_S: Final = 1.0
TO_WALK_S: Final = 120.0
# What saves each visitor less than this is not worth saying.
LEAST_EACH_S: Final = 120.0
MOST_ADVICE: Final = 3
# Who goes on after the closing is told by the spans of each counter.
CLOSING: Final = House(serves_all=False)

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who stands in a line now, and for how long already."""

    line: str
    since_s: float
    is_priority: bool = False


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A counter that somebody sits at: what it serves, and when.

    spans: (from, to) until the closing, without breaks. serving: the line of the visitor who is
    there, spent_s: for how long already; an empty line where nobody is.
    """

    counter: str
    lines: frozenset[str]
    spans: Spans
    serving: str = ""
    spent_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Present:
    """The mall at this moment and what is expected of the rest of its day.

    flows: line → comers from now on, of one work each. closes: line → when its day ends.
    """

    flows: Mapping[str, Flow]
    waiting: tuple[Waiting, ...]
    desks: tuple[OpenDesk, ...]
    closes: Mapping[str, float]
    house: House = CLOSING


@dataclass(frozen=True, slots=True)
class Measure:
    """A counter opened for a while. leaves: the counter whose officer goes there, else empty.

    lines: what it serves; spans: when, without breaks; is_to_the_end: it closes with the mall.
    """

    counter: str
    lines: frozenset[str]
    spans: Spans
    is_to_the_end: bool
    leaves: str = ""

    @property
    def until_s(self) -> float:
        """Return when it closes again."""
        return self.spans[-1][1]

    @property
    def officer_s(self) -> float:
        """Return how long one more officer is needed; nought where one only moves."""
        return 0.0 if self.leaves else sum(end - begin for begin, end in self.spans)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a measure saves. visitors: those of its lines who wait now or come while it lasts.

    before_s: their mean wait without it. each_s: what it saves each of them. total_s: what it
    saves all visitors of the mall together, those included who wait longer for it.
    """

    measure: Measure
    visitors: float
    before_s: float
    each_s: Band
    total_s: Band

    @property
    def is_certain(self) -> bool:
        """Tell whether it is better for certain: no band reaches down to nought."""
        return self.each_s.low > 0 and self.total_s.low > 0

    @property
    def net_s(self) -> float:
        """Return what visitors save beyond the officer's time."""
        return self.total_s.mean - self.measure.officer_s

    @property
    def is_worth_it(self) -> bool:
        """Tell whether an officer's hour saves an hour of waiting, and each visitor minutes."""
        return self.net_s >= 0 and self.each_s.mean >= LEAST_EACH_S


def advised(
    present: Present, measures: Iterable[Measure], *, seed: str, days: int = DAYS
) -> list[Gain]:
    """Return the best measures, at most three, the best first; those that do not meet.

    Only what is better for certain and worth it; of measures for the same lines the best one.
    """
    found = []
    played: dict[frozenset[str], list[Played]] = {}
    for measure in measures:
        lines = _together(present, measure)
        if lines not in played:
            played[lines] = [_played(present, lines, None, seed, day) for day in range(days)]
        before = played[lines]
        # No measure saves more than all that is waited from now on.
        if fmean(day.still_s for day in before) < measure.officer_s:
            continue
        after = [_played(present, lines, measure, seed, day) for day in range(days)]
        gain = gained(measure, before, after)
        if gain is not None and gain.is_certain and gain.is_worth_it:
            found.append((lines, gain))
    chosen: list[Gain] = []
    taken: set[str] = set()
    for lines, gain in sorted(found, key=lambda each: -each[1].net_s):
        if not taken & lines and len(chosen) < MOST_ADVICE:
            chosen.append(gain)
            taken |= lines
    return chosen


@dataclass(frozen=True, slots=True)
class Played:
    """The rest of one day: who came for what, and their waits in the same order.

    people: (line, moment of coming). still_s: what all wait from now on, together.
    """

    people: tuple[tuple[str, float], ...]
    waits: tuple[float, ...]

    @property
    def still_s(self) -> float:
        """Return what all wait from now on."""
        pairs = zip(self.people, self.waits, strict=True)
        return sum(wait + min(0.0, at) for (_line, at), wait in pairs)


def rest_of_day(
    present: Present, measure: Measure | None, *, seed: str, days: int = DAYS
) -> list[Played]:
    """Play the rest of the day so many times, of everything that a measure may touch."""
    lines = frozenset(present.flows) if measure is None else _together(present, measure)
    return [_played(present, lines, measure, seed, day) for day in range(days)]


def gained(measure: Measure, before: Sequence[Played], after: Sequence[Played]) -> Gain | None:
    """Return what a measure saves, day beside day; None where too few days have anybody."""
    visitors, waits, each, total = [], [], [], []
    until = inf if measure.is_to_the_end else measure.until_s
    for old, new in zip(before, after, strict=True):
        total.append(sum(old.waits) - sum(new.waits))
        touched = [
            place
            for place, (line, at) in enumerate(old.people)
            if line in measure.lines and at < until
        ]
        visitors.append(len(touched))
        if touched:
            waits.append(fmean(old.waits[place] for place in touched))
            each.append(waits[-1] - fmean(new.waits[place] for place in touched))
    if len(each) < LEAST_DAYS:
        return None
    return Gain(measure, fmean(visitors), fmean(waits), band(each), band(total))


def _together(present: Present, measure: Measure) -> frozenset[str]:
    """Return the lines that a measure touches, directly or through counters of several lines."""
    lines = set(measure.lines)
    groups = [desk.lines for desk in present.desks]
    lines.update(
        line for desk in present.desks if desk.counter == measure.leaves for line in desk.lines
    )
    grows = True
    while grows:
        more = {line for group in groups if group & lines for line in group}
        grows = not more <= lines
        lines |= more
    return frozenset(lines)


def _played(
    present: Present, lines: frozenset[str], measure: Measure | None, seed: str, day: int
) -> Played:
    # Chance of the people is drawn apart from chance of the desks, whatever the measure is.
    people = _people(present, lines, f"{seed} {day}")
    counters = _counters(present, lines, measure, Random(f"{seed} {day} desks"))  # noqa: S311
    waits = {}
    for turn in play(people, counters, present.house):
        line = turn.visitor.steps[0][0]
        # Who is never called has waited in vain, at most until the day of the line ended.
        ended = turn.called
        if turn.outcome == UNSERVED:
            ended = present.closes[line]
        elif turn.outcome == LEFT:
            ended = min(ended, present.closes[line])
        waits[id(turn.visitor)] = max(0.0, ended - turn.joined)
    return Played(
        people=tuple((each.steps[0][0], each.at) for each in people),
        waits=tuple(waits[id(each)] for each in people),
    )


def _people(present: Present, lines: frozenset[str], seed: str) -> list[Visitor]:
    random = Random(f"{seed} here")  # noqa: S311 - chance, not secrecy
    people = []
    for each in present.waiting:
        if each.line in lines:
            flow = present.flows[each.line]
            patience_s = inf
            if flow.patience_s is not None:
                patience_s = random.expovariate(1 / flow.patience_s)
            people.append(
                Visitor(
                    at=-each.since_s,
                    steps=((each.line, duration(flow.works[0], random)),),
                    is_priority=each.is_priority,
                    shows_up=random.random() >= flow.absent_share,
                    patience_s=patience_s,
                )
            )
    for line in sorted(lines):
        people += drawn([present.flows[line]], f"{seed} {line}")
    return people


def _counters(
    present: Present, lines: frozenset[str], measure: Measure | None, random: Random
) -> list[Counter]:
    """Return the counters from now on; who is at one now keeps it until they are served."""
    counters = []
    # A line that nobody serves has people all the same.
    counters.append(Counter("", lines, ()))
    free_again = {}
    for desk in present.desks:
        if not desk.lines & lines:
            continue
        frees = TO_CALL_S
        if desk.serving:
            work = present.flows[desk.serving].works[0]
            frees = max(frees, remaining(work, desk.spent_s, random))
        free_again[desk.counter] = frees
        spans = desk.spans
        if measure is not None and desk.counter == measure.leaves:
            spans = () if measure.is_to_the_end else _from(spans, measure.until_s + TO_WALK_S)
        counters.append(Counter(desk.counter, desk.lines, _to_the_end(_from(spans, frees))))
    if measure is not None:
        begins = free_again.get(measure.leaves, 0.0) + TO_WALK_S if measure.leaves else TO_CALL_S
        spans = _from(measure.spans, begins)
        if measure.is_to_the_end:
            spans = _to_the_end(spans)
        counters.append(Counter(measure.counter, measure.lines, spans))
    return counters


def _from(spans: Spans, moment: float) -> Spans:
    return tuple((max(begin, moment), end) for begin, end in spans if end > moment)


def _to_the_end(spans: Spans) -> Spans:
    """Return spans whose last one ends only when nobody waits any more."""
    return (*spans[:-1], (spans[-1][0], inf)) if spans else spans


def from_now(
    per_quarter: Sequence[float], now_s: float, *, until_s: float = inf, factor: float = 1.0
) -> tuple[float, ...]:
    """Return comers by quarter hours counted from now, of comers by quarter hours of the clock.

    now_s, until_s: seconds after midnight; nobody comes after `until_s`.

    >>> from_now((4.0, 8.0, 2.0), 450.0)
    (6.0, 5.0, 1.0)
    >>> from_now((4.0, 8.0, 2.0), 450.0, until_s=1800.0, factor=2.0)
    (12.0, 8.0)
    """
    told = [
        count * factor * min(1.0, max(0.0, (until_s - quarter * QUARTER_S) / QUARTER_S))
        for quarter, count in enumerate(per_quarter)
    ]
    first, part = int(now_s // QUARTER_S), now_s % QUARTER_S / QUARTER_S
    rest = [*told[first:], 0.0]
    moved = [(1 - part) * here + part * after for here, after in pairwise(rest)]
    while moved and moved[-1] == 0:
        moved.pop()
    return tuple(moved)


def busier(came: int, usual: float, *, steady: float = 20.0) -> float:
    """Return how much busier today is than usual, held towards 1 while few have come.

    >>> busier(60, 30.0), busier(1, 0.0), busier(0, 0.0)
    (1.6, 1.05, 1.0)
    """
    return (came + steady) / (usual + steady)


def by_line(flows: Iterable[Flow]) -> dict[str, Flow]:
    """Return line → its comers alone, as ways through several lines are taken apart.

    Shares and patience are those of the greater number.
    """
    parts: dict[str, list[Flow]] = {}
    for flow in flows:
        for work in flow.works:
            parts.setdefault(work.service, []).append(replace(flow, works=(work,)))
    return {line: _merged(found) for line, found in parts.items()}


def _merged(flows: Sequence[Flow]) -> Flow:
    greatest = max(flows, key=lambda flow: sum(flow.per_quarter))
    quarters = zip(*(flow.per_quarter for flow in flows), strict=True)
    return replace(greatest, per_quarter=tuple(sum(each) for each in quarters))
