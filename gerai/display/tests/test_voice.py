"""The voice: what is really said, how it sounds as numbers, and what is kept."""

import io
import os
import struct
import sys
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import espeakng_loader
import pytest

from gerai.display.announcement import LETTERS, number_words, words
from gerai.display.espeak import _Espeak
from gerai.display.voice import (
    CannotSpeak,
    EspeakVoice,
    KeptVoice,
    PiperVoice,
    RecordedVoice,
    Voice,
    VoiceConfig,
    chime,
    chosen_voice,
)

CALL = words("A035", "2", "Dinas Kependudukan").spoken
LOUDEST = 32767


@dataclass(frozen=True)
class Heard:
    rate: int
    seconds: float
    peak: float
    lead_seconds: float
    pauses: tuple[float, ...] = field(default=())


def hear(sound: bytes) -> Heard:
    """Measure a WAV file: length, peak, silence at its start, pauses of 0.1 s and more."""
    with wave.open(io.BytesIO(sound)) as clip:
        assert (clip.getnchannels(), clip.getsampwidth()) == (1, 2)
        rate, count = clip.getframerate(), clip.getnframes()
        samples = struct.unpack(f"<{count}h", clip.readframes(count))
    loud = [place for place, sample in enumerate(samples) if abs(sample) > 0.01 * LOUDEST]
    gaps = [(after - before) / rate for before, after in pairwise(loud)]
    return Heard(
        rate=rate,
        seconds=count / rate,
        peak=max(map(abs, samples)) / LOUDEST,
        lead_seconds=loud[0] / rate,
        pauses=tuple(gap for gap in gaps if gap >= 0.1),
    )


def clip_of(seconds: float, *, rate: int = 8000, level: int = 5000) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as clip:
        clip.setparams((1, 2, rate, 0, "NONE", ""))
        clip.writeframes(struct.pack("<h", level) * int(seconds * rate))
    return buffer.getvalue()


@dataclass
class Parrot:
    """A voice that says one clip and counts."""

    sound: bytes | None = b"RIFF"
    name: str = "parrot"
    spoken: list[str] = field(default_factory=list)

    def speak(self, text: str) -> bytes:
        self.spoken.append(text)
        if self.sound is None:
            raise CannotSpeak("mute")
        return self.sound


@pytest.fixture(scope="module")
def espeak() -> EspeakVoice:
    return EspeakVoice()


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("loket", "l'okEt"),
        ("Loket", "l'okEt"),
        ("antrean", "antR2'Ean"),
        ("silakan", "sil'akan"),
        ("Dinas Kependudukan", "d'inask@p@ndud'ukan"),
        ("sebelas", "s@b@l'as"),
        ("enam belas", "@n'amb@l'as"),
    ],
)
def test_espeak_says_words_rightly(espeak: EspeakVoice, text: str, phonemes: str) -> None:
    assert espeak.phonemes(text) == f"{phonemes}_:_"


def test_espeak_says_the_ten_digits_rightly(espeak: EspeakVoice) -> None:
    assert [espeak.phonemes(number_words(digit)).removesuffix("_:_") for digit in range(10)] == [
        "n'ol",
        "s'atu",
        "d'ua",
        "t'iga",
        "@mp'at",
        "l'ima",
        "@n'am",
        "t'udZuh",
        "d@l'apan",
        "s@mb'ilan",
    ]


def test_espeak_says_the_letters_rightly(espeak: EspeakVoice) -> None:
    said = {
        letter: espeak.phonemes(name).removesuffix("_:_") for letter, name in LETTERS["id"].items()
    }

    assert " ".join(f"{letter}={phonemes}" for letter, phonemes in said.items()) == (
        "A='a B=b'E C=tS'E D=d'E E='e F='Ef G=g'E H=h'a I='i J=dZ'E K=k'a L='El M='Em N='En "
        "O='o P=p'E Q=k'i R='ER S='es T=t'E U='u V=v'E W=w'E X='Eks Y=j'E Z=z'Et"
    )


def test_espeak_says_english_letters_rightly() -> None:
    voice = EspeakVoice("en")

    said = [voice.phonemes(f"{name}, one").split("_:_")[0] for name in LETTERS["en"].values()]

    assert said[:3] == ["'eI", "b'i:", "s'i:"]
    assert len(set(said)) == 26


def test_espeak_says_a_whole_call(espeak: EspeakVoice) -> None:
    assert espeak.phonemes(CALL) == (
        "n'omORantR2'Ean'a_:_n'ol_:_t'iga_:_l'ima_:_sil'akank@l'okEtd'ua_:_d'inask@p@ndud'ukan_:_"
    )


def test_brackets_in_a_text_are_not_taken_for_phonemes(espeak: EspeakVoice) -> None:
    assert espeak.phonemes("[[l'okEt]]") == espeak.phonemes("l'okEt")


def test_a_call_sounds_as_it_should(espeak: EspeakVoice) -> None:
    heard = hear(espeak.speak(CALL))

    assert heard.rate == 22050
    assert 5 < heard.seconds < 9
    assert 0.5 < heard.peak < 1
    assert heard.lead_seconds < 0.1
    assert len(heard.pauses) == 5
    assert max(heard.pauses) == heard.pauses[3]


def test_every_letter_and_digit_is_heard(espeak: EspeakVoice) -> None:
    said = [*LETTERS["id"].values(), *map(number_words, range(10))]

    heard = [hear(espeak.speak(text)) for text in said]

    assert [clip for clip in heard if not (0.2 < clip.seconds < 1 and clip.peak > 0.3)] == []


def test_faster_speech_is_shorter() -> None:
    slow, fast = EspeakVoice(words_per_minute=100), EspeakVoice(words_per_minute=200)

    assert hear(fast.speak(CALL)).seconds < hear(slow.speak(CALL)).seconds
    assert fast.name != slow.name


@pytest.mark.parametrize("text", ["", "  ", "...", "😀", "a" * 601])
def test_nothing_or_too_much_is_not_spoken(espeak: EspeakVoice, text: str) -> None:
    with pytest.raises(CannotSpeak):
        espeak.speak(text)


def test_a_missing_library_cannot_speak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))

    with pytest.raises(CannotSpeak, match="not installed"):
        _Espeak()


def test_callers_at_once_do_not_mix_their_words(espeak: EspeakVoice) -> None:
    texts = [words(f"A{number:03}", "2", "").spoken for number in range(12)]
    alone = {text: espeak.phonemes(text) for text in texts}

    with ThreadPoolExecutor(max_workers=12) as pool:
        together = dict(zip(texts, pool.map(espeak.phonemes, texts), strict=True))

    assert together == alone


def test_recorded_clips_are_joined_with_pauses(tmp_path: Path) -> None:
    for name in ("nomor-antrean", "a", "nol", "satu", "dinas-sosial", "dinas"):
        (tmp_path / f"{name}.wav").write_bytes(clip_of(0.5))

    heard = hear(RecordedVoice(tmp_path).speak("Nomor antrean a, nol. Dinas Sosial"))

    assert (heard.rate, heard.seconds) == (8000, 2.6)
    assert [round(pause, 2) for pause in heard.pauses] == [0.2, 0.4]


def test_recorded_clips_do_not_guess_a_missing_word(tmp_path: Path) -> None:
    (tmp_path / "nol.wav").write_bytes(clip_of(0.5))

    with pytest.raises(CannotSpeak, match="no clip for satu"):
        RecordedVoice(tmp_path).speak("nol, satu")


def test_recorded_clips_of_two_formats_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "nol.wav").write_bytes(clip_of(0.5))
    (tmp_path / "satu.wav").write_bytes(clip_of(0.5, rate=16000))
    (tmp_path / "dua.wav").write_bytes(b"not a sound")
    voice = RecordedVoice(tmp_path)

    with pytest.raises(CannotSpeak, match="differs in format"):
        voice.speak("nol satu")
    with pytest.raises(CannotSpeak, match="is no sound"):
        voice.speak("dua")


def test_recorded_clips_get_a_new_name_when_a_clip_changes(tmp_path: Path) -> None:
    (tmp_path / "nol.wav").write_bytes(clip_of(0.5))
    before = RecordedVoice(tmp_path).name
    (tmp_path / "nol.wav").write_bytes(clip_of(0.6))

    assert RecordedVoice(tmp_path).name != before


def stand_in_for_piper(folder: Path, body: str) -> tuple[Path, Path]:
    """Write a program that takes Piper's arguments, and an empty voice file."""
    program, model = folder / "piper", folder / "id.onnx"
    program.write_text(f"#!{sys.executable}\nimport shutil, sys\n{body}\n")
    program.chmod(0o755)
    model.write_bytes(b"")
    return program, model


def test_piper_is_asked_for_a_wav_file(tmp_path: Path) -> None:
    (tmp_path / "says.wav").write_bytes(clip_of(0.5))
    program, model = stand_in_for_piper(
        tmp_path,
        f"assert sys.argv[1:4] == ['--model', {str(tmp_path / 'id.onnx')!r}, '--output_file']\n"
        "assert sys.stdin.read() == 'Nomor antrean a'\n"
        f"shutil.copy({str(tmp_path / 'says.wav')!r}, sys.argv[4])",
    )

    assert hear(PiperVoice(program, model).speak("Nomor antrean a")).seconds == 0.5


@pytest.mark.parametrize("body", ["sys.exit(1)", "pass", "open(sys.argv[4], 'w').write('x')"])
def test_a_failing_piper_cannot_speak(tmp_path: Path, body: str) -> None:
    program, model = stand_in_for_piper(tmp_path, body)

    with pytest.raises(CannotSpeak):
        PiperVoice(program, model).speak("nol")


def test_a_missing_piper_cannot_speak(tmp_path: Path) -> None:
    with pytest.raises(CannotSpeak):
        PiperVoice(tmp_path / "piper", tmp_path / "id.onnx")


def test_a_clip_is_made_once_and_then_kept(tmp_path: Path) -> None:
    parrot = Parrot()
    voice = KeptVoice([parrot], tmp_path / "clips", max_bytes=1000)

    sounds = [voice.speak("nol"), voice.speak("nol"), voice.speak("satu")]

    assert sounds == [b"RIFF"] * 3
    assert parrot.spoken == ["nol", "satu"]
    assert sorted(file.suffix for file in (tmp_path / "clips").iterdir()) == [".wav", ".wav"]


def test_another_voice_does_not_get_the_kept_clip(tmp_path: Path) -> None:
    first, second = Parrot(name="first"), Parrot(sound=b"other", name="second")

    KeptVoice([first], tmp_path, max_bytes=1000).speak("nol")

    assert KeptVoice([second], tmp_path, max_bytes=1000).speak("nol") == b"other"


def test_the_next_voice_says_what_the_first_cannot(tmp_path: Path) -> None:
    mute, parrot = Parrot(sound=None, name="mute"), Parrot()
    voice = KeptVoice([mute, parrot], tmp_path, max_bytes=1000)

    assert (voice.name, voice.speak("nol")) == ("mute", b"RIFF")


def test_voices_that_all_cannot_say_so(tmp_path: Path) -> None:
    voice = KeptVoice([Parrot(sound=None)], tmp_path, max_bytes=1000)

    with pytest.raises(CannotSpeak):
        voice.speak("nol")


def test_the_longest_unused_clips_go_first(tmp_path: Path) -> None:
    parrot = Parrot(sound=bytes(400))
    voice = KeptVoice([parrot], tmp_path, max_bytes=1000)
    for age, text in ((300, "nol"), (200, "satu")):
        voice.speak(text)
        newest = max(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        moment = newest.stat().st_mtime - age
        os.utime(newest, (moment, moment))

    voice.speak("nol")
    voice.speak("dua")
    voice.speak("nol")
    voice.speak("satu")

    assert parrot.spoken == ["nol", "satu", "dua", "satu"]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) == 800


def test_a_folder_that_takes_nothing_does_not_silence_the_hall(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file where the folder should be")

    voice = KeptVoice([Parrot()], tmp_path / "clips" / "deeper", max_bytes=1000)

    assert voice.speak("nol") == b"RIFF"


def config(folder: Path, *order: str, piper: str = "") -> VoiceConfig:
    return VoiceConfig(
        order=order,
        recorded=folder / "recorded",
        kept=folder / "clips",
        piper_program=piper,
        piper_model=str(folder / "id.onnx"),
    )


def test_the_first_voice_that_is_there_is_chosen(tmp_path: Path) -> None:
    voice = chosen_voice(config(tmp_path, "recorded", "piper", "espeak"))

    assert voice is not None
    assert voice.name == EspeakVoice().name
    assert hear(voice.speak(CALL)).seconds > 5


def test_recorded_clips_come_before_espeak_and_espeak_fills_their_gaps(tmp_path: Path) -> None:
    (tmp_path / "recorded").mkdir()
    (tmp_path / "recorded" / "nol.wav").write_bytes(clip_of(0.5))
    voice = chosen_voice(config(tmp_path, "recorded", "espeak"))

    assert voice is not None
    assert [hear(voice.speak(text)).rate for text in ("nol", "satu")] == [8000, 22050]


def test_piper_is_chosen_where_it_is_set_up(tmp_path: Path) -> None:
    program, _ = stand_in_for_piper(tmp_path, "pass")

    voice = chosen_voice(config(tmp_path, "piper", "espeak", piper=str(program)))

    assert voice is not None
    assert voice.name == "piper:id.onnx:0"


def test_english_is_left_to_espeak(tmp_path: Path) -> None:
    (tmp_path / "recorded").mkdir()
    (tmp_path / "recorded" / "nol.wav").write_bytes(clip_of(0.5))
    program, _ = stand_in_for_piper(tmp_path, "pass")

    voice = chosen_voice(
        config(tmp_path, "recorded", "piper", "espeak", piper=str(program)), language="en"
    )

    assert voice is not None
    assert voice.name == EspeakVoice("en").name


def test_no_voice_at_all_is_none(tmp_path: Path) -> None:
    assert chosen_voice(config(tmp_path, "recorded", "piper")) is None
    assert chosen_voice(config(tmp_path)) is None


def test_an_unknown_voice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown voice parrot"):
        chosen_voice(config(tmp_path, "parrot"))


def test_the_chime_is_two_tones_heard_at_once() -> None:
    heard = hear(chime())

    assert (heard.rate, heard.seconds, heard.pauses) == (22050, 1.6, ())
    assert 0.3 < heard.peak < 0.9
    assert heard.lead_seconds < 0.01


def test_every_voice_is_a_voice(espeak: EspeakVoice, tmp_path: Path) -> None:
    (tmp_path / "nol.wav").write_bytes(clip_of(0.5))
    voices: list[Voice] = [
        espeak,
        RecordedVoice(tmp_path),
        KeptVoice([espeak], tmp_path, max_bytes=9),
    ]

    assert len({voice.name for voice in voices[:2]}) == 2
