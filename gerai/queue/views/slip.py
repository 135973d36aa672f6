"""The paper slip and its QR code; a reprint is the same page again."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai.people.guard import public
from gerai.queue.actions import promises
from gerai.queue.actions.visitors import NoSuchNumber
from gerai.queue.queries import choices, places
from gerai.queue.queries.visit_routes import route_of


@public
@never_cache
@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """Show the slip of a number, as wide as its paper."""
    ticket = places.ticket_of(token)
    if ticket is None:
        raise NoSuchNumber
    place = places.place_of(ticket)
    promises.shown(place)
    return render(
        request,
        "queue/slip/slip.html",
        {
            "ticket": ticket,
            "place": place,
            "where": choices.where_is(ticket.service.agency, ticket.day),
            "route": route_of(ticket.visit),
            "prints_now": "cetak" in request.GET,
        },
    )


@public
@require_safe
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """Draw the QR code that opens the number's page on a phone."""
    if places.ticket_of(token) is None:
        raise NoSuchNumber
    address = request.build_absolute_uri(reverse("phone:ticket", args=[token]))
    drawing = BytesIO()
    segno.make_qr(address, error="m").save(
        drawing, kind="svg", scale=8, border=3, dark="#000", light="#fff"
    )
    return HttpResponse(
        drawing.getvalue(),
        content_type="image/svg+xml",
        headers={"Cache-Control": "private, max-age=86400"},
    )
