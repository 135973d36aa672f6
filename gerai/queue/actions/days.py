"""The end of a mall day: what it left unfinished is ended and marked so."""

from datetime import date

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.moves import move
from gerai.queue.actions.nights import keep, keep_between
from gerai.queue.models import Desk, PlannedStep, PlanState, Ticket, Visit
from gerai.queue.states import State, Verb
from gerai.transactions import inside_transaction, one_transaction

DAY_IS_OVER = "hari berakhir"


@one_transaction
def end_days_before(day: date) -> int:
    """End what earlier mall days left unfinished; return how many tickets."""
    return end_before(day)


@inside_transaction
def end_before(day: date) -> int:
    """End or keep all tickets, close all desks of earlier mall days; return how many tickets."""
    for ticket in Ticket.objects.filter(state=State.PRINTING, day__lt=day):
        move(ticket, Verb.PRINT_DROP, by=audit.SYSTEM, reason=DAY_IS_OVER)
    old = list(
        Ticket.objects.in_the_house()
        .filter(day__lt=day)
        .select_related("visit", "line__agency")
        .order_by("line", "number", "pk")
    )
    for ticket in old:
        if keep(ticket) is not None:
            continue
        move(ticket, Verb.EXPIRE, by=audit.SYSTEM, reason=DAY_IS_OVER, wanted_counter=None)
    _end_plans(day)
    morning = clock.at(day, 0, 0, current_mall().zone)
    for desk in Desk.objects.filter(closed_at=None, opened_at__lt=morning):
        Desk.objects.filter(pk=desk.pk, closed_at=None).update(closed_at=morning)
        audit.record(
            "queue.close_desk",
            thing=f"counter:{desk.counter_id}",
            by=audit.SYSTEM,
            reason=DAY_IS_OVER,
        )
    return len(old)


@inside_transaction
def _end_plans(day: date) -> None:
    """Keep or skip what earlier days left planned; a visit that was kept goes on."""
    going_on = Ticket.objects.filter(day__gte=day).order_by().values("visit")
    left = PlannedStep.objects.filter(visit__day__lt=day, state=PlanState.PLANNED).exclude(
        visit__in=going_on
    )
    between = Visit.objects.filter(pk__in=left.order_by().values("visit")).order_by("came_at", "pk")
    kept = [visit.pk for visit in between if keep_between(visit) is not None]
    left.exclude(visit__in=kept).update(state=PlanState.SKIPPED, reason=DAY_IS_OVER)
