"""The mall at this moment, as the rest of its day is played: of people only times are read."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import ceil
from statistics import fmean
from typing import Final

from gerai import clock
from gerai.directory.hours import day_plan
from gerai.directory.models import Closing, Posting
from gerai.directory.queries.opening import timetable_of
from gerai.directory.states import ClosingState
from gerai.malls.scope import current_mall
from gerai.planner.rules.calibration import Observed, calibrated
from gerai.planner.rules.demand import QUARTER_S, Flow, Work
from gerai.planner.rules.document import SPREAD_OF_A_GUESS
from gerai.planner.rules.rest_of_day import (
    CLOSING,
    Measure,
    OpenDesk,
    Present,
    Spans,
    Waiting,
    busier,
    by_line,
    from_now,
)
from gerai.queue.models import Line, Ticket
from gerai.queue.queries.boards import CounterNow, counters_now
from gerai.queue.queries.recorded_days import last_days, recorded_day
from gerai.queue.queries.rule import rule_in_force

QUARTERS_A_DAY: Final = 96
MINUTE_S: Final = 60.0
# So many past days of the same weekday are read, if so many lie within the last days with numbers.
WEEKS: Final = 6
LOOK_BACK_DAYS: Final = 45
# How long a pause lasts where none is recorded, and the least that is left of one.
USUAL_PAUSE_S: Final = 900.0
LEAST_OF_A_PAUSE_S: Final = 60.0
# A counter is opened until about so long after now, or until the closing.
TRIED_S: Final = (1800.0, 3600.0, 7200.0)
# What remains after such a time is no use any more.
LEAST_REST_S: Final = 1800.0


@dataclass(frozen=True)
class Situation:
    """What is known now. days: past days of this weekday that were read; came: today so far."""

    at: datetime
    present: Present
    measures: tuple[Measure, ...]
    lines: Mapping[str, Line]
    counters: Mapping[str, CounterNow]
    days: int
    came: int

    @property
    def waiting(self) -> int:
        """Return how many wait now."""
        return len(self.present.waiting)


def situation() -> Situation:
    """Return the mall now, with every measure that could be taken.

    Reads some ten queries a past day, so it is for the background.
    """
    at, zone = clock.now(), current_mall().zone
    day = clock.local_day(at, zone)
    known = Line.objects.filter(is_active=True, agency__is_active=True).select_related("agency")
    lines = {line.code: line for line in known.order_by("code")}
    now_s = _seconds(clock.local(at, zone).time())
    hours = _hours(lines.values(), at, day)
    past = [_observed(each) for each in _same_weekdays(day)]
    today = _observed(day)
    counters = {now.counter.code: now for now in counters_now(day)}
    served = {code: _served(now, lines.values()) for code, now in counters.items()}
    spans = _spans(counters, hours, at, now_s)
    present = Present(
        flows=_habits(past, today, lines, hours, now_s),
        waiting=tuple(_waiting(day, at, lines)),
        desks=tuple(_desks(counters, served, spans, at, _pause_s(past))),
        closes={
            code: max(0.0, hours[line.agency_id].closes_s - now_s) for code, line in lines.items()
        },
        house=replace(CLOSING, in_a_row=rule_in_force().priority_in_a_row),
    )
    return Situation(
        at=at,
        present=present,
        measures=tuple(_measures(counters, served, spans, present, now_s)),
        lines=lines,
        counters=counters,
        days=len(past),
        came=len(today.day.arrivals),
    )


@dataclass(frozen=True)
class _Hours:
    """An agency's hours of today in seconds after midnight; all nought on a day without."""

    opens_s: float = 0.0
    closes_s: float = 0.0
    last_s: float = 0.0
    breaks: Spans = ()


def _hours(lines: Iterable[Line], at: datetime, day: date) -> dict[int, _Hours]:
    keys = {line.agency_id for line in lines}
    timetable = timetable_of(keys, at)
    found = {}
    for key in keys:
        told = day_plan(day, timetable.calendar(key)).hours
        if told is None:
            found[key] = _Hours()
            continue
        closes = _seconds(told.closes)
        found[key] = _Hours(
            opens_s=_seconds(told.opens),
            closes_s=closes,
            last_s=closes if told.last_ticket is None else _seconds(told.last_ticket),
            breaks=tuple((_seconds(begin), _seconds(end)) for begin, end in told.breaks),
        )
    return found


def _seconds(moment: time) -> float:
    return float(moment.hour * 3600 + moment.minute * 60 + moment.second)


def _same_weekdays(day: date) -> list[date]:
    days = [each for each in last_days(LOOK_BACK_DAYS) if each < day]
    return [each for each in days if each.weekday() == day.weekday()][:WEEKS]


def _observed(day: date) -> Observed:
    return Observed(clock.at(day, 0, 0, current_mall().zone), recorded_day(day))


def _served(now: CounterNow, lines: Iterable[Line]) -> frozenset[str]:
    theirs = {agency.pk for agency in now.agencies}
    return frozenset(line.code for line in lines if line.agency_id in theirs)


def _habits(
    past: Sequence[Observed],
    today: Observed,
    lines: Mapping[str, Line],
    hours: Mapping[int, _Hours],
    now_s: float,
) -> dict[str, Flow]:
    """Return line → comers from now on.

    From past days, by as much more as more have come today so far; where a line has no past,
    today goes on as it was. Without recorded services the usual minutes of the line hold.
    """
    usual = by_line(calibrated(past, QUARTERS_A_DAY).flows) if past else {}
    fresh = by_line(calibrated([today], QUARTERS_A_DAY).flows)
    came = Tally(arrival.line for arrival in today.day.arrivals)
    found = {}
    for code, line in lines.items():
        its = hours[line.agency_id]
        flow = usual.get(code) or fresh.get(code)
        if flow is None:
            work = Work(code, line.usual_minutes * MINUTE_S, SPREAD_OF_A_GUESS)
            flow = Flow((work,), (0.0,) * QUARTERS_A_DAY)
        per_quarter, factor = flow.per_quarter, 1.0
        if code in usual:
            until_now = sum(per_quarter) - sum(from_now(per_quarter, now_s))
            factor = busier(came[code], until_now)
        else:
            open_s = max(QUARTER_S, now_s - its.opens_s)
            per_quarter = (came[code] / open_s * QUARTER_S,) * QUARTERS_A_DAY
        expected = from_now(per_quarter, now_s, until_s=its.last_s, factor=factor)
        found[code] = replace(flow, per_quarter=expected)
    return found


def _pause_s(past: Sequence[Observed]) -> float:
    """Return how long a pause lasts on average."""
    pauses = [
        (back - since).total_seconds()
        for each in past
        for sitting in each.day.sittings
        for since, back in sitting.pauses
    ]
    return fmean(pauses) if pauses else USUAL_PAUSE_S


def _waiting(day: date, at: datetime, lines: Mapping[str, Line]) -> Iterator[Waiting]:
    rows = Ticket.objects.waiting().filter(day=day, line__code__in=lines).in_order()
    for code, since, is_priority in rows.values_list("line__code", "arrived_at", "is_priority"):
        yield Waiting(code, max(0.0, (at - since).total_seconds()), is_priority)


def _spans(
    counters: Mapping[str, CounterNow], hours: Mapping[int, _Hours], at: datetime, now_s: float
) -> dict[str, Spans]:
    """Return counter → when it can be open from now on: not in breaks, not while it is closed."""
    closings = list(
        Closing.objects.filter(
            state=ClosingState.APPROVED, ends_at__gt=at, starts_at__lt=at + timedelta(days=1)
        )
    )
    found = {}
    for code, now in counters.items():
        keys = {agency.pk for agency in now.agencies} & set(hours)
        its = max((hours[key] for key in keys), key=lambda each: each.closes_s, default=_Hours())
        holes = [(begin - now_s, end - now_s) for begin, end in its.breaks]
        for closing in closings:
            if closing.counter_id == now.counter.pk or keys == {closing.agency_id}:
                ends = (closing.starts_at - at, closing.ends_at - at)
                holes.append((ends[0].total_seconds(), ends[1].total_seconds()))
        begin = max(0.0, its.opens_s - now_s)
        found[code] = _without(begin, its.closes_s - now_s, holes)
    return found


def _without(begin: float, end: float, holes: Sequence[tuple[float, float]]) -> Spans:
    """Return what a span is without holes in it.

    >>> _without(0, 100, [(50, 60), (10, 20), (15, 30)])
    ((0, 10), (30, 50), (60, 100))
    """
    parts = []
    for since, until in sorted(holes):
        if begin < min(since, end):
            parts.append((begin, min(since, end)))
        begin = max(begin, until)
    if begin < end:
        parts.append((begin, end))
    return tuple(parts)


def _desks(
    counters: Mapping[str, CounterNow],
    served: Mapping[str, frozenset[str]],
    spans: Mapping[str, Spans],
    at: datetime,
    pause_s: float,
) -> Iterator[OpenDesk]:
    for code, now in counters.items():
        if now.desk is None:
            continue
        parts = spans[code]
        if now.desk.paused_at is not None and parts:
            paused_s = (at - now.desk.paused_at).total_seconds()
            back = max(LEAST_OF_A_PAUSE_S, pause_s - paused_s)
            parts = _without(back, parts[-1][1], _between(parts))
        desk = OpenDesk(code, served[code], parts)
        if now.ticket is not None and now.ticket.line.code in served[code]:
            called_at: datetime = getattr(now.ticket, "called_at", at)
            spent_s = (at - called_at).total_seconds()
            desk = replace(desk, serving=now.ticket.line.code, spent_s=spent_s)
        yield desk


def _between(spans: Spans) -> list[tuple[float, float]]:
    """Return the holes in front of and between spans."""
    ends = [0.0, *(end for _begin, end in spans)]
    return [(end, begin) for end, (begin, _end) in zip(ends, spans, strict=False)]


def _measures(
    counters: Mapping[str, CounterNow],
    served: Mapping[str, frozenset[str]],
    spans: Mapping[str, Spans],
    present: Present,
    now_s: float,
) -> Iterator[Measure]:
    """Give each counter that could be opened now, for each time that is tried.

    For an agency that has people the free counter that it shares with the fewest others: by an
    officer who sits nowhere, or by one of whose lines nobody waits in any.
    """
    posted: dict[int, set[int]] = defaultdict(set)
    for user, agency in Posting.objects.filter(user__is_active=True).values_list("user", "agency"):
        posted[user].add(agency)
    seated = {now.desk.officer_id: code for code, now in counters.items() if now.desk is not None}
    crowded = {waiting.line for waiting in present.waiting}
    # Where nobody is served now, those who wait are reason enough, and nobody else is.
    called = {line for desk in present.desks for line in desk.lines}
    wanted = crowded | {line for line in called if any(present.flows[line].per_quarter)}
    idle = {
        officer: code
        for officer, code in seated.items()
        if counters[code].state in {"open", "called", "serving"} and not served[code] & crowded
    }
    free = [code for code, now in counters.items() if now.state == "empty" and spans[code]]
    free.sort(key=lambda code: len(counters[code].agencies))
    tried: set[str] = set()
    for line in sorted(wanted):
        code = next((each for each in free if line in served[each]), None)
        if code is None or code in tried:
            continue
        tried.add(code)
        here = {agency.pk for agency in counters[code].agencies}
        if any(agencies & here for user, agencies in posted.items() if user not in seated):
            yield from _times(code, served[code], spans[code], now_s)
        elif served[code] & crowded:
            for officer, at_counter in idle.items():
                if posted[officer] & here and not served[code] <= served[at_counter]:
                    yield from _times(code, served[code], spans[code], now_s, at_counter)


def _times(
    counter: str, lines: frozenset[str], spans: Spans, now_s: float, leaves: str = ""
) -> Iterator[Measure]:
    closes = spans[-1][1]
    for tried in TRIED_S:
        # People agree on a quarter hour of the clock.
        until = ceil((now_s + tried) / QUARTER_S) * QUARTER_S - now_s
        parts = tuple((begin, min(end, until)) for begin, end in spans if begin < until)
        if until + LEAST_REST_S <= closes and parts:
            yield Measure(counter, lines, parts, is_to_the_end=False, leaves=leaves)
    yield Measure(counter, lines, spans, is_to_the_end=True, leaves=leaves)
