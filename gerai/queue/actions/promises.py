"""Keeping the wait that a visitor was told, so that it can be judged the next day."""

from gerai import clock
from gerai.queue.models import WaitPromise
from gerai.queue.queries.places import Place
from gerai.transactions import one_transaction
from gerai.waits.rules import CLAIM

PERCENT = 100


def shown(place: Place) -> None:
    """Keep the range that a page shows to a ticket's holder, the first time it does.

    Later pages show newer ranges, which are easier to keep: the first one is what people go by.
    Taking a number waits for none of this.
    """
    if place.is_promise and not hasattr(place.ticket, "wait_promise"):
        _keep(place)


@one_transaction
def _keep(place: Place) -> None:
    said = place.expectation
    assert said is not None  # or it were no promise
    promise = WaitPromise(
        mall_id=place.ticket.mall_id,
        ticket=place.ticket,
        told_at=clock.now(),
        low_minutes=said.low_minutes,
        high_minutes=said.high_minutes,
        claim=round(PERCENT * CLAIM),
    )
    # Of two pages opened at once, one is the first.
    WaitPromise.objects.bulk_create([promise], ignore_conflicts=True)
