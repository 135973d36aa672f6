"""The voice of espeak-ng, spoken through the library in its wheel.

No system package and no other process: the library is loaded once and speaks for one caller at
a time (a whole announcement takes some 30 ms).
"""

import ctypes
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from threading import Lock

import espeakng_loader

from gerai.display.announcement import Language
from gerai.display.sound import CannotSpeak, sayable, wav

WORDS_PER_MINUTE = 140

_STARTING = Lock()

# espeak-ng guesses these wrongly, nearly always a schwa for an e or the reverse. Written in its
# own phoneme letters.
PRONUNCIATIONS: dict[Language, dict[str, str]] = {
    "id": {
        "loket": "l'okEt",
        "gerai": "g@R2'aI",
        "empat": "@mp'at",
        "enam": "@n'am",
        "belas": "b@l'as",
        "sebelas": "s@b@l'as",
        "negeri": "n@g@R2'i",
        "kependudukan": "k@p@ndud'ukan",
        "kementerian": "k@m@nt@R2'ian",
        "ketenagakerjaan": "k@t@nagak@RdZ'a_|an",
        # Of an emergency.
        "dengan": "d@N'an",
        "depan": "d@p'an",
        "gedung": "g@d'uN",
        "gempa": "g@mp'a",
        "tenang": "t@n'aN",
        "tetap": "t@t'ap",
    },
    "en": {},
}


class _EventId(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    """``espeak_EVENT`` of espeak-ng's speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)

# Names and values of speak_lib.h.
_AUDIO_OUTPUT_SYNCHRONOUS = 2
_PHONEME_EVENTS, _DONT_EXIT = 0x0001, 0x8000
_POS_CHARACTER, _CHARS_UTF8, _PHONEMES_IN_BRACKETS = 1, 0x0001, 0x0100
_RATE = 1
_LIST_TERMINATED, _PHONEME = 0, 7


class _Espeak:
    """The library, loaded once a process. It keeps global state: one speaker at a time."""

    def __init__(self) -> None:
        """Load and start the library.

        :raises CannotSpeak: when library or data are missing or do not start
        """
        self._lock = Lock()
        self._sound = bytearray()
        self._phonemes: list[str] = []
        # ctypes does not keep the callback alive; the library would call into freed memory.
        self._callback = _Callback(self._receive)
        try:
            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = espeakng_loader.get_data_path().encode()
        except (OSError, RuntimeError) as error:
            raise CannotSpeak("espeak-ng is not installed") from error
        self.rate = self._library.espeak_Initialize(
            _AUDIO_OUTPUT_SYNCHRONOUS, 0, data, _PHONEME_EVENTS | _DONT_EXIT
        )
        if self.rate <= 0:
            raise CannotSpeak("espeak-ng does not start")
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, language: Language, words_per_minute: int) -> tuple[bytes, str]:
        """Return 16-bit samples of a text, and the phonemes that were said.

        :raises CannotSpeak: when nothing came out
        """
        encoded = text.encode()
        with self._lock:
            self._sound.clear()
            self._phonemes.clear()
            failed = self._library.espeak_SetVoiceByName(language.encode())
            failed = failed or self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
            failed = failed or self._library.espeak_Synth(
                encoded,
                ctypes.c_size_t(len(encoded) + 1),
                ctypes.c_uint(0),
                ctypes.c_int(_POS_CHARACTER),
                ctypes.c_uint(0),
                ctypes.c_uint(_CHARS_UTF8 | _PHONEMES_IN_BRACKETS),
                None,
                None,
            )
            sound, phonemes = bytes(self._sound), "".join(self._phonemes)
        if failed or not any(sound):
            raise CannotSpeak("espeak-ng said nothing")
        return sound, phonemes

    def _receive(
        self,
        samples: "ctypes._Pointer[ctypes.c_short]",
        count: int,
        events: "ctypes._Pointer[_Event]",
    ) -> int:
        if samples and count > 0:
            self._sound.extend(ctypes.string_at(samples, 2 * count))
        place = 0
        while events[place].type != _LIST_TERMINATED:
            if events[place].type == _PHONEME:
                self._phonemes.append(events[place].id.string.decode())
            place += 1
        return 0


@cache
def _started() -> _Espeak:
    return _Espeak()


def _espeak() -> _Espeak:
    # A second start would reset the first one's callback: threads wait for each other.
    with _STARTING:
        return _started()


@dataclass(frozen=True)
class EspeakVoice:
    """espeak-ng from its wheel: clear, robotic, always there.

    :raises CannotSpeak: when the library does not start
    """

    language: Language = "id"
    words_per_minute: int = WORDS_PER_MINUTE

    def __post_init__(self) -> None:
        """Start the library, so that a voice which exists can speak."""
        _espeak()

    @property
    def name(self) -> str:
        """Return language, speed and a mark of the pronunciations."""
        table = repr(sorted(PRONUNCIATIONS[self.language].items())).encode()
        mark = hashlib.sha256(table).hexdigest()[:8]
        return f"espeak-ng:{self.language}:{self.words_per_minute}:{mark}"

    def speak(self, text: str) -> bytes:
        """Return a WAV file, 22,050 Hz, mono, 16 bit.

        :raises CannotSpeak: when there is nothing to say, or too much
        """
        sound, _ = self._say(text)
        return wav(sound, _espeak().rate)

    def phonemes(self, text: str) -> str:
        """Return what is really said, in espeak-ng's phoneme letters.

        :raises CannotSpeak: when there is nothing to say, or too much
        """
        return self._say(text)[1]

    def _say(self, text: str) -> tuple[bytes, str]:
        return _espeak().say(self._pronounced(text), self.language, self.words_per_minute)

    def _pronounced(self, text: str) -> str:
        """Put the known pronunciations in; brackets of the text itself mean nothing."""
        table = PRONUNCIATIONS[self.language]
        return re.sub(
            r"\w+",
            lambda match: f"[[{table[word]}]]" if (word := match[0].lower()) in table else match[0],
            re.sub(r"[\[\]]", " ", sayable(text)),
        )
