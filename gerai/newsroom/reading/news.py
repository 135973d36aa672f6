"""Which form a news file has, told by its content; and reading it."""

import re
from datetime import date

from gerai.newsroom.reading.json_file import read_json
from gerai.newsroom.reading.plain import read_plain
from gerai.newsroom.reading.stories import Reading
from gerai.newsroom.reading.texts import Unreadable, shown, visible

MOST_BYTES = 4 * 1024 * 1024
FORMS = (
    "Yang dapat dibaca: JSON daftar berita, umpan RSS/Atom/JSON Feed, halaman HTML yang disimpan, "
    "atau teks biasa dengan judul pada baris pertama."
)
_OTHERS = (
    (b"%PDF", "Ini berkas PDF. Salin isi beritanya ke berkas teks."),
    (b"PK\x03\x04", "Ini berkas Word, Excel, atau ZIP. Simpan dahulu sebagai teks biasa."),
    (b"\xd0\xcf\x11\xe0", "Ini berkas Word atau Excel lama. Simpan dahulu sebagai teks biasa."),
    (b"\x89PNG", "Ini gambar, bukan berita."),
    (b"\xff\xd8\xff", "Ini gambar, bukan berita."),
    (b"GIF8", "Ini gambar, bukan berita."),
)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ENCODING = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?(?P<name>[a-zA-Z0-9_.:-]{2,40})")
_PROLOG = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(
    r"<(?:html|head|body|title|meta|link|script|style|article|main|div|section|header|nav|h[1-6]|p"
    r"|table|figure|img|span|a|b|strong|em|center|font|ul|ol|br)[\s>/]",
    re.IGNORECASE,
)
_JSON = re.compile(r"\[\s*(?:[\[{\"\]]|-?\d|null|true|false|\Z)|\{\s*(?:\"|\}|\Z)")
# More of them than this and it is no text.
_ODD_SHARE = 0.02


def read_news(content: bytes, *, name: str, today: date) -> Reading:
    """Return the stories of a news file, told by its content.

    name: of the file, only for messages
    today: the day of the mall; nothing can have been published later

    :raises Unreadable: empty, too large, no text, broken, or no known form (Indonesian)
    """
    text = _text_of(content, name)
    start = text[_end_of_prolog(text) :]
    if _JSON.match(start):
        return read_json(text, today)
    if _FEED.match(start):
        # Both bring large libraries, which only who reads a feed or a page should wait for.
        from gerai.newsroom.reading.feed import read_feed  # noqa: PLC0415

        return read_feed(text, today)
    if _PAGE.match(start) or re.match(r"\s*(?:<!--.*?-->\s*)?<!doctype html", text, re.I | re.S):
        from gerai.newsroom.reading.page import read_page  # noqa: PLC0415

        return read_page(text, today)
    if start.startswith("<"):
        raise Unreadable(f"Berkas “{shown(name)}” bukan umpan atau halaman berita. {FORMS}")
    if re.match(r"(?:From: <Saved by|MIME-Version:)", start):
        raise Unreadable("Ini arsip MHTML. Simpan halamannya sebagai “hanya HTML”.")
    return read_plain(text, today)


def _text_of(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"Berkas “{shown(name)}” terlalu besar "
            f"(paling besar {MOST_BYTES // 1024 // 1024} MB). Bagi menjadi beberapa berkas."
        )
    if not content.strip():
        raise Unreadable(f"Berkas “{shown(name)}” kosong. {FORMS}")
    for sign, reason in _OTHERS:
        if content.startswith(sign):
            raise Unreadable(reason)
    text = _decoded(content)
    odd = sum(not (mark.isprintable() or mark.isspace()) for mark in text[:20_000])
    if "\0" in text or odd > _ODD_SHARE * min(len(text), 20_000) + 2:
        raise Unreadable(f"Berkas “{shown(name)}” bukan teks. {FORMS}")
    if not visible(text).strip():
        raise Unreadable(f"Berkas “{shown(name)}” kosong. {FORMS}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, coding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(coding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        told = _ENCODING.search(content[:2000])
    try:
        return content.decode(told["name"].decode() if told else "cp1252", "replace")
    except (LookupError, ValueError):
        return content.decode("cp1252", "replace")


def _end_of_prolog(text: str) -> int:
    match = _PROLOG.match(text)
    return match.end() if match else 0
