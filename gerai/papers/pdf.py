"""A sheet as PDF: tagged, in Indonesian, set by typst without any other program."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from gerai.papers.blocks import (
    Facts,
    Heading,
    Picture,
    Sheet,
    Signature,
    Signatures,
    Table,
    picture_bytes,
    printable,
    to_json,
)
from gerai.papers.shape import (
    HIGHEST_MM,
    NO_PICTURE,
    PAGE_WORDS,
    SIGNATURE_MM,
    TEXT_MM,
    Check,
    fitted,
    parts_of,
    qr_svg,
)

TEMPLATE: Final = Path(__file__).parent / "typst" / "sheet.typ"
ACCESSIBLE: Final = "ua-1"
QR_WORDS: Final = "Kode QR untuk memeriksa keaslian surat ini"
PICTURE: Final = "Gambar"
UNTITLED: Final = "Surat"

LONG_WORD: Final = 60
LONG_ADDRESS: Final = 90
SHORT_PART: Final = 8
LETTER_MM: Final = 2.1
CELL_LETTER_MM: Final = 2.4
NAMES_MM: Final = (18, 62)
BREAK: Final = "\u200b"


def pdf(sheet: Sheet, *, check: Check | None = None, at: datetime | None = None) -> bytes:
    """Return a sheet as PDF; the same sheet at the same moment gives the same bytes.

    PDF/UA-1 where it can be kept: a letter that the font cannot show (an emoji) costs the
    label, never the paper.
    """
    source = {"sheet": json.dumps(_data(sheet, check, is_dated=at is not None))}
    try:
        return _compiled(source, at, [ACCESSIBLE])
    except typst.TypstError:
        return _compiled(source, at, [])


def _compiled(source: dict[str, str], at: datetime | None, standards: list[Any]) -> bytes:
    found = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=source,
        pdf_standards=standards,
        timestamp=int(at.astimezone(UTC).timestamp()) if at else 0,
    )
    if not isinstance(found, bytes):
        raise TypeError(type(found))
    return found


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _data(sheet: Sheet, check: Check | None, *, is_dated: bool) -> dict[str, Any]:
    width = TEXT_MM[sheet.is_landscape]
    told = {
        **_texts(to_json(sheet), round(width / LETTER_MM)),
        "title": printable(sheet.title).replace("\n", " ") or UNTITLED,
        "author": [printable(line) for line in sheet.letterhead],
        "about": _facts(sheet.about) if sheet.about else None,
        "is_letter": sheet.is_letter,
        "is_dated": is_dated,
        "page_words": PAGE_WORDS,
        "blocks": _blocks(sheet),
    }
    if check is not None:
        told["check"] = {
            "qr": qr_svg(check.address) if check.address else "",
            "alt": QR_WORDS,
            "lines": [breakable(line, LONG_ADDRESS) for line in check.lines],
        }
    return told


def _blocks(sheet: Sheet) -> list[dict[str, Any]]:
    before = 0 if sheet.is_letter else 1
    level = before
    told = []
    for block in sheet.blocks:
        match block:
            case Heading():
                # No level is skipped, or the outline of the document would be broken.
                level = min(max(block.level, 1) + before, level + 1, 4)
                told.append({"block": "heading", "text": breakable(block.text, 40), "level": level})
            case Facts():
                told.append(_facts(block))
            case Table():
                told.append(_table(block, sheet))
            case Picture():
                room = TEXT_MM[sheet.is_landscape], HIGHEST_MM[sheet.is_landscape]
                told.append({"block": "picture", **_picture(block, *room)})
            case Signature():
                told.append({"block": "signatures", "all": [_signature(block)]})
            case Signatures():
                signed = [_signature(each) for each in block.all]
                told.extend([{"block": "signatures", "all": signed}] if signed else [])
            case _:
                plain = to_json(Sheet(title="", blocks=(block,)))["blocks"][0]
                told.append(_texts(plain, LONG_WORD))
    return told


def _facts(block: Facts) -> dict[str, Any]:
    longest = max((len(name) for name, _value in block.rows), default=0)
    width = min(max(longest * LETTER_MM, NAMES_MM[0]), NAMES_MM[1])
    rows = [
        [breakable(name, round(width / LETTER_MM)), breakable(value, 45)]
        for name, value in block.rows
    ]
    return {"block": "facts", "rows": rows, "name_width": width}


def _table(block: Table, sheet: Sheet) -> dict[str, Any]:
    columns = max([len(block.head), *(len(row) for row in block.rows), 1])
    parts = parts_of(block.widths, columns)
    inner = [int(TEXT_MM[sheet.is_landscape] * part / sum(parts)) - 4 for part in parts]
    highest = HIGHEST_MM[True]

    def told(row: Sequence[str | Picture]) -> list[Any]:
        filled = [*row, *[""] * (columns - len(row))]
        return [
            breakable(cell, max(3, int(width / CELL_LETTER_MM)))
            if isinstance(cell, str)
            else _picture(cell, width, highest)
            for cell, width in zip(filled, inner, strict=True)
        ]

    head = told(block.head) if block.head else []
    return {
        "block": "table",
        "head": head,
        "rows": [told(row) for row in block.rows],
        "widths": parts,
    }


def _picture(picture: Picture, widest_mm: int, highest_mm: int) -> dict[str, Any]:
    data, width = fitted(picture_bytes(picture), picture.width_mm, widest_mm, highest_mm)
    caption = printable(picture.caption)
    return {
        "bytes": list(data),
        "caption": caption,
        "alt": (caption or PICTURE) if data else caption or NO_PICTURE,
        "width_mm": width,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    mark = signature.picture
    return {
        "place_and_day": breakable(signature.place_and_day, 30),
        "role": breakable(signature.role, 30),
        "name": breakable(signature.name, 30),
        "number": breakable(signature.number, 30),
        "picture": _picture(mark, *SIGNATURE_MM) if mark else None,
    }


def _texts(value: Any, most: int) -> Any:
    if isinstance(value, str):
        return breakable(value, most)
    if isinstance(value, list):
        return [_texts(each, most) for each in value]
    if isinstance(value, dict):
        return {name: _texts(each, most) for name, each in value.items()}
    return value


def breakable(text: str, most: int) -> str:
    """Return a printable text in which words of more than `most` letters may break."""
    step = min(most, SHORT_PART)

    def parted(word: re.Match[str]) -> str:
        letters = word.group()
        return BREAK.join(letters[at : at + step] for at in range(0, len(letters), step))

    return re.sub(rf"\S{{{most + 1},}}", parted, printable(text))
