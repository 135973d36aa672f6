"""Which free pages the site offers."""

from dataclasses import dataclass

from wagtail.models import Page

from gerai.malls.models import Mall
from gerai.newsroom.models import MallSite
from gerai.newsroom.queries.sites import mall_site
from gerai.website.models import InfoPage


@dataclass(frozen=True)
class FreePage:
    """A page in the menu."""

    title: str
    url: str


def mall_of(page: Page) -> Mall:
    """Return the mall under whose front page a page hangs."""
    # The page tree tells of a change without saying in which mall.
    sites = MallSite.objects.everywhere().select_related("mall", "home")
    return next(site.mall for site in sites if page.path.startswith(site.home.path))


def free_pages() -> list[FreePage]:
    """Return the published pages at the top of the site of the mall in scope, in their order."""
    site = mall_site()
    if site is None:
        return []
    pages = InfoPage.objects.child_of(site.home).live().in_menu().order_by("path")
    return [FreePage(page.title, f"/{page.slug}/") for page in pages]
