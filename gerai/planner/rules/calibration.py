"""What a mall's own tickets say: who comes when, how long it takes, who sits where. Pure.

A day is that of `gerai.queue.rules.simulation`: the step log of the queue, read.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean, pstdev
from typing import Final

from gerai.planner.rules.demand import QUARTER_S, Flow, Work
from gerai.planner.rules.hall import Counter
from gerai.queue.rules.simulation import Arrival, RecordedDay, Sitting

# A way through several lines that fewer people took is counted line by line.
LEAST_OF_A_ROUTE: Final = 5
LEAST_SERVED: Final = 5
# A counter is staffed in a quarter hour when somebody sat there for half of it on half of the days.
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Observed:
    """A recorded day and the moment of its first quarter hour."""

    opens: datetime
    day: RecordedDay


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What was found. services: line → how many services its times come from."""

    flows: tuple[Flow, ...]
    counters: tuple[Counter, ...]
    services: Mapping[str, int]
    days: int


@dataclass(frozen=True, slots=True)
class _Comer:
    """Somebody's way through lines, and the quarter hour in which they came."""

    lines: tuple[str, ...]
    quarter: int
    first: Arrival


def calibrated(observed: Sequence[Observed], quarters: int) -> Calibrated:
    """Return what days say together; lines whose services are too few are left out.

    A service lasts as long as it keeps the counter: the officer's time to call, the way to the
    counter, and all services of the number. Whoever came before the opening is counted in the
    first quarter hour, whoever came after the last one in the last.
    """
    works = _works(observed)
    comers = [
        comer
        for each in observed
        for comer in _comers(each, quarters)
        if all(line in works for line in comer.lines)
    ]
    taken = Tally(comer.lines for comer in comers)
    groups: dict[tuple[str, ...], list[_Comer]] = defaultdict(list)
    for comer in comers:
        if len(comer.lines) == 1 or taken[comer.lines] >= LEAST_OF_A_ROUTE:
            groups[comer.lines].append(comer)
        else:
            for line in comer.lines:
                groups[(line,)].append(_Comer((line,), comer.quarter, comer.first))
    return Calibrated(
        flows=tuple(
            _flow([works[line][0] for line in lines], groups[lines], quarters, len(observed))
            for lines in sorted(groups)
        ),
        counters=tuple(_counters(observed, quarters, works)),
        services={line: count for line, (_work, count) in works.items()},
        days=len(observed),
    )


def _works(observed: Sequence[Observed]) -> dict[str, tuple[Work, int]]:
    took: dict[str, list[float]] = defaultdict(list)
    for each in observed:
        told = [span for sitting in each.day.sittings for span in sitting.readiness]
        to_call = fmean(told) if told else 0.0
        for arrival in each.day.arrivals:
            stages = [stage for stage in arrival.stages if stage.outcome != "absent"]
            if stages:
                at_counter = sum(stage.walking_s + stage.serving_s for stage in stages)
                took[arrival.line].append(at_counter + to_call)
    return {
        line: (_work(line, seconds), len(seconds))
        for line, seconds in sorted(took.items())
        if len(seconds) >= LEAST_SERVED and sum(seconds) > 0
    }


def _work(line: str, seconds: Sequence[float]) -> Work:
    mean = fmean(seconds)
    return Work(line, mean, pstdev(seconds, mean) / mean)


def _comers(observed: Observed, quarters: int) -> Iterator[_Comer]:
    arrivals = {arrival.key: arrival for arrival in observed.day.arrivals}
    following = {
        arrival.follows: arrival.key for arrival in arrivals.values() if arrival.follows is not None
    }
    for arrival in arrivals.values():
        if arrival.follows in arrivals:
            continue
        lines = [arrival.line]
        key = arrival.key
        while key in following:
            key = following[key]
            lines.append(arrivals[key].line)
        late = (arrival.comes_at - observed.opens).total_seconds()
        quarter = min(max(int(late // QUARTER_S), 0), quarters - 1)
        yield _Comer(tuple(lines), quarter, arrival)


def _flow(works: Sequence[Work], comers: Sequence[_Comer], quarters: int, days: int) -> Flow:
    came = Tally(comer.quarter for comer in comers)
    firsts = [comer.first for comer in comers]
    called = [first for first in firsts if first.stages]
    absent = sum(all(stage.outcome == "absent" for stage in first.stages) for first in called)
    return Flow(
        works=tuple(works),
        per_quarter=tuple(came[quarter] / days for quarter in range(quarters)),
        priority_share=sum(first.is_priority for first in firsts) / len(firsts),
        absent_share=absent / len(called) if called else 0.0,
        patience_s=_patience(firsts),
    )


def _patience(firsts: Iterable[Arrival]) -> float | None:
    """Return the mean patience: all the time waited over the number of those who left.

    The likeliest mean where whoever was called might have waited longer. None: nobody left.
    """
    waited, left = 0.0, 0
    for first in firsts:
        if first.stages:
            waited += first.waited_s or 0.0
        elif first.leaves_at is not None:
            waited += (first.leaves_at - first.comes_at).total_seconds()
            left += 1
    return waited / left if left and waited else None


def _counters(
    observed: Sequence[Observed], quarters: int, works: Mapping[str, object]
) -> Iterator[Counter]:
    days_staffed: dict[str, Tally[int]] = defaultdict(Tally)
    lines: dict[str, tuple[str, ...]] = {}
    for each in observed:
        sat: dict[str, list[float]] = defaultdict(lambda: [0.0] * quarters)
        for sitting in each.day.sittings:
            lines[sitting.counter] = sitting.lines
            for quarter in range(quarters):
                sat[sitting.counter][quarter] += _seconds(sitting, each.opens, quarter)
        for counter, seconds in sat.items():
            days_staffed[counter].update(
                quarter for quarter, spent in enumerate(seconds) if spent >= HALF * QUARTER_S
            )
    for counter in sorted(days_staffed):
        here = [
            days_staffed[counter][quarter] >= HALF * len(observed) for quarter in range(quarters)
        ]
        services = frozenset(line for line in lines[counter] if line in works)
        if any(here) and services:
            yield Counter(counter, services, tuple(_runs(here)))


def _seconds(sitting: Sitting, opens: datetime, quarter: int) -> float:
    """Return how long somebody sat there in a quarter hour, without the pauses."""
    begin = (sitting.opens - opens).total_seconds()
    end = (sitting.closes - opens).total_seconds()
    spans = [(begin, end, 1)]
    for pause, back in sitting.pauses:
        away, again = (pause - opens).total_seconds(), (back - opens).total_seconds()
        spans.append((max(begin, away), min(end, again), -1))
    first, last = quarter * QUARTER_S, (quarter + 1) * QUARTER_S
    return sum(sign * max(0.0, min(to, last) - max(since, first)) for since, to, sign in spans)


def _runs(here: Sequence[bool]) -> Iterator[tuple[float, float]]:
    begin: int | None = None
    for quarter, is_here in enumerate((*here, False)):
        if is_here and begin is None:
            begin = quarter
        elif not is_here and begin is not None:
            yield begin * QUARTER_S, quarter * QUARTER_S
            begin = None
