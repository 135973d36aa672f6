"""What follows when a page of lasting information is published or taken back."""

from typing import Any

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from gerai.malls.scope import in_mall
from gerai.newsroom.queries.sites import mall_of
from gerai.website.actions import hide_page, show_page
from gerai.website.models import HomePage, InfoPage


def follow_publishing(sender: type[Any], instance: Any, **_facts: Any) -> None:
    """Let readers find what the page tree has published; it tells the same of what it scheduled."""
    with in_mall(mall_of(instance)):
        if instance.live:
            show_page(instance)
        else:
            hide_page(instance)


def follow_unpublishing(sender: type[Any], instance: Any, **_facts: Any) -> None:
    """Let readers find no more what it has taken back."""
    with in_mall(mall_of(instance)):
        hide_page(instance)


def follow_moving(sender: type[Any], instance: Any, **_facts: Any) -> None:
    """Let readers find what has another address, or stands in another order."""
    with in_mall(mall_of(instance)):
        for page in InfoPage.objects.descendant_of(instance, inclusive=True).live():
            show_page(page)


for kind in (HomePage, InfoPage):
    page_published.connect(follow_publishing, sender=kind)
    page_unpublished.connect(follow_unpublishing, sender=kind)
for change in (page_slug_changed, post_page_move):
    change.connect(follow_moving, sender=InfoPage)
