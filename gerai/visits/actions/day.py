"""The day of a visit: the delegation comes and goes, and its travel orders are confirmed."""

import secrets
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.papers.actions import issue
from gerai.papers.models import Paper
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction
from gerai.visits.exports.presence import travel_sheet
from gerai.visits.models import Guest, GuestBook, Visit
from gerai.visits.queries.day import delegation
from gerai.visits.states import State, Verb

BOOK_STATES: Final = frozenset({State.ACCEPTED, State.RECEIVED})
HERE_STATES: Final = frozenset({State.RECEIVED, State.CLOSED})
INDONESIAN: Final = "id"


class NotNow(Refused):
    """The visit does not stand where this can be done."""

    message = _(
        "Kunjungan ini tidak lagi berada pada keadaan itu. Muat ulang halaman untuk melihatnya."
    )


class TooMany(Refused):
    """More than any visit needs."""

    message = _("Jumlahnya sudah mencapai batas untuk satu kunjungan. Hubungi penerima tamu.")


class NotLeftYet(Refused):
    """A travel order is confirmed with both hours."""

    message = _("Catat dahulu jam tamu diterima dan jam tamu pulang, lalu terbitkan keterangan.")


class NobodyThere(Refused):
    """No guest of the visit has come."""

    message = _("Belum ada tamu yang tercatat hadir. Keterangan hanya untuk tamu yang hadir.")


class HoursTurned(Refused):
    """They left before they came, or on a day to come."""

    message = _("Jam pulang harus setelah jam diterima, dan keduanya tidak di masa depan.")
    status = 400


def thing_of(visit: Visit) -> str:
    """Return the key of a visit in papers and trail."""
    return f"visit:{visit.pk}"


@one_transaction
def open_book(visit: Visit, *, by: audit.Actor) -> GuestBook:
    """Lay out the guest book of a visit; the second time it is the same one.

    :raises NotNow: the visit is not accepted, or over
    """
    return _book(visit, by)


@inside_transaction
def _book(visit: Visit, by: audit.Actor) -> GuestBook:
    if visit.state not in BOOK_STATES | HERE_STATES:
        raise NotNow
    book, is_new = GuestBook.objects.get_or_create(
        mall=current_mall(),
        visit=visit,
        defaults={"code": secrets.token_urlsafe(16), "opened_at": clock.now()},
    )
    if is_new:
        audit.record("visits.open_book", thing=thing_of(visit), by=by)
    return book


@one_transaction
def receive(visit: Visit, *, by: audit.Actor) -> GuestBook:
    """Note that the delegation is here now.

    :raises NotNow: the visit is not accepted any more
    """
    book = _book(visit, by)
    if not Visit.objects.move(visit, Verb.RECEIVE, changed_at=clock.now()):
        raise NotNow
    book.received_at = clock.now()
    book.received_by = by.user
    book.received_by_name = by.name
    book.save(update_fields=["received_at", "received_by", "received_by_name"])
    audit.record("visits.receive", thing=thing_of(visit), by=by)
    publish("visits.receive", visit.pk)
    return book


@one_transaction
def take_leave(visit: Visit, *, by: audit.Actor) -> None:
    """Note that the delegation leaves now; the first time counts.

    :raises NotNow: it was not received
    """
    if visit.state not in HERE_STATES:
        raise NotNow
    waiting = GuestBook.objects.filter(visit=visit, left_at=None, received_at__isnull=False)
    if waiting.update(left_at=clock.now()):
        audit.record("visits.take_leave", thing=thing_of(visit), by=by)
        publish("visits.take_leave", visit.pk)


@one_transaction
def correct_hours(
    visit: Visit, *, received_at: datetime, left_at: datetime | None, by: audit.Actor
) -> None:
    """Write down when they really came and went.

    :raises NotNow: it was not received
    :raises HoursTurned: they would have left before they came, or come tomorrow
    """
    if visit.state not in HERE_STATES:
        raise NotNow
    now = clock.now()
    if received_at > now or (left_at is not None and not received_at <= left_at <= now):
        raise HoursTurned
    GuestBook.objects.filter(visit=visit).update(received_at=received_at, left_at=left_at)
    audit.record("visits.correct_hours", thing=thing_of(visit), by=by)


@one_transaction
def confirm_travel(
    visit: Visit, *, guest: Guest | None, officer: str, role: str, by: audit.Actor
) -> Paper:
    """Confirm the travel order of a guest who came, or of all who came.

    :raises NotLeftYet: one of the hours is missing
    :raises NobodyThere: the guest, or everybody, was not there
    """
    book = GuestBook.objects.filter(visit=visit).first()
    if book is None or book.received_at is None or book.left_at is None:
        raise NotLeftYet
    here = [each for each in delegation(visit) if each.checked_in_at is not None]
    if guest is not None:
        here = [each for each in here if each.pk == guest.pk]
    if not here:
        raise NobodyThere
    with override(INDONESIAN):
        sheet = travel_sheet(
            visit,
            here,
            current_mall(),
            arrived_at=book.received_at,
            left_at=book.left_at,
            officer=officer,
            role=role,
        )
        thing = thing_of(visit) if guest is None else f"guest:{guest.pk}"
        return issue(sheet, kind="spd", thing=thing, by=by, is_numbered=True, is_verifiable=True)
