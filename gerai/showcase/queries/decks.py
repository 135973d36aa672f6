"""Decks with their slides, sessions under way, and links for guests."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db.models import Count, QuerySet

from gerai import clock
from gerai.directory.models import Agency
from gerai.malls.scope import current_mall
from gerai.showcase.models import Deck, Session, SessionKind, Slide, TourNote

# A phone steers for so long, whoever forgot to end the presentation.
SECRET_LASTS = timedelta(hours=12)
GUEST_LINK_LASTS = timedelta(days=30)
SALT = "gerai.showcase.guests"


@dataclass(frozen=True)
class Welcome:
    """What a guest link opens, and whom it welcomes."""

    deck: Deck | None
    kind: str
    guests: str


def decks() -> QuerySet[Deck]:
    """Return every deck with its number of slides, newest first."""
    found: QuerySet[Deck] = Deck.objects.annotate(slides_count=Count("slides")).order_by("-pk")
    return found


def slides_of(deck: Deck) -> list[Slide]:
    """Return the slides of a deck in their order."""
    return list(Slide.objects.filter(deck=deck).order_by("position", "pk"))


def running() -> list[Session]:
    """Return the sessions of today that nobody ended, newest first."""
    since = clock.now() - SECRET_LASTS
    return list(
        Session.objects.filter(ended_at=None, started_at__gt=since)
        .select_related("deck")
        .order_by("-pk")
    )


def session_with(pk: int) -> Session | None:
    """Return a session, over or not."""
    found: Session | None = Session.objects.filter(pk=pk).select_related("deck", "mall").first()
    return found


def session_of_phone(pk: int, secret: str) -> Session | None:
    """Return the session that a phone with this secret may steer; None for any other."""
    found: Session | None = (
        Session.objects.filter(
            pk=pk, secret=secret, ended_at=None, started_at__gt=clock.now() - SECRET_LASTS
        )
        .select_related("deck", "mall")
        .first()
    )
    return found


def guest_token(*, guests: str, deck: Deck | None = None, kind: str = SessionKind.DECK) -> str:
    """Return the token that opens a deck or the tour to guests, with their name on the cover."""
    told = [current_mall().pk, deck.pk if deck else 0, str(kind), guests]
    return signing.dumps(told, salt=SALT, compress=True)


def welcome_of(token: str) -> Welcome | None:
    """Return what a guest token of this mall opens, while it is valid."""
    try:
        mall, deck_pk, kind, guests = signing.loads(token, salt=SALT, max_age=GUEST_LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if mall != current_mall().pk:
        return None
    deck = Deck.objects.filter(pk=deck_pk).first() if deck_pk else None
    if deck_pk and deck is None:
        return None
    return Welcome(deck, str(kind), str(guests))


def tour_notes() -> dict[int, TourNote]:
    """Return what is told at each agency's counter, by the agency's key."""
    return {note.agency_id: note for note in TourNote.objects.all()}


def agencies_with_notes() -> list[tuple[Agency, TourNote | None]]:
    """Return every active agency with its note, by name."""
    notes = tour_notes()
    agencies = Agency.objects.filter(is_active=True).order_by("short_name", "pk")
    return [(agency, notes.get(agency.pk)) for agency in agencies]
