"""One move of a slip's table, and what it means for its number, all in one."""

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.people import audit
from gerai.printing.models import PrintJob
from gerai.printing.states import ENDED, MOVES, State, Verb
from gerai.queue.actions import moves as tickets
from gerai.queue.actions import printed
from gerai.queue.states import State as TicketState
from gerai.transactions import inside_transaction

# What the visitor's number tells about its slip; shown in the number's history.
PAPER_CAME = "pencetak memastikan kertas keluar"
NO_PAPER = "kertas tidak dipastikan keluar dalam dua menit"


class SlipMoved(Refused):
    """The slip does not stand where the person thought."""

    message = _("Struk ini baru saja berubah keadaan. Lihat keadaan terbarunya di halaman ini.")


@inside_transaction
def move(
    job: PrintJob, verb: Verb, *, by: audit.Actor, reason: str = "", **changes: object
) -> None:
    """Make one move of the slip's table if it still stands where it was read.

    :raises SlipMoved: the table has no such move, or somebody moved it first
    """
    start = State(job.state)
    end = MOVES[verb].get(start)
    if end is None:
        raise SlipMoved
    if end in ENDED:
        changes["ended_at"] = clock.now()
    if reason:
        changes["reason"] = reason
    if not PrintJob.objects.filter(pk=job.pk, state=start).update(state=end, **changes):
        raise SlipMoved
    job.state = end
    for name, value in changes.items():
        setattr(job, name, value)
    audit.record(
        f"printing.{verb}",
        thing=f"slip:{job.pk}",
        by=by,
        label=job.ticket.label if job.ticket else "",
        copy=job.copy,
        **({"reason": reason} if reason else {}),
    )
    tell(job)


@inside_transaction
def confirm(job: PrintJob, *, by: audit.Actor, reason: str) -> None:
    """Let a slip be printed, and its number count if it did not yet.

    :raises SlipMoved: it was confirmed or dropped already
    """
    move(job, Verb.CONFIRM, by=by, reason=reason)
    if job.ticket is None:
        return
    job.ticket.refresh_from_db(fields=["state"])
    if job.ticket.state == TicketState.PRINTING:
        printed.count(job.ticket, by=by, reason=reason)


@inside_transaction
def drop(job: PrintJob, *, by: audit.Actor, reason: str) -> None:
    """Give a slip up; its number too, unless it counts or has another slip under way.

    :raises SlipMoved: it was confirmed or dropped already
    """
    move(job, Verb.DROP, by=by, reason=reason)
    if job.ticket is None or job.ticket.state != TicketState.PRINTING:
        return
    others = PrintJob.objects.filter(ticket=job.ticket).exclude(state__in=ENDED)
    if others.exists():
        return
    try:
        printed.drop(job.ticket, by=by, reason=reason)
    except tickets.TooLate:
        # Its page was opened in the same moment: it counts.
        job.ticket.refresh_from_db(fields=["state"])


def tell(job: PrintJob) -> None:
    """Let the kiosk and the office show where the slip stands."""
    publish("printing.slip", f"printer:{job.printer_id}")
