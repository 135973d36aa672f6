"""What the newsroom does later."""

from django.core.management import call_command
from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import relating


@task()
def publish_due() -> None:
    """Publish what was scheduled up to now, and take back what has expired."""
    call_command("publish_scheduled", verbosity=0)


@task()
def relate(mall: int, article: int) -> None:
    """Find the articles that belong to one."""
    with in_mall(Mall.objects.get(pk=mall)):
        relating.relate(article)
