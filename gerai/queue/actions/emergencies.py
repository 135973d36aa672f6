"""The queue stands still: one act freezes it, one act lets it go on. Numbers stay valid."""

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gerai.directory.actions.closings import (
    end_emergency,
    write_emergency,
    write_gathering_place,
)
from gerai.directory.models import Counter, Emergency, EmergencyKind, Floor
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.sites import bump_version
from gerai.people import audit
from gerai.queue.models import Ticket
from gerai.queue.models.tickets import TicketQuerySet
from gerai.queue.states import Verb
from gerai.transactions import inside_transaction, one_transaction, refused_as

# Who is at the desk may be served to the end; the night and a lost paper wait for nobody.
GO_ON = frozenset({Verb.FINISH, Verb.EXPIRE, Verb.PRINT_DONE, Verb.PRINT_DROP})


class StandsStill(Refused):
    """An emergency is declared where the ticket is."""

    message = _(
        "Antrean sedang dihentikan karena keadaan darurat. Yang sedang dilayani boleh "
        "diselesaikan; semua nomor lain tetap berlaku dan dipanggil lagi setelah pengawas "
        "melanjutkan antrean."
    )


class AlreadyDeclared(Refused):
    """Somebody else declared it a moment before."""

    message = _("Keadaan darurat sudah dinyatakan di sini. Lihat keadaannya di halaman ini.")


class AlreadyOver(Refused):
    """Somebody else let the queue go on."""

    message = _("Antrean di sini sudah dilanjutkan. Muat ulang halaman untuk melihat keadaannya.")


@refused_as(AlreadyDeclared)
@one_transaction
def freeze(
    kind: EmergencyKind,
    *,
    by: audit.Actor,
    words: str = "",
    floor: Floor | None = None,
    leaves_the_building: bool = True,
) -> Emergency:
    """Let the queue of the mall, or of one floor, stand still from now on.

    leaves_the_building: people are told where to gather.

    :raises AlreadyDeclared: an emergency is declared there
    """
    if Emergency.objects.filter(floor=floor, ended_at=None).exists():
        raise AlreadyDeclared
    emergency = write_emergency(
        kind, by=by, words=words, floor=floor, leaves_the_building=leaves_the_building
    )
    _tell("freeze", emergency, by=by, kind=kind, floor=floor.pk if floor else None)
    return emergency


@one_transaction
def go_on(emergency: Emergency, *, by: audit.Actor) -> None:
    """Let the queue go on: the same numbers, in the same order.

    :raises AlreadyOver: somebody did so a moment before
    """
    if not end_emergency(emergency, by=by):
        raise AlreadyOver
    _tell("thaw", emergency, by=by)


@one_transaction
def set_gathering_place(place: str, place_en: str, *, by: audit.Actor) -> None:
    """Say where people gather after they have left the building."""
    write_gathering_place(place, place_en)
    audit.record("queue.set_gathering_place", thing=f"mall:{current_mall().pk}", by=by)
    publish("queue.set_gathering_place")


def moving(verb: Verb, counter: Counter | None) -> TicketQuerySet:
    """Return the tickets that may make a move at a counter now: none where it stands still.

    The condition is part of the update that moves: nothing slips in between.
    """
    tickets: TicketQuerySet = Ticket.objects.all()
    return tickets if verb in GO_ON else tickets.filter(~Exists(standing(_zone(counter))))


@inside_transaction
def check_goes_on(verb: Verb, counter: Counter | None) -> None:
    """Refuse a move where the queue stands still.

    :raises StandsStill: it does, and the move is not one of those that go on
    """
    if verb not in GO_ON and standing(_zone(counter)).exists():
        raise StandsStill


def standing(zone_id: int | None) -> QuerySet[Emergency]:
    """Return the emergencies that are declared for the mall, or for the floor of a zone."""
    here = Q(floor=None)
    if zone_id is not None:
        here |= Q(floor__zones__pk=zone_id)
    found: QuerySet[Emergency] = Emergency.objects.filter(here, ended_at=None)
    return found


def _zone(counter: Counter | None) -> int | None:
    return counter.zone_id if counter is not None else None


@inside_transaction
def _tell(verb: str, emergency: Emergency, *, by: audit.Actor, **detail: object) -> None:
    audit.record(f"queue.{verb}", thing=f"emergency:{emergency.pk}", by=by, **detail)
    # Pages that are kept for a version of the site bear the notice, too.
    bump_version()
    publish(f"queue.{verb}", f"emergency:{emergency.pk}")
