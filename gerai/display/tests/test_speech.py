"""Each call is spoken exactly once in its zone: the protocol, through the HTTP doors."""

import io
import wave
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gerai import clock
from gerai.directory.models import Zone
from gerai.directory.tests.factories import a_mall, a_zone, an_agency
from gerai.display.tests.factories import a_call, a_screen, a_seat, paired
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.queue.models import Call, Speech

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOLD_S = 30


@pytest.fixture
def zone(mall: Mall) -> Iterator[Zone]:
    cache.clear()
    with clock.simulated(MORNING):
        yield a_zone()


def later(seconds: float) -> None:
    clock.turn_to(clock.now() + timedelta(seconds=seconds))


def claim(client: Client, browser: str = "one"):
    return client.post("/layar/ucapan/", {"browser": browser}, HTTP_ACCEPT="application/json")


def confirm(client: Client, sequence: int):
    return client.post(f"/layar/ucapan/{sequence}/", HTTP_ACCEPT="application/json")


def claimed(client: Client) -> int | None:
    response = claim(client)
    return response.json()["sequence"] if response.status_code == 200 else None


def test_claim_says_everything_needed_to_speak(zone: Zone) -> None:
    seat = a_seat(zone, agency=an_agency(name="Dinas Sosial"), code="7")
    a_call(zone, counter=seat, label="B012", language="en")
    told = claim(paired(a_screen(zone))).json()
    assert told["captions"] == [
        {
            "language": "id",
            "text": "Nomor antrean B, nol, satu, dua. Silakan ke loket tujuh, Dinas Sosial.",
        },
        {
            "language": "en",
            "text": "Queue number B, zero, one, two. Please go to counter seven, Dinas Sosial.",
        },
    ]
    assert (told["sequence"], told["label"], told["times"]) == (1, "B012", 1)
    assert told["counter"] == "7"
    assert told["confirm"] == "/layar/ucapan/1/"
    assert told["holds_ms"] == HOLD_S * 1000
    assert [url.split("?")[0] for url in told["clips"]] == ["/layar/ucapan/1/suara.wav"] * 2


def test_of_two_devices_one_gets_the_call(zone: Zone) -> None:
    a_call(zone)
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    assert (claimed(one), claimed(two)) == (1, None)
    assert confirm(one, 1).json() == {"sequence": 1, "first": True}
    assert (claimed(one), claimed(two)) == (None, None)


def test_confirm_by_the_wrong_device_is_refused(zone: Zone) -> None:
    a_call(zone)
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    assert confirm(two, 1).status_code == 409
    assert claimed(one) == 1
    assert confirm(two, 1).status_code == 409
    assert Call.objects.get().speech == Speech.CLAIMED


def test_lost_confirm_is_repeated_without_harm(zone: Zone) -> None:
    a_call(zone)
    screen = a_screen(zone)
    one = paired(screen)
    claimed(one)
    assert confirm(one, 1).json()["first"] is True
    spoken_at = Call.objects.get().spoken_at
    later(5)
    assert confirm(one, 1).json() == {"sequence": 1, "first": False}
    assert Call.objects.get().spoken_at == spoken_at
    # A deed about a number: the office did nothing that the fast doors must look at.
    deed = Deed.objects.get(verb="display.speak")
    assert deed.thing == f"ticket:{Call.objects.get().ticket_id}"


def test_after_a_reload_the_same_device_gets_the_same_call(zone: Zone) -> None:
    a_call(zone)
    a_call(zone)
    one = paired(a_screen(zone))
    assert (claimed(one), claimed(one)) == (1, 1)
    confirm(one, 1)
    assert claimed(one) == 2


def test_another_device_takes_over_after_30_seconds(zone: Zone) -> None:
    a_call(zone)
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    assert claimed(one) == 1
    later(29)
    assert claimed(two) is None
    later(2)
    assert claimed(two) == 1
    assert confirm(one, 1).status_code == 409
    assert confirm(two, 1).json()["first"] is True


def test_calls_are_spoken_in_their_order(zone: Zone) -> None:
    for _ in range(4):
        a_call(zone)
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    spoken = []
    for client in (one, two, two, one):
        spoken.append(claimed(client))
        confirm(client, spoken[-1])
    assert spoken == [1, 2, 3, 4]


def test_a_call_lapses_after_ten_minutes(zone: Zone) -> None:
    a_call(zone)
    later(9 * 60)
    a_call(zone)
    later(2 * 60)
    assert claimed(paired(a_screen(zone))) == 2
    assert list(Call.objects.order_by("sequence").values_list("speech", flat=True)) == [
        Speech.LAPSED,
        Speech.CLAIMED,
    ]


def test_a_call_whose_screen_died_lapses_too(zone: Zone) -> None:
    a_call(zone)
    assert claimed(paired(a_screen(zone))) == 1
    later(11 * 60)
    assert claimed(paired(a_screen(zone))) is None
    assert Call.objects.get().speech == Speech.LAPSED


def test_a_call_that_never_ends_does_not_hold_up_the_others_for_ever(zone: Zone) -> None:
    a_call(zone)
    screen = paired(a_screen(zone))
    for _ in range(61):
        assert claimed(screen) == 1
        later(10)
    a_call(zone)
    assert claimed(screen) == 2
    assert Call.objects.order_by("sequence").first().speech == Speech.LAPSED


def test_two_browsers_with_one_token_are_one_voice(zone: Zone) -> None:
    a_call(zone)
    screen = a_screen(zone)
    assert claim(paired(screen), "one").status_code == 200
    assert claim(paired(screen), "two").status_code == 204
    assert claim(paired(screen), "one").status_code == 200


def test_another_zones_sequence_is_refused(zone: Zone) -> None:
    a_call(a_zone())
    one = paired(a_screen(zone))
    assert claimed(one) is None
    assert confirm(one, 1).status_code == 404
    assert one.get("/layar/ucapan/1/suara.wav").status_code == 404


def test_another_malls_device_is_sent_to_pair(zone: Zone) -> None:
    a_call(zone)
    with in_mall(a_mall("tetangga")):
        stranger = paired(a_screen(a_zone()))
    for response in (claim(stranger), confirm(stranger, 1), stranger.get("/layar/keadaan.json")):
        assert response.status_code == 302
        assert response["Location"].startswith("/perangkat/screen/")
    assert Call.objects.get().speech == Speech.WAITING


@pytest.mark.parametrize("sequence", [0, 2**31, 10**30])
def test_senseless_sequences_are_refused(zone: Zone, sequence: int) -> None:
    one = paired(a_screen(zone))
    assert confirm(one, sequence).status_code == 404
    assert one.get(f"/layar/ucapan/{sequence}/suara.wav").status_code == 404


def test_a_mute_or_whole_mall_screen_does_not_speak(zone: Zone) -> None:
    a_call(zone)
    for screen in (a_screen(zone, speaks=False), a_screen(None)):
        assert claim(paired(screen)).status_code == 403
        assert confirm(paired(screen), 1).status_code == 403
        assert paired(screen).get("/layar/ucapan/1/suara.wav").status_code == 403


def test_speaking_needs_post_and_the_pages_secret(zone: Zone) -> None:
    screen = a_screen(zone)
    assert paired(screen).get("/layar/ucapan/").status_code == 405
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="barru.localhost")
    strict.cookies.update(paired(screen).cookies)
    assert claim(strict).status_code == 403


def test_the_clip_is_a_sound_kept_for_a_year_under_its_content(zone: Zone) -> None:
    a_call(zone)
    one = paired(a_screen(zone))
    (url,) = claim(one).json()["clips"]
    response = one.get(url)
    with wave.open(io.BytesIO(response.content)) as sound:
        assert sound.getnframes() / sound.getframerate() > 2
    assert response["Content-Type"] == "audio/wav"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    old = one.get("/layar/ucapan/1/suara.wav?v=other")
    assert (old.content, old["Cache-Control"]) == (response.content, "private, no-cache")
    assert one.get("/layar/ucapan/1/suara.wav?bahasa=en").status_code == 404


def test_a_call_that_cannot_be_said_is_still_gonged_and_confirmed(zone: Zone) -> None:
    a_call(zone, label="—")
    one = paired(a_screen(zone))
    told = claim(one).json()
    assert (told["captions"], told["clips"]) == ([], [])
    assert confirm(one, 1).json()["first"] is True


def test_a_screen_that_slept_an_hour_speaks_only_what_still_helps(zone: Zone) -> None:
    one = paired(a_screen(zone))
    a_call(zone)
    assert claimed(one) == 1
    for _ in range(5):
        later(10 * 60)
        a_call(zone)
    later(9 * 60 + 59)
    assert confirm(one, 1).status_code == 200
    spoken = []
    while (sequence := claimed(one)) is not None:
        confirm(one, sequence)
        spoken.append(sequence)
    # Of the hour's five calls the last one is younger than ten minutes.
    assert spoken == [6]
    told = dict(Call.objects.values_list("sequence", "speech"))
    assert told == {1: Speech.SPOKEN, **dict.fromkeys(range(2, 6), Speech.LAPSED), 6: Speech.SPOKEN}
