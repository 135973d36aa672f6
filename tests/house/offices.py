"""An agency of a mall to attack, with everything that belongs to it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from gerai import clock
from gerai.directory.models import (
    Agency,
    Closing,
    Counter,
    Posting,
    Requirement,
    Service,
    Zone,
)
from gerai.directory.tests.factories import (
    a_counter,
    a_service,
    a_standard,
    a_user,
    an_agency,
)
from gerai.people import audit
from gerai.people.models import User
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import open_desk
from gerai.queue.actions.route_templates import make_route
from gerai.queue.actions.routes import add_step
from gerai.queue.models import (
    Desk,
    Line,
    PlannedStep,
    RouteTemplate,
    Ticket,
)
from gerai.queue.queries.routes import Wish
from gerai.queue.tests.factories import a_line, a_place_in, a_ticket
from gerai.survey.actions import rate

_next = count(1)


@dataclass
class Office:
    """An agency with everything that belongs to it."""

    agency: Agency
    service: Service
    line: Line
    counter: Counter
    officer: User
    posting: Posting
    desk: Desk
    waiting: Ticket
    at_desk: Ticket
    absent: Ticket
    held: Ticket
    done: Ticket
    closing: Closing
    step: PlannedStep
    route: RouteTemplate


def an_office(zone: Zone, word: str) -> Office:
    """Make an agency whose counter is open, with a ticket in every state."""
    number = next(_next)
    agency = an_agency(name=f"Dinas Contoh{word}", short_name=f"Dinas{word}")
    service = a_service(agency=agency, name=f"Layanan{word}")
    standard = a_standard(service, product=f"Kartu{word}", valid_from=date(2026, 1, 1))
    Requirement.objects.create(
        mall=zone.mall, standard=standard, position=1, text=f"Surat pengantar{word}"
    )
    line = a_line(agency, service=service, code=f"Q{number % 1000}", name=f"Antrean{word}")
    counter = a_counter(zone=zone, agency=agency)
    officer = a_user(agency=agency, name=f"Petugas{word}")
    by = audit.Actor.person(officer)
    desk = open_desk(counter, officer=officer, by=by)
    rated, done = a_ticket(line), a_ticket(line)
    for ticket in (rated, done):
        serving.start(calling.call_next(desk, by=by), by=by)
        ticket.refresh_from_db()
        serving.finish(ticket, by=by)
    rate(rated.rating_token, [4] * 9, door="phone", suggestion=f"Bagus{word}")
    absent = a_ticket(line)
    called = calling.call_next(desk, by=by)
    calling.miss(called, by=by)
    held = a_ticket(line)
    called = calling.call_next(desk, by=by)
    serving.start(called, by=by)
    serving.hold(called, by=by, reason=f"Fotokopi{word}")
    last = a_ticket(line)
    serving.start(calling.call_next(desk, by=by), by=by)
    waiting = a_ticket(line)
    further = a_place_in(line, a_service(agency=agency, name=f"Layanan lanjutan{word}"))
    step = add_step(last, further, stage=2, by=by)
    route = make_route(
        f"Rute{word}", [Wish(service), Wish(further, 2)], source=f"Sumber{word}", by=by
    )
    for ticket in (done, absent, held, last, waiting):
        ticket.refresh_from_db()
    return Office(
        agency=agency,
        service=service,
        line=line,
        counter=counter,
        officer=officer,
        posting=Posting.objects.get(user=officer, agency=agency),
        desk=desk,
        waiting=waiting,
        at_desk=last,
        absent=absent,
        held=held,
        done=done,
        closing=Closing.objects.create(
            mall=zone.mall,
            counter=counter,
            reason="other",
            words=f"Perbaikan{word}",
            starts_at=clock.now(),
            ends_at=clock.now() + timedelta(hours=2),
            asked_by=officer,
            asked_at=clock.now(),
        ),
        step=step,
        route=route,
    )
