"""What the fast door reads, and what it gives up. No database."""

from typing import Any

import pytest
from django.middleware.csrf import _mask_cipher_secret  # type: ignore[attr-defined]
from hypothesis import given
from hypothesis import strategies as st

from gerai.front.rules import (
    LETTERS,
    Ask,
    Press,
    asked,
    may_be_asked,
    may_be_pressed,
    pressed,
    sent,
    unmasked,
)

TOKEN = "Contoh0Contoh1Contoh2Contoh3Cont"
BODY = f"csrfmiddlewaretoken={TOKEN}&key=kunci-dari-halaman&group=elderly".encode()
HEADERS = {
    "host": "barru.localhost:8000",
    "cookie": f"csrftoken={TOKEN}; django_language=en",
    "content-type": "application/x-www-form-urlencoded",
    "accept": "text/html,*/*",
}


SESSION = "abcdefghijklmnopqrstuvwxyz012345"
OFFICER = {"cookie": f"csrftoken={TOKEN}; sessionid={SESSION}"}
PROOF = f"csrfmiddlewaretoken={TOKEN}".encode()


def told_by(body: bytes, **changes: Any) -> Any:
    headers = {**HEADERS, **changes.pop("headers", {})}
    told = {
        "path": "/kios/layanan/7/ambil/",
        "query": b"",
        "scheme": "http",
        "address": "10.0.0.1",
        "languages": {"id": "id", "en": "en"},
        "usual_language": "id",
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items() if value]
    return sent(headers=pairs, body=body, **{**told, **changes})


def read(body: bytes = BODY, **changes: Any) -> Ask | None:
    told = told_by(body, **changes)
    return asked(told, groups=frozenset({"ordinary", "elderly"})) if told is not None else None


def read_press(path: str, body: bytes = PROOF, **changes: Any) -> Press | None:
    headers = {**OFFICER, **changes.pop("headers", {})}
    told = told_by(body, path=path, headers=headers, **changes)
    return pressed(told, outcomes=frozenset({"served", "referred"})) if told is not None else None


def test_a_plain_press_is_read() -> None:
    ask = read()
    assert ask is not None
    told = (ask.door, ask.host, ask.service_id, ask.key, ask.group, ask.language, ask.wants_json)
    place = ("kiosk", "barru.localhost:8000", 7)
    assert told == (*place, "kunci-dari-halaman", "elderly", "en", False)


def test_a_phone_that_speaks_json_is_read() -> None:
    json = {"content-type": "application/json", "accept": "application/json"}
    ask = read(
        b'{"key": "kunci-dari-halaman"}',
        path="/antre/7/",
        headers={**json, "x-csrftoken": TOKEN},
    )
    assert ask is not None
    assert (ask.door, ask.group, ask.wants_json) == ("phone", "ordinary", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"path": "/kios/layanan/7/ambil"},
        {"path": "/kios/layanan/07/ambil/"},
        {"path": "/antre/nomor/abc/"},
        {"query": b"a=1"},
        {"scheme": "https"},
        {"headers": {"origin": "http://lain.localhost"}},
        {"headers": {"origin": "null"}},
        {"headers": {"host": "barru.localhost/x"}},
        {"headers": {"host": ""}},
        {"headers": {"cookie": f"csrftoken={TOKEN}; sessionid=abc"}},
        {"headers": {"cookie": f"csrftoken={TOKEN}; csrftoken={TOKEN}"}},
        {"headers": {"cookie": f'csrftoken="{TOKEN}"'}},
        {"headers": {"cookie": ""}},
        {"headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"headers": {"content-type": "application/x-www-form-urlencoded; charset=latin-1"}},
        {"body": BODY + b"&key=kunci-kedua-lain"},
        {"body": BODY + b"&lain=1"},
        {"body": BODY.replace(b"elderly", b"raja")},
        {"body": BODY.replace(b"kunci-dari-halaman", b"pendek")},
        {"body": BODY.replace(b"Contoh0", b"Contoh9", 1)},
        {"body": b"\xff\xfe"},
        {"body": b""},
        {"body": BODY + b"&" + b"x" * 5000},
        {"body": b"[1]", "headers": {"content-type": "application/json"}},
        {"body": b"{", "headers": {"content-type": "application/json"}},
        {"body": b'{"key": 7}', "headers": {"content-type": "application/json"}},
    ],
)
def test_whatever_is_odd_is_left_to_the_pages(changes: dict[str, Any]) -> None:
    assert read(**changes) is None


def test_an_own_origin_is_read_with_tls_as_without() -> None:
    assert read(headers={"origin": "http://barru.localhost:8000"}) is not None
    own = {"origin": "https://barru.localhost:8000"}
    assert read(scheme="https", headers=own) is not None


def test_only_two_addresses_are_worth_reading_on() -> None:
    assert may_be_asked("POST", "/antre/12/")
    assert not may_be_asked("GET", "/antre/12/")
    assert not may_be_asked("POST", "/antre/")


@given(st.text(alphabet=LETTERS, min_size=32, max_size=32))
def test_a_masked_token_is_read_as_django_wrote_it(secret: str) -> None:
    assert unmasked(_mask_cipher_secret(secret)) == secret


@given(st.binary(max_size=200))
def test_no_body_breaks_the_reading(body: bytes) -> None:
    assert read(body) is None


def test_the_three_plain_presses_are_read() -> None:
    common = {"host": "barru.localhost:8000", "session": SESSION, "language": "id"}
    ended = PROOF + b"&outcome=referred"
    assert read_press("/petugas/panggilan/") == Press("call", **common)
    assert read_press("/petugas/nomor/7/pelayanan/") == Press("start", **common, ticket_id=7)
    assert read_press("/petugas/nomor/7/penyelesaian/", ended) == Press(
        "finish", **common, ticket_id=7, outcome="referred"
    )


@pytest.mark.parametrize(
    ("path", "more", "changes"),
    [
        ("/petugas/panggilan/", b"", {"headers": {"cookie": f"csrftoken={TOKEN}"}}),
        ("/petugas/panggilan/", b"", {"headers": {"cookie": f"{OFFICER['cookie']}; messages=x"}}),
        ("/petugas/panggilan/", b"", {"headers": {"origin": "http://lain.localhost"}}),
        ("/petugas/panggilan/", b"", {"query": b"a=1"}),
        ("/petugas/panggilan/", b"&outcome=served", {}),
        ("/petugas/panggilan/", b"&lain=1", {}),
        ("/petugas/nomor/7/pelayanan/", b"&outcome=served", {}),
        ("/petugas/nomor/7/penyelesaian/", b"", {}),
        ("/petugas/nomor/7/penyelesaian/", b"&outcome=raja", {}),
        ("/petugas/nomor/7/penyelesaian/", b"&outcome=served&goes_on=0", {}),
        ("/petugas/nomor/7/penundaan/", b"", {}),
        ("/pengawas/loket/3/petugas/panggilan/", b"", {}),
    ],
)
def test_whatever_is_odd_at_a_desk_is_left_to_the_pages(
    path: str, more: bytes, changes: dict[str, Any]
) -> None:
    assert read_press(path, PROOF + more, **changes) is None


def test_a_press_of_a_desk_needs_the_token_of_its_form() -> None:
    assert read_press("/petugas/panggilan/", PROOF.replace(b"Contoh0", b"Contoh9")) is None
    assert read_press("/petugas/panggilan/", b"") is None


def test_only_three_buttons_of_a_desk_are_worth_reading_on() -> None:
    ways = ("panggilan", "nomor/7/pelayanan", "nomor/7/penyelesaian")
    assert all(may_be_pressed("POST", f"/petugas/{way}/") for way in ways)
    assert not may_be_pressed("GET", "/petugas/panggilan/")
    assert not may_be_pressed("POST", "/petugas/nomor/7/penundaan/")
