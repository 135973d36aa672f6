"""Who comes, when, for what, and how long it takes: assumptions, and people drawn from them. Pure.

Arrivals are Poisson with a rate of their own each quarter hour. A service lasts a gamma time with
its mean and spread: spread 0 is always the mean, spread 1 is the exponential of the theory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from random import Random
from typing import Final

from gerai.planner.rules.hall import Visitor

QUARTER_S: Final = 900.0
# A service that outlasts so many drawn ones is taken to be among the longest there are.
DRAWS_OF_A_REST: Final = 50


@dataclass(frozen=True, slots=True)
class Work:
    """A service that somebody comes for. spread: standard deviation over mean."""

    service: str
    mean_s: float
    spread: float = 1.0


@dataclass(frozen=True, slots=True)
class Flow:
    """People who come for the same: works in their order, expected comers each quarter hour.

    patience_s: mean of how long they would wait, exponential; None where nobody leaves.
    """

    works: tuple[Work, ...]
    per_quarter: tuple[float, ...]
    priority_share: float = 0.0
    absent_share: float = 0.0
    patience_s: float | None = None


def drawn(flows: Sequence[Flow], seed: str | int) -> list[Visitor]:
    """Return the people of one day; the same seed gives the same people, whatever the counters."""
    random = Random(seed)  # noqa: S311 - chance, not secrecy
    return [_visitor(flow, at, random) for flow in flows for at in _moments(flow, random)]


def _moments(flow: Flow, random: Random) -> list[float]:
    moments = []
    for quarter, expected in enumerate(flow.per_quarter):
        if expected <= 0:
            continue
        at = quarter * QUARTER_S
        end = at + QUARTER_S
        rate = expected / QUARTER_S
        while (at := at + random.expovariate(rate)) < end:
            moments.append(at)
    return moments


def _visitor(flow: Flow, at: float, random: Random) -> Visitor:
    return Visitor(
        at=at,
        steps=tuple((work.service, duration(work, random)) for work in flow.works),
        is_priority=random.random() < flow.priority_share,
        shows_up=random.random() >= flow.absent_share,
        patience_s=inf if flow.patience_s is None else random.expovariate(1 / flow.patience_s),
    )


def duration(work: Work, random: Random) -> float:
    """Draw how many seconds a service lasts."""
    if work.spread == 0:
        return work.mean_s
    shape = 1 / work.spread**2
    return random.gammavariate(shape, work.mean_s / shape)


def remaining(work: Work, spent_s: float, random: Random) -> float:
    """Draw how many seconds a service still lasts that has lasted so long already.

    One that has lasted longer than nearly all ends as its longest ones do: at any moment with
    the same chance, as of an exponential time.
    """
    if work.spread == 0:
        return max(0.0, work.mean_s - spent_s)
    for _draw in range(DRAWS_OF_A_REST):
        whole = duration(work, random)
        if whole > spent_s:
            return whole - spent_s
    return random.expovariate(1 / (work.mean_s * work.spread**2))
