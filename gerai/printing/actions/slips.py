"""Slips: a number given on paper, confirmed, doubted, printed again, or followed by phone."""

from collections.abc import Sequence

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Device, Service
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.printing import queries
from gerai.printing.actions import moves, sending
from gerai.printing.models import Printer, PrintJob
from gerai.printing.rules import CONFIRM_WITHIN, MOST_COPIES
from gerai.printing.states import ENDED, State, Verb
from gerai.queue.actions import printed
from gerai.queue.actions.routes import take_planned, take_route
from gerai.queue.actions.tickets import already_taken, take, take_once
from gerai.queue.models import Door, Group, Ticket
from gerai.queue.queries.routes import Wish
from gerai.queue.states import IN_THE_HOUSE
from gerai.queue.states import State as TicketState
from gerai.transactions import inside_transaction, one_transaction

BY_VISITOR = "pengunjung menyatakan kertasnya keluar"
NOT_BY_VISITOR = "pengunjung menyatakan kertasnya tidak keluar"
BY_PHONE = "pengunjung mengikuti nomornya lewat ponsel"


class NoPrinter(Refused):
    """There is no printer in use that could print this."""

    message = _(
        "Tidak ada pencetak yang dapat dipakai. Tunjukkan kode QR, atau catat nomornya di kertas."
    )


class EnoughCopies(Refused):
    """The ticket was printed as often as a visitor can need it."""

    message = _(
        "Struk nomor ini sudah dicetak sebanyak yang diperbolehkan. Pakailah halaman di ponsel."
    )


class NothingToPrint(Refused):
    """The ticket has ended: its slip is of no use any more."""

    message = _("Nomor ini sudah berakhir; struknya tidak dicetak lagi. Ambillah nomor baru.")


def give(
    service: Service,
    *,
    device: Device,
    site: str,
    idempotency_key: str,
    group: Group,
    language: str,
    wishes: Sequence[Wish] = (),
) -> Ticket:
    """Give a visitor at a kiosk a number: on paper where the kiosk has a printer in use.

    wishes: all services of a visit that needs several; the advice says which line is first.

    site: the address that the mall answers on, with its last stroke. The same key gives the
    same number and one slip, however often and however concurrently it is sent.

    :raises NotOpen, NoLine, BadKey: as `take`
    """
    printer = queries.printer_of(device)
    by = audit.Actor.device(device.name)
    if printer is None and wishes:
        return take_route(
            wishes,
            door=Door.KIOSK,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
        )
    if printer is None:
        return take(
            service,
            door=Door.KIOSK,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
        )
    try:
        return _give(
            service,
            printer=printer,
            site=site,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
            wishes=wishes,
        )
    except IntegrityError:
        # Two of the same at once: the other one won, its ticket is the answer.
        first = already_taken(idempotency_key)
        if first is None:
            raise
        return first


@one_transaction
def _give(
    service: Service,
    *,
    printer: Printer,
    site: str,
    idempotency_key: str,
    by: audit.Actor,
    group: Group,
    language: str,
    wishes: Sequence[Wish],
) -> Ticket:
    if wishes:
        ticket = take_planned(
            wishes,
            door=Door.KIOSK,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
            state=TicketState.PRINTING,
        )
    else:
        ticket = take_once(
            service,
            door=Door.KIOSK,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
            state=TicketState.PRINTING,
        )
    if not PrintJob.objects.filter(ticket=ticket).exists():
        _ask(printer, ticket=ticket, copy=1, site=site, by=by)
    return ticket


@inside_transaction
def _ask(
    printer: Printer, *, ticket: Ticket | None, copy: int, site: str, by: audit.Actor
) -> PrintJob:
    now = clock.now()
    job: PrintJob = PrintJob.objects.create(
        mall=current_mall(),
        ticket=ticket,
        printer=printer,
        copy=copy,
        address=queries.address_of(ticket, site) if ticket else site,
        asked_at=now,
        deadline=now + CONFIRM_WITHIN,
    )
    audit.record(
        f"printing.{Verb.ASK}",
        thing=f"slip:{job.pk}",
        by=by,
        label=ticket.label if ticket else "",
        copy=copy,
        printer=printer.name,
    )
    sending.look_at(job.deadline)
    sending.start(printer)
    moves.tell(job)
    return job


@one_transaction
def test(printer: Printer, *, site: str, by: audit.Actor) -> PrintJob:
    """Print a slip of no number.

    :raises NoPrinter: it is not in use
    """
    if not printer.is_active:
        raise NoPrinter
    return _ask(printer, ticket=None, copy=1, site=site, by=by)


@one_transaction
def came_out(job: PrintJob, *, by: audit.Actor) -> None:
    """Let the number count: whoever stands there has the paper.

    :raises SlipMoved: it counts already, or was dropped
    """
    moves.confirm(job, by=by, reason=BY_VISITOR)


@one_transaction
def did_not_come(job: PrintJob, *, by: audit.Actor) -> None:
    """Note that no paper came out; the number waits for its phone, or for another print.

    :raises SlipMoved: it was confirmed or dropped already
    """
    deadline = clock.now() + CONFIRM_WITHIN
    moves.move(job, Verb.FAIL, by=by, reason=NOT_BY_VISITOR, deadline=deadline)
    sending.look_at(deadline)


@one_transaction
def by_phone(ticket: Ticket, *, by: audit.Actor) -> None:
    """Let a number count without paper: its page is on the visitor's phone.

    :raises SlipMoved, TooLate: it was dropped
    """
    # Slip before number, as everywhere: two that lock in other orders stop each other.
    for job in PrintJob.objects.filter(ticket=ticket, state__in=[State.ASKED, State.FAILED]):
        moves.move(job, Verb.DROP, by=by, reason=BY_PHONE)
    ticket.refresh_from_db(fields=["state"])
    if ticket.state == TicketState.PRINTING:
        printed.count(ticket, by=by, reason=BY_PHONE)


@one_transaction
def again(ticket: Ticket, *, printer: Printer, site: str, by: audit.Actor) -> PrintJob:
    """Print the slip of the same number again.

    Where not one byte was sent it is the same copy; else the next one, marked as such.

    :raises NothingToPrint: the number has ended
    :raises EnoughCopies: it was printed five times
    :raises NoPrinter: the printer is not in use
    :raises SlipMoved: a print of it is under way
    """
    ticket.refresh_from_db(fields=["state"])
    if ticket.state not in IN_THE_HOUSE | {TicketState.PRINTING}:
        raise NothingToPrint
    if not printer.is_active:
        raise NoPrinter
    jobs = PrintJob.objects.filter(ticket=ticket)
    if jobs.filter(state__in=[State.QUEUED, State.SENDING]).exists():
        raise moves.SlipMoved
    unsent = jobs.filter(state=State.FAILED, sent=0).order_by("-copy").first()
    if unsent is not None and unsent.copy == _last_copy(ticket):
        return _retry(unsent, printer, by=by)
    copy = _last_copy(ticket) + 1
    if copy > MOST_COPIES:
        raise EnoughCopies
    return _ask(printer, ticket=ticket, copy=copy, site=site, by=by)


@inside_transaction
def _retry(job: PrintJob, printer: Printer, *, by: audit.Actor) -> PrintJob:
    now = clock.now()
    deadline = now + CONFIRM_WITHIN
    moves.move(job, Verb.RETRY, by=by, printer=printer, asked_at=now, deadline=deadline)
    sending.look_at(deadline)
    sending.start(printer)
    return job


def _last_copy(ticket: Ticket) -> int:
    last = PrintJob.objects.filter(ticket=ticket).aggregate(last=Max("copy"))["last"]
    # A number of another door has no slip of ours: what we print is its first.
    return int(last or 0)


def drop_due() -> int:
    """Drop what nobody confirmed in time; return how many slips were given up."""
    return sum(_drop(job) for job in queries.due(clock.now()))


@one_transaction
def _drop(job: PrintJob) -> bool:
    late = PrintJob.objects.filter(pk=job.pk, deadline__lte=clock.now()).exclude(state__in=ENDED)
    if not late.exists():
        return False
    try:
        moves.drop(job, by=audit.SYSTEM, reason=moves.NO_PAPER)
    except moves.SlipMoved:
        return False
    return True


def look(printer: Printer | None) -> None:
    """Do what is due whenever somebody looks: drop, recover, send what still waits."""
    drop_due()
    if printer is None:
        return
    if queries.has_left_over(printer, clock.now()):
        _take_up(printer)
    sending.keep_watch()


@one_transaction
def _take_up(printer: Printer) -> None:
    sending.start(printer)
