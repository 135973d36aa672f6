"""The newsroom's rows for tests, made in the mall in scope."""

from itertools import count
from typing import Any

import altcha
from wagtail.models import Page

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.opening import open_newsroom
from gerai.newsroom.actions.publishing import hide, show
from gerai.newsroom.models import Article, Comment, MallSite, Section
from gerai.newsroom.queries.proofs import new_sum
from gerai.newsroom.states import State
from gerai.newsroom.suspicion import digest

_next = count(1)


def an_open_site() -> MallSite:
    """Open the newsroom of the mall in scope, if it has none, and return its site."""
    standing = MallSite.objects.select_related("home").first()
    if standing is not None:
        return standing
    mall = current_mall()
    home = Page.get_first_root_node().add_child(
        instance=Page(title=mall.name, slug=mall.slug, show_in_menus=True)
    )
    return open_newsroom(home)


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


def a_comment(article: Article | None = None, **fields: Any) -> Comment:
    """Make a comment, published unless `state` says otherwise."""
    now = clock.now()
    number = next(_next)
    told: dict[str, Any] = {
        "name": f"Pembaca {number}",
        "text": f"Contoh komentar nomor {number}.",
        "state": State.PUBLISHED,
        "sent_at": now,
        "published_at": now,
        "sender": f"contoh-{number}",
        "is_proven": True,
        **fields,
    }
    if told["state"] in {State.HELD, State.REJECTED} and "published_at" not in fields:
        told["published_at"] = None
    return Comment.objects.create(
        mall=current_mall(),
        article=article or an_article(),
        digest=digest(told["text"]),
        **told,
    )


def a_proof() -> str:
    """Return a solved sum of the mall in scope, as a browser sends it."""
    challenge = altcha.Challenge.from_dict(new_sum())
    found = altcha.solve_challenge(challenge)
    assert found is not None
    return altcha.Payload(challenge, found).to_base64()


def site_rules(**fields: Any) -> None:
    """Change the rules of the mall's site."""
    an_open_site()
    MallSite.objects.update(**fields)
