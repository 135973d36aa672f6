"""Lines as the mall's admin sees them, and the services that have none."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.db.models import Prefetch, QuerySet

from gerai.directory.models import Agency, Service
from gerai.queue.models import Line

# I and O are left out: before a number they read as 1 and 0.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGEST_CODE = 4


@dataclass(frozen=True)
class WithoutLine:
    """An agency with the services for which no number can be taken."""

    agency: Agency
    services: tuple[Service, ...]


def lines() -> QuerySet[Line]:
    """Return every line with its agency and services, by agency and letters."""
    by_name = Service.objects.order_by("name", "pk")
    found: QuerySet[Line] = (
        Line.objects.select_related("agency")
        .prefetch_related(Prefetch("services", queryset=by_name))
        .order_by("-is_active", "agency__short_name", "code")
    )
    return found


def agencies_without_line() -> list[WithoutLine]:
    """Return the active services without a line by their agencies, by name."""
    services: dict[int, list[Service]] = {}
    for service in services_without_line():
        services.setdefault(service.agency_id, []).append(service)
    return [WithoutLine(found[0].agency, tuple(found)) for found in services.values()]


def services_without_line() -> QuerySet[Service]:
    """Return the active services of active agencies that stand in no line."""
    found: QuerySet[Service] = (
        Service.objects.filter(is_active=True, agency__is_active=True, line_service=None)
        .select_related("agency")
        .order_by("agency__short_name", "agency", "name", "pk")
    )
    return found


def services_of(agency: Agency) -> QuerySet[Service]:
    """Return all services of an agency with the line in which each stands."""
    found: QuerySet[Service] = (
        Service.objects.filter(agency=agency)
        .select_related("line_service__line")
        .order_by("-is_active", "name", "pk")
    )
    return found


def free_letter() -> str:
    """Return the next letters that no line of the mall has: A to Z, then AA and on."""
    taken = set(Line.objects.values_list("code", flat=True))
    return next((code for code in _codes() if code not in taken), "")


def _codes() -> Iterator[str]:
    for length in range(1, LONGEST_CODE + 1):
        for letters in product(LETTERS, repeat=length):
            yield "".join(letters)
