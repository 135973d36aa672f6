"""Comparison rows as what the charts draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gerai.insights.measures import Direction, Measure, Value, share_of_best
from gerai.insights.queries.comparing import Beside, Row
from gerai.insights.queries.words import said
from gerai.ui.charts import Mark, Series


@dataclass(frozen=True)
class Radar:
    """What the radar draws: the names of its spokes, and a shape for each mall."""

    axes: list[str]
    series: list[Series]


@dataclass(frozen=True)
class Bullet:
    """One measure: the own value beside one model's."""

    measure: Measure
    own: Value
    model: Value
    words: str
    model_words: str
    top: float | None


def radar(rows: Sequence[Row], own_name: str, models: Sequence[Beside]) -> Radar:
    """Return the measures that have a better side, each as its share of the best one shown."""
    spokes = [
        row
        for row in rows
        if row.measure.direction is not Direction.NEITHER
        and any(value is not None and value.value is not None for value in _values(row))
    ]
    series = [
        Series(name, tuple(_mark(row, _values(row)[at]) for row in spokes))
        for at, name in enumerate([own_name, *(model.name for model in models)])
    ]
    return Radar([_(row.measure.short) for row in spokes], series)


def bullets(rows: Sequence[Row], at: int) -> list[Bullet]:
    """Return the measures with a better side of which both the mall and one model have a value."""
    return [
        Bullet(row.measure, row.own, theirs, said(row.own), said(theirs), _top(row))
        for row in rows
        if row.measure.direction is not Direction.NEITHER
        and row.own is not None
        and row.own.value is not None
        and (theirs := _drawn(row, row.cells[at].value)) is not None
        and theirs.value is not None
    ]


def _top(row: Row) -> float | None:
    return 100.0 if row.measure.unit == "%" or row.measure.key == "satisfaction" else None


def _values(row: Row) -> list[Value | None]:
    return [_drawn(row, row.own), *(_drawn(row, cell.value) for cell in row.cells)]


def _drawn(row: Row, value: Value | None) -> Value | None:
    """Leave out what is of another version: it means something else."""
    return value if value is not None and value.version == row.measure.version else None


def _mark(row: Row, value: Value | None) -> Mark:
    label = _(row.measure.short)
    if value is None or value.value is None:
        return Mark(label, None, words=said(value))
    everybody = [one.value for one in _values(row) if one is not None and one.value is not None]
    return Mark(label, share_of_best(row.measure, value.value, everybody), words=said(value))
