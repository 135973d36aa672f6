"""An officer's counter: opened, paused, closed."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Counter, Posting
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.people import audit
from gerai.people.models import User
from gerai.queue.actions import steps
from gerai.queue.actions.days import end_before
from gerai.queue.models import Desk, Ticket
from gerai.queue.states import AT_A_COUNTER
from gerai.transactions import one_transaction


class CounterTaken(Refused):
    """Somebody sits there, or the officer sits elsewhere."""

    message = _(
        "Loket ini sedang dipakai petugas lain, atau Anda masih membuka loket lain. "
        "Tutup yang lain dahulu, atau minta bantuan pengawas."
    )


class NotYourAgency(Refused):
    """The counter belongs to other agencies today."""

    message = _("Hari ini loket tersebut bukan milik instansi Anda. Pilih loket instansi Anda.")
    status = 403


class OutOfUse(Refused):
    """The mall's admin took the counter out of use."""

    message = _("Loket ini sedang tidak dipakai. Pilih loket lain, atau hubungi admin mal.")


class StillServing(Refused):
    """A visitor stands at the counter."""

    message = _("Masih ada pengunjung di loket ini. Selesaikan atau tunda dahulu nomornya.")


class DeskClosed(Refused):
    """The counter is closed already."""

    message = _("Loket ini sudah ditutup. Buka loket dahulu.")


def open_desk(counter: Counter, *, officer: User, by: audit.Actor) -> Desk:
    """Let an officer open a counter that belongs to their agency today.

    Opening the counter that one has open already gives the same desk.

    :raises OutOfUse: the counter is not in use
    :raises NotYourAgency: no agency of the officer sits there today
    :raises CounterTaken: the counter or the officer is taken
    """
    try:
        return _open_desk(counter, officer=officer, by=by)
    except IntegrityError as taken:
        raise CounterTaken from taken


@one_transaction
def _open_desk(counter: Counter, *, officer: User, by: audit.Actor) -> Desk:
    now = clock.now()
    today = clock.local_day(now, counter.mall.zone)
    here = directory.agencies_at(counter, today)
    if not Posting.objects.filter(user=officer, agency__in=here).exists():
        raise NotYourAgency
    end_before(today)
    mine = Desk.objects.filter(counter=counter, officer=officer, closed_at=None).first()
    if mine is not None:
        return mine
    if not counter.is_active:
        raise OutOfUse
    desk = Desk.objects.create(
        mall_id=counter.mall_id, counter=counter, officer=officer, opened_at=now
    )
    _tell("open_desk", desk, by=by)
    steps.enter_waiting(here, today, by=by)
    return desk


@one_transaction
def pause(desk: Desk, *, reason: str, by: audit.Actor) -> None:
    """Pause a counter with a reason; whoever stands there is served to the end.

    :raises DeskClosed: it is closed
    """
    now = clock.now()
    if not Desk.objects.filter(pk=desk.pk, closed_at=None).update(
        paused_at=now, pause_reason=reason
    ):
        raise DeskClosed
    _tell("pause", desk, by=by, reason=reason)


@one_transaction
def go_on(desk: Desk, *, by: audit.Actor) -> None:
    """End the pause of a counter.

    :raises DeskClosed: it is closed
    """
    if not Desk.objects.filter(pk=desk.pk, closed_at=None).update(paused_at=None, pause_reason=""):
        raise DeskClosed
    _tell("go_on", desk, by=by)


@one_transaction
def close_desk(desk: Desk, *, by: audit.Actor) -> None:
    """Close a counter.

    :raises StillServing: a visitor is called or being served there
    :raises DeskClosed: it is closed already
    """
    if Ticket.objects.filter(counter=desk.counter, state__in=AT_A_COUNTER).exists():
        raise StillServing
    if not Desk.objects.filter(pk=desk.pk, closed_at=None).update(closed_at=clock.now()):
        raise DeskClosed
    _tell("close_desk", desk, by=by)


def _tell(verb: str, desk: Desk, *, by: audit.Actor, **detail: object) -> None:
    audit.record(f"queue.{verb}", thing=f"counter:{desk.counter_id}", by=by, **detail)
    publish(f"queue.{verb}", f"counter:{desk.counter_id}")
