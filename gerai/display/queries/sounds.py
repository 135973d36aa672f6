"""Words as sound, by the voices of this machine."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.signing import Signer

from gerai.display import announcement, voice
from gerai.display.announcement import Announcement, Language


def clip(said: Announcement) -> bytes | None:
    """Return the sound of an announcement (WAV); None where no voice can say it."""
    return sound_of(said.spoken, said.language)


def sound_of(words: str, language: Language) -> bytes | None:
    """Return the sound of words as a voice says them (WAV); None where no voice can."""
    speaker = _speaker_of(language)
    if speaker is None:
        return None
    try:
        return speaker.speak(words)
    except voice.CannotSpeak:
        return None


def sound_mark(words: str, language: Language) -> str:
    """Return the mark without which a kiosk's voice says nothing: only our own pages are read.

    It changes with the voice, so that a clip which was kept is never an earlier voice's.
    """
    speaker = _speaker_of(language)
    spoken_by = speaker.name if speaker else ""
    return Signer(salt="gerai.display.heard").signature(f"{language}\0{spoken_by}\0{words}")


def has_voice() -> bool:
    """Tell whether any Indonesian voice can speak on this machine."""
    return clip(announcement.words("A1", "1", "")) is not None


def fingerprint(content: bytes) -> str:
    """Return a short name of a content, for addresses that may be kept for ever."""
    return hashlib.sha256(content).hexdigest()[:16]


def _speaker_of(language: Language) -> voice.KeptVoice | None:
    return _speaker(
        language,
        tuple(settings.VOICES),
        Path(settings.VOICE_DIR),
        settings.PIPER_PROGRAM,
        settings.PIPER_VOICE,
    )


@cache
def _speaker(
    language: Language, order: tuple[str, ...], folder: Path, program: str, model: str
) -> voice.KeptVoice | None:
    config = voice.VoiceConfig(
        order=order,
        recorded=folder / "recorded",
        kept=folder / "kept",
        piper_program=program,
        piper_model=model,
    )
    return voice.chosen_voice(config, language=language)
