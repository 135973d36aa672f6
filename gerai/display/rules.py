"""How loud a zone speaks at which hour, and where things stand on a screen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import combinations
from typing import Literal

Mode = Literal["voice", "gong", "silent"]
English = Literal["never", "choice", "always"]

FULL = 100

# Each is said from its beginning on: often where people shall leave, seldom where they wait.
LEAVING_EVERY = timedelta(seconds=60)
STAYING_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Span:
    """Hours of the day, from `begins` until before `ends`, past midnight where it ends first.

    mode: gong and voice, the gong alone, or nothing but the words on the glass.
    volume: 0 to 100.
    """

    begins: time
    ends: time
    mode: Mode = "voice"
    volume: int = FULL

    def holds(self, moment: time) -> bool:
        """Tell whether a moment lies in it."""
        if self.begins < self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


@dataclass(frozen=True)
class Manner:
    """How a call is said now. volume: 0.0 to 1.0."""

    has_gong: bool
    has_voice: bool
    volume: float


IN_FULL = Manner(has_gong=True, has_voice=True, volume=1.0)


def manner_at(moment: time, spans: Sequence[Span], *, has_gong: bool = True) -> Manner:
    """Return how a zone says a call at a wall-clock time; outside every span in full voice.

    >>> manner_at(time(12, 30), [Span(time(12), time(13), "gong", 40)])
    Manner(has_gong=True, has_voice=False, volume=0.4)
    """
    span = next((each for each in spans if each.holds(moment)), Span(time.min, time.min))
    is_heard = span.mode != "silent" and span.volume > 0
    # Where only the gong is left it sounds, even in a zone whose calls have none before them.
    gong = is_heard and (has_gong or span.mode == "gong")
    return Manner(gong, is_heard and span.mode == "voice", span.volume / FULL if is_heard else 0.0)


def overlapping(spans: Sequence[Span]) -> tuple[int, int] | None:
    """Return the places of the first two spans that share a moment."""
    for (one, first), (two, second) in combinations(enumerate(spans), 2):
        if first.holds(second.begins) or second.holds(first.begins):
            return one, two
    return None


def languages_of(english: English, *, visitor: str) -> tuple[Literal["id", "en"], ...]:
    """Return what a call is said in, by a zone's setting and its visitor's language."""
    if english == "always" or (english == "choice" and visitor == "en"):
        return ("id", "en")
    return ("id",)


def alarm_every(*, leaves_the_building: bool) -> timedelta:
    """Return after how long an emergency is said once more."""
    return LEAVING_EVERY if leaves_the_building else STAYING_EVERY


def round_at(moment: datetime, began: datetime, every: timedelta) -> int:
    """Return in which round of saying an emergency a moment lies; the first one is 0.

    >>> began = datetime(2026, 11, 23, 9, 0)
    >>> round_at(datetime(2026, 11, 23, 9, 2, 30), began, LEAVING_EVERY)
    2
    """
    return max(0, (moment - began) // every)


def alarm_manner(usual: Manner, *, leaves_the_building: bool) -> Manner:
    """Return how an emergency is said: where people shall leave, in full at every hour."""
    return IN_FULL if leaves_the_building else usual
