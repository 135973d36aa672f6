"""From what a plan rests on to what it says: the need, shifts, played days, one more desk. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from gerai.planner.rules.bands import Band
from gerai.planner.rules.demand import QUARTER_S
from gerai.planner.rules.document import Assumed
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.staffing import Promise, Shift, counters_of, covering, needed, paid
from gerai.planner.rules.trial import Hall, PlayedDay, by_quarter, saved, verdict

NOW: Final = "now"
PLANNED: Final = "planned"
MORE: Final = "more "


def shifts_of(hall: Hall, promise: Promise) -> dict[str, tuple[list[int], list[Shift]]]:
    """Return line → (counters needed each quarter hour, shifts that cover them).

    :raises OverflowError: a line would need more counters than any hall has
    """
    found = {}
    for line in hall.lines:
        need = needed(hall.flows, line, promise)
        found[line] = (need, covering(need))
    return found


def halls_of(
    assumed: Assumed, shifts: Mapping[str, tuple[list[int], list[Shift]]]
) -> dict[str, Hall]:
    """Return the halls to be played: as now, as planned, and with one more desk for each line."""
    counters: list[Counter] = []
    for line, (_need, chosen) in shifts.items():
        counters += counters_of(chosen, frozenset({line}), line)
    halls = {NOW: assumed.hall} if assumed.has_staff else {}
    halls[PLANNED] = replace(assumed.hall, counters=tuple(counters))
    base = next(iter(halls.values()))
    return halls | {MORE + line: base.with_one_more(line) for line in assumed.hall.lines}


def told(
    hall: Hall,
    shifts: Mapping[str, tuple[list[int], list[Shift]]],
    played: Mapping[str, Sequence[PlayedDay]],
) -> dict[str, Any]:
    """Return everything that a plan says, as JSON values; a band is [mean, low, high]."""
    base = NOW if NOW in played else PLANNED
    kinds = [kind for kind in (NOW, PLANNED) if kind in played]
    return {
        "base": base,
        "days": len(played[base]),
        "halls": {kind: _verdict([day.hall for day in played[kind]]) for kind in kinds},
        "quarters": {
            kind: [
                None if band is None else _band(band)
                for band in by_quarter(played[kind], hall.quarters)
            ]
            for kind in kinds
        },
        "paid": {
            NOW: round(sum(each.staffed_s for each in hall.counters) / QUARTER_S),
            PLANNED: sum(paid(chosen) for _need, chosen in shifts.values()),
            "least": sum(sum(need) for need, _chosen in shifts.values()),
        },
        "lines": [
            _line(hall, line, shifts[line], played, base=base, kinds=kinds) for line in hall.lines
        ],
    }


def _line(
    hall: Hall,
    line: str,
    found: tuple[list[int], list[Shift]],
    played: Mapping[str, Sequence[PlayedDay]],
    *,
    base: str,
    kinds: Sequence[str],
) -> dict[str, Any]:
    need, chosen = found
    gain = saved(played[base], played[MORE + line], line)
    own = [each for each in hall.counters if line in each.services]
    quarters = range(hall.quarters)
    return {
        "line": line,
        "need": need,
        "planned": [sum(quarter in shift.quarters for shift in chosen) for quarter in quarters],
        "staff": [sum(_sits(each, quarter) for each in own) for quarter in quarters],
        "shifts": [[list(part) for part in shift.times] for shift in chosen],
        "saved": None if gain is None else _band(gain),
        "verdicts": {
            kind: _verdict([day.lines[line] for day in played[kind] if line in day.lines])
            for kind in kinds
        },
    }


def _sits(counter: Counter, quarter: int) -> bool:
    middle = (quarter + 0.5) * QUARTER_S
    return any(begin <= middle < end for begin, end in counter.shifts)


def _band(band: Band) -> list[float]:
    return [band.mean, band.low, band.high]


def _verdict(days: Sequence[Any]) -> dict[str, Any] | None:
    found = verdict(days)
    if found is None:
        return None
    return {
        name: list(value.values()) if isinstance(value, dict) else value
        for name, value in asdict(found).items()
    }
