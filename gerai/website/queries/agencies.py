"""What the public pages say of the agencies: whose they are, when and where they sit."""

from collections import Counter as Tally
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.catalogue.texts import slug_of
from gerai.directory.hours import DayHours, Opening
from gerai.directory.models import Agency, AgencyKind, CounterShare, Service, Zone
from gerai.malls.scope import current_mall
from gerai.queue.queries.boards import board
from gerai.website.exports.facts import Departure, facts
from gerai.website.queries.lights import Light, agency_lights, lights_of
from gerai.website.queries.services import (
    ServiceRow,
    open_counters_of,
    services_of,
    waiting_of,
)

DEPARTURES_SHOWN = 6
OTHER_KIND = _("Instansi lain")


@dataclass(frozen=True)
class AgencyRow:
    """An agency in a list, as it is now."""

    agency: Agency
    opening: Opening
    sentence: str
    services: int
    waiting: int
    counters_open: int
    light: Light | None

    @property
    def slug(self) -> str:
        """Return its place in the address."""
        return slug_of(self.agency.code)


@dataclass(frozen=True)
class KindOfAgencies:
    """The agencies of one kind."""

    name: object
    rows: tuple[AgencyRow, ...]


@dataclass(frozen=True)
class Seats:
    """The counters of an agency in a zone on some day."""

    zone: Zone
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Weekday:
    """One day of an agency's week. hours: None when it is closed."""

    name: object
    is_today: bool
    hours: DayHours | None
    seats: tuple[Seats, ...]


@dataclass(frozen=True)
class AgencyNow:
    """Everything the page of an agency says."""

    row: AgencyRow
    week: tuple[Weekday, ...]
    departures: tuple[Departure, ...]
    services: tuple[ServiceRow, ...]


def agencies_by_kind(moment: datetime) -> list[KindOfAgencies]:
    """Return the active agencies by whose they are, in the order of `AgencyKind`."""
    by_kind: dict[str, list[AgencyRow]] = defaultdict(list)
    agencies = Agency.objects.filter(is_active=True).order_by("short_name", "pk")
    for row in _rows(list(agencies), moment):
        by_kind[row.agency.kind].append(row)
    names: list[tuple[str, object]] = [*AgencyKind.choices, ("", OTHER_KIND)]
    return [KindOfAgencies(name, tuple(by_kind[kind])) for kind, name in names if by_kind[kind]]


def agency_with(slug: str) -> Agency | None:
    """Return the active agency of an address."""
    agencies = Agency.objects.filter(is_active=True).order_by("pk")
    return next((agency for agency in agencies if slug_of(agency.code) == slug), None)


def agency_now(agency: Agency, moment: datetime) -> AgencyNow:
    """Return an agency's week, coming closures, counters and services, and how busy it is."""
    day = clock.local_day(moment, current_mall().zone)
    known = facts(day)
    hours = known.week_of(agency)
    seats = _seats_of(agency)
    return AgencyNow(
        row=_rows([agency], moment)[0],
        week=tuple(
            Weekday(name, weekday == day.weekday(), hours.get(weekday), seats.get(weekday, ()))
            for weekday, name in WEEKDAYS.items()
        ),
        departures=tuple(known.departures_of(agency)[:DEPARTURES_SHOWN]),
        services=tuple(services_of(agency, moment)),
    )


def _rows(agencies: list[Agency], moment: datetime) -> list[AgencyRow]:
    openings = directory.openings_of(agencies, moment)
    now = board()
    waiting, counters = waiting_of(now), open_counters_of(now)
    lights = agency_lights(lights_of(now))
    services = Tally(
        Service.objects.filter(is_active=True).order_by().values_list("agency", flat=True)
    )
    return [
        AgencyRow(
            agency=agency,
            opening=openings[agency.pk],
            sentence=directory.sentence(openings[agency.pk]),
            services=services[agency.pk],
            waiting=waiting[agency.pk],
            counters_open=counters[agency.pk],
            light=lights.get(agency.pk),
        )
        for agency in agencies
    ]


def _seats_of(agency: Agency) -> dict[int, tuple[Seats, ...]]:
    """Return weekday → zones with the agency's counters there, in their order."""
    shares = (
        CounterShare.objects.filter(agency=agency, counter__is_active=True)
        .select_related("counter__zone__floor")
        .order_by("counter__zone__floor__number", "counter__zone__code", "counter__position")
    )
    days: dict[int, dict[Zone, list[str]]] = defaultdict(lambda: defaultdict(list))
    for share in shares:
        days[share.weekday][share.counter.zone].append(share.counter.code)
    return {
        weekday: tuple(Seats(zone, tuple(codes)) for zone, codes in zones.items())
        for weekday, zones in days.items()
    }
