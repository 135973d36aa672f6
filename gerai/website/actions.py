"""Opening the website of a mall, ready-filled and editable."""

from typing import Any

from wagtail.models import Page, Site

from gerai.malls.scope import current_mall
from gerai.newsroom.actions.opening import open_newsroom
from gerai.newsroom.actions.sites import bump_version
from gerai.newsroom.models import MallSite
from gerai.newsroom.rules import page_path
from gerai.people import audit
from gerai.search import actions as search
from gerai.transactions import joined_transaction, one_transaction
from gerai.website.first_pages import first_pages
from gerai.website.models import HomePage, InfoPage

KIND = "page"


@one_transaction
def open_site(*, by: audit.Actor) -> bool:
    """Give the mall in scope its website; return whether it had none.

    The pages say what every mall can say; what a mall must add is marked in them.
    """
    if MallSite.objects.exists():
        return False
    mall = current_mall()
    root = Page.get_first_root_node()
    _clear_the_ground()
    home = root.add_child(instance=HomePage(title=mall.name, slug=mall.slug, show_in_menus=True))
    site = open_newsroom(home)
    for first in first_pages(mall):
        page = InfoPage(
            title=first.title,
            slug=first.slug,
            summary=first.summary,
            body=first.body,
            show_in_menus=True,
        )
        _find(home.add_child(instance=page))
    audit.record("website.open", thing=f"mall_site:{site.pk}", by=by)
    return True


@joined_transaction
def show_page(page: Any) -> None:
    """Let readers find a page that was published."""
    if isinstance(page, InfoPage):
        _find(page)
    bump_version()


@joined_transaction
def hide_page(page: Any) -> None:
    """Let readers find a page no more that was taken back or is about to be deleted."""
    search.remove(kind=KIND, key=str(page.pk))
    bump_version()


def _find(page: InfoPage) -> None:
    words = page.body.stream_block.get_searchable_content(page.body)
    search.put(
        kind=KIND,
        key=str(page.pk),
        title=page.title,
        summary=page.summary,
        text=" ".join(str(each) for each in words),
        url=page_path(page.url_path),
        at=page.first_published_at,
    )


def _clear_the_ground() -> None:
    """Remove the greeting page that a new page tree begins with."""
    for site in Site.objects.filter(root_page__slug="home", root_page__depth=2):
        if site.root_page.content_type.model == "page":
            site.root_page.delete()
