"""The day of a visit: guest book, welcome and leave, questions, photos, impressions."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.papers.actions import attach, issue, remove_attachment
from gerai.papers.models import Paper
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction
from gerai.visits.exports.presence import travel_sheet
from gerai.visits.models import (
    Answer,
    Door,
    Guest,
    GuestBook,
    Impression,
    Photo,
    Presence,
    Question,
    Visit,
)
from gerai.visits.rules import guest_key
from gerai.visits.signing import BadDrawing, signature_from
from gerai.visits.states import State, Verb

MOST_GUESTS: Final = 400
MOST_IMPRESSIONS: Final = 400
MOST_PHOTOS: Final = 200
MOST_QUESTIONS: Final = 300
BOOK_STATES: Final = frozenset({State.ACCEPTED, State.RECEIVED})
HERE_STATES: Final = frozenset({State.RECEIVED, State.CLOSED})
INDONESIAN: Final = "id"


class NotNow(Refused):
    """The visit does not stand where this can be done."""

    message = _(
        "Kunjungan ini tidak lagi berada pada keadaan itu. Muat ulang halaman untuk melihatnya."
    )


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


class NothingSaid(Refused):
    """An impression without words or rating."""

    message = _("Pilih nilai atau tuliskan kesan Anda.")
    status = 400


class NoConsent(Refused):
    """The guest did not agree to have it published."""

    message = _("Tamu tidak mengizinkan kesan ini ditampilkan.")


class NoQuestion(Refused):
    """A question without words."""

    message = _("Tuliskan pertanyaannya.")
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
    if guest is not None:
        signed = Presence.objects.filter(guest=guest).first()
        if signed is not None:
            return signed
    drawing = _drawing(signature)
    if not drawing and not signs_on_paper and door != Door.DESK:
        raise NoSignature
    who = guest or _somebody_new(visit, name, institution)
    _complete(who, title=title, institution=institution)
    now = clock.now()
    presence, is_new = Presence.objects.get_or_create(
        mall=current_mall(),
        guest=who,
        defaults={
            "at": now,
            "door": door,
            "signature": drawing,
            "signs_on_paper": signs_on_paper or not drawing,
            "photo_consent": photo_consent,
        },
    )
    if is_new:
        Guest.objects.filter(pk=who.pk, checked_in_at=None).update(checked_in_at=now)
        audit.record("visits.check_in", thing=f"guest:{who.pk}", by=by, door=str(door))
        publish("visits.check_in", visit.pk)
    return presence


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
    here = [each for each in _guests(visit) if each.checked_in_at is not None]
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


def _guests(visit: Visit) -> list[Guest]:
    return list(
        Guest.objects.filter(visit=visit)
        .select_related("presence")
        .order_by("-is_leader", "name", "pk")
    )


@one_transaction
def note_question(
    visit: Visit,
    *,
    text: str,
    asked_by: str = "",
    answer: str = "",
    reused: Answer | None = None,
    by: audit.Actor,
) -> Question:
    """Note a question asked on the day, with its answer where it was given.

    reused: an answer of the mall's own that was given again.

    :raises NoQuestion: it has no words
    :raises TooMany: more than any visit needs
    """
    text = " ".join(text.split())
    if not text:
        raise NoQuestion
    if visit.state not in BOOK_STATES | HERE_STATES:
        raise NotNow
    asked = Question.objects.filter(visit=visit)
    if asked.count() >= MOST_QUESTIONS:
        raise TooMany
    last = asked.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        mall=current_mall(),
        visit=visit,
        position=last + 1,
        text=text,
        asked_by=asked_by.strip(),
        is_ahead=False,
        answer=reused or _answer(text, answer),
    )
    audit.record("visits.note_question", thing=f"question:{question.pk}", by=by)
    publish("visits.note_question", visit.pk)
    return question


@inside_transaction
def _answer(question: str, text: str) -> Answer | None:
    text = text.strip()
    if not text:
        return None
    answer, _is_new = Answer.objects.update_or_create(
        mall=current_mall(),
        question_text=question,
        defaults={"text": text, "changed_at": clock.now()},
    )
    kept: Answer = answer
    return kept


@one_transaction
def remove_question(question: Question, *, by: audit.Actor) -> None:
    """Take a question out of the notes; its answer stays with the mall's answers."""
    audit.record("visits.remove_question", thing=f"question:{question.pk}", by=by)
    question.delete()


@one_transaction
def add_photos(
    visit: Visit,
    uploads: "Sequence[UploadedFile[Any]]",
    *,
    caption: str,
    all_agree: bool,
    by: audit.Actor,
) -> list[Photo]:
    """Put pictures into the album, all or none; they are drawn anew without their hidden data.

    :raises TooMany: more than an album holds
    """
    kept = Photo.objects.filter(visit=visit)
    if kept.count() + len(uploads) > MOST_PHOTOS:
        raise TooMany
    last = kept.aggregate(last=Max("position"))["last"] or 0
    photos = [
        Photo.objects.create(
            mall=current_mall(),
            visit=visit,
            attachment=attach(upload, thing=thing_of(visit), kind="photo", by=by, caption=caption),
            position=last + number,
            caption=caption,
            all_agree=all_agree,
        )
        for number, upload in enumerate(uploads, start=1)
    ]
    audit.record("visits.add_photos", thing=thing_of(visit), by=by, count=len(photos))
    return photos


@one_transaction
def change_photo(photo: Photo, *, caption: str, all_agree: bool, by: audit.Actor) -> None:
    """Write a picture's caption, and whether all who are seen agree."""
    photo.caption = caption.strip()
    photo.all_agree = all_agree
    photo.save(update_fields=["caption", "all_agree"])
    audit.record("visits.change_photo", thing=f"photo:{photo.pk}", by=by, all_agree=all_agree)


@one_transaction
def remove_photo(photo: Photo, *, by: audit.Actor) -> None:
    """Erase a picture and its file."""
    audit.record("visits.remove_photo", thing=f"photo:{photo.pk}", by=by)
    attachment = photo.attachment
    photo.delete()
    remove_attachment(attachment, by=by)


@one_transaction
def give_impression(
    book: GuestBook,
    *,
    key: str,
    words: str,
    rating: int | None,
    name: str,
    may_publish: bool,
) -> Impression:
    """Take a guest's impression; the same form sent again is the same impression.

    :raises NothingSaid: neither words nor rating
    :raises BookClosed: the visit was called off or its minutes are done
    :raises TooMany: more than any delegation has to say
    """
    words = words.strip()
    if not words and rating is None:
        raise NothingSaid
    if book.visit.state not in BOOK_STATES:
        raise BookClosed
    if Impression.objects.filter(visit=book.visit).count() >= MOST_IMPRESSIONS:
        raise TooMany
    impression, is_new = Impression.objects.get_or_create(
        mall=current_mall(),
        key=key,
        defaults={
            "visit": book.visit,
            "secret": secrets.token_urlsafe(24),
            "words": words,
            "rating": rating,
            "name": name.strip(),
            "may_publish": may_publish,
            "given_at": clock.now(),
        },
    )
    if is_new:
        audit.record(
            "visits.give_impression", thing=f"impression:{impression.pk}", by=audit.VISITOR
        )
        publish("visits.give_impression", book.visit_id)
    kept: Impression = impression
    return kept


@one_transaction
def show_impression(impression: Impression, *, by: audit.Actor) -> None:
    """Let the public read an impression.

    :raises NoConsent: its giver did not agree, or said nothing in words
    """
    agreed = Impression.objects.filter(pk=impression.pk).exclude(words="")
    if not agreed.filter(may_publish=True).exists():
        raise NoConsent
    if agreed.filter(shown_at=None).update(shown_at=clock.now()):
        audit.record("visits.show_impression", thing=f"impression:{impression.pk}", by=by)


@one_transaction
def hide_impression(impression: Impression, *, by: audit.Actor) -> None:
    """Show an impression no more."""
    if Impression.objects.filter(~Q(shown_at=None), pk=impression.pk).update(shown_at=None):
        audit.record("visits.hide_impression", thing=f"impression:{impression.pk}", by=by)


@one_transaction
def erase_impression(impression: Impression, *, by: audit.Actor) -> None:
    """Erase an impression for good, on the wish of who gave it."""
    audit.record("visits.erase_impression", thing=f"impression:{impression.pk}", by=by)
    Impression.objects.filter(pk=impression.pk).delete()
