"""Reading a blueprint file that somebody sent: nothing in it is believed before it is checked."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from gerai.blueprint import shape, signing
from gerai.directory.catalogue.texts import same_code, shown

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

# So many marks a parser may meet: a file of a million empty parts stops here.
MOST_OPENED = 200_000
MOST_MARKS = 2_000_000
BY_CODE = frozenset({"agency", "service", "agency_hours", "agreement"})
COMPRESSED = {
    b"PK": "ZIP",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"BZh": "BZIP2",
    b"\xfd7zXZ": "XZ",
    b"(\xb5/\xfd": "Zstandard",
    b"%PDF": "PDF",
}
_BOM = b"\xef\xbb\xbf"

# The closing quote may be missing, so that no start is ever tried in vain.
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_WHERE = re.compile(r"[^A-Za-z0-9_.\[\]$]")


class Unusable(ValueError):
    """A file cannot be used as a whole. why: a word for the reason; facts: what it is about."""

    def __init__(self, why: str, **facts: object) -> None:
        self.why = why
        self.facts = facts
        super().__init__(why)


@dataclass(frozen=True)
class PartKey:
    """Which part: its kind, and its key as two spellings of a code have in common."""

    kind: str
    key: str


def part_key(kind: str, key: str) -> PartKey:
    """Return what a part is known by: case and blanks of a code do not count.

    >>> part_key("service", "Duk 01"), part_key("zone", "Z1")
    (PartKey(kind='service', key='duk01'), PartKey(kind='zone', key='Z1'))
    """
    return PartKey(kind, same_code(key) if kind in BY_CODE else key)


@dataclass(frozen=True)
class FilePart:
    """A part of a file, held against its kind."""

    kind: str
    key: str
    content: dict[str, Any]

    @property
    def known_by(self) -> PartKey:
        """Return what it is compared by."""
        return part_key(self.kind, self.key)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of its content."""
        return shape.fingerprint_of(self.content)


@dataclass(frozen=True)
class BadPart:
    """A part of a file that cannot be used. why: unknown_kind, shape, twice or day."""

    kind: str
    key: str
    why: str
    where: str = ""


@dataclass(frozen=True)
class Blueprint:
    """A file that is whole, of a version we know, and signed by the key it names."""

    issued_at: datetime
    installation: str
    mall: dict[str, Any]
    licence: str
    fingerprint: str
    public_key: str
    parts: tuple[FilePart, ...]
    bad: tuple[BadPart, ...]
    measures: tuple[dict[str, Any], ...]


def read(data: bytes) -> Blueprint:
    """Return what a file says.

    :raises Unusable: too large, packed, no blueprint, of a newer version, or tampered with
    """
    document = _parsed(data)
    _check_format(document)
    if wrong := next(_validator().iter_errors(document), None):
        raise Unusable("shape", where=_where(wrong))
    try:
        signed = shape.signed_bytes(document)
    except UnicodeEncodeError:
        raise Unusable("text") from None
    signature = document["signature"]
    if shape.fingerprint(signed) != document["fingerprint"]:
        raise Unusable("tampered")
    if not signing.is_signed(
        signed, public_key=signature["public_key"], signature=signature["value"]
    ):
        raise Unusable("signature")
    try:
        issued_at = datetime.fromisoformat(document["issued_at"])
        _check_day(document["mall"]["opened_on"])
    except ValueError:
        raise Unusable("shape", where="issued_at") from None
    parts, bad = _sorted_out(document["parts"])
    return Blueprint(
        issued_at=issued_at,
        installation=document["installation"],
        mall=document["mall"],
        licence=document["licence"],
        fingerprint=document["fingerprint"],
        public_key=signature["public_key"],
        parts=tuple(parts),
        bad=tuple(bad),
        measures=tuple(document["measures"]),
    )


def fits(kind: str, key: str, content: dict[str, Any]) -> bool:
    """Tell whether a part of our own may stand in a file."""
    return _validator(kind).is_valid({"kind": kind, "key": key, "content": content})


@cache
def _validator(kind: str | None = None) -> "Draft202012Validator":
    """Return what holds a part of a kind against its schema, or the file around the parts."""
    # Heavy, and of no use to most requests.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(shape.PARTS[kind] if kind else shape.ENVELOPE)


def _parsed(data: bytes) -> Any:
    if len(data) > shape.MOST_BYTES:
        raise Unusable("large", most=shape.MOST_BYTES // (1024 * 1024))
    if not data.strip():
        raise Unusable("empty")
    for sign, name in COMPRESSED.items():
        if data.startswith(sign):
            raise Unusable("packed", name=name)
    data = data.removeprefix(_BOM)
    _check_size(data)
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_number,
        )
    except UnicodeDecodeError:
        raise Unusable("text") from None
    except RecursionError:
        raise Unusable("deep") from None
    except json.JSONDecodeError as wrong:
        raise Unusable("json", line=wrong.lineno) from None


def _check_size(data: bytes) -> None:
    """Refuse what would cost a parser much, before it begins; marks within texts count too."""
    opened, closed = (sum(map(data.count, marks)) for marks in ((b"{", b"["), (b"}", b"]")))
    if max(opened, closed) > MOST_OPENED or data.count(b",") + data.count(b":") > MOST_MARKS:
        raise Unusable("many")
    depth = deepest = 0
    for mark in _BRACKET.findall(_QUOTED.sub(b"", data)):
        depth += 1 if mark in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > shape.MOST_DEPTH:
        raise Unusable("deep")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _value in pairs:
            if name in seen:
                raise Unusable("twice", name=shown(name))
            seen.add(name)
    return found


def _integer(digits: str) -> int:
    if len(digits) > len(str(-shape.MOST_INTEGER)) or abs(int(digits)) > shape.MOST_INTEGER:
        raise Unusable("number")
    return int(digits)


def _number(_text: str) -> NoReturn:
    raise Unusable("number")


def _check_format(document: Any) -> None:
    if not isinstance(document, dict) or document.get("format") != shape.FORMAT:
        raise Unusable("format")
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Unusable("shape", where="version")
    if version > shape.VERSION:
        raise Unusable("newer", version=version, known=shape.VERSION)


def _sorted_out(written: list[dict[str, Any]]) -> tuple[list[FilePart], list[BadPart]]:
    parts: list[FilePart] = []
    bad: list[BadPart] = []
    seen: set[PartKey] = set()
    for each in written:
        kind, key = each["kind"], each["key"]
        wrong = _fault(each)
        if wrong is None and part_key(kind, key) in seen:
            wrong = BadPart(kind, key, "twice")
        if wrong is not None:
            bad.append(wrong)
            continue
        seen.add(part_key(kind, key))
        parts.append(FilePart(kind, key, each["content"]))
    place = {kind: position for position, kind in enumerate(shape.KINDS)}
    parts.sort(key=lambda part: place[part.kind])
    return parts, bad


def _fault(part: dict[str, Any]) -> BadPart | None:
    kind, key = part["kind"], part["key"]
    if kind not in shape.PARTS:
        return BadPart(kind, key, "unknown_kind")
    if wrong := next(_validator(kind).iter_errors(part), None):
        return BadPart(kind, key, "shape", _where(wrong))
    try:
        for day in _days(part["content"]):
            _check_day(day)
    except ValueError:
        return BadPart(kind, key, "day")
    return None


def _days(content: dict[str, Any]) -> Iterator[str | None]:
    standard = content.get("standard")
    if isinstance(standard, dict):
        yield standard["valid_from"]


def _check_day(day: str | None) -> None:
    if day is not None:
        date.fromisoformat(day)


def _where(wrong: "ValidationError") -> str:
    return _WHERE.sub("", wrong.json_path)[:80]
