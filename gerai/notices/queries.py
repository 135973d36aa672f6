"""Whether messages can go, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from gerai.notices.models import Message, MessageState


@dataclass(frozen=True)
class Counts:
    """How many messages of a batch stand where."""

    queued: int = 0
    sent: int = 0
    failed: int = 0


def has_mail_server() -> bool:
    """Tell whether this installation knows a mail server and an address to send from."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)


def counts(batches: Iterable[str]) -> dict[str, Counts]:
    """Return for each batch of the mall in scope what became of its messages, in one query."""
    wanted = list(batches)
    found: dict[str, dict[str, int]] = {batch: {} for batch in wanted}
    rows = (
        Message.objects.filter(batch__in=wanted)
        .order_by()
        .values_list("batch", "state")
        .annotate(count=Count("pk"))
    )
    for batch, state, count in rows:
        found[batch][MessageState(state).value] = count
    return {batch: Counts(**states) for batch, states in found.items()}


def waiting() -> int:
    """Return how many messages of the mall in scope have not gone yet."""
    return Message.objects.filter(state=MessageState.QUEUED).count()
