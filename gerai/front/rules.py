"""Which requests the fast doors read themselves. Pure: whatever is odd is left to the pages."""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

LONGEST_BODY = 4096
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
SECRET_LENGTH = 32
# Django's own alphabet of form tokens: a masked one is read with it.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

_KIOSK = re.compile(r"/kios/layanan/([1-9][0-9]{0,15})/ambil/")
_PHONE = re.compile(r"/antre/([1-9][0-9]{0,15})/")
_CALL = "/petugas/panggilan/"
_TICKET = re.compile(r"/petugas/nomor/([1-9][0-9]{0,15})/(pelayanan|penyelesaian)/")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_TOKEN = re.compile(r"[A-Za-z0-9]{32}([A-Za-z0-9]{32})?")
_SESSION = re.compile(r"[a-z0-9]{32}")
_PROOF = "csrfmiddlewaretoken"
_FIELDS = frozenset({"key", "group"})
# Who is signed in, or was left a message, sees a page made for them.
_OWN_PAGE = frozenset({"sessionid", "messages"})

DoorName = Literal["kiosk", "phone"]
VerbName = Literal["call", "start", "finish"]

_VERBS: dict[str, VerbName] = {"pelayanan": "start", "penyelesaian": "finish"}


@dataclass(frozen=True, slots=True)
class Ask:
    """A visitor asks for a number: everything that the request says.

    host: with its port; address: where the request came from; cookies: as sent, plain ones only.
    """

    door: DoorName
    host: str
    service_id: int
    key: str
    group: str
    language: str
    cookies: Mapping[str, str]
    address: str
    wants_json: bool


@dataclass(frozen=True, slots=True)
class Press:
    """An officer presses a button of their desk.

    session: key of their session; ticket_id: None where the rule says whom.
    """

    verb: VerbName
    host: str
    session: str
    language: str
    ticket_id: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A POST of one of our own forms, read: its host with the port, what the browser tells."""

    path: str
    host: str
    fields: Mapping[str, str]
    cookies: Mapping[str, str]
    language: str
    address: str
    is_form: bool
    wants_json: bool


def may_be_asked(method: str, path: str) -> bool:
    """Tell from the first line of a request whether a number is asked for."""
    return method == "POST" and _place(path) is not None


def may_be_pressed(method: str, path: str) -> bool:
    """Tell from the first line of a request whether a plain button of a desk is pressed."""
    return method == "POST" and _button(path) is not None


def sent(
    *,
    path: str,
    query: bytes,
    headers: Iterable[tuple[bytes, bytes]],
    body: bytes,
    scheme: str,
    address: str,
    languages: Mapping[str, str],
    usual_language: str,
) -> Sent | None:
    """Return a POST, or None where the pages must look at it.

    languages: code by what the language cookie may say.
    """
    told = _plain_headers(headers)
    if told is None or query or len(body) > LONGEST_BODY:
        return None
    cookies = _cookies(told.get("cookie", ""))
    kind, fields = _fields(told.get("content-type", ""), body)
    host = told.get("host", "")
    if cookies is None or fields is None or not _HOST.fullmatch(host):
        return None
    if not _is_own_form(told, cookies, fields, host, scheme):
        return None
    return Sent(
        path=path,
        host=host,
        fields={name: value for name, value in fields.items() if name != _PROOF},
        cookies=cookies,
        language=languages.get(cookies.get("django_language", ""), usual_language),
        address=address,
        is_form=kind == FORM,
        wants_json=_wants_json(told.get("accept", "*/*")),
    )


def asked(sent: Sent, *, groups: frozenset[str]) -> Ask | None:
    """Return what a visitor asks for, or None. groups: the known ones."""
    place = _place(sent.path)
    if place is None or not _OWN_PAGE.isdisjoint(sent.cookies) or not sent.fields.keys() <= _FIELDS:
        return None
    key, group = sent.fields.get("key", ""), sent.fields.get("group", "") or "ordinary"
    if not _KEY.fullmatch(key) or group not in groups:
        return None
    door, service_id = place
    return Ask(
        door=door,
        host=sent.host,
        service_id=service_id,
        key=key,
        group=group,
        language=sent.language,
        cookies=sent.cookies,
        address=sent.address,
        wants_json=sent.wants_json,
    )


def pressed(sent: Sent, *, outcomes: frozenset[str]) -> Press | None:
    """Return what an officer presses, or None. outcomes: those with which work may end."""
    session = sent.cookies.get("sessionid", "")
    if not sent.is_form or "messages" in sent.cookies or not _SESSION.fullmatch(session):
        return None
    button = _button(sent.path)
    outcome = sent.fields.get("outcome", "")
    if button is None or not sent.fields.keys() <= {"outcome"}:
        return None
    verb, ticket_id = button
    if outcome not in (outcomes if verb == "finish" else {""}):
        return None
    return Press(verb, sent.host, session, sent.language, ticket_id, outcome)


def unmasked(token: str) -> str:
    """Return the secret of a form token, masked or not.

    >>> unmasked("b" * 32 + "c" * 32)
    'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
    """
    if len(token) == SECRET_LENGTH:
        return token
    mask, hidden = token[:SECRET_LENGTH], token[SECRET_LENGTH:]
    pairs = zip(hidden, mask, strict=True)
    return "".join(LETTERS[LETTERS.index(one) - LETTERS.index(other)] for one, other in pairs)


def _button(path: str) -> tuple[VerbName, int | None] | None:
    if path == _CALL:
        return "call", None
    found = _TICKET.fullmatch(path)
    return (_VERBS[found[2]], int(found[1])) if found else None


def _place(path: str) -> tuple[DoorName, int] | None:
    if found := _KIOSK.fullmatch(path):
        return "kiosk", int(found[1])
    if found := _PHONE.fullmatch(path):
        return "phone", int(found[1])
    return None


def _plain_headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str] | None:
    told: dict[str, str] = {}
    for name, value in headers:
        known = name.decode("latin-1")
        if known in told:
            return None
        told[known] = value.decode("latin-1")
    return told


def _cookies(header: str) -> dict[str, str] | None:
    cookies: dict[str, str] = {}
    for part in header.split("; ") if header else ():
        name, sign, value = part.partition("=")
        if not sign or name in cookies or not value.isascii() or '"' in value or "\x00" in value:
            return None
        cookies[name] = value
    return cookies


def _fields(content_type: str, body: bytes) -> tuple[str, dict[str, str] | None]:
    named, _semicolon, rest = content_type.partition(";")
    kind = named.strip().lower()
    if rest.strip().lower() not in ("", "charset=utf-8"):
        return kind, None
    try:
        if kind == FORM:
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
        elif kind == JSON:
            pairs = list(json.loads(body).items())
        else:
            return kind, None
    except (ValueError, AttributeError, RecursionError):
        return kind, None
    fields = dict(pairs)
    is_plain = len(fields) == len(pairs) and (kind == FORM or _PROOF not in fields)
    is_text = all(isinstance(value, str) for value in fields.values())
    return kind, fields if is_plain and is_text else None


def _is_own_form(
    told: Mapping[str, str],
    cookies: Mapping[str, str],
    fields: Mapping[str, str],
    host: str,
    scheme: str,
) -> bool:
    """Judge as Django does, but more narrowly: what it would refuse is never let in here."""
    origin = told.get("origin")
    if origin != f"{scheme}://{host}" and (origin is not None or scheme != "http"):
        return False
    secret = cookies.get("csrftoken", "")
    sent = fields.get(_PROOF) or told.get("x-csrftoken", "")
    if len(secret) != SECRET_LENGTH or not _TOKEN.fullmatch(secret) or not _TOKEN.fullmatch(sent):
        return False
    return secrets.compare_digest(unmasked(sent), secret)


def _wants_json(accept: str) -> bool:
    return not any(kind in accept for kind in ("text/html", "text/*", "*/*"))
