"""A day, the weeks, satisfaction, the standards: counted from the mall's own rows."""

import statistics
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import CounterShare, Service, Standard
from gerai.malls.scope import current_mall
from gerai.queue.models import Ticket, Visit
from gerai.queue.queries.places import durations_of
from gerai.showcase.measures import Cell as Day
from gerai.showcase.measures import (
    Quarter,
    Share,
    promised_minutes,
    quarters,
    weave,
)
from gerai.showcase.shape import n
from gerai.showcase.shape.cloth import Diamond, diamond, swarm, ticks
from gerai.showcase.shape.flower import Petal, petals
from gerai.showcase.shape.pulse import Bar, bars, hill, thread
from gerai.survey.formula import (
    ELEMENTS,
    Grade,
    Incomplete,
    NoAnswers,
    element_means,
    grade,
    index_of_means,
    rounded,
)
from gerai.survey.models import Rating
from gerai.website.exports.facts import services_shown, standards_in_force

DAYS_LOOKED_BACK = 20
WEEKS = 26
FEW_ANSWERS = 30
SATISFACTION_DAYS = 365
BEST = 4
# Components of a standard that must be published (DOMAIN 2.1).
PARTS = 6
STEPS_TOLD = 5

# In the order of PermenPANRB 14/2017, U1 to U9.
ELEMENT_NAMES = (
    _("Persyaratan"),
    _("Prosedur"),
    _("Waktu"),
    _("Biaya"),
    _("Hasil layanan"),
    _("Kemampuan petugas"),
    _("Sikap petugas"),
    _("Penanganan pengaduan"),
    _("Sarana dan prasarana"),
)

DAY_LEFT, DAY_RIGHT, DAY_BASE, DAY_UP, DAY_DOWN = 4.0, 732.0, 158.0, 136.0, 78.0
CLOTH_LEFT, CLOTH_TOP, CLOTH_STEP = 16.0, 30.0, 28.1
SWARM_LEFT, SWARM_RIGHT, SWARM_BASE = 14.0, 722.0, 86.0


@dataclass(frozen=True)
class DrawnQuarter:
    """A quarter of an hour with its bars; wait in whole minutes where somebody was called."""

    quarter: Quarter
    bar: Bar
    wait_bar: Bar
    wait: int | None
    mark: str

    @property
    def is_hour(self) -> bool:
        """Tell whether a full hour begins with it."""
        return self.quarter.begins % 60 == 0


@dataclass(frozen=True)
class DayPicture:
    """A day of the mall as a heartbeat."""

    on: date
    is_today: bool
    quarters: tuple[DrawnQuarter, ...]
    usual: str
    usual_days: int
    came: int
    median_wait: int | None
    longest_wait: int | None
    busiest: Quarter | None
    now_x: str
    base: str


def day_picture() -> DayPicture | None:
    """Return today, or the last day on which anybody came; None when nobody ever did."""
    mall, now = current_mall(), clock.now()
    today = clock.local_day(now, mall.zone)
    last = Visit.objects.filter(day__lte=today).aggregate(last=Max("day"))["last"]
    if last is None:
        return None
    minutes = _minutes_by_day(last)
    came = minutes.pop(last, [])
    waits = _waits(last)
    shown = quarters(came, waits=waits, usual=minutes, span=_span(last))
    most = max([*(max(each.came, each.usual) for each in shown), 1])
    longest = max([each.wait or 0 for each in shown] + [1])
    edges = {"left": DAY_LEFT, "right": DAY_RIGHT, "base": DAY_BASE}
    up = bars([each.came for each in shown], room=DAY_UP, most=most, **edges)
    down = bars(
        [each.wait or 0 for each in shown],
        room=-DAY_DOWN,
        most=longest,
        **{**edges, "base": DAY_BASE + 20},
    )
    spent = [wait for each in waits.values() for wait in each]
    step = (DAY_RIGHT - DAY_LEFT) / max(len(shown), 1)
    return DayPicture(
        on=last,
        is_today=last == today,
        quarters=tuple(
            DrawnQuarter(
                each,
                bar,
                wait_bar,
                None if each.wait is None else round(each.wait),
                n(DAY_LEFT + step * place),
            )
            for place, (each, bar, wait_bar) in enumerate(zip(shown, up, down, strict=True))
        ),
        usual=hill([each.usual for each in shown], room=DAY_UP, most=most, **edges)
        if minutes
        else "",
        usual_days=len(minutes),
        came=len(came),
        median_wait=round(statistics.median(spent)) if spent else None,
        longest_wait=round(max(spent)) if spent else None,
        busiest=max(shown, key=lambda each: each.came, default=None) if came else None,
        now_x=_now_x(shown, step) if last == today else "",
        base=n(DAY_BASE),
    )


def _minute(moment: object) -> int:
    local = clock.local(moment, current_mall().zone)  # type: ignore[arg-type]
    return local.hour * 60 + local.minute


def _minutes_by_day(last: date) -> dict[date, list[int]]:
    """Return the minutes at which people came, of a day and of its like before it."""
    found: dict[date, list[int]] = defaultdict(list)
    since = last - timedelta(days=DAYS_LOOKED_BACK)
    rows = Visit.objects.filter(day__range=(since, last)).values_list("day", "came_at")
    for day, came_at in rows:
        found[day].append(_minute(came_at))
    return found


def _waits(day: date) -> dict[int, list[float]]:
    called = dict(
        Ticket.objects.filter(day=day, times_called__gt=0).values_list("pk", "visit__came_at")
    )
    waits: dict[int, list[float]] = defaultdict(list)
    for key, spent in durations_of(list(called)).items():
        waits[_minute(called[key])].append(spent.waiting / 60)
    return waits


def _span(day: date) -> tuple[int, int]:
    """Return the hours of the mall on a weekday, in minutes; eight to three where none are told.

    A mall that is open all day long is shown from the first to the last who came.
    """
    hours = directory.week_of(None).get(day.weekday())
    if hours is None:
        return (8 * 60, 15 * 60)
    opens, closes = (at.hour * 60 + at.minute for at in (hours.opens, hours.closes))
    if closes - opens > 14 * 60:
        noon = 12 * 60
        return (noon, noon)
    return (opens, closes)


def _now_x(shown: Sequence[Quarter], step: float) -> str:
    minute = _minute(clock.now())
    if not shown or not shown[0].begins <= minute < shown[-1].begins + 15:
        return ""
    return n(DAY_LEFT + step * (minute - shown[0].begins) / 15)


@dataclass(frozen=True)
class WovenDay:
    """A day of the cloth."""

    day: Day
    shape: Diamond


@dataclass(frozen=True)
class Month:
    """Where a month begins on the cloth."""

    on: date
    x: str


@dataclass(frozen=True)
class Volumes:
    """Half a year of visits, woven day by day."""

    days: tuple[WovenDay, ...]
    months: tuple[Month, ...]
    weeks: tuple[tuple[date, int], ...]
    ridge: str
    ridge_line: str
    total: int
    per_day: int
    busiest: Day | None
    days_open: int
    last_weeks: int
    weeks_before: int

    @property
    def change(self) -> int | None:
        """Return by how many percent four weeks differ from the four before; None of too few."""
        if self.weeks_before < FEW_ANSWERS:
            return None
        return round(100 * (self.last_weeks - self.weeks_before) / self.weeks_before)


def volumes() -> Volumes:
    """Return how many came on each day of the last half year."""
    today = clock.local_day(clock.now(), current_mall().zone)
    since = today - timedelta(weeks=WEEKS)
    counts = dict(
        Visit.objects.filter(day__range=(since, today))
        .order_by()
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    cells = weave(counts, today=today, weeks=WEEKS)
    first = cells[0].on
    weekly: Tally[int] = Tally()
    for cell in cells:
        weekly[cell.week] += cell.count
    amounts = [weekly[week] for week in range(WEEKS)]
    room = {
        "left": CLOTH_LEFT - CLOTH_STEP / 2,
        "right": CLOTH_LEFT + CLOTH_STEP * (WEEKS - 0.5),
        "base": 286.0,
        "room": 54.0,
        "most": float(max(amounts) or 1),
    }
    busy = [cell for cell in cells if cell.count]
    span = timedelta(weeks=4)
    return Volumes(
        days=tuple(
            WovenDay(
                cell,
                diamond(
                    CLOTH_LEFT + CLOTH_STEP * cell.week,
                    CLOTH_TOP + CLOTH_STEP * cell.weekday,
                    CLOTH_STEP * 0.47,
                ),
            )
            for cell in cells
        ),
        months=tuple(
            Month(cell.on, n(CLOTH_LEFT + CLOTH_STEP * cell.week))
            for cell in cells
            if cell.on.day <= 7 and cell.weekday == 0  # noqa: PLR2004
        ),
        weeks=tuple((first + timedelta(weeks=week), amounts[week]) for week in range(WEEKS)),
        ridge=hill(amounts, **room),
        ridge_line=thread(amounts, **room),
        total=sum(counts.values()),
        per_day=round(sum(counts.values()) / len(busy)) if busy else 0,
        busiest=max(busy, key=lambda cell: cell.count, default=None),
        days_open=len(busy),
        last_weeks=sum(count for day, count in counts.items() if today - span < day <= today),
        weeks_before=sum(
            count for day, count in counts.items() if today - 2 * span < day <= today - span
        ),
    )


@dataclass(frozen=True)
class ElementPicture:
    """One of the nine elements with its petal."""

    name: object
    mean: Decimal
    petal: Petal
    is_lowest: bool
    is_highest: bool


@dataclass(frozen=True)
class Satisfaction:
    """The index of a year, and the flower of its nine elements."""

    index: Decimal
    grade: Grade
    elements: tuple[ElementPicture, ...]
    answers: int
    since: date

    @property
    def are_few(self) -> bool:
        """Tell whether so few answered that the index may still turn."""
        return self.answers < FEW_ANSWERS


def satisfaction() -> Satisfaction | None:
    """Return the index of the last year; None when an element has no answer at all."""
    today = clock.local_day(clock.now(), current_mall().zone)
    since = today - timedelta(days=SATISFACTION_DAYS)
    fields = [f"u{number}" for number in range(1, ELEMENTS + 1)]
    answers = list(Rating.objects.filter(day__gt=since).values_list(*fields))
    try:
        means = element_means(answers, incomplete=Incomplete.PER_ELEMENT)
    except NoAnswers:
        return None
    index = index_of_means(means)
    drawn = petals([(float(mean) - 1) / (BEST - 1) for mean in means], x=246, y=176, radius=136)
    return Satisfaction(
        index=rounded(index, 2),
        grade=grade(index),
        elements=tuple(
            ElementPicture(
                name,
                rounded(mean, 2),
                petal,
                is_lowest=mean == min(means) and min(means) != max(means),
                is_highest=mean == max(means) and min(means) != max(means),
            )
            for name, mean, petal in zip(ELEMENT_NAMES, means, drawn, strict=True)
        ),
        answers=len(answers),
        since=since,
    )


@dataclass(frozen=True)
class Promised:
    """A service as a dot at the time that it promises."""

    service: Service
    x: str
    y: str
    is_free: bool
    words: str


@dataclass(frozen=True)
class Tick:
    """A mark of the scale of times."""

    name: object
    x: str


@dataclass(frozen=True)
class Standards:
    """What the mall promises of its services."""

    services: int
    stated: Share
    complete: int
    free: Share
    same_day: Share
    dots: tuple[Promised, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[tuple[object, int], ...]
    base: str


# Up to so many minutes: in the words of `lines`, which a reader hears instead of the dots.
ROUNDS = (60, 1440, 7 * 1440, 43_200)


def standards(names: Sequence[object], bands: Sequence[object]) -> Standards:
    """Return the published standards in force.

    names: of an hour, a day, a week, a month on the scale; bands: of the spans up to each of
    them, and of longer ones.
    """
    today = clock.local_day(clock.now(), current_mall().zone)
    shown = services_shown()
    in_force = standards_in_force(shown, today)
    stated = [(each, in_force[each.pk]) for each in shown if each.pk in in_force]
    times = sorted(
        (
            (minutes, service, standard)
            for service, standard in stated
            if (minutes := _minutes_of(standard)) is not None
        ),
        key=lambda each: (each[0], each[1].name),
    )
    scale = ticks(
        5,
        max((each[0] for each in times), default=43_200),
        left=SWARM_LEFT,
        right=SWARM_RIGHT,
    )
    spots = swarm([scale.at(each[0]) for each in times], radius=7.2)
    priced = [standard for _service, standard in stated if standard.fee_rupiah is not None]
    bounds = [0, *ROUNDS]
    counted = [
        sum(low < minutes <= high for minutes, _s, _t in times)
        for low, high in zip(bounds, [*ROUNDS, 10**9], strict=True)
    ]
    return Standards(
        services=len(shown),
        stated=Share(sum(_parts_stated(each) for _service, each in stated), PARTS * len(shown)),
        complete=sum(_parts_stated(each) == PARTS for _service, each in stated),
        free=Share(sum(each.fee_rupiah == 0 for each in priced), len(priced)),
        same_day=Share(sum(each[0] <= ROUNDS[1] for each in times), len(times)),
        dots=tuple(
            Promised(
                service, n(x), n(SWARM_BASE + y), standard.fee_rupiah == 0, standard.duration_text
            )
            for (_minutes, service, standard), (x, y) in zip(times, spots, strict=True)
        ),
        ticks=tuple(
            Tick(name, n(scale.at(minutes)))
            for name, minutes in zip(names, ROUNDS, strict=True)
            if minutes <= scale.most
        ),
        lines=tuple(zip(bands, counted, strict=True)),
        base=n(SWARM_BASE),
    )


def _minutes_of(standard: Standard) -> int | None:
    return promised_minutes(standard.duration_min, standard.duration_max, standard.duration_unit)


def _parts_stated(standard: Standard) -> int:
    """Return how many of the six components that must be published are stated."""
    return sum(
        bool(part)
        for part in (
            standard.requirements.all(),
            standard.procedure,
            standard.duration_text or standard.duration_max is not None,
            standard.fee_text or standard.fee_rupiah is not None,
            standard.product,
            standard.complaints,
        )
    )


@dataclass(frozen=True)
class Journey:
    """One service from the door to the result, as it is now."""

    service: Service
    standard: Standard | None
    needs: int
    waiting: int
    usual_wait: int | None
    usual_serving: int | None
    counted: int
    counters: tuple[str, ...]
    place: str

    @property
    def promise(self) -> str:
        """Return the promised time: in numbers where it is counted, else as it is written."""
        standard = self.standard
        if standard is None:
            return ""
        counts = [str(each) for each in (standard.duration_min, standard.duration_max) if each]
        if not counts or not standard.duration_unit:
            return standard.duration_text
        return f"{'-'.join(dict.fromkeys(counts))} {standard.get_duration_unit_display()}"

    @property
    def steps(self) -> list[str]:
        """Return the first steps of the procedure."""
        return list(self.standard.procedure[:STEPS_TOLD]) if self.standard else []


def _tells_its_way(standard: Standard | None) -> bool:
    """Tell whether requirements, time and product are stated."""
    return standard is not None and all(
        (standard.requirements.all(), standard.duration_text, standard.product)
    )


def journey() -> Journey | None:
    """Return what is asked for most lately, of the services that say what they promise."""
    today = clock.local_day(clock.now(), current_mall().zone)
    shown = services_shown()
    if not shown:
        return None
    since = today - timedelta(days=30)
    lately = Tally(
        dict(
            Ticket.objects.filter(day__gt=since, day__lte=today)
            .order_by()
            .values_list("service")
            .annotate(count=Count("pk"))
        )
    )
    in_force = standards_in_force(shown, today)
    shares = CounterShare.objects.filter(weekday=today.weekday(), counter__is_active=True)
    here = set(shares.values_list("agency_id", flat=True))
    chosen = max(
        shown,
        key=lambda each: (
            _tells_its_way(in_force.get(each.pk)),
            each.agency_id in here,
            lately[each.pk],
            -each.pk,
        ),
    )
    called = Ticket.objects.filter(
        Q(service=chosen), day__gt=since, day__lte=today, times_called__gt=0
    )
    spent = list(durations_of(list(called.values_list("pk", flat=True)[:400])).values())
    served = [each.serving / 60 for each in spent if each.serving]
    standard = in_force.get(chosen.pk)
    seats = directory.counters_of(chosen.agency, today)
    zone = seats[0].zone if seats else None
    return Journey(
        service=chosen,
        standard=standard,
        needs=len(standard.requirements.all()) if standard else 0,
        waiting=Ticket.objects.waiting().filter(service=chosen, day=today).count(),
        usual_wait=round(statistics.median([each.waiting / 60 for each in spent]))
        if spent
        else None,
        usual_serving=round(statistics.median(served)) if served else None,
        counted=len(spent),
        counters=tuple(seat.code for seat in seats),
        place=f"{zone.floor.name}, {zone.name}" if zone else "",
    )
