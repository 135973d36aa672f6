"""Decks: made, ordered, written in; each with its slides."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Agency
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.papers.actions import attach, remove_attachment
from gerai.papers.queries import attachments_of
from gerai.people import audit
from gerai.showcase.models import Deck, Slide, SlideKind, TourNote
from gerai.showcase.queries.photos import KIND, thing_of
from gerai.showcase.rules import USUAL
from gerai.transactions import one_transaction, refused_as

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
    if not Deck.objects.filter(pk=deck.pk).delete()[0]:
        raise SlideGone
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


@one_transaction
def change_slide(slide: Slide, *, title: str, text: str, notes: str, by: audit.Actor) -> None:
    """Write in a slide.

    :raises SlideGone: it is there no longer
    """
    if not Slide.objects.filter(pk=slide.pk).update(title=title, text=text, notes=notes):
        raise SlideGone
    audit.record("showcase.change_slide", thing=f"slide:{slide.pk}", by=by)


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


def set_photo(slide: Slide, upload: Any, *, caption: str, by: audit.Actor) -> None:
    """Put a photo on a slide instead of the one before.

    :raises BadFile: it is no picture that can be taken
    """
    before = list(attachments_of(thing_of(slide.pk), KIND))
    attach(upload, thing=thing_of(slide.pk), kind=KIND, by=by, caption=caption, allowed=["picture"])
    for old in before:
        remove_attachment(old, by=by)
