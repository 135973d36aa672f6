"""The kiosk: agency, service, what to bring, group, number. Nothing is typed."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gerai import clock
from gerai.directory.guard import device
from gerai.directory.models import Requirement
from gerai.queue.actions import promises
from gerai.queue.actions.visitors import NoSuchNumber, check_may_guess
from gerai.queue.forms.visitors import OpenRating, Search, TakeNumber, new_key
from gerai.queue.models import Door, Group, Ticket
from gerai.queue.queries import choices, places
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.visit_routes import route_of
from gerai.queue.responses import given, sent
from gerai.queue.states import State
from gerai.ui.context import HEARING_COOKIE, KIOSK_COOKIES, REACH_COOKIE, TEXT_COOKIE

T = TypeVar("T")
# How a kiosk gives a number: with a printer of ours, on paper.
Give = Callable[..., Ticket]

AGENCIES_A_PAGE: Final = 9
SERVICES_A_PAGE: Final = 6
LETTERS_FROM: Final = 2 * SERVICES_A_PAGE
# Within a wheelchair's reach stand fewer, and by ear nobody keeps more in mind.
AGENCIES_IN_REACH: Final = 6

LETTERS_A_LINE: Final = 38
LETTERS_A_LARGE_LINE: Final = 22
LINES_ALONE: Final = 23
LINES_A_SHEET: Final = 15
ON_PAPER: Final = frozenset({State.PRINTING, State.DROPPED})
KEYS: Final = ("0123456789", "ABCDEFGHI", "JKLMNOPQR", "STUVWXYZ")

PRINTS_COOKIE: Final = "gerai_kiosk_prints"
PRINTS: Final = {"otomatis": True, "tanya": False}
PRINTS_LASTS: Final = 400 * 24 * 3600


@device("kiosk")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the agencies.

    ?cetak=otomatis makes this kiosk print every slip by itself, ?cetak=tanya only when the
    visitor presses the button: the setting stays in the kiosk's browser.
    """
    setting = request.GET.get("cetak", "")
    if setting in PRINTS:
        kept = redirect("kiosk:home")
        kept.set_cookie(
            PRINTS_COOKIE,
            setting,
            max_age=PRINTS_LASTS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return kept
    # What the kiosk's browser was installed with says nothing about its visitors.
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        agencies = choices.agency_choices(clock.now())
        page = _page(request, agencies, agencies_a_page(request))
        answer = render(request, "queue/kiosk/home.html", {"page": page})
    return answer if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else _indonesian(answer)


@device("kiosk")
@never_cache
@require_safe
def restart(request: HttpRequest) -> HttpResponse:
    """Begin anew for the next visitor: Indonesian, and nothing that the last one wished."""
    answer = _indonesian(redirect("kiosk:home"))
    for cookie in KIOSK_COOKIES:
        answer.delete_cookie(cookie, samesite="Lax")
    return answer


@device("kiosk")
@never_cache
@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Show the services of an agency, by first letter where there are many."""
    chosen = get_object_or_404(choices.agencies_with_a_line(), pk=agency_id)
    search = Search(request.GET)
    search.is_valid()
    letter = search.letter()
    services = choices.service_choices(clock.now(), agency=chosen, letter=letter, door=Door.KIOSK)
    letters = choices.first_letters(chosen)
    total = choices.services_with_a_line().filter(agency=chosen).count()
    return render(
        request,
        "queue/kiosk/agency.html",
        {
            "agency": chosen,
            "page": _page(request, services, SERVICES_A_PAGE),
            "gives_numbers": any(each.opening.takes_tickets for each in services),
            "sentence": choices.sentence_of_all(services),
            "letter": letter,
            "letters": letters if total > LETTERS_FROM and len(letters) > 1 else [],
        },
    )


@device("kiosk")
@never_cache
@require_safe
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show what the service asks for, before any number is given."""
    chosen = get_object_or_404(choices.services_with_a_line(), pk=service_id)
    page = choices.service_page(chosen, clock.now(), Door.KIOSK)
    requirements = list(page.standard.requirements.all()) if page.standard else []
    return render(
        request,
        "queue/kiosk/service.html",
        {"service": page, "page": _page(request, _sheets(requirements, _letters(request)), 1)},
    )


def group_giving(give: Give) -> Callable[..., HttpResponse]:
    """Return the page on which the touch on a group gives the number, in this way."""

    @device("kiosk")
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def group(request: HttpRequest, service_id: int) -> HttpResponse:
        return _group(request, service_id, give)

    return group


def _group(request: HttpRequest, service_id: int, give: Give) -> HttpResponse:
    chosen = get_object_or_404(choices.services_with_a_line(), pk=service_id)
    form = TakeNumber(sent(request)) if request.method == "POST" else None
    if form is not None and form.is_valid():
        ticket = give(
            chosen,
            device=request.device,  # type: ignore[attr-defined]
            site=request.build_absolute_uri("/"),
            idempotency_key=form.cleaned_data["key"],
            group=form.cleaned_data["group"],
            language=(get_language() or settings.LANGUAGE_CODE)[:2],
        )
        if ticket.state in ON_PAPER:
            return given(request, ticket, "paper:slip")
        return given(request, ticket, "kiosk:ticket")
    if form is not None and not request.accepts("text/html"):
        return JsonResponse({"refused": form.first_error()}, status=400)
    return render(
        request,
        "queue/kiosk/group.html",
        {
            "service": choices.service_page(chosen, clock.now(), Door.KIOSK),
            "groups": Group.choices,
            "key": new_key(),
            "error": form.first_error() if form is not None else "",
            "rule": rule_in_force(),
        },
        status=400 if form is not None else 200,
    )


@device("kiosk")
@never_cache
@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Show the number large, and its slip to print; then begin anew."""
    own = places.ticket_of(token)
    if own is None:
        raise NoSuchNumber
    if own.state in ON_PAPER:
        return redirect("paper:slip", token)
    setting = request.COOKIES.get(PRINTS_COOKIE, "")
    place = places.place_of(own)
    promises.shown(place)
    return render(
        request,
        "queue/kiosk/ticket.html",
        {
            "ticket": own,
            "place": place,
            "where": choices.where_is(own.service.agency, own.day),
            "route": route_of(own.visit),
            "prints_now": PRINTS.get(setting, False),
        },
    )


@device("kiosk")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest) -> HttpResponse:
    """Open the rating of a slip by its number and code."""
    form = OpenRating(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["nomor"]
        check_may_guess(label)
        own = choices.ticket_with(label, form.cleaned_data["kode"])
        if own is None:
            form.add_error(
                None, _("Nomor dan kode ini tidak cocok. Periksa keduanya pada struk Anda.")
            )
        elif not own.rating_token:
            form.add_error(
                None,
                _("Nomor ini belum selesai dilayani. Penilaian dibuka sesudah Anda dilayani."),
            )
        else:
            return redirect(f"{reverse('survey:rate', args=[own.rating_token])}?pintu=kiosk")
    return render(
        request,
        "queue/kiosk/rating.html",
        {"form": form, "keys": KEYS},
        status=400 if form.errors else 200,
    )


def agencies_a_page(request: HttpRequest) -> int:
    """Return how many agencies stand on a page for this visitor."""
    is_low = request.COOKIES.get(REACH_COOKIE) == "low"
    listens = request.COOKIES.get(HEARING_COOKIE) == "on"
    return AGENCIES_IN_REACH if is_low or listens else AGENCIES_A_PAGE


def _letters(request: HttpRequest) -> int:
    is_large = request.COOKIES.get(TEXT_COOKIE) == "large"
    return LETTERS_A_LARGE_LINE if is_large else LETTERS_A_LINE


def _sheets(requirements: Sequence[Requirement], letters: int) -> list[list[Requirement]]:
    """Spread requirements over as many pages as fit on the smallest kiosk's glass."""
    if sum(_lines(each, letters) for each in requirements) <= LINES_ALONE:
        return [list(requirements)] if requirements else []
    sheets: list[list[Requirement]] = [[]]
    filled = 0
    for each in requirements:
        if sheets[-1] and filled + _lines(each, letters) > LINES_A_SHEET:
            sheets.append([])
            filled = 0
        sheets[-1].append(each)
        filled += _lines(each, letters)
    return sheets


def _lines(requirement: Requirement, letters: int) -> int:
    length = len(requirement.text) + len(requirement.condition) + len("Bila : ")
    return -(-length // letters)


def _indonesian(answer: HttpResponse) -> HttpResponse:
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE, samesite="Lax")
    return answer


def _page(request: HttpRequest, things: Sequence[T], size: int) -> Page[T]:
    search = Search(request.GET)
    search.is_valid()
    return Paginator(things, size).get_page(search.page())
