"""Work for the night."""

from django_tasks import task

from gerai import clock
from gerai.directory.queries.closings import closing_with
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.actions import closings, days, steps


@task()
def end_day(mall_id: int) -> int:
    """End what earlier days of a mall left unfinished; return how many tickets."""
    with in_mall(Mall.objects.get(pk=mall_id)) as mall:
        return days.end_days_before(clock.local_day(clock.now(), mall.zone))


@task()
def enter_due(mall_id: int) -> int:
    """Enter the steps of visits that waited for an agency to open; return how many."""
    with in_mall(Mall.objects.get(pk=mall_id)) as mall:
        return steps.enter_due(clock.local_day(clock.now(), mall.zone))


@task()
def look_after_closing(mall_id: int, closing_id: int) -> None:
    """Tell the screens that a closing begins or ends."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        closing = closing_with(closing_id)
        if closing is not None:
            closings.look_after(closing)
