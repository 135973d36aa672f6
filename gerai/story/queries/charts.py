"""The day as curves: who waited, which counters were open, agency by agency."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai.queue.states import State
from gerai.story.queries.records import Record, waiting_by_agency
from gerai.story.rules.day import Level, level_of, spans_in, waits_of
from gerai.story.rules.day import share as share_of
from gerai.story.shape import n
from gerai.story.shape.curves import Frame, area, steps
from gerai.ui.charts import scale_to

SAMPLED = 300


@dataclass(frozen=True)
class Line:
    """A line of the field at a round number."""

    y: str
    number: float


@dataclass(frozen=True)
class Curves:
    """People waiting as a field, counters as a stepped line, on an axis of their own each."""

    waiting: str
    waiting_line: str
    opened: str
    lines: tuple[Line, ...]
    open_lines: tuple[Line, ...]
    hours: tuple[tuple[str, int], ...]
    peak_x: str
    peak_y: str
    peak_at: int
    peak: int
    peak_anchor: str
    base: str
    open_base: str
    most_open: float


@dataclass(frozen=True)
class Small:
    """An agency's day: the waiting field on the axis that all agencies share."""

    name: str
    came: int
    most: int
    most_at: int
    middle_wait: float | None
    path: str


# The fields of the drawing: 720 units wide, people above, counters below.
LEFT, RIGHT = 40.0, 706.0
UPPER, BASE = 26.0, 176.0
OPEN_UPPER, OPEN_BASE = 222.0, 270.0
NEAR_THE_END = 0.78


def curves_of(record: Record) -> Curves:
    """Return the two curves of a day that is not empty."""
    peak_at, peak = record.waiting.peak
    scale = scale_to(float(max(peak, 1)), steps=3)
    begins, ends = record.begins, record.ends
    told = min(record.until, ends)
    frame = Frame(begins, ends, scale.top, LEFT, RIGHT, UPPER, BASE, told)
    waiting = _sampled(record.waiting, begins, told)
    most_open = max(record.opened.most(begins, ends), 1)
    open_scale = scale_to(float(most_open), steps=2)
    below = Frame(begins, ends, open_scale.top, LEFT, RIGHT, OPEN_UPPER, OPEN_BASE, told)
    opened = [
        (at, float(record.opened.at(at)))
        for at in [begins, *(at for at in record.opened.times if begins < at < told)]
    ]
    far = (peak_at - begins) / max(ends - begins, 1)
    return Curves(
        waiting=area(frame, waiting),
        waiting_line=steps(frame, waiting),
        opened=steps(below, opened),
        lines=tuple(Line(n(frame.y(tick)), tick) for tick in scale.ticks),
        open_lines=tuple(Line(n(below.y(tick)), tick) for tick in open_scale.ticks),
        hours=tuple(frame.hours()),
        peak_x=n(frame.x(peak_at)),
        peak_y=n(frame.y(peak)),
        peak_at=peak_at,
        peak=peak,
        peak_anchor="end" if far > NEAR_THE_END else "start",
        base=n(BASE),
        open_base=n(OPEN_BASE),
        most_open=most_open,
    )


def small_of(record: Record) -> list[Small]:
    """Return each agency's day, those with most visitors first."""
    found = waiting_by_agency(record)
    levels = [level_of(spans_in(lives, [State.WAITING])) for _agency, lives in found]
    top = float(max([level.peak[1] for level in levels] + [1]))
    told = min(record.until, record.ends)
    frame = Frame(record.begins, record.ends, top, 0.0, 200.0, 2.0, 60.0, told)
    small = []
    for (agency, lives), level in zip(found, levels, strict=True):
        waits = sorted(wait for _came, wait in waits_of(lives))
        at, most = level.peak
        small.append(
            Small(
                name=agency.short_name,
                came=len(lives),
                most=most,
                most_at=at,
                middle_wait=share_of(waits, 0.5) if waits else None,
                path=area(frame, _sampled(level, record.begins, told)),
            )
        )
    return small


def _sampled(level: Level, begins: int, ends: int) -> Sequence[tuple[int, float]]:
    """Return a level at its fullest, five minutes by five minutes."""
    return [(at, float(level.most(at, at + SAMPLED))) for at in range(begins, ends, SAMPLED)]
