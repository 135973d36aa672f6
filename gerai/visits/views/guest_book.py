"""What guests open on their phone or on the desk's device: guest book, impressions, results."""

import secrets
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gerai.errors import Refused
from gerai.papers.responses import paper_response
from gerai.people import audit
from gerai.people.guard import public
from gerai.visits.actions import guest_book as actions
from gerai.visits.actions.day import BOOK_STATES
from gerai.visits.actions.impressions import NothingSaid, erase_impression, give_impression
from gerai.visits.forms.day import CheckIn, Impress, Steps
from gerai.visits.models import Door, Guest, GuestBook, Visit
from gerai.visits.queries import after as after_queries
from gerai.visits.queries import day as queries
from gerai.visits.rules import guest_key
from gerai.visits.views.public.visit import of_secret

FACES: Final = ("mood-sad", "mood-neutral", "mood-smile", "mood-happy")
FORMS: Final = frozenset({"pdf", "docx"})
PAGE: Final = 20
AT_FIELD: Final = {
    actions.NamelessGuest: "name",
    actions.NoSignature: "signs_on_paper",
    actions.BadSignature: "signs_on_paper",
    NothingSaid: "words",
}


def _book(code: str) -> GuestBook:
    book = queries.book_with(code)
    if book is None:
        raise actions.NoBook
    if book.visit.state not in BOOK_STATES:
        raise actions.BookClosed
    return book


@public
@never_cache
@require_safe
def guest_book(request: HttpRequest, code: str) -> HttpResponse:
    """Show the delegation's names, to find one's own."""
    book = _book(code)
    steps = Steps(request.GET)
    words = guest_key(steps.told("cari") or "", "").rstrip("|")
    guests = queries.delegation(book.visit)
    known: dict[str, Any] = {
        "guests": [guest for guest in guests if words in guest.key],
        "words": steps.told("cari") or "",
        "total": len(guests),
        "signed": sum(guest.checked_in_at is not None for guest in guests),
    }
    return _page(request, "visits/guest_book.html", book, steps, **known)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """Let a guest complete their line and sign."""
    book = _book(code)
    steps = Steps(request.GET)
    guest = _guest(book, steps)
    if guest is not None and guest.checked_in_at is not None:
        return redirect(_done(book, steps, guest))
    if request.method != "POST":
        known = {"title": guest.title, "institution": guest.institution} if guest else {}
        known = known or {"institution": book.visit.relation.institution}
        form = CheckIn(initial=known, is_new=guest is None)
        return _sign(request, book, steps, form, guest)
    form = CheckIn(request.POST, is_new=guest is None)
    if not form.is_valid():
        return _sign(request, book, steps, form, guest, status=400)
    told = form.cleaned_data
    try:
        presence = actions.check_in(
            book,
            door=steps.door,
            guest=guest,
            name=told["name"],
            title=told["title"],
            institution=told["institution"],
            signature=told["signature"],
            signs_on_paper=told["signs_on_paper"],
            photo_consent=form.consent(),
        )
    except Refused as refused:
        form.add_error(AT_FIELD.get(type(refused)), str(refused))
        return _sign(request, book, steps, form, guest, status=refused.status)
    return redirect(_done(book, steps, presence.guest))


@public
@never_cache
@require_safe
def checked_in(request: HttpRequest, code: str) -> HttpResponse:
    """Welcome the guest who signed."""
    book = _book(code)
    steps = Steps(request.GET)
    guest = _guest(book, steps)
    if guest is None:
        raise Http404
    return _page(request, "visits/welcome.html", book, steps, guest=guest)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def impress(request: HttpRequest, code: str) -> HttpResponse:
    """Take an impression and a rating."""
    book = _book(code)
    steps = Steps(request.GET)
    if request.method != "POST":
        form = Impress(initial={"key": secrets.token_urlsafe(16)})
        return _asked(request, book, steps, form)
    form = Impress(request.POST)
    if not form.is_valid():
        return _asked(request, book, steps, form, status=400)
    told = form.cleaned_data
    try:
        impression = give_impression(
            book,
            key=told["key"],
            words=told["words"],
            rating=told["rating"],
            name=told["name"],
            may_publish=told["may_publish"],
        )
    except Refused as refused:
        form.add_error(AT_FIELD.get(type(refused)), str(refused))
        return _asked(request, book, steps, form, status=refused.status)
    if steps.door == Door.KIOSK:
        return _page(request, "visits/impression_thanks.html", book, steps)
    return redirect("visits:impression", impression.secret)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def impression(request: HttpRequest, secret: str) -> HttpResponse:
    """Show somebody their own impression, and erase it when they wish."""
    own = queries.impression_by(secret)
    if own is not None and request.method == "POST":
        erase_impression(own, by=audit.VISITOR)
        return render(request, "visits/impression_erased.html")
    if own is None:
        return render(request, "visits/impression_erased.html", status=404)
    return render(request, "visits/impression.html", {"impression": own})


@public
@require_safe
def impressions(request: HttpRequest) -> HttpResponse:
    """Show the impressions that their givers and the desk agreed to show."""
    shown = Paginator(queries.shown_impressions(), PAGE).get_page(request.GET.get("hlm"))
    known = {"page": shown, "mean": queries.mean_of(), "steps": _steps()}
    return render(request, "visits/impressions.html", known)


@public
@never_cache
@require_safe
@of_secret
def results(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the delegation what was issued for them: report, travel confirmations."""
    guests = queries.delegation(visit)
    known = {
        "visit": visit,
        "reports": queries.reports_of(visit)[:1],
        "travel": queries.travel_papers(visit, guests),
        "follow_ups": after_queries.follow_ups_of(visit),
        "book": queries.book_of(visit),
    }
    return render(request, "visits/results.html", known)


@public
@never_cache
@require_safe
@of_secret
def result(request: HttpRequest, visit: Visit, paper: int, form: str) -> HttpResponse:
    """Give the delegation one of its papers."""
    found = queries.paper_of(visit, paper)
    if found is None or form not in FORMS or found.kind not in {"report", "spd"}:
        raise Http404
    return paper_response(found, form, request)


def _guest(book: GuestBook, steps: Steps) -> Guest | None:
    told = steps.told("tamu")
    if told is None:
        return None
    guest = queries.guest_of(book.visit, told)
    if guest is None:
        raise Http404
    return guest


def _done(book: GuestBook, steps: Steps, guest: Guest) -> str:
    told = {"tamu": guest.pk} | ({"kios": "1"} if steps.door == Door.KIOSK else {})
    return f"{reverse('visits:checked_in', args=[book.code])}?{urlencode(told)}"


def _sign(
    request: HttpRequest,
    book: GuestBook,
    steps: Steps,
    form: CheckIn,
    guest: Guest | None,
    *,
    status: int = 200,
) -> HttpResponse:
    return _page(
        request, "visits/check_in.html", book, steps, status=status, form=form, guest=guest
    )


def _asked(
    request: HttpRequest, book: GuestBook, steps: Steps, form: Impress, *, status: int = 200
) -> HttpResponse:
    chosen = str(form["rating"].value() or "")
    faces = [
        (value, word, face, str(value) == chosen)
        for (value, word), face in zip(form.fields["rating"].choices, FACES, strict=True)  # type: ignore[attr-defined]
    ]
    return _page(request, "visits/impress.html", book, steps, status=status, form=form, faces=faces)


def _steps() -> list[tuple[int, int]]:
    """Return each rating with how many gave it, the best first."""
    return list(queries.ratings_by_step().items())


def _page(
    request: HttpRequest,
    template: str,
    book: GuestBook,
    steps: Steps,
    *,
    status: int = 200,
    **known: Any,
) -> HttpResponse:
    on_kiosk = steps.door == Door.KIOSK
    frame = "visits/guest_kiosk.html" if on_kiosk else "visits/guest_phone.html"
    start = reverse("visits:guest_book", args=[book.code])
    context = {
        "frame": frame,
        "book": book,
        "visit": book.visit,
        "on_kiosk": on_kiosk,
        "start": f"{start}?kios=1" if on_kiosk else start,
        **known,
    }
    return render(request, template, context, status=status)
