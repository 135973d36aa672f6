"""A plan tried out on many played days: what people would wait, what one more desk buys. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

from gerai.planner.rules.bands import LEAST_DAYS, Band, Day, band, measured
from gerai.planner.rules.demand import QUARTER_S, Flow, drawn
from gerai.planner.rules.hall import USUAL, Counter, House, play
from gerai.planner.rules.staffing import Promise

DAYS: Final = 40


@dataclass(frozen=True, slots=True)
class Hall:
    """Who comes and who sits where, from the opening for so many quarter hours."""

    flows: tuple[Flow, ...]
    counters: tuple[Counter, ...]
    quarters: int
    house: House = USUAL

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines that people come for, by name."""
        return tuple(sorted({work.service for flow in self.flows for work in flow.works}))

    @property
    def unserved_lines(self) -> tuple[str, ...]:
        """Return the lines that no counter serves."""
        served = {service for counter in self.counters for service in counter.services}
        return tuple(line for line in self.lines if line not in served)

    def with_one_more(self, line: str) -> "Hall":
        """Return it with one more counter for a line, from the opening to the closing."""
        extra = Counter(f"+{line}", frozenset({line}), ((0.0, self.quarters * QUARTER_S),))
        return replace(self, counters=(*self.counters, extra))


@dataclass(frozen=True, slots=True)
class PlayedDay:
    """One played day: the whole hall, line by line, and mean waits by quarter of coming."""

    hall: Day
    lines: dict[str, Day]
    quarters: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What many played days say of a hall or of one line."""

    days: int
    comers: float
    wait_s: Band
    within: Band
    left: Band
    busy: Band
    late_s: Band


def days_of(hall: Hall, promise: Promise, days: int, seed: str) -> Iterator[PlayedDay]:
    """Play so many days one after another; days on which nobody comes are passed over.

    Two halls are played with the same people where flows and seed are the same.
    """
    closes = hall.quarters * QUARTER_S
    staffed = {
        line: sum(each.staffed_s for each in hall.counters if line in each.services)
        for line in hall.lines
    }
    whole = sum(each.staffed_s for each in hall.counters)
    for number in range(days):
        turns = play(drawn(hall.flows, f"{seed} {number}"), hall.counters, hall.house)
        day = measured(turns, promise_s=promise.within_s, staffed_s=whole, closes=closes)
        if day is None:
            continue
        lines = {}
        for line in hall.lines:
            own = measured(
                [turn for turn in turns if turn.service == line],
                promise_s=promise.within_s,
                staffed_s=staffed[line],
                closes=closes,
            )
            if own is not None:
                lines[line] = own
        quarters: list[list[float]] = [[] for _quarter in range(hall.quarters)]
        for turn in turns:
            quarter = min(int(turn.joined // QUARTER_S), hall.quarters - 1)
            quarters[quarter].append(turn.waited_s)
        yield PlayedDay(day, lines, tuple(fmean(each) if each else None for each in quarters))


def verdict(days: Sequence[Day]) -> Verdict | None:
    """Return what played days say together; None where fewer than ten had anybody."""
    if len(days) < LEAST_DAYS:
        return None
    return Verdict(
        days=len(days),
        comers=fmean(day.turns for day in days),
        wait_s=band([day.mean_wait_s for day in days]),
        within=band([day.within for day in days]),
        left=band([day.left for day in days]),
        busy=band([day.busy for day in days]),
        late_s=band([day.late_s for day in days]),
    )


def by_quarter(days: Iterable[PlayedDay], quarters: int) -> list[Band | None]:
    """Return the mean wait of those who come in each quarter hour; None where too few days say."""
    told: list[list[float]] = [[] for _quarter in range(quarters)]
    for day in days:
        for quarter, wait in enumerate(day.quarters):
            if wait is not None:
                told[quarter].append(wait)
    return [band(waits) if len(waits) >= LEAST_DAYS else None for waits in told]


def saved(before: Sequence[PlayedDay], after: Sequence[PlayedDay], line: str) -> Band | None:
    """Return by how many seconds the mean wait of a line falls, day beside the same day."""
    pairs = zip(before, after, strict=True)
    differences = [
        old.lines[line].mean_wait_s - new.lines[line].mean_wait_s
        for old, new in pairs
        if line in old.lines and line in new.lines
    ]
    return band(differences) if len(differences) >= LEAST_DAYS else None
