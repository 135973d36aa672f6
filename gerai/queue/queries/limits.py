"""How many numbers of a service the day still has."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from gerai.directory.models import Service
from gerai.queue.models import DailyLimit, PlannedStep, PlanState, ServiceDay, Ticket
from gerai.queue.states import State

ALL_DOORS = ""


def limits_on(
    service_ids: Iterable[int], day: date, doors: Iterable[str]
) -> dict[int, dict[str, int]]:
    """Return service key → door → the most numbers of a day, in one query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = DailyLimit.objects.filter(
        Q(weekday=None) | Q(weekday=day.weekday()),
        service__in=service_ids,
        door__in=[ALL_DOORS, *doors],
    )
    # A weekday's own limit comes last and counts.
    own_last = sorted(rows, key=lambda row: row.weekday is not None)
    for row in own_last:
        found[row.service_id][row.door] = row.numbers
    return dict(found)


def numbers_left(services: Iterable[Service], day: date, door: str = ALL_DOORS) -> dict[int, int]:
    """Return service key → numbers left at a door, for the services with a limit.

    One query, three where any has a limit.
    """
    limits = limits_on([service.pk for service in services], day, [door] if door else [])
    if not limits:
        return {}
    given = dict.fromkeys(
        ((key, each) for key, doors in limits.items() for each in doors), 0
    ) | counted(limits, day)
    return {
        key: max(min(numbers - given[key, each] for each, numbers in doors.items()), 0)
        for key, doors in limits.items()
    }


def counted(service_ids: Iterable[int], day: date) -> dict[tuple[int, str], int]:
    """Return (service key, door) → numbers given out on a day.

    A service is counted in a row of its own from the first number under a limit on; before
    that its tickets are counted.
    """
    keys = list(service_ids)
    found: dict[tuple[int, str], int] = defaultdict(int)
    rows = given_tickets(day).filter(service__in=keys).order_by()
    for service, door, count in rows.values_list("service", "visit__door").annotate(Count("pk")):
        found[service, door] += count
        found[service, ALL_DOORS] += count
    for service, door, count in (
        planned_places(keys, day).values_list("service", "visit__door").annotate(Count("pk"))
    ):
        found[service, door] += count
        found[service, ALL_DOORS] += count
    told = ServiceDay.objects.filter(service__in=keys, day=day)
    found |= {(row.service_id, row.door): row.given for row in told}
    return found


def given_tickets(day: date) -> QuerySet[Ticket]:
    """Return the tickets of a day that a door gave out and that counted."""
    tickets: QuerySet[Ticket] = Ticket.objects.filter(day=day, came_from=None).exclude(
        state=State.DROPPED
    )
    return tickets


def planned_places(service_ids: Iterable[int], day: date) -> QuerySet[PlannedStep]:
    """Return the steps of a day's visits that take a number besides the one a door gave out."""
    given = Q(ticket__service=F("service"), ticket__came_from=None, ticket__isnull=False)
    steps: QuerySet[PlannedStep] = (
        PlannedStep.objects.filter(service__in=service_ids, visit__day=day)
        .exclude(state=PlanState.SKIPPED)
        .exclude(given)
        .order_by()
    )
    return steps


def services_with_limits() -> list[tuple[Service, list[DailyLimit]]]:
    """Return the active services with their limits, by agency and name."""
    services = Service.objects.filter(is_active=True, line_service__line__is_active=True)
    found: dict[int, list[DailyLimit]] = defaultdict(list)
    for limit in DailyLimit.objects.order_by("door", "weekday"):
        found[limit.service_id].append(limit)
    listed = services.select_related("agency").order_by("agency__short_name", "name", "pk")
    return [(service, found[service.pk]) for service in listed]
