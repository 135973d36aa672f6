"""Work for the night."""

from django_tasks import task

from gerai import clock
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.actions import days


@task()
def end_day(mall_id: int) -> int:
    """End what earlier days of a mall left unfinished; return how many tickets."""
    with in_mall(Mall.objects.get(pk=mall_id)) as mall:
        return days.end_days_before(clock.local_day(clock.now(), mall.zone))
