"""What stands around a story, its address, and what machines read of it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gerai.directory.catalogue.texts import slug_of
from gerai.newsroom.models import Article
from gerai.newsroom.queries import articles
from gerai.newsroom.queries.facts import news_article
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.rules import for_machines

register = template.Library()

# A "<" inside the data would end the block early.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
PICTURE_SIZE = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Facts:
    """A story as other sites show it."""

    url: str
    picture: str
    data: dict[str, Any]


@register.simple_tag
def around(article: Article) -> articles.Around:
    """Return what stands around a story."""
    return articles.around(article)


@register.simple_tag
def story_path(article: Article) -> str:
    """Return the address of a story."""
    return article_path(article)


@register.simple_tag(takes_context=True)
def about_story(context: Any, article: Article) -> Facts:
    """Return what other sites and search engines read of a story."""
    request = context["request"]
    url = request.build_absolute_uri(article_path(article))
    picture = article.lead_picture
    drawn = request.build_absolute_uri(picture.get_rendition(PICTURE_SIZE).url) if picture else ""
    data = news_article(article, url=url, picture=drawn, publisher=context["mall"].name)
    return Facts(url=url, picture=drawn, data=data)


@register.inclusion_tag("newsroom/share.html", takes_context=True)
def share(context: Any, article: Article) -> dict[str, str]:
    """Show the ways to tell others of a story."""
    url = context["request"].build_absolute_uri(article_path(article))
    return {
        "url": quote(url, safe=""),
        "title": quote(article.title, safe=""),
        "words": quote(f"{article.title} {url}", safe=""),
    }


@register.filter
def code_slug(code: str) -> str:
    """Write the code of a service or agency as its address does."""
    return slug_of(code)


@register.filter
def xml_letters(text: str) -> str:
    """Leave out what XML cannot hold."""
    return for_machines(text)


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """Write data as a block that machines read and no browser runs."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
