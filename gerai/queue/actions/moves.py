"""One move of a ticket: stored, logged, recorded and told to the screens, all in one."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Counter
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.people import audit
from gerai.queue.actions.emergencies import check_goes_on, moving
from gerai.queue.actions.limits import give_back_planned
from gerai.queue.models import OPEN_STEPS, PlannedStep, PlanState, Step, Ticket
from gerai.queue.states import State, Verb, may_move
from gerai.transactions import inside_transaction

# Whoever goes, or never held the paper, comes to none of the other steps of the visit either.
ENDS_THE_VISIT = frozenset({Verb.LEAVE, Verb.EXPIRE, Verb.PRINT_DROP})


class TooLate(Refused):
    """The ticket does not stand where the person thought."""

    message = _(
        "Nomor ini baru saja berubah keadaan, mungkin oleh petugas lain. "
        "Lihat keadaan terbaru, lalu coba lagi bila masih perlu."
    )


@inside_transaction
def begin(
    ticket: Ticket,
    *,
    by: audit.Actor,
    reason: str = "",
    explanation: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> None:
    """Log that a new ticket stands in its line. explanation: of its place there.

    at: since when its wait counts, None for now.
    """
    _log(ticket, Verb.TAKE, by=by, reason=reason, explanation=explanation, at=at)


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
    :raises StandsStill: an emergency is declared there
    """
    told = changes.get("counter") or ticket.counter
    counter = told if isinstance(told, Counter) else None
    may = may_move(State(ticket.state), verb)
    if not may or not moving(verb, counter).move(ticket, verb, **changes):
        check_goes_on(verb, counter)
        raise TooLate
    _log(
        ticket,
        verb,
        by=by,
        reason=reason,
        explanation=explanation,
        counter=counter,
    )
    if verb in ENDS_THE_VISIT:
        left = PlannedStep.objects.filter(visit=ticket.visit_id, state__in=OPEN_STEPS)
        never_entered = left.filter(state=PlanState.PLANNED).select_related("visit")
        give_back_planned(list(never_entered), ticket.day)
        left.update(state=PlanState.SKIPPED, stopped_by=ticket)


def _log(
    ticket: Ticket,
    verb: Verb,
    *,
    by: audit.Actor,
    reason: str = "",
    explanation: Mapping[str, object] | None = None,
    counter: Counter | None = None,
    at: datetime | None = None,
) -> None:
    Step.objects.create(
        mall_id=ticket.mall_id,
        ticket=ticket,
        verb=verb,
        state=ticket.state,
        at=at or clock.now(),
        counter=counter,
        by=by.user,
        reason=reason,
        explanation=dict(explanation or {}),
    )
    audit.record(f"queue.{verb}", thing=f"ticket:{ticket.pk}", by=by, label=ticket.label)
    publish(f"queue.{verb}", f"line:{ticket.line_id}")
