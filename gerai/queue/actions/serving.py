"""Work at the desk: start, hold, send on, transfer, finish, and undo."""

from typing import Any

from django.db import IntegrityError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Counter, Service
from gerai.errors import Refused
from gerai.people import audit
from gerai.queue.actions import speech, steps
from gerai.queue.actions.calling import CounterBusy, forget_call
from gerai.queue.actions.moves import move
from gerai.queue.models import Desk, Step, Ticket
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.states import AT_A_COUNTER, UNDO, State, Verb
from gerai.survey import actions as survey
from gerai.transactions import one_transaction


class Outcome(TextChoices):
    """How the work at the desk ended."""

    SERVED = "served", _("Selesai dilayani")
    INCOMPLETE = "incomplete", _("Berkas belum lengkap")
    INFORMED = "informed", _("Diberi informasi")
    REFERRED = "referred", _("Dirujuk ke tempat lain")


# Whether a visit goes on to its next step after this outcome, where the officer says nothing.
GOES_ON: dict[Outcome, bool] = {
    Outcome.SERVED: True,
    Outcome.INFORMED: True,
    Outcome.INCOMPLETE: False,
    Outcome.REFERRED: False,
}


class NothingToUndo(Refused):
    """The last move cannot be taken back any more."""

    message = _("Langkah terakhir sudah tidak dapat dibatalkan.")


class SameLine(Refused):
    """The ticket stands in that line already."""

    message = _("Nomor ini sudah di antrean layanan tersebut. Pilih layanan lain.")


class NotTheirCounter(Refused):
    """The visitor cannot be sent to that counter."""

    message = _(
        "Loket tujuan sedang tutup atau bukan loket instansi ini hari ini. Pilih loket lain."
    )


@one_transaction
def start(ticket: Ticket, *, by: audit.Actor) -> None:
    """Begin to serve the called visitor."""
    move(ticket, Verb.START, by=by)


@one_transaction
def hold(ticket: Ticket, *, by: audit.Actor, reason: str = "") -> None:
    """Set the visitor aside, to fetch a paper say; the counter is free for others.

    Whoever is called only has come to the desk by now: that is logged first, so that
    taking the hold back leads to a state that was.
    """
    if ticket.state == State.CALLED:
        move(ticket, Verb.START, by=by)
    move(ticket, Verb.HOLD, by=by, reason=reason, wanted_counter=ticket.counter)


def resume(ticket: Ticket, desk: Desk, *, by: audit.Actor) -> None:
    """Go on with a held visitor.

    :raises CounterBusy: the counter has somebody
    """
    try:
        _resume(ticket, desk, by=by)
    except IntegrityError as busy:
        raise CounterBusy from busy


@one_transaction
def _resume(ticket: Ticket, desk: Desk, *, by: audit.Actor) -> None:
    if Ticket.objects.filter(counter=desk.counter_id, state__in=AT_A_COUNTER).exists():
        raise CounterBusy
    move(ticket, Verb.RESUME, by=by, counter=desk.counter, wanted_counter=None)


@one_transaction
def send_on(ticket: Ticket, counter: Counter, *, by: audit.Actor, reason: str = "") -> None:
    """Send the visitor to another counter of the same agency, next there, keeping all.

    :raises NotTheirCounter: the agency does not sit there today, or nobody has it open
    :raises TooLate: the ticket is not at a counter
    """
    theirs = directory.counters_of(ticket.line.agency, ticket.day)
    if counter not in theirs or counter.pk == ticket.counter_id:
        raise NotTheirCounter
    if not Desk.objects.filter(counter=counter, closed_at=None).exists():
        raise NotTheirCounter
    move(
        ticket,
        Verb.SEND_ON,
        by=by,
        reason=reason,
        counter=None,
        wanted_counter=counter,
        times_called=0,
    )


@one_transaction
def transfer(ticket: Ticket, service: Service, *, by: audit.Actor, reason: str = "") -> Ticket:
    """Send the visitor on to another service, keeping label and arrival.

    Nobody in the other line is passed more often than the mall's rule of routes allows.

    A new place in the other line is made for the same visit; the old one ends.

    :raises NoLine: the service has no line
    :raises SameLine: the ticket is of that service already
    """
    if service.pk == ticket.service_id:
        raise SameLine
    move(ticket, Verb.TRANSFER, by=by, reason=reason)
    onward = steps.send_over(
        ticket,
        service,
        earned=ticket.arrived_at,
        by=by,
        reason=reason,
        explanation={"place": steps.KEEPS_PLACE, "came_at": ticket.visit.came_at.isoformat()},
    )
    steps.moved_over(ticket, onward)
    return onward


@one_transaction
def finish(
    ticket: Ticket,
    *,
    outcome: Outcome = Outcome.SERVED,
    by: audit.Actor,
    goes_on: bool | None = None,
) -> Ticket | None:
    """End the work at the desk; the visitor is invited to rate it, once per agency.

    goes_on: whether a visit with further steps goes on to them; None: as `GOES_ON` says.
    Returns the place in the next line, where one was entered.

    :raises TooLate: the ticket is not being served
    """
    token = ticket.rating_token or _invited(ticket)
    move(ticket, Verb.FINISH, by=by, reason=outcome, outcome=outcome, rating_token=token)
    return steps.end(ticket, goes_on=GOES_ON[outcome] if goes_on is None else goes_on, by=by)


def _invited(ticket: Ticket) -> str:
    """Return the right to rate, empty when this visit has one for the agency already."""
    earlier = Ticket.objects.filter(
        visit=ticket.visit_id, line__agency=ticket.line.agency_id
    ).exclude(rating_token="")
    if ticket.came_from_id is not None and earlier.exists():
        return ""
    return survey.invite(ticket.service, day=ticket.day)


def undo(ticket: Ticket, *, by: audit.Actor) -> None:
    """Take the ticket's last move back, within the seconds that the rule allows.

    :raises NothingToUndo: it is too late, or the move is not one of those
    :raises CounterBusy: the counter has somebody else by now
    """
    try:
        _undo(ticket, by=by)
    except IntegrityError as busy:
        raise CounterBusy from busy


@one_transaction
def _undo(ticket: Ticket, *, by: audit.Actor) -> None:
    last = Step.objects.filter(ticket=ticket).order_by("-pk").first()
    if last is None or last.verb not in UNDO:
        raise NothingToUndo
    if (clock.now() - last.at).total_seconds() > rule_in_force().undo_seconds:
        raise NothingToUndo
    verb = UNDO[Verb(last.verb)]
    move(ticket, verb, by=by, **_undone(verb))
    if verb is Verb.UNDO_CALL:
        forget_call(ticket, last.explanation)
        speech.withdraw(ticket)
    elif verb is Verb.UNDO_FINISH:
        steps.reopen(ticket, by=by)


def _undone(verb: Verb) -> dict[str, Any]:
    match verb:
        case Verb.UNDO_CALL:
            return {"counter": None, "times_called": 0}
        case Verb.UNDO_HOLD:
            return {"wanted_counter": None}
        case Verb.UNDO_FINISH:
            return {"outcome": ""}
        case _:
            return {}
