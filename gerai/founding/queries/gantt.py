"""The schedule as a drawing: bars on a sheet of so many units, months as lines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from gerai.founding.models import StageName
from gerai.founding.queries.schedule import Row, Schedule
from gerai.founding.states import State

LABELS = 300
WIDTH = 1200
ROW = 30
HEAD = 40
BAR = 18
LEAST = 5
LONGEST_LABEL = 42
MONTHS_BETWEEN_NAMES = 18


@dataclass(frozen=True)
class Bar:
    """A step on the sheet."""

    row: Row
    label: str
    kind: str
    x: int
    y: int
    width: int

    @property
    def text_y(self) -> int:
        """Return where the label stands."""
        return self.y + BAR - 4


@dataclass(frozen=True)
class Band:
    """The name of a stage above its bars."""

    name: str
    y: int

    @property
    def text_y(self) -> int:
        """Return where the name stands."""
        return self.y + ROW - 10


@dataclass(frozen=True)
class Month:
    """The first of a month."""

    name: str
    x: int


@dataclass(frozen=True)
class Gantt:
    """The whole sheet. target, today: where those days stand, if they are on the sheet."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    months: tuple[Month, ...]
    links: tuple[str, ...]
    today: int | None
    target: int | None
    labels: int = LABELS
    head: int = HEAD
    bar: int = BAR


def gantt(found: Schedule, target: date | None) -> Gantt | None:
    """Return the drawing of a schedule; None where it has no steps."""
    if not found.rows:
        return None
    first = min(row.starts for row in found.rows)
    last = max(row.ends for row in found.rows)
    if target is not None:
        last = max(last, target)
    days = (last - first).days + 1

    def place(day: date) -> int:
        return LABELS + (day - first).days * (WIDTH - LABELS) // days

    bars: list[Bar] = []
    bands: list[Band] = []
    y = HEAD
    stage = ""
    for row in found.rows:
        if row.step.stage != stage:
            stage = row.step.stage
            bands.append(Band(str(StageName(stage).label), y))
            y += ROW
        x = place(row.starts)
        width = max(place(row.ends + timedelta(days=1)) - x, LEAST)
        bars.append(Bar(row, _short(row.step.name), _kind(row), x, y + (ROW - BAR) // 2, width))
        y += ROW
    return Gantt(
        width=WIDTH,
        height=y + ROW // 2,
        bars=tuple(bars),
        bands=tuple(bands),
        months=_months(first, last, place),
        links=_links(bars, found),
        today=place(found.today) if first <= found.today <= last else None,
        target=place(target) if target is not None and first <= target <= last else None,
    )


def _kind(row: Row) -> str:
    if row.step.state == State.DONE:
        return "done"
    if row.is_late:
        return "late"
    if row.is_critical:
        return "critical"
    return "doing" if row.step.state == State.DOING else "todo"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"


def _months(first: date, last: date, place: Callable[[date], int]) -> tuple[Month, ...]:
    firsts: list[date] = []
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        firsts.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = len(firsts) // MONTHS_BETWEEN_NAMES + 1
    return tuple(
        Month(date_format(each, "M y") if not number % every else "", place(each))
        for number, each in enumerate(firsts)
    )


def _links(bars: list[Bar], found: Schedule) -> tuple[str, ...]:
    """Return the lines from each deciding step to the deciding ones that wait for it."""
    critical = {row.step.pk for row in found.critical}
    by_key = {bar.row.step.pk: bar for bar in bars if bar.row.step.pk in critical}
    lines = []
    for bar in by_key.values():
        for need in bar.row.needs:
            before = by_key.get(need)
            if before is not None:
                turn = before.x + before.width
                middle = before.y + BAR // 2
                lines.append(f"M{turn} {middle}H{turn + 4}V{bar.y + BAR // 2}H{bar.x}")
    return tuple(lines)
