"""An emergency is said by the zone's voice, round after round, and its end once."""

import io
import wave
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gerai import clock
from gerai.directory.models import Emergency, EmergencyKind, Zone
from gerai.directory.tests.factories import a_floor, a_zone
from gerai.display import actions
from gerai.display.models import EmergencyVoice, VoiceSpan
from gerai.display.rules import Span
from gerai.display.tests.factories import a_call, a_screen, paired
from gerai.malls.models import Mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.queue.actions.emergencies import freeze, go_on, set_gathering_place
from gerai.queue.models import Call, Speech

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PROMISE = "Antrean dihentikan sementara. Nomor Anda tetap berlaku dan urutannya tidak berubah."
SAFE = (
    "Keadaan sudah aman. Antrean dilanjutkan. Nomor Anda tetap berlaku dan urutannya tidak berubah."
)


@pytest.fixture
def zone(mall: Mall) -> Iterator[Zone]:
    cache.clear()
    with clock.simulated(MORNING):
        yield a_zone()


def later(seconds: float) -> None:
    clock.turn_to(clock.now() + timedelta(seconds=seconds))


def begin(kind: EmergencyKind = EmergencyKind.FIRE, **fields) -> Emergency:
    return freeze(kind, by=audit.SYSTEM, **fields)


def ask(client: Client):
    return client.post("/layar/darurat/", {"browser": "one"}, HTTP_ACCEPT="application/json")


def told(client: Client):
    response = ask(client)
    return response.json() if response.status_code == 200 else None


def say(client: Client) -> str | None:
    """Say what there is to say, and confirm it; tell what it was."""
    answer = told(client)
    if answer is None or not answer["says"]:
        return None
    assert client.post(answer["confirm"]).json()["first"] is True
    return "over" if answer["is_over"] else f"round {answer['round']}"


def captions(answer, language: str = "id") -> list[str]:
    return [each["text"] for each in answer["captions"] if each["language"] == language]


def english(zone: Zone, setting: str, spans: tuple[Span, ...] = ()) -> None:
    actions.set_speech(zone, english=setting, has_gong=True, spans=spans, by=audit.SYSTEM)


def all_day(zone: Zone, mode: str, volume: int = 100) -> None:
    for begins, ends in ((time(0), time(12)), (time(12), time(0))):
        VoiceSpan.objects.create(
            mall=zone.mall, zone=zone, begins=begins, ends=ends, mode=mode, volume=volume
        )


def test_without_an_emergency_there_is_nothing_to_say(zone: Zone) -> None:
    assert ask(paired(a_screen(zone))).status_code == 204


def test_it_says_what_the_screen_shows_in_both_languages(zone: Zone) -> None:
    set_gathering_place("halaman parkir", "the car park", by=audit.SYSTEM)
    begin(words="Asap di dapur")
    screen = paired(a_screen(zone))

    answer = told(screen)

    assert captions(answer) == [
        "Perhatian. Kebakaran.",
        "Asap di dapur",
        "Tinggalkan gedung dengan tenang, jangan pakai lift. Berkumpul di: halaman parkir.",
        PROMISE,
    ]
    assert captions(answer, "en") == [
        "Attention please. Fire.",
        "Leave the building calmly, do not use the lift. Gather at: the car park.",
        "The queue stands still for now. Your number stays valid and keeps its place.",
    ]
    page = screen.get("/layar/").content.decode()
    assert all(sentence in page for sentence in captions(answer)[1:] + captions(answer, "en")[1:])
    assert len(answer["clips"]) == 7
    for address in [answer["gong"], *answer["clips"]]:
        response = screen.get(address)
        assert response["Content-Type"] == "audio/wav"
        assert "immutable" in response["Cache-Control"]
        with wave.open(io.BytesIO(response.content)) as clip:
            assert clip.getnframes() > clip.getframerate() / 2


def test_a_zone_that_never_speaks_english_says_it_in_indonesian_only(zone: Zone) -> None:
    english(zone, "never")
    begin()
    assert {each["language"] for each in told(paired(a_screen(zone)))["captions"]} == {"id"}


def test_where_people_stay_they_are_told_so_after_the_usual_gong(zone: Zone) -> None:
    begin(EmergencyKind.POWER, leaves_the_building=False)
    answer = told(paired(a_screen(zone)))
    assert captions(answer) == [
        "Perhatian. Listrik padam.",
        "Tetap tenang dan ikuti petunjuk petugas.",
        PROMISE,
    ]
    assert answer["gong"].startswith("/layar/gong.wav")
    assert answer["every_ms"] == 300_000


def test_before_the_words_to_leave_comes_a_signal_of_its_own(zone: Zone) -> None:
    begin()
    answer = told(paired(a_screen(zone)))
    assert answer["gong"].startswith("/layar/aba-aba.wav")
    assert answer["every_ms"] == 60_000


def test_a_sentence_that_no_answer_carried_is_not_said(zone: Zone) -> None:
    screen = paired(a_screen(zone))
    assert screen.get("/layar/kalimat.wav", {"t": "halo", "b": "id", "v": "x"}).status_code == 404
    assert screen.get("/layar/kalimat.wav", {"t": "halo", "b": "jv"}).status_code == 404


def test_each_round_is_said_once_by_one_screen(zone: Zone) -> None:
    begin()
    one, two = paired(a_screen(zone)), paired(a_screen(zone))

    first = told(one)
    assert first["says"] is True
    assert told(two)["says"] is False
    assert one.post(first["confirm"]).json()["first"] is True
    assert one.post(first["confirm"]).json()["first"] is False
    later(59)
    assert (say(one), say(two)) == (None, None)
    later(1)
    assert (say(two), say(one)) == ("round 1", None)
    later(300)
    assert (say(one), say(two)) == ("round 6", None)
    assert EmergencyVoice.objects.get().times == 3


def test_the_screens_of_a_zone_know_their_part_of_a_round(zone: Zone) -> None:
    begin()
    screens = [paired(a_screen(zone)) for _ in range(3)]
    a_screen(zone, speaks=False)
    a_screen(a_zone())
    answers = [told(screen) for screen in screens]
    assert [(each["place"], each["screens"]) for each in answers] == [(0, 3), (1, 3), (2, 3)]
    assert {each["began_at"] for each in answers} == {MORNING.isoformat()}


def test_of_two_browsers_with_one_token_one_says_it(zone: Zone) -> None:
    begin()
    screen = paired(a_screen(zone))
    assert told(screen)["says"] is True
    again = screen.post("/layar/darurat/", {"browser": "two"}).json()
    assert again["says"] is False


def test_another_screen_says_it_when_the_first_one_died(zone: Zone) -> None:
    begin()
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    assert told(one)["says"] is True
    later(60)
    assert told(two)["says"] is False
    later(1)
    assert say(two) == "round 1"


def test_a_round_is_confirmed_by_who_says_it_and_not_ahead_of_time(zone: Zone) -> None:
    emergency = begin()
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    assert told(one)["says"] is True
    assert two.post(f"/layar/darurat/{emergency.pk}/putaran/0/").status_code == 409
    assert one.post(f"/layar/darurat/{emergency.pk}/putaran/1/").status_code == 409
    assert one.post(f"/layar/darurat/{emergency.pk}/putaran/{10**30}/").status_code == 409
    assert one.post(f"/layar/darurat/{emergency.pk}/aman/").status_code == 409
    assert one.post("/layar/darurat/9999/putaran/0/").status_code == 404
    assert EmergencyVoice.objects.get().last_round is None


def test_the_end_is_said_once_where_it_was_heard_before_any_call(zone: Zone) -> None:
    a_call(zone)
    emergency = begin()
    one, two = paired(a_screen(zone)), paired(a_screen(zone))
    elsewhere = paired(a_screen(a_zone()))
    assert say(one) == "round 0"
    later(30)
    go_on(emergency, by=audit.SYSTEM)

    assert one.post("/layar/ucapan/", {"browser": "one"}).status_code == 204
    answer = told(two)
    assert captions(answer) == [SAFE]
    assert answer["gong"].startswith("/layar/gong.wav")
    assert two.post(answer["confirm"]).json()["first"] is True
    assert two.post(answer["confirm"]).json()["first"] is False
    assert [ask(each).status_code for each in (one, two, elsewhere)] == [204, 204, 204]
    assert one.post("/layar/ucapan/", {"browser": "one"}).json()["sequence"] == 1


def test_the_end_is_not_said_five_minutes_later(zone: Zone) -> None:
    emergency = begin()
    screen = paired(a_screen(zone))
    say(screen)
    go_on(emergency, by=audit.SYSTEM)
    later(300)
    assert told(screen)["is_over"] is True
    later(1)
    assert told(screen) is None


def test_one_saying_ends_every_emergency_the_zone_heard(zone: Zone) -> None:
    screen = paired(a_screen(zone))
    upstairs = begin(EmergencyKind.FLOOD, floor=zone.floor, leaves_the_building=False)
    assert say(screen) == "round 0"
    whole = begin()
    assert say(screen) == "round 0"
    go_on(upstairs, by=audit.SYSTEM)
    assert say(screen) is None
    go_on(whole, by=audit.SYSTEM)
    assert (say(screen), say(screen)) == ("over", None)


def test_what_makes_people_leave_is_said_first(zone: Zone) -> None:
    begin(EmergencyKind.POWER, leaves_the_building=False)
    begin(EmergencyKind.FIRE, floor=zone.floor)
    assert captions(told(paired(a_screen(zone))))[0] == f"Perhatian. Kebakaran, {zone.floor.name}."


def test_another_floor_is_not_told(zone: Zone) -> None:
    begin(floor=a_floor())
    assert told(paired(a_screen(zone))) is None


def test_a_screen_that_does_not_speak_is_refused(zone: Zone) -> None:
    begin()
    assert ask(paired(a_screen(zone, speaks=False))).status_code == 403
    assert ask(paired(a_screen())).status_code == 403


@pytest.mark.parametrize("mode", ["silent", "gong", "voice"])
def test_the_words_to_leave_are_heard_in_full_at_every_hour(zone: Zone, mode: str) -> None:
    all_day(zone, mode, volume=0)
    begin()
    answer = told(paired(a_screen(zone)))
    assert (answer["volume"], len(answer["clips"])) == (1.0, 6)
    assert answer["gong"].startswith("/layar/aba-aba.wav")


def test_a_standstill_respects_the_quiet_hours(zone: Zone) -> None:
    all_day(zone, "silent")
    begin(EmergencyKind.POWER, leaves_the_building=False)
    screen = paired(a_screen(zone))
    assert told(screen) is None
    VoiceSpan.objects.update(mode="gong", volume=40)
    answer = told(screen)
    assert (answer["volume"], answer["clips"]) == (0.4, [])
    VoiceSpan.objects.all().delete()
    assert say(screen) == "round 0"


def test_a_screens_own_volume_stays(zone: Zone) -> None:
    begin()
    screen = a_screen(zone)
    screen.volume = 50
    screen.save()
    assert told(paired(screen))["volume"] == 0.5


def test_a_call_that_was_broken_off_is_said_again_afterwards(zone: Zone) -> None:
    a_call(zone)
    screen = paired(a_screen(zone))
    assert screen.post("/layar/ucapan/", {"browser": "one"}).json()["sequence"] == 1
    emergency = begin()
    assert say(screen) == "round 0"
    later(120)
    go_on(emergency, by=audit.SYSTEM)
    assert say(screen) == "over"
    assert screen.post("/layar/ucapan/", {"browser": "one"}).json()["sequence"] == 1
    assert Call.objects.get().speech == Speech.CLAIMED


def test_the_trail_keeps_when_a_zone_first_heard_it_and_its_end(zone: Zone) -> None:
    emergency = begin()
    screen = a_screen(zone)
    client = paired(screen)
    for _ in range(3):
        say(client)
        later(60)
    go_on(emergency, by=audit.SYSTEM)
    say(client)
    deeds = Deed.objects.filter(verb__startswith="display.say").order_by("pk")
    assert list(deeds.values_list("verb", "thing", "by_name", "detail")) == [
        (verb, f"emergency:{emergency.pk}", f"perangkat: {screen.name}", {"zone": zone.pk})
        for verb in ("display.say_emergency", "display.say_all_clear")
    ]


def test_the_end_is_written_too(zone: Zone) -> None:
    emergency = begin(floor=zone.floor)
    screens = [paired(a_screen(zone)), paired(a_screen())]
    elsewhere = paired(a_screen(a_zone(floor=a_floor())))

    def written() -> list[bool]:
        return [SAFE in each.get("/layar/").content.decode() for each in (*screens, elsewhere)]

    assert written() == [False, False, False]
    go_on(emergency, by=audit.SYSTEM)
    assert written() == [True, True, False]
    later(301)
    assert written() == [False, False, False]
