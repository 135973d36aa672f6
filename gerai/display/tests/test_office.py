"""Managing screens: how zones speak, layouts and their preview, notices."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from gerai import clock
from gerai.directory.actions import devices
from gerai.directory.models import Zone
from gerai.directory.tests.factories import a_user, a_zone
from gerai.display import actions
from gerai.display.models import HallNotice, ScreenLayout, VoiceSpan, ZoneSpeech
from gerai.display.rules import Span
from gerai.display.tests.factories import a_call, a_screen, paired
from gerai.malls.models import Mall
from gerai.people import audit
from gerai.people.models import Deed

# 09:05 WITA.
MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
USUAL = {"side": "earlier", "left": "waiting", "middle": "counters", "right": "phone"}


@pytest.fixture
def zone(mall: Mall) -> Iterator[Zone]:
    with clock.simulated(MORNING):
        yield a_zone(code="A", name="Zona A")


@pytest.fixture
def admin(zone: Zone) -> Client:
    client = Client(HTTP_HOST="barru.localhost")
    client.force_login(a_user("mall_admin"))
    return client


def say(zone: Zone, *spans: Span, english: str = "choice", has_gong: bool = True) -> None:
    actions.set_speech(zone, english=english, has_gong=has_gong, spans=spans, by=audit.SYSTEM)


def claimed(zone: Zone) -> dict:
    return paired(a_screen(zone)).post("/layar/ucapan/", {"browser": "one"}).json()


def slots(page: str) -> list[str]:
    known = "now|earlier|waiting|counters|notices|news|opening"
    return re.findall(rf'id="({known})" data-gerai-region', page)


def test_a_call_is_said_as_the_hour_wants(zone: Zone) -> None:
    a_call(zone)
    say(zone, Span(time(9), time(10), "voice", 40))
    told = claimed(zone)
    assert (told["gong"], told["volume"], len(told["clips"])) == (True, 0.4, 1)
    assert told["shows_ms"] >= 3000


def test_each_screen_has_its_part_of_its_zones_volume(zone: Zone) -> None:
    one, two = a_screen(zone), a_screen(zone)
    devices.change_device(one, name="Satu", silent_after_min=5, volume=50, by=audit.SYSTEM)
    say(zone, Span(time(9), time(10), "voice", 40))
    volumes = []
    for screen in (one, two):
        a_call(zone)
        told = paired(screen).post("/layar/ucapan/", {"browser": "one"}).json()
        paired(screen).post(told["confirm"])
        volumes.append(told["volume"])
    assert volumes == [0.2, 0.4]


@pytest.mark.parametrize(("mode", "gong"), [("gong", True), ("silent", False)])
def test_in_a_quiet_hour_the_words_stay(zone: Zone, mode: str, gong: bool) -> None:
    a_call(zone)
    say(zone, Span(time(9), time(10), mode), has_gong=False)
    told = claimed(zone)
    assert (told["gong"], told["clips"]) == (gong, [])
    assert len(told["captions"]) == 1
    assert "Jam tenang" in paired(a_screen(zone)).get("/layar/").content.decode()


@pytest.mark.parametrize(
    ("english", "visitor", "said"),
    [("never", "en", 1), ("choice", "id", 1), ("choice", "en", 2), ("always", "id", 2)],
)
def test_english_follows_as_the_zone_wants(zone, english, visitor, said) -> None:
    a_call(zone, language=visitor)
    say(zone, english=english)
    told = claimed(zone)
    assert (len(told["captions"]), len(told["clips"])) == (said, said)


def test_the_page_keeps_how_a_zone_speaks(admin: Client, zone: Zone) -> None:
    there = f"/kelola/layar/zona/{zone.pk}/suara/"
    told = {
        "english": "always",
        "begins_1": "12:00",
        "ends_1": "13:00",
        "mode_1": "gong",
        "volume_1": "40",
        "begins_3": "07:00",
        "ends_3": "08:00",
        "mode_3": "voice",
        "volume_3": "70",
    }
    assert admin.post(there, told).status_code == 302
    speech = ZoneSpeech.objects.get()
    assert (speech.english, speech.has_gong) == ("always", False)
    rows = VoiceSpan.objects.order_by("begins").values_list("begins", "ends", "mode", "volume")
    assert list(rows) == [(time(7), time(8), "voice", 70), (time(12), time(13), "gong", 40)]
    assert Deed.objects.filter(verb="display.set_speech").count() == 1
    page = admin.get(there).content.decode()
    assert 'value="07:00"' in page
    admin.post(there, {"english": "never"})
    assert VoiceSpan.objects.count() == 0


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ({"begins_1": "12:00"}, "Isi jam mulai dan jam selesainya."),
        ({"begins_1": "12:00", "ends_1": "12:00"}, "Jam selesai harus lain dari jam mulai."),
        (
            {"begins_1": "12:00", "ends_1": "13:00", "begins_2": "12:30", "ends_2": "14:00"},
            "Jam pada baris 1 dan 2 bertumpuk.",
        ),
    ],
)
def test_hours_that_make_no_sense_are_refused(admin, zone, rows, error) -> None:
    answer = admin.post(f"/kelola/layar/zona/{zone.pk}/suara/", {"english": "never", **rows})
    assert answer.status_code == 400
    assert error in answer.content.decode()
    assert ZoneSpeech.objects.count() == 0


def test_a_screen_without_a_layout_looks_as_usual(zone: Zone) -> None:
    page = paired(a_screen(zone)).get("/layar/").content.decode()
    assert slots(page) == ["now", "earlier", "waiting", "counters"]
    assert "screen-qr" in page


def test_a_zones_layout_is_its_screens_and_a_screens_own_wins(admin: Client, zone: Zone) -> None:
    one, two = a_screen(zone), a_screen(zone)
    places = {"side": "notices", "left": "opening", "middle": "nothing", "right": "nothing"}
    told = {**places, "is_call_large": "on"}
    assert admin.post(f"/kelola/layar/zona/{zone.pk}/tata/", told).status_code == 302
    own = {"side": "nothing", "left": "news", "middle": "waiting", "right": "nothing"}
    assert admin.post(f"/kelola/layar/perangkat/{two.pk}/tata/", own).status_code == 302

    pages = [paired(screen).get("/layar/").content.decode() for screen in (one, two)]
    assert [slots(page) for page in pages] == [
        ["now", "notices", "opening"],
        ["now", "news", "waiting"],
    ]
    assert ["is-call-large" in page for page in pages] == [True, False]
    admin.post(f"/kelola/layar/perangkat/{two.pk}/tata/", {"seperti-biasa": "ya"})
    assert ScreenLayout.objects.count() == 1
    assert slots(paired(two).get("/layar/").content.decode()) == ["now", "notices", "opening"]


def test_one_thing_stands_in_one_place(admin: Client, zone: Zone) -> None:
    there = f"/kelola/layar/zona/{zone.pk}/tata/"
    twice = admin.post(there, {**USUAL, "right": "waiting"})
    low = admin.post(there, {**USUAL, "side": "news", "left": "earlier"})
    assert (twice.status_code, low.status_code) == (400, 400)
    assert "Isi ini sudah ada di tempat lain pada layar." in twice.content.decode()
    assert "Panggilan terakhir hanya muat di samping panggilan." in low.content.decode()


def test_a_preview_shows_what_nobody_has_saved(admin: Client, zone: Zone) -> None:
    told = {**USUAL, "side": "opening"}
    page = admin.get(f"/kelola/layar/zona/{zone.pk}/pratinjau/", told).content.decode()
    assert slots(page) == ["now", "opening", "waiting", "counters"]
    assert "data-gerai-voice=" not in page
    assert ScreenLayout.objects.count() == 0


def a_notice(text: str, **fields) -> HallNotice:
    said = {
        "text_en": "",
        "zone": None,
        "begins_at": MORNING - timedelta(hours=1),
        "ends_at": MORNING + timedelta(hours=1),
        "is_urgent": False,
    }
    return actions.set_notice(None, text=text, by=audit.SYSTEM, **{**said, **fields})


def test_notices_are_shown_where_and_while_they_run_urgent_ones_first(zone: Zone) -> None:
    a_notice("Biasa")
    a_notice("Genting", is_urgent=True, text_en="Urgent")
    a_notice("Zona lain", zone=a_zone())
    a_notice("Kemarin", ends_at=MORNING)
    a_notice("Nanti", begins_at=MORNING + timedelta(minutes=1))
    page = paired(a_screen(zone)).get("/layar/").content.decode()
    ticker = page.split('id="running-text"')[1].split("</div>")[0]
    words = ["Genting", "Urgent", "Biasa", "Zona lain", "Kemarin", "Nanti"]
    assert [word for word in words if word in ticker] == ["Genting", "Urgent", "Biasa"]
    assert ticker.index("Genting") < ticker.index("Biasa")


def test_a_notice_is_written_by_the_malls_clock_changed_and_removed(admin: Client) -> None:
    told = {
        "text": "Rapat",
        "text_en": "Meeting",
        "begins_at": "2026-11-23T09:00",
        "ends_at": "2026-11-23T11:00",
    }
    assert admin.post("/kelola/layar/", told).status_code == 302
    notice = HallNotice.objects.get()
    assert notice.begins_at == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    there = f"/kelola/layar/pengumuman/{notice.pk}/"
    assert 'value="2026-11-23T09:00"' in admin.get(there).content.decode()
    backwards = admin.post(there, {**told, "ends_at": "2026-11-23T08:00"})
    assert backwards.status_code == 400
    assert admin.post(there, {**told, "text": "Rapat besar"}).status_code == 302
    assert HallNotice.objects.get().text == "Rapat besar"
    assert admin.post(f"{there}hapus/").status_code == 302
    assert HallNotice.objects.count() == 0
    with pytest.raises(actions.NoticeGone):
        actions.remove_notice(notice, by=audit.SYSTEM)


def test_officers_do_not_manage_screens(zone: Zone) -> None:
    client = Client(HTTP_HOST="barru.localhost")
    client.force_login(a_user("officer"))
    assert client.get("/kelola/layar/").status_code == 403
