"""Where the slip of a number stands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _

from gerai.printing.models import Printer, PrintJob
from gerai.printing.rules import CONFIRM_WITHIN
from gerai.printing.states import ENDED, State
from gerai.queue.models import Step, Ticket
from gerai.queue.states import State as TicketState
from gerai.queue.states import Verb as TicketVerb

# A slip that waits longer has lost the thread that was to send it.
LEFT_OVER_AFTER = timedelta(seconds=4)
DUE_AT_ONCE = 200
JOBS_SHOWN = 20


@dataclass(frozen=True)
class Paper:
    """A number, its newest slip, and what its holder is to do now.

    stage: "printing", "asked", "failed", "done" (take the paper), "counted" (without
    paper), "dropped".
    """

    ticket: Ticket
    job: PrintJob | None
    stage: str
    deadline: datetime

    @property
    def printer(self) -> Printer | None:
        """The printer of the newest slip."""
        return self.job.printer if self.job else None


def paper_of(ticket: Ticket) -> Paper:
    """Return where the slip of a number stands."""
    job = (
        PrintJob.objects.filter(ticket=ticket)
        .select_related("printer", "ticket__line")
        .order_by("-copy")
        .first()
    )
    deadline = job.deadline if job else ticket.arrived_at + CONFIRM_WITHIN
    return Paper(ticket, job, _stage(ticket, job), deadline)


def _stage(ticket: Ticket, job: PrintJob | None) -> str:
    if ticket.state == TicketState.DROPPED:
        return "dropped"
    if job is not None and job.state == State.DONE:
        return "done"
    if job is not None and job.state in {State.QUEUED, State.SENDING}:
        return "printing"
    if job is None or job.state == State.DROPPED:
        return "failed" if ticket.state == TicketState.PRINTING else "counted"
    if is_needless(job):
        return "counted"
    return "asked" if job.state == State.ASKED else "failed"


def is_needless(job: PrintJob) -> bool:
    """Tell whether the number came to count by other means since this slip was asked for."""
    counted = Step.objects.filter(
        ticket=job.ticket_id, verb=TicketVerb.PRINT_DONE, at__gte=job.asked_at
    )
    return bool(counted.exists())


def due(now: datetime) -> list[PrintJob]:
    """Return the slips that nobody confirmed in time, the oldest first."""
    late = PrintJob.objects.filter(deadline__lte=now).exclude(state__in=[*ENDED, State.SENDING])
    return list(late.select_related("ticket").order_by("deadline", "pk")[:DUE_AT_ONCE])


def has_left_over(printer: Printer, now: datetime) -> bool:
    """Tell whether a slip of the printer waits for a thread that should have begun with it."""
    waiting = PrintJob.objects.filter(printer=printer, state__in=[State.QUEUED, State.SENDING])
    oldest = waiting.order_by("asked_at").first()
    if oldest is None:
        return False
    return bool((oldest.claimed_at or oldest.asked_at) <= now - LEFT_OVER_AFTER)


def jobs_of(printer: Printer) -> list[PrintJob]:
    """Return the last slips that a printer was given, newest first."""
    jobs = PrintJob.objects.filter(printer=printer).select_related("ticket")
    return list(jobs.order_by("-pk")[:JOBS_SHOWN])


def slip_words(state: str) -> str:
    """Say where the printing of a slip stands.

    >>> slip_words("done")
    'Kertas keluar'
    """
    return {
        State.QUEUED: _("Menunggu pencetak"),
        State.SENDING: _("Sedang dicetak"),
        State.ASKED: _("Belum pasti; pengunjung ditanya"),
        State.FAILED: _("Kertas tidak keluar"),
        State.DONE: _("Kertas keluar"),
        State.DROPPED: _("Tidak jadi dicetak"),
    }[State(state)]


def gaps(day: date) -> list[Ticket]:
    """Return the numbers of a day that were dropped, newest first, each with its reason."""
    dropped = (
        Ticket.objects.filter(day=day, state=TicketState.DROPPED)
        .select_related("line__agency", "service")
        .prefetch_related("steps")
        .order_by("-arrived_at", "-pk")
    )
    return list(dropped)


def address_of(ticket: Ticket, site: str) -> str:
    """Return the address of a number's page, on the site that its slip was asked from."""
    return urljoin(site, reverse("phone:ticket", args=[ticket.visit.token]))
