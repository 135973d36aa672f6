"""The newsroom's rows for tests, made in the mall in scope."""

from itertools import count
from typing import Any

from gerai.newsroom.actions.publishing import hide, show
from gerai.newsroom.models import Article, MallSite, Section
from gerai.people import audit
from gerai.website.actions import open_site

_next = count(1)


def an_open_site() -> MallSite:
    """Open the website of the mall in scope, if it has none, and return it."""
    open_site(by=audit.SYSTEM)
    return MallSite.objects.select_related("home").get()


def an_article(
    *, title: str = "", published: bool = True, section: str = "kegiatan", **fields: Any
) -> Article:
    """Make a story in a category, published unless told otherwise.

    `first_published_at`, given, is when readers saw it first.
    """
    site = an_open_site()
    number = next(_next)
    moment = fields.pop("first_published_at", None)
    shelf = Section.objects.descendant_of(site.home).get(slug=section)
    title = title or f"Contoh berita {number}"
    body = [{"type": "text", "value": "<p>Contoh isi berita.</p>"}]
    told = {"summary": "Contoh ringkasan.", "body": body, "slug": f"contoh-berita-{number}"}
    article = shelf.add_child(instance=Article(title=title, live=False, **{**told, **fields}))
    if published:
        article.save_revision().publish()
        article.refresh_from_db()
        if moment is not None or article.shown_at is None:
            article.first_published_at = moment or article.first_published_at
            article.save(update_fields=["first_published_at"])
            show(article)
            article.refresh_from_db()
    return article


def taken_back(article: Article) -> Article:
    """Take a story back from its readers."""
    article.unpublish()
    article.refresh_from_db()
    if article.shown_at is not None:
        hide(article)
        article.refresh_from_db()
    return article
