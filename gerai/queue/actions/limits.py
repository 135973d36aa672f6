"""The numbers of a day: a place under each limit is claimed, or the number is refused."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, QuerySet

from gerai.directory.models import Service
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.models import DailyLimit, PlannedStep, ServiceDay, Ticket
from gerai.queue.queries.limits import ALL_DOORS, given_tickets, limits_on, planned_places
from gerai.transactions import inside_transaction, one_transaction


@one_transaction
def set_limits(
    service: Service, limits: Mapping[tuple[int | None, str], int], *, by: audit.Actor
) -> None:
    """Say how many numbers a service gives a day. limits: (weekday, door) → numbers.

    weekday: None for every day; door: empty for all doors. What is not named has no limit.
    """
    # Numbers given out while a door had no limit stand in no counter row: count anew from here.
    ServiceDay.objects.filter(service=service).delete()
    DailyLimit.objects.filter(service=service).delete()
    DailyLimit.objects.bulk_create(
        DailyLimit(
            mall=current_mall(), service=service, weekday=weekday, door=door, numbers=numbers
        )
        for (weekday, door), numbers in limits.items()
    )
    verb = "queue.set_limit" if limits else "queue.remove_limit"
    audit.record(verb, thing=f"service:{service.pk}", by=by)
    publish(verb, f"service:{service.pk}")


@inside_transaction
def claim_place(service: Service, day: date, door: str) -> bool:
    """Claim a place under every limit of a service; tell whether all had one left.

    A conditional update on a counter row: of two who come for the last place one gets it. What
    is told here only in part is undone with the transaction that the caller rolls back.
    """
    doors = limits_on([service.pk], day, [door]).get(service.pk, {})
    return all(_claim(service, day, each, numbers) for each, numbers in sorted(doors.items()))


@inside_transaction
def give_back(ticket: Ticket) -> None:
    """Give back the places of a number that never counted."""
    _rows(ticket.service_id, ticket.day, ticket.visit.door).filter(given__gt=0).update(
        given=F("given") - 1
    )


@inside_transaction
def give_back_planned(steps: Iterable[PlannedStep], day: date) -> None:
    """Give back the places of steps that are not come to any more."""
    for step in sorted(steps, key=lambda step: step.service_id):
        _rows(step.service_id, day, step.visit.door).filter(given__gt=0).update(
            given=F("given") - 1
        )


@inside_transaction
def take_again(steps: Iterable[PlannedStep], day: date) -> None:
    """Take places that were given back by a move that is undone, whoever came meanwhile."""
    for step in sorted(steps, key=lambda step: step.service_id):
        _rows(step.service_id, day, step.visit.door).update(given=F("given") + 1)


def _rows(service_id: int, day: date, door: str) -> QuerySet[ServiceDay]:
    rows: QuerySet[ServiceDay] = ServiceDay.objects.filter(
        service=service_id, day=day, door__in=[ALL_DOORS, door]
    )
    return rows


@inside_transaction
def _claim(service: Service, day: date, door: str, numbers: int) -> bool:
    rows = ServiceDay.objects.filter(service=service, day=day, door=door)
    if rows.filter(given__lt=numbers).update(given=F("given") + 1):
        return True
    if rows.exists():
        return False
    # The limit is new today: what was given before it counts. Takers of one line go one after
    # another, so nobody takes a number between the counting and the row.
    taken, planned = given_tickets(day).filter(service=service), planned_places([service.pk], day)
    if door != ALL_DOORS:
        taken, planned = taken.filter(visit__door=door), planned.filter(visit__door=door)
    given = taken.count() + planned.count()
    ServiceDay.objects.bulk_create(
        [ServiceDay(mall=current_mall(), service=service, day=day, door=door, given=given)],
        ignore_conflicts=True,
    )
    return bool(rows.filter(given__lt=numbers).update(given=F("given") + 1))
