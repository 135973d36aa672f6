"""What a text from a file must be before it may stand in the mall: the limits, and the refusal."""

import re
import unicodedata

NOT_STATED = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})

CODE_LIMIT = 40
NAME_LIMIT = 240
AGENCY_NAME_LIMIT = 200
SHORT_NAME_LIMIT = 60
TEXT_LIMIT = 4000
LIST_LIMIT = 100

_NOT_IN_AN_ADDRESS = re.compile(r"[^a-z0-9]+")
_SHOWN = 40
_PICTURES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001ffff]")
_FORMULA_SIGNS = ("=", "+", "-", "@")


class Unfit(ValueError):
    """An entry cannot be taken; the message says why (Indonesian)."""


def shown(text: str) -> str:
    """Return a piece of foreign text that may be printed in a message."""
    printable = "".join(
        mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text
    )
    return printable if len(printable) <= _SHOWN else f"{printable[:_SHOWN]}…"


def label(text: str, column: str, limit: int) -> str:
    """Return a name or code in one line, blanks collapsed; "-" says that nothing is stated.

    :raises Unfit: too long, control marks, pictures, or what a spreadsheet would run as formula
    """
    found = " ".join(_without_control_marks(text, column).split())
    if found in NOT_STATED:
        return ""
    if _PICTURES.search(found):
        raise Unfit(
            f"Kolom “{column}” memuat gambar (emoji). Tuliskan dengan huruf dan angka saja."
        )
    if found.startswith(_FORMULA_SIGNS):
        raise Unfit(f"Kolom “{column}” diawali “{found[0]}” seperti rumus. Hapus tanda itu.")
    return _within(found, column, limit)


def prose(text: str, column: str, limit: int = TEXT_LIMIT) -> str:
    """Return a text word for word, the blanks around it left out; "-" says nothing is stated.

    :raises Unfit: too long, control marks, or what a spreadsheet would run as formula
    """
    found = _without_control_marks(text, column).strip()
    if found in NOT_STATED:
        return ""
    if found.startswith("="):
        raise Unfit(f"Kolom “{column}” diawali “=” seperti rumus. Hapus tanda itu.")
    return _within(found, column, limit)


def same_code(code: str) -> str:
    """Return what two codes that mean the same have in common: case and blanks do not count."""
    return "".join(code.split()).casefold()


def slug_of(code: str) -> str:
    """Return a code as its address writes it: small letters, digits and single hyphens.

    >>> slug_of("DUK-01"), slug_of(" 449.11 ")
    ('duk-01', '449-11')
    """
    return _NOT_IN_AN_ADDRESS.sub("-", code.lower()).strip("-")


def same_name(name: str) -> str:
    """Return what two spellings of a name have in common: letters and digits only."""
    return "".join(mark for mark in name.casefold() if mark.isalnum())


def _without_control_marks(text: str, column: str) -> str:
    # Cc control, Cf invisible (direction, zero width), Cs half a character.
    for mark in text:
        if mark not in "\r\n\t" and unicodedata.category(mark) in {"Cc", "Cf", "Cs"}:
            raise Unfit(
                f"Kolom “{column}” memuat tanda yang tidak terlihat (U+{ord(mark):04X}). "
                "Ketik ulang isinya."
            )
    return text


def _within(text: str, column: str, limit: int) -> str:
    if len(text) > limit:
        raise Unfit(
            f"Kolom “{column}” terlalu panjang ({len(text)} huruf, paling banyak {limit}). "
            "Persingkat isinya."
        )
    return text
