"""Noting at once that many devices are alive, whichever malls they stand in."""

from collections.abc import Collection

from django.db.models import Q

from gerai import clock
from gerai.directory.actions.beats import welcome_back
from gerai.directory.actions.devices import SEEN_EVERY
from gerai.directory.models import Device
from gerai.malls.scope import in_mall
from gerai.transactions import one_transaction


@one_transaction
def seen_together(keys: Collection[int]) -> None:
    """Note that devices are alive, each as `devices.seen` does."""
    moment = clock.now()
    every = Device.objects.everywhere()  # the devices of several malls are noted together
    due = every.filter(
        Q(last_seen_at=None) | Q(last_seen_at__lte=moment - SEEN_EVERY), pk__in=keys
    ).select_related("mall")
    # Whoever holds a device notes it just now.
    held = list(due.select_for_update(of=("self",), skip_locked=True))
    every.filter(pk__in=[device.pk for device in held]).update(last_seen_at=moment)
    for device in held:
        if device.is_missed:
            with in_mall(device.mall):
                welcome_back(device)
