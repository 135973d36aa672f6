"""How many counters each quarter hour, the shifts that cover them, and what they cost. Pure.

The need of a quarter hour is that of a line which keeps its rate for long (Erlang C); what such a
plan does on a whole day, played days must tell. Money is whole rupiah.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, inf
from random import Random
from typing import Final

from gerai.planner.rules.demand import QUARTER_S, Flow
from gerai.planner.rules.erlang import fewest_for
from gerai.planner.rules.hall import Counter

MOST_COUNTERS: Final = 200
QUARTERS_PER_HOUR: Final = 4


@dataclass(frozen=True, slots=True)
class Promise:
    """So great a share of people is called within so long."""

    share: float
    within_s: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of working in quarter hours: how long, and from where to where the break is.

    break_after is counted from the beginning; without a break both are nought.
    """

    length: int
    break_after: int = 0
    break_length: int = 0

    def works(self, start: int) -> frozenset[int]:
        """Return the quarters in which somebody sits there who begins at `start`."""
        pause = range(self.break_after, self.break_after + self.break_length)
        return frozenset(start + place for place in range(self.length) if place not in pause)


@dataclass(frozen=True)
class Shift:
    """One officer's day; start is a quarter hour after the opening."""

    start: int
    pattern: Pattern

    @cached_property
    def quarters(self) -> frozenset[int]:
        """Return the quarters in which somebody sits there."""
        return self.pattern.works(self.start)

    @property
    def times(self) -> tuple[tuple[float, float], ...]:
        """Return from when to when in seconds, as a counter of a played day has them."""
        begin, end = self.start, self.start + self.pattern.length
        pause = begin + self.pattern.break_after
        back = pause + self.pattern.break_length
        parts = ((begin, pause), (back, end)) if self.pattern.break_length else ((begin, end),)
        return tuple((first * QUARTER_S, last * QUARTER_S) for first, last in parts)


# Quarter hours of a full and of half a working day, of a break, and of a day that has a break.
FULL_DAY: Final = 32
HALF_DAY: Final = 16
BREAK: Final = 4
LEAST_WITH_BREAK: Final = 24
# When breaks begin, from the middle of the day on, so that not all leave at once.
STAGGER: Final = (-4, -2, 0, 2)
TRIES: Final = 200
# Of the chosen shifts, so many in a hundred are thrown away before they are chosen anew.
THROWN: Final = 0.4


def workload(flows: Sequence[Flow], service: str) -> list[tuple[float, float]]:
    """Return (comers, mean seconds) of a service by quarter hour.

    The later steps of a route are counted in the quarter in which their visitor comes.
    """
    quarters = max((len(flow.per_quarter) for flow in flows), default=0)
    comers, seconds = [0.0] * quarters, [0.0] * quarters
    for flow in flows:
        for work in flow.works:
            if work.service == service:
                for quarter, expected in enumerate(flow.per_quarter):
                    comers[quarter] += expected
                    seconds[quarter] += expected * work.mean_s
    return [
        (count, total / count if count else 0.0)
        for count, total in zip(comers, seconds, strict=True)
    ]


def needed(flows: Sequence[Flow], service: str, promise: Promise) -> list[int]:
    """Return the fewest counters of each quarter hour that keep the promise of a service.

    :raises OverflowError: more than two hundred would be needed
    """
    need = []
    for comers, mean_s in workload(flows, service):
        if comers <= 0 or mean_s <= 0:
            need.append(0)
            continue
        fewest = fewest_for(
            promise.share, promise.within_s, comers / QUARTER_S, 1 / mean_s, most=MOST_COUNTERS
        )
        if fewest is None:
            raise OverflowError(service)
        need.append(fewest)
    return need


def patterns_for(quarters: int) -> tuple[Pattern, ...]:
    """Return the ways of working of a mall that is open for so long.

    >>> [(each.length, each.break_after) for each in patterns_for(28)]
    [(28, 10), (28, 12), (28, 14), (28, 16), (16, 0)]
    >>> patterns_for(6)
    (Pattern(length=6, break_after=0, break_length=0),)
    """
    full, half = min(quarters, FULL_DAY), min(quarters, HALF_DAY)
    if full >= LEAST_WITH_BREAK:
        middle = full // 2
        whole = tuple(Pattern(full, middle + later, BREAK) for later in STAGGER)
        return (*whole, Pattern(half))
    return tuple(Pattern(length) for length in dict.fromkeys((full, half)))


def covering(need: Sequence[int]) -> list[Shift]:
    """Return shifts that cover the need of every quarter hour; none of them can be left out.

    Found by throwing part away and choosing anew, again and again, always in the same way; so
    nothing says that no cheaper set exists: `fewest_paid` is how little it could be.
    """
    random = Random(0)  # noqa: S311 - chance, not secrecy
    starts = _starts(len(need))
    best = _completed([], need, starts, random)
    for _try in range(TRIES):
        kept = [shift for shift in best if random.random() >= THROWN]
        other = _completed(kept, need, starts, random)
        if (paid(other), len(other)) <= (paid(best), len(best)):
            best = other
    return sorted(best, key=lambda shift: (shift.start, shift.pattern.length))


def fewest_paid(need: Sequence[int]) -> int:
    """Return the quarter hours of work below which no set of shifts covers a need."""
    return sum(need)


def paid(shifts: Sequence[Shift]) -> int:
    """Return the quarter hours that are paid; a break is not work and is not paid."""
    return sum(len(shift.quarters) for shift in shifts)


def cost(quarters: int, rupiah_per_hour: int) -> int:
    """Return the cost of so many quarter hours of work, in whole rupiah.

    >>> cost(29, 35_001)
    253758
    """
    return ceil(Fraction(quarters * rupiah_per_hour, QUARTERS_PER_HOUR))


def counters_of(shifts: Sequence[Shift], services: frozenset[str], name: str) -> list[Counter]:
    """Return the counters of a played day, one for each shift."""
    return [
        Counter(f"{name} {number}", services, shift.times) for number, shift in enumerate(shifts, 1)
    ]


def _starts(quarters: int) -> list[Shift]:
    return [
        Shift(start, pattern)
        for pattern in patterns_for(quarters)
        for start in range(quarters - pattern.length + 1)
    ]


def _completed(
    kept: Sequence[Shift], need: Sequence[int], starts: Sequence[Shift], random: Random
) -> list[Shift]:
    """Return shifts with others added until the need is covered, and without the idle ones."""
    chosen = list(kept)
    missing = list(need)
    for shift in chosen:
        _take(shift, missing)
    while any(count > 0 for count in missing):
        # What an idle quarter weighs is drawn, so that each try prefers other shapes.
        weight = random.random()
        shift = max(starts, key=lambda each: _gain(each, missing, weight))
        chosen.append(shift)
        _take(shift, missing)
    return _without_idle(chosen, need)


def _take(shift: Shift, missing: list[int]) -> None:
    for quarter in shift.quarters:
        missing[quarter] -= 1


def _gain(shift: Shift, missing: Sequence[int], weight: float) -> float:
    worked = shift.quarters
    covered = sum(missing[quarter] > 0 for quarter in worked)
    return covered - weight * (len(worked) - covered) if covered else -inf


def _without_idle(shifts: list[Shift], need: Sequence[int]) -> list[Shift]:
    spare = [-count for count in need]
    for shift in shifts:
        for quarter in shift.quarters:
            spare[quarter] += 1
    kept = list(shifts)
    for shift in sorted(shifts, key=lambda each: -len(each.quarters)):
        if all(spare[quarter] > 0 for quarter in shift.quarters):
            kept.remove(shift)
            _take(shift, spare)
    return kept
