"""A number on paper counts when its paper, or its page on a phone, is in the visitor's hands."""

from gerai.people import audit
from gerai.queue.actions.limits import give_back
from gerai.queue.actions.moves import TooLate, move
from gerai.queue.models import Ticket
from gerai.queue.states import State, Verb
from gerai.transactions import inside_transaction, one_transaction

PAGE_OPENED = "halaman nomor dibuka"


@inside_transaction
def count(ticket: Ticket, *, by: audit.Actor, reason: str) -> None:
    """Let a number whose paper is out stand in its line, at the place its arrival earned.

    :raises TooLate: it counts already, or was dropped
    """
    move(ticket, Verb.PRINT_DONE, by=by, reason=reason)


@inside_transaction
def drop(ticket: Ticket, *, by: audit.Actor, reason: str) -> None:
    """End a number whose paper never came out; the reason explains the gap it leaves.

    :raises TooLate: it counts already, or was dropped
    """
    move(ticket, Verb.PRINT_DROP, by=by, reason=reason)
    give_back(ticket)


def page_opened(ticket: Ticket) -> None:
    """Let a number count whose page a visitor opened; harmless in every other state."""
    if ticket.state != State.PRINTING:
        return
    try:
        _count_by_page(ticket)
    except TooLate:
        ticket.refresh_from_db(fields=["state"])


@one_transaction
def _count_by_page(ticket: Ticket) -> None:
    count(ticket, by=audit.VISITOR, reason=PAGE_OPENED)
