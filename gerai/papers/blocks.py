"""What a paper says, without how it looks: one sheet of blocks, as data."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import count
from typing import Any, Final, TypeAlias, TypeVar

NUMBER: Final = "{number}"
LEVELS: Final = range(1, 4)

T = TypeVar("T")

# Control letters (but tab and line end), halves of surrogates, direction overrides, BOM.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


class UnknownBlock(ValueError):
    """Stored data is no sheet: an unknown block, a missing or a superfluous part."""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1, 2 or 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; its line ends are kept."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Names and values, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bullets:
    """A list with points or numbers."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG in base64; the caption is its alternative text too."""

    data: str
    caption: str = ""
    width_mm: int = 160


@dataclass(frozen=True)
class Table:
    """Rows below a head that is repeated on each page; widths are parts of the whole."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | Picture, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Where and when, in which capacity, the mark itself, the name and its number."""

    place_and_day: str
    role: str
    name: str
    number: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Signatures:
    """Signatures side by side."""

    all: tuple[Signature, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = (
    Heading | Paragraph | Facts | Bullets | Table | Picture | Signature | Signatures | PageBreak
)


@dataclass(frozen=True)
class Sheet:
    """A whole paper. With an addressee it is a letter, whose title is not printed."""

    title: str
    blocks: tuple[Block, ...]
    letterhead: tuple[str, ...] = ()
    about: Facts | None = None
    to: tuple[str, ...] = ()
    foot: str = ""
    is_landscape: bool = False

    @property
    def is_letter(self) -> bool:
        """Tell whether the sheet has an addressee."""
        return bool(self.to)


KINDS: Final[Mapping[str, type]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "facts": Facts,
    "bullets": Bullets,
    "table": Table,
    "picture": Picture,
    "signature": Signature,
    "signatures": Signatures,
    "page_break": PageBreak,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}


def printable(text: str) -> str:
    """Return a text without letters that no printer shows."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def to_json(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as JSON values."""
    return _parts(sheet)


def _parts(part: Any) -> dict[str, Any]:
    return {each.name: _plain(getattr(part, each.name)) for each in fields(part)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {"block": _NAMES[type(value)], **_parts(value)}
    return value


def from_json(data: object) -> Sheet:
    """Return the sheet that JSON values tell of.

    :raises UnknownBlock: they tell of something else
    """
    told = _named(data, Sheet)
    return Sheet(
        title=_text(told["title"]),
        blocks=tuple(_block(each) for each in _list(told["blocks"])),
        letterhead=_texts(told.get("letterhead", [])),
        about=_one(told.get("about"), Facts),
        to=_texts(told.get("to", [])),
        foot=_text(told.get("foot", "")),
        is_landscape=_truth(told.get("is_landscape", False)),
    )


def _named(data: object, kind: type) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise UnknownBlock(f"{kind.__name__}: no object")
    told = {name: value for name, value in data.items() if name != "block" or kind is Sheet}
    known = {each.name for each in fields(kind)}
    needed = {
        each.name
        for each in fields(kind)
        if each.default is each.default_factory  # neither is given
    }
    wrong = sorted(map(str, (told.keys() - known) | (needed - told.keys())))
    if wrong:
        raise UnknownBlock(f"{kind.__name__}: {', '.join(wrong)}")
    return told


def _block(data: object) -> Any:
    name = data.get("block") if isinstance(data, dict) else None
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise UnknownBlock(f"no block: {str(name)[:40]!r}")
    told = _named(data, kind)
    return kind(**{part: _READERS[kind.__name__, part](value) for part, value in told.items()})


def _one(data: object, kind: type[T]) -> T | None:
    if data is None:
        return None
    found = _block(data)
    if not isinstance(found, kind):
        raise UnknownBlock(f"not a {kind.__name__}")
    return found


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise UnknownBlock("no list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnknownBlock("no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnknownBlock("no whole number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnknownBlock("neither true nor false")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value))


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    pairs = [_texts(each) for each in _list(value)]
    if any(len(pair) != len(("name", "value")) for pair in pairs):
        raise UnknownBlock("no pair")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _cell(value: object) -> str | Picture:
    if isinstance(value, str):
        return value
    return _picture(value)


def _picture(value: object) -> Picture:
    found = _one(value, Picture)
    if found is None:
        raise UnknownBlock("no picture")
    return found


_READERS: Final[Mapping[tuple[str, str], Any]] = {
    ("Heading", "text"): _text,
    ("Heading", "level"): _whole,
    ("Paragraph", "text"): _text,
    ("Facts", "rows"): _pairs,
    ("Bullets", "items"): _texts,
    ("Bullets", "is_numbered"): _truth,
    ("Picture", "data"): _text,
    ("Picture", "caption"): _text,
    ("Picture", "width_mm"): _whole,
    ("Table", "head"): _texts,
    ("Table", "rows"): lambda rows: tuple(
        tuple(_cell(cell) for cell in _list(row)) for row in _list(rows)
    ),
    ("Table", "widths"): lambda widths: tuple(_whole(each) for each in _list(widths)),
    ("Signature", "place_and_day"): _text,
    ("Signature", "role"): _text,
    ("Signature", "name"): _text,
    ("Signature", "number"): _text,
    ("Signature", "picture"): lambda value: _one(value, Picture),
    ("Signatures", "all"): lambda value: tuple(_signature(each) for each in _list(value)),
}


def _signature(value: object) -> Signature:
    found = _one(value, Signature)
    if found is None:
        raise UnknownBlock("no signature")
    return found


def with_number(sheet: Sheet, number: str) -> Sheet:
    """Return a sheet with its number in place of "{number}", and unprintable letters gone."""

    def told(text: str) -> str:
        return printable(text).replace(NUMBER, number)

    numbered: Sheet = _mapped(sheet, told)
    return numbered


def _mapped(value: Any, told: Any) -> Any:
    if isinstance(value, str):
        return told(value)
    if isinstance(value, tuple):
        return tuple(_mapped(each, told) for each in value)
    if isinstance(value, Picture):
        return replace(value, caption=told(value.caption))
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _mapped(getattr(value, each.name), told) for each in fields(value)}
        return replace(value, **parts)
    return value


def picture_bytes(picture: Picture) -> bytes:
    """Return the bytes of a picture; none if it is neither PNG nor JPEG."""
    try:
        data = base64.b64decode(picture.data, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) else b""


def signatures_of(block: Block) -> tuple[Signature, ...]:
    """Return the signatures of a block."""
    if isinstance(block, Signature):
        return (block,)
    return block.all if isinstance(block, Signatures) else ()


def text_lines(sheet: Sheet) -> list[str]:
    """Return all words of a sheet as they are read, line by line."""
    about = _lines_of(sheet.about) if sheet.about else iter(())
    title = () if sheet.is_letter else (sheet.title,)
    body = (line for block in sheet.blocks for line in _lines_of(block))
    foot = (sheet.foot,) if sheet.foot else ()
    told = (*sheet.letterhead, *title, *about, *sheet.to, *body, *foot)
    return [line for text in told for line in printable(text).split("\n") if line.strip()]


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Facts():
            yield from (f"{name}: {value}" for name, value in block.rows)
        case Bullets():
            marks = (f"{n}." if block.is_numbered else "•" for n in count(1))
            yield from (f"{mark} {item}" for mark, item in zip(marks, block.items, strict=False))
        case Table():
            yield from (_row_line(row) for row in (block.head, *block.rows))
        case Picture():
            yield block.caption
        case _:
            for one in signatures_of(block):
                yield from (one.place_and_day, one.role, one.name, one.number)


def _row_line(row: Sequence[str | Picture]) -> str:
    cells = [cell if isinstance(cell, str) else cell.caption for cell in row]
    return " | ".join(cell.replace("\n", " ") for cell in cells)
