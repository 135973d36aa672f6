"""What an officer's desk shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Counter, CounterShare, Posting
from gerai.people.models import User
from gerai.queue.models import Desk, Line, Step, Ticket
from gerai.queue.queries.boards import today
from gerai.queue.rules import CallRule
from gerai.queue.states import AT_A_COUNTER, UNDO, State


@dataclass(frozen=True)
class DeskNow:
    """A desk: its ticket, who waits (in order of arrival), who is held or absent."""

    desk: Desk
    agencies: tuple[Agency, ...]
    lines: tuple[Line, ...]
    ticket: Ticket | None
    waiting: tuple[Ticket, ...]
    held: tuple[Ticket, ...]
    absent: tuple[Ticket, ...]
    may_undo: Ticket | None


def desk_of(officer: User) -> Desk | None:
    """Return the desk that an officer has open."""
    return (
        Desk.objects.filter(officer=officer, closed_at=None)
        .select_related("counter__zone__floor", "mall", "officer")
        .first()
    )


def counters_for(officer: User) -> list[Counter]:
    """Return the counters that an officer may open today: those of their agencies."""
    agencies = Posting.objects.filter(user=officer).values("agency")
    shares = CounterShare.objects.filter(weekday=today().weekday(), agency__in=agencies)
    return list(
        Counter.objects.filter(pk__in=shares.values("counter"), is_active=True)
        .select_related("zone__floor")
        .order_by("position", "pk")
    )


def desk_now(desk: Desk, rule: CallRule) -> DeskNow:
    """Return everything that the desk page shows."""
    day = today()
    agencies = tuple(directory.agencies_at(desk.counter, day))
    lines = tuple(Line.objects.filter(agency__in=agencies, is_active=True).order_by("pk"))
    tickets = list(
        Ticket.objects.in_the_house()
        .filter(day=day, line__in=lines)
        .select_related("visit", "line", "service__agency", "counter", "wanted_counter")
        .in_order()
    )
    return DeskNow(
        desk=desk,
        agencies=agencies,
        lines=lines,
        ticket=next(
            (
                ticket
                for ticket in tickets
                if ticket.counter_id == desk.counter_id and ticket.state in AT_A_COUNTER
            ),
            None,
        ),
        waiting=_in(tickets, State.WAITING),
        held=_in(tickets, State.HELD),
        absent=_in(tickets, State.ABSENT),
        may_undo=undoable(desk, rule),
    )


def ticket_for(desk: Desk, ticket_id: int) -> Ticket | None:
    """Return a ticket of today that this desk may touch: of its lines, nobody else's."""
    day = today()
    agencies = directory.agencies_at(desk.counter, day)
    return (
        Ticket.objects.filter(pk=ticket_id, day=day, line__agency__in=agencies)
        .select_related("visit", "line", "service__agency", "counter__zone", "mall")
        .first()
    )


def undoable(desk: Desk, rule: CallRule) -> Ticket | None:
    """Return the ticket whose last move this desk may still take back."""
    last = (
        Step.objects.filter(counter=desk.counter_id, at__gte=desk.opened_at)
        .select_related("ticket__line", "ticket__visit", "ticket__service")
        .order_by("-pk")
        .first()
    )
    if last is None or last.verb not in UNDO:
        return None
    if (clock.now() - last.at).total_seconds() > rule.undo_seconds:
        return None
    newest = Step.objects.filter(ticket=last.ticket_id).aggregate(newest=Max("pk"))["newest"]
    return last.ticket if newest == last.pk else None


def _in(tickets: Sequence[Ticket], state: State) -> tuple[Ticket, ...]:
    return tuple(ticket for ticket in tickets if ticket.state == state)
