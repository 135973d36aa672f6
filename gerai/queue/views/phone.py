"""The visitor's phone: choose, read, take a number, follow it, leave the line."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gerai import clock
from gerai.directory import queries as directory
from gerai.people import audit
from gerai.people.guard import public
from gerai.queue.actions import promises
from gerai.queue.actions.printed import page_opened
from gerai.queue.actions.routes import leave_route
from gerai.queue.actions.tickets import leave, take
from gerai.queue.actions.visitors import NoSuchNumber, check_may_take
from gerai.queue.forms.visitors import Search, TakeNumber, new_key
from gerai.queue.models import Door, Group, Ticket
from gerai.queue.queries import choices, places
from gerai.queue.queries.explanations import why_waiting
from gerai.queue.queries.routes import between_lines
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.visit_routes import route_of
from gerai.queue.responses import given, remembering, sent, visitor_of
from gerai.queue.states import State, Verb, may_move
from gerai.survey.queries import may_rate


@public
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the agencies, or the services that match the words searched for."""
    search = Search(request.GET)
    is_good = search.is_valid()
    words = search.words()
    now, tokens = clock.now(), visitor_of(request)[1]
    found = choices.service_choices(now, words=words, door=Door.PHONE) if words else []
    return render(
        request,
        "queue/phone/home.html",
        {
            "search": search,
            "words": words,
            "services": found,
            "agencies": [] if words else choices.agency_choices(now),
            "mine": [*choices.tickets_of(tokens), *between_lines(tokens)],
        },
        status=200 if is_good else 400,
    )


@public
@never_cache
@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """List the services of an agency."""
    chosen = get_object_or_404(choices.agencies_with_a_line(), pk=agency_id)
    services = choices.service_choices(clock.now(), agency=chosen, door=Door.PHONE)
    known = {
        "agency": chosen,
        "services": services,
        "sentence": choices.sentence_of_all(services),
    }
    return render(request, "queue/phone/agency.html", known)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show what the service asks for; take a number when that was read."""
    chosen = get_object_or_404(choices.services_with_a_line(), pk=service_id)
    visitor, tokens = visitor_of(request)
    form = TakeNumber(sent(request)) if request.method == "POST" else None
    held = _held_in(chosen.line_service.line_id, tokens)
    if form is not None and form.is_valid():
        ticket = held
        if ticket is None:
            check_may_take(visitor, address=request.META.get("REMOTE_ADDR", ""))
            ticket = take(
                chosen,
                door=Door.PHONE,
                idempotency_key=form.cleaned_data["key"],
                by=audit.VISITOR,
                group=form.cleaned_data["group"],
                language=_language(),
            )
        else:
            messages.info(request, _("Anda sudah memegang nomor di antrean ini. Ini nomornya."))
        return remembering(
            given(request, ticket, "phone:ticket"), visitor, [*tokens, ticket.visit.token]
        )
    if form is not None and not request.accepts("text/html"):
        return JsonResponse({"refused": form.first_error()}, status=400)
    page = {
        "page": choices.service_page(chosen, clock.now(), Door.PHONE),
        "groups": Group.choices,
        "key": new_key(),
        "error": form.first_error() if form is not None else "",
        "held": held,
        "rule": rule_in_force(),
    }
    answer = render(
        request, "queue/phone/service.html", page, status=400 if form is not None else 200
    )
    return remembering(answer, visitor, tokens)


@public
@never_cache
@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Show a visitor's own place, and the counter when it is called.

    Whoever opens it has the number on a phone: it counts from then on, with paper or without.
    """
    own = places.ticket_of(token)
    if own is None:
        raise NoSuchNumber
    if request.method == "GET":
        page_opened(own)
    rule = rule_in_force()
    place = places.place_of(own)
    promises.shown(place)
    return render(
        request,
        "queue/phone/ticket.html",
        {
            "ticket": own,
            "place": place,
            "why": why_waiting(own, rule),
            "where": choices.where_is(own.service.agency, own.day),
            "standard": directory.published_standard(own.service, own.day),
            "rule": rule,
            "route": route_of(own.visit),
            "may_leave": may_move(State(own.state), Verb.LEAVE),
            "may_rate": bool(own.rating_token) and may_rate(own.rating_token),
        },
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the visitor means it; then take them out of the line."""
    own = places.ticket_of(token)
    if own is None:
        raise NoSuchNumber
    route = route_of(own.visit)
    is_between = route is not None and route.is_waiting
    if request.method == "POST":
        if is_between:
            leave_route(own, by=audit.VISITOR)
        else:
            leave(own, by=audit.VISITOR)
        return redirect("phone:ticket", token)
    if not is_between and not may_move(State(own.state), Verb.LEAVE):
        return redirect("phone:ticket", token)
    known = {
        "ticket": own,
        "place": places.place_of(own),
        "route": route,
        "is_between": is_between,
    }
    return render(request, "queue/phone/leave.html", known)


def _held_in(line_id: int, tokens: list[str]) -> Ticket | None:
    held = choices.tickets_of(tokens)
    return next((ticket for ticket in held if ticket.line_id == line_id), None)


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]
