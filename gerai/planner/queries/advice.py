"""What one more counter would save now: the document of an answer, and as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from gerai import clock
from gerai.directory.queries import opening_of
from gerai.planner.models import Advice
from gerai.planner.queries.plans import MINUTE, Figure
from gerai.planner.queries.present import Situation
from gerai.planner.rules.bands import Band
from gerai.planner.rules.rest_of_day import DAYS, Gain
from gerai.queue.models import Desk

HOUR: Final = 3600
# An answer is given anew when it is older than this and somebody looks.
FRESH: Final = timedelta(minutes=15)
# Whoever was to answer and has not for so long was cut off.
CUT_OFF: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Piece:
    """One measure. until: None is the closing; leaves: the counter whose officer comes, else empty.

    before, each: minutes of waiting; total: hours saved by all visitors; officer_s: the price,
    nought where an officer only moves. is_served: somebody is called there also without it, else
    the figures say how long people would wait in vain. is_done: the counter is open by now.
    """

    counter: str
    counter_id: int
    agencies: tuple[str, ...]
    leaves: str
    until: datetime | None
    visitors: int
    before: float
    each: Figure
    total: Figure
    officer_s: int
    is_served: bool
    is_done: bool


@dataclass(frozen=True)
class AdviceNow:
    """The last answer of the mall and how old it is.

    at: the moment that it rests on, None before the first; days: past days of the same weekday
    that were read; came, waiting: people until then; played: times that the day was played.
    """

    at: datetime | None
    is_open: bool
    is_running: bool
    is_old: bool
    pieces: tuple[Piece, ...] = ()
    days: int = 0
    came: int = 0
    waiting: int = 0
    played: int = 0


def advice_now() -> AdviceNow:
    """Return what the mall in scope is advised now, in three queries."""
    now = clock.now()
    is_open = opening_of(None, now).is_open
    row = Advice.objects.first()
    if row is None:
        return AdviceNow(None, is_open, is_running=False, is_old=True)
    is_running = is_unanswered(row) and row.asked_at is not None and now - row.asked_at < CUT_OFF
    is_old = row.said_at is None or now - row.said_at > FRESH
    if not row.said:
        return AdviceNow(None, is_open, is_running, is_old)
    said = row.said
    counters = [each["counter_id"] for each in said["pieces"]]
    opened = set(
        Desk.objects.filter(counter__in=counters, closed_at=None).values_list("counter", flat=True)
    )
    return AdviceNow(
        at=datetime.fromisoformat(said["at"]),
        is_open=is_open,
        is_running=is_running,
        is_old=is_old,
        pieces=tuple(_piece(each, opened) for each in said["pieces"]),
        days=said["days"],
        came=said["came"],
        waiting=said["waiting"],
        played=said["played"],
    )


def is_unanswered(row: Advice) -> bool:
    """Tell whether it was asked for after its last answer."""
    return row.asked_at is not None and (row.said_at is None or row.said_at < row.asked_at)


def told(situation: Situation, gains: Sequence[Gain]) -> dict[str, Any]:
    """Return the document that a row keeps: JSON values, seconds and names of counters."""
    return {
        "at": situation.at.isoformat(),
        "days": situation.days,
        "came": situation.came,
        "waiting": situation.waiting,
        "played": DAYS,
        "pieces": [_told(situation, gain) for gain in gains],
    }


def _told(situation: Situation, gain: Gain) -> dict[str, Any]:
    measure = gain.measure
    counter = situation.counters[measure.counter]
    until = situation.at + timedelta(seconds=round(measure.until_s))
    return {
        "counter": counter.counter.code,
        "counter_id": counter.counter.pk,
        "agencies": [agency.short_name for agency in counter.agencies],
        "leaves": measure.leaves,
        "until": "" if measure.is_to_the_end else until.isoformat(),
        "visitors": gain.visitors,
        "before_s": gain.before_s,
        "each_s": _band(gain.each_s),
        "total_s": _band(gain.total_s),
        "officer_s": round(measure.officer_s),
        "is_served": any(desk.lines & measure.lines for desk in situation.present.desks),
    }


def _band(band: Band) -> list[float]:
    return [band.mean, band.low, band.high]


def _piece(told: dict[str, Any], opened: set[int]) -> Piece:
    return Piece(
        counter=told["counter"],
        counter_id=told["counter_id"],
        agencies=tuple(told["agencies"]),
        leaves=told["leaves"],
        until=datetime.fromisoformat(told["until"]) if told["until"] else None,
        visitors=round(told["visitors"]),
        before=told["before_s"] / MINUTE,
        each=Figure(*(value / MINUTE for value in told["each_s"])),
        total=Figure(*(value / HOUR for value in told["total_s"])),
        officer_s=told["officer_s"],
        is_served=told["is_served"],
        is_done=told["counter_id"] in opened,
    )
