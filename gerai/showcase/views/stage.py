"""The screen, the phones that steer it, and what guests look at by themselves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gerai import clock
from gerai.errors import Refused
from gerai.papers.responses import attachment_response
from gerai.people.guard import allow, public
from gerai.showcase.actions import sessions
from gerai.showcase.forms import Steer
from gerai.showcase.models import Deck, Session, SessionKind
from gerai.showcase.queries import decks as queries
from gerai.showcase.queries.photos import photo_in
from gerai.showcase.queries.slides import LIVING, Shown, outline, shown_slides
from gerai.showcase.queries.tour import tour_outline, tour_slides
from gerai.showcase.rules import Command, within
from gerai.showcase.views.drawing import qr

VERB = "showcase.present"
FOUNDERS = "/dirikan-mal/"


class NoSuchStep(Refused):
    """What a phone sent is no step."""

    message = _("Langkah ini tidak dikenal. Muat ulang halaman kendali.")
    status = 400


class LinkOver(Refused):
    """A guest link that is not valid, or no longer."""

    message = _(
        "Tautan paparan ini tidak berlaku lagi. Minta yang baru kepada mal yang mengundang."
    )
    status = 404


class PhoneOver(Refused):
    """A phone's link that steers nothing."""

    message = _("Tautan kendali ini tidak berlaku lagi. Pindai kode QR pada layar penyaji.")
    status = 404


@allow(VERB)
@never_cache
@require_safe
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the slides of a session, full-screen; the database says which one."""
    session = _running(pk)
    remote = request.build_absolute_uri(reverse("showcase:remote", args=[pk, session.secret]))
    return _screen(
        request,
        kind=session.kind,
        deck=session.deck,
        guests=session.guests or (session.deck.guests if session.deck else ""),
        session=session,
        remote=remote,
        remote_qr=qr(remote),
        csrf=get_token(request),
    )


@allow(VERB)
@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a deck without a session: only this browser turns its pages."""
    deck = Deck.objects.filter(pk=pk).first()
    if deck is None:
        raise Http404
    return _screen(request, kind=SessionKind.DECK, deck=deck, guests=deck.guests)


@allow(VERB)
@never_cache
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show the whole tour on one page, for a phone or for paper."""
    return _screen(request, kind=SessionKind.TOUR, deck=None, guests="", is_plain=True)


@public
@never_cache
@require_safe
def guests(request: HttpRequest, token: str) -> HttpResponse:
    """Show a deck, or the tour, to guests who hold its link."""
    welcome = queries.welcome_of(token)
    if welcome is None:
        raise LinkOver
    return _screen(
        request, kind=welcome.kind, deck=welcome.deck, guests=welcome.guests, token=token
    )


@public
@require_safe
def guest_photo(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Give a photo of the deck that a guest link opens."""
    welcome = queries.welcome_of(token)
    found = photo_in(welcome.deck, pk) if welcome else None
    if found is None:
        raise LinkOver
    return attachment_response(found)


@allow(VERB)
@never_cache
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell where the screen stands."""
    session = queries.session_with(pk)
    if session is None:
        raise Http404
    return JsonResponse(_state(session))


@allow(VERB)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Steer from the presenter's own keys or page."""
    session = _running(pk)
    _steer(session, request)
    return _answer(request, session, reverse("showcase:control", args=[pk]))


@allow(VERB)
@never_cache
@require_safe
def control(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the presenter's own controls, with the code for a phone."""
    session = _running(pk)
    address = request.build_absolute_uri(reverse("showcase:remote", args=[pk, session.secret]))
    return _remote(
        request,
        session,
        reverse("showcase:move", args=[pk]),
        remote=address,
        remote_qr=qr(address),
    )


@public
@never_cache
@require_safe
def remote(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """Steer from a phone that holds the session's secret link; nobody need be signed in."""
    session = _of_phone(pk, secret)
    return _remote(request, session, reverse("showcase:remote_move", args=[pk, secret]))


@public
@require_POST
def remote_move(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """Make a step that a phone asks for."""
    session = _of_phone(pk, secret)
    _steer(session, request)
    return _answer(request, session, reverse("showcase:remote", args=[pk, secret]))


def _running(pk: int) -> Session:
    session = queries.session_with(pk)
    if session is None:
        raise Http404
    if session.ended_at is not None:
        raise sessions.SessionOver
    return session


def _of_phone(pk: int, secret: str) -> Session:
    session = queries.session_of_phone(pk, secret)
    if session is None:
        raise PhoneOver
    return session


def _outline(session: Session) -> list[Shown]:
    return tour_outline() if session.kind == SessionKind.TOUR else outline(session.deck)


def _steer(session: Session, request: HttpRequest) -> None:
    form = Steer(request.POST)
    if not form.is_valid():
        raise NoSuchStep
    step, seen, there = (form.cleaned_data[name] for name in ("langkah", "dari", "ke"))
    count = len(_outline(session))
    match step:
        case "black" | "light":
            sessions.blacken(session, is_black=step == "black")
        case "go":
            if there is None:
                raise NoSuchStep
            sessions.go_to(session, there, seen=seen, count=count)
        case _command:
            seen = session.position if seen is None else seen
            sessions.steer(session, Command(step), seen=seen, count=count)


def _state(session: Session) -> dict[str, Any]:
    return {
        "position": session.position,
        "black": session.is_black,
        "over": session.ended_at is not None,
    }


def _answer(request: HttpRequest, session: Session, page: str) -> HttpResponse:
    if request.accepts("text/html"):
        return redirect(page)
    return JsonResponse(_state(session))


def _remote(request: HttpRequest, session: Session, move_url: str, **more: Any) -> HttpResponse:
    slides = _outline(session)
    here = within(session.position, len(slides))
    shown = {
        "session": session,
        "slides": list(enumerate(slides)),
        "position": here,
        "count": len(slides),
        "now": slides[here] if slides else None,
        "after": slides[here + 1] if here + 1 < len(slides) else None,
        "move_url": move_url,
        "at": clock.now(),
        **more,
    }
    return render(request, "showcase/remote.html", shown)


def _screen(
    request: HttpRequest,
    *,
    kind: str,
    deck: Deck | None,
    guests: str,
    session: Session | None = None,
    **more: Any,
) -> HttpResponse:
    """Show slides; a page that only looks again is given what lives in them."""
    is_again = request.headers.get("X-Gerai-Refresh") == "1"
    slides = _slides(kind, deck, is_again=is_again)
    position = session.position if session else 0
    shown = {
        "slides": slides,
        "is_tour": kind == SessionKind.TOUR,
        "deck": deck,
        "guests": guests,
        "session": session,
        "position": position if is_again else within(position, len(slides)),
        "count": len(slides),
        **({} if is_again else _codes(request)),
        **more,
    }
    page = "showcase/living.html" if is_again else "showcase/stage.html"
    return render(request, page, shown)


def _slides(kind: str, deck: Deck | None, *, is_again: bool) -> list[Shown]:
    if kind == SessionKind.TOUR:
        return tour_slides()
    return shown_slides(deck, kinds=LIVING if is_again else None)


def _codes(request: HttpRequest) -> dict[str, Any]:
    """Return what guests scan at the end: the site, and where they found a mall of their own."""
    site = request.build_absolute_uri("/")
    return {"site": site, "site_qr": qr(site), **_founders(request)}


def _founders(request: HttpRequest) -> dict[str, Any]:
    """Return the address where others found a mall of their own, if this installation has it."""
    try:
        is_there = resolve(FOUNDERS).namespace == "founding_public"
    except Resolver404:
        is_there = False
    if not is_there:
        return {}
    address = request.build_absolute_uri(FOUNDERS)
    return {"founders": address, "founders_qr": qr(address)}
