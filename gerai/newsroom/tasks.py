"""What the newsroom does later."""

from django.core.management import call_command
from django.template.loader import render_to_string
from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import relating, senders
from gerai.newsroom.models import Article
from gerai.newsroom.templatetags.newsroom import PICTURE_SIZE


@task()
def publish_due() -> None:
    """Publish what was scheduled up to now, and take back what has expired."""
    call_command("publish_scheduled", verbosity=0)


@task()
def draw(mall: int, article: int) -> None:
    """Draw a story's pictures in every size and format, before the first reader waits for them."""
    with in_mall(Mall.objects.get(pk=mall)):
        page = Article.objects.here().published().filter(pk=article).first()
        if page is not None:
            render_to_string("newsroom/pictures/all.html", {"page": page})
            if page.lead_picture:
                page.lead_picture.get_rendition(PICTURE_SIZE)


@task()
def relate(mall: int, article: int) -> None:
    """Find the articles that belong to one."""
    with in_mall(Mall.objects.get(pk=mall)):
        relating.relate(article)


@task()
def forget_senders(mall: int) -> None:
    """Delete what a mall promised not to keep of those who sent comments."""
    with in_mall(Mall.objects.get(pk=mall)):
        senders.forget()
