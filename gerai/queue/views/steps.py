"""The steps of a visit, changed by an officer at the desk or by a greeter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gerai.people import audit
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.queue.actions import routes as actions
from gerai.queue.forms.routes import STAGES, AddStep, ChangeStep, RecordItem
from gerai.queue.models import PlannedStep, Ticket
from gerai.queue.queries import places, visit_routes
from gerai.queue.states import State
from gerai.queue.views.seats import Seat, asked, pressed
from gerai.ui.forms import told


@asked
def route(request: HttpRequest, seat: Seat, ticket_id: int) -> HttpResponse | None:
    """Show the steps of the visit at the desk, and add one."""
    ticket = seat.ticket(ticket_id)
    address = f"{seat.address}nomor/{ticket_id}/rute/"
    form = AddStep(visit_routes.services_to_add(ticket), request.POST or None)
    if form.is_valid():
        return _added(request, ticket, form, address, by=seat.by)
    known = _known(ticket, form, address) | {"seat": seat, "item_form": _items_form(ticket)}
    return render(request, "queue/desk/route.html", known, status=_status(request))


@pressed
def change(request: HttpRequest, seat: Seat, ticket_id: int, step_id: int) -> HttpResponse | None:
    """Skip a step, bring it back, place it, enter its line, or serve it here."""
    ticket = seat.ticket(ticket_id)
    address = f"{seat.address}nomor/{ticket_id}/rute/"
    return _changed(request, ticket, _step(ticket, step_id), address, by=seat.by)


@pressed
def items(request: HttpRequest, seat: Seat, ticket_id: int) -> HttpResponse | None:
    """Record what is done at the desk, with how many."""
    ticket = seat.ticket_here(ticket_id)
    form = RecordItem(visit_routes.services_here(ticket), request.POST)
    address = f"{seat.address}nomor/{ticket_id}/rute/"
    if not form.is_valid():
        add = AddStep(visit_routes.services_to_add(ticket))
        known = _known(ticket, add, address) | {"seat": seat, "item_form": form}
        return render(request, "queue/desk/route.html", known, status=400)
    given = form.cleaned_data
    with told(request):
        actions.record_item(ticket, given["service"], amount=given["amount"], by=seat.by)
    return redirect(address)


@allow("queue.greet")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def greeter_steps(request: HttpRequest, token: str) -> HttpResponse:
    """Show the steps of a visit to the greeter, and add one."""
    ticket = _ticket(token)
    address = reverse("greeter:steps", args=[token])
    form = AddStep(visit_routes.services_to_add(ticket), request.POST or None)
    if form.is_valid():
        return _added(request, ticket, form, address, by=actor_of(request.user))
    known = _known(ticket, form, address)
    return render(request, "queue/greeter/route.html", known, status=_status(request))


@allow("queue.greet")
@require_POST
def greeter_change(request: HttpRequest, token: str, step_id: int) -> HttpResponse:
    """Skip a step, bring it back, place it, or enter its line."""
    ticket = _ticket(token)
    address = reverse("greeter:steps", args=[token])
    by = actor_of(request.user)
    return _changed(request, ticket, _step(ticket, step_id), address, by=by)


def _ticket(token: str) -> Ticket:
    ticket = places.ticket_of(token)
    if ticket is None:
        raise Http404
    return ticket


def _step(ticket: Ticket, step_id: int) -> PlannedStep:
    step = visit_routes.step_of(ticket.visit_id, step_id)
    if step is None:
        raise Http404
    return step


def _known(ticket: Ticket, form: AddStep, address: str) -> dict[str, object]:
    return {
        "ticket": ticket,
        "route": visit_routes.route_of(ticket.visit),
        "form": form,
        "address": address,
        "stages": STAGES,
        "items": visit_routes.items_of(ticket),
        "is_served": ticket.state == State.SERVING,
    }


def _items_form(ticket: Ticket) -> RecordItem:
    return RecordItem(visit_routes.services_here(ticket))


def _status(request: HttpRequest) -> int:
    return 400 if request.method == "POST" else 200


def _added(
    request: HttpRequest, ticket: Ticket, form: AddStep, address: str, *, by: audit.Actor
) -> HttpResponse:
    given = form.cleaned_data
    with told(request):
        actions.add_step(
            ticket, given["service"], stage=given["stage"], amount=given["amount"], by=by
        )
        messages.success(
            request, _("%(name)s masuk rute kunjungan.") % {"name": given["service"].name}
        )
    return redirect(address)


def _changed(
    request: HttpRequest, ticket: Ticket, step: PlannedStep, address: str, *, by: audit.Actor
) -> HttpResponse:
    form = ChangeStep(request.POST)
    if not form.is_valid():
        messages.error(request, form.first_error())
        return redirect(address)
    given = form.cleaned_data
    with told(request):
        match given["verb"]:
            case "skip":
                actions.skip_step(step, by=by)
            case "restore":
                actions.restore_step(step, by=by)
            case "place":
                actions.place_step(step, stage=given["stage"], was=given["was"], by=by)
            case "enter":
                actions.enter_step(step, by=by)
            case "here":
                actions.serve_here(step, ticket, by=by)
    return redirect(address)
