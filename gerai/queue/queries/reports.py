"""The day as the step log tells it."""

import statistics
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gerai.queue.models import Door, Group, Line, Ticket
from gerai.queue.queries.places import durations_of
from gerai.queue.rules import Durations
from gerai.queue.states import State


@dataclass(frozen=True)
class WaitingReport:
    """Waits of the tickets that were called, in seconds."""

    customers: int
    mean_s: float
    median_s: float
    max_s: float
    share_waiting: float


@dataclass(frozen=True)
class Part:
    """A line, a counter or the whole mall on a day; means in seconds, of the called."""

    name: str
    tickets: int
    waits: WaitingReport
    walking_s: float
    serving_s: float
    held_s: float
    done: int
    absent: int


@dataclass(frozen=True)
class DayReport:
    """A day of the mall: the whole, its parts, and how many of each kind there were."""

    day: date
    whole: Part
    lines: tuple[Part, ...]
    counters: tuple[Part, ...]
    outcomes: tuple[tuple[str, int], ...]
    doors: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]


def day_report(day: date, *, outcomes: Sequence[tuple[str, object]]) -> DayReport:
    """Return the report of a day, in two queries.

    outcomes: value and label of every outcome, in the order in which they are told.
    """
    tickets = list(
        Ticket.objects.filter(day=day)
        .select_related("line", "counter", "visit")
        .order_by("line__code", "pk")
    )
    spent = durations_of([ticket.pk for ticket in tickets])
    by_line, by_counter = defaultdict(list), defaultdict(list)
    for ticket in tickets:
        by_line[f"{ticket.line.code} · {ticket.line.name}"].append(ticket)
        if ticket.counter is not None:
            by_counter[(ticket.counter.position, ticket.counter.code)].append(ticket)
    return DayReport(
        day=day,
        whole=_part("", tickets, spent),
        lines=tuple(_part(name, theirs, spent) for name, theirs in by_line.items()),
        counters=tuple(_part(key[1], theirs, spent) for key, theirs in sorted(by_counter.items())),
        outcomes=_tally(outcomes, [ticket.outcome for ticket in tickets]),
        doors=_tally(Door.choices, [ticket.visit.door for ticket in tickets]),
        groups=_tally(Group.choices, [ticket.visit.group for ticket in tickets]),
    )


def waiting_report(day: date, line: Line | None = None) -> WaitingReport:
    """Return how long the served visitors of a day (and line) waited until their call."""
    tickets = Ticket.objects.filter(day=day, times_called__gt=0)
    if line is not None:
        tickets = tickets.filter(line=line)
    return summary(list(durations_of(list(tickets.values_list("pk", flat=True))).values()))


def summary(days: Sequence[Durations]) -> WaitingReport:
    """Return mean, median and longest wait, and the share that waited at all.

    >>> summary([Durations(waiting=0.0), Durations(waiting=90.0)])
    WaitingReport(customers=2, mean_s=45.0, median_s=45.0, max_s=90.0, share_waiting=0.5)
    """
    waits = [day.waiting for day in days]
    if not waits:
        return WaitingReport(0, 0.0, 0.0, 0.0, 0.0)
    return WaitingReport(
        customers=len(waits),
        mean_s=statistics.fmean(waits),
        median_s=statistics.median(waits),
        max_s=max(waits),
        share_waiting=sum(wait > 0 for wait in waits) / len(waits),
    )


def _part(name: str, tickets: Sequence[Ticket], spent: dict[int, Durations]) -> Part:
    called = [spent[ticket.pk] for ticket in tickets if ticket.times_called > 0]
    done = [spent[ticket.pk] for ticket in tickets if ticket.state == State.DONE]
    return Part(
        name=name,
        tickets=len(tickets),
        waits=summary(called),
        walking_s=_mean([each.walking for each in called]),
        serving_s=_mean([each.serving for each in done]),
        held_s=_mean([each.held for each in done]),
        done=len(done),
        absent=sum(ticket.state == State.ABSENT for ticket in tickets),
    )


def _mean(seconds: Sequence[float]) -> float:
    return statistics.fmean(seconds) if seconds else 0.0


def _tally(
    choices: Sequence[tuple[str, object]], values: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    counted = Tally(values)
    return tuple((str(label), counted[value]) for value, label in choices)
