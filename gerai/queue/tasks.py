"""Work for the night and for the moment a closing begins."""

from django.conf import settings
from django_tasks import task

from gerai import clock, later
from gerai.directory.queries.closings import closing_with
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.actions import closings, days, steps
from gerai.queue.queries import looking


@task()
def end_day(mall_id: int) -> int:
    """End what earlier days of a mall left unfinished; return how many tickets."""
    with in_mall(Mall.objects.get(pk=mall_id)) as mall:
        ended = days.end_days_before(clock.local_day(clock.now(), mall.zone))
    if settings.EMBEDDED:
        later.run("queue.look_back", mall_id=mall_id)
    return ended


@task()
def look_back(mall_id: int) -> None:
    """Learn how long people wait, before the first visitor of the day asks.

    What is learned is kept by the process, so only the embedded form, whose one process also does
    the work in the background, gains by it.
    """
    with in_mall(Mall.objects.get(pk=mall_id)):
        looking.look_back()


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
