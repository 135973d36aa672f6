"""Decks: made, ordered, written in; each with its slides."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Agency
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.papers.actions import checked, keep, remove_attachment
from gerai.papers.models import Attachment
from gerai.papers.queries import attachments_of
from gerai.papers.reading import File
from gerai.people import audit
from gerai.showcase.models import Deck, Slide, SlideKind, TourNote
from gerai.showcase.queries.photos import KIND, thing_of
from gerai.showcase.rules import USUAL
from gerai.transactions import inside_transaction, one_transaction, refused_as

MOST_SLIDES = 60


class TooManySlides(Refused):
    """A deck is full."""

    message = _("Satu paparan memuat paling banyak 60 salindia. Hapus dahulu yang tidak dipakai.")


class SlideGone(Refused):
    """The slide, or its place, is no longer as it was shown."""

    message = _("Susunan paparan baru saja berubah. Muat ulang halaman, lalu coba lagi.")


class NothingTold(Refused):
    """A question without an answer, or the other way round."""

    message = _("Isi pertanyaan dan jawabannya, atau kosongkan keduanya.")
    status = 400


@one_transaction
def make_deck(*, title: str, guests: str, by: audit.Actor, kinds: Sequence[str] = USUAL) -> Deck:
    """Make a deck that begins with the usual slides."""
    mall = current_mall()
    deck: Deck = Deck.objects.create(mall=mall, title=title, guests=guests, created_at=clock.now())
    Slide.objects.bulk_create(
        Slide(mall=mall, deck=deck, position=position, kind=kind)
        for position, kind in enumerate(kinds)
    )
    audit.record("showcase.make_deck", thing=f"deck:{deck.pk}", by=by)
    return deck


@one_transaction
def change_deck(deck: Deck, *, title: str, guests: str, by: audit.Actor) -> None:
    """Give a deck another title, or other guests.

    :raises SlideGone: the deck is there no longer
    """
    if not Deck.objects.filter(pk=deck.pk).update(title=title, guests=guests):
        raise SlideGone
    audit.record("showcase.change_deck", thing=f"deck:{deck.pk}", by=by)


@one_transaction
def remove_deck(deck: Deck, *, by: audit.Actor) -> None:
    """Remove a deck; a session that shows it goes on with the usual slides."""
    slides = list(Slide.objects.filter(deck=deck).values_list("pk", flat=True))
    if not Deck.objects.filter(pk=deck.pk).delete()[0]:
        raise SlideGone
    _remove_photos(slides, by=by)
    audit.record("showcase.remove_deck", thing=f"deck:{deck.pk}", by=by)


@one_transaction
def add_slide(deck: Deck, *, kind: str, by: audit.Actor) -> Slide:
    """Put a slide before the closing one, else at the end.

    :raises TooManySlides: the deck is full
    """
    slides = Slide.objects.filter(deck=deck)
    if slides.count() >= MOST_SLIDES:
        raise TooManySlides
    last = slides.order_by("-position", "-pk").first()
    if last is None:
        position = 0
    elif last.kind == SlideKind.CLOSING:
        position = last.position
        Slide.objects.filter(pk=last.pk).update(position=F("position") + 1)
    else:
        position = slides.aggregate(last=Max("position"))["last"] + 1
    slide: Slide = Slide.objects.create(
        mall=current_mall(), deck=deck, position=position, kind=kind
    )
    audit.record("showcase.add_slide", thing=f"slide:{slide.pk}", by=by, kind=kind)
    return slide


def change_slide(
    slide: Slide,
    *,
    title: str,
    text: str,
    notes: str,
    by: audit.Actor,
    photo: Any = None,
    caption: str = "",
) -> None:
    """Write in a slide, and put a photo on it instead of the one before.

    photo: an uploaded file; None leaves the one that is there, under the caption told

    :raises SlideGone: it is there no longer
    :raises BadFile: the photo is no picture that can be taken
    """
    file = checked(photo, allowed=["picture"]) if photo else None
    _write(slide, file, caption, by=by, title=title, text=text, notes=notes)


@one_transaction
def _write(slide: Slide, file: File | None, caption: str, *, by: audit.Actor, **texts: str) -> None:
    if not Slide.objects.filter(pk=slide.pk).update(**texts):
        raise SlideGone
    before = list(attachments_of(thing_of(slide.pk), KIND))
    if file is None and before and caption not in {"", before[-1].caption}:
        file = _file_of(before[-1])
    if file is not None:
        keep(file, thing=thing_of(slide.pk), kind=KIND, by=by, caption=caption)
        for old in before:
            remove_attachment(old, by=by)
    audit.record("showcase.change_slide", thing=f"slide:{slide.pk}", by=by)


def _file_of(photo: Attachment) -> File:
    """Return a photo as it was checked: kept again under another caption, byte for byte."""
    return File(
        photo.file_kind,
        photo.name,
        photo.content_type,
        bytes(photo.data),
        width=photo.width,
        height=photo.height,
    )


@inside_transaction
def _remove_photos(slide_pks: Iterable[int], *, by: audit.Actor) -> None:
    """Delete the photos of slides that are gone: people are to be seen on them."""
    for pk in slide_pks:
        for photo in attachments_of(thing_of(pk)):
            remove_attachment(photo, by=by)


@one_transaction
def shift_slide(slide: Slide, *, by: audit.Actor, is_up: bool) -> None:
    """Let a slide change places with the one before it, or after it; the ends hold.

    :raises SlideGone: one of the two no longer stands where it was read
    """
    rows = list(Slide.objects.filter(deck=slide.deck_id).order_by("position", "pk"))
    keys = [row.pk for row in rows]
    if slide.pk not in keys:
        raise SlideGone
    here = keys.index(slide.pk)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows):
        if row.position == position:
            continue
        if not Slide.objects.filter(pk=row.pk, position=row.position).update(position=position):
            raise SlideGone
    audit.record("showcase.shift_slide", thing=f"slide:{slide.pk}", by=by)


@one_transaction
def remove_slide(slide: Slide, *, by: audit.Actor) -> None:
    """Take a slide out of its deck.

    :raises SlideGone: it is there no longer
    """
    if not Slide.objects.filter(pk=slide.pk).delete()[0]:
        raise SlideGone
    _remove_photos([slide.pk], by=by)
    audit.record("showcase.remove_slide", thing=f"slide:{slide.pk}", by=by, kind=slide.kind)


@refused_as(SlideGone)
@one_transaction
def note_for_tour(agency: Agency, *, question: str, answer: str, by: audit.Actor) -> None:
    """Keep what guests usually ask at an agency's counter; both empty forgets it.

    :raises NothingTold: only one of the two is told
    """
    question, answer = question.strip(), answer.strip()
    if bool(question) != bool(answer):
        raise NothingTold
    notes = TourNote.objects.filter(agency=agency)
    if not question:
        notes.delete()
    elif not notes.update(question=question, answer=answer):
        TourNote.objects.create(
            mall=current_mall(), agency=agency, question=question, answer=answer
        )
    audit.record("showcase.note_for_tour", thing=f"agency:{agency.pk}", by=by)
    publish("showcase.note_for_tour")
