"""Senseless, broken and hostile input: a plain Indonesian no, never a crash, nothing changed."""

import inspect
import json
import re
import sys
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import resolve
from django.utils.functional import cached_property

from tests.house.addresses import addresses
from tests.house.attack import SCRIPT, House, Written, asked, faults
from tests.house.rows import rows_of, undone
from tests.house.walk import query_names

pytestmark = pytest.mark.sweep

HTML = f"\"'>{SCRIPT}<b>"
VALUES = (
    "",
    "-1",
    str(2**63 + 1),
    "9" * 40,
    "9" * 5000,
    "NaN",
    "2026-02-30",
    "31/12/2026",
    "25:99",
    "👩‍👩‍👧 🙏",
    "\u202eكيوسك\u2066",
    "a\x00b",
    "²",
    "' OR 1=1; DROP TABLE people_user; --",
    HTML,
    "{{ 7*7 }}{% now %}",
    "a\r\nSet-Cookie: a=1",
    "x" * 10_000,
)
# Tried on each field alone too, so that the good ones beside it lead on to the action.
ALONE = ("", str(2**63 + 1), "a\x00b", "x" * 10_000)
# One weekday stands for the six others.
WEEK = re.compile(r"_[1-6]$")


def test_every_field_of_every_form(house: House):
    before = rows_of(house.world.here.mall)
    found: dict[str, str] = {}
    for form in house.forms:
        for value in VALUES:
            for wrong in asked(house, form, dict.fromkeys(form.values, value)):
                found.setdefault(f"{form.name} all: {wrong}", value[:40])
        for name in form.values:
            for value in () if WEEK.search(name) else ALONE:
                for wrong in asked(house, form, form.sent(**{name: value})):
                    found.setdefault(f"{form.name} {name}: {wrong}", value[:40])
    assert found == {}
    assert rows_of(house.world.here.mall) == before


def sources(house: House) -> dict[str, set[str]]:
    """Return path → the query parameters that its view's module, or a form of it, reads."""
    asks: dict[str, set[str]] = {}
    for page in house.pages:
        module = sys.modules[inspect.unwrap(resolve(page.path).func).__module__]
        asks.setdefault(page.path, set()).update(query_names(inspect.getsource(module)))
    for form in house.forms:
        if form.method == "get":
            path = form.action.split("?")[0].split("#")[0]
            asks.setdefault(path, set()).update(form.values)
    # Read by forms that the kiosk, the phone, the report and the rating bind to the query.
    for path, names in asks.items():
        if path.startswith(("/kios/", "/antre/")):
            names |= {"q", "huruf", "hal"}
        if path.startswith("/pengawas/laporan/"):
            names.add("hari")
        if path.startswith("/nilai/"):
            names |= {"pintu", "bagian"}
    return asks


class Noted(QueryDict):
    """A query that notes the names that anybody asks it for."""

    names: set[str] = set()

    def get(self, key, default=None):
        self.names.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.names.add(key)
        return super().getlist(key, default)

    def __getitem__(self, key):
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.names.add(key)
        return super().__contains__(key)


def asked_for(house: House, role: str, path: str, names: set[str]) -> set[str]:
    """Return the names that a page asks its query for, while it is opened with some of them."""
    Noted.names = set()
    whole = cached_property(lambda request: Noted(request.META["QUERY_STRING"]))
    whole.__set_name__(WSGIRequest, "GET")
    with pytest.MonkeyPatch.context() as patch, undone():
        patch.setattr(WSGIRequest, "GET", whole)
        house.clients[role].get(path, dict.fromkeys(names | {"q"}, "1"))
    return Noted.names


def test_every_query_parameter_of_every_page(house: House):
    asks = sources(house)
    # A page that opens only with what a form told it is asked for as who saw the form.
    seen = {form.action.split("?")[0].split("#")[0]: form.role for form in house.forms}
    seen |= {page.path: page.role for page in reversed(house.pages)}
    found: dict[str, str] = {}
    for path, known in asks.items():
        read = asked_for(house, seen[path], path, known)
        names = known | read
        # A page that asks for nothing shows its whole address at most.
        for value in VALUES if read else (HTML,):
            written = Written()
            with undone(), connection.execute_wrapper(written):
                response = house.clients[seen[path]].get(path, dict.fromkeys(names or "q", value))
            for wrong in faults(response, written.tables):
                found.setdefault(f"{path} {sorted(names)}: {wrong}", value[:40])
    assert found == {}


BODIES = {
    "json": {
        "data": json.dumps({"a": [1, {"b": None}]}).encode(),
        "content_type": "application/json",
    },
    "broken json": {"data": b"{", "content_type": "application/json"},
    "no boundary": {"data": b"abc", "content_type": "multipart/form-data"},
    "broken multipart": {
        "data": b"--x\r\nContent-Disposition: form-data; name=",
        "content_type": "multipart/form-data; boundary=x",
    },
    "bad base64": {
        "data": (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n"
        ),
        "content_type": "multipart/form-data; boundary=x",
    },
    "other charset": {
        "data": b"a=\xff",
        "content_type": "application/x-www-form-urlencoded; charset=utf-16",
    },
    "broken percents": {
        "data": b"%ff=%zz&%00=%c3%28&=&&;",
        "content_type": "application/x-www-form-urlencoded",
    },
    "too many fields": {
        "data": b"&".join(b"a%d=1" % n for n in range(1100)),
        "content_type": "application/x-www-form-urlencoded",
    },
    "too large": {
        "data": b"a=" + b"x" * (2 * 1024 * 1024),
        "content_type": "application/x-www-form-urlencoded",
    },
    "nothing": {"data": b"", "content_type": "text/plain"},
}


def test_every_shape_of_a_body(house: House):
    found = {}
    for form in house.forms:
        if form.method != "post":
            continue
        for kind, settings in BODIES.items():
            body = settings["data"]
            wrong = asked(house, form, body, content_type=settings["content_type"])
            if wrong:
                found[f"{form.name} {kind}"] = wrong
        twice = {name: ["", "x", "9" * 40] for name in form.values}
        listed = {f"{name}[]": "1" for name in form.values}
        files = {name: SimpleUploadedFile("a.txt", b"\x00\xff") for name in form.values}
        million = dict.fromkeys(list(form.values)[:1], "x" * 1_000_000)
        shapes = {"twice": twice, "[]": listed, "files": files, "1M": million}
        for kind, shape in shapes.items():
            if wrong := asked(house, form, shape):
                found[f"{form.name} {kind}"] = wrong
    assert found == {}


# They do nothing in anybody's name, and pages that are kept for many readers hold no token.
NEED_NO_TOKEN = {
    "ui:appearance",
    "comments:report",
    "comments:revise",
    "comments:withdraw",
    "comments:write",
    "newsletter:ask",
    "newsletter:confirm",
    "newsletter:stop",
}


def test_a_form_without_its_token_is_refused_in_words(house: House):
    found = {}
    for form in house.forms:
        if form.method == "post" and form.name not in NEED_NO_TOKEN:
            client = house.world.here.browser(form.role, enforce_csrf_checks=True)
            response = client.post(form.action, form.sent())
            if wrong := faults(response, set()) or response.status_code != 403:
                found[form.name] = wrong, response.status_code
    assert found == {}


def test_every_method_of_every_page(house: House):
    place = (house.world.here, house.world.here.home)
    found = {}
    for address in addresses():
        role = next((page.role for page in house.pages if page.name == address.name), "officer")
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "GET"):
            with undone():
                path = address.path(place)
                response = house.clients[role].generic(method, path, b"{}", "application/json")
            wrong = [] if method == "HEAD" else faults(response, set())
            if wrong or response.status_code >= 500:
                found[f"{method} {address.name}"] = wrong, response.status_code
    assert found == {}


PATHS = (
    "/antre/nomor/%00/",
    "/antre/nomor/a%00b/slip/",
    "/antre/%ff%fe/",
    "/antre/nomor/%F0%9F%98%80/",
    "/antre/" + "9" * 40 + "/",
    "/antre/" + "9" * 5000 + "/",
    "/antre/-1/",
    "/antre/1e3/",
    "/antre/" + quote("١٢") + "/",
    "/antre/instansi/9223372036854775808/",
    "/antre/nomor/" + "x" * 10_000 + "/",
    "/nilai/" + "x" * 10_000 + "/",
    "/nilai/" + quote("' OR 1=1 --") + "/",
    "/perangkat/" + quote("../../etc/passwd", safe="") + "/",
    "/perangkat/%00/",
    "/perangkat/kiosk/menunggu/x/",
    "//antre//",
    "/antre/../kelola/",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/static/%00",
    "/static/../config/settings.py",
    "/static/%2e%2e/%2e%2e/config/settings.py",
    "/static/ui/",
    "/" + "x" * 10_000,
    "/antre?q=" + "%00",
    "/antre",
    "/kelola",
    "/.env",
    "/\\jahat.example/",
)


def test_every_odd_path(house: House):
    client = house.world.here.browser()
    found = {}
    for path in PATHS:
        response = client.get(path)
        wrong = faults(response, set())
        if response.status_code == 200:
            wrong.append("opened")
        if response.status_code in {301, 302} and not re.match(r"/(?![/\\])", response["Location"]):
            wrong.append(response["Location"])
        if wrong:
            found[path[:60]] = wrong
    assert found == {}


HOSTS = (
    "",
    "tidak-ada.example",
    "x" * 5000,
    "..",
    ".",
    "[::1]",
    "[::1]:8000",
    "[::1",
    "barru.localhost:x",
    "barru.localhost/../x",
    "barru.localhost@jahat.example",
    "jahat.example#barru.localhost",
    "bar ru.localhost",
    "barru\x00.localhost",
    "b\xe4rru.localhost",
    "'--",
    "<script>alert(1)</script>",
)


@pytest.mark.parametrize("path", ["/", "/antre/", "/masuk/", "/kelola/", "/tidak-ada/"])
def test_every_odd_host(house: House, path: str):
    client = Client(raise_request_exception=False)
    answers = {host: client.get(path, headers={"host": host}) for host in HOSTS}
    said = {host: (faults(answer, set()), answer.status_code) for host, answer in answers.items()}
    assert {host: told for host, told in said.items() if told[0] or told[1] not in {400, 404}} == {}


def test_a_host_name_in_capitals_is_the_same_mall(house: House):
    response = Client().get("/antre/", headers={"host": "BARRU.LocalHost:8000"})
    assert response.status_code == 200


COOKIES = ("\x00", '"\\000abcdefghij"', "x" * 4000, "\xe4\xff", '"', "a.b:c", "9" * 40)
NAMES = (
    "sessionid",
    "csrftoken",
    "messages",
    "gerai_visitor",
    "gerai_theme",
    "gerai_contrast",
    "gerai_reach",
    "gerai_hearing",
    "gerai_kiosk_prints",
    "django_language",
    "gerai_pairing_kiosk",
    "gerai_device_kiosk",
)


def test_every_odd_cookie(house: House):
    found = {}
    for name in NAMES:
        for value in COOKIES:
            for path in ("/antre/", "/kelola/", "/perangkat/kiosk/", "/kios/"):
                with undone():
                    client = Client(HTTP_HOST=house.world.here.host, raise_request_exception=False)
                    response = client.get(path, headers={"cookie": f"{name}={value}"})
                    if wrong := faults(response, set()):
                        found[name, value[:20], path] = wrong
    assert found == {}
