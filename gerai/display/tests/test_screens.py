"""The screens and their state for machines, through the HTTP doors."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from gerai import clock
from gerai.directory.models import Zone
from gerai.directory.tests.factories import a_zone, an_agency
from gerai.display.tests.factories import a_call, a_screen, a_seat, paired
from gerai.malls.models import Mall
from gerai.people import audit
from gerai.queue.actions import serving, speech

MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


@pytest.fixture
def zone(mall: Mall) -> Iterator[Zone]:
    with clock.simulated(MORNING):
        yield a_zone(code="A", name="Zona Kependudukan")


def text_of(client: Client, element: str | None = None) -> str:
    """Return the page's words, or those of the element with an id."""
    response = client.get("/layar/")
    assert response.status_code == 200
    page = response.content.decode().replace("<wbr>", "")
    if element:
        page = page.split(f'id="{element}"')[1].split("</main>")[0].split("</section>")[0]
        page = page.split(">", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_browser_without_token_is_sent_to_pair(zone: Zone, client: Client) -> None:
    response = client.get("/layar/")
    assert response.status_code == 302
    assert response["Location"] == "/perangkat/screen/?next=%2Flayar%2F"


def test_a_screen_shows_the_call_of_its_zone(zone: Zone) -> None:
    agency = an_agency(name="Dinas Kependudukan dan Pencatatan Sipil")
    a_call(zone, counter=a_seat(zone, agency=agency, code="2"), label="A035")
    a_call(a_zone(), label="B001")
    screen = paired(a_screen(zone))
    assert text_of(screen, "now") == (
        "Nomor antrean A035 Loket 2 Dinas Kependudukan dan Pencatatan Sipil "
        "Nomor antrean A, nol, tiga, lima. "
        "Silakan ke loket dua, Dinas Kependudukan dan Pencatatan Sipil."
    )
    assert "B001" not in text_of(screen)


def test_the_whole_mall_names_the_zone_of_a_call(zone: Zone) -> None:
    a_call(zone, label="A035")
    whole = paired(a_screen(None, speaks=False))
    assert "Zona Kependudukan" in text_of(whole, "now")
    assert "Semua zona" in text_of(whole)


def test_a_call_taken_back_vanishes(zone: Zone) -> None:
    ticket = a_call(zone, label="A035").ticket
    screen = paired(a_screen(zone))
    assert "A035" in text_of(screen)
    serving.undo(ticket, by=audit.SYSTEM)
    assert "A035" not in text_of(screen)


def test_the_clock_and_day_are_those_of_the_mall_in_indonesian(zone: Zone) -> None:
    page = paired(a_screen(zone)).get("/layar/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert 'lang="id"' in page
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "09.05 WITA Senin, 23 November 2026" in words


def test_the_qr_code_leads_to_this_hosts_phone_page(zone: Zone) -> None:
    words = text_of(paired(a_screen(zone)))
    assert "Ambil nomor lewat ponsel barru.localhost/antre/" in words


def test_running_text_is_that_of_the_mall(zone: Zone, mall: Mall) -> None:
    Mall.objects.filter(pk=mall.pk).update(running_text="Ruang laktasi ada di lantai 1.")
    assert "Ruang laktasi ada di lantai 1." in text_of(paired(a_screen(zone)))


def test_only_a_screen_that_speaks_carries_the_voice(zone: Zone) -> None:
    speaking = paired(a_screen(zone)).get("/layar/").content.decode()
    mute = paired(a_screen(zone, speaks=False)).get("/layar/").content.decode()
    whole = paired(a_screen(None)).get("/layar/").content.decode()
    assert [page.count("data-gerai-voice=") for page in (speaking, mute, whole)] == [1, 0, 0]
    assert [page.count("display/voice.") for page in (speaking, mute, whole)] == [1, 0, 0]


def test_without_any_voice_the_screen_says_so_and_only_gongs(
    zone: Zone, settings: LazySettings, tmp_path: Path
) -> None:
    settings.VOICES, settings.VOICE_DIR = ["recorded", "piper"], tmp_path
    a_call(zone)
    screen = paired(a_screen(zone))
    assert "Tanpa suara: panggilan tampil tertulis, diawali bunyi gong." in text_of(screen, "now")
    told = screen.post("/layar/ucapan/", {"browser": "one"}).json()
    assert told["clips"] == []
    assert screen.get("/layar/gong.wav")["Content-Type"] == "audio/wav"
    assert screen.get("/layar/ucapan/1/suara.wav").status_code == 404


def test_a_screen_has_no_inline_script_style_or_handler(zone: Zone) -> None:
    a_call(zone)
    page = paired(a_screen(zone)).get("/layar/").content.decode()
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page) == []


def test_without_script_the_page_stays_until_every_list_was_seen(zone: Zone) -> None:
    for number in range(20):
        a_seat(zone, code=str(number + 1))
    page = paired(a_screen(zone)).get("/layar/").content.decode()
    assert '<meta http-equiv="refresh" content="24">' in page
    assert page.count('class="screen-counters"') == 3
    assert page.count('class="screen-code') == 20


def test_state_tells_machines_what_the_screen_shows(zone: Zone) -> None:
    agency = an_agency(name="Dinas Sosial", short_name="Dinsos")
    call = a_call(zone, counter=a_seat(zone, agency=agency, code="2"), label="A035")
    screen = a_screen(zone)
    response = paired(screen).get("/layar/keadaan.json")
    assert response["Cache-Control"] == "no-store"
    facts = response.json()
    line = facts["lines"][0]
    assert facts == {
        "at": "2026-11-23T01:05:00+00:00",
        "zone": {"code": "A", "name": "Zona Kependudukan"},
        "last_spoken": 0,
        "calls": [
            {
                "zone": "A",
                "sequence": 1,
                "label": "A035",
                "counter": "2",
                "agency": "Dinas Sosial",
                "times": 1,
                "at": "2026-11-23T01:05:00+00:00",
                "state": "called",
                "speech": "waiting",
            }
        ],
        "counters": [
            {"code": "2", "agencies": ["Dinas Sosial"], "state": "called", "label": "A035"}
        ],
        "waiting": 0,
        "lines": [
            {"code": line["code"], "name": "Dinsos", "waiting": 0, "counters_open": 1},
        ],
    }
    speech.claim(zone, device=screen)
    speech.confirm(zone, call.sequence, device=screen)
    assert paired(screen).get("/layar/keadaan.json").json()["last_spoken"] == 1


def test_state_of_the_whole_mall_has_no_zone_and_no_sequence(zone: Zone) -> None:
    facts = paired(a_screen(None)).get("/layar/keadaan.json").json()
    assert (facts["zone"], facts["last_spoken"], facts["calls"]) == (None, None, [])
