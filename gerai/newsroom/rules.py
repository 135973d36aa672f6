"""Small decisions of the newsroom."""

import math
import re
from datetime import datetime, timedelta

from gerai.directory.catalogue.texts import slug_of

WORDS_PER_MINUTE = 200
KEY_DIGITS = 18  # any number of so many digits fits into 64 bits
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def key_in(text: str) -> int | None:
    """Return the key of a row that somebody typed or sent, or None where it can be none.

    >>> key_in("12"), key_in("-1"), key_in("9" * 19)
    (12, None, None)
    """
    is_key = text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS
    return int(text) if is_key else None


def names_in(line: str) -> list[str]:
    """Return the names of a line with commas, trimmed, each once whatever its letters.

    >>> names_in("studi tiru,  Soppeng, Studi Tiru,")
    ['studi tiru', 'Soppeng']
    """
    names: dict[str, str] = {}
    for part in line.split(","):
        if name := " ".join(part.split()):
            names.setdefault(name.casefold(), name)
    return list(names.values())


def tag_slug(name: str) -> str:
    """Return the address part of a topic.

    >>> tag_slug("Studi Tiru")
    'studi-tiru'
    """
    return slug_of(name)[:80]


def page_path(url_path: str) -> str:
    """Return the address on the mall's host of a path in the page tree.

    >>> page_path("/barru/berita/kegiatan/dibuka/")
    '/berita/kegiatan/dibuka/'
    """
    return "/" + url_path.split("/", 2)[2]


def for_machines(text: str) -> str:
    """Return a text without the letters that XML cannot hold; word processors leave some.

    >>> for_machines("satu\\x0bdua")
    'satu dua'
    """
    return NOT_IN_XML.sub(" ", text)


def reading_minutes(text: str) -> int:
    """Return how many minutes a text takes to read, at least one.

    200 words a minute: an ordinary reader of plain prose, rounded up.

    >>> reading_minutes("kata " * 401)
    3
    """
    return max(1, math.ceil(len(text.split()) / WORDS_PER_MINUTE))


def takes_comments(
    *, is_open: bool, published_at: datetime | None, days: int, now: datetime
) -> bool:
    """Tell whether readers may still comment: so many days after publication, 0 for ever.

    >>> from datetime import UTC
    >>> day = datetime(2026, 1, 1, tzinfo=UTC)
    >>> takes_comments(is_open=True, published_at=day, days=30, now=day + timedelta(days=30))
    False
    """
    if not is_open or published_at is None:
        return False
    return days == 0 or now < published_at + timedelta(days=days)
