"""One visit through several lines: what may be next, which first, and at what place.

Pure: minutes and moments are arguments.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil

# More would not fit on a slip; the search below is exact up to here and far beyond.
MOST_STEPS = 7
# A step of this stage may be taken at any moment of the visit.
ANYWHERE = 0
WORTH_TELLING_MINUTES = 5
# How often one who waits may be passed: the bounds of the published number, and the usual one.
MOST_PASSED = (1, 50)
MOST_PASSED_USUALLY = 5


class Place(StrEnum):
    """The place in the next line that a visitor has earned when a step ends.

    ARRIVAL: that of the coming to the mall, so only those who came to the mall later are
    passed. HALF: half the way between the two others. STEP_END: behind everybody.
    """

    ARRIVAL = "arrival"
    HALF = "half"
    STEP_END = "step_end"


# Which part of the time since the coming counts in the next line.
KEPT: dict[Place, float] = {Place.ARRIVAL: 1.0, Place.HALF: 0.5, Place.STEP_END: 0.0}


def place_moment(place: Place, *, came_at: datetime, ended_at: datetime) -> datetime:
    """Return the moment by which a visitor is ordered in the next line.

    Whoever stands there with an earlier moment is not passed.

    >>> from datetime import UTC
    >>> came, ended = datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> place_moment(Place.HALF, came_at=came, ended_at=ended).isoformat()
    '2026-01-05T08:30:00+00:00'
    """
    return ended_at - (ended_at - came_at) * KEPT[place]


@dataclass(frozen=True)
class Standing:
    """One who waits in a line: since when they count there, and how often they were passed."""

    placed_at: datetime
    passed: int = 0


def bounded_moment(moment: datetime, standing: Iterable[Standing], *, most: int) -> datetime:
    """Return the moment by which a visitor is ordered, so that nobody is passed too often.

    moment: the one that was earned. standing: those in the line whom it would pass. Whoever
    was passed `most` times already keeps their place: the newcomer stands behind them, for of
    equal moments the earlier number goes first.
    """
    full = (each.placed_at for each in standing if each.passed >= most)
    return max([moment, *full])


def may_be_next(stages: Mapping[int, int]) -> list[int]:
    """Return the keys of the steps that may be taken now, of those that are left.

    stages: key → stage. The lowest stage is open, and whatever may be taken anywhere.

    >>> may_be_next({7: 1, 8: 2, 9: 0, 10: 1})
    [7, 9, 10]
    """
    lowest = min((stage for stage in stages.values() if stage != ANYWHERE), default=ANYWHERE)
    return [key for key, stage in stages.items() if stage in {lowest, ANYWHERE}]


@dataclass(frozen=True)
class Errand:
    """A step that is left, as the advice weighs it; all times in minutes from now.

    low, high: expected wait of somebody who came now; minutes: at the desk; opens_in: until
    the line is served at all; closes_in: until nobody is called any more, None: not today.
    """

    key: int
    stage: int
    low: float
    high: float
    minutes: float
    opens_in: float = 0.0
    closes_in: float | None = None

    @property
    def wait(self) -> float:
        """Return the middle of the expected wait."""
        return (self.low + self.high) / 2


class Why(StrEnum):
    """Why the advised order is the advised one."""

    FIXED = "fixed"
    CLOSES = "closes"
    SOONER = "sooner"
    SAME = "same"


@dataclass(frozen=True)
class Advice:
    """The order that leads out soonest: keys, the range of minutes until its end, and why.

    too_late: keys of steps that close before one gets there; saved: minutes less than in
    the order asked about.
    """

    order: tuple[int, ...]
    low_minutes: int
    high_minutes: int
    too_late: frozenset[int]
    why: Why
    saved: int


def advise(errands: Sequence[Errand], *, place: Place) -> Advice:
    """Return which errand first, second, …: as few as possible too late, then out soonest.

    Exact: all orders that the stages allow are weighed, by the middles of the waits. Of equal
    orders the one that keeps to the order asked about is taken.

    >>> errands = [Errand(1, 1, 30, 50, 10), Errand(2, 1, 0, 10, 5)]
    >>> advise(errands, place=Place.ARRIVAL).order
    (2, 1)
    """
    best = best_order(errands, place=place)
    too_late, end = walk(best, place=place)
    low = walk([replace(errand, high=errand.low) for errand in best], place=place)[1]
    high = walk([replace(errand, low=errand.high) for errand in best], place=place)[1]
    asked_late, asked_end = walk(_asked(errands), place=place)
    saved = max(int(asked_end - end), 0) if len(asked_late) == len(too_late) else 0
    return Advice(
        order=tuple(errand.key for errand in best),
        low_minutes=int(min(low, end)),
        high_minutes=ceil(max(high, end)),
        too_late=too_late,
        why=_why(errands, rescued=len(asked_late) > len(too_late), saved=saved),
        saved=saved,
    )


def best_order(errands: Sequence[Errand], *, place: Place) -> tuple[Errand, ...]:
    """Return the errands in the order that leads out soonest.

    Over sets of errands done: later is never better, so of each set only those beginnings
    are kept that are beaten neither in what came too late nor in time.
    """
    fronts: dict[frozenset[int], list[tuple[int, float, tuple[int, ...]]]] = {
        frozenset(): [(0, 0.0, ())]
    }
    for _each in errands:
        following: dict[frozenset[int], list[tuple[int, float, tuple[int, ...]]]] = {}
        for done, front in fronts.items():
            left = {at: errands[at].stage for at in range(len(errands)) if at not in done}
            for at in may_be_next(left):
                grown = following.setdefault(done | {at}, [])
                for missed, now, order in front:
                    is_late, then = _step(errands[at], now, place=place)
                    grown.append((missed + is_late, then, (*order, at)))
        fronts = {done: _unbeaten(grown) for done, grown in following.items()}
    (front,) = fronts.values()
    return tuple(errands[at] for at in min(front)[2])


def walk(order: Iterable[Errand], *, place: Place) -> tuple[frozenset[int], float]:
    """Return what comes too late in this order, and after how many minutes it ends."""
    too_late, now = set(), 0.0
    for errand in order:
        is_late, now = _step(errand, now, place=place)
        if is_late:
            too_late.add(errand.key)
    return frozenset(too_late), now


def _step(errand: Errand, now: float, *, place: Place) -> tuple[bool, float]:
    """Tell whether the errand is too late when its line is entered now, and when it ends.

    Those who came before the moment that counts are served meanwhile; what does not count of
    the time so far is waited for again.
    """
    called = max(now, errand.opens_in + errand.wait + (1 - KEPT[place]) * now)
    if errand.closes_in is not None and called >= errand.closes_in:
        return True, now
    return False, called + errand.minutes


def _unbeaten(
    found: list[tuple[int, float, tuple[int, ...]]],
) -> list[tuple[int, float, tuple[int, ...]]]:
    kept: list[tuple[int, float, tuple[int, ...]]] = []
    for each in sorted(found):
        if not kept or each[1] < kept[-1][1]:
            kept.append(each)
    return kept


def _asked(errands: Sequence[Errand]) -> list[Errand]:
    """Return the order asked about: as given, fixed stages one after another."""
    given = iter(sorted((each for each in errands if each.stage), key=lambda each: each.stage))
    return [each if each.stage == ANYWHERE else next(given) for each in errands]


def _why(errands: Sequence[Errand], *, rescued: bool, saved: int) -> Why:
    left = {at: errand.stage for at, errand in enumerate(errands)}
    while left:
        open_now = may_be_next(left)
        if len(open_now) > 1:
            break
        del left[open_now[0]]
    if not left:
        return Why.FIXED
    if rescued:
        return Why.CLOSES
    return Why.SOONER if saved >= WORTH_TELLING_MINUTES else Why.SAME
