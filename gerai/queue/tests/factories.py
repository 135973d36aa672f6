"""Rows of the queue for tests, made in the mall in scope. Time is Monday ten o'clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from string import ascii_uppercase
from typing import Any

from gerai import clock
from gerai.directory.models import Agency, Counter, Service
from gerai.directory.tests.factories import (
    a_counter,
    a_service,
    a_user,
    an_agency,
    office_hours,
)
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import User
from gerai.queue.actions.desks import open_desk
from gerai.queue.actions.routes import take_route
from gerai.queue.actions.tickets import take
from gerai.queue.models import Desk, Door, Group, Line, LineService, Ticket
from gerai.queue.queries.routes import Wish

# A Monday in Barru (WITA), the mall being open.
TEN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")

_next = count(1)


def a_line(agency: Agency | None = None, **fields: Any) -> Line:
    """Make a line with one service, of an agency of its own unless one is given.

    service: stands in this line instead of a new one.
    """
    number = next(_next)
    service = fields.pop("service", None)
    agency = agency or (service.agency if service else an_agency())
    line = Line.objects.create(
        mall=current_mall(),
        agency=agency,
        **{"code": _code(number), "name": f"Antrean {number}", **fields},
    )
    a_place_in(line, service or a_service(agency=agency))
    return line


def _code(number: int) -> str:
    """Code the lines A1, A2, … A999, B0, …: a code has room for four characters."""
    return f"{ascii_uppercase[number // 1000]}{number % 1000}"


def a_place_in(line: Line, service: Service) -> Service:
    """Let the visitors of a service stand in a line."""
    LineService.objects.create(mall=current_mall(), line=line, service=service)
    return service


def a_ticket(line: Line, *, group: Group = Group.ORDINARY, door: Door = Door.KIOSK) -> Ticket:
    """Take a number through the action that every door calls."""
    return take(
        line.services.order_by("pk")[0],
        door=door,
        group=group,
        idempotency_key=f"kunci-uji-nomor-{next(_next)}",
        by=audit.VISITOR,
    )


def a_priority(line: Line) -> Ticket:
    """Take a number for an elderly visitor."""
    return a_ticket(line, group=Group.ELDERLY)


def a_route(
    wishes: Sequence[Wish],
    *,
    key: str = "",
    door: Door = Door.KIOSK,
    group: Group = Group.ORDINARY,
) -> Ticket:
    """Take one number for several services, through the action that every door calls."""
    return take_route(
        wishes,
        door=door,
        group=group,
        idempotency_key=key or f"kunci-uji-rute-{next(_next)}",
        by=audit.VISITOR,
    )


@dataclass(frozen=True)
class House:
    """An agency with a line, a counter that its officer has open, and a second counter."""

    agency: Agency
    line: Line
    counter: Counter
    desk: Desk
    officer: User
    second: Counter

    @property
    def by(self) -> audit.Actor:
        """Return the officer as actor."""
        return audit.Actor.person(self.officer)

    def colleague(self) -> Desk:
        """Let another officer of the agency open the second counter."""
        officer = a_user(agency=self.agency)
        return open_desk(self.second, officer=officer, by=audit.Actor.person(officer))


def a_house(*, code: str = "A", hours: bool = True) -> House:
    """Make an agency that is ready to call. hours: also open the mall (once a test)."""
    if hours:
        office_hours()
    agency = an_agency()
    line = a_line(agency, code=code)
    counter, second = a_counter(agency=agency), a_counter(agency=agency)
    officer = a_user(agency=agency)
    desk = open_desk(counter, officer=officer, by=audit.Actor.person(officer))
    return House(agency, line, counter, desk, officer, second)


def later(**spans: float) -> datetime:
    """Return a moment after now: later(minutes=5)."""
    return clock.now() + timedelta(**spans)
