"""How long a ticket spent where, and how long a wait may be. Pure: the moment is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gerai.queue.rules.working import Pause


@dataclass(frozen=True)
class Stay:
    """One line of a ticket's step log: from this moment on it was in this state."""

    state: str
    since: datetime


@dataclass(frozen=True)
class Durations:
    """Seconds that a ticket spent waiting, walking (called), being served and held."""

    waiting: float = 0.0
    walking: float = 0.0
    serving: float = 0.0
    held: float = 0.0
    absent: float = 0.0


_KIND = {
    "waiting": "waiting",
    "called": "walking",
    "serving": "serving",
    "held": "held",
    "absent": "absent",
}


# Begins and ends, in order, none overlapping.
Spans = Sequence[tuple[datetime, datetime]]


def durations(stays: Sequence[Stay], *, until: datetime, still: Spans = ()) -> Durations:
    """Return what the step log says of a ticket's time, in seconds.

    stays: in order of time; until: now, for a ticket still in the house.
    still: when the whole queue stood still in an emergency. Nobody waited then; whoever was at
    the desk was served to the end, so that goes on counting.
    """
    spent: dict[str, float] = {}
    moments = [*(stay.since for stay in stays), until]
    for stay, end in zip(stays, moments[1:], strict=True):
        kind = _KIND.get(stay.state)
        if kind:
            seconds = (end - stay.since).total_seconds()
            if kind != "serving":
                seconds -= overlap(stay.since, end, still)
            # A kept number's wait begins when the mall opens, so perhaps not yet.
            spent[kind] = spent.get(kind, 0.0) + max(seconds, 0.0)
    return Durations(**spent)


def overlap(since: datetime, until: datetime, spans: Spans) -> float:
    """Return the seconds of a stay that lie within spans."""
    within = ((max(since, begin), min(until, end)) for begin, end in spans)
    return sum((end - begin).total_seconds() for begin, end in within if begin < end)


@dataclass(frozen=True)
class Expectation:
    """An expected wait on the clock, as a range in whole minutes.

    middle_minutes: the likeliest; over: the break or the closing that the range reaches into.
    """

    low_minutes: int
    high_minutes: int
    middle_minutes: int = field(default=0, compare=False)
    over: Pause | None = None
