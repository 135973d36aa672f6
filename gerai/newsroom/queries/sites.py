"""The website of the mall in scope, and whether a thing belongs to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection, Page, Site, TaskState

from gerai.malls.models import Mall
from gerai.newsroom.models import MallSite, NewsIndex, Paper, Picture
from gerai.newsroom.rules import key_in
from gerai.newsroom.wall import PAGE, PAPER, PICTURE, TASK


def mall_site() -> MallSite | None:
    """Return the website of the mall in scope, once it has been opened."""
    found: MallSite | None = MallSite.objects.select_related("home", "collection").first()
    return found


def mall_of(page: Page) -> Mall:
    """Return the mall under whose front page a page hangs."""
    # The page tree tells of a change without saying in which mall: front pages hang below its root.
    front = page.path[: 2 * Page.steplen]
    site = MallSite.objects.everywhere().select_related("mall").get(home__path=front)
    mall: Mall = site.mall
    return mall


def wagtail_site() -> Site | None:
    """Return the site of the page tree that answers on the hosts of the mall in scope."""
    mine = mall_site()
    return Site.objects.filter(root_page=mine.home).first() if mine else None


def pages_here() -> QuerySet[Page]:
    """Return every page of the mall in scope, its home page included."""
    mine = mall_site()
    return mine.home.get_descendants(inclusive=True) if mine else Page.objects.none()


def news_index() -> NewsIndex | None:
    """Return the newsroom's index page of the mall in scope."""
    mine = mall_site()
    return NewsIndex.objects.descendant_of(mine.home).first() if mine else None


def collections_here() -> QuerySet[Collection]:
    """Return the shelves of the mall in scope."""
    mine = mall_site()
    if mine is None:
        return Collection.objects.none()
    shelves: QuerySet[Collection] = mine.collection.get_descendants(inclusive=True)
    return shelves


def are_here(kind: str, keys: Iterable[object]) -> bool:
    """Tell whether all keys name things of the mall in scope.

    kind: one of the words of `gerai.newsroom.wall`. Keys that are no numbers name nothing.
    """
    numbers = {key_in(str(key)) for key in keys}
    if None in numbers:
        return False
    if kind == TASK:
        # The page tree names the page of a review as a text.
        pages = TaskState.objects.filter(pk__in=numbers).values_list(
            "workflow_state__object_id", flat=True
        )
        return len(pages) == len(numbers) and are_here(PAGE, pages)
    found: QuerySet[Any]
    if kind == PAGE:
        found = pages_here()
    elif kind == PICTURE:
        found = Picture.objects.filter(collection__in=collections_here())
    elif kind == PAPER:
        found = Paper.objects.filter(collection__in=collections_here())
    else:
        raise LookupError(kind)
    return found.filter(pk__in=numbers).count() == len(numbers)
