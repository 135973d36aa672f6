"""The rows of closings and emergencies; the queue says what follows from them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Closing, Emergency, EmergencyKind, Floor, GatheringPlace
from gerai.directory.states import MOVES, ClosingState, ClosingVerb
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction


class DecidedAlready(Refused):
    """Somebody else decided, withdrew or ended it, or its time is over."""

    message = _(
        "Penutupan ini sudah diputuskan, ditarik, atau lewat waktunya. Lihat keadaannya di "
        "daftar penutupan."
    )


@inside_transaction
def write_closing(
    *, starts_at: datetime, ends_at: datetime, by: audit.Actor, **told: Any
) -> Closing:
    """Write a closing. told: the other fields of the row."""
    closing: Closing = Closing.objects.create(
        mall=current_mall(),
        starts_at=starts_at,
        ends_at=ends_at,
        asked_by=by.user,
        asked_at=clock.now(),
        **told,
    )
    return closing


@inside_transaction
def move_closing(closing: Closing, verb: ClosingVerb, **changes: Any) -> None:
    """Make a move of the table, if the closing still stands where it was read.

    :raises DecidedAlready: it does not, or the table has no such move
    """
    start = ClosingState(closing.state)
    end = MOVES[verb].get(start)
    standing = Closing.objects.filter(pk=closing.pk, state=start)
    if end is None or not standing.update(state=end, **changes):
        raise DecidedAlready
    closing.state = end


@inside_transaction
def write_emergency(
    kind: EmergencyKind,
    *,
    by: audit.Actor,
    words: str,
    floor: Floor | None,
    leaves_the_building: bool,
) -> Emergency:
    """Write that an emergency begins now; the database refuses a second one of the same place."""
    emergency: Emergency = Emergency.objects.create(
        mall=current_mall(),
        kind=kind,
        words=words,
        floor=floor,
        leaves_the_building=leaves_the_building,
        began_at=clock.now(),
        began_by=by.user,
    )
    return emergency


@inside_transaction
def end_emergency(emergency: Emergency, *, by: audit.Actor) -> bool:
    """Write that an emergency is over; tell whether it was this person who ended it."""
    return bool(
        Emergency.objects.filter(pk=emergency.pk, ended_at=None).update(
            ended_at=clock.now(), ended_by=by.user
        )
    )


@inside_transaction
def write_gathering_place(place: str, place_en: str) -> None:
    """Write where people gather after they have left the building."""
    GatheringPlace.objects.update_or_create(
        mall=current_mall(), defaults={"place": place, "place_en": place_en}
    )
