"""The plain text of one report: title first, then its head, then paragraphs."""

import re
from datetime import date

from gerai.newsroom.reading.dates import read_day
from gerai.newsroom.reading.making import Found, story_of
from gerai.newsroom.reading.report import (
    byline,
    cased,
    is_body,
    is_furniture,
    named_author,
    picture_words,
)
from gerai.newsroom.reading.stories import Picture, Reading
from gerai.newsroom.reading.texts import (
    Unfit,
    Unreadable,
    check_size,
    paragraphs_of,
    web_address_or_none,
)

MOST_LETTERS = 400_000

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*?)\s*#*")
_CAPTION = re.compile(r"([*_])(?![*_\s])(?P<text>.+?)(?<![\s])\1")
_PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<url>[^)\s]*)[^)]*\)")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>[^)]*)\)")
_STRONG = re.compile(r"(\*\*|__)(?P<text>.+?)\1")
_ADDRESS = re.compile(r"(?:sumber|tautan|url|link)?\s*:?\s*(?P<url>https?://\S+)", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
# Between these a line broke because it was full, not because a paragraph ended.
_FULL_LINE = range(40, 111)


def read_plain(text: str, today: date) -> Reading:
    """Return the one report of a plain text, which may have light markdown.

    :raises Unreadable: far too long for a report
    """
    if len(text) > MOST_LETTERS:
        raise Unreadable(
            f"Teks ini terlalu panjang untuk satu berita ({len(text)} huruf, "
            f"paling banyak {MOST_LETTERS})."
        )
    reading = Reading()
    lines = _lines_of(_SCRIPT.sub(lambda script: "\n" * script[0].count("\n"), text))
    start = next((number for number, _ in lines), 1)
    found = Found(line=start)
    try:
        check_size([line for _, line in lines])
        body = _take_head(found, [line for _, line in lines], today)
        found.lines = [line for line in map(_unmarked, body) if line]
        reading.take(story_of(found, today))
    except Unfit as unfit:
        reading.refuse(start, str(unfit))
    return reading


def _take_head(found: Found, lines: list[str], today: date) -> list[str]:
    """Take what stands before the first paragraph; return what stands from there on."""
    level = 0
    rest: list[str] = []
    in_head = True
    for line in lines:
        heading, caption = _HEADING.fullmatch(line), _CAPTION.fullmatch(line)
        picture = _PICTURE.fullmatch(line)
        if picture:
            words, credit = picture_words(picture["text"])
            url = web_address_or_none(picture["url"], found.source_url)
            found.pictures += [Picture(url, words, credit)] if url else []
        elif caption and (in_head or not is_body(caption["text"])):
            found.pictures.append(Picture("", *picture_words(caption["text"])))
        elif not in_head:
            rest.append(heading["text"] if heading else line)
        elif heading and level == 1 < len(heading["level"]) and not found.source_name:
            found.source_name, found.title = found.title, heading["text"]
        elif not found.title:
            level = len(heading["level"]) if heading else 0
            found.title = _unmarked(heading["text"] if heading else line)
        elif not _is_of_head(found, line, today):
            in_head = False
            rest.append(heading["text"] if heading else line)
    return rest


def _is_of_head(found: Found, line: str, today: date) -> bool:
    """Take a line of the head; False if it is none."""
    signed, author, day = byline(line), named_author(line), read_day(line, today)
    address = _ADDRESS.fullmatch(line)
    if day:
        found.published = found.published or day
    elif address:
        found.source_url = web_address_or_none(address["url"])
    elif author:
        found.authors.append(cased(author))
    elif signed and not is_body(line):
        name, site, url = signed
        found.authors.append(name)
        found.source_name = found.source_name or site
        found.source_url = found.source_url or web_address_or_none(url)
    else:
        return line == found.title or (is_furniture(line) and not is_body(line))
    return True


def _lines_of(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of a text, each with the line it begins on."""
    found: list[tuple[int, str]] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append((number, line))
            continue
        if len(block) > 1 and all(len(told) in _FULL_LINE for _, told in block[:-1]):
            block = [(block[0][0], " ".join(told.strip() for _, told in block))]
        for start, told in block:
            words = " ".join(" ".join(paragraphs_of(told)).split())
            found += [(start, words)] if words else []
        block = []
    return found


def _unmarked(line: str) -> str:
    line = _LINK.sub(lambda link: link["text"], _PICTURE.sub("", line))
    return " ".join(_STRONG.sub(lambda strong: strong["text"], line).split())
