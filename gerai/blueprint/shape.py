"""The form of a blueprint file: kinds of parts, their limits, how it is written for hashing.

`SCHEMA` is the published JSON Schema (docs/reference/blueprint-1.schema.json); a test holds the
two equal. Canonical is RFC 8785 (JCS): a blueprint has no fractions, no integers beyond 2^53 - 1
and only ASCII names, so sorted names and the shortest escapes are all that is to do.
"""

import hashlib
import json
from typing import Any, Final

from gerai.queue.rules import GROUPS, HOWS, LANGUAGES

FORMAT: Final = "gerai-blueprint"
VERSION: Final = 1
SCHEMA_ID: Final = "https://gerai.example/reference/blueprint-1.schema.json"
UNSIGNED: Final = ("fingerprint", "signature")

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PARTS: Final = 5_000
MOST_DEPTH: Final = 12
MOST_INTEGER: Final = 2**53 - 1
CODE: Final = 40
LINES: Final = 200
PROSE: Final = 100_000
SMALL: Final = 32_767

# Control letters but tab and line end, direction and invisible marks, halves of surrogates.
_PRINTABLE = (
    r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$"
)
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$"

Json = dict[str, Any]


def _text(most: int, *, least: int = 0) -> Json:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": _PRINTABLE}


def _whole(least: int, most: int) -> Json:
    return {"type": "integer", "minimum": least, "maximum": most}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _matching(pattern: str, most: int = 40) -> Json:
    return {"type": "string", "maxLength": most, "pattern": pattern}


def _list(items: Json, most: int, *, unique: bool = False) -> Json:
    return {"type": "array", "items": items, "maxItems": most} | (
        {"uniqueItems": True} if unique else {}
    )


def _object(description: str = "", **properties: Json) -> Json:
    told = {"description": description} if description else {}
    return told | {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _optional(schema: Json, **properties: Json) -> Json:
    """Let an object say more, which may be left out."""
    return schema | {"properties": schema["properties"] | properties}


def _rows(**properties: Json) -> Json:
    return _list(_object("", **properties), 40)


_WEEKDAY = _whole(0, 6)
_WEEKDAYS = _list(_WEEKDAY, 7, unique=True)
_CODE = _text(CODE, least=1)
_CODES = _list(_CODE, 400, unique=True)
_NOBODY = _list(_CODE, 0)
_PLACE = {"x": _whole(0, 1000), "y": _whole(0, 600), "width": _whole(1, 1000)} | {
    "height": _whole(1, 600)
}
_DAYS = {
    "days": _list(
        _object(
            weekday=_WEEKDAY,
            opens=_matching(_CLOCK),
            closes=_matching(_CLOCK),
            last_ticket=_or_null(_matching(_CLOCK)),
        ),
        7,
    ),
    "breaks": _list(
        _object(weekday=_WEEKDAY, starts=_matching(_CLOCK), ends=_matching(_CLOCK)), 70
    ),
}
_STANDARD = _object(
    "The 14 components of a service standard; an empty one was not stated.",
    valid_from=_or_null(_matching(_DAY)),
    decree_number=_text(120),
    source=_text(PROSE),
    verification=_text(40),
    requirements=_list(_object(text=_text(PROSE, least=1), condition=_text(400)), LINES),
    procedure=_list(_text(PROSE), LINES),
    duration=_object(
        text=_text(400),
        least=_or_null(_whole(0, 2_147_483_647)),
        most=_or_null(_whole(0, 2_147_483_647)),
        unit={"enum": ["", "menit", "jam", "hari", "hari_kerja", "minggu", "bulan"]},
    ),
    fee=_object(text=_text(PROSE), rupiah=_or_null(_whole(0, MOST_INTEGER))),
    product=_text(240),
    validity=_text(120),
    complaints=_text(PROSE),
    legal_basis=_text(PROSE),
    facilities=_text(PROSE),
    competence=_text(PROSE),
    supervision=_text(PROSE),
    staff=_text(PROSE),
    service_guarantee=_text(PROSE),
    security_guarantee=_text(PROSE),
    evaluation=_text(PROSE),
)

CONTENTS: Final[dict[str, Json]] = {
    "hours": _object(
        "The mall's week, 0 = Monday; whether joint leave closes it. Key: mall.",
        joint_leave_closes={"type": "boolean"},
        **_DAYS,
    ),
    "agency": _object(
        "An agency that serves in the mall. Key: its code.",
        name=_text(200, least=1),
        short_name=_text(60, least=1),
        kind={"enum": ["", "opd", "vertical", "province", "bumn", "bumd", "private"]},
        site=_matching(r"^$|^https?://[^\s<>\"]+$", 300),
        icon=_matching(r"^[a-z0-9-]{1,40}$"),
    ),
    "service": _object(
        "A service with the standard in force. Key: its code.",
        agency=_CODE,
        name=_text(240, least=1),
        standard=_or_null(_STANDARD),
    ),
    "line": _object(
        "A queue line with the services that stand in it. Key: its letters.",
        agency=_CODE,
        name=_text(120, least=1),
        usual_minutes=_whole(0, SMALL),
        services=_list(_CODE, 1_000, unique=True),
    ),
    "floor": _object("A floor of the building. Key: its number.", name=_text(60, least=1)),
    "zone": _object(
        "A zone on the plan of a floor, a sheet of 1000 x 600. Key: its code.",
        floor=_whole(-SMALL, SMALL),
        name=_text(60, least=1),
        **_PLACE,
    ),
    "counter": _object(
        "A counter on the plan, and who sits there on which weekdays. Key: its code.",
        zone=_text(8, least=1),
        position=_whole(0, SMALL),
        seats=_list(_object(agency=_CODE, weekdays=_WEEKDAYS), 50),
        **_PLACE,
    ),
    "call_rule": _optional(
        _object(
            "The published order of calling: docs/reference/call-rule.md. What is left out is as "
            "usual. Key: mall.",
            priority_in_a_row=_whole(0, 5),
            recalls=_whole(1, 5),
            return_after=_whole(0, 20),
            undo_seconds=_whole(0, 60),
        ),
        ordinary_in_a_row=_whole(1, 5),
        routes=_rows(
            line=_text(4, least=1),
            services=_CODES,
            groups=_list({"enum": list(GROUPS)}, len(GROUPS), unique=True),
            languages=_list({"enum": list(LANGUAGES)}, len(LANGUAGES), unique=True),
        ),
        plans=_rows(
            how={"enum": list(HOWS)},
            counters=_CODES,
            officers=_NOBODY,
            lines=_rows(line=_text(4, least=1), share=_whole(1, 10)),
        ),
        skills=_rows(services=_CODES, counters=_CODES, officers=_NOBODY),
        limits=_rows(
            minutes=_whole(1, 480),
            line=_text(4),
            group={"enum": ["", "priority", "ordinary"]},
        ),
    ),
    "agency_hours": _object(
        "An agency's own week where it departs from the mall's. Key: the agency's code.",
        **_DAYS,
    ),
    "agreement": _object(
        "What is agreed with an agency, without dates, names and signers. Key: its code.",
        duty_days=_WEEKDAYS,
        officers=_whole(0, SMALL),
        agency_brings=_text(PROSE),
        operator_brings=_text(PROSE),
    ),
    "facility": _object(
        "A line of the checklist of facilities; whether it is there is not said. Key: its code.",
        name=_text(120, least=1),
        group=_text(60),
        floor=_text(60),
        note=_text(400),
        source=_text(300),
        is_required={"type": "boolean"},
    ),
    "guide": _object(
        "A text on how the mall works, in plain paragraphs. Key: its code.",
        kind={"enum": ["flow", "house_rules", "complaints", "procedure", "template", "staff"]},
        title=_text(200, least=1),
        text=_text(PROSE),
        source=_text(300),
    ),
}
# In this order a part finds what it refers to.
KINDS: Final = tuple(CONTENTS)
# What may be left out of a file or of taking it: the kinds of parts, and the figures.
MEASURE: Final = "measure"
CHOICES: Final = (*KINDS, MEASURE)
_KEYS: Final[dict[str, Json]] = {
    "hours": {"const": "mall"},
    "call_rule": {"const": "mall"},
    "line": _text(4, least=1),
    "floor": _matching(r"^(0|-?[1-9][0-9]{0,4})$"),
    "zone": _text(8, least=1),
    "counter": _text(12, least=1),
}
_MEASURE = _object(
    "A figure of the model, to compare with; what a key of a version means is said in "
    "docs/reference/measures.md. value, low, high: decimal numbers as text.",
    key=_text(40, least=1),
    version=_whole(1, SMALL),
    value=_or_null(_matching(_NUMBER)),
    low=_or_null(_matching(_NUMBER)),
    high=_or_null(_matching(_NUMBER)),
    n=_whole(0, MOST_INTEGER),
    until=_matching(_DAY),
    detail=_list({"type": "array", "items": _text(240), "minItems": 2, "maxItems": 2}, 600),
)


def _part(kind: str) -> Json:
    return _object(
        kind={"const": kind}, key=_KEYS.get(kind, _CODE), content={"$ref": f"#/$defs/{kind}"}
    )


def _file(parts: Json) -> Json:
    return _object(
        "",
        format={"const": FORMAT},
        version={"const": VERSION},
        issued_at=_matching(
            r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
        ),
        installation=_matching(r"^[0-9a-f]{32}$"),
        mall=_object(
            slug=_matching(r"^[a-zA-Z0-9_-]{1,63}$", 63),
            name=_text(120, least=1),
            region_code=_matching(r"^$|^[0-9]{2}(\.[0-9]{2})?$"),
            zone={"enum": ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]},
            opened_on=_or_null(_matching(_DAY)),
        ),
        licence=_text(80, least=1),
        parts=parts,
        measures=_list(_MEASURE, 200),
        fingerprint=_matching(r"^[0-9a-f]{64}$", 64),
        signature=_object(
            algorithm={"const": "Ed25519"},
            public_key=_matching(r"^[A-Za-z0-9+/]{43}=$", 44),
            value=_matching(r"^[A-Za-z0-9+/]{86}==$", 88),
        ),
    )


SCHEMA: Final[Json] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": SCHEMA_ID,
    "title": "Gerai blueprint, version 1",
    **_file(_list({"oneOf": [_part(kind) for kind in KINDS]}, MOST_PARTS)),
    "$defs": CONTENTS,
}
# The file around its parts; each part is held against its own kind, so that one can be refused
# while the others are taken.
ENVELOPE: Final[Json] = _file(
    _list(_object(kind=_text(40), key=_text(120), content={"type": "object"}), MOST_PARTS)
)
PARTS: Final[dict[str, Json]] = {kind: _part(kind) | {"$defs": CONTENTS} for kind in KINDS}


def canonical(value: object) -> bytes:
    """Write a JSON value as RFC 8785 does.

    :raises UnicodeEncodeError: half a letter stands in a text

    >>> canonical({"b": [1, None], "a": "é"}).decode()
    '{"a":"é","b":[1,null]}'
    """
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def signed_bytes(document: Json) -> bytes:
    """Return what is hashed and signed: the document without its fingerprint and signature."""
    return canonical({name: value for name, value in document.items() if name not in UNSIGNED})


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def fingerprint_of(content: Json) -> str:
    """Return the fingerprint of one part's content."""
    return fingerprint(canonical(content))


def published() -> str:
    """Return the schema as it is published."""
    return json.dumps(SCHEMA, indent=2, ensure_ascii=False) + "\n"
