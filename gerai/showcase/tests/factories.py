"""Rows of the presentation for tests, made in the mall in scope."""

from gerai.people.audit import SYSTEM
from gerai.showcase.actions.decks import make_deck
from gerai.showcase.actions.sessions import begin
from gerai.showcase.models import Deck, Session, Slide


def a_deck(**fields) -> Deck:
    """Make a deck of the usual slides, or of the kinds that are told."""
    return make_deck(**{"title": "Paparan uji", "guests": "", "by": SYSTEM, **fields})


def a_session(**fields) -> Session:
    """Begin a presentation."""
    return begin(**{"by": SYSTEM, **fields})


def order_of(deck: Deck) -> list[str]:
    """Return the kinds of a deck's slides in their order."""
    slides = Slide.objects.filter(deck=deck).order_by("position", "pk")
    return list(slides.values_list("kind", flat=True))
