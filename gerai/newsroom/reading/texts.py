"""Foreign text made fit: visible signs only, no markup, within limits; or refused."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

TITLE_LIMIT = 300
NAME_LIMIT = 120
NOTE_LIMIT = 300
TAG_LIMIT = 60
URL_LIMIT = 1000
PARAGRAPH_LIMIT = 6000
MOST_LINES = 2000
MOST_TAGS = 20
MOST_AUTHORS = 10
# What feedparser and trafilatura were seen to raise, or may, on damaged input.
LIBRARY_BROKE = (
    etree.LxmlError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
    RecursionError,
    AssertionError,
)

_SHOWN = 40
_MARKUP = re.compile(r"<[a-zA-Z/!?][^<>]*>?|&(?:[a-zA-Z]{2,31}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BREAKING = (
    "address article aside blockquote br center dd div dl dt fieldset figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul"
)
_UNSEEN = (
    "applet audio button canvas embed form head iframe input math noframes noscript object"
    " script select style svg template textarea title video"
)
_BREAKS = frozenset(_BREAKING.split())
_SILENT = frozenset(_UNSEEN.split())


class Unfit(ValueError):
    """A story cannot be taken; the message says why (Indonesian)."""


class Unreadable(ValueError):
    """The file cannot be taken at all; the message says why (Indonesian)."""


def shown(text: str) -> str:
    """Return a piece of foreign text that may be printed in a message."""
    printable = "".join(
        mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text
    )
    return printable if len(printable) <= _SHOWN else f"{printable[:_SHOWN]}…"


def visible(text: str) -> str:
    """Return a text without control marks, zero-width signs and halves of characters."""
    text = unicodedata.normalize("NFC", text)
    unseen = {"Cc", "Cf", "Cs", "Co", "Cn"}
    drop = [mark for mark in set(text) - set("\n\t") if unicodedata.category(mark) in unseen]
    return text.translate(dict.fromkeys(map(ord, drop)))


def one_line(text: str, what: str = "Teks", limit: int = PARAGRAPH_LIMIT) -> str:
    """Return a text in one line, markup and invisible signs left out.

    :raises Unfit: longer than the limit
    """
    found = " ".join(" ".join(paragraphs_of(text)).split())
    if len(found) > limit:
        raise Unfit(f"{what} terlalu panjang ({len(found)} huruf, paling banyak {limit}).")
    return found


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text which may contain HTML, as plain text."""
    parts = re.split(r"\n\s*\n", _newlines(text)) if not _MARKUP.search(text) else [text]
    # Some feeds encode their markup twice, or hide a tag behind entities.
    for _ in range(3):
        parts = [line for part in parts for line in _plain(part)]
    lines = (" ".join(visible(part).split()) for part in parts)
    return [re.sub(r"<(?=[a-zA-Z/!?])", "\u2039", line) for line in lines if line]


def _plain(part: str) -> list[str]:
    return blocks(tree_of(part)) if _MARKUP.search(part) else [part]


def tree_of(text: str) -> html.HtmlElement:
    """Return the tree of an HTML text, however broken it is."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # Bytes, as a text that names its own encoding is not accepted.
    content = f"<div>{visible(_newlines(text))}</div>".encode()
    try:
        return html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return html.Element("html")


def blocks(tree: html.HtmlElement) -> list[str]:
    """Return the text of a tree, one item for each block, without scripts and the like."""
    pieces = "".join(_pieces(tree)).split("\f")
    lines = (" ".join(visible(piece).split()) for piece in pieces)
    return [line for line in lines if line]


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    silent = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        name = node.tag
        hushes = name in _SILENT
        if event == "start":
            silent += hushes
            if not silent:
                yield "\f" if name in _BREAKS else ""
                yield (node.text or "").replace("\f", " ")
        else:
            silent -= hushes
            if not silent and node is not tree:
                yield "\f" if name in _BREAKS else ""
                yield (node.tail or "").replace("\f", " ")


def web_address(text: str, base: str = "") -> str:
    """Return a web address in full, or nothing if the text is none.

    base: the address that a relative one starts from

    :raises Unfit: an address that is not of the web, or too long
    """
    found = "".join(visible(text).split()) if _SCHEME.match(text.strip()) else text.strip()
    try:
        whole = urljoin(base, found) if base and found else found
        parts = urlsplit(whole)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        raise Unfit(f"Tautan “{shown(found)}” rusak.") from None
    if not is_web:
        if _SCHEME.match(whole):
            raise Unfit(f"Tautan “{shown(found)}” bukan alamat web (http atau https).")
        return ""
    if len(whole) > URL_LIMIT:
        raise Unfit(f"Tautan terlalu panjang ({len(whole)} huruf, paling banyak {URL_LIMIT}).")
    return whole if not re.search(r"[\s<>\"]", whole) else ""


def web_address_or_none(text: str, base: str = "") -> str:
    """Return a web address in full, or nothing if it cannot be used."""
    try:
        return web_address(text, base)
    except Unfit:
        return ""


def check_size(lines: Sequence[str]) -> None:
    """Refuse what is too large for a report, before it is looked at more closely.

    :raises Unfit: too many lines, or a line too long
    """
    if len(lines) > MOST_LINES:
        raise Unfit(f"Alineanya {len(lines)}, paling banyak {MOST_LINES}.")
    longest = max(map(len, lines), default=0)
    if longest > PARAGRAPH_LIMIT:
        raise Unfit(
            f"Ada alinea terlalu panjang ({longest} huruf, paling banyak {PARAGRAPH_LIMIT})."
        )


def few(texts: Iterable[str], *, limit: int, most: int) -> tuple[str, ...]:
    """Return short names each once, differing in more than case; long ones are left out."""
    found: dict[str, str] = {}
    for text in texts:
        name = " ".join(" ".join(paragraphs_of(text)).split()).strip(" #,;")
        if name and len(name) <= limit:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:most]


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
