"""Pairing by a code, the token in the cookie, and the door that reads it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from gerai import clock
from gerai.directory import guard
from gerai.directory.actions import devices
from gerai.directory.models import Device, DeviceKind, Pairing
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed

NOON = datetime(2026, 8, 14, 4, tzinfo=UTC)


@guard.device("kiosk")
def kiosk_page(request):
    return HttpResponse(request.device.name)


@guard.device("screen")
def screen_page(request):
    return HttpResponse(request.device.name)


urlpatterns = [
    path("kios/", kiosk_page),
    path("layar/", screen_page),
    path("", include("gerai.portals.urls")),
]
with_pages = override_settings(ROOT_URLCONF=__name__)


def pair(code, *, name="Kios pintu", zone=None, speaks=False):
    return devices.pair(code, name=name, zone=zone, speaks=speaks, by=audit.SYSTEM)


def test_ask_pairing_gives_six_unambiguous_letters(mall):
    pairing = devices.ask_pairing(DeviceKind.KIOSK)

    assert len(pairing.code) == 6
    assert set(pairing.code) - set(devices.ALPHABET) == set()
    assert set("0O1IL2Z5S8B") & set(devices.ALPHABET) == set()


def test_ask_pairing_is_refused_when_too_many_ask(mall):
    Pairing.objects.bulk_create(
        Pairing(mall=mall, kind="kiosk", code=f"X{n}", secret=f"s{n}", asked_at=clock.now())
        for n in range(devices.OPEN_PAIRINGS)
    )

    with pytest.raises(devices.TooManyPairings):
        devices.ask_pairing(DeviceKind.KIOSK)


def test_ask_pairing_sweeps_what_nobody_can_use_any_more(mall):
    with time_machine.travel(NOON, tick=False):
        devices.ask_pairing(DeviceKind.KIOSK)
    with time_machine.travel(NOON + timedelta(minutes=30), tick=False):
        fresh = devices.ask_pairing(DeviceKind.KIOSK)

    assert list(Pairing.objects.all()) == [fresh]


def test_pair_makes_a_device_and_records_it(mall):
    zone = factories.a_zone()
    code = devices.ask_pairing(DeviceKind.SCREEN).code

    made = pair(f" {code[:3].lower()}-{code[3:]} ", name="Layar Z1", zone=zone, speaks=True)

    assert (made.kind, made.name, made.zone, made.speaks) == ("screen", "Layar Z1", zone, True)
    assert Deed.objects.get().verb == "directory.pair_device"


def test_pair_refuses_an_unknown_a_used_and_an_old_code(mall):
    with time_machine.travel(NOON, tick=False):
        code = devices.ask_pairing(DeviceKind.KIOSK).code
        other = devices.ask_pairing(DeviceKind.KIOSK).code
        pair(code)
    for code_now, moment in (("AAAAAA", 0), (code, 0), (other, 15)):
        with (
            time_machine.travel(NOON + timedelta(minutes=moment), tick=False),
            pytest.raises(devices.UnknownCode),
        ):
            pair(code_now, name="Lain")


def test_pair_refuses_the_code_of_another_mall(mall):
    code = devices.ask_pairing(DeviceKind.KIOSK).code

    with in_mall(factories.a_mall("parepare")), pytest.raises(devices.UnknownCode):
        pair(code)


def test_pair_refuses_a_name_in_use_and_makes_nothing(mall):
    factories.a_device(name="Kios pintu")
    code = devices.ask_pairing(DeviceKind.KIOSK).code

    with pytest.raises(devices.DeviceNameTaken):
        pair(code)
    assert Pairing.objects.get(code=code).device is None


@pytest.mark.parametrize(
    ("kind", "has_zone", "speaks"), [("kiosk", True, False), ("screen", False, True)]
)
def test_pair_refuses_a_voice_without_a_zone_and_a_kiosk_with_one(mall, kind, has_zone, speaks):
    code = devices.ask_pairing(DeviceKind(kind)).code

    with pytest.raises(devices.WrongPlace):
        pair(code, zone=factories.a_zone() if has_zone else None, speaks=speaks)


def test_pair_brings_a_revoked_device_back_with_a_new_token(mall):
    old = factories.a_device(name="Kios pintu")
    devices.revoke(old, audit.SYSTEM)

    again = pair(devices.ask_pairing(DeviceKind.KIOSK).code)

    assert (again.pk, again.is_active, again.generation) == (old.pk, True, 3)


def test_seen_writes_at_most_once_a_minute(mall):
    device = factories.a_device()
    for seconds, noted in ((0, 0), (59, 0), (60, 60)):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            devices.seen(device)
        device.refresh_from_db()
        assert device.last_seen_at == NOON + timedelta(seconds=noted)


def test_pair_page_shows_one_code_until_it_is_typed_in(client, mall):
    page = client.get("/perangkat/kiosk/?next=/kios/?a=1")
    pairing = Pairing.objects.get()
    again = client.get("/perangkat/kiosk/")

    assert (page.status_code, again.status_code) == (200, 200)
    assert page.context["halves"] == again.context["halves"] == [pairing.code[:3], pairing.code[3:]]
    assert client.get("/perangkat/kiosk/menunggu/").json() == {"is_waiting": True}


def test_pair_page_takes_the_token_and_goes_on(client, mall):
    client.get("/perangkat/kiosk/")
    device = pair(Pairing.objects.get().code)

    assert client.get("/perangkat/kiosk/menunggu/").json() == {"is_waiting": False}
    answer = client.get("/perangkat/kiosk/?next=/kios/layanan/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/kios/layanan/")
    cookie = answer.cookies["gerai_device_kiosk"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    with with_pages:
        assert client.get("/kios/").content == device.name.encode()


def test_pair_page_goes_on_to_nobody_elses_site(client, mall):
    client.get("/perangkat/screen/")
    pair(Pairing.objects.get().code)

    answer = client.get("/perangkat/screen/?next=https://jahat.example/")

    assert answer.headers["Location"] == "/layar/"


def test_pair_page_gives_a_new_code_after_fifteen_minutes(client, mall):
    with time_machine.travel(NOON, tick=False):
        first = client.get("/perangkat/kiosk/").context["halves"]
    with time_machine.travel(NOON + timedelta(minutes=15), tick=False):
        second = client.get("/perangkat/kiosk/").context["halves"]

    assert first != second


@pytest.mark.parametrize("address", ["/perangkat/kulkas/", "/perangkat/kulkas/menunggu/"])
def test_pair_page_knows_two_kinds_only(client, mall, address):
    assert client.get(address).status_code == 404


def give(client, device, **changes):
    told = {"device": device.pk, "generation": device.generation, "mall": device.mall_id}
    name = f"gerai_device_{device.kind}"
    client.cookies[name] = signing.dumps(told | changes, salt=name)


@with_pages
def test_door_sends_an_unpaired_browser_to_the_code(client, mall):
    answer = client.get("/kios/?bahasa=en")

    assert answer.headers["Location"] == "/perangkat/kiosk/?next=%2Fkios%2F%3Fbahasa%3Den"
    assert client.post("/layar/").headers["Location"] == "/perangkat/screen/?"


@with_pages
def test_door_takes_a_good_token(client, mall):
    device = factories.a_device()
    give(client, device)

    assert client.get("/kios/").content == device.name.encode()
    device.refresh_from_db()
    assert device.last_seen_at is not None


@with_pages
def test_door_treats_every_bad_token_as_none(client, mall):
    device = factories.a_device()
    screen = factories.a_device("screen")
    with in_mall(factories.a_mall("parepare")) as parepare:
        theirs = factories.a_device()
    name = "gerai_device_kiosk"
    good = {"device": device.pk, "generation": 1, "mall": mall.pk}
    with time_machine.travel(clock.now() - guard.TOKEN_VALID - timedelta(days=1)):
        expired = signing.dumps(good, salt=name)
    bad = {
        "forged": signing.dumps(good, salt=name)[:-1] + "_",
        "rubbish": "😀" * 5000,
        "expired": expired,
        "for screens": signing.dumps(good, salt="gerai_device_screen"),
        "another kind": signing.dumps(good | {"device": screen.pk}, salt=name),
        "old generation": signing.dumps(good | {"generation": 0}, salt=name),
        "another mall": signing.dumps(
            {"device": theirs.pk, "generation": 1, "mall": parepare.pk}, salt=name
        ),
        "their device, our mall": signing.dumps(good | {"device": theirs.pk}, salt=name),
    }
    request_of = RequestFactory(HTTP_HOST="barru.localhost").get
    for what, token in bad.items():
        request = request_of("/kios/")
        request.COOKIES[name] = token
        assert kiosk_page(request).status_code == 302, what


@with_pages
def test_revoked_device_is_out_at_its_next_page(client, mall):
    client.get("/perangkat/kiosk/")
    device = pair(Pairing.objects.get().code)
    client.get("/perangkat/kiosk/")
    assert client.get("/kios/").status_code == 200

    devices.revoke(device, audit.SYSTEM)

    assert client.get("/kios/").status_code == 302
    assert client.get("/perangkat/kiosk/").status_code == 200


@pytest.fixture
def sample(db):
    with in_mall(factories.a_mall(is_sample=True)) as mall:
        zone = factories.a_zone(code="A")
        factories.a_device("kiosk", name="Kios contoh", is_sample=True)
        factories.a_device("screen", name="Zona A", zone=zone, speaks=True, is_sample=True)
        factories.a_device("screen", name="Seluruh mal", is_sample=True)
        yield mall


@with_pages
def test_sample_mall_pairs_at_once(client, sample):
    assert client.get("/kios/").content == b"Kios contoh"
    assert client.get("/layar/").content == b"Seluruh mal"
    assert Pairing.objects.count() == 0


@with_pages
def test_sample_screen_changes_its_zone_by_parameter_and_stays(client, sample):
    told = [client.get(f"/layar/{query}").content for query in ("", "?zona=A", "", "?zona=", "")]

    assert told == [b"Seluruh mal", b"Zona A", b"Zona A", b"Seluruh mal", b"Seluruh mal"]


@with_pages
def test_sample_parameter_never_changes_a_real_screen(client, sample):
    device = factories.a_device("screen", name="Layar asli")
    give(client, device)

    assert client.get("/layar/?zona=A").content == b"Layar asli"


@with_pages
def test_sample_mall_without_sample_devices_shows_a_code(client, sample):
    Device.objects.all().delete()

    assert client.get("/kios/").headers["Location"] == "/perangkat/kiosk/?next=%2Fkios%2F"
    assert client.get("/perangkat/kiosk/").status_code == 200


@with_pages
def test_no_parameter_pairs_a_browser_in_a_real_mall(client, mall):
    factories.a_device("screen", is_sample=True)

    assert client.get("/layar/?zona=").status_code == 302


def test_door_is_named_for_the_house():
    doors = [getattr(page, "gerai_door", None) for page in (kiosk_page, screen_page)]

    assert doors == ["device:kiosk", "device:screen"]


def test_door_costs_one_query_between_two_notes(mall, django_assert_num_queries):
    device = factories.a_device(last_seen_at=clock.now())
    request = RequestFactory().get("/kios/")
    signed = HttpResponse()
    guard.give_token(signed, device)
    request.COOKIES["gerai_device_kiosk"] = signed.cookies["gerai_device_kiosk"].value

    with django_assert_num_queries(1):
        assert kiosk_page(request).status_code == 200


def test_token_of_one_browser_is_not_anothers(mall):
    first, second = Client(HTTP_HOST="barru.localhost"), Client(HTTP_HOST="barru.localhost")
    first.get("/perangkat/kiosk/")
    second.get("/perangkat/kiosk/")

    pair(Pairing.objects.order_by("pk")[0].code)

    assert first.get("/perangkat/kiosk/").status_code == 302
    assert second.get("/perangkat/kiosk/").status_code == 200
