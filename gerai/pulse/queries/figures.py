"""The figures of a span of days as pages and tables show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gerai import clock
from gerai.directory.models import Agency, Counter, WeeklyHours
from gerai.malls.scope import current_mall
from gerai.pulse.measures import (
    VERSION,
    Cell,
    DayFigures,
    Funnel,
    Times,
    heat,
    parse,
    together,
)
from gerai.pulse.models import CountedDay
from gerai.pulse.queries.days import days_with_numbers, figures_of
from gerai.queue.models import Line

SHADES = 5
WRITTEN_FROM = 0.05
MONDAY_TO_FRIDAY = 5
MINUTE = 60


@dataclass(frozen=True)
class Span:
    """The counted days of a span, in order; `to_count` are counted in the background."""

    first: date
    last: date
    days: tuple[tuple[date, DayFigures], ...]
    to_count: int


def span_of(first: date, last: date) -> Span:
    """Return the figures of a span of days in three queries, today's in six more."""
    today = clock.local_day(clock.now(), current_mall().zone)
    days = days_with_numbers(first, last)
    kept = CountedDay.objects.filter(day__range=(first, last), version=VERSION)
    known = {day: parse(told) for day, told in kept.values_list("day", "figures")}
    if today in days:
        known[today] = figures_of(today)
    return Span(
        first=first,
        last=last,
        days=tuple((day, known[day]) for day in days if day in known),
        to_count=sum(day not in known for day in days),
    )


@dataclass(frozen=True)
class HeatCell:
    """A cell of the heat map: what is written, and how dark it is, 0 to 5."""

    cell: Cell
    value: float | None
    shade: int


@dataclass(frozen=True)
class HeatRow:
    """An hour of the day, and its cells in the order of the weekdays."""

    hour: int
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True)
class HeatMap:
    """Hours by weekdays (0 = Monday): the mall's week, and whatever else was counted."""

    weekdays: tuple[int, ...]
    rows: tuple[HeatRow, ...]
    days: Mapping[int, int]
    darkest: float


def heat_map(span: Span, *, shows: str, line: int | None = None) -> HeatMap:
    """Return the heat map of a span. shows: "waiting" (people) or "wait" (minutes)."""
    cells = heat(((day.weekday(), figures) for day, figures in span.days), line)
    days: dict[int, int] = {}
    for day, _figures in span.days:
        days[day.weekday()] = days.get(day.weekday(), 0) + 1
    open_on = WeeklyHours.objects.filter(agency=None).values_list("weekday", flat=True)
    weekdays = tuple(sorted({*open_on, *days} or set(range(MONDAY_TO_FRIDAY))))
    values = {key: getattr(cell, shows) for key, cell in cells.items()}
    darkest = max((value for value in values.values() if value is not None), default=0.0)
    hours = sorted({hour for hour, _weekday in cells})

    def cell_of(hour: int, weekday: int) -> HeatCell | None:
        cell = cells.get((hour, weekday))
        if cell is None:
            return None
        value = values[hour, weekday]
        return HeatCell(cell, value, _shade(value, darkest))

    return HeatMap(
        weekdays=weekdays,
        rows=tuple(
            HeatRow(hour, tuple(cell_of(hour, weekday) for weekday in weekdays)) for hour in hours
        ),
        days=days,
        darkest=darkest,
    )


def _shade(value: float | None, darkest: float) -> int:
    # What is written as nought is as light as nought.
    if value is None or value < WRITTEN_FROM:
        return 0
    return min(int(value / darkest * SHADES) + 1, SHADES)


def funnel_of(span: Span, line: int | None = None) -> Funnel:
    """Return how far the numbers of a span came, all lines or one."""
    rows = [
        (0, row)
        for _day, figures in span.days
        for key, row in figures.funnels.items()
        if line is None or key == line
    ]
    return together(rows).get(0, Funnel())


@dataclass(frozen=True)
class TimesRow:
    """How open counters were spent. share: of each part of the open time, 0 to 1."""

    name: str
    counter: str
    times: Times

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """Return key, seconds and share of each part, in the order in which they are told."""
        whole = self.times.open_s or 1.0
        told = zip(PARTS, self.times[1:], strict=True)
        return [(key, seconds, seconds / whole) for key, seconds in told]


PARTS = ("idle", "walking", "serving", "wrapping", "pause")


def times_of_span(span: Span) -> tuple[TimesRow, list[TimesRow], list[TimesRow]]:
    """Return the whole, each agency by name, and each counter with its agency in their order."""
    rows = [entry for _day, figures in span.days for entry in figures.times.items()]
    by_both = together(rows)
    agencies = dict(Agency.objects.values_list("pk", "short_name"))
    counters = {row.pk: row for row in Counter.objects.all()}
    unknown = _("tidak diketahui")
    by_agency = together((key[1], row) for key, row in rows)
    whole = together(((0, row) for _key, row in rows)).get(0, Times())
    agency_rows = [
        TimesRow(agencies.get(key, unknown) if key else unknown, "", row)
        for key, row in by_agency.items()
    ]
    counter_rows = [
        TimesRow(agencies.get(agency, unknown) if agency else unknown, counters[counter].code, row)
        for (counter, agency), row in sorted(
            by_both.items(), key=lambda each: (counters[each[0][0]].position, each[0][1] or 0)
        )
    ]
    return (
        TimesRow(_("Seluruh mal"), "", whole),
        sorted(agency_rows, key=lambda row: row.name),
        counter_rows,
    )


def lines_to_choose() -> Sequence[Line]:
    """Return the lines of the mall by their code."""
    return list(Line.objects.order_by("code"))
