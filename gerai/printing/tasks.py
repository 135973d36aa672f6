"""Work that nobody waits for."""

from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.printing.actions import sending, slips


@task()
def drop_due(mall_id: int) -> int:
    """Drop numbers of a mall whose paper nobody confirmed in time; return how many slips."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        return slips.drop_due()


@task()
def watch(mall_id: int) -> None:
    """Look at the printers of a mall, and again in a minute."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        sending.watch()
