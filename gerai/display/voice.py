"""A voice made on this machine, without internet: words in, sound (WAV) out.

Three voices know the same door ``speak``: clips recorded by people, Piper where the operator has
put a voice file, and espeak-ng, which comes in a wheel and always works. ``chosen_voice`` tries
them in the order asked for and keeps what was said as files. Where none can speak the screen
says so and sounds ``chime``.
"""

import hashlib
import logging
import math
import os
import re
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from gerai.display.announcement import Language
from gerai.display.espeak import EspeakVoice
from gerai.display.sound import CannotSpeak, Form, frames, sayable, wav

__all__ = [
    "CannotSpeak",
    "EspeakVoice",
    "KeptVoice",
    "PiperVoice",
    "RecordedVoice",
    "Voice",
    "VoiceConfig",
    "chime",
    "chosen_voice",
    "signal",
]

CACHE_BYTES = 200 * 1024 * 1024
COMMA_SECONDS, STOP_SECONDS = 0.2, 0.4

log = logging.getLogger(__name__)


class Voice(Protocol):
    """Something that speaks.

    name: changes whenever the same text would sound different; kept clips go by it.
    """

    @property
    def name(self) -> str:
        """Return the name the clips are kept under."""

    def speak(self, text: str) -> bytes:
        """Return a WAV file saying the text.

        :raises CannotSpeak: when this voice cannot say it
        """


class RecordedVoice:
    """Clips recorded by people, one WAV file for each word or phrase, joined.

    The folder holds ``nomor-antrean.wav``, ``a.wav``, ``nol.wav``, ``silakan-ke-loket.wav``,
    ``dinas-kependudukan.wav`` and so on, all in one format; the longest phrase wins.

    :raises CannotSpeak: when the folder holds no clip
    """

    def __init__(self, folder: Path) -> None:
        """Look through the folder once."""
        self._clips = {file.stem.lower(): file for file in sorted(folder.glob("*.wav"))}
        if not self._clips:
            raise CannotSpeak("no recorded clips")
        shape = [
            (stem, file.stat().st_size, file.stat().st_mtime_ns)
            for stem, file in self._clips.items()
        ]
        self.name = f"recorded:{hashlib.sha256(repr(shape).encode()).hexdigest()[:16]}"

    def speak(self, text: str) -> bytes:
        """Return the clips of the text in a row, with pauses at commas and full stops.

        :raises CannotSpeak: when a word has no clip, or the clips differ in format
        """
        sound = bytearray()
        form: Form | None = None
        for phrase, pause in re.findall(r"([^,.]+)([,.]?)", sayable(text)):
            for clip in self._clips_of(phrase.lower().split()):
                samples, its_form = frames(clip)
                form = form or its_form
                if its_form != form:
                    raise CannotSpeak(f"{clip.name} differs in format")
                sound += samples
            if form and pause:
                seconds = COMMA_SECONDS if pause == "," else STOP_SECONDS
                sound += bytes(int(seconds * form[2]) * form[0] * form[1])
        if form is None:
            raise CannotSpeak("nothing to say")
        return wav(bytes(sound), form[2], channels=form[0], width=form[1])

    def _clips_of(self, spoken: list[str]) -> list[Path]:
        clips = []
        while spoken:
            for length in range(len(spoken), 0, -1):
                clip = self._clips.get("-".join(spoken[:length]))
                if clip is not None:
                    clips.append(clip)
                    spoken = spoken[length:]
                    break
            else:
                raise CannotSpeak(f"no clip for {spoken[0]}")
        return clips


class PiperVoice:
    """A neural voice: the program ``piper`` with a voice file of the operator.

    :raises CannotSpeak: when program or voice file is not there
    """

    TAKES_AT_MOST_SECONDS = 20

    def __init__(self, program: Path, model: Path) -> None:
        """Check that both are there."""
        if not os.access(program, os.X_OK) or not model.is_file():
            raise CannotSpeak("piper or its voice file is missing")
        self._program, self._model = program, model
        self.name = f"piper:{model.name}:{model.stat().st_size}"

    def speak(self, text: str) -> bytes:
        """Return the WAV file that Piper wrote.

        :raises CannotSpeak: when Piper fails, takes too long or writes no sound
        """
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "clip.wav"
            try:
                subprocess.run(  # noqa: S603 - program and model are the operator's settings
                    [self._program, "--model", self._model, "--output_file", file],
                    input=sayable(text).encode(),
                    capture_output=True,
                    check=True,
                    timeout=self.TAKES_AT_MOST_SECONDS,
                )
            except (OSError, subprocess.SubprocessError) as error:
                raise CannotSpeak("piper failed") from error
            samples, (channels, width, rate) = frames(file)
        return wav(samples, rate, channels=channels, width=width)


class KeptVoice:
    """Voices in order of preference, with what they said kept as files.

    Clips are named by voice and text, written whole or not at all, and the longest unused go
    first when together they exceed the bound. Several processes may share one folder.
    """

    def __init__(self, voices: Sequence[Voice], folder: Path, *, max_bytes: int) -> None:
        """Keep clips in a folder, which is made when the first one is kept."""
        self._voices, self._folder, self._max_bytes = tuple(voices), folder, max_bytes

    @property
    def name(self) -> str:
        """Return the name of the preferred voice."""
        return self._voices[0].name

    def speak(self, text: str) -> bytes:
        """Return a WAV file by the first voice that can say the text.

        :raises CannotSpeak: when none can
        """
        for voice in self._voices:
            file = self._file(voice, text)
            # A clip that cannot be read, also one just pruned by another process, is made anew.
            with suppress(OSError):
                sound = file.read_bytes()
                os.utime(file)
                return sound
            with suppress(CannotSpeak):
                sound = voice.speak(text)
                self._keep(file, sound)
                return sound
        raise CannotSpeak("no voice can say it")

    def _file(self, voice: Voice, text: str) -> Path:
        key = hashlib.sha256(f"{voice.name}\0{text}".encode()).hexdigest()
        return self._folder / f"{key[:40]}.wav"

    def _keep(self, file: Path, sound: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".new", delete=False) as new:
                new.write(sound)
            Path(new.name).replace(file)
            self._prune()
        except OSError:
            # A full disk must not silence the hall: the clip is spoken, only not kept.
            log.warning("the clip could not be kept in %s", self._folder, exc_info=True)

    def _prune(self) -> None:
        clips = []
        for file in self._folder.glob("*.wav"):
            with suppress(FileNotFoundError):
                found = file.stat()
                clips.append((found.st_mtime_ns, found.st_size, file))
        excess = sum(size for _, size, _ in clips) - self._max_bytes
        for _, size, file in sorted(clips):
            if excess <= 0:
                return
            file.unlink(missing_ok=True)
            excess -= size


@dataclass(frozen=True)
class VoiceConfig:
    """Which voices to try, in order, and where everything lies.

    order: names of ``recorded``, ``piper``, ``espeak``.
    recorded: folder of recorded clips. kept: folder for clips made here.
    """

    order: Sequence[str]
    recorded: Path
    kept: Path
    piper_program: str = ""
    piper_model: str = ""
    max_bytes: int = CACHE_BYTES


def chosen_voice(config: VoiceConfig, *, language: Language = "id") -> KeptVoice | None:
    """Return the voices that can speak, in the order asked for; None when none can.

    Recorded clips and Piper speak the language they were made for: in English only espeak-ng.

    :raises ValueError: when a name in the order is unknown
    """
    voices: list[Voice] = []
    for name in config.order:
        with suppress(CannotSpeak):
            if name == "espeak":
                voices.append(EspeakVoice(language))
            elif name == "recorded":
                if language == "id":
                    voices.append(RecordedVoice(config.recorded))
            elif name == "piper":
                if language == "id":
                    voices.append(PiperVoice(Path(config.piper_program), Path(config.piper_model)))
            else:
                raise ValueError(f"unknown voice {name}")
    return KeptVoice(voices, config.kept, max_bytes=config.max_bytes) if voices else None


@cache
def chime() -> bytes:
    """Return the gong before a call: two falling tones, 1.6 s, as WAV (22,050 Hz, mono)."""
    return _strokes(((659.25, 0.0), (523.25, 0.45)), seconds=1.6)


@cache
def signal() -> bytes:
    """Return what comes before the words to leave: three equal strokes, one each second, as WAV.

    Unlike the gong of a call, so that nobody takes one for the other.
    """
    return _strokes(((587.33, 0.0), (587.33, 1.0), (587.33, 2.0)), seconds=3.0)


def _strokes(tones: Sequence[tuple[float, float]], *, seconds: float) -> bytes:
    """Return struck bars, each a pitch (Hz) and its beginning (s), as WAV (22,050 Hz, mono)."""
    rate = 22050
    samples = []
    for number in range(int(seconds * rate)):
        moment = number / rate
        level = sum(_struck(pitch, moment - begins) for pitch, begins in tones)
        samples.append(int(11000 * level))
    return wav(struct.pack(f"<{len(samples)}h", *samples), rate)


def _struck(pitch: float, seconds: float) -> float:
    """Return the level of a struck bar: at once loud, slowly silent, with two overtones."""
    if seconds < 0:
        return 0.0
    attack = min(1.0, seconds / 0.004)
    turn = 2 * math.pi * pitch * seconds
    body = math.exp(-3.2 * seconds) * math.sin(turn)
    shine = math.exp(-7 * seconds) * (0.4 * math.sin(2 * turn) + 0.2 * math.sin(3 * turn))
    return attack * (body + shine)
