"""How the page editor behaves in this house."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from gerai.malls.scope import in_mall
from gerai.newsroom.actions import publishing
from gerai.newsroom.models import Article, NewsIndex, Section
from gerai.newsroom.models.review import is_own_story
from gerai.newsroom.queries.comments import waiting_count
from gerai.newsroom.queries.sites import collections_here, mall_of, news_index, pages_here
from gerai.newsroom.queries.waiting import waiting

SECOND_PERSON = gettext_lazy(
    "Berita Anda sendiri diterbitkan oleh orang kedua. Ajukan untuk ditinjau."
)


def follow_publishing(sender: type[Any], instance: Article, **_facts: Any) -> None:
    """Show readers what the page tree has published; it tells the same of what it scheduled."""
    with in_mall(instance.mall):
        if instance.live:
            publishing.show(instance)
        else:
            publishing.hide(instance)


def follow_unpublishing(sender: type[Any], instance: Article, **_facts: Any) -> None:
    """Hide from readers what the page tree has taken back."""
    with in_mall(instance.mall):
        publishing.hide(instance)


def follow_moving(sender: type[Any], instance: Any, **_facts: Any) -> None:
    """Let readers find what has another address, or stands in another order."""
    with in_mall(mall_of(instance)):
        publishing.readdress(instance)


page_published.connect(follow_publishing, sender=Article)
page_unpublished.connect(follow_unpublishing, sender=Article)
for change in (page_published, page_unpublished, page_slug_changed, post_page_move):
    for kind in (NewsIndex, Section):
        change.connect(follow_moving, sender=kind)
post_page_move.connect(follow_moving, sender=Article)

# These would list the people and the sites of every mall.
for filters in (PageFilterSet, GenericPageFilterSet):
    for name in ("owner", "edited_by", "site"):
        filters.base_filters.pop(name)


@hooks.register("before_publish_page")
def need_a_second_person(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Stop somebody who publishes a story of their own, where the mall wants two."""
    if isinstance(page, Article) and is_own_story(page, request.user):
        # A page that is added in order to be published stands in the tree as if it were.
        Article.objects.filter(pk=page.pk, live_revision=None).update(
            live=False, has_unpublished_changes=True
        )
        messages.warning(request, SECOND_PERSON)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("construct_page_action_menu")
def offer_no_publishing_of_ones_own(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Take the button away that would be refused."""
    page = context.get("page")
    if page is None and isinstance(context["parent_page"].specific, Section):
        page = Article(owner=request.user)
    if isinstance(page, Article) and is_own_story(page, request.user):
        items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("construct_explorer_page_queryset")
def list_own_pages(_parent: Any, pages: Any, _request: HttpRequest) -> Any:
    """Keep the pages of the mall."""
    return pages.filter(pk__in=pages_here().values("pk"))


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages: Any, _request: HttpRequest) -> Any:
    """Keep the pages of the mall."""
    return pages.filter(pk__in=pages_here().values("pk"))


@hooks.register("construct_image_chooser_queryset")
def choose_own_pictures(pictures: Any, _request: HttpRequest) -> Any:
    """Keep the pictures of the mall."""
    return pictures.filter(collection__in=collections_here())


@hooks.register("construct_document_chooser_queryset")
def choose_own_papers(papers: Any, _request: HttpRequest) -> Any:
    """Keep the documents of the mall."""
    return papers.filter(collection__in=collections_here())


@hooks.register("construct_main_menu")
def keep_the_menu_small(_request: HttpRequest, items: list[Any]) -> None:
    """Offer only what an editor of a mall uses."""
    items[:] = [item for item in items if item.name in {"explorer", "images", "documents"}]


class WhatWaits(Component):
    """The first thing that an editor sees."""

    template_name = "newsroom/editor/waiting.html"
    order = 100

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, _parent: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template what waits."""
        sees_all = "newsroom.publish" in self.request.may  # type: ignore[attr-defined]
        return {
            "request": self.request,
            "waiting": waiting(self.request.user, sees_all=sees_all),  # type: ignore[arg-type]
            "held": waiting_count(),
            "may_moderate": "newsroom.moderate" in self.request.may,  # type: ignore[attr-defined]
            "index": news_index(),
        }


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Begin with what waits for somebody."""
    panels[:] = [WhatWaits(request)]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_nothing(_request: HttpRequest, items: list[Any]) -> None:
    """Counts over all malls are nobody's business."""
    items.clear()


@hooks.register("insert_global_admin_css")
def wear_our_colours() -> str:
    """Dress the editor in the house's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/editor.css"))
