"""Taking a number, and leaving the line. Three doors call the same action."""

import secrets
from datetime import date

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Service
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.days import begin_day
from gerai.queue.actions.moves import begin, move
from gerai.queue.models import Door, Group, Line, LineDay, Ticket, Visit
from gerai.queue.states import Verb
from gerai.transactions import inside_transaction, one_transaction

LONGEST_KEY = 64


class NoLine(Refused):
    """The service has no line here."""

    message = _("Layanan ini belum punya antrean di mal. Tanyakan kepada penyambut di pintu masuk.")


class NotOpen(Refused):
    """No numbers are given out now; the message says why and until when."""


class BadKey(Refused):
    """The request names no idempotency key, or a senseless one."""

    message = _("Permintaan ini tidak lengkap. Muat ulang halaman, lalu coba lagi.")
    status = 400


def take(
    service: Service,
    *,
    door: Door,
    idempotency_key: str,
    by: audit.Actor,
    group: Group = Group.ORDINARY,
    language: str = "id",
) -> Ticket:
    """Give a visitor a number for a service.

    The same idempotency key gives the same ticket, however often and however concurrently
    it is sent.

    :raises NotOpen: the agency gives out no numbers now
    :raises NoLine: the service has no line
    :raises BadKey: the key is empty or longer than 64 characters
    """
    if not idempotency_key or len(idempotency_key) > LONGEST_KEY:
        raise BadKey
    try:
        return _take(
            service,
            door=door,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
        )
    except IntegrityError:
        # Two of the same at once: the other one won, its ticket is the answer.
        first = _already_taken(idempotency_key)
        if first is None:
            raise
        return first


@one_transaction
def _take(
    service: Service,
    *,
    door: Door,
    idempotency_key: str,
    by: audit.Actor,
    group: Group,
    language: str,
) -> Ticket:
    taken = _already_taken(idempotency_key)
    if taken is not None:
        return taken
    now = clock.now()
    line = Line.objects.filter(lineservice__service=service, is_active=True).first()
    if line is None or not service.is_active:
        raise NoLine
    opening = directory.opening_of(service.agency, now)
    if not opening.takes_tickets:
        raise NotOpen(directory.sentence(opening))
    mall = current_mall()
    day = clock.local_day(now, mall.zone)
    visit = Visit.objects.create(
        mall=mall,
        token=secrets.token_urlsafe(18),
        code=f"{secrets.randbelow(10_000):04}",
        day=day,
        door=door,
        group=group,
        language=language,
        idempotency_key=idempotency_key,
        came_at=now,
    )
    number = next_number(line, day)
    ticket = Ticket.objects.create(
        mall=mall,
        visit=visit,
        line=line,
        service=service,
        day=day,
        number=number,
        label=label_of(line.code, number),
        is_priority=group != Group.ORDINARY,
        arrived_at=now,
    )
    begin(ticket, by=by)
    return ticket


@inside_transaction
def next_number(line: Line, day: date) -> int:
    """Claim the next number of a line on a mall day.

    One conditional update on the counter row: concurrent takers wait for each other, a
    rolled-back one gives its number back, so none is lost or given twice.
    """
    days = LineDay.objects.filter(line=line, day=day)
    if not days.update(last_number=F("last_number") + 1):
        begin_day(day)
        LineDay.objects.bulk_create(
            [LineDay(mall_id=line.mall_id, line=line, day=day)], ignore_conflicts=True
        )
        days.update(last_number=F("last_number") + 1)
    return int(days.values_list("last_number", flat=True).get())


def label_of(code: str, number: int) -> str:
    """Return the label of a number: A035; past 999 it grows.

    >>> label_of("A", 35)
    'A035'
    """
    return f"{code}{number:03}"


@one_transaction
def leave(ticket: Ticket, *, by: audit.Actor) -> None:
    """Take a visitor who wishes so out of the line; the number stays used.

    :raises TooLate: the ticket is at a counter or has ended
    """
    move(ticket, Verb.LEAVE, by=by, counter=None)


def _already_taken(idempotency_key: str) -> Ticket | None:
    return (
        Ticket.objects.filter(visit__idempotency_key=idempotency_key, came_from=None)
        .select_related("visit", "line", "service__agency")
        .order_by("pk")
        .first()
    )
