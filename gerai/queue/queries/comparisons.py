"""Waits of a recorded day side by side: as they were, and under other rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gerai.queue.models import Line
from gerai.queue.queries.recorded_days import recorded_day
from gerai.queue.rules import CallRule
from gerai.queue.rules.simulation import Waits, recorded, simulated, summary

NOBODY = Waits(0, 0)


@dataclass(frozen=True)
class Row:
    """A line and class with its waits under each name, the record first."""

    name: str
    is_whole: bool
    cells: tuple[tuple[str, Waits], ...]


@dataclass(frozen=True)
class Comparison:
    """A day under several rules. can_be_played: the record tells which counters were open."""

    day: date
    rows: tuple[Row, ...]
    arrivals: int
    out_of_turn: int
    can_be_played: bool


def compared(day: date, rules: Sequence[tuple[str, CallRule]]) -> Comparison:
    """Return the waits of a day as recorded and under rules, each with its name."""
    record = recorded_day(day)
    tables = {_("Tercatat"): summary(record, recorded(record))}
    if record.sittings:
        tables |= {name: summary(record, simulated(record, rule)) for name, rule in rules}
    lines = dict(Line.objects.order_by("code").values_list("code", "name"))
    keys = sorted({key for table in tables.values() for key in table})
    return Comparison(
        day=day,
        rows=tuple(
            Row(
                name=_name_of(line, group, lines),
                is_whole=not line,
                cells=tuple(
                    (name, table.get((line, group), NOBODY)) for name, table in tables.items()
                ),
            )
            for line, group in keys
        ),
        arrivals=len(record.arrivals),
        out_of_turn=record.out_of_turn,
        can_be_played=bool(record.sittings),
    )


def _name_of(line: str, group: str, lines: dict[str, str]) -> str:
    classes = {"": _("semua"), "priority": _("prioritas"), "ordinary": _("umum")}
    where = f"{line} · {lines.get(line, line)}" if line else _("Seluruh mal")
    return f"{where}, {classes[group]}"
