"""The kiosk while paper is on its way: take it, say whether it came, or follow by phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gerai.directory.guard import device
from gerai.people import audit
from gerai.printing import queries
from gerai.printing.actions import slips
from gerai.printing.actions.moves import SlipMoved
from gerai.printing.models import PrintJob
from gerai.printing.rules import MOST_COPIES
from gerai.queue.actions import promises
from gerai.queue.actions.visitors import NoSuchNumber
from gerai.queue.models import Ticket
from gerai.queue.queries import choices, places
from gerai.queue.queries.visit_routes import route_of
from gerai.ui.forms import told

# Seconds until the next visitor's page, by stage.
IDLE = {"printing": 120, "asked": 125, "failed": 120, "done": 15, "counted": 15, "dropped": 25}


@device("kiosk")
@never_cache
@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """Show where the paper of a number stands."""
    ticket = _ticket(token)
    printer = queries.printer_of(request.device)  # type: ignore[attr-defined]
    slips.look(printer)
    ticket.refresh_from_db(fields=["state"])
    paper = queries.paper_of(ticket)
    job = paper.job
    place = places.place_of(ticket)
    promises.shown(place)
    return render(
        request,
        "printing/kiosk/slip.html",
        {
            "paper": paper,
            "ticket": ticket,
            "printer": printer,
            "idle": IDLE[paper.stage],
            "was_sent": job is not None and job.sent > 0,
            "may_print": printer is not None and (job is None or job.copy < MOST_COPIES),
            "where": choices.where_is(ticket.service.agency, ticket.day),
            "place": place,
            "route": route_of(ticket.visit),
        },
    )


@device("kiosk")
@require_POST
def came_out(request: HttpRequest, token: str) -> HttpResponse:
    """Hear from the visitor that the paper came out."""
    with told(request):
        slips.came_out(_job(token), by=_device(request))
    return redirect("paper:slip", token)


@device("kiosk")
@require_POST
def did_not_come(request: HttpRequest, token: str) -> HttpResponse:
    """Hear from the visitor that no paper came out."""
    with told(request):
        slips.did_not_come(_job(token), by=_device(request))
    return redirect("paper:slip", token)


@device("kiosk")
@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Print the same number again."""
    ticket = _ticket(token)
    printer = queries.printer_of(request.device)  # type: ignore[attr-defined]
    with told(request):
        if printer is None:
            raise slips.NoPrinter
        site = request.build_absolute_uri("/")
        slips.again(ticket, printer=printer, site=site, by=_device(request))
    return redirect("paper:slip", token)


@device("kiosk")
@require_POST
def by_phone(request: HttpRequest, token: str) -> HttpResponse:
    """Hear from the visitor that the number's page is on their phone."""
    with told(request):
        slips.by_phone(_ticket(token), by=_device(request))
    return redirect("paper:slip", token)


def _ticket(token: str) -> Ticket:
    ticket = places.ticket_of(token)
    if ticket is None:
        raise NoSuchNumber
    return ticket


def _job(token: str) -> PrintJob:
    job = queries.paper_of(_ticket(token)).job
    if job is None:
        raise SlipMoved
    return job


def _device(request: HttpRequest) -> audit.Actor:
    return audit.Actor.device(request.device.name)  # type: ignore[attr-defined]
