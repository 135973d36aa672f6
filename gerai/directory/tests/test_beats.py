"""How devices are: heartbeats, silence in opening hours, loading anew, renaming."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from gerai import clock
from gerai.directory import guard, queries
from gerai.directory.actions import beats, devices
from gerai.directory.models import Device, DeviceAbsence
from gerai.directory.rules import silent_since
from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.people import audit
from gerai.people.models import Deed

# A Monday; the mall is open from 08:00 to 15:00 WITA.
OPENS = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=5)
HEALTH = {"baterai": "15", "mengisi": "tidak", "jaringan": "wifi", "halaman": "ab12cd34"}


@pytest.fixture
def morning(mall: Mall) -> Iterator[Mall]:
    factories.office_hours()
    with clock.simulated(OPENS):
        yield mall


def browser(device: Device) -> Client:
    client, response = Client(HTTP_HOST="barru.localhost"), HttpResponse()
    guard.give_token(response, device)
    client.cookies.update(response.cookies)
    return client


def at(minutes: float) -> datetime:
    moment = OPENS + timedelta(minutes=minutes)
    clock.turn_to(moment)
    return moment


def missed() -> list[tuple[str, datetime]]:
    return [(each.device.name, each.since) for each in queries.missed_devices(clock.now())]


@pytest.mark.parametrize(
    ("seen", "now", "since"),
    [
        (0, 4.9, None),
        (0, 5, 0),
        (-600, 4.9, None),
        (-600, 5, 0),
        (100, 104, None),
        (100, 106, 100),
        (100, 419, 100),
        (100, 420, None),
        (-60, -30, None),
    ],
)
def test_only_silence_in_opening_hours_is_missed(seen, now, since) -> None:
    def minute(number):
        return OPENS + timedelta(minutes=number)

    found = silent_since(
        minute(seen), minute(now), opens=OPENS, closes=minute(420), patience=PATIENCE
    )

    assert found == (None if since is None else minute(since))


def test_a_heartbeat_is_noted_and_writes_nothing_when_it_says_nothing_new(
    morning, django_assert_num_queries
) -> None:
    screen = factories.a_device("screen", last_seen_at=clock.now())
    told = {**HEALTH, "suara": "ya", "macet": "2"}

    answer = browser(screen).post("/perangkat/screen/detak/", told).json()

    assert answer == {"reload": False, "at": "2026-11-23T00:00:00+00:00"}

    screen.refresh_from_db()
    assert (screen.battery, screen.is_charging, screen.network) == (15, False, "wifi")
    assert (screen.page_version, screen.may_sound, screen.stuck_calls) == ("ab12cd34", True, 2)
    with django_assert_num_queries(0):
        assert beats.beat(screen, beats.Health(15, False, "wifi", "ab12cd34", True, 2)) is False


def test_a_heartbeat_that_makes_no_sense_is_heard_all_the_same(morning) -> None:
    kiosk = factories.a_device()
    told = {"baterai": "900", "jaringan": "<b>", "suara": "mungkin", "macet": "-1", "halaman": "?"}

    assert browser(kiosk).post("/perangkat/kiosk/detak/", told).status_code == 200

    kiosk.refresh_from_db()
    assert (kiosk.battery, kiosk.network, kiosk.may_sound, kiosk.stuck_calls) == (None, "", None, 0)
    assert kiosk.last_seen_at == OPENS


def test_a_heartbeat_of_another_kind_or_of_nobody_is_sent_to_pair(morning) -> None:
    kiosk = factories.a_device()

    for client in (browser(kiosk), Client(HTTP_HOST="barru.localhost")):
        assert client.post("/perangkat/screen/detak/", HEALTH).status_code == 302


def test_loading_anew_is_answered_once(morning) -> None:
    screen = factories.a_device("screen")
    beats.ask_reload(screen, by=audit.SYSTEM)
    one, two = browser(screen), browser(screen)

    answers = [each.post("/perangkat/screen/detak/", HEALTH).json() for each in (one, two, one)]

    assert [answer["reload"] for answer in answers] == [True, False, False]
    assert Deed.objects.get().verb == "directory.reload_device"


def test_of_two_heartbeats_at_once_one_loads_anew(morning) -> None:
    screen = factories.a_device("screen")
    beats.ask_reload(screen, by=audit.SYSTEM)
    both = [Device.objects.get(pk=screen.pk) for _ in range(2)]

    assert [beats.beat(each, beats.Health()) for each in both] == [True, False]


def test_a_silent_device_is_missed_once_and_its_return_noted(morning) -> None:
    kiosk, screen = factories.a_device(name="Kios pintu"), factories.a_device("screen")
    at(60)
    devices.seen(kiosk)
    devices.seen(screen)
    at(66)
    devices.seen(screen)
    for _ in range(2):
        beats.note_missed()

    assert missed() == [("Kios pintu", OPENS + timedelta(minutes=60))]
    assert [deed.verb for deed in Deed.objects.all()] == ["directory.miss_device"]
    at(70)
    browser(kiosk).post("/perangkat/kiosk/detak/", HEALTH)
    assert missed() == []
    absence = DeviceAbsence.objects.get()
    assert (absence.since, absence.until) == (
        OPENS + timedelta(minutes=60),
        OPENS + timedelta(minutes=70),
    )
    assert list(Deed.objects.order_by("pk").values_list("verb", flat=True)) == [
        "directory.miss_device",
        "directory.find_device",
    ]


def test_of_two_who_find_a_device_silent_one_writes(morning) -> None:
    device = factories.a_device(last_seen_at=OPENS)
    at(10)
    both = [Device.objects.get(pk=device.pk) for _ in range(2)]

    assert [beats._miss(each, OPENS) for each in both] == [True, False]
    assert DeviceAbsence.objects.count() == 1


def test_who_was_seen_meanwhile_is_not_missed(morning) -> None:
    device = factories.a_device(last_seen_at=OPENS)
    at(10)
    looked_at = Device.objects.get(pk=device.pk)
    devices.seen(device)

    assert beats._miss(looked_at, OPENS) is False
    assert DeviceAbsence.objects.count() == 0


def test_nobody_is_missed_at_night_on_holidays_or_out_of_use(morning) -> None:
    factories.a_device(last_seen_at=OPENS)
    factories.a_device(last_seen_at=OPENS, is_active=False)
    factories.a_device(last_seen_at=OPENS, is_sample=True)
    factories.a_device()

    at(7 * 60)
    assert missed() == []
    at(5 * 24 * 60 + 60)
    assert missed() == []
    at(60)
    assert len(missed()) == 1


def test_patience_is_a_setting_of_the_device(morning) -> None:
    device = factories.a_device(name="Kios", last_seen_at=OPENS)
    devices.change_device(device, name="Kios timur", silent_after_min=30, by=audit.SYSTEM)

    at(29)
    assert missed() == []
    at(30)
    assert missed() == [("Kios timur", OPENS)]


def test_a_revoked_device_is_missed_no_longer(morning) -> None:
    device = factories.a_device(last_seen_at=OPENS)
    at(10)
    beats.note_missed()
    devices.revoke(device, audit.SYSTEM)

    assert (missed(), Device.objects.get().is_missed) == ([], False)
    assert DeviceAbsence.objects.get().until == OPENS + timedelta(minutes=10)


def signed_in(role: str) -> Client:
    client = Client(HTTP_HOST="barru.localhost")
    client.force_login(factories.a_user(role))
    return client


def test_the_supervisor_reads_of_a_silent_device_while_the_mall_is_open(morning) -> None:
    zone = factories.a_zone(name="Zona A")
    factories.a_device("screen", name="Layar A", zone=zone, speaks=True, last_seen_at=OPENS)
    supervisor = signed_in("supervisor")
    at(10)
    page = supervisor.get("/pengawas/").content.decode()
    assert "Layar “Layar A” diam sejak pukul 08.00." in page
    assert "panggilan di Zona A mungkin tidak bersuara" in page
    assert DeviceAbsence.objects.count() == 1
    at(7 * 60)
    assert "diam sejak" not in supervisor.get("/pengawas/").content.decode()


def test_the_supervisor_reads_of_a_screen_that_is_there_and_cannot_speak(morning) -> None:
    zone = factories.a_zone(name="Zona A")
    speaks = {"zone": zone, "speaks": True, "last_seen_at": OPENS}
    factories.a_device("screen", name="Belum", may_sound=False, **speaks)
    factories.a_device("screen", name="Macet", may_sound=True, stuck_calls=3, **speaks)
    factories.a_device("screen", name="Sehat", may_sound=True, stuck_calls=2, **speaks)
    factories.a_device("screen", name="Contoh", may_sound=False, is_sample=True, **speaks)
    factories.a_device("screen", name="Bisu", zone=zone, may_sound=False, last_seen_at=OPENS)

    def told(minute: int) -> list[str]:
        at(minute)
        return [device.name for device in queries.mute_devices(clock.now())]

    page = signed_in("supervisor").get("/pengawas/").content.decode()
    assert told(2) == ["Belum", "Macet"]
    assert "Layar “Belum” belum dapat bersuara." in page
    assert "tekan Aktifkan suara di sana. Sampai itu, panggilan di Zona A" in page
    assert "Panggilan tertahan di layar ini." in page
    # Whoever is gone is missed, which says more; and nobody has to speak at night.
    assert told(3) == []
    assert told(-1) == []


def test_only_a_screen_that_speaks_has_a_volume(morning) -> None:
    zone = factories.a_zone()
    loud = factories.a_device("screen", name="Layar", zone=zone, speaks=True)
    kiosk = factories.a_device(name="Kios")
    admin = signed_in("mall_admin")

    def save(device: Device, **told: str) -> int:
        there = f"/kelola/perangkat/{device.pk}/"
        fields = {"name": device.name, "silent_after_min": "5", **told}
        return admin.post(there, fields).status_code

    assert [save(loud, volume=volume) for volume in ("0", "101", "60")] == [400, 400, 302]
    assert save(kiosk, volume="7") == 302
    assert list(Device.objects.order_by("name").values_list("volume", flat=True)) == [100, 60]
    assert (
        "Keras suara layar ini" not in admin.get(f"/kelola/perangkat/{kiosk.pk}/").content.decode()
    )


def test_the_list_tells_battery_network_sound_and_an_old_page(morning) -> None:
    device = factories.a_device(name="Kios pintu", last_seen_at=OPENS)
    beats.beat(device, beats.Health(15, False, "wifi", "ab12cd34", False, 3))

    page = signed_in("mall_admin").get("/kelola/perangkat/").content.decode()

    for words in ("15%", "hampir habis", "Wi-Fi", "suara belum diaktifkan", "halaman lama"):
        assert words in page
    assert "3 panggilan tertahan" in page


def test_an_admin_renames_a_device_and_has_it_load_anew(morning) -> None:
    device, other = factories.a_device(name="Kios"), factories.a_device(name="Lain")
    admin = signed_in("mall_admin")
    there = f"/kelola/perangkat/{device.pk}/"

    taken = admin.post(there, {"name": other.name, "silent_after_min": "5"})
    saved = admin.post(there, {"name": "Kios timur", "silent_after_min": "9"})
    admin.post(f"{there}muat-ulang/")

    assert (taken.status_code, saved.status_code) == (400, 302)
    device.refresh_from_db()
    assert (device.name, device.silent_after_min) == ("Kios timur", 9)
    assert device.reload_asked_at == OPENS
    assert "menunggu dimuat ulang" in admin.get(there).content.decode()


def test_the_keeper_may_keep_pages_of_the_whole_house(client, mall) -> None:
    answer = client.get("/perangkat/penjaga.js")

    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
