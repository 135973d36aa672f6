"""A visitor's own place: people ahead, a first expected time, the counter when called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Q, When

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Counter
from gerai.directory.queries.closings import closed_now
from gerai.queue.models import Desk, Line, Step, Ticket
from gerai.queue.queries.boards import today
from gerai.queue.queries.expectations import expectation
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.rules import Durations, Expectation, Stay, durations, others_before
from gerai.queue.states import IN_THE_HOUSE, State

SERVICES_LOOKED_AT = 20
SERVICES_NEEDED = 5


@dataclass(frozen=True)
class Place:
    """Where a ticket stands, for its holder."""

    ticket: Ticket
    ahead: int
    expectation: Expectation | None
    counters_open: int

    @property
    def is_promise(self) -> bool:
        """Tell whether the range counts from now: not from when a counter opens, or another day."""
        return (
            self.expectation is not None and self.counters_open > 0 and self.ticket.day == today()
        )


def ticket_of(token: str) -> Ticket | None:
    """Return where the visit with this secret token stands, else its newest ticket.

    A place in a next line that was taken back counts last.
    """
    taken_back = Q(state=State.LEFT, came_from__isnull=False, planned_steps=None)
    standing = Q(state__in=[*IN_THE_HOUSE, State.PRINTING])
    return (
        Ticket.objects.filter(visit__token=token)
        .select_related(
            "visit",
            "line",
            "service__agency",
            "counter__zone__floor",
            "wanted_counter",
            "mall",
            "wait_promise",
        )
        .order_by(Case(When(standing, then=0), When(taken_back, then=2), default=1), "-pk")
        .first()
    )


def place_of(ticket: Ticket) -> Place:
    """Return people ahead and the expected wait; None once the ticket does not wait.

    What the rule says besides the priority ratio may call some later ones first, which the
    range leaves room for.
    """
    open_here = len(open_counters(ticket.line.agency, ticket.day))
    if ticket.state != State.WAITING:
        return Place(ticket, 0, None, open_here)
    ahead = people_ahead(ticket)
    return Place(ticket, ahead, expectation(ticket.line, ticket.day, ahead, open_here), open_here)


def people_ahead(ticket: Ticket) -> int:
    """Return how many of the line are called before a ticket, if nobody comes any more.

    Those of its class who came earlier, and of the other class as many as the mall's ratio says.
    """
    waiting = Ticket.objects.waiting().filter(line=ticket.line_id, day=ticket.day)
    earlier = waiting.filter(arrived_at__lt=ticket.arrived_at) | waiting.filter(
        arrived_at=ticket.arrived_at, pk__lt=ticket.pk
    )
    own = earlier.filter(is_priority=ticket.is_priority).count()
    others = waiting.filter(is_priority=not ticket.is_priority).count()
    if not others:
        return own
    rule = rule_in_force()
    if rule.priority_in_a_row == 0:
        return earlier.count()
    return own + others_before(own, others, rule=rule, is_priority=ticket.is_priority)


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
    """Return ticket key → Durations, read off the step log, in two queries.

    Spans in which the whole queue stood still are no waits.
    """
    stays: dict[int, list[Stay]] = {key: [] for key in ticket_ids}
    steps = Step.objects.filter(ticket__in=ticket_ids).order_by("pk")
    for ticket_id, state, at in steps.values_list("ticket_id", "state", "at"):
        stays[ticket_id].append(Stay(state, at))
    end = until or clock.now()
    first = min((log[0].since for log in stays.values() if log), default=end)
    still = directory.stillness(first, end)
    return {key: durations(log, until=end, still=still) for key, log in stays.items()}


def open_counters(agency: Agency, day: date) -> list[Counter]:
    """Return the counters of an agency on a day at which somebody calls now.

    An officer has them open and not paused, and they are not closed for a while.
    """
    desks = Desk.objects.filter(
        counter__in=directory.counters_of(agency, day), closed_at=None, paused_at=None
    ).select_related("counter")
    closed = closed_now(clock.now())
    return [
        desk.counter for desk in desks.order_by("pk") if not closed.counter(desk.counter, [agency])
    ]
