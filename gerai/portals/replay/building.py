"""The mall that a recording is played in: one line, its counters, an officer at each.

It lives in an installation of its own that is thrown away afterwards, so its rows are written
straight away, as a sample's are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from gerai.directory.models import (
    Agency,
    Counter,
    CounterShare,
    Device,
    DeviceKind,
    Floor,
    Service,
    SpecialDay,
    SpecialDayKind,
    WeeklyHours,
    Zone,
)
from gerai.malls.models import Mall
from gerai.malls.models import Zone as TimeZone
from gerai.malls.scope import in_mall
from gerai.people import actions as people
from gerai.people import audit
from gerai.people.roles import Role
from gerai.queue.models import Line, LineService

NAME = "Mal putar ulang (contoh)"
WEEKDAYS = range(7)


@dataclass(frozen=True)
class Seat:
    """A counter and who works there."""

    counter: Counter
    username: str


@dataclass(frozen=True)
class Building:
    """The mall, the service that everybody comes for, its line, and the counters."""

    mall: Mall
    service: Service
    line: Line
    seats: tuple[Seat, ...]


def build(counters: int, *, password: str) -> Building:
    """Make the mall with so many counters, open day and night.

    password: of all its officers.
    """
    mall = Mall.objects.create(
        slug="putar-ulang", name=NAME, region_code="73.11", zone=TimeZone.WIB, is_sample=True
    )
    with in_mall(mall):
        for weekday in WEEKDAYS:
            WeeklyHours.objects.create(mall=mall, weekday=weekday, opens=time(), closes=time.max)
        floor = Floor.objects.create(mall=mall, number=1, name="Lantai 1")
        zone = Zone.objects.create(mall=mall, floor=floor, code="Z1", name="Zona 1")
        agency = Agency.objects.create(
            mall=mall, code="PUTAR", name="Instansi putar ulang", short_name="Putar ulang"
        )
        service = Service.objects.create(
            mall=mall, agency=agency, code="PUTAR-1", name="Layanan putar ulang"
        )
        line = Line.objects.create(mall=mall, agency=agency, code="A", name=service.name)
        LineService.objects.create(mall=mall, line=line, service=service)
        Device.objects.create(mall=mall, kind=DeviceKind.KIOSK, name="Kios contoh", is_sample=True)
        seats = tuple(
            _seat(mall, zone, agency, number, password) for number in range(1, counters + 1)
        )
    return Building(mall, service, line, seats)


def open_on(mall: Mall, days: Iterable[date]) -> None:
    """Open the mall on days, holidays among them."""
    with in_mall(mall):
        SpecialDay.objects.bulk_create(
            SpecialDay(
                mall=mall,
                on=day,
                kind=SpecialDayKind.HOURS,
                name="Putar ulang",
                opens=time(),
                closes=time.max,
            )
            for day in days
        )


def _seat(mall: Mall, zone: Zone, agency: Agency, number: int, password: str) -> Seat:
    counter = Counter.objects.create(mall=mall, zone=zone, code=str(number), position=number)
    CounterShare.objects.bulk_create(
        CounterShare(mall=mall, counter=counter, agency=agency, weekday=weekday)
        for weekday in WEEKDAYS
    )
    officer = people.add_user(
        username=f"petugas{number}",
        name=f"Petugas {number}",
        password=password,
        by=audit.SYSTEM,
        role=Role.OFFICER,
    )
    agency.postings.create(mall=mall, user=officer)
    return Seat(counter, officer.username)
