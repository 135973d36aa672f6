"""A presentation under way: begun, steered by keys and phones, ended."""

import secrets

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.showcase.models import Deck, Session, SessionKind
from gerai.showcase.rules import Command, moved, within
from gerai.transactions import one_transaction

SECRET_BYTES = 9


class SessionOver(Refused):
    """The presentation was ended."""

    message = _("Paparan ini sudah diakhiri. Mulai yang baru dari halaman Paparan.")
    status = 410


@one_transaction
def begin(
    *, by: audit.Actor, deck: Deck | None = None, guests: str = "", kind: str = SessionKind.DECK
) -> Session:
    """Begin a presentation or a tour, at its first slide."""
    session: Session = Session.objects.create(
        mall=current_mall(),
        kind=kind,
        deck=deck,
        guests=guests,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        started_at=clock.now(),
    )
    audit.record("showcase.begin", thing=f"session:{session.pk}", by=by, kind=kind)
    return session


@one_transaction
def steer(session: Session, command: Command, *, seen: int, count: int) -> int:
    """Make a step from the slide that was seen, and return where the screen now stands.

    Two phones that press "next" on the same slide move the screen on by one: the second
    step is not made from a slide that is no longer shown. No deed: a step changes no thing
    of the mall.

    :raises SessionOver: it was ended
    """
    there = moved(within(seen, count), command, count)
    is_from_anywhere = command in {Command.FIRST, Command.LAST}
    return _move(session, there, seen=None if is_from_anywhere else seen, count=count)


@one_transaction
def go_to(session: Session, position: int, *, count: int, seen: int | None = None) -> int:
    """Show a slide by its position; return where the screen now stands.

    seen: only from this slide, where it is told: a key pressed on a page that was left behind
    does not pull the screen back.

    :raises SessionOver: it was ended
    """
    return _move(session, within(position, count), seen=seen, count=count)


@one_transaction
def blacken(session: Session, *, is_black: bool) -> None:
    """Make the screen black, or show the slide again.

    :raises SessionOver: it was ended
    """
    if not Session.objects.filter(pk=session.pk, ended_at=None).update(is_black=is_black):
        raise SessionOver
    session.is_black = is_black
    publish("showcase.steer", session.pk)


@one_transaction
def renew_secret(session: Session, *, by: audit.Actor) -> None:
    """Give the session another secret: phones with the old one steer no longer.

    :raises SessionOver: it was ended
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    if not Session.objects.filter(pk=session.pk, ended_at=None).update(secret=secret):
        raise SessionOver
    session.secret = secret
    audit.record("showcase.renew_secret", thing=f"session:{session.pk}", by=by)
    publish("showcase.renew_secret", session.pk)


@one_transaction
def end(session: Session, *, by: audit.Actor) -> None:
    """End a presentation; one that is over already stays so."""
    now = clock.now()
    if not Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now):
        return
    session.ended_at = now
    audit.record("showcase.end", thing=f"session:{session.pk}", by=by)
    publish("showcase.end", session.pk)


def _move(session: Session, there: int, *, seen: int | None, count: int) -> int:
    running = Session.objects.filter(pk=session.pk, ended_at=None)
    if running.filter(_seen_from(seen, count)).update(position=there, is_black=False):
        publish("showcase.steer", session.pk)
    # Read again: somebody else may have been first.
    now = running.values_list("position", "is_black").first()
    if now is None:
        raise SessionOver
    session.position, session.is_black = now
    return session.position


def _seen_from(seen: int | None, count: int) -> Q:
    """Return what stands where it was seen; whatever lies beyond the end is seen as the last."""
    if seen is None:
        return Q()
    return Q(position__gte=seen) if seen >= count - 1 else Q(position=seen)
