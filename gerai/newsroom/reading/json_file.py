"""News as JSON: a list of objects, or a JSON Feed."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gerai.newsroom.reading.dates import Day, read_day
from gerai.newsroom.reading.making import Found, story_of
from gerai.newsroom.reading.report import cased
from gerai.newsroom.reading.stories import Picture, Reading
from gerai.newsroom.reading.texts import (
    Unfit,
    Unreadable,
    paragraphs_of,
    shown,
    web_address,
    web_address_or_none,
)

KEYS = "judul, media, tanggal, tautan, kutipan, topik"
MOST_STORIES = 2000

_BLANK = re.compile(r"[ \t\n\r]*")
_LISTS = re.compile(r'"(?:items|berita|artikel|data)"\s*:\s*(?=\[)')


@dataclass(frozen=True)
class _Item:
    line: int
    value: object


@dataclass(frozen=True)
class _Broken:
    line: int


def read_json(text: str, today: date) -> Reading:
    """Return the stories of a JSON file; after a break in it, those before the break.

    :raises Unreadable: broken before its first story, or no list of stories
    """
    reading = Reading()
    feed = _feed_of(text)
    for number, item in enumerate(_items(text, feed)):
        if isinstance(item, _Broken):
            if not number:
                raise Unreadable(
                    f"Susunan JSON-nya rusak (baris {item.line}). Perbaiki di sana, lalu ulangi."
                )
            reading.refuse(
                item.line, "Susunan JSON rusak di sini; berita sesudahnya tidak terbaca."
            )
        elif number >= MOST_STORIES:
            reading.refuse(item.line, f"Paling banyak {MOST_STORIES} berita dalam satu berkas.")
            break
        else:
            try:
                found = _found_in(item, feed, today)
                reading.take(story_of(found, today))
            except Unfit as unfit:
                reading.refuse(item.line, str(unfit))
    if not reading.stories and not reading.refused:
        raise Unreadable(f"Tidak ada berita di dalamnya. Kuncinya: {KEYS}.")
    return reading


def _feed_of(text: str) -> dict[str, object]:
    """Return what a JSON Feed says of itself, nothing if it is none or broken."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return whole if isinstance(whole, dict) and isinstance(whole.get("items"), list) else {}


def _items(text: str, feed: dict[str, object]) -> Iterator[_Item | _Broken]:
    lines = _Lines(text)
    at = _blank(text, 0)
    if text[at] == "{":
        start = _LISTS.search(text)
        if start is None:
            yield _value(text, at, lines)[0]
            return
        at = start.end()
    at = _blank(text, at + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        item, at = _value(text, at, lines)
        yield item
        if isinstance(item, _Broken):
            return
        at = _blank(text, at)
        if text[at : at + 1] != ",":
            break
        at = _blank(text, at + 1)
    if text[at : at + 1] != "]":
        yield _Broken(lines.of(at))


def _value(text: str, at: int, lines: "_Lines") -> tuple[_Item | _Broken, int]:
    try:
        value, end = json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError as error:
        return _Broken(lines.of(min(error.pos, len(text)))), at
    except (ValueError, RecursionError):
        return _Broken(lines.of(at)), at
    return _Item(lines.of(at), value), end


def _found_in(item: _Item, feed: dict[str, object], today: date) -> Found:
    if not isinstance(item.value, dict):
        raise Unfit(f"Setiap berita harus berupa objek dengan kunci {KEYS}.")
    fields = _Fields(item.value)
    note = fields.text("tautan", "url", "external_url", "link")
    url = web_address(note)
    body = fields.text("kutipan", "isi", "content_html", "content_text", "teks", "summary")
    authors = fields.names("penulis", "author", "authors")
    image = web_address_or_none(fields.text("gambar", "image", "banner_image"), url)
    feed_title = feed.get("title")
    return Found(
        line=item.line,
        title=fields.text("judul", "title"),
        lines=paragraphs_of(body),
        published=_published(fields, today),
        authors=[cased(name) for name in authors],
        pictures=[Picture(image)] if image else [],
        source_name=fields.text("media") or (feed_title if isinstance(feed_title, str) else ""),
        source_url=url,
        source_note="" if url else note,
        tags=fields.names("topik", "tags"),
    )


def _published(fields: "_Fields", today: date) -> Day | None:
    told = fields.text("tanggal", "date_published", "date_modified")
    if not told.strip():
        return None
    day = read_day(told, today)
    if day is None:
        raise Unfit(
            f"Tanggal “{shown(told)}” tidak dapat dibaca, terlalu lama, atau belum tiba. "
            "Tulis seperti 2024-11-25."
        )
    return day


class _Fields:
    """The fields of an object, which are texts or nothing."""

    def __init__(self, fields: dict[object, object]) -> None:
        self._fields = fields

    def text(self, *keys: str) -> str:
        """Return the first text under one of the keys.

        :raises Unfit: something else stands there
        """
        for key in keys:
            value = self._fields.get(key)
            if isinstance(value, int) and not isinstance(value, bool) and key == "tanggal":
                value = str(value) if 0 <= value <= date.max.year else "?"
            if value is not None and not isinstance(value, str):
                raise Unfit(f"Kunci “{key}” harus berupa teks.")
            if value and value.strip():
                return value
        return ""

    def names(self, *keys: str) -> list[str]:
        """Return the names under the first key that has any.

        :raises Unfit: they are no texts
        """
        for key in keys:
            value = self._fields.get(key)
            if isinstance(value, str):
                value = value.split(",")
            elif isinstance(value, dict):
                value = [value]
            if value is not None and not isinstance(value, list):
                raise Unfit(f"Kunci “{key}” harus berupa daftar teks.")
            names = [name.get("name") if isinstance(name, dict) else name for name in value or []]
            texts = [name for name in names if isinstance(name, str)]
            if len(texts) < len(names):
                raise Unfit(f"Kunci “{key}” harus berupa daftar teks.")
            if texts:
                return texts
        return []


def _blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


class _Lines:
    """Which line a place in a text is on."""

    def __init__(self, text: str) -> None:
        self._ends = [end.start() for end in re.finditer("\n", text)]

    def of(self, at: int) -> int:
        """Return the line of a place, both counted as people and programs do: from 1, from 0."""
        return bisect_left(self._ends, at) + 1
