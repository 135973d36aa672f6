"""Tickets, ratings and values for tests, made in the mall in scope."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count

from gerai import clock
from gerai.directory.models import Service
from gerai.insights import actions
from gerai.insights.measures import Value
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall, in_mall
from gerai.people import audit
from gerai.queue.models import Door, Line, Step, Ticket, Visit
from gerai.queue.states import State, Verb
from gerai.survey.models import Rating

BY = audit.Actor(name="uji")
TODAY = date(2026, 11, 23)

_next = count(1)


def moment(day: date, minute: float) -> datetime:
    """Return a moment so many minutes after eight o'clock."""
    return clock.at(day, 8, 0, "Asia/Makassar") + timedelta(minutes=minute)


def served_tickets(line: Line, waits: Sequence[float], day: date = TODAY) -> list[Ticket]:
    """Make finished tickets of a day that waited so many minutes each."""
    service = line.services.order_by("pk")[0]
    numbers = [next(_next) for _ in waits]
    visits = Visit.objects.bulk_create(
        Visit(
            mall=current_mall(),
            token=f"uji-{number}",
            code=f"{number}"[-6:],
            day=day,
            door=Door.KIOSK,
            idempotency_key=f"uji-{number}",
            came_at=moment(day, 0),
        )
        for number in numbers
    )
    tickets = Ticket.objects.bulk_create(
        Ticket(
            mall=current_mall(),
            visit=visit,
            line=line,
            service=service,
            day=day,
            number=number,
            label=f"X-{number}",
            state=State.DONE,
            arrived_at=moment(day, 0),
        )
        for number, visit in zip(numbers, visits, strict=True)
    )
    Step.objects.bulk_create(
        Step(mall=current_mall(), ticket=ticket, verb=verb, state=state, at=moment(day, at))
        for ticket, wait in zip(tickets, waits, strict=True)
        for verb, state, at in (
            (Verb.TAKE, State.WAITING, 0.0),
            (Verb.CALL, State.CALLED, wait),
            (Verb.START, State.SERVING, wait + 1),
            (Verb.FINISH, State.DONE, wait + 6),
        )
    )
    return tickets


def ratings(service: Service, answers: Sequence[Sequence[int | None]], day: date = TODAY) -> None:
    """Make ratings."""
    Rating.objects.bulk_create(
        Rating(
            mall=current_mall(),
            agency_id=service.agency_id,
            service=service,
            day=day,
            door="phone",
            **{f"u{at}": answer for at, answer in enumerate(row, start=1)},
        )
        for row in answers
    )


def values_of(found: Sequence[Value]) -> dict[str, Value]:
    """Return values by key."""
    return {value.key: value for value in found}


def shared_by(mall: Mall) -> None:
    """Let a mall share its measures."""
    with in_mall(mall):
        actions.share_measures(shares=True, by=BY)
