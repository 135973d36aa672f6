"""What goes out later."""

from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.notices import actions


@task()
def deliver(mall: int) -> int:
    """Send what is due in a mall; return how many messages went."""
    with in_mall(Mall.objects.get(pk=mall)):
        return actions.deliver()


@task()
def forget(mall: int) -> int:
    """Erase old addresses and texts of a mall; return of how many messages."""
    with in_mall(Mall.objects.get(pk=mall)):
        return actions.forget()
