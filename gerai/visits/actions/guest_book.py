"""Who was there: guests sign on their phone or the desk's device, or the desk notes them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction
from gerai.visits.actions.day import BOOK_STATES, TooMany
from gerai.visits.models import Door, Guest, GuestBook, Presence, Visit
from gerai.visits.rules import guest_key
from gerai.visits.signing import BadDrawing, signature_from

MOST_GUESTS: Final = 400


class NoBook(Refused):
    """No guest book has this code."""

    message = _("Buku tamu ini tidak dikenal. Pindai kembali kode QR di meja penerima tamu.")
    status = 404


class BookClosed(Refused):
    """The visit is over."""

    message = _("Buku tamu kunjungan ini sudah ditutup. Hubungi penerima tamu.")


class BadSignature(Refused):
    """What was drawn cannot be kept."""

    message = _("Tanda tangan belum terbaca. Tanda tangani lagi di dalam kotak.")
    status = 400


class NoSignature(Refused):
    """Neither drawn nor promised on paper."""

    message = _("Tanda tangani di kotak, atau centang tanda tangan di lembar cetak.")
    status = 400


class NamelessGuest(Refused):
    """A guest without a name."""

    message = _("Tuliskan nama Anda.")
    status = 400


def check_in(
    book: GuestBook,
    *,
    door: Door,
    guest: Guest | None = None,
    name: str = "",
    title: str = "",
    institution: str = "",
    signature: str = "",
    signs_on_paper: bool = False,
    photo_consent: bool | None = None,
    by: audit.Actor = audit.VISITOR,
) -> Presence:
    """Sign the guest book: somebody of the list, or somebody who was not on it.

    Twice is harmless: the first signature stays. At the desk none is needed.

    :raises BookClosed: the visit is over, or was called off
    :raises NamelessGuest, NoSignature, BadSignature, TooMany: say what they say
    """
    visit = book.visit
    if visit.state not in BOOK_STATES:
        raise BookClosed
    signed = _presence_of(guest) if guest is not None else None
    if signed is not None:
        return signed
    drawing = _drawing(signature)
    if not drawing and not signs_on_paper and door != Door.DESK:
        raise NoSignature
    line = {
        "door": door,
        "signature": drawing,
        "signs_on_paper": signs_on_paper or not drawing,
        "photo_consent": photo_consent,
    }
    told = {"title": title, "institution": institution}
    return _sign(visit, guest, name, told, line, by=by)


@one_transaction
def _sign(
    visit: Visit,
    guest: Guest | None,
    name: str,
    told: dict[str, str],
    line: dict[str, object],
    *,
    by: audit.Actor,
) -> Presence:
    who = guest or _somebody_new(visit, name, told["institution"])
    signed = _presence_of(who)
    if signed is not None:
        return signed
    _complete(who, **told)
    now = clock.now()
    presence, is_new = Presence.objects.get_or_create(
        mall=current_mall(),
        guest=who,
        defaults={"at": now, **line},
    )
    if is_new:
        Guest.objects.filter(pk=who.pk, checked_in_at=None).update(checked_in_at=now)
        audit.record("visits.check_in", thing=f"guest:{who.pk}", by=by, door=str(line["door"]))
        publish("visits.check_in", visit.pk)
    return presence


def _presence_of(guest: Guest) -> Presence | None:
    found: Presence | None = Presence.objects.filter(guest=guest).first()
    return found


def _drawing(sent: str) -> str:
    if not sent:
        return ""
    try:
        return signature_from(sent)
    except BadDrawing as bad:
        raise BadSignature from bad


def _somebody_new(visit: Visit, name: str, institution: str) -> Guest:
    name = " ".join(name.split())
    if not name:
        raise NamelessGuest
    if Guest.objects.filter(visit=visit).count() >= MOST_GUESTS:
        raise TooMany
    key = guest_key(name, institution)
    guest, _is_new = Guest.objects.get_or_create(
        mall=current_mall(),
        visit=visit,
        key=key,
        defaults={"name": name, "institution": institution.strip()},
    )
    return guest


def _complete(guest: Guest, *, title: str, institution: str) -> None:
    """Write what the guest says of themselves where the list said nothing, or otherwise."""
    title, institution = title.strip() or guest.title, institution.strip() or guest.institution
    if (title, institution) == (guest.title, guest.institution):
        return
    key = guest_key(guest.name, institution)
    if Guest.objects.filter(visit=guest.visit_id, key=key).exclude(pk=guest.pk).exists():
        key, institution = guest.key, guest.institution
    guest.title, guest.institution, guest.key = title, institution, key
    guest.save(update_fields=["title", "institution", "key"])


@one_transaction
def undo_check_in(guest: Guest, *, by: audit.Actor) -> None:
    """Take back a presence that was noted by mistake, with its signature."""
    gone, _rows = Presence.objects.filter(guest=guest).delete()
    if gone:
        Guest.objects.filter(pk=guest.pk).update(checked_in_at=None)
        audit.record("visits.undo_check_in", thing=f"guest:{guest.pk}", by=by)
        publish("visits.check_in", guest.visit_id)
