"""What the website does later."""

from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.website import actions


@task()
def open_site(mall: int) -> bool:
    """Give a mall that was opened its website."""
    with in_mall(Mall.objects.get(pk=mall)):
        return actions.open_site(by=audit.SYSTEM)
