"""The greeter's tablet: a number for everybody, without a phone, a name or a NIK."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.people import audit
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.queue.actions import promises
from gerai.queue.actions.calling import bring_back
from gerai.queue.actions.tickets import leave, take
from gerai.queue.actions.visitors import NoSuchNumber
from gerai.queue.forms.visitors import FindTicket, Search, TakeNumber, new_key
from gerai.queue.models import Door, Group, Ticket
from gerai.queue.queries import choices, places
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.visit_routes import route_of
from gerai.queue.states import State, Verb, may_move


@allow("queue.greet")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search a service or a number; show the last numbers that this greeter gave."""
    find = FindTicket(request.GET if "nomor" in request.GET else None)
    if find.is_bound and find.is_valid():
        found = choices.ticket_with(find.cleaned_data["nomor"])
        if found is not None:
            return redirect("greeter:ticket", found.visit.token)
        find.add_error("nomor", _("Nomor ini tidak ada hari ini. Periksa huruf dan angkanya."))
    search = Search(request.GET)
    is_good = search.is_valid()
    words = search.words()
    now = clock.now()
    return render(
        request,
        "queue/greeter/home.html",
        {
            "find": find,
            "search": search,
            "words": words,
            "services": (
                choices.service_choices(now, words=words, door=Door.GREETER) if words else []
            ),
            "agencies": choices.agency_choices(now),
            "given": choices.last_given(_person(request).pk),
        },
        status=200 if is_good and not find.errors else 400,
    )


@allow("queue.greet")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """Read out what the service asks for; a press on the group gives the number."""
    chosen = get_object_or_404(choices.services_with_a_line(), pk=service_id)
    form = TakeNumber(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        ticket = take(
            chosen,
            door=Door.GREETER,
            idempotency_key=form.cleaned_data["key"],
            by=audit.Actor.person(_person(request)),
            group=form.cleaned_data["group"],
            language=(get_language() or settings.LANGUAGE_CODE)[:2],
        )
        return redirect("greeter:ticket", ticket.visit.token)
    return render(
        request,
        "queue/greeter/service.html",
        {
            "page": choices.service_page(chosen, clock.now(), Door.GREETER),
            "groups": Group.choices,
            "key": new_key(),
            "error": form.first_error() if form is not None else "",
            "rule": rule_in_force(),
        },
        status=400 if form is not None else 200,
    )


@allow("queue.greet")
@never_cache
@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Show a number, its slip, and what can be done for its holder."""
    own = _ticket(token)
    place = places.place_of(own)
    promises.shown(place)
    return render(
        request,
        "queue/greeter/ticket.html",
        {
            "ticket": own,
            "place": place,
            "where": choices.where_is(own.service.agency, own.day),
            "route": route_of(own.visit),
            "may_leave": may_move(State(own.state), Verb.LEAVE),
            "may_bring_back": may_move(State(own.state), Verb.BRING_BACK),
        },
    )


@allow("queue.greet")
@require_POST
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """Take somebody who asks for it out of the line."""
    own = _ticket(token)
    leave(own, by=audit.Actor.person(_person(request)))
    messages.success(request, _("%(label)s sudah dikeluarkan dari antrean.") % {"label": own.label})
    return redirect("greeter:ticket", token)


@allow("queue.greet")
@require_POST
def returning(request: HttpRequest, token: str) -> HttpResponse:
    """Put an absent visitor who reported here back into the line."""
    own = _ticket(token)
    bring_back(own, by=audit.Actor.person(_person(request)))
    messages.success(request, _("%(label)s sudah kembali ke antrean.") % {"label": own.label})
    return redirect("greeter:ticket", token)


def _ticket(token: str) -> Ticket:
    own = places.ticket_of(token)
    if own is None:
        raise NoSuchNumber
    return own


def _person(request: HttpRequest) -> User:
    # The door lets signed-in people in only.
    assert isinstance(request.user, User)
    return request.user
