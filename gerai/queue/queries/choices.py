"""What a visitor may choose from: agencies, their services, and what each asks for."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gerai.directory import queries as directory
from gerai.directory.hours import Opening, Reason
from gerai.directory.models import Agency, Counter, Service, Standard, Zone
from gerai.queue.models import Door, Line, Step, Ticket
from gerai.queue.queries.boards import today
from gerai.queue.queries.expectations import expectation
from gerai.queue.queries.limits import ALL_DOORS, numbers_left
from gerai.queue.queries.places import open_counters
from gerai.queue.rules import Expectation
from gerai.queue.states import Verb

LAST_SHOWN = 12


@dataclass(frozen=True)
class AgencyChoice:
    """An agency: whether it gives out numbers now, why not, and how many wait."""

    agency: Agency
    opening: Opening
    sentence: str
    waiting: int


@dataclass(frozen=True)
class ServiceChoice:
    """A service in a list, with the opening of its agency."""

    service: Service
    opening: Opening
    sentence: str
    waiting: int


@dataclass(frozen=True)
class Whereabouts:
    """Where an agency sits today: a zone and its counters there."""

    zone: Zone
    counters: tuple[Counter, ...]


@dataclass(frozen=True)
class ServicePage:
    """Everything that is said of a service before a number is taken."""

    service: Service
    line: Line
    opening: Opening
    sentence: str
    standard: Standard | None
    waiting: int
    expectation: Expectation
    where: tuple[Whereabouts, ...]


def services_with_a_line() -> QuerySet[Service]:
    """Return the services for which a number can be taken at all, by agency and name."""
    return (
        Service.objects.filter(
            is_active=True,
            agency__is_active=True,
            line_service__line__is_active=True,
        )
        .select_related("agency", "line_service__line")
        .order_by("agency__short_name", "name", "pk")
    )


def agencies_with_a_line() -> QuerySet[Agency]:
    """Return the agencies that have such a service, by name."""
    return Agency.objects.filter(
        pk__in=services_with_a_line().order_by().values("agency")
    ).order_by("short_name", "pk")


def agency_choices(moment: datetime) -> list[AgencyChoice]:
    """Return all agencies with a line, those that give out numbers now first."""
    agencies = list(agencies_with_a_line())
    openings = directory.openings_of(agencies, moment)
    waiting = _waiting_by("line__agency")
    choices = [
        AgencyChoice(
            agency=agency,
            opening=openings[agency.pk],
            sentence=directory.sentence(openings[agency.pk]),
            waiting=waiting[agency.pk],
        )
        for agency in agencies
    ]
    return sorted(choices, key=lambda choice: not choice.opening.takes_tickets)


def service_choices(
    moment: datetime,
    *,
    agency: Agency | None = None,
    words: str = "",
    letter: str = "",
    door: str = ALL_DOORS,
) -> list[ServiceChoice]:
    """Return the services of an agency, or of the mall, by words and first letter.

    words: all of them must be in the service's or its agency's name.
    door: where the number would be taken, for its own daily limit.
    """
    services = services_with_a_line()
    if agency is not None:
        services = services.filter(agency=agency)
    for word in words.split():
        services = services.filter(
            Q(name__icontains=word)
            | Q(agency__name__icontains=word)
            | Q(agency__short_name__icontains=word)
        )
    if letter:
        services = services.filter(name__istartswith=letter)
    found = list(services)
    left = numbers_left(found, today(), door)
    openings = directory.openings_of_services(found, moment, left)
    waiting = _waiting_by("line")
    return [
        ServiceChoice(
            service=service,
            opening=openings[service.pk],
            sentence=directory.sentence(openings[service.pk]),
            waiting=waiting[service.line_service.line_id],
        )
        for service in found
    ]


def sentence_of_all(choices: Sequence[ServiceChoice]) -> str:
    """Say what is true of an agency, not only of a service whose numbers are gone."""
    of_the_agency = [each for each in choices if each.opening.reason is not Reason.NUMBERS_GONE]
    return next((each.sentence for each in of_the_agency or choices), "")


def first_letters(agency: Agency) -> list[str]:
    """Return the letters that names of an agency's services begin with, in order."""
    names = services_with_a_line().filter(agency=agency).values_list("name", flat=True)
    return sorted({name[:1].upper() for name in names if name})


def service_page(service: Service, moment: datetime, door: str = ALL_DOORS) -> ServicePage:
    """Return requirements, time, fee, opening, wait and place of a service.

    door: where the number would be taken, for its own daily limit.
    """
    day = today()
    line = service.line_service.line
    left = numbers_left([service], day, door).get(service.pk)
    opening = directory.opening_of(service.agency, moment, numbers_left=left)
    waiting = Ticket.objects.waiting().filter(line=line, day=day).count()
    counters = len(open_counters(service.agency, day))
    return ServicePage(
        service=service,
        line=line,
        opening=opening,
        sentence=directory.sentence(opening),
        standard=directory.published_standard(service, day),
        waiting=waiting,
        expectation=expectation(line, day, waiting, counters),
        where=where_is(service.agency, day),
    )


def where_is(agency: Agency, day: date) -> tuple[Whereabouts, ...]:
    """Return the zones and counters at which an agency sits on a day, in their order."""
    counters = (
        Counter.objects.filter(is_active=True, shares__agency=agency, shares__weekday=day.weekday())
        .select_related("zone__floor")
        .order_by("zone__floor__number", "zone__code", "position", "pk")
    )
    zones: dict[Zone, list[Counter]] = defaultdict(list)
    for counter in counters:
        zones[counter.zone].append(counter)
    return tuple(Whereabouts(zone, tuple(own)) for zone, own in zones.items())


def tickets_of(tokens: list[str]) -> list[Ticket]:
    """Return the tickets of today that a browser took and still stands in line with."""
    return list(
        Ticket.objects.in_the_house()
        .filter(day=today(), visit__token__in=tokens)
        .select_related("visit", "line", "service__agency", "counter")
        .order_by("-pk")
    )


def ticket_with(label: str, code: str = "") -> Ticket | None:
    """Return today's newest ticket of a label.

    With a code only if its slip bears it, and first of all one that may be rated.
    """
    tickets = Ticket.objects.filter(day=today(), label__iexact=label.strip())
    if code:
        tickets = tickets.filter(visit__code=code.strip())
        rated = tickets.exclude(rating_token="")
        tickets = rated if rated.exists() else tickets
    return tickets.select_related("visit", "line", "service__agency").order_by("-pk").first()


def last_given(user_id: int) -> list[Ticket]:
    """Return the last tickets that a greeter gave out today, newest first."""
    given = Step.objects.filter(
        by=user_id,
        verb=Verb.TAKE,
        ticket__day=today(),
        ticket__visit__door=Door.GREETER,
        ticket__came_from=None,
    ).order_by("-pk")
    keys = list(given.values_list("ticket", flat=True)[:LAST_SHOWN])
    return list(
        Ticket.objects.filter(pk__in=keys)
        .select_related("visit", "line", "service__agency", "counter")
        .order_by("-pk")
    )


def _waiting_by(field: str) -> Tally[int]:
    waiting = Ticket.objects.waiting().filter(day=today()).order_by()
    return Tally(waiting.values_list(field, flat=True))
