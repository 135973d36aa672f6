"""What espeak-ng really says of every number, letter and counter, and the silence between.

The table below is the reference: the words of numbers as KBBI pronounces them. Which words a
number has num2words says; a number said is its words said one after another.
"""

import io
import struct
import wave
from itertools import pairwise

import pytest
from num2words import num2words

from gerai.display.announcement import LETTERS, number_words, words
from gerai.display.espeak import EspeakVoice

WORDS = {
    "nol": "n'ol",
    "satu": "s'atu",
    "dua": "d'ua",
    "tiga": "t'iga",
    "empat": "@mp'at",
    "lima": "l'ima",
    "enam": "@n'am",
    "tujuh": "t'udZuh",
    "delapan": "d@l'apan",
    "sembilan": "s@mb'ilan",
    "sepuluh": "s@p'uluh",
    "sebelas": "s@b@l'as",
    "belas": "b@l'as",
    "puluh": "p'uluh",
    "ratus": "R2'atus",
    "seratus": "s@R2'atus",
}
PAUSE = "_:_"
# A pause is what an ear takes for one: silence of a tenth of a second and more.
PAUSE_S = 0.1
SILENT = 330


@pytest.fixture(scope="module")
def voice() -> EspeakVoice:
    return EspeakVoice()


def said(words_: str) -> str:
    return "".join(WORDS[word] for word in words_.split())


def pauses_of(sound: bytes) -> list[float]:
    with wave.open(io.BytesIO(sound)) as clip:
        rate, count = clip.getframerate(), clip.getnframes()
        samples = struct.unpack(f"<{count}h", clip.readframes(count))
    loud = [place for place, sample in enumerate(samples) if abs(sample) > SILENT]
    gaps = ((after - before) / rate for before, after in pairwise(loud))
    return [gap for gap in gaps if gap >= PAUSE_S]


def test_every_number_is_said_in_the_words_of_the_reference() -> None:
    wrong = [n for n in range(1000) if number_words(n) != num2words(n, lang="id")]

    assert wrong == []


def test_every_number_sounds_as_its_words(voice: EspeakVoice) -> None:
    wrong = {
        number: heard
        for number in range(1000)
        if (heard := voice.phonemes(number_words(number)))
        != said(num2words(number, lang="id")) + PAUSE
    }

    assert wrong == {}


def test_every_counter_of_a_sign_sounds_as_its_number(voice: EspeakVoice) -> None:
    before = f"n'omORantR2'Ean'a{PAUSE}s'atu{PAUSE}sil'akank@l'okEt"
    wrong = {
        number: heard
        for number in range(1, 1000, 7)
        if (heard := voice.phonemes(words("A1", str(number), "").spoken))
        != before + said(num2words(number, lang="id")) + PAUSE
    }

    assert wrong == {}


def test_every_ticket_sounds_letter_by_letter_and_digit_by_digit(voice: EspeakVoice) -> None:
    names = {name: voice.phonemes(name).removesuffix(PAUSE) for name in LETTERS["id"].values()}
    wrong = {}
    for place, (letter, name) in enumerate(LETTERS["id"].items()):
        digits = f"{place * 37 % 1000:03}"
        spelled = "".join(said(num2words(int(digit), lang="id")) + PAUSE for digit in digits)
        heard = voice.phonemes(words(f"{letter}{digits}", "2", "").spoken)
        expected = f"n'omORantR2'Ean{names[name]}{PAUSE}{spelled}sil'akank@l'okEtd'ua{PAUSE}"
        if heard != expected:
            wrong[letter] = heard

    assert wrong == {}


@pytest.mark.parametrize(
    ("label", "counter"), [("A035", "2"), ("Q909", "116"), ("B007", "Z1-16"), ("CB77", "12")]
)
def test_between_two_parts_there_is_a_silence_one_can_hear(
    voice: EspeakVoice, label: str, counter: str
) -> None:
    spoken = words(label, counter, "Dinas Sosial").spoken
    pauses = pauses_of(voice.speak(spoken))
    marks = spoken.rstrip(".").count(",") + spoken.rstrip(".").count(".")

    # Where two parts meet, and nowhere else but in the closed lips of a k, p or t.
    long = [pause for pause in pauses if pause > 0.15]
    assert len(long) == marks
    assert all(0.15 < pause < 1.2 for pause in long)
    # Between the number and the way there the pause is the longest.
    assert long.index(max(long)) == len(label) - 1
