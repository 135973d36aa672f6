"""The kiosk's voice through its address, and what it adds to a page."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.tests import factories
from gerai.queue.tests.factories import House, a_house

HOME = reverse("kiosk:home")
CLIP = reverse("heard:clip")


@pytest.fixture
def house(mall: object) -> House:
    return a_house()


@pytest.fixture
def kiosk(client: Client, house: House) -> Client:
    cache.clear()
    paired = HttpResponse()
    give_token(paired, factories.a_device("kiosk", name="Kios depan"))
    client.cookies.update(paired.cookies)
    return client


def sounds(page: str) -> list[str]:
    return [
        address
        for told in re.findall(r'data-gerai-heard="([^"]+)"', page)
        for address in unescape(told).split()
    ]


def words(address: str) -> str:
    return parse_qs(urlsplit(address).query)["t"][0]


def test_who_does_not_listen_gets_no_sounds(kiosk: Client) -> None:
    page = kiosk.get(HOME).content.decode()

    assert sounds(page) == []
    assert page.count("data-gerai-ear=") == 1


def test_everything_on_the_page_has_a_sound(kiosk: Client, house: House) -> None:
    kiosk.cookies["gerai_hearing"] = "on"

    page = kiosk.get(HOME).content.decode()

    told = [words(address) for address in sounds(page)]
    assert told[1:3] == [
        "Selamat datang. Anda perlu apa hari ini",
        "Sentuh instansi yang Anda tuju",
    ]
    assert told[3].startswith("Tekan satu, ")
    first = kiosk.get(sounds(page)[0])
    assert (first.status_code, first.headers["Content-Type"]) == (200, "audio/wav")
    assert first.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert first.content[:4] == b"RIFF"


def test_the_page_is_the_same_but_for_its_sounds(kiosk: Client) -> None:
    plain = kiosk.get(HOME).content.decode()
    kiosk.cookies["gerai_hearing"] = "on"
    spoken = kiosk.get(HOME).content.decode()

    bare = re.sub(r' data-gerai-(heard|choice)="[^"]*"', "", spoken)
    main = re.compile(r"<main.*?</footer>", re.DOTALL)
    assert main.search(bare)[0] == main.search(plain)[0]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"t": "Kata orang lain"},
        {"b": "en"},
        {"b": "xx"},
        {"v": ""},
        {"v": "é"},
        {"t": ""},
    ],
)
def test_only_what_our_pages_say_is_said(kiosk: Client, spoilt: dict[str, str]) -> None:
    kiosk.cookies["gerai_hearing"] = "on"
    address = sounds(kiosk.get(HOME).content.decode())[0]
    told = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}

    assert kiosk.get(CLIP, told).status_code == 200
    assert kiosk.get(CLIP, told | spoilt).status_code == 404


def test_a_browser_that_is_no_kiosk_hears_nothing(client: Client, house: House) -> None:
    assert client.get(CLIP, {"t": "x", "b": "id", "v": "x"}).status_code == 302


def test_a_mall_without_a_voice_says_so(kiosk: Client, settings) -> None:
    settings.VOICES = ()
    kiosk.cookies["gerai_hearing"] = "on"

    page = kiosk.get(HOME).content.decode()

    assert page.count("Suara tidak tersedia di kios ini.") == 1
    assert kiosk.get(sounds(page)[0]).status_code == 404
