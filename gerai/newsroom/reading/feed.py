"""News as a feed: RSS or Atom, by the library feedparser. Nothing is ever fetched."""

import io
import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import feedparser

from gerai.newsroom.reading.dates import AHEAD, OLDEST, Day, read_day
from gerai.newsroom.reading.making import Found, story_of
from gerai.newsroom.reading.report import cased, picture_words
from gerai.newsroom.reading.stories import Picture, Reading
from gerai.newsroom.reading.texts import (
    LIBRARY_BROKE,
    Unfit,
    Unreadable,
    blocks,
    paragraphs_of,
    shown,
    tree_of,
    web_address_or_none,
)

MOST_ENTRIES = 2000
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>/])")
_WIB = timezone(timedelta(hours=7))


def read_feed(text: str, today: date) -> Reading:
    """Return the stories of a feed.

    :raises Unreadable: a feed that defines entities, or has no story
    """
    if re.search(r"<!(?:ENTITY|DOCTYPE[^>]*\[)", text, re.IGNORECASE):
        raise Unreadable("Umpan berita ini memuat definisi entitas; demi keamanan tidak dibaca.")
    try:
        # As a stream: a text would be taken for an address or the name of a file.
        parsed = feedparser.parse(io.BytesIO(_as_utf8(text)), resolve_relative_uris=False)
    except LIBRARY_BROKE as error:
        raise Unreadable("Susunan umpan berita ini rusak. Unduh lagi, lalu ulangi.") from error
    reading = Reading()
    lines = _lines_of(text)
    name = str(parsed.feed.get("title", ""))
    base = web_address_or_none(str(parsed.feed.get("link", "")))
    for number, entry in enumerate(parsed.entries[:MOST_ENTRIES]):
        line = lines[number] if number < len(lines) else 1
        try:
            reading.take(story_of(_found_in(entry, line, name, base, today), today))
        except Unfit as unfit:
            reading.refuse(line, str(unfit))
    if len(parsed.entries) > MOST_ENTRIES:
        reading.refuse(1, f"Hanya {MOST_ENTRIES} berita pertama yang dibaca.")
    if parsed.bozo and (reading.stories or reading.refused):
        broken = getattr(parsed.get("bozo_exception"), "getLineNumber", lambda: None)()
        if isinstance(broken, int):
            reading.refuse(broken, "Susunan XML rusak di sini; periksa berita sesudahnya.")
    if not reading.stories and not reading.refused:
        raise Unreadable("Tidak ada berita di dalam umpan ini, atau susunannya rusak.")
    return reading


def _found_in(entry: Any, line: int, name: str, base: str, today: date) -> Found:
    url = web_address_or_none(str(entry.get("link", "")), base)
    body = _body_of(entry)
    source = entry.get("source")
    return Found(
        line=line,
        title=str(entry.get("title", "")),
        lines=paragraphs_of(body),
        published=_published(entry, today),
        authors=[cased(str(author.get("name", ""))) for author in entry.get("authors", [])],
        pictures=_pictures_of(entry, body, url or base),
        source_name=str((source and source.get("title")) or name),
        source_url=url,
        tags=[str(tag.get("term") or "") for tag in entry.get("tags", [])],
    )


def _body_of(entry: Any) -> str:
    """Return the longest text of an entry: some feeds have a teaser as content."""
    texts = [str(content.get("value", "")) for content in entry.get("content", [])]
    return max([*texts, str(entry.get("summary", ""))], key=len)


def _published(entry: Any, today: date) -> Day | None:
    for key in ("published", "updated", "created"):
        # The library's own look-up answers with the other date, and warns of it.
        told = dict.get(entry, key)
        if not told:
            continue
        day = read_day(str(told), today)
        parsed = dict.get(entry, f"{key}_parsed")
        if day is None and parsed:
            day = _day_of(parsed, today)
        if day is None:
            raise Unfit(
                f"Tanggal “{shown(str(told))}” tidak dapat dibaca, terlalu lama, atau belum tiba."
            )
        return day
    return None


def _day_of(parsed: Any, today: date) -> Day | None:
    try:
        year, month, day, hour, minute = parsed[:5]
        at = datetime(year, month, day, hour, minute, tzinfo=UTC)
        on = at.astimezone(_WIB).date()
    except (ValueError, OverflowError, TypeError):
        return None
    return Day(on) if OLDEST <= on <= today + AHEAD else None


def _pictures_of(entry: Any, body: str, base: str) -> list[Picture]:
    found = []
    told = [
        *entry.get("media_content", []),
        *entry.get("media_thumbnail", []),
        *(item for item in entry.get("enclosures", [])),
    ]
    for item in told:
        kind = str(item.get("type") or item.get("medium") or "image")
        url = web_address_or_none(str(item.get("url") or item.get("href") or ""), base)
        if url and kind.startswith("image"):
            found.append(Picture(url))
    if "<img" in body.lower():
        for image in tree_of(body).iter("img"):
            url = web_address_or_none(image.get("src") or "", base)
            around = image.getparent()
            words = (
                " ".join(blocks(around)) if around is not None and around.tag == "figure" else ""
            )
            if url:
                found.append(Picture(url, *picture_words(words or image.get("alt") or "")))
    return found


def _lines_of(text: str) -> list[int]:
    """Return the line on which each entry begins."""
    seen = _UNSEEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    lines, line, at = [], 1, 0
    for match in _ENTRY.finditer(seen):
        line += seen.count("\n", at, match.start())
        at = match.start()
        lines.append(line)
    return lines


def _as_utf8(text: str) -> bytes:
    """Return the bytes of a feed, its own word about its encoding taken away."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
