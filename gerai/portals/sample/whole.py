"""Parts of a sample that take several transactions: broken off, they are gone on with."""

from collections.abc import Callable

from gerai.people import audit
from gerai.people.models import Deed
from gerai.transactions import one_transaction

BEGUN, WHOLE = "portals.begin_sample", "portals.finish_sample"


def fill_once(part: str, fill: Callable[[], object], *, stands: Callable[[], bool]) -> bool:
    """Fill a part of the sample in scope, or what a broken run left out; tell whether it did.

    fill: skips what it made before. stands: tells whether there is something of its kind; such
    a part stays as it is, unless it was we who began it. What is whole is never filled again,
    whatever somebody removes from it.
    """
    thing = f"sample:{part}"
    told = set(Deed.objects.filter(thing=thing).values_list("verb", flat=True))
    if WHOLE in told:
        return False
    if BEGUN not in told:
        if stands():
            return False
        _note_begun(thing)
    fill()
    _note_whole(thing)
    return True


@one_transaction
def _note_begun(thing: str) -> None:
    audit.record("portals.begin_sample", thing=thing, by=audit.SYSTEM)


@one_transaction
def _note_whole(thing: str) -> None:
    audit.record("portals.finish_sample", thing=thing, by=audit.SYSTEM)
