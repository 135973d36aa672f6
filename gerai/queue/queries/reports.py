"""The day as the step log tells it."""

import statistics
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gerai.directory.models import Service
from gerai.queue.models import Door, Group, Line, ServedItem, Ticket
from gerai.queue.queries.nights import Night, nights_of
from gerai.queue.queries.places import durations_of
from gerai.queue.rules import Durations
from gerai.queue.states import IN_THE_HOUSE, State

SERVED = "served"
# Whoever was absent at the day's end is told apart.
UNFINISHED = IN_THE_HOUSE - {State.ABSENT}


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
    """A line, a counter or the whole mall on a day; means in seconds, of the called.

    unfinished: numbers that the day's end left without a service, those kept for another day
    included.
    """

    name: str
    tickets: int
    waits: WaitingReport
    walking_s: float
    serving_s: float
    held_s: float
    done: int
    absent: int
    unfinished: int


@dataclass(frozen=True)
class Amount:
    """How often a service of an agency was done on a day, three legalised copies being three."""

    agency: str
    service: str
    count: int


@dataclass(frozen=True)
class DayReport:
    """A day of the mall: the whole, its parts, and how many of each kind there were.

    amounts: what was done, most first.

    kept: unfinished numbers that are valid another day; brought: numbers kept from a day before.
    """

    day: date
    visits: int
    whole: Part
    lines: tuple[Part, ...]
    counters: tuple[Part, ...]
    outcomes: tuple[tuple[str, int], ...]
    doors: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    amounts: tuple[Amount, ...]
    kept: int
    brought: int

    @property
    def services(self) -> tuple[tuple[str, int], ...]:
        """Return the services with how often each was done."""
        return tuple((each.service, each.count) for each in self.amounts)


def day_report(day: date, *, outcomes: Sequence[tuple[str, object]]) -> DayReport:
    """Return the report of a day, in four queries, two more where the night ended numbers.

    outcomes: value and label of every outcome, in the order in which they are told.
    """
    tickets = list(
        Ticket.objects.filter(day=day)
        .select_related("line", "counter", "visit", "service__agency")
        .order_by("line__code", "pk")
    )
    spent = durations_of([ticket.pk for ticket in tickets])
    nights = nights_of(tickets)
    by_line, by_counter = defaultdict(list), defaultdict(list)
    for ticket in tickets:
        by_line[f"{ticket.line.code} · {ticket.line.name}"].append(ticket)
        if ticket.counter is not None:
            by_counter[(ticket.counter.position, ticket.counter.code)].append(ticket)
    return DayReport(
        day=day,
        visits=len({ticket.visit_id for ticket in tickets}),
        whole=_part("", tickets, spent, nights),
        lines=tuple(_part(name, theirs, spent, nights) for name, theirs in by_line.items()),
        counters=tuple(
            _part(key[1], theirs, spent, nights) for key, theirs in sorted(by_counter.items())
        ),
        outcomes=_tally(outcomes, [ticket.outcome for ticket in tickets]),
        doors=_tally(Door.choices, [ticket.visit.door for ticket in tickets]),
        groups=_tally(Group.choices, [ticket.visit.group for ticket in tickets]),
        amounts=_amounts(tickets),
        kept=sum(night.is_kept for night in nights.values()),
        brought=sum(ticket.day != ticket.visit.day for ticket in tickets),
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


def _part(
    name: str,
    tickets: Sequence[Ticket],
    spent: dict[int, Durations],
    nights: dict[int, Night],
) -> Part:
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
        absent=sum(State.ABSENT in (ticket.state, _stood(ticket, nights)) for ticket in tickets),
        unfinished=sum(_stood(ticket, nights) in UNFINISHED for ticket in tickets),
    )


def _stood(ticket: Ticket, nights: dict[int, Night]) -> State | None:
    """Return where a number stood that the night ended, None for all others."""
    night = nights.get(ticket.pk)
    return night.stood if night is not None else None


def _amounts(tickets: Sequence[Ticket]) -> tuple[Amount, ...]:
    """Return how often each service was done: as recorded at the desk, else once a number."""
    recorded: dict[int, list[ServedItem]] = defaultdict(list)
    done = {ticket.pk: ticket for ticket in tickets if ticket.state == State.DONE}
    for item in ServedItem.objects.filter(ticket__in=done).select_related("service__agency"):
        recorded[item.ticket_id].append(item)
    counted: Tally[Service] = Tally()
    for key, ticket in done.items():
        if key not in recorded and ticket.outcome == SERVED:
            counted[ticket.service] += 1
        for item in recorded.get(key, ()):
            counted[item.service] += item.amount
    amounts = [
        Amount(service.agency.short_name, service.name, count) for service, count in counted.items()
    ]
    return tuple(sorted(amounts, key=lambda each: (-each.count, each.service, each.agency)))


def _mean(seconds: Sequence[float]) -> float:
    return statistics.fmean(seconds) if seconds else 0.0


def _tally(
    choices: Sequence[tuple[str, object]], values: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    counted = Tally(values)
    return tuple((str(label), counted[value]) for value, label in choices)
