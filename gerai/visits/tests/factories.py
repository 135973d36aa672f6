"""Visits for tests, in the mall in scope. Time is a Monday, ten o'clock in Barru (WITA)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import User
from gerai.people.tests.factories import a_user
from gerai.visits.actions.asking import Wish, ask
from gerai.visits.actions.deciding import accept
from gerai.visits.models import Room, Visit

TEN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
BASE = "http://barru.localhost"
# Far enough for seven working days of notice, and a Thursday.
THURSDAY = date(2026, 12, 10)

_next = count(1)


def a_wish(**fields: Any) -> Wish:
    """Return what a delegation asks for."""
    return Wish(
        **{
            "region_code": "73.12",
            "institution": f"Dinas Contoh {next(_next)}",
            "leader_name": "Contoh Pimpinan",
            "leader_title": "Kepala Dinas (contoh)",
            "contact_name": "Contoh Narahubung",
            "contact_email": "narahubung@contoh.id",
            "contact_phone": "0812 0000 0000",
            "purpose": "Belajar mendirikan mal.",
            "size": 12,
            "wished": (THURSDAY,),
            **fields,
        }
    )


def a_request(*, letter: Any = None, previous: Visit | None = None, **fields: Any) -> Visit:
    """Ask for a visit."""
    return ask(
        a_wish(**fields),
        letter=letter,
        idempotency_key=f"kunci-uji-permohonan-{next(_next)}",
        base_url=BASE,
        previous=previous,
    )


def a_room(**fields: Any) -> Room:
    """Make a room."""
    told = {"name": f"Ruang {next(_next)}", "seats": 40, **fields}
    made: Room = Room.objects.create(mall=current_mall(), **told)
    return made


def a_host(**fields: Any) -> User:
    """Make somebody who receives guests."""
    return a_user("host", **fields)


def at(day: date = THURSDAY, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of the mall."""
    return clock.at(day, hour, minute, current_mall().zone)


def accepted(visit: Visit | None = None, **fields: Any) -> Visit:
    """Accept a request at nine on its day, in a room and by a host of its own."""
    visit = visit or a_request()
    host = fields.pop("host", None) or a_host()
    accept(
        visit,
        starts_at=fields.pop("starts_at", None) or at(),
        room=fields.pop("room", None) or a_room(),
        host=host,
        base_url=BASE,
        by=audit.Actor.person(host),
        **fields,
    )
    return visit


def days_of(visits: Iterable[Visit]) -> list[date]:
    """Return the days of visits by the mall's clock."""
    zone = current_mall().zone
    return [clock.local_day(visit.starts_at, zone) for visit in visits if visit.starts_at]


def later_by(**span: float) -> datetime:
    """Return a moment after TEN."""
    return TEN + timedelta(**span)
