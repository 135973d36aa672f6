"""Opening the website of a mall, ready-filled and editable."""

from wagtail.models import Page, Site

from gerai.malls.scope import current_mall
from gerai.newsroom.actions.opening import open_newsroom
from gerai.newsroom.models import MallSite
from gerai.people import audit
from gerai.transactions import one_transaction
from gerai.website.first_pages import first_pages
from gerai.website.models import HomePage, InfoPage


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
    for page in first_pages(mall):
        home.add_child(
            instance=InfoPage(
                title=page.title,
                slug=page.slug,
                summary=page.summary,
                body=page.body,
                show_in_menus=True,
            )
        )
    audit.record("website.open", thing=f"mall_site:{site.pk}", by=by)
    return True


def _clear_the_ground() -> None:
    """Remove the greeting page that a new page tree begins with."""
    for site in Site.objects.filter(root_page__slug="home", root_page__depth=2):
        if site.root_page.content_type.model == "page":
            site.root_page.delete()
