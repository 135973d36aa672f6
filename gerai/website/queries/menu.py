"""Which free pages the site offers."""

from dataclasses import dataclass

from gerai.newsroom.queries.sites import mall_site
from gerai.website.models import InfoPage


@dataclass(frozen=True)
class FreePage:
    """A page in the menu."""

    title: str
    url: str


def free_pages() -> list[FreePage]:
    """Return the published pages at the top of the site of the mall in scope, in their order."""
    site = mall_site()
    if site is None:
        return []
    pages = InfoPage.objects.child_of(site.home).live().in_menu().order_by("path")
    return [FreePage(page.title, f"/{page.slug}/") for page in pages]
