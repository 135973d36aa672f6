"""Everything stored that decides about open or closed, read in one query.

Each table gives rows of one shape; what a column means is the table's own affair.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, reduce
from typing import Any, NamedTuple

from django.db import models as fields
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast

from gerai import clock
from gerai.directory import models
from gerai.directory.models import AgreementState, CounterShare, EmergencyKind
from gerai.directory.queries.built import once_built
from gerai.directory.states import ClosingState
from gerai.malls.scope import current_mall

MALL = None


class Row(NamedTuple):
    """A stored row: which columns are filled, its kind decides.

    number: a weekday, or the key of a counter or floor; first, last: dates; opens, closes,
    last_ticket: times; starts_at, ends_at: moments; data: what the kind needs besides.
    """

    kind: str
    agency: int | None
    number: Any
    first: Any
    last: Any
    opens: Any
    closes: Any
    last_ticket: Any
    starts_at: Any
    ends_at: Any
    name: str
    data: Any


# The columns after `kind`.
COLUMNS: dict[str, fields.Field[Any, Any]] = {
    "agency": fields.BigIntegerField(),
    "number": fields.BigIntegerField(),
    "first": fields.DateField(),
    "last": fields.DateField(),
    "opens": fields.TimeField(),
    "closes": fields.TimeField(),
    "last_ticket": fields.TimeField(),
    "starts_at": fields.DateTimeField(),
    "ends_at": fields.DateTimeField(),
    "name": fields.CharField(),
    "data": fields.TextField(),
}


@dataclass
class Rows:
    """The rows by kind and agency; which counters are whose is read when it matters."""

    found: dict[tuple[str, int | None], list[Row]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def of(self, kind: str, key: int | None, *, own: bool = False) -> list[Row]:
        """Return the rows of a kind, of an agency or the mall. own: the mall has none."""
        return [] if own and key is MALL else self.found.get((kind, key), [])

    def counters_of(self, key: int, day: date) -> list[int]:
        """Return the keys of an agency's counters of a day, while any counter is closed."""
        return self._seats[key, day.weekday()][0] if self.of("closing", MALL) else []

    def floors_of(self, key: int, day: date) -> set[int]:
        """Return the keys of the floors on which an agency sits on a day."""
        return self._seats[key, day.weekday()][1]

    @cached_property
    def _seats(self) -> dict[tuple[int, int], tuple[list[int], set[int]]]:
        shares = CounterShare.objects.filter(counter__is_active=True)
        found: dict[tuple[int, int], tuple[list[int], set[int]]] = defaultdict(lambda: ([], set()))
        for agency, weekday, counter, floor in shares.values_list(
            "agency", "weekday", "counter", "counter__zone__floor"
        ):
            counters, floors = found[agency, weekday]
            counters.append(counter)
            floors.add(floor)
        return found


def rows_between(first: date, last: date, keys: Iterable[int | None]) -> Rows:
    """Return what is stored of the mall and of agencies for a span of days, in one query."""
    own = sorted({key for key in keys if key is not MALL})
    morning = clock.at(first, 0, 0, current_mall().zone)
    rows = Rows()
    for told in once_built(_asked, own, mall=current_mall().pk, days=(first, last), moment=morning):
        row = _read(Row(*told))
        rows.found[row.kind, row.agency].append(row)
    return rows


def _asked(
    own: Sequence[int], first: date, last: date, morning: datetime
) -> QuerySet[Any, tuple[Any, ...]]:
    theirs = Q(agency=None) | Q(agency__in=own) if own else Q(agency=None)
    in_force = Q(starts_on=None) | Q(starts_on__lte=last)
    in_force &= Q(ends_on=None) | Q(ends_on__gte=first)
    parts = [
        _part(
            "hours",
            models.WeeklyHours.objects.filter(theirs),
            agency="agency",
            number="weekday",
            opens="opens",
            closes="closes",
            last_ticket="last_ticket",
        ),
        _part(
            "break",
            models.BreakTime.objects.filter(theirs),
            agency="agency",
            number="weekday",
            opens="starts",
            closes="ends",
        ),
        _part(
            "special",
            models.SpecialDay.objects.filter(theirs, on__range=(first, last)),
            agency="agency",
            first="on",
            opens="opens",
            closes="closes",
            last_ticket="last_ticket",
            name="name",
            data="kind",
        ),
        _part(
            "season",
            models.Season.objects.filter(theirs, starts_on__lte=last, ends_on__gte=first),
            agency="agency",
            first="starts_on",
            last="ends_on",
            name="name",
            data="week",
        ),
        _part(
            "friday",
            models.FridayBreak.objects.filter(theirs),
            agency="agency",
            first="since",
            opens="starts",
            closes="ends",
            name="name",
        ),
        _part(
            "duty",
            models.Agreement.objects.filter(in_force, state=AgreementState.SIGNED, agency__in=own),
            agency="agency",
            first="starts_on",
            last="ends_on",
            data="duty_days",
        ),
        _part(
            "closing",
            models.Closing.objects.filter(theirs, state=ClosingState.APPROVED, ends_at__gt=morning),
            agency="agency",
            number="counter",
            starts_at="starts_at",
            ends_at="ends_at",
            name="words",
            data="reason",
        ),
        _part(
            "emergency",
            models.Emergency.objects.filter(ended_at=None),
            number="floor",
            data="kind",
        ),
    ]
    return reduce(lambda one, other: one.union(other, all=True), parts)


def _part(kind: str, asked: QuerySet[Any, Any], **told: str) -> QuerySet[Any, Any]:
    """Ask one table for rows of the common shape. told: which field fills which column."""
    columns: list[Any] = [Value(kind, output_field=fields.CharField())]
    for name, column in COLUMNS.items():
        value = F(told[name]) if name in told else Value(None)
        columns.append(value if name in told and name != "data" else Cast(value, column))
    rows: QuerySet[Any, Any] = asked.order_by().values_list(*columns)
    return rows


def _read(row: Row) -> Row:
    match row.kind:
        case "season" | "duty":
            return row._replace(data=json.loads(row.data))
        case "closing":
            return row._replace(name=models.Closing(reason=row.data, words=row.name).why)
        case "emergency":
            return row._replace(name=str(EmergencyKind(row.data).label))
        case _other:
            return row
