"""The rating's pages, through their address."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gerai.directory.tests.factories import a_mall, a_service
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.survey.actions import invite
from gerai.survey.models import Invitation, Rating

DAY = date(2026, 11, 23)
FULL = {f"u{n}": "4" for n in range(1, 10)}


@pytest.fixture
def address(mall: Mall) -> str:
    """Invite somebody; return where to rate."""
    return f"/nilai/{invite(a_service(), day=DAY)}/"


def asked(page: str) -> list[str]:
    """Return the fields whose four buttons a page shows."""
    return re.findall(r'<input type="radio" name="(u\d)" value="1"', page)


def hidden(page: str) -> dict[str, str]:
    """Return the answers that a page carries along."""
    return dict(re.findall(r'<input type="hidden" name="(u\d)" value="(\d?)"', page))


def test_a_phone_asks_all_nine_in_their_order(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert asked(page) == [f"u{n}" for n in range(1, 10)]
    assert re.findall(r'rating-name">\d\. ([^<]+)<', page) == [
        "Persyaratan",
        "Prosedur",
        "Waktu",
        "Biaya",
        "Hasil layanan",
        "Kemampuan petugas",
        "Sikap petugas",
        "Penanganan pengaduan",
        "Sarana dan prasarana",
    ]
    assert page.count("tidak dapat dikaitkan dengan Anda") == 1


def test_some_answers_may_be_left_out(client: Client, address: str) -> None:
    answer = client.post(address, {"u1": "3", "u9": "1", "suggestion": "Kursi ditambah 😀"})

    stored = Rating.objects.get()
    assert answer.status_code == 200
    assert (stored.u1, stored.u2, stored.u9, stored.door) == (3, None, 1, "phone")
    assert stored.suggestion == "Kursi ditambah 😀"


def test_a_used_link_thanks(client: Client, address: str) -> None:
    client.post(address, FULL)

    shown, sent = client.get(address), client.post(address, FULL)

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert shown.content.decode().count("Penilaian ini sudah kami terima") == 1
    assert Rating.objects.count() == 1


def test_a_kiosk_asks_three_at_a_time_and_carries_the_rest(client: Client, address: str) -> None:
    first = client.get(address, {"pintu": "kiosk"}).content.decode()
    second = client.post(address, {"pintu": "kiosk", "u1": "2", "ke": "2"}).content.decode()

    assert asked(first) == ["u1", "u2", "u3"]
    assert asked(second) == ["u4", "u5", "u6"]
    assert hidden(second) == {"u1": "2", "u2": "", "u3": "", "u7": "", "u8": "", "u9": ""}
    assert Rating.objects.count() == 0


def test_a_kiosk_rating_remembers_its_door(client: Client, address: str) -> None:
    client.post(address, {**FULL, "pintu": "kiosk"})

    assert Rating.objects.get().door == "kiosk"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"u1": "5"},
        {"u1": "0"},
        {"u1": "empat"},
        {"u1": "😀" * 5_000},
        {"u1": "4", "suggestion": "x" * 10_000},
        {"u1": "4", "suggestion": "x\0"},
    ],
)
def test_bad_input_is_answered_with_400(
    client: Client, address: str, typed: dict[str, Any]
) -> None:
    assert client.post(address, typed).status_code == 400
    assert Rating.objects.count() == 0
    assert Invitation.objects.get().is_used is False


def test_unknown_and_foreign_links_are_404(client: Client, mall: Mall) -> None:
    with in_mall(a_mall("palopo")):
        foreign = invite(a_service(), day=DAY)

    addresses = ["/nilai/tidak-ada/", f"/nilai/{foreign}/", "/nilai/" + "a" * 10_000 + "/"]

    assert [client.get(each).status_code for each in addresses] == [404] * 3
    assert [client.post(each, FULL).status_code for each in addresses] == [404] * 3
