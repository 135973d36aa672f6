"""One move of a ticket: stored, logged, recorded and told to the screens, all in one."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Counter
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.people import audit
from gerai.queue.models import Step, Ticket
from gerai.queue.states import State, Verb, may_move
from gerai.transactions import inside_transaction


class TooLate(Refused):
    """The ticket does not stand where the person thought."""

    message = _(
        "Nomor ini baru saja berubah keadaan, mungkin oleh petugas lain. "
        "Lihat keadaan terbaru, lalu coba lagi bila masih perlu."
    )


@inside_transaction
def begin(ticket: Ticket, *, by: audit.Actor, reason: str = "") -> None:
    """Log that a new ticket stands in its line."""
    _log(ticket, Verb.TAKE, by=by, reason=reason)


@inside_transaction
def move(
    ticket: Ticket,
    verb: Verb,
    *,
    by: audit.Actor,
    reason: str = "",
    explanation: Mapping[str, object] | None = None,
    **changes: object,
) -> None:
    """Make one move of the ticket's table.

    :raises TooLate: the table has no such move from where the ticket stands, or somebody
        moved it first
    """
    at = ticket.counter
    if not may_move(State(ticket.state), verb) or not Ticket.objects.move(ticket, verb, **changes):
        raise TooLate
    counter = changes.get("counter") or at
    _log(
        ticket,
        verb,
        by=by,
        reason=reason,
        explanation=explanation,
        counter=counter if isinstance(counter, Counter) else None,
    )


def _log(
    ticket: Ticket,
    verb: Verb,
    *,
    by: audit.Actor,
    reason: str = "",
    explanation: Mapping[str, object] | None = None,
    counter: Counter | None = None,
) -> None:
    Step.objects.create(
        mall_id=ticket.mall_id,
        ticket=ticket,
        verb=verb,
        state=ticket.state,
        at=clock.now(),
        counter=counter,
        by=by.user,
        reason=reason,
        explanation=dict(explanation or {}),
    )
    audit.record(f"queue.{verb}", thing=f"ticket:{ticket.pk}", by=by, label=ticket.label)
    publish(f"queue.{verb}", f"line:{ticket.line_id}")
