"""What every answer says beside its words: headers, cookies, the trail, and where it leads."""

import re

import pytest
from django.db import connection

from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.people.tests.factories import PASSWORD
from tests.house.addresses import addresses
from tests.house.attack import House, Written
from tests.house.rows import rows_of, undone
from tests.house.test_doors import PUBLIC
from tests.house.world import DEVICE_ROLES, ROLES, told

pytestmark = [pytest.mark.sweep, pytest.mark.one_database]

# Data for search engines stand in a script element, but no browser runs them.
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=\"application/ld\+json\"))[^>]*>|\son\w+=\"|javascript:"
)
NIK = re.compile(r"(?<![\w.-])\d{16}(?![\w.-])")
# Answers that a browser may keep: pictures and sound that name no person.
MAY_BE_KEPT = {
    "phone:qr",
    "display:gong",
    "display:signal",
    "display:clip",
    "devices:keeper",
    "story:moves",
}
# Changes with a record of their own: a rating has no trail by design, a spoken call says
# itself which device spoke it and when, a pairing code is nobody's deed yet.
OWN_RECORD = {"survey:rate", "display:claim", "display:confirm", "devices:pair"}
STATES_OF_A_DEVICE = {"directory.Device", "directory.Pairing"}


def test_headers_of_every_page(house: House):
    found = set()
    for page in house.pages:
        sent = page.response.headers
        policy = sent.get("Content-Security-Policy", "")
        # A document that somebody uploaded may load nothing at all.
        is_shut = page.name == "wagtaildocs_serve" and "default-src 'none'" in policy
        wrong = {
            "csp": not is_shut and ("default-src 'self'" not in policy or "unsafe" in policy),
            "frame-ancestors": not is_shut and "frame-ancestors 'none'" not in policy,
            "nosniff": sent.get("X-Content-Type-Options") != "nosniff",
            "frame": sent.get("X-Frame-Options") != "DENY",
            "referrer": sent.get("Referrer-Policy") not in {"same-origin", "no-referrer"},
            "opener": sent.get("Cross-Origin-Opener-Policy") != "same-origin",
        }
        found |= {(page.name, name) for name, is_wrong in wrong.items() if is_wrong}
    assert found == set()


def test_every_page_says_its_language_and_shows_no_nik(house: House):
    found = set()
    for page in house.pages:
        if page.response.streaming:  # a document of the mall's own
            continue
        words = page.response.content.decode("utf-8", "replace")
        if page.is_html and '<html lang="id"' not in words:
            found.add((page.name, "language"))
        if page.is_html and INLINE.search(words):
            found.add((page.name, "inline script"))
        if page.is_html and re.search(r"<style|\sstyle=\"", words):
            found.add((page.name, "inline style"))
        if NIK.search(words):
            found.add((page.name, "nik"))
    assert found == set()


def test_what_is_somebodys_own_is_not_kept_by_browsers(house: House):
    kept = {
        (page.role, page.name)
        for page in house.pages
        if (page.role != "nobody" or "token" in dict(page_parameters(page.name)))
        # A device is nobody in particular on a page for everybody.
        and not (page.role in DEVICE_ROLES and page.name in PUBLIC)
        and page.name not in MAY_BE_KEPT
        and "no-store" not in page.response.headers.get("Cache-Control", "")
    }
    assert kept == set()


def page_parameters(name: str) -> list[tuple[str, str]]:
    found = next(address for address in addresses() if address.name == name)
    return [(parameter, segment) for segment, parameter in found.parameters]


def test_cookies_are_for_the_server_only(house: House):
    # The reader's wishes are no secrets: theme, text size, keys, language.
    wishes = {"gerai_theme", "gerai_text", "gerai_keys", "django_language"}
    officer = {"username": house.world.here.home.officer.username, "password": PASSWORD}
    browser, kiosk = house.world.here.browser(), house.world.here.browser("kiosk")
    answers = [
        browser.get("/antre/1/"),
        browser.get("/masuk/"),
        browser.get("/perangkat/screen/"),
        browser.post("/masuk/", officer),
        kiosk.get("/perangkat/kiosk/"),
        kiosk.get("/kios/", {"cetak": "tanya"}),
    ]
    given = {name: cookie for answer in answers for name, cookie in answer.cookies.items()}
    kept = {name: cookie for name, cookie in given.items() if cookie["max-age"] != 0}
    assert set(kept) - wishes >= {"sessionid", "csrftoken", "gerai_device_kiosk"}
    assert {
        name
        for name, cookie in kept.items()
        if name not in wishes and not (cookie["httponly"] and cookie["samesite"] == "Lax")
    } == set()


def test_every_change_is_in_the_trail_without_tokens(house: House):
    here = house.world.here
    body = told(here, here.home)
    before = rows_of(here.mall)
    silent = []
    with in_mall(here.mall):
        tokens = [here.home.waiting.visit.token, here.home.done.rating_token, here.pairing.secret]
        tokens += [str(body["password"]), PASSWORD, here.home.done.visit.code]
        for role in ROLES:
            for address in addresses():
                written = Written()
                with undone(), connection.execute_wrapper(written):
                    place = (here, here.home)
                    house.clients[role].post(address.path(place), body)
                    if not written.tables - {"django_session"}:
                        continue
                    after = rows_of(here.mall)
                    changed = {name for name in after if after[name] != before[name]}
                    changed -= STATES_OF_A_DEVICE
                    if changed and "people.Deed" not in changed and address.name not in OWN_RECORD:
                        silent.append((role, address.name, changed))
                    for deed in Deed.objects.order_by("-pk")[:3]:
                        line = f"{deed.verb} {deed.thing} {deed.by_name} {deed.detail}"
                        assert not [token for token in tokens if len(token) > 4 and token in line]
    assert silent == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://jahat.example/",
        "//jahat.example/",
        "///jahat.example",
        "/\\jahat.example",
        "\\\\jahat.example",
        "http:jahat.example",
        "http:///jahat.example",
        "javascript:alert(1)",
        "/\t/jahat.example",
        " https://jahat.example",
        "https://barru.localhost@jahat.example/",
        "https://barru.localhost.jahat.example/",
    ],
)
def test_no_page_leads_elsewhere(house: House, elsewhere: str):
    here = house.world.here
    browser = here.browser()
    body = {"username": here.home.officer.username, "password": PASSWORD, "next": elsewhere}
    leads = [
        browser.post("/masuk/", body),
        here.browser().post(f"/masuk/?{'next'}=", body),
        here.browser().post("/ui/tampilan/", {"next": elsewhere}),
        here.browser("kiosk").get("/perangkat/kiosk/", {"next": elsewhere}),
    ]
    assert [response.status_code for response in leads] == [302] * 4
    assert [response["Location"] for response in leads] == ["/mulai/", "/mulai/", "/", "/kios/"]
