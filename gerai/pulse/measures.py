"""The figures of a day from its step log, each defined once; days are added up. Pure.

Moments are seconds after the midnight that the day begins with. Nothing here knows a person:
times are of a counter and the agency that sat there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

VERSION = 1
HOUR_S = 3600.0
HOURS = 24
LAST_TWO = 2

Span = tuple[float, float]


class Stay(NamedTuple):
    """A stay of a number in a state, at a counter where it was called to one."""

    state: str
    since: float
    until: float
    counter: int | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """A number in a line, from its coming there to its end. came_over: from another line."""

    line: int
    agency: int
    stays: tuple[Stay, ...]
    came_over: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A counter was open for an agency; pauses and spans of stillness in any order."""

    counter: int
    agency: int | None
    opens: float
    closes: float
    pauses: tuple[Span, ...] = ()


class Hour(NamedTuple):
    """An hour of a line: who came, person-seconds waited within it.

    called, wait_s: of those who came in it, how many were called and how long they had waited.
    """

    came: int = 0
    waiting_s: float = 0.0
    called: int = 0
    wait_s: float = 0.0


class Funnel(NamedTuple):
    """How far the numbers of a line came; the last six are their ends and add up to `entered`.

    moved_in: entered from another line. absent: also when the night ended the number.
    unfinished: the day ended without a service. open: still in the house.
    """

    entered: int = 0
    moved_in: int = 0
    called: int = 0
    served: int = 0
    done: int = 0
    moved_on: int = 0
    left: int = 0
    absent: int = 0
    unfinished: int = 0
    open: int = 0


class Times(NamedTuple):
    """Seconds of an open counter; the five last ones add up to `open_s`.

    walking_s: called, not yet there. wrapping_s: nobody at the counter though somebody waits.
    idle_s: nobody there and nobody waits. Pauses count where nobody is at the counter.
    """

    open_s: float = 0.0
    idle_s: float = 0.0
    walking_s: float = 0.0
    serving_s: float = 0.0
    wrapping_s: float = 0.0
    pause_s: float = 0.0


@dataclass(frozen=True)
class DayFigures:
    """A day: (line, hour) -> hour, line -> funnel, (counter, agency) -> times."""

    hours: Mapping[tuple[int, int], Hour] = field(default_factory=dict)
    funnels: Mapping[int, Funnel] = field(default_factory=dict)
    times: Mapping[tuple[int, int | None], Times] = field(default_factory=dict)


Row = TypeVar("Row", Hour, Funnel, Times)
Key = TypeVar("Key")


def added(one: Row, other: Row) -> Row:
    """Return two rows added field by field.

    >>> added(Hour(1, 60.0), Hour(2, 30.0, 1, 5.0))
    Hour(came=3, waiting_s=90.0, called=1, wait_s=5.0)
    """
    return type(one)._make(a + b for a, b in zip(one, other, strict=True))


def together(rows: Iterable[tuple[Key, Row]]) -> dict[Key, Row]:
    """Return the rows of each key added up."""
    found: dict[Key, Row] = {}
    for key, row in rows:
        found[key] = added(found[key], row) if key in found else row
    return found


def day_of(lives: Sequence[Life], sittings: Sequence[Sitting], still: Sequence[Span]) -> DayFigures:
    """Return the figures of a day. still: when the whole queue stood still; no waits then.

    A number that the night ended waited until the last counter of its agency closed, of one
    without a counter that day until the mall's last; nobody stood there until midnight.
    """
    closed: dict[int | None, float] = defaultdict(float)
    for sitting in sittings:
        for key in (sitting.agency, None):
            closed[key] = max(closed[key], sitting.closes)
    stood = [_until(life, closed.get(life.agency, closed[None])) for life in lives]
    return DayFigures(
        hours=together(entry for life in stood for entry in _hours(life, still)),
        funnels=together((life.line, _funnel(life)) for life in lives),
        times=together(_times(sittings, lives, still)),
    )


def _until(life: Life, closed: float) -> Life:
    """Return a number that the night ended with its last stay cut off at the closing."""
    if len(life.stays) < LAST_TWO or life.stays[-1].state != "expired":
        return life
    *before, last, end = life.stays
    cut = last._replace(until=max(last.since, min(last.until, closed)))
    return replace(life, stays=(*before, cut, end))


def _hours(life: Life, still: Sequence[Span]) -> Iterable[tuple[tuple[int, int], Hour]]:
    waits = [stay for stay in life.stays if stay.state == "waiting"]
    if not waits:
        return
    came = _hour(waits[0].since)
    called_at = next((stay.since for stay in life.stays if stay.state == "called"), None)
    waited = 0.0
    for stay in waits:
        for begin, end in outside([(stay.since, stay.until)], still):
            if called_at is not None and begin < called_at:
                waited += min(end, called_at) - begin
            for hour in range(_hour(begin), _hour(end) + 1):
                within = min(end, (hour + 1) * HOUR_S) - max(begin, hour * HOUR_S)
                if within > 0:
                    yield (life.line, hour), Hour(waiting_s=within)
    is_called = called_at is not None
    yield (life.line, came), Hour(came=1, called=int(is_called), wait_s=waited)


def _hour(moment: float) -> int:
    return min(max(int(moment // HOUR_S), 0), HOURS - 1)


def _funnel(life: Life) -> Funnel:
    states = [stay.state for stay in life.stays]
    end = states[-1]
    stood = states[-2] if len(states) > 1 else ""
    is_absent = end == "absent" or (end == "expired" and stood == "absent")
    ends = {
        "done": end == "done",
        "moved_on": end == "transferred",
        "left": end == "left",
        "absent": is_absent,
        "unfinished": end == "expired" and not is_absent,
    }
    return Funnel(
        entered=1,
        moved_in=int(life.came_over),
        called=int("called" in states),
        served=int("serving" in states),
        **{name: int(holds) for name, holds in ends.items()},
        open=int(not any(ends.values())),
    )


def _times(
    sittings: Sequence[Sitting], lives: Sequence[Life], still: Sequence[Span]
) -> Iterable[tuple[tuple[int, int | None], Times]]:
    at_counter: dict[tuple[int, str], list[Span]] = defaultdict(list)
    waiting: dict[int, list[Span]] = defaultdict(list)
    for life in lives:
        for stay in life.stays:
            if stay.counter is not None and stay.state in {"called", "serving"}:
                at_counter[stay.counter, stay.state].append((stay.since, stay.until))
            elif stay.state == "waiting":
                waiting[life.agency].append((stay.since, stay.until))
    joined_waiting = {agency: joined(spans) for agency, spans in waiting.items()}
    for sitting in sittings:
        calls = at_counter[sitting.counter, "called"]
        services = at_counter[sitting.counter, "serving"]
        # Of a sitting without a known agency nobody can say whether somebody waited.
        theirs = joined_waiting.get(sitting.agency, []) if sitting.agency is not None else []
        yield (
            (sitting.counter, sitting.agency),
            times_of(sitting, calls, services, theirs, still),
        )


def times_of(
    sitting: Sitting,
    calls: Sequence[Span],
    services: Sequence[Span],
    waiting: Sequence[Span],
    still: Sequence[Span] = (),
) -> Times:
    """Return how a sitting was spent. waiting: when somebody waited for its agency.

    >>> times_of(Sitting(1, 7, 0, 100), [(10, 20)], [(20, 60)], [(0, 10), (70, 80)])
    Times(open_s=100.0, idle_s=30.0, walking_s=10.0, serving_s=40.0, wrapping_s=20.0, pause_s=0.0)
    """
    whole = [(sitting.opens, sitting.closes)]
    serving = inside(services, whole)
    walking = outside(inside(calls, whole), serving)
    free = outside(outside(whole, serving), walking)
    paused = inside(free, joined([*sitting.pauses, *still]))
    rest = outside(free, paused)
    wrapping = inside(rest, waiting)
    return Times(
        open_s=length(whole),
        idle_s=length(outside(rest, wrapping)),
        walking_s=length(walking),
        serving_s=length(serving),
        wrapping_s=length(wrapping),
        pause_s=length(paused),
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that touch or overlap as one; empty ones are left out.

    >>> joined([(5, 9), (0, 2), (2, 3), (8, 12), (4, 4)])
    [(0, 3), (5, 12)]
    """
    found: list[Span] = []
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def outside(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """Return what of the spans lies in none of the holes.

    >>> outside([(0, 10)], [(2, 3), (8, 12)])
    [(0, 2), (3, 8)]
    """
    left = joined(spans)
    for low, high in joined(holes):
        cut: list[Span] = []
        for begin, end in left:
            cut += [(begin, min(end, low)), (max(begin, high), end)]
        left = [(begin, end) for begin, end in cut if begin < end]
    return left


def inside(spans: Iterable[Span], windows: Iterable[Span]) -> list[Span]:
    """Return what of the spans lies in one of the windows.

    >>> inside([(0, 10)], [(2, 3), (8, 12)])
    [(2, 3), (8, 10)]
    """
    windows = joined(windows)
    return [
        (max(begin, low), min(end, high))
        for begin, end in joined(spans)
        for low, high in windows
        if max(begin, low) < min(end, high)
    ]


def length(spans: Iterable[Span]) -> float:
    """Return the seconds of spans that do not overlap."""
    return float(sum(end - begin for begin, end in spans))


def dump(figures: DayFigures) -> dict[str, Any]:
    """Return the figures of a day as JSON values; seconds are whole."""
    return {
        "hours": [[*key, *_whole(row)] for key, row in sorted(figures.hours.items())],
        "funnels": [[key, *row] for key, row in sorted(figures.funnels.items())],
        "times": [[*key, *_whole(row)] for key, row in figures.times.items()],
    }


def parse(told: Mapping[str, Any]) -> DayFigures:
    """Return the figures that `dump` wrote."""
    return DayFigures(
        hours={(line, hour): Hour(*row) for line, hour, *row in told["hours"]},
        funnels={line: Funnel(*row) for line, *row in told["funnels"]},
        times={(counter, agency): Times(*row) for counter, agency, *row in told["times"]},
    )


def _whole(row: Iterable[float]) -> list[int]:
    return [round(value) for value in row]


class Cell(NamedTuple):
    """An hour of a weekday over many days. waiting: people on average; wait: minutes.

    None where there was no day, or nobody was called.
    """

    waiting: float | None
    wait: float | None
    came: int
    days: int


def heat(
    days: Iterable[tuple[int, DayFigures]], line: int | None = None
) -> dict[tuple[int, int], Cell]:
    """Return (hour, weekday) -> cell. days: weekday (0 = Monday) and figures of each counted day.

    line: of one line only.
    """
    counted: dict[int, int] = defaultdict(int)
    rows: dict[tuple[int, int], Hour] = {}
    for weekday, figures in days:
        counted[weekday] += 1
        for (of_line, hour), row in figures.hours.items():
            if line is None or line == of_line:
                key = (hour, weekday)
                rows[key] = added(rows[key], row) if key in rows else row
    hours = {hour for hour, _weekday in rows}
    return {
        (hour, weekday): _cell(rows.get((hour, weekday), Hour()), days_of)
        for hour in range(min(hours, default=0), max(hours, default=-1) + 1)
        for weekday, days_of in counted.items()
    }


def _cell(row: Hour, days: int) -> Cell:
    return Cell(
        waiting=row.waiting_s / HOUR_S / days,
        wait=row.wait_s / row.called / 60 if row.called else None,
        came=row.came,
        days=days,
    )
