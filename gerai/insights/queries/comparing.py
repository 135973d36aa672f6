"""The mall beside its models. Of other malls only what they share is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gerai.insights.measures import (
    MEASURES,
    BadValue,
    Measure,
    Value,
    Verdict,
    is_behind,
    verdict,
)
from gerai.insights.models import Model, ModelKind, Sharing
from gerai.insights.queries.words import compared, said
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall

MOST_CHOSEN = 5


@dataclass(frozen=True)
class Beside:
    """A model with the values that it shows at present. `is_silent`: it shares no longer."""

    name: str
    kind: str
    values: Mapping[str, Value]
    until: date | None = None
    mall_id: int | None = None
    region_code: str = ""
    is_silent: bool = False

    @property
    def is_blueprint(self) -> bool:
        """Tell whether the values came with a blueprint."""
        return self.kind == ModelKind.BLUEPRINT


@dataclass(frozen=True)
class Cell:
    """A model's value beside the own one."""

    model: Beside
    value: Value | None
    verdict: Verdict
    words: str
    comparison: str
    is_own_behind: bool
    is_own_ahead: bool


@dataclass(frozen=True)
class Row:
    """One measure: the own value and every model's."""

    measure: Measure
    own: Value | None
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be chosen as a model; key is what the form sends."""

    key: str
    name: str
    kind: str
    until: date | None
    is_chosen: bool


def is_sharing() -> bool:
    """Tell whether the mall in scope lets others see its measures."""
    return Sharing.objects.filter(shares=True).exists()


def sharing_malls() -> QuerySet[Sharing]:
    """Return what other malls share, by name: they said so themselves."""
    return (
        Sharing.objects.everywhere()
        .filter(shares=True, mall__is_active=True)
        .exclude(mall=current_mall())
        .select_related("mall")
        .order_by("mall__name", "pk")
    )


def candidates() -> list[Candidate]:
    """Return whom the mall may choose: malls that share, and models from blueprints."""
    chosen = set(Model.objects.filter(is_chosen=True).values_list("identity", flat=True))
    shared = [
        Candidate(
            identity_of(row.mall),
            row.mall.name,
            ModelKind.MALL,
            row.until,
            identity_of(row.mall) in chosen,
        )
        for row in sharing_malls()
    ]
    kept = [
        Candidate(row.identity, row.name, row.kind, row.until, row.is_chosen)
        for row in Model.objects.filter(kind=ModelKind.BLUEPRINT).order_by("name", "pk")
    ]
    return [*shared, *kept]


def identity_of(mall: Mall) -> str:
    """Return how a mall of this installation is named among the models."""
    return f"mal:{mall.slug}"


def chosen_models() -> list[Beside]:
    """Return the models that the mall chose, with what they show at present."""
    rows = list(Model.objects.filter(is_chosen=True).order_by("name", "pk"))
    shared = {row.mall_id: row for row in sharing_malls()} if rows else {}
    return [_beside(row, shared) for row in rows[:MOST_CHOSEN]]


def _beside(row: Model, shared: Mapping[int, Sharing]) -> Beside:
    if row.kind == ModelKind.BLUEPRINT:
        values = read_values(row.values)
        return Beside(row.name, row.kind, values, row.until, None, row.region_code)
    theirs = shared.get(row.other_id or 0)
    if theirs is None:
        return Beside(row.name, row.kind, {}, is_silent=True)
    values = read_values(theirs.values)
    return Beside(
        theirs.mall.name,
        row.kind,
        values,
        theirs.until,
        theirs.mall_id,
        theirs.mall.region_code,
    )


def read_values(data: Sequence[object]) -> dict[str, Value]:
    """Return stored values by key; what this release cannot read is left out."""
    found = {}
    for one in data:
        try:
            value = Value.from_json(one)
        except BadValue:
            continue
        found[value.key] = value
    return found


def beside(models: Sequence[Beside], own: Sequence[Value]) -> list[Row]:
    """Return one row for every measure: the own value beside those of the models."""
    mine = {value.key: value for value in own}
    return [_row(measure, mine.get(measure.key), models) for measure in MEASURES]


def _row(measure: Measure, own: Value | None, models: Sequence[Beside]) -> Row:
    cells = []
    for model in models:
        value = model.values.get(measure.key)
        found = verdict(measure, own, value)
        behind = is_behind(measure, found)
        ahead = is_behind(measure, verdict(measure, value, own))
        cells.append(
            Cell(model, value, found, said(value), compared(measure, found), behind, ahead)
        )
    return Row(measure, own, said(own), tuple(cells))
