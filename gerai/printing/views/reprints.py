"""The same number on paper again, at the greeter's and at a desk."""

from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gerai.people import audit
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.printing import queries
from gerai.printing.actions import slips
from gerai.printing.forms import Reprint
from gerai.queue.actions.visitors import NoSuchNumber
from gerai.queue.models import Ticket
from gerai.queue.queries import places
from gerai.ui.forms import told


class AtADesk(Protocol):
    """What the queue's pages know of the desk at which somebody works."""

    @property
    def by(self) -> audit.Actor: ...

    @property
    def address(self) -> str: ...

    def ticket(self, ticket_id: int) -> Ticket: ...


@allow("queue.greet")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def greeter(request: HttpRequest, token: str) -> HttpResponse:
    """Print a visitor's number again, and see what became of it."""
    ticket = places.ticket_of(token)
    if ticket is None:
        raise NoSuchNumber
    here = reverse("paper_greeter:paper", args=[token])
    back = reverse("greeter:ticket", args=[token])
    return _page(request, ticket, by=actor_of(request.user), here=here, back=back)


def desk(request: HttpRequest, seat: AtADesk, ticket_id: int) -> HttpResponse:
    """Print the number of a visitor at the desk again."""
    ticket = seat.ticket(ticket_id)
    here = reverse("paper_desk:paper", args=[ticket_id])
    return _page(request, ticket, by=seat.by, here=here, back=seat.address)


def _page(
    request: HttpRequest, ticket: Ticket, *, by: audit.Actor, here: str, back: str
) -> HttpResponse:
    slips.drop_due()
    form = Reprint(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(request):
            printer = form.cleaned_data["printer"]
            if request.POST.get("keluar") and (job := queries.paper_of(ticket).job):
                slips.came_out(job, by=by)
            else:
                site = request.build_absolute_uri("/")
                slips.again(ticket, printer=printer, site=site, by=by)
                messages.success(
                    request, _("%(label)s dikirim ke pencetak.") % {"label": ticket.label}
                )
        return redirect(here)
    ticket.refresh_from_db(fields=["state"])
    known = {"ticket": ticket, "paper": queries.paper_of(ticket), "form": form, "back": back}
    return render(request, "printing/reprint.html", known, status=400 if form.errors else 200)
