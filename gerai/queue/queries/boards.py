"""What the hall, the desks and the supervisor see now."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Count, Max, Min, Q

from gerai import clock
from gerai.directory.models import Agency, Counter, CounterShare, Zone
from gerai.directory.queries.closings import closed_now
from gerai.malls.scope import current_mall
from gerai.queue.models import Desk, Line, Ticket
from gerai.queue.states import AT_A_COUNTER, State, Verb


@dataclass(frozen=True)
class CounterNow:
    """A counter today: whose it is, who sits there, whom it serves.

    state: "serving", "called", "closed" (for a while), "open" (ready), "paused", "empty" (no
    officer though an agency has it today), "unused" (no agency today).
    """

    counter: Counter
    agencies: tuple[Agency, ...]
    desk: Desk | None
    ticket: Ticket | None
    state: str


@dataclass(frozen=True)
class LineNow:
    """A line today."""

    line: Line
    waiting: int
    waiting_priority: int
    at_counters: int
    absent: int
    held: int
    done: int
    oldest_waiting_at: datetime | None
    counters: tuple[CounterNow, ...]

    @property
    def counters_open(self) -> int:
        """Counters of the line's agency where somebody can be called now."""
        return sum(counter.state in {"serving", "called", "open"} for counter in self.counters)


@dataclass(frozen=True)
class Board:
    """A zone, or the whole mall, at one moment."""

    zone: Zone | None
    day: date
    calls: tuple[Ticket, ...]
    counters: tuple[CounterNow, ...]
    lines: tuple[LineNow, ...]
    waiting: int = field(default=0)


def today() -> date:
    """Return the day of the mall in scope."""
    return clock.local_day(clock.now(), current_mall().zone)


def board(zone: Zone | None = None) -> Board:
    """Return the current calls (newest first), counters and lines of a zone or the mall."""
    day = today()
    everywhere = counters_now(day)
    counters = tuple(now for now in everywhere if zone is None or now.counter.zone_id == zone.pk)
    agencies = {agency.pk for now in counters for agency in now.agencies}
    lines = tuple(
        now for now in lines_now(day, everywhere) if zone is None or now.line.agency_id in agencies
    )
    calls = [now.ticket for now in counters if now.ticket is not None]
    newest = sorted(calls, key=attrgetter("called_at"), reverse=True)
    return Board(
        zone=zone,
        day=day,
        calls=tuple(newest),
        counters=counters,
        lines=lines,
        waiting=sum(line.waiting for line in lines),
    )


def counters_now(day: date) -> list[CounterNow]:
    """Return every active counter with its state, in the order of its position."""
    shares = defaultdict(list)
    for share in CounterShare.objects.filter(
        weekday=day.weekday(), agency__is_active=True
    ).select_related("agency"):
        shares[share.counter_id].append(share.agency)
    desks = {
        desk.counter_id: desk
        for desk in Desk.objects.filter(closed_at=None).select_related("officer")
    }
    tickets = {
        ticket.counter_id: ticket
        for ticket in Ticket.objects.filter(day=day, state__in=AT_A_COUNTER)
        .select_related("line", "service__agency", "visit")
        .annotate(called_at=Max("steps__at", filter=Q(steps__verb__in=[Verb.CALL, Verb.RECALL])))
    }
    closed = closed_now(clock.now())
    counters = Counter.objects.filter(is_active=True).select_related("zone__floor")
    return [
        _counter_now(
            counter,
            tuple(shares[counter.pk]),
            desks.get(counter.pk),
            tickets.get(counter.pk),
            is_closed=closed.counter(counter, shares[counter.pk]),
        )
        for counter in counters.order_by("position", "pk")
    ]


def _counter_now(
    counter: Counter,
    agencies: tuple[Agency, ...],
    desk: Desk | None,
    ticket: Ticket | None,
    *,
    is_closed: bool,
) -> CounterNow:
    if ticket is not None:
        ticket.counter = counter
        state = str(ticket.state)
    elif is_closed and agencies:
        state = "closed"
    elif desk is not None:
        state = "paused" if desk.paused_at else "open"
    else:
        state = "empty" if agencies else "unused"
    return CounterNow(counter, agencies, desk, ticket, state)


def lines_now(day: date, counters: list[CounterNow]) -> list[LineNow]:
    """Return every active line with its numbers of today, by code."""
    numbers = {
        row["line"]: row
        for row in Ticket.objects.filter(day=day)
        .order_by()
        .values("line")
        .annotate(
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            waiting_priority=Count("pk", filter=Q(state=State.WAITING, is_priority=True)),
            at_counters=Count("pk", filter=Q(state__in=AT_A_COUNTER)),
            absent=Count("pk", filter=Q(state=State.ABSENT)),
            held=Count("pk", filter=Q(state=State.HELD)),
            done=Count("pk", filter=Q(state=State.DONE)),
            oldest=Min("arrived_at", filter=Q(state=State.WAITING)),
        )
    }
    by_agency = defaultdict(list)
    for now in counters:
        for agency in now.agencies:
            by_agency[agency.pk].append(now)
    nothing: dict[str, Any] = defaultdict(int)
    result = []
    for line in Line.objects.filter(is_active=True).select_related("agency").order_by("pk"):
        row = numbers.get(line.pk, nothing)
        result.append(
            LineNow(
                line=line,
                waiting=row["waiting"],
                waiting_priority=row["waiting_priority"],
                at_counters=row["at_counters"],
                absent=row["absent"],
                held=row["held"],
                done=row["done"],
                oldest_waiting_at=row["oldest"] or None,
                counters=tuple(by_agency[line.agency_id]),
            )
        )
    return result
