"""A story in the words of schema.org."""

from datetime import UTC
from typing import Any

from gerai.newsroom.models import Article


def news_article(article: Article, *, url: str, picture: str, publisher: str) -> dict[str, Any]:
    """Return a story as schema.org NewsArticle.

    url, picture: absolute addresses; without a picture: "".
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title[:110],
        "description": article.summary,
        "mainEntityOfPage": url,
        "inLanguage": "id",
        "publisher": {"@type": "GovernmentOrganization", "name": publisher},
        "author": [{"@type": "Person", "name": block.value["name"]} for block in article.authors]
        or [{"@type": "Organization", "name": article.credit or publisher}],
    }
    if article.shown_at:
        found["datePublished"] = article.shown_at.astimezone(UTC).isoformat(timespec="seconds")
    if article.last_published_at:
        changed = article.last_published_at.astimezone(UTC)
        found["dateModified"] = changed.isoformat(timespec="seconds")
    if picture:
        found["image"] = [picture]
    if article.place:
        found["contentLocation"] = {"@type": "Place", "name": article.place}
    if article.tag_names:
        found["keywords"] = article.tag_names
    if article.corrections:
        found["correction"] = [block.value["text"] for block in article.corrections]
    return found
