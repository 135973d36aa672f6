"""Work that nobody waits for."""

from datetime import date

from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.pulse import actions


@task()
def watch(mall_id: int) -> None:
    """Look whether anything is the matter in a mall, and again in a minute."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        actions.watch()


@task()
def count(mall_id: int, first: str, last: str) -> int:
    """Count the days of a mall from one day to another; return how many were not kept yet."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        return actions.count_all(date.fromisoformat(first), date.fromisoformat(last))
