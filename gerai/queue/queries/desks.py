"""What an officer's desk shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Counter, CounterShare, Posting, Service
from gerai.people.models import User
from gerai.queue.models import Desk, Line, Step, Ticket
from gerai.queue.queries.boards import CounterNow, counters_now, today
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
    undo: "Undo | None"


@dataclass(frozen=True)
class Undo:
    """The last step of a desk, and the seconds for which it may still be taken back."""

    step: Step
    ends_at: datetime
    seconds_left: int


def desk_of(officer: User) -> Desk | None:
    """Return the desk that an officer has open."""
    return _open_desks().filter(officer=officer).first()


def desk_at(counter: Counter) -> Desk | None:
    """Return the desk that is open at a counter."""
    return _open_desks().filter(counter=counter).first()


def _open_desks() -> QuerySet[Desk]:
    desks: QuerySet[Desk] = Desk.objects.filter(closed_at=None).select_related(
        "counter__zone__floor", "mall", "officer"
    )
    return desks


def counters_for(officer: User) -> list[CounterNow]:
    """Return the counters that an officer may open today: those of their agencies."""
    posted = set(Posting.objects.filter(user=officer).values_list("agency", flat=True))
    return [now for now in counters_now(today()) if posted & {agency.pk for agency in now.agencies}]


def officers_for(counter: Counter) -> list[User]:
    """Return the officers who may open a counter today and have none open, by name."""
    agencies = directory.agencies_at(counter, today())
    posted = Posting.objects.filter(agency__in=agencies).values("user")
    seated = Desk.objects.filter(closed_at=None).values("officer")
    free = User.objects.filter(pk__in=posted, is_active=True).exclude(pk__in=seated)
    return list(free.order_by("name", "pk"))


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
        undo=undoable(desk, rule),
    )


def ticket_for(desk: Desk, ticket_id: int) -> Ticket | None:
    """Return a ticket of today that this desk may touch: of its lines, nobody else's."""
    agencies = directory.sitting_at(desk.counter_id, today())
    return _tickets_of(agencies).filter(pk=ticket_id).first()


def may_know(officer: User, ticket_id: int) -> bool:
    """Tell whether a ticket of today belongs to an agency of the officer."""
    agencies = Agency.objects.filter(postings__user=officer)
    return _tickets_of(agencies).filter(pk=ticket_id).exists()


def _tickets_of(agencies: QuerySet[Agency]) -> QuerySet[Ticket]:
    tickets: QuerySet[Ticket] = Ticket.objects.filter(
        day=today(), line__agency__in=agencies
    ).select_related("visit", "line__agency", "service__agency", "counter__zone", "mall")
    return tickets


def services_to_transfer_to(ticket: Ticket) -> list[Service]:
    """Return the other services with a line whose agency sits in the mall today."""
    here = CounterShare.objects.filter(weekday=today().weekday(), counter__is_active=True)
    return list(
        Service.objects.filter(
            is_active=True,
            line_service__line__is_active=True,
            agency__is_active=True,
            agency__in=here.values("agency"),
        )
        .exclude(pk=ticket.service_id)
        .select_related("agency")
        .order_by("agency__short_name", "name", "pk")
    )


def counters_to_send_to(ticket: Ticket) -> list[Counter]:
    """Return the other counters of the ticket's agency that somebody has open."""
    staffed = set(Desk.objects.filter(closed_at=None).values_list("counter", flat=True))
    return [
        counter
        for counter in directory.counters_of(ticket.line.agency, today())
        if counter.pk in staffed and counter.pk != ticket.counter_id
    ]


def undoable(desk: Desk, rule: CallRule) -> Undo | None:
    """Return the last step of this desk if it may still be taken back."""
    last = (
        Step.objects.filter(counter=desk.counter_id, at__gte=desk.opened_at)
        .select_related("ticket")
        .order_by("-pk")
        .first()
    )
    if last is None or last.verb not in UNDO:
        return None
    left = rule.undo_seconds - (clock.now() - last.at).total_seconds()
    newest = Step.objects.filter(ticket=last.ticket_id).aggregate(newest=Max("pk"))
    if left < 0 or newest["newest"] != last.pk:
        return None
    return Undo(last, last.at + timedelta(seconds=rule.undo_seconds), int(left))


def _in(tickets: Sequence[Ticket], state: State) -> tuple[Ticket, ...]:
    return tuple(ticket for ticket in tickets if ticket.state == state)
