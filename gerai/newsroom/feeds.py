"""THE NEWS FEED: Atom, RSS and JSON Feed of a mall, a category or a topic."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from gerai.newsroom.models import Article
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.rules import for_machines

LENGTH = 30


@dataclass(frozen=True)
class Channel:
    """What a feed is of. `at` makes an absolute address of a path."""

    title: str
    about: str
    path: str
    feed_path: str
    language: str
    at: Callable[[str], str]


def atom(channel: Channel, stories: Iterable[Article]) -> tuple[str, str]:
    """Return a feed as Atom 1.0, with its content type."""
    return _xml(Atom1Feed, channel, stories), "application/atom+xml; charset=utf-8"


def rss(channel: Channel, stories: Iterable[Article]) -> tuple[str, str]:
    """Return a feed as RSS 2.0, with its content type."""
    return _xml(Rss201rev2Feed, channel, stories), "application/rss+xml; charset=utf-8"


def json_feed(channel: Channel, stories: Iterable[Article]) -> tuple[str, str]:
    """Return a feed as JSON Feed 1.1 (jsonfeed.org), with its content type."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.about,
        "home_page_url": channel.at(channel.path),
        "feed_url": channel.at(channel.feed_path),
        "language": channel.language,
        "items": [_json_item(channel, story) for story in stories],
    }
    return json.dumps(feed, ensure_ascii=False), "application/feed+json; charset=utf-8"


FEEDS = {"atom": atom, "rss": rss, "json": json_feed}


def _xml(kind: type[Any], channel: Channel, stories: Iterable[Article]) -> str:
    feed = kind(
        title=channel.title,
        link=channel.at(channel.path),
        description=channel.about,
        subtitle=channel.about,
        language=channel.language,
        feed_url=channel.at(channel.feed_path),
        author_name=channel.title,
    )
    for story in stories:
        address = channel.at(article_path(story))
        feed.add_item(
            title=for_machines(story.title),
            link=address,
            description=for_machines(story.summary),
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=story.shown_at,
            updateddate=_changed(story),
            author_name=authors(story) or None,
            categories=_tags(story),
        )
    written: str = feed.writeString("utf-8")
    return written


def _json_item(channel: Channel, story: Article) -> dict[str, Any]:
    address = channel.at(article_path(story))
    item: dict[str, Any] = {
        "id": address,
        "url": address,
        "title": for_machines(story.title),
        "summary": for_machines(story.summary),
        "content_text": for_machines(story.summary),
        "date_published": _rfc3339(story.shown_at),
        "date_modified": _rfc3339(_changed(story)),
    }
    if tags := _tags(story):
        item["tags"] = tags
    if authors(story):
        item["authors"] = [{"name": authors(story)}]
    return item


def authors(story: Article) -> str:
    """Return who wrote a story, as one line."""
    names = [block.value["name"] for block in story.authors]
    return for_machines(", ".join(names) or story.credit)


def _tags(story: Article) -> list[str]:
    return [for_machines(name) for name in story.tag_names]


def _changed(story: Article) -> datetime:
    moments = [moment for moment in (story.shown_at, story.last_published_at) if moment]
    return max(moments)


def _rfc3339(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
