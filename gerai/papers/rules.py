"""How a paper gets its number, its version and its fingerprint."""

import hashlib
import json
import re
import string
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final

DEFAULT_PATTERN: Final = "{number:03}/{code}/{roman_month}/{year}"
CODES: Final = {
    "answer": "JWB",
    "invitation": "UND",
    "letter": "SRT",
    "spd": "SPD",
    "assignment": "ST",
    "attendance": "DH",
    "programme": "ACR",
    "minutes": "NTL",
    "report": "LAP",
    "certificate": "KET",
    "agreement": "PKS",
    "proposal": "USL",
    "decree": "SK",
    "regulation": "PER",
    "study": "KJN",
    "plan": "RKJ",
    "request_letter": "MHN",
    "urgency_study": "KJN-U",
    "decree_draft": "RSK",
    "inauguration_programme": "ACR-P",
}
LONGEST_NUMBER: Final = 120
LONGEST_PATTERN: Final = 60
LONGEST_CODE: Final = 30
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

SAME: Final = "same"
ADDED: Final = "added"
GONE: Final = "gone"
SKIPPED: Final = "skipped"
AROUND: Final = 2

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_THING = re.compile(r"[a-z][a-z0-9_.-]{0,39}(:[A-Za-z0-9_.:-]{1,60})?")
_DIGITS = re.compile(r"0?[1-9]?")
_PARTS = {"number", "code", "month", "roman_month", "year", "mall"}


class BadPattern(ValueError):
    """A pattern of numbers that cannot be used; the text is what is wrong with it."""


def checked_pattern(pattern: str) -> str:
    """Return a pattern that has its number and year and nothing unknown.

    :raises BadPattern: it has not
    """
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as wrong:
        raise BadPattern("braces") from wrong
    named = [
        (name, width or "", turned) for _text, name, width, turned in parts if name is not None
    ]
    for name, width, turned in named:
        if name not in _PARTS or turned:
            raise BadPattern(name or "{}")
        if width and (name != "number" or not _DIGITS.fullmatch(width)):
            raise BadPattern(f"{name}:{width}")
    names = {name for name, _width, _turned in named}
    for needed in ("number", "year"):
        if needed not in names:
            raise BadPattern(needed)
    return pattern


def number_text(pattern: str, *, number: int, code: str, day: date, mall: str = "") -> str:
    """Return the number of a paper in words of its pattern.

    >>> number_text(DEFAULT_PATTERN, number=7, code="MPP", day=date(2026, 11, 26))
    '007/MPP/XI/2026'
    """
    text = checked_pattern(pattern).format(
        number=number,
        code=code,
        month=f"{day.month:02}",
        roman_month=ROMAN[day.month - 1],
        year=day.year,
        mall=mall,
    )
    return text[:LONGEST_NUMBER]


def default_code(kind: str) -> str:
    """Return the code that tells the numbers of a kind from those of others.

    >>> default_code("answer"), default_code("spoon")
    ('JWB-MPP', 'SPOON-MPP')
    """
    return f"{CODES.get(kind, kind.upper()[:20])}-MPP"


def is_slug(kind: str) -> bool:
    """Tell whether a text may be a kind of papers."""
    return bool(_SLUG.fullmatch(kind))


def is_key(thing: str) -> bool:
    """Tell whether a text may be the key of a thing: "founding", "visit:12"."""
    return bool(_THING.fullmatch(thing))


def digest_of(content: Any) -> str:
    """Return the digest of JSON values, whatever the order of their names."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def fingerprint(digest: str) -> str:
    """Return the part of a digest that people compare by eye.

    >>> fingerprint("0f3a99c2be4117d0" + "0" * 48)
    '0F3A-99C2-BE41-17D0'
    """
    return "-".join(digest[start : start + 4].upper() for start in range(0, 16, 4))


def differences(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Tell line by line what is the same, gone and added; long same parts are cut."""
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from _near(before[a:b], is_first=a == 0, is_last=b == len(before))
        else:
            yield from ((GONE, line) for line in before[a:b])
            yield from ((ADDED, line) for line in after[c:d])


def _near(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[tuple[str, str]]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from ((SAME, line) for line in lines)
        return
    yield from ((SAME, line) for line in lines[:head])
    yield SKIPPED, str(len(lines) - head - tail)
    yield from ((SAME, line) for line in lines[len(lines) - tail :])
