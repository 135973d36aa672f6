"""Files that somebody sent: what is whole is read, everything else refused by its reason."""

import gzip
import io
import json
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gerai.blueprint import shape, signing
from gerai.blueprint.reading import BadPart, Unusable, read
from gerai.blueprint.tests.factories import (
    KEY,
    a_document,
    a_file,
    a_guide_part,
    an_agency_part,
    signed,
)

ROOT = Path(__file__).resolve().parents[3]


A_MILLION_PARTS = b'{"format":"gerai-blueprint","parts":[' + b'{"kind":"a"},' * 1_000_000 + b"{}]}"


def why(data: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        read(data)
    return refused.value.why


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.fixture(scope="module")
def yardstick() -> float:
    """Return the seconds that the json module needs here for a document of a million parts."""
    return seconds_of(lambda: json.loads(A_MILLION_PARTS))


def test_a_whole_file_is_read():
    file = read(a_file(a_guide_part(), an_agency_part()))
    assert [part.kind for part in file.parts] == ["agency", "guide"]
    assert (file.mall["slug"], file.licence, file.bad) == ("jauh", "CC-BY-4.0", ())
    assert file.issued_at.isoformat() == "2026-11-20T01:02:03+00:00"


def test_blanks_and_order_of_names_do_not_count():
    data = json.loads(a_file(an_agency_part()))
    turned = json.dumps(dict(reversed(data.items())), indent=8).encode()
    assert read(b"\xef\xbb\xbf" + turned).fingerprint == data["fingerprint"]


def test_the_schema_is_published_as_it_is_used():
    published = (ROOT / "docs/reference/blueprint-1.schema.json").read_text(encoding="utf-8")
    assert published == shape.published()
    Draft202012Validator.check_schema(shape.SCHEMA)


def test_the_published_schema_says_what_we_say():
    validator = Draft202012Validator(json.loads(shape.published()))
    assert validator.is_valid(json.loads(a_file(an_agency_part(), a_guide_part())))
    for wrong in (an_agency_part(kind="king"), an_agency_part() | {"kind": "spell"}):
        assert not validator.is_valid(json.loads(a_file(wrong)))


def test_canonical_is_rfc_8785():
    # The example of its section 3.2.2, without the fractions that a blueprint never has.
    value = {"string": '€$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]}
    told = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert shape.canonical(value) == told.encode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("licence", "CC0-1.0"),
        ("issued_at", "2026-11-21T01:02:03Z"),
        ("parts", []),
        ("installation", "1" * 32),
    ],
)
def test_a_changed_file_is_tampered_with(name: str, value: object):
    changed = json.loads(a_file(an_agency_part())) | {name: value}
    assert why(json.dumps(changed).encode()) == "tampered"


def test_a_new_fingerprint_does_not_help():
    changed = json.loads(a_file(an_agency_part())) | {"licence": "CC0-1.0"}
    changed["fingerprint"] = shape.fingerprint(shape.signed_bytes(changed))
    assert why(json.dumps(changed).encode()) == "signature"


def test_a_key_that_did_not_sign():
    changed = json.loads(a_file(an_agency_part()))
    changed["signature"]["public_key"] = signing.public_key_of(signing.new_key())
    assert why(json.dumps(changed).encode()) == "signature"


@pytest.mark.parametrize("version", [2, 99, 10**9])
def test_a_newer_version(version: int):
    assert why(signed(a_document(version=version, anything="new"))) == "newer"


@pytest.mark.parametrize("version", [0, -1, "1", True, None, 1.0])
def test_no_version(version: object):
    assert why(signed(a_document(version=version))) in {"shape", "number"}


def packed_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        # A fixed day, or two workers collect two cases.
        name = zipfile.ZipInfo("../../etc/passwd")
        archive.writestr(name, b"0" * 10_000_000, zipfile.ZIP_DEFLATED)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (packed_zip(), "packed"),
        (gzip.compress(b"0" * 1000, mtime=0), "packed"),
        (b"%PDF-1.7", "packed"),
        (b"7z\xbc\xaf'\x1c", "packed"),
        (b"{", "json"),
        (b"hello", "json"),
        (b"\xff\xfe{\x00}\x00", "text"),
        (b'{"a": "\xc3"}', "text"),
        (b"[]", "format"),
        (b"{}", "format"),
        (b"null", "format"),
        (b'{"format": "gerai-blueprint", "format": "x"}', "twice"),
        (b'{"a": NaN}', "number"),
        (b'{"a": -Infinity}', "number"),
        (b'{"a": 1.5}', "number"),
        (b'{"a": 1e400}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b'{"a": 9007199254740993}', "number"),
        (b"[" * 13 + b"]" * 13, "deep"),
        (b"[" * 150_000 + b"]" * 150_000, "deep"),
        (b"[" * 300_000, "many"),
        (b"]" * 300_000, "many"),
        (b'"' + b'\\"' * 1_000_000, "json"),
        (b" " * (shape.MOST_BYTES + 1), "large"),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_what_is_no_blueprint(data: bytes, reason: str, yardstick: float):
    told = []
    spent = seconds_of(lambda: told.append(why(data)))
    assert told == [reason]
    assert spent < 4 * yardstick


def test_half_a_letter():
    data = a_file(a_guide_part(title="setengah"))
    assert why(data.replace(b"setengah", rb"\ud800")) in {"text", "shape"}


def test_a_million_parts_cost_little(yardstick: float):
    assert len(A_MILLION_PARTS) < shape.MOST_BYTES
    tracemalloc.start()
    spent = seconds_of(lambda: why(A_MILLION_PARTS))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (spent < 4 * yardstick, most < 2**20) == (True, True)


def test_more_parts_than_may_be():
    parts = [a_guide_part(f"G{number}") for number in range(shape.MOST_PARTS + 1)]
    assert why(a_file(*parts)) == "shape"


@pytest.mark.parametrize(
    ("part", "bad"),
    [
        (an_agency_part() | {"kind": "spell"}, ("unknown_kind", "")),
        (an_agency_part(kind="king"), ("shape", "$.content.kind")),
        (an_agency_part(extra="x"), ("shape", "$.content")),
        (an_agency_part(name=""), ("shape", "$.content.name")),
        (an_agency_part(name="x" * 201), ("shape", "$.content.name")),
        (an_agency_part(name="NUL \0"), ("shape", "$.content.name")),
        (an_agency_part(name="putar \u202e"), ("shape", "$.content.name")),
        (an_agency_part(name=7), ("shape", "$.content.name")),
        (an_agency_part(site="javascript:alert(1)"), ("shape", "$.content.site")),
        (an_agency_part(site='https://x"onload="y'), ("shape", "$.content.site")),
        (an_agency_part(icon="../../x"), ("shape", "$.content.icon")),
        (an_agency_part("x" * 41), ("shape", "$.key")),
        ({"kind": "floor", "key": "../1", "content": {"name": "x"}}, ("shape", "$.key")),
        ({"kind": "hours", "key": "other", "content": {}}, ("shape", "$.key")),
    ],
    ids=str,
)
def test_a_bad_part_leaves_the_others(part, bad: tuple[str, str]):
    file = read(a_file(part, a_guide_part()))
    assert [one.kind for one in file.parts] == ["guide"]
    assert [(one.why, one.where) for one in file.bad] == [bad]


def test_a_part_that_stands_twice():
    file = read(a_file(an_agency_part("A B"), an_agency_part("ab", name="Lain")))
    assert file.bad == (BadPart("agency", "ab", "twice"),)
    assert [part.key for part in file.parts] == ["A B"]


def test_a_day_that_is_none():
    standard = {
        "kind": "service",
        "key": "X",
        "content": {"agency": "A", "name": "X", "standard": None},
    }
    assert read(a_file(standard)).bad == ()
    assert why(a_file(mall=a_document()["mall"] | {"opened_on": "2026-02-30"})) == "shape"


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_bytes_are_read_or_refused(data: bytes):
    with pytest.raises(Unusable):
        read(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=20,
)


@given(
    st.sampled_from(["parts", "mall", "measures", "signature", "issued_at", "licence", "version"]),
    JSON,
)
@settings(max_examples=200, deadline=None)
def test_any_value_in_any_place_is_read_or_refused(name: str, value: object):
    whole = json.loads(a_file(an_agency_part()))
    try:
        read(json.dumps(whole | {name: value}).encode())
    except Unusable:
        return
    assert value == whole[name]


def test_signatures():
    public = signing.public_key_of(KEY)
    assert signing.is_signed(b"x", public_key=public, signature=signing.sign(KEY, b"x"))
    assert not signing.is_signed(b"y", public_key=public, signature=signing.sign(KEY, b"x"))
    for junk in ("", "a", "=", "A" * 43 + "=", "é" * 44):
        assert not signing.is_signed(b"x", public_key=junk, signature=signing.sign(KEY, b"x"))
        assert not signing.is_signed(b"x", public_key=public, signature=junk)


def test_what_checks_a_file_is_loaded_by_the_first_file_only():
    heavy = "{'cryptography.hazmat', 'jsonschema'} & set(sys.modules)"
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, django; django.setup(); import gerai.blueprint.urls; print({heavy})",
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout == "set()\n"
