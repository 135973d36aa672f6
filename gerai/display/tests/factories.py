"""Calls and screens for tests, in the mall in scope."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from gerai import clock
from gerai.directory import guard
from gerai.directory.models import Agency, Counter, Device, Service, Zone
from gerai.directory.tests.factories import a_counter, a_device, a_service, a_share, an_agency
from gerai.malls.scope import current_mall
from gerai.queue.actions import speech
from gerai.queue.models import Call, Line, Ticket, Visit
from gerai.queue.states import State, Verb
from gerai.transactions import one_transaction

announce = one_transaction(speech.announce)


def a_screen(zone: Zone | None = None, *, speaks: bool = True) -> Device:
    """Make a screen of a zone."""
    return a_device("screen", zone=zone, speaks=speaks)


def paired(device: Device, *, host: str = "barru.localhost") -> Client:
    """Return a browser that holds the device's token."""
    client = Client(HTTP_HOST=host)
    response = HttpResponse()
    guard.give_token(response, device)
    client.cookies.update(response.cookies)
    return client


def a_seat(zone: Zone, *, agency: Agency | None = None, **fields: Any) -> Counter:
    """Make a counter in a zone where an agency sits every day of the week."""
    counter = a_counter(zone=zone, **fields)
    agency = agency or an_agency()
    for weekday in range(7):
        a_share(counter, agency, weekday)
    return counter


def a_called_ticket(
    counter: Counter, *, language: str = "id", service: Service | None = None, **fields: Any
) -> Ticket:
    """Make a ticket that stands called at a counter.

    service: of a sample; without it the ticket has one of its own.
    """
    mall = current_mall()
    now = clock.now()
    day = clock.local_day(now, mall.zone)
    agency = counter.shares.first().agency
    line, _ = Line.objects.get_or_create(
        mall=mall,
        agency=agency,
        defaults={"code": f"L{agency.pk % 1000}", "name": agency.short_name},
    )
    number = Ticket.objects.filter(line=line, day=day).count() + 1
    name = uuid4().hex
    visit = Visit.objects.create(
        mall=mall,
        token=name,
        code="0000",
        day=day,
        door="kiosk",
        language=language,
        idempotency_key=name,
        came_at=now,
    )
    ticket = Ticket.objects.create(
        mall=mall,
        visit=visit,
        line=line,
        service=service or a_service(agency=agency),
        day=day,
        number=number,
        counter=counter,
        arrived_at=now,
        **{"label": f"A{number:03}", "state": State.CALLED, "times_called": 1, **fields},
    )
    ticket.steps.create(mall=mall, verb=Verb.CALL, state=State.CALLED, at=now, counter=counter)
    return ticket


def a_call(zone: Zone, *, counter: Counter | None = None, **fields: Any) -> Call:
    """Make a call to be spoken in a zone, at a counter of its own unless one is given."""
    return announce(a_called_ticket(counter or a_seat(zone), **fields), times=1)
