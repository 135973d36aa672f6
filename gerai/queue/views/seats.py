"""At whose desk a request works: one's own, or one that a supervisor acts for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from gerai.directory.models import Counter
from gerai.errors import Refused
from gerai.people import audit
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.queue.models import Desk, Ticket
from gerai.queue.queries import desks as queries
from gerai.queue.queries.closings import asked_by
from gerai.ui.forms import told

Page = Callable[..., HttpResponse]
Work = Callable[..., HttpResponse | None]


class NoDesk(Refused):
    """Nobody has that counter open."""

    message = _("Loket belum dibuka. Buka loket dahulu.")


class NotHere(Refused):
    """The ticket is at another counter, or at none."""

    message = _("Nomor ini tidak sedang berada di loket ini. Lihat keadaan terbaru di halaman ini.")


@dataclass(frozen=True)
class Seat:
    """An open desk, who acts there, and where its page is; its verbs stand below that."""

    desk: Desk
    by: audit.Actor
    address: str
    is_acted_for: bool

    def ticket(self, ticket_id: int) -> Ticket:
        """Return a ticket of the desk's lines, or answer 404."""
        ticket = queries.ticket_for(self.desk, ticket_id)
        if ticket is None:
            raise Http404
        return ticket

    def ticket_here(self, ticket_id: int) -> Ticket:
        """Return a ticket that this very counter had last."""
        ticket = self.ticket(ticket_id)
        if ticket.counter_id != self.desk.counter_id:
            raise NotHere
        return ticket


def own(work: Work) -> Page:
    """Let an officer do this at the desk that they have open."""

    @allow("queue.serve")
    @wraps(work)
    def at_own_desk(request: HttpRequest, **ids: int) -> HttpResponse:
        officer = cast("User", request.user)
        address = reverse("desk:home")
        desk = queries.desk_of(officer)
        if desk is None:
            if "ticket_id" in ids and not queries.may_know(officer, ids["ticket_id"]):
                raise Http404
            if "closing_id" in ids and not asked_by(officer, ids["closing_id"]):
                raise Http404
            return _no_desk(request, address)
        seat = Seat(desk, audit.Actor.person(officer), address, is_acted_for=False)
        return _answer(request, work, seat, ids)

    return at_own_desk


def acting(work: Work) -> Page:
    """Let a supervisor do this at the desk of somebody else; it is recorded as theirs."""

    @allow("queue.act_for")
    @wraps(work)
    def for_the_officer(request: HttpRequest, counter_id: int, **ids: int) -> HttpResponse:
        counter = get_object_or_404(Counter.objects, pk=counter_id)
        desk = queries.desk_at(counter)
        if desk is None:
            return _no_desk(request, reverse("supervisor:counter", args=[counter_id]))
        by = audit.Actor.person(cast("User", request.user))
        address = reverse("supervisor:desk", args=[counter_id])
        seat = Seat(desk, by, address, is_acted_for=True)
        return _answer(request, work, seat, ids)

    return for_the_officer


def pressed(work: Work) -> Work:
    """Take a press of a button only."""
    return require_POST(work)


def asked(work: Work) -> Work:
    """Show a question, and take its answer."""
    return require_http_methods(["GET", "HEAD", "POST"])(work)


def _answer(request: HttpRequest, work: Work, seat: Seat, ids: dict[str, int]) -> HttpResponse:
    answer = None
    with told(request):
        answer = work(request, seat, **ids)
    return answer or redirect(seat.address)


def _no_desk(request: HttpRequest, address: str) -> HttpResponse:
    with told(request):
        raise NoDesk
    return redirect(address)
