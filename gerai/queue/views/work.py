"""What is done at a desk, each verb a noun in the address. A seat says at which desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gerai.queue.actions import calling, desks, serving
from gerai.queue.actions.serving import Outcome
from gerai.queue.forms.desk import Finish, Hold, Pause, SendOn, Transfer
from gerai.queue.models import Ticket
from gerai.queue.queries import desks as queries
from gerai.queue.queries.visit_routes import route_of
from gerai.queue.views.seats import Seat, asked, pressed


@pressed
def call_next(_request: HttpRequest, seat: Seat) -> None:
    """Call whoever is next."""
    calling.call_next(seat.desk, by=seat.by)


@pressed
def call(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Call a chosen number."""
    calling.call_chosen(seat.ticket(ticket_id), seat.desk, by=seat.by)


@pressed
def recall(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Call the number at the counter once more."""
    calling.recall(seat.ticket_here(ticket_id), by=seat.by)


@pressed
def miss(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Mark the called visitor as absent."""
    calling.miss(seat.ticket_here(ticket_id), by=seat.by)


@pressed
def bring_back(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Put an absent visitor who reported back into the line."""
    calling.bring_back(seat.ticket(ticket_id), by=seat.by)


@pressed
def start(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Begin to serve."""
    serving.start(seat.ticket_here(ticket_id), by=seat.by)


@pressed
def resume(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Go on with a held visitor."""
    serving.resume(seat.ticket(ticket_id), seat.desk, by=seat.by)


@pressed
def undo(_request: HttpRequest, seat: Seat, ticket_id: int) -> None:
    """Take the last step back."""
    serving.undo(seat.ticket_here(ticket_id), by=seat.by)


@asked
def hold(request: HttpRequest, seat: Seat, ticket_id: int) -> HttpResponse | None:
    """Set the visitor aside, with a reason."""
    ticket = seat.ticket_here(ticket_id)
    form = Hold(request.POST or None)
    if not form.is_valid():
        return _ask(request, seat, "queue/desk/hold.html", form=form, ticket=ticket)
    serving.hold(ticket, by=seat.by, reason=form.told())
    return None


@asked
def transfer(request: HttpRequest, seat: Seat, ticket_id: int) -> HttpResponse | None:
    """Send the visitor on to another service."""
    ticket = seat.ticket_here(ticket_id)
    form = Transfer(queries.services_to_transfer_to(ticket), request.POST or None)
    if not form.is_valid():
        return _ask(request, seat, "queue/desk/transfer.html", form=form, ticket=ticket)
    given = form.cleaned_data
    serving.transfer(ticket, given["service"], by=seat.by, reason=given["reason"])
    return None


@asked
def send_on(request: HttpRequest, seat: Seat, ticket_id: int) -> HttpResponse | None:
    """Send the visitor to another counter of the same agency."""
    ticket = seat.ticket_here(ticket_id)
    form = SendOn(queries.counters_to_send_to(ticket), request.POST or None)
    if not form.is_valid():
        return _ask(request, seat, "queue/desk/send_on.html", form=form, ticket=ticket)
    given = form.cleaned_data
    serving.send_on(ticket, given["counter"], by=seat.by, reason=given["reason"])
    return None


@asked
def finish(request: HttpRequest, seat: Seat, ticket_id: int) -> HttpResponse | None:
    """End the work, with its outcome."""
    ticket = seat.ticket_here(ticket_id)
    form = Finish(request.POST or None)
    if not form.is_valid():
        return _ask(
            request,
            seat,
            "queue/desk/finish.html",
            form=form,
            ticket=ticket,
            outcomes=outcome_buttons(),
            route=route_of(ticket.visit),
        )
    outcome = Outcome(form.cleaned_data["outcome"])
    onward = serving.finish(
        ticket, outcome=outcome, by=seat.by, goes_on=form.cleaned_data["goes_on"]
    )
    _tell_what_next(request, ticket, onward)
    return None


def _tell_what_next(request: HttpRequest, ticket: Ticket, onward: Ticket | None) -> None:
    """Say where a visit with further steps goes on, or that it waits, and why."""
    if onward is not None:
        told = {"label": onward.label, "name": onward.service.name}
        messages.success(request, _("%(label)s sudah masuk antrean %(name)s.") % told)
        return
    route = route_of(ticket.visit)
    for step in route.next_ones if route is not None else []:
        told = {"label": ticket.label, "name": step.step.service.name}
        messages.info(
            request,
            _(
                "%(label)s belum masuk antrean %(name)s: belum ada yang melayani di sana. "
                "Beri tahu pengunjung; nomornya masuk sendiri saat loketnya buka."
            )
            % told,
        )


@asked
def pause(request: HttpRequest, seat: Seat) -> HttpResponse | None:
    """Pause the counter, with a reason."""
    form = Pause(request.POST or None)
    if not form.is_valid():
        return _ask(request, seat, "queue/desk/pause.html", form=form)
    desks.pause(seat.desk, reason=form.told(), by=seat.by)
    return None


@pressed
def go_on(_request: HttpRequest, seat: Seat) -> None:
    """End the pause."""
    desks.go_on(seat.desk, by=seat.by)


@pressed
def close(_request: HttpRequest, seat: Seat) -> None:
    """Close the counter."""
    desks.close_desk(seat.desk, by=seat.by)


def outcome_buttons() -> list[dict[str, object]]:
    """Return each outcome with the keys that choose it."""
    keys = ("f 1", "2", "3", "4")
    return [
        {"value": outcome.value, "label": outcome.label, "keys": each}
        for outcome, each in zip(Outcome, keys, strict=True)
    ]


def _ask(request: HttpRequest, seat: Seat, template: str, **known: object) -> HttpResponse:
    status = 400 if request.method == "POST" else 200
    return render(request, template, {"seat": seat, **known}, status=status)
