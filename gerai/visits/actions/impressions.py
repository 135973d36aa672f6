"""What guests say of the visit, and what the public reads of it."""

import secrets
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction
from gerai.visits.actions.day import BOOK_STATES, TooMany
from gerai.visits.actions.guest_book import BookClosed
from gerai.visits.models import GuestBook, Impression

MOST_IMPRESSIONS: Final = 400


class NothingSaid(Refused):
    """An impression without words or rating."""

    message = _("Pilih nilai atau tuliskan kesan Anda.")
    status = 400


class NoConsent(Refused):
    """The guest did not agree to have it published."""

    message = _("Tamu tidak mengizinkan kesan ini ditampilkan.")


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
