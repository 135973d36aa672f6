"""Beginning presentations, arranging decks, and the notes of the tour."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory.models import Agency
from gerai.errors import Refused
from gerai.papers.responses import attachment_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.showcase import forms
from gerai.showcase.actions import decks as actions
from gerai.showcase.actions import sessions
from gerai.showcase.models import Deck, Session, SessionKind, Slide, SlideKind
from gerai.showcase.queries import decks as queries
from gerai.showcase.queries.photos import photo_with, photos_of
from gerai.showcase.views.drawing import qr

VERB = "showcase.present"


@allow(VERB)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Offer to begin, and list what is running and what was arranged."""
    guests = forms.Invited(request.GET).guests()
    return _home(request, forms.Begin(initial={"guests": guests}))


@allow(VERB)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a presentation, or a tour, and go to its screen."""
    form = forms.Begin(request.POST)
    if not form.is_valid():
        return _home(request, form)
    is_tour = "tur" in request.POST
    session = sessions.begin(
        deck=None if is_tour else form.cleaned_data["deck"],
        guests=form.cleaned_data["guests"],
        kind=SessionKind.TOUR if is_tour else SessionKind.DECK,
        by=actor_of(request.user),
    )
    return redirect("showcase:stage", session.pk)


@allow(VERB)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a presentation."""
    sessions.end(get_object_or_404(Session.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Paparan diakhiri. Ponsel tidak lagi mengendalikannya."))
    return redirect("showcase:home")


@allow(VERB)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the phones another link."""
    sessions.renew_secret(get_object_or_404(Session.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Tautan ponsel diganti. Pindai kode QR yang baru."))
    return redirect("showcase:control", pk)


@allow(VERB)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make the link with which guests look by themselves."""
    form = forms.GuestLink(request.POST)
    if not form.is_valid():
        return _home(request, forms.Begin(), invited=form)
    token = queries.guest_token(
        deck=form.cleaned_data["deck"],
        guests=form.cleaned_data["guests"],
        kind=form.cleaned_data["kind"],
    )
    address = request.build_absolute_uri(reverse("showcase:guests", args=[token]))
    return _home(
        request, forms.Begin(), invited=form, status=200, link=address, link_qr=qr(address)
    )


@allow(VERB)
@require_POST
def new_deck(request: HttpRequest) -> HttpResponse:
    """Make a deck of the usual slides, and go to it."""
    form = forms.DeckFields(request.POST)
    if not form.is_valid():
        return _home(request, forms.Begin(), new=form)
    deck = actions.make_deck(**form.cleaned_data, by=actor_of(request.user))
    messages.success(request, _("Paparan dibuat dengan salindia bawaan. Susun sesuka Anda."))
    return redirect("showcase:deck", deck.pk)


@allow(VERB)
@require_http_methods(["GET", "HEAD", "POST"])
def deck(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a deck's slides in their order; keep its title and guests."""
    found = get_object_or_404(Deck.objects, pk=pk)
    stored = {"title": found.title, "guests": found.guests}
    form = forms.DeckFields(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        actions.change_deck(found, **form.cleaned_data, by=actor_of(request.user))
        messages.success(request, _("Paparan disimpan."))
        return redirect("showcase:deck", pk)
    slides = queries.slides_of(found)
    shown = {
        "deck": found,
        "form": form,
        "slides": slides,
        "photos": photos_of([slide.pk for slide in slides]),
        "new_slide": forms.NewSlide(initial={"kind": SlideKind.TEXT}),
    }
    return render(request, "showcase/deck.html", shown, status=400 if form.errors else 200)


@allow(VERB)
@require_POST
def remove_deck(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a deck."""
    actions.remove_deck(get_object_or_404(Deck.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Paparan dihapus."))
    return redirect("showcase:home")


@allow(VERB)
@require_POST
def add_slide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a slide; one that is written is opened at once."""
    found = get_object_or_404(Deck.objects, pk=pk)
    form = forms.NewSlide(request.POST)
    if not form.is_valid():
        raise NoSuchKind
    slide = actions.add_slide(found, kind=form.cleaned_data["kind"], by=actor_of(request.user))
    if slide.kind in {SlideKind.TEXT, SlideKind.PHOTO}:
        return redirect("showcase:slide", slide.pk)
    return redirect("showcase:deck", pk)


class NoSuchKind(Refused):
    """A kind of slide that is not on the list."""

    message = _("Pilih jenis salindia dari daftar.")
    status = 400


@allow(VERB)
@require_http_methods(["GET", "HEAD", "POST"])
def slide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write in a slide."""
    found = get_object_or_404(Slide.objects.select_related("deck"), pk=pk)
    photo = photos_of([pk]).get(pk)
    stored = {name: getattr(found, name) for name in ("title", "text", "notes")}
    stored["caption"] = photo.caption if photo else ""
    fields = forms.PhotoFields if found.kind == SlideKind.PHOTO else forms.SlideFields
    form = fields(request.POST or None, request.FILES or None, initial=stored)
    if request.method == "POST" and form.is_valid() and _kept(request, found, form):
        messages.success(request, _("Salindia disimpan."))
        return redirect("showcase:deck", found.deck_id)
    shown = {"slide": found, "form": form, "photo": photo, "is_free": found.kind in FREE}
    return render(request, "showcase/slide.html", shown, status=400 if form.errors else 200)


FREE = {SlideKind.TEXT, SlideKind.PHOTO}


def _kept(request: HttpRequest, found: Slide, form: Any) -> bool:
    """Keep a slide with its photo; a photo that is refused is shown at its field."""
    try:
        actions.change_slide(found, **form.cleaned_data, by=actor_of(request.user))
    except Refused as refused:
        form.add_error("photo" if form.cleaned_data.get("photo") else None, str(refused))
        return False
    return True


@allow(VERB)
@require_POST
def shift_slide(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a slide change places with its neighbour."""
    found = get_object_or_404(Slide.objects, pk=pk)
    actions.shift_slide(found, is_up="naik" in request.POST, by=actor_of(request.user))
    return redirect(f"{reverse('showcase:deck', args=[found.deck_id])}#salindia-{pk}")


@allow(VERB)
@require_POST
def remove_slide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a slide out of its deck."""
    found = get_object_or_404(Slide.objects, pk=pk)
    actions.remove_slide(found, by=actor_of(request.user))
    messages.success(request, _("Salindia dihapus."))
    return redirect("showcase:deck", found.deck_id)


@allow(VERB)
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a photo of a slide."""
    found = photo_with(pk)
    if found is None:
        raise NoPhoto
    return attachment_response(found)


class NoPhoto(Refused):
    """There is no such photo."""

    message = _("Foto ini tidak ada.")
    status = 404


@allow(VERB)
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """List what is told at each agency's counter."""
    return render(request, "showcase/notes.html", {"agencies": queries.agencies_with_notes()})


@allow(VERB)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the question that guests usually ask at an agency's counter."""
    agency = get_object_or_404(Agency.objects, pk=pk)
    stored = queries.tour_notes().get(pk)
    initial = {"question": stored.question, "answer": stored.answer} if stored else {}
    form = forms.TourNoteFields(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_for_tour(agency, **form.cleaned_data, by=actor_of(request.user))
        except actions.NothingTold as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Catatan tur disimpan."))
            return redirect("showcase:notes")
    shown = {"agency": agency, "form": form}
    return render(request, "showcase/note.html", shown, status=400 if form.errors else 200)


def _home(
    request: HttpRequest,
    form: forms.Begin,
    *,
    new: forms.DeckFields | None = None,
    invited: forms.GuestLink | None = None,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    forms_sent = [each for each in (form, new, invited) if each is not None]
    wrong = any(each.errors for each in forms_sent if each.is_bound)
    shown = {
        "form": form,
        "new": new or forms.DeckFields(auto_id="new_%s"),
        "invited": invited or forms.GuestLink(auto_id="link_%s"),
        "running": queries.running(),
        "decks": queries.decks(),
        **more,
    }
    return render(request, "showcase/home.html", shown, status=status or (400 if wrong else 200))
