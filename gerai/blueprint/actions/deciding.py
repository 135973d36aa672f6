"""Accepting and declining what a model proposes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.blueprint.actions.taking import Busy, RefusedPart
from gerai.blueprint.actions.writing import Writer
from gerai.blueprint.models import Part, PartState
from gerai.blueprint.reading import FilePart
from gerai.blueprint.shape import KINDS
from gerai.errors import Refused
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as


class Decided(Refused):
    """The proposal is decided, or the model says something newer."""

    message = _("Usulan ini sudah diputuskan atau diganti yang lebih baru. Muat ulang daftarnya.")


@dataclass
class Decision:
    """How many proposals were written, and which could not be."""

    accepted: int = 0
    refused: list[RefusedPart] = field(default_factory=list)


@refused_as(Busy)
@one_transaction
def accept(proposals: Iterable[Part], *, by: audit.Actor) -> Decision:
    """Write what the model proposes; a proposal that cannot be written stays, with the reason.

    :raises Decided: one of them is no open proposal as it was read
    """
    mall = Mall.objects.select_for_update().get(pk=current_mall().pk)
    writer = Writer(by=by, is_active=mall.is_founding)
    decision = Decision()
    for part in sorted(proposals, key=lambda part: (KINDS.index(part.kind), part.key)):
        try:
            writer.write(FilePart(part.kind, part.key, part.content))
        except Refused as refused:
            decision.refused.append(RefusedPart(part.kind, part.key, str(refused)))
            continue
        _move(part, PartState.ACCEPTED, taken=part.content)
        audit.record("blueprint.accept", thing=f"part:{part.pk}", by=by, kind=part.kind)
        decision.accepted += 1
    if decision.accepted:
        writer.settle()
    return decision


@one_transaction
def decline(part: Part, *, by: audit.Actor) -> None:
    """Leave things as they are here until the model says something else.

    :raises Decided: it is no open proposal as it was read
    """
    _move(part, PartState.DECLINED)
    audit.record("blueprint.decline", thing=f"part:{part.pk}", by=by, kind=part.kind)


@inside_transaction
def _move(part: Part, state: PartState, **changes: object) -> None:
    moved = Part.objects.filter(
        pk=part.pk, state=PartState.PROPOSED, fingerprint=part.fingerprint
    ).update(state=state, changed_at=clock.now(), **changes)
    if not moved:
        raise Decided
