"""News as a saved page: the library trafilatura finds the report; here is what it cannot know."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import trafilatura
from lxml import html

from gerai.newsroom.reading.dates import Day, read_day
from gerai.newsroom.reading.making import Found, story_of
from gerai.newsroom.reading.report import byline, cased, is_body, named_author, picture_words
from gerai.newsroom.reading.stories import Picture, Reading
from gerai.newsroom.reading.texts import (
    LIBRARY_BROKE,
    NAME_LIMIT,
    Unfit,
    Unreadable,
    blocks,
    one_line,
    tree_of,
    web_address_or_none,
)

MOST_BYTES = 2 * 1024 * 1024
MOST_ELEMENTS = 20_000
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+)\s*-->")
_ARTICLES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"}
)
_AROUND = frozenset({"nav", "aside", "footer", "header", "form"})
_NOBODY = frozenset({"admin", "administrator", "root", "redaksi", "user"})
_SMALLEST_PICTURE = 100


def read_page(text: str, today: date) -> Reading:
    """Return the one report of a saved page of a news site.

    :raises Unreadable: the page is too large
    """
    tree = tree_of(text) if len(text) <= MOST_BYTES else None
    if tree is None or sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Unreadable(
            f"Halaman ini terlalu besar atau rumit (paling besar {MOST_BYTES // 1024 // 1024} MB). "
            "Simpan sebagai “hanya HTML”, atau salin isi beritanya ke berkas teks."
        )
    reading = Reading()
    try:
        reading.take(story_of(_found_in(text, tree, today), today))
    except Unfit as unfit:
        reading.refuse(1, str(unfit))
    return reading


def _found_in(text: str, tree: html.HtmlElement, today: date) -> Found:
    metas = _metas(tree)
    data = _article_data(tree)
    saved = _SAVED_FROM.search(text[:4000])
    url = _first_address(
        _canonical(tree), metas.get("og:url"), data.get("url"), saved and saved["url"]
    )
    name = _first(metas.get("og:site_name"), _name_of(data.get("publisher")))
    title = _first(data.get("headline"), metas.get("og:title"), _text_of(tree, "h1"))
    title = _without_site(title or _text_of(tree, "title"), name)
    found = Found(line=1, title=title, source_name=name, source_url=url)
    found.published = _published(data, metas, tree, today)
    found.authors = [cased(author) for author in _authors(data, metas, name)]
    found.tags = _tags(data, metas)
    found.pictures = _pictures(tree, metas, url)
    _take_body(found, text, tree, today)
    return found


def _take_body(found: Found, text: str, tree: html.HtmlElement, today: date) -> None:
    """Take the paragraphs; of the lines around the title only what they say of author and day."""
    for line in _upper_lines(tree):
        if not is_body(line):
            _take_head_line(found, line, today)
    lines = dict.fromkeys(_body(text, tree))
    found.lines = [line for line in lines if not _take_head_line(found, line, today)]


def _take_head_line(found: Found, line: str, today: date) -> bool:
    """Take a byline or a date; False if the line is neither."""
    signed, author, day = byline(line), named_author(line), read_day(line, today)
    if not (day or author or (signed and not is_body(line))):
        return False
    found.published = found.published or day
    if signed and not found.source_name:
        found.source_name = one_line(signed[1])
    name = author or (signed[0] if signed else "")
    if name and not found.authors:
        found.authors = [cased(name)]
    return True


def _body(text: str, tree: html.HtmlElement) -> list[str]:
    """Return the lines of the report: the library's, or those of the article if it finds none."""
    try:
        extracted = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=False, as_dict=False
        )
    except LIBRARY_BROKE:
        extracted = None
    told = getattr(extracted, "text", None) or ""
    lines = [" ".join(line.split()) for line in told.split("\n")]
    articles = tree.xpath("//article | //*[@itemprop='articleBody'] | //main")
    if sum(is_body(line) for line in lines) == 0 and articles:
        lines = blocks(articles[0])
    elif sum(is_body(line) for line in lines) == 0:
        lines = blocks(tree)
    return [line for line in lines if line]


def _upper_lines(tree: html.HtmlElement) -> list[str]:
    """Return the lines around the title, where byline and date stand."""
    headings = tree.xpath("//h1") or tree.xpath("//h2")
    around = headings[0].getparent() if headings else None
    for _ in range(2):
        if around is None or len(blocks(around)) > 3:  # noqa: PLR2004 - more than the title
            break
        around = around.getparent()
    return blocks(around)[:12] if around is not None else []


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    """Return name → content of the page's metas; the first of a name counts, tags are joined."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if key == "article:tag" and key in found:
            found[key] += f",{content}"
        elif key and content:
            found.setdefault(key, content)
    return found


def _article_data(tree: html.HtmlElement) -> dict[str, Any]:
    """Return the page's JSON-LD about its article, empty if it has none that can be read."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads((script.text or "").strip(), strict=False)
            for item in _objects(data):
                kinds = item.get("@type")
                if _ARTICLES & set(kinds if isinstance(kinds, list) else [str(kinds)]):
                    return item
        except (ValueError, RecursionError, TypeError):
            continue
    return {}


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        if depth < 3:  # noqa: PLR2004 - a graph, a page, its article
            yield from _objects([data.get("@graph"), data.get("mainEntity")], depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1) if depth < 5 else ()  # noqa: PLR2004 - as above


def _published(
    data: dict[str, Any], metas: dict[str, str], tree: html.HtmlElement, today: date
) -> Day | None:
    times = [time.get("datetime") or " ".join(blocks(time)) for time in tree.iter("time")]
    for told in (
        data.get("datePublished"),
        metas.get("article:published_time"),
        metas.get("datepublished"),
        metas.get("pubdate"),
        metas.get("publishdate"),
        metas.get("date"),
        metas.get("dc.date"),
        *times[:1],
    ):
        day = read_day(told, today) if isinstance(told, str) else None
        if day:
            return day
    return None


def _authors(data: dict[str, Any], metas: dict[str, str], site: str) -> list[str]:
    told = data.get("author")
    names = [_name_of(author) for author in (told if isinstance(told, list) else [told])]
    names += [metas.get("author", ""), metas.get("article:author", "")]
    seen = {site.casefold(), *_NOBODY}
    return [
        name
        for name in names
        if name and "://" not in name and len(name) <= NAME_LIMIT and name.casefold() not in seen
    ]


def _tags(data: dict[str, Any], metas: dict[str, str]) -> list[str]:
    told = data.get("keywords")
    if isinstance(told, list):
        return [tag for tag in told if isinstance(tag, str)]
    words = told if isinstance(told, str) else ""
    words = words or metas.get("article:tag", "") or metas.get("news_keywords", "")
    return (words or metas.get("keywords", "")).split(",")


def _pictures(tree: html.HtmlElement, metas: dict[str, str], base: str) -> list[Picture]:
    lead = web_address_or_none(metas.get("og:image", ""), base)
    found = [Picture(lead)] if lead else []
    for image in tree.iter("img"):
        around = {ancestor.tag: ancestor for ancestor in image.iterancestors()}
        figure = around.get("figure")
        is_told = figure is not None or (
            ("article" in around or "main" in around) and "a" not in around
        )
        width = image.get("width") or ""
        is_small = width.isdecimal() and int(width[:6]) < _SMALLEST_PICTURE
        url = web_address_or_none(image.get("src") or image.get("data-src") or "", base)
        if not url or not is_told or is_small or _AROUND & set(around):
            continue
        words = " ".join(blocks(figure)) if figure is not None else ""
        found.append(
            Picture(url, *picture_words(words or " ".join((image.get("alt") or "").split())))
        )
    return found


def _canonical(tree: html.HtmlElement) -> str:
    return next((str(link) for link in tree.xpath("//link[@rel='canonical']/@href")), "")


def _text_of(tree: html.HtmlElement, tag: str) -> str:
    for node in tree.iter(tag):
        text = " ".join("".join(node.itertext()).split())
        if text:
            return text
    return ""


def _without_site(title: str, site: str) -> str:
    head, _, tail = title.rpartition(" | ") if " | " in title else title.rpartition(" - ")
    return head if head and (not site or tail.casefold() == site.casefold()) else title


def _name_of(thing: object) -> str:
    if isinstance(thing, dict):
        thing = thing.get("name")
    return one_line(thing).strip() if isinstance(thing, str) else ""


def _first(*texts: object) -> str:
    return next((one_line(text) for text in texts if isinstance(text, str) and text.strip()), "")


def _first_address(*texts: object) -> str:
    for text in texts:
        url = web_address_or_none(text) if isinstance(text, str) else ""
        if url:
            return url
    return ""
