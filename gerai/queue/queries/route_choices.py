"""What a visitor who needs several services may choose from, and what all of them ask for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from gerai.directory import queries as directory
from gerai.directory.models import Agency, Requirement, Service
from gerai.queue.models import RouteTemplate
from gerai.queue.queries.boards import today
from gerai.queue.queries.choices import Whereabouts, services_with_a_line, where_is
from gerai.queue.queries.routes import (
    Outlook,
    Stop,
    Who,
    Wish,
    active_templates,
    outlook,
    place_rule,
    wishes_of,
)

BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Need:
    """Something to bring, and for which of the services; the same paper is listed once."""

    requirement: Requirement
    services: tuple[Service, ...]


@dataclass(frozen=True)
class Chosen:
    """What somebody asks for: a template, or single services. query: says so in an address."""

    wishes: tuple[Wish, ...]
    template: RouteTemplate | None = None

    @property
    def query(self) -> str:
        """Return the choice as a query string."""
        if self.template is not None:
            return urlencode({"rute": self.template.pk})
        return query_of([wish.service.pk for wish in self.wishes])

    @property
    def keys(self) -> list[int]:
        """Return the keys of the services, as chosen."""
        return [wish.service.pk for wish in self.wishes]


@dataclass(frozen=True)
class StopRow:
    """A stop of a route before it is taken. without: the query string of all the others."""

    stop: Stop
    where: tuple[Whereabouts, ...]
    without: str
    is_any_order: bool


@dataclass(frozen=True)
class RoutePage:
    """Everything that is said of a route before a number is taken."""

    chosen: Chosen
    outlook: Outlook
    rows: tuple[StopRow, ...]
    needs: tuple[Need, ...]

    @property
    def first(self) -> Stop:
        """Return the stop whose line is entered first."""
        return self.outlook.first

    @property
    def gone(self) -> list[Stop]:
        """Return the stops of which the day has no number left."""
        return [stop for stop in self.outlook.stops if not stop.has_numbers]

    @property
    def takes_tickets(self) -> bool:
        """Tell whether a number is given out now for one of those that may be first.

        And each service has one left.
        """
        return not self.gone and any(
            stop.opening.takes_tickets and stop.line is not None
            for stop in self.outlook.stops
            if stop.wish.stage == self.first.wish.stage
        )


def query_of(keys: Sequence[int]) -> str:
    """Return services as a query string: l=3&l=5."""
    return urlencode([("l", key) for key in keys])


def template_with(key: int) -> RouteTemplate | None:
    """Return a template that is offered now."""
    return next((each for each in active_templates() if each.pk == key), None)


def route_agencies(template: RouteTemplate) -> str:
    """Say which agencies a route leads to: one after another with an arrow, in any order with +.

    An agency that follows upon itself is named once.
    """
    words, before = "", None
    for step in template.steps.all():
        name = step.service.agency.short_name
        if before is None:
            words = name
        elif before.service.agency_id != step.service.agency_id:
            words += f" {'+' if before.stage == step.stage else '→'} {name}"
        before = step
    return words


def chosen_services(keys: Sequence[int]) -> Chosen:
    """Return single services in the order in which they were chosen; unknown ones fall out."""
    found = {service.pk: service for service in services_with_a_line().filter(pk__in=keys)}
    return Chosen(tuple(Wish(found[key]) for key in dict.fromkeys(keys) if key in found))


def chosen_template(template: RouteTemplate) -> Chosen:
    """Return the services of a template."""
    return Chosen(tuple(wishes_of(template)), template)


def route_page(chosen: Chosen, *, language: str, door: str) -> RoutePage | None:
    """Return advice, places and papers of a choice; None when nothing was chosen.

    language, door: in which, and where, the number would be taken.
    """
    ahead = outlook(chosen.wishes, rule=place_rule(), who=Who(language=language, door=door))
    if ahead is None:
        return None
    day = today()
    places = {
        agency: where_is(agency, day)
        for agency in {stop.wish.service.agency for stop in ahead.stops}
    }
    stages = [stop.wish.stage for stop in ahead.stops]
    rows = [
        StopRow(
            stop=stop,
            where=places[stop.wish.service.agency],
            without=query_of([key for key in chosen.keys if key != stop.wish.service.pk]),
            is_any_order=stages.count(stop.wish.stage) > 1 or stop.wish.stage == 0,
        )
        for stop in ahead.stops
    ]
    return RoutePage(chosen, ahead, tuple(rows), needs_of(chosen.wishes, day))


def needs_of(wishes: Sequence[Wish], day: date) -> tuple[Need, ...]:
    """Return the requirements of all services in one list; what is needed twice stands once."""
    first: dict[str, Requirement] = {}
    services: dict[str, list[Service]] = {}
    for wish in wishes:
        standard = directory.published_standard(wish.service, day)
        for requirement in standard.requirements.all() if standard else ():
            key = same_paper(requirement.text, requirement.condition)
            first.setdefault(key, requirement)
            asking = services.setdefault(key, [])
            if wish.service not in asking:
                asking.append(wish.service)
    return tuple(Need(each, tuple(services[key])) for key, each in first.items())


def same_paper(text: str, condition: str = "") -> str:
    """Return what two entries of the same paper have in common.

    >>> same_paper("KTP-el  asli.") == same_paper("ktp-el asli")
    True
    """
    return "|".join(
        BLANKS.sub(" ", each).strip().rstrip(".;,").casefold() for each in (text, condition)
    )


def agencies_left(chosen: Chosen) -> list[Agency]:
    """Return the agencies that have a service which is not chosen yet, by name."""
    left = services_with_a_line().exclude(pk__in=chosen.keys)
    found = Agency.objects.filter(pk__in=left.order_by().values("agency"))
    return list(found.order_by("short_name", "pk"))


def services_left(chosen: Chosen, agency: Agency) -> list[Service]:
    """Return the services of an agency that are not chosen yet, by name."""
    return list(services_with_a_line().filter(agency=agency).exclude(pk__in=chosen.keys))
