"""A visitor's own place: people ahead, a first expected time, the counter when called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Counter
from gerai.queue.models import Desk, Line, Step, Ticket
from gerai.queue.rules import Durations, Expectation, Stay, durations, expected_wait
from gerai.queue.states import State

SERVICES_LOOKED_AT = 20
SERVICES_NEEDED = 5


@dataclass(frozen=True)
class Place:
    """Where a ticket stands, for its holder."""

    ticket: Ticket
    ahead: int
    expectation: Expectation | None
    counters_open: int


def ticket_of(token: str) -> Ticket | None:
    """Return the newest ticket of the visit with this secret token."""
    return (
        Ticket.objects.filter(visit__token=token)
        .select_related("visit", "line", "service__agency", "counter__zone__floor", "mall")
        .order_by("-pk")
        .first()
    )


def place_of(ticket: Ticket) -> Place:
    """Return people ahead and the expected wait; None once the ticket does not wait.

    People ahead are those of the line who came earlier. The priority ratio may call some
    later ones first, which the range leaves room for.
    """
    open_here = len(open_counters(ticket.line.agency, ticket.day))
    if ticket.state != State.WAITING:
        return Place(ticket, 0, None, open_here)
    ahead = people_ahead(ticket)
    return Place(ticket, ahead, expectation(ticket.line, ticket.day, ahead, open_here), open_here)


def people_ahead(ticket: Ticket) -> int:
    """Return how many waiting tickets of the same line and class came earlier.

    For an ordinary ticket also the priority ones that wait count.
    """
    waiting = Ticket.objects.waiting().filter(line=ticket.line_id, day=ticket.day)
    earlier = waiting.filter(arrived_at__lt=ticket.arrived_at) | waiting.filter(
        arrived_at=ticket.arrived_at, pk__lt=ticket.pk
    )
    if ticket.is_priority:
        return earlier.filter(is_priority=True).count()
    return earlier.filter(is_priority=False).count() + waiting.filter(is_priority=True).count()


def expectation(line: Line, day: date, ahead: int, counters: int) -> Expectation:
    """Return the expected wait of somebody with so many people ahead in a line."""
    return expected_wait(ahead, minutes_each=minutes_each(line, day), counters=counters)


def minutes_each(line: Line, day: date) -> float:
    """Return the mean minutes at the desk of the line's last services today.

    Until five are finished, the line's usual minutes.
    """
    return minutes_each_of([line], day)[line.pk]


def minutes_each_of(lines: Sequence[Line], day: date) -> dict[int, float]:
    """Return line key → mean minutes at the desk, as `minutes_each`, in two queries."""
    done = (
        Step.objects.filter(
            ticket__line__in=lines,
            ticket__day=day,
            ticket__state=State.DONE,
            state=State.DONE,
        )
        .order_by("-pk")
        .values_list("ticket__line", "ticket")
    )
    last: dict[int, dict[int, None]] = {line.pk: {} for line in lines}
    for line_id, ticket_id in done:
        if len(last[line_id]) < SERVICES_LOOKED_AT:
            last[line_id][ticket_id] = None
    served = durations_of([ticket for tickets in last.values() for ticket in tickets])
    return {
        line.pk: _mean_minutes([served[ticket] for ticket in last[line.pk]], line) for line in lines
    }


def _mean_minutes(served: Sequence[Durations], line: Line) -> float:
    if len(served) < SERVICES_NEEDED:
        return float(line.usual_minutes)
    return max(sum(each.serving for each in served) / len(served) / 60, 0.5)


def durations_of(ticket_ids: list[int], *, until: datetime | None = None) -> dict[int, Durations]:
    """Return ticket key → Durations, read off the step log in one query."""
    stays: dict[int, list[Stay]] = {key: [] for key in ticket_ids}
    steps = Step.objects.filter(ticket__in=ticket_ids).order_by("pk")
    for ticket_id, state, at in steps.values_list("ticket_id", "state", "at"):
        stays[ticket_id].append(Stay(state, at))
    end = until or clock.now()
    return {key: durations(log, until=end) for key, log in stays.items()}


def open_counters(agency: Agency, day: date) -> list[Counter]:
    """Return the counters of an agency on a day that an officer has open and not paused."""
    desks = Desk.objects.filter(
        counter__in=directory.counters_of(agency, day), closed_at=None, paused_at=None
    ).select_related("counter")
    return [desk.counter for desk in desks]
