"""Everything that a page tells of a day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gerai.story.queries.charts import Curves, Small, curves_of, small_of
from gerai.story.queries.pictures import HousePicture, Still, house_picture, still
from gerai.story.queries.records import Record
from gerai.story.queries.words import caption_of, clock_of, story_of
from gerai.story.rules.day import story_moments
from gerai.ui.charts import Mark, Series

MINUTE = 60
MOST_AGENCIES = 12


@dataclass(frozen=True)
class Scene:
    """A still of the storyboard with its words. is_peak: of the busiest moment."""

    time: str
    caption: str
    is_peak: bool
    still: Still


@dataclass(frozen=True)
class QuarterRow:
    """A row of the day's table; waits in whole minutes."""

    time: str
    came: int
    waiting: int
    open: float
    served: int
    middle: int | None


@dataclass(frozen=True)
class SmallRow:
    """An agency's day, with the moment when most waited in words."""

    small: Small
    most_at: str
    middle: int | None


@dataclass(frozen=True)
class Telling:
    """A day in drawings, figures and sentences."""

    day: date
    picture: HousePicture
    sentences: tuple[str, ...]
    opening: Scene
    scenes: tuple[Scene, ...]
    curves: Curves
    peak_time: str
    smalls: tuple[SmallRow, ...]
    calm: str
    rows: tuple[QuarterRow, ...]
    waits: tuple[Series, ...]


def telling_of(record: Record, *, stills: int = 6) -> Telling:
    """Return what a page tells of a day that is not empty; stills: how many at most."""
    picture = house_picture(record)
    peak = record.waiting.peak[0]
    moments = story_moments(record.waiting, record.quarters, count=stills)
    last = record.until if record.is_today else record.ends
    scenes = [_scene(record, picture, at) for at in moments if at < last]
    opening = _scene(record, picture, record.until - 1 if record.is_today else peak)
    curves, smalls = curves_of(record), small_of(record)
    return Telling(
        day=record.day,
        picture=picture,
        sentences=tuple(story_of(record)),
        opening=opening,
        scenes=tuple(scenes) or (opening,),
        curves=curves,
        peak_time=clock_of(record, curves.peak_at),
        smalls=tuple(
            SmallRow(small, clock_of(record, small.most_at), _minutes(small.middle_wait))
            for small in smalls
            if small.most
        )[:MOST_AGENCIES],
        calm=", ".join(small.name for small in smalls if not small.most),
        rows=tuple(
            QuarterRow(
                clock_of(record, each.begins),
                each.came,
                each.waiting,
                round(each.open, 1),
                each.served,
                _minutes(each.waits[1] if each.waits else None),
            )
            for each in record.quarters
        ),
        waits=(
            Series(
                _("Lama menunggu"), tuple(_mark(record, k) for k in range(len(record.quarters)))
            ),
        ),
    )


def _scene(record: Record, picture: HousePicture, at: int) -> Scene:
    drawn = still(record, picture, at)
    is_peak = at == record.waiting.peak[0]
    return Scene(clock_of(record, at), caption_of(record, drawn), is_peak, drawn)


def _mark(record: Record, place: int) -> Mark:
    quarter = record.quarters[place]
    label = clock_of(record, quarter.begins)
    if quarter.waits is None:
        return Mark(label, None)
    low, middle, high = (round(wait / MINUTE, 1) for wait in quarter.waits)
    return Mark(label, middle, low, high)


def _minutes(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds / MINUTE)
