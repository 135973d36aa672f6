"""How the waits that visitors were told came out: by day, by line, and for everybody to read."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.cache import caches
from django.db.models import F, Max, Min, Q

from gerai.malls.scope import current_mall
from gerai.queue.models import Line, WaitPromise
from gerai.queue.queries.boards import today
from gerai.queue.rules import Tally, verdict
from gerai.queue.states import State
from gerai.waits.rules import CLAIM

DAYS_SHOWN = 30
KEPT_SECONDS = 10 * 60


@dataclass(frozen=True)
class OfDay:
    """What became of the promises of a day."""

    day: date
    tally: Tally


@dataclass(frozen=True)
class OfLine:
    """What became of the promises of a line."""

    line: Line
    tally: Tally


@dataclass(frozen=True)
class OfLineAndDay:
    """What became of the promises of a line on a day."""

    line: Line
    day: date
    tally: Tally


@dataclass(frozen=True)
class Judged:
    """The promises of some days before today: all, by day (newest first), by line, by both."""

    whole: Tally
    days: tuple[OfDay, ...]
    lines: tuple[OfLine, ...]
    parts: tuple[OfLineAndDay, ...]
    claim: float = field(default=CLAIM)


def judged(days: int = DAYS_SHOWN) -> Judged:
    """Return what became of the promises of the last days before today, in two queries."""
    first = today() - timedelta(days=days)
    whole = Tally()
    by_day: dict[date, Tally] = defaultdict(Tally)
    by_line: dict[int, Tally] = defaultdict(Tally)
    by_both: dict[tuple[date, int], Tally] = defaultdict(Tally)
    for day, line, low, high, waited in _waited(first, today() - timedelta(days=1)):
        became = verdict(low, high, waited)
        for tally in (whole, by_day[day], by_line[line], by_both[day, line]):
            tally.add(low, high, became)
    lines = {line.pk: line for line in Line.objects.filter(pk__in=by_line).order_by("code")}
    return Judged(
        whole=whole,
        days=tuple(OfDay(day, by_day[day]) for day in sorted(by_day, reverse=True)),
        lines=tuple(OfLine(line, by_line[key]) for key, line in lines.items()),
        parts=tuple(
            OfLineAndDay(line, day, by_both[day, key])
            for day in sorted(by_day, reverse=True)
            for key, line in lines.items()
            if (day, key) in by_both
        ),
    )


def last_judged() -> OfDay | None:
    """Return the newest day before today on which waits were told, if there is one.

    Read anew every ten minutes: what is past does not change.
    """
    name = f"promises:{current_mall().pk}:{today()}"
    kept: tuple[OfDay | None] | None = caches["waits"].get(name)
    if kept is None:
        kept = (_last_judged(),)
        caches["waits"].set(name, kept, KEPT_SECONDS)
    return kept[0]


def _last_judged() -> OfDay | None:
    before = WaitPromise.objects.filter(ticket__day__lt=today())
    day = before.aggregate(day=Max("ticket__day"))["day"]
    if day is None:
        return None
    tally = Tally()
    for _day, _line, low, high, waited in _waited(day, day):
        tally.add(low, high, verdict(low, high, waited))
    return OfDay(day, tally)


def _waited(first: date, last: date) -> list[tuple[date, int, int, int, float | None]]:
    """Return day, line, range and minutes until the first call, of each promise of some days."""
    called_at = Min(
        "ticket__steps__at",
        filter=Q(ticket__steps__state=State.CALLED, ticket__steps__at__gte=F("told_at")),
    )
    rows = (
        WaitPromise.objects.filter(ticket__day__gte=first, ticket__day__lte=last)
        .order_by()
        .annotate(called_at=called_at)
        .values_list(
            "ticket__day", "ticket__line", "low_minutes", "high_minutes", "told_at", "called_at"
        )
    )
    return [
        (day, line, low, high, None if called is None else (called - told).total_seconds() / 60)
        for day, line, low, high, told, called in rows
    ]
