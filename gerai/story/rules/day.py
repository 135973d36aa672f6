"""A day in figures: who waits when, and what a quarter of an hour brought. Pure.

Moments are seconds since the day's midnight.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gerai.queue.states import AT_A_COUNTER, IN_THE_HOUSE, State
from gerai.story.rules.lives import Life

QUARTER = 15 * 60
Span = tuple[int, int]


@dataclass(frozen=True)
class Level:
    """A number that goes up and down by the day: `counts[k]` holds from `times[k]` on."""

    times: tuple[int, ...]
    counts: tuple[int, ...]

    def at(self, moment: float) -> int:
        """Return the number at a moment; nought before the first.

        >>> level_of([(10, 30), (20, 40)]).at(25)
        2
        """
        place = bisect_right(self.times, moment)
        return self.counts[place - 1] if place else 0

    def most(self, since: int, until: int) -> int:
        """Return the largest number between two moments, the second not included."""
        inside = [n for at, n in zip(self.times, self.counts, strict=True) if since < at < until]
        return max([self.at(since), *inside])

    def mean(self, since: int, until: int) -> float:
        """Return the number's mean over a time that is not empty."""
        times = [since, *(at for at in self.times if since < at < until), until]
        return sum(self.at(a) * (b - a) for a, b in pairwise(times)) / (until - since)

    @property
    def peak(self) -> tuple[int, int]:
        """Return the moment of the largest number, the first of them, and the number."""
        if not self.counts:
            return 0, 0
        place = max(range(len(self.counts)), key=lambda k: (self.counts[k], -k))
        return self.times[place], self.counts[place]


def level_of(spans: Iterable[Span]) -> Level:
    """Return how many of the spans hold at each moment."""
    changes: dict[int, int] = {}
    for since, until in spans:
        if since < until:
            changes[since] = changes.get(since, 0) + 1
            changes[until] = changes.get(until, 0) - 1
    times, counts, now = [], [], 0
    for at in sorted(changes):
        now += changes[at]
        times.append(at)
        counts.append(now)
    return Level(tuple(times), tuple(counts))


def spans_in(lives: Iterable[Life], states: Iterable[State]) -> Iterator[Span]:
    """Yield when tickets were in one of some states."""
    wanted = frozenset(states)
    for life in lives:
        for stay in life.stays:
            if stay.state in wanted:
                yield stay.since, stay.until


def waits_of(lives: Iterable[Life]) -> list[tuple[int, int]]:
    """Return when each who was called came, and how many seconds it took until the first call.

    In the order of coming.
    """
    found = []
    for life in lives:
        called = [stay.since for stay in life.stays if stay.state in AT_A_COUNTER]
        if called:
            found.append((life.since, called[0] - life.since))
    return sorted(found)


def served(lives: Iterable[Life]) -> list[int]:
    """Return the moments at which services ended, in order."""
    return sorted(life.until for life in lives if life.ending == State.DONE)


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a quarter of an hour brought. waiting: at its fullest; open: counters, on average.

    waits: low, middle and high of those who came then and were called, in seconds: a tenth
    waited shorter than the low, a tenth longer than the high. None where nobody was called.
    """

    begins: int
    came: int
    waiting: int
    open: float
    served: int
    waits: tuple[float, float, float] | None


def quarters_of(
    lives: Sequence[Life], opened: Level, *, since: int, until: int
) -> tuple[Quarter, ...]:
    """Return a day by quarters of an hour, from the one that holds `since`."""
    waiting = level_of(spans_in(lives, [State.WAITING]))
    waits, ends = waits_of(lives), served(lives)
    comings = [life.since for life in lives]
    found = []
    for begins in range(since - since % QUARTER, until, QUARTER):
        ends_at = begins + QUARTER
        own = sorted(wait for came, wait in waits if begins <= came < ends_at)
        found.append(
            Quarter(
                begins=begins,
                came=sum(begins <= at < ends_at for at in comings),
                waiting=waiting.most(begins, ends_at),
                open=opened.mean(begins, ends_at),
                served=sum(begins <= at < ends_at for at in ends),
                waits=(share(own, 0.1), share(own, 0.5), share(own, 0.9)) if own else None,
            )
        )
    return tuple(found)


def share(values: Sequence[int], part: float) -> float:
    """Return the value that a part of ordered ones does not exceed, between neighbours in line.

    >>> share([0, 10, 20], 0.5), share([0, 10], 0.25)
    (10.0, 2.5)
    """
    place = part * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def in_the_house(lives: Iterable[Life]) -> Level:
    """Return how many tickets are in the house."""
    return level_of(spans_in(lives, IN_THE_HOUSE))


def edges(lives: Sequence[Life], opened: Level) -> Span:
    """Return from when to when the day is told: full quarters around the first and the last.

    Who is only cleared away at night does not make the day longer.
    """
    begins = min([life.since for life in lives] + list(opened.times[:1]))
    acts = [life.since for life in lives] + served(lives)
    acts += [until for since, until in spans_in(lives, AT_A_COUNTER)]
    ends = max(acts) + 1
    return begins - begins % QUARTER, ends + (-ends) % QUARTER


def story_moments(waiting: Level, quarters: Sequence[Quarter], *, count: int = 6) -> list[int]:
    """Return moments that tell a day: evenly through it, with the busiest one among them.

    >>> story_moments(level_of([(100, 200)]), [], count=6)
    []
    """
    if not quarters:
        return []
    begins, ends = quarters[0].begins, quarters[-1].begins + QUARTER
    step = (ends - begins) / count
    even = [int(begins + step * (place + 0.5)) for place in range(count)]
    even = [at - at % 300 for at in even]
    peak, _most = waiting.peak
    nearest = min(even, key=lambda at: abs(at - peak))
    return sorted({peak if at == nearest else at for at in even})
