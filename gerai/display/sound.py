"""Sound as bytes: reading and writing WAV, and what every voice refuses."""

import io
import wave
from pathlib import Path

LONGEST_TEXT = 600

Form = tuple[int, int, int]
"""Channels, bytes per sample, samples per second."""


class CannotSpeak(Exception):
    """This voice is not there, or cannot say this text."""


def sayable(text: str) -> str:
    """Return the text on one line.

    :raises CannotSpeak: when there is nothing to say, or too much
    """
    line = " ".join(text.split())
    if not any(character.isalnum() for character in line) or len(line) > LONGEST_TEXT:
        raise CannotSpeak("nothing to say, or too much")
    return line


def frames(file: Path) -> tuple[bytes, Form]:
    """Return the samples of a WAV file and its form.

    :raises CannotSpeak: when it is none
    """
    try:
        with wave.open(str(file), "rb") as clip:
            form = (clip.getnchannels(), clip.getsampwidth(), clip.getframerate())
            return clip.readframes(clip.getnframes()), form
    except (OSError, EOFError, wave.Error) as error:
        raise CannotSpeak(f"{file.name} is no sound") from error


def wav(sound: bytes, rate: int, *, channels: int = 1, width: int = 2) -> bytes:
    """Return a WAV file of the samples given.

    rate: samples per second. width: bytes per sample.
    """
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as clip:
        clip.setnchannels(channels)
        clip.setsampwidth(width)
        clip.setframerate(rate)
        clip.writeframes(sound)
    return buffer.getvalue()
