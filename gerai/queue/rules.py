"""Who is called next, and how a day is measured. Pure: the moment is an argument."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass(frozen=True)
class CallRule:
    """The published order of calling.

    First come first served, with a bounded share for priority groups: after
    `priority_in_a_row` priority calls in a row one ordinary visitor is called, if one
    waits. So nobody ordinary is passed by more than `priority_in_a_row` later arrivals
    between two ordinary calls. With 0 everybody is called in the order of coming.
    """

    version: int = 1
    priority_in_a_row: int = 2
    recalls: int = 3
    return_after: int = 3
    undo_seconds: int = 15


@dataclass(frozen=True)
class Head:
    """The first ticket of one class (priority or ordinary) that this counter may call."""

    ticket_id: int
    arrived_at: datetime
    is_priority: bool
    waiting: int
    is_wanted_here: bool = False


@dataclass(frozen=True)
class Choice:
    """The ticket to call, and why: stored with the call, readable later."""

    ticket_id: int
    explanation: Mapping[str, object]


def choose(heads: Sequence[Head], *, priority_streak: int, rule: CallRule) -> Choice | None:
    """Choose whom a counter calls next; None when nobody waits.

    heads: at most one of each class, and those that were sent to this very counter.
    priority_streak: how many priority tickets these lines called since the last ordinary
    one.

    >>> from datetime import UTC
    >>> early, late = datetime(2026, 1, 5, 1, tzinfo=UTC), datetime(2026, 1, 5, 2, tzinfo=UTC)
    >>> two = [Head(1, early, False, 5), Head(2, late, True, 1)]
    >>> choose(two, priority_streak=0, rule=CallRule()).ticket_id
    2
    >>> choose(two, priority_streak=2, rule=CallRule()).ticket_id
    1
    """
    if not heads:
        return None
    wanted = [head for head in heads if head.is_wanted_here]
    priority = _first([head for head in heads if head.is_priority])
    ordinary = _first([head for head in heads if not head.is_priority])
    if wanted:
        chosen, reason = _first(wanted), "sent_to_this_counter"
    elif ordinary is None:
        chosen, reason = priority, "first_of_priority"
    elif priority is None:
        chosen, reason = ordinary, "first_come"
    elif rule.priority_in_a_row == 0:
        chosen, reason = _first(heads), "first_come"
    elif priority_streak >= rule.priority_in_a_row:
        chosen, reason = ordinary, "ordinary_turn"
    else:
        chosen, reason = priority, "priority_turn"
    assert chosen is not None
    return Choice(
        ticket_id=chosen.ticket_id,
        explanation={
            "reason": reason,
            "rule": asdict(rule),
            "priority_streak": priority_streak,
            "priority_waiting": priority.waiting if priority else 0,
            "ordinary_waiting": ordinary.waiting if ordinary else 0,
        },
    )


def _first(heads: Sequence[Head]) -> Head | None:
    return min(heads, key=lambda head: (head.arrived_at, head.ticket_id), default=None)


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


def durations(stays: Sequence[Stay], *, until: datetime) -> Durations:
    """Return what the step log says of a ticket's time, in seconds.

    stays: in order of time; until: now, for a ticket still in the house.
    """
    spent: dict[str, float] = {}
    moments = [*(stay.since for stay in stays), until]
    for stay, end in zip(stays, moments[1:], strict=True):
        kind = _KIND.get(stay.state)
        if kind:
            spent[kind] = spent.get(kind, 0.0) + (end - stay.since).total_seconds()
    return Durations(**spent)


@dataclass(frozen=True)
class Expectation:
    """A first expected wait, as a range in whole minutes."""

    low_minutes: int
    high_minutes: int


def expected_wait(
    ahead: int, *, minutes_each: float, counters: int, spread: float = 0.5
) -> Expectation:
    """Return a range for the wait of somebody with so many people ahead.

    minutes_each: mean minutes at the desk today, or the line's usual ones; counters: open
    now, at least one is assumed; spread: half width of the range as a share of its middle.
    """
    middle = ahead * minutes_each / max(counters, 1)
    return Expectation(
        low_minutes=int(middle * (1 - spread)),
        high_minutes=max(int(middle * (1 + spread) + 0.999), 5),
    )
