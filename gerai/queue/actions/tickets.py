"""Taking a number, and leaving the line. Three doors call the same action."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Service
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.counting import counted_on
from gerai.queue.actions.limits import claim_place
from gerai.queue.actions.moves import begin, move
from gerai.queue.actions.nights import begin_day
from gerai.queue.models import Door, Group, Line, LineDay, Ticket, Visit
from gerai.queue.queries.rule import entry_line
from gerai.queue.states import FIRST, State, Verb
from gerai.transactions import inside_transaction, one_transaction

LONGEST_KEY = 64


class NoLine(Refused):
    """The service has no line here."""

    message = _("Layanan ini belum punya antrean di mal. Tanyakan kepada penyambut di pintu masuk.")


class NotOpen(Refused):
    """No numbers are given out now; the message says why and until when."""


class NumbersGone(NotOpen):
    """The day's numbers of the service, or of the door, were all given out."""


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
        first = already_taken(idempotency_key)
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
    return take_once(
        service,
        door=door,
        idempotency_key=idempotency_key,
        by=by,
        group=group,
        language=language,
    )


@inside_transaction
def take_once(
    service: Service,
    *,
    door: Door,
    idempotency_key: str,
    by: audit.Actor,
    group: Group,
    language: str,
    state: State = FIRST,
    explanation: Mapping[str, object] | None = None,
) -> Ticket:
    """Take a number as part of a larger change; the same key gives the same ticket.

    state: where it begins; a number on paper counts only when its paper is out. explanation:
    why this line, where the visit has several.

    :raises NotOpen, NoLine: as `take`
    """
    taken = already_taken(idempotency_key)
    if taken is not None:
        return taken
    now = clock.now()
    line = line_giving_numbers(service, now, group=group, language=language)
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
    if not claim_place(service, day, door):
        raise NumbersGone(
            directory.sentence(directory.opening_of(service.agency, now, numbers_left=0))
        )
    ticket = Ticket.objects.create(
        mall=mall,
        visit=visit,
        line=line,
        service=service,
        day=day,
        number=number,
        label=label_of(line.code, number),
        is_priority=group != Group.ORDINARY,
        state=state,
        arrived_at=now,
    )
    begin(ticket, by=by, explanation=explanation)
    return ticket


def line_giving_numbers(service: Service, moment: datetime, *, group: str, language: str) -> Line:
    """Return the line that a visitor of a service enters, if it gives out numbers at a moment.

    Whatever forbids a number stands here: the fast door asks the same.

    :raises NotOpen, NoLine: as `take`
    """
    line = entry_line(service, group=group, language=language)
    if line is None or not service.is_active:
        raise NoLine
    opening = directory.opening_of(service.agency, moment)
    if not opening.takes_tickets:
        raise NotOpen(directory.sentence(opening))
    return line


@inside_transaction
def next_number(line: Line, day: date) -> int:
    """Claim the next number of a line on a mall day.

    One conditional update on the counter row: concurrent takers wait for each other, a
    rolled-back one gives its number back, so none is lost or given twice.
    """
    days = LineDay.objects.filter(line=line, day=day)
    number = counted_on(days, "last_number")
    if number is None:
        begin_day(day)
        LineDay.objects.bulk_create(
            [LineDay(mall_id=line.mall_id, line=line, day=day)], ignore_conflicts=True
        )
        number = counted_on(days, "last_number")
    assert number is not None  # the row was made, by this one or by another
    return number


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


def already_taken(idempotency_key: str) -> Ticket | None:
    """Return the ticket that a request with this key got before."""
    # By the unique key first: nearly always nothing is there, and the joins cost a plan.
    visit = Visit.objects.filter(idempotency_key=idempotency_key).values_list("pk").first()
    if visit is None:
        return None
    return (
        Ticket.objects.filter(visit=visit[0], came_from=None)
        .select_related("visit", "line", "service__agency")
        .order_by("pk")
        .first()
    )
