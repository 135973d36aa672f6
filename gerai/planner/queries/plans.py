"""What a plan rests on, read off the tickets, and its answer as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from math import inf
from typing import Any

from django.db.models import Max, Min

from gerai import clock
from gerai.directory.models import WeeklyHours
from gerai.malls.scope import current_mall
from gerai.planner.models import Plan, PlanState
from gerai.planner.rules.calibration import Observed, calibrated
from gerai.planner.rules.demand import QUARTER_S
from gerai.planner.rules.document import Assumed, parse
from gerai.planner.rules.planning import NOW, PLANNED
from gerai.planner.rules.staffing import Promise, cost
from gerai.planner.rules.trial import Hall
from gerai.queue.models import Line
from gerai.queue.queries.recorded_days import last_days, recorded_day

MINUTE = 60
USUAL_HOURS = (time(8), time(15))


def plans() -> list[Plan]:
    """Return the plans of the mall, the newest first, without what they say."""
    return list(Plan.objects.defer("assumed", "said").order_by("-made_at", "-pk"))


def usual_hours() -> tuple[time, time]:
    """Return from when to when the mall is open in its week; eight to three where it says not."""
    told = WeeklyHours.objects.filter(agency=None).aggregate(Min("opens"), Max("closes"))
    return told["opens__min"] or USUAL_HOURS[0], told["closes__max"] or USUAL_HOURS[1]


def promise_of(plan: Plan) -> Promise:
    """Return what a plan promises."""
    return Promise(plan.promise_percent / 100, float(plan.promise_minutes * MINUTE))


def assumed_of(plan: Plan) -> Assumed | None:
    """Return what a plan rests on; None where the tickets say too little.

    Reads some ten queries a day of tickets, so it is for the background.
    """
    if plan.assumed:
        return parse(plan.assumed)
    zone = current_mall().zone
    today = clock.local_day(clock.now(), zone)
    days = [day for day in last_days(plan.last_days + 1) if day < today][: plan.last_days]
    hour, minute = divmod(plan.opens, MINUTE)
    observed = [Observed(clock.at(day, hour, minute, zone), recorded_day(day)) for day in days]
    found = calibrated(observed, plan.quarters)
    if not found.flows:
        return None
    return Assumed(
        hall=Hall(found.flows, found.counters, plan.quarters),
        names=dict(Line.objects.values_list("code", "name")),
        services=found.services,
        days=found.days,
    )


@dataclass(frozen=True)
class Figure:
    """A mean with its band, in the unit in which a page shows it."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What played days say of the hall or of a line. wait, late: minutes; shares: per cent."""

    wait: Figure
    within: Figure
    left: Figure
    busy: Figure
    late: Figure
    comers: float


@dataclass(frozen=True)
class QuarterRow:
    """One quarter hour of a line: counters needed, planned, and there now."""

    begins: time
    needed: int
    planned: int
    staffed: int


@dataclass(frozen=True)
class LineAnswer:
    """What a plan says of a line. saved: minutes that one more desk saves each visitor."""

    code: str
    name: str
    minutes: float
    a_day: float
    services: int | None
    rows: tuple[QuarterRow, ...]
    shifts: tuple[tuple[tuple[time, time], ...], ...]
    now: Outcome | None
    planned: Outcome | None
    saved: Figure | None

    @property
    def most(self) -> int:
        """Return the largest need of the day."""
        return max(row.needed for row in self.rows)


@dataclass(frozen=True)
class Answer:
    """What a plan says. Costs are whole rupiah a day; cost_least: no plan costs less."""

    lines: tuple[LineAnswer, ...]
    now: Outcome | None
    planned: Outcome | None
    waits_now: tuple[tuple[time, Figure | None], ...]
    waits_planned: tuple[tuple[time, Figure | None], ...]
    officers: int
    cost_now: int
    cost_planned: int
    cost_least: int
    cost_of_one: int
    days: int
    is_now: bool


def answer_of(plan: Plan) -> Answer | None:
    """Return the answer of a plan that is done."""
    if plan.state != PlanState.DONE:
        return None
    said, assumed = plan.said, parse(plan.assumed)
    begins = [_clock(plan, quarter * QUARTER_S) for quarter in range(plan.quarters)]

    def waits(kind: str) -> tuple[tuple[time, Figure | None], ...]:
        told = said["quarters"].get(kind, [])
        return tuple(
            (begin, None if band is None else _bounded(band, 1 / MINUTE))
            for begin, band in zip(begins, told, strict=False)
        )

    def rupiah(quarters: int) -> int:
        return cost(quarters, plan.rupiah_per_hour)

    paid = said["paid"]
    return Answer(
        lines=tuple(_line(plan, assumed, row, begins) for row in said["lines"]),
        now=_outcome(said["halls"].get(NOW)),
        planned=_outcome(said["halls"].get(PLANNED)),
        waits_now=waits(NOW),
        waits_planned=waits(PLANNED),
        officers=sum(len(row["shifts"]) for row in said["lines"]),
        cost_now=rupiah(paid[NOW]),
        cost_planned=rupiah(paid[PLANNED]),
        cost_least=rupiah(paid["least"]),
        cost_of_one=rupiah(plan.quarters),
        days=said["days"],
        is_now=said["base"] == NOW,
    )


def _line(plan: Plan, assumed: Assumed, row: dict[str, Any], begins: Sequence[time]) -> LineAnswer:
    line = row["line"]
    works = [
        (work.mean_s, sum(flow.per_quarter))
        for flow in assumed.hall.flows
        for work in flow.works
        if work.service == line
    ]
    a_day = sum(count for _mean, count in works)
    counts = zip(begins, row["need"], row["planned"], row["staff"], strict=True)
    return LineAnswer(
        code=line,
        name=assumed.names.get(line, line),
        minutes=sum(mean * count for mean, count in works) / a_day / MINUTE,
        a_day=a_day,
        services=assumed.services.get(line),
        rows=tuple(QuarterRow(*each) for each in counts),
        shifts=tuple(
            tuple((_clock(plan, begin), _clock(plan, end)) for begin, end in parts)
            for parts in row["shifts"]
        ),
        now=_outcome(row["verdicts"].get(NOW)),
        planned=_outcome(row["verdicts"].get(PLANNED)),
        saved=_figure(row["saved"], 1 / MINUTE),
    )


def _clock(plan: Plan, seconds: float) -> time:
    return time(*divmod(plan.opens + int(seconds) // MINUTE, MINUTE))


def _outcome(told: dict[str, Any] | None) -> Outcome | None:
    if told is None:
        return None
    return Outcome(
        wait=_bounded(told["wait_s"], 1 / MINUTE),
        within=_bounded(told["within"], 100, most=100),
        left=_bounded(told["left"], 100, most=100),
        busy=_bounded(told["busy"], 100),
        late=_bounded(told["late_s"], 1 / MINUTE),
        comers=told["comers"],
    )


def _figure(band: Sequence[float] | None, factor: float) -> Figure | None:
    return None if band is None else _known(band, factor)


def _known(band: Sequence[float], factor: float) -> Figure:
    return Figure(*(value * factor for value in band))


def _bounded(band: Sequence[float], factor: float, *, most: float = inf) -> Figure:
    """Return a figure that cannot be negative: its band ends there too."""
    known = _known(band, factor)
    return Figure(known.mean, max(0.0, known.low), min(most, known.high))
