"""When an emergency is said, how it sounds before the words, and that it is said rightly."""

import io
import struct
import wave
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.display.announcement import ALL_CLEAR, ATTENTION
from gerai.display.espeak import EspeakVoice
from gerai.display.reading import said
from gerai.display.rules import Manner, alarm_every, alarm_manner, round_at
from gerai.display.voice import signal

BEGAN = datetime(2026, 11, 23, 9, 0)
LEAVE = alarm_every(leaves_the_building=True)
STAY = alarm_every(leaves_the_building=False)

# As KBBI has the words; the phoneme letters are those of test_pronunciation.py.
HEARD = {
    "Kebakaran": "k@bak'aR2an",
    "Gempa bumi": "g@mp'ab'umi",
    "Banjir": "b'andZiR",
    "Listrik padam": "l'istR2ikp'adam",
    "Gangguan keamanan": "gaNg'uank@am'anan",
    "Pertolongan medis": "p@Rtol'oNanm'Edis",
    "Simulasi evakuasi": "s,imul'asi_|,Evaku'asi",
    "Keadaan darurat": "k@ad'a_|andaR2'uR2at",
    "Tinggalkan gedung dengan tenang": "tiNg'alkang@d'uNd@N'ant@n'aN",
    "Tetap tenang": "t@t'apt@n'aN",
    "Nomor Anda tetap berlaku": "n'omOR'andat@t'apb@Rl'aku",
    "Keadaan sudah aman": "k@ad'a_|ans'udah'aman",
}


@pytest.mark.parametrize(
    ("seconds", "leaving", "staying"),
    [(0, 0, 0), (59, 0, 0), (60, 1, 0), (299, 4, 0), (300, 5, 1), (3600, 60, 12), (-3, 0, 0)],
)
def test_rounds_are_counted_from_the_beginning(seconds: int, leaving: int, staying: int) -> None:
    moment = BEGAN + timedelta(seconds=seconds)
    assert (round_at(moment, BEGAN, LEAVE), round_at(moment, BEGAN, STAY)) == (leaving, staying)


@given(st.integers(0, 10**6), st.sampled_from([LEAVE, STAY]))
def test_every_moment_lies_in_the_round_it_is_in(seconds: int, every: timedelta) -> None:
    moment = BEGAN + timedelta(seconds=seconds)
    number = round_at(moment, BEGAN, every)
    assert BEGAN + number * every <= moment < BEGAN + (number + 1) * every


@pytest.mark.parametrize(
    "usual", [Manner(False, False, 0.0), Manner(True, False, 0.4), Manner(False, True, 0.7)]
)
def test_only_the_words_to_leave_ask_for_no_hour(usual: Manner) -> None:
    assert alarm_manner(usual, leaves_the_building=True) == Manner(True, True, 1.0)
    assert alarm_manner(usual, leaves_the_building=False) == usual


def test_the_signal_strikes_once_a_second_three_times() -> None:
    with wave.open(io.BytesIO(signal())) as clip:
        rate, count = clip.getframerate(), clip.getnframes()
        samples = struct.unpack(f"<{count}h", clip.readframes(count))
    tenths = [
        max(map(abs, samples[place : place + rate // 10])) for place in range(0, count, rate // 10)
    ]
    struck = [
        place for place, loud in enumerate(tenths) if loud > 2 * (tenths[place - 1] if place else 0)
    ]
    assert struck == [0, 10, 20]
    assert (count / rate, max(tenths) < 32767) == (3.0, True)


def test_an_emergency_is_said_as_kbbi_pronounces_it() -> None:
    voice = EspeakVoice()
    wrong = {
        words: heard
        for words, expected in HEARD.items()
        if (heard := voice.phonemes(said(words, "id")).removesuffix("_:_")) != expected
    }
    assert wrong == {}


def test_attention_and_the_end_are_said_in_sentences() -> None:
    assert EspeakVoice().phonemes(f"{ATTENTION['id']}. Banjir") == "p@Rhat'ian_:_b'andZiR_:_"
    assert said(ALL_CLEAR["id"], "id").count(". ") == ALL_CLEAR["id"].count(". ") == 2
