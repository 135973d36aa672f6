"""Work for the night: the months are kept, and others see the newest values."""

from django_tasks import task

from gerai import clock
from gerai.insights import actions
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall


@task()
def keep_night(mall_id: int) -> bool:
    """Keep the month of a mall; tell whether it was done now."""
    with in_mall(Mall.objects.get(pk=mall_id)) as mall:
        return actions.keep_night(clock.local_day(clock.now(), mall.zone))
