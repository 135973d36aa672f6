"""The end of a mall day: what it left unfinished is ended and marked so."""

from datetime import date, timedelta

from gerai import clock, later
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.moves import move
from gerai.queue.models import Desk, LineDay, Ticket
from gerai.queue.states import Verb
from gerai.transactions import inside_transaction, one_transaction

DAY_IS_OVER = "hari berakhir"


@inside_transaction
def begin_day(day: date) -> None:
    """Ask for the day's end to be looked after, once, at the day's first number."""
    if not LineDay.objects.filter(day=day).exists():
        mall = current_mall()
        night = clock.at(day + timedelta(days=1), 0, 5, mall.zone)
        later.run("queue.end_day", at=night, mall_id=mall.pk)


@one_transaction
def end_days_before(day: date) -> int:
    """End what earlier mall days left unfinished; return how many tickets."""
    return end_before(day)


@inside_transaction
def end_before(day: date) -> int:
    """End all tickets and close all desks of earlier mall days; return how many tickets."""
    old = list(Ticket.objects.in_the_house().filter(day__lt=day))
    for ticket in old:
        move(ticket, Verb.EXPIRE, by=audit.SYSTEM, reason=DAY_IS_OVER, wanted_counter=None)
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
