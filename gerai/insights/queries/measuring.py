"""The values of the mall in scope, in ten queries, however many tickets there are.

Waits and ratings are counted by the database into tallies of bounded size (tenths of a minute
for each line, sums of nine answers), from which quantiles and variances are exact.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import (
    Avg,
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import Greatest, Least

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import (
    DELIVERY,
    MANAGING,
    Agency,
    BreakTime,
    Facility,
    FacilityState,
    Service,
    WeeklyHours,
)
from gerai.directory.queries.standards import components_lacking
from gerai.insights.measures import (
    Detail,
    Value,
    count_value,
    exact_value,
    satisfaction_value,
    share_value,
    volume_value,
    wait_value,
)
from gerai.malls.scope import current_mall
from gerai.queue.models import Step, Ticket
from gerai.queue.states import State, Verb
from gerai.survey.models import Rating
from gerai.survey.queries import ELEMENT_NAMES

DAYS = 90
MINUTES_PER_HOUR = 60
SECONDS_PER_TENTH = 6
LINES_NAMED = 5
TENTHS_OF_A_MINUTE = 10.0
MEDIAN = Fraction(1, 2)
NINE_OF_TEN = Fraction(9, 10)

ANSWERS = tuple(ELEMENT_NAMES)


def measured(until: date, days: int = DAYS) -> list[Value]:
    """Return the value of every measure: what stands on a day, and what the days up to it gave."""
    return [*standing(until), *recent(until, days)]


def standing(on: date) -> list[Value]:
    """Return the measures of what the mall is, as its rows say now."""
    agencies = list(Agency.objects.filter(is_active=True).order_by("name"))
    services = list(
        Service.objects.filter(is_active=True, agency__is_active=True)
        .order_by("name", "pk")
        .values_list("pk", "name", "agency__short_name")
    )
    return [
        count_value("agencies", len(agencies), tuple((a.name, a.kind) for a in agencies)),
        count_value(
            "services", len(services), tuple((name, agency) for _, name, agency in services)
        ),
        *_standards(services, on),
        _hours(),
        _facilities(),
    ]


def recent(until: date, days: int = DAYS) -> list[Value]:
    """Return the measures of what happened in so many days up to one."""
    return in_days(until - timedelta(days=days - 1), until)


def in_days(first: date, last: date) -> list[Value]:
    """Return the measures of what happened from one day to another, both counted."""
    return [*_waits(first, last), _satisfaction(first, last), _volume(first, last)]


# Standards


def _standards(services: Iterable[tuple[int, str, str]], on: date) -> list[Value]:
    lacks = components_lacking(on)
    named = [(name, lacks.get(pk, DELIVERY + MANAGING)) for pk, name, _agency in services]
    delivery = [(name, tuple(part for part in lack if part in DELIVERY)) for name, lack in named]
    return [_share("standards_delivery", delivery), _share("standards_full", named)]


def _share(key: str, lacks: list[tuple[str, tuple[str, ...]]]) -> Value:
    """Return the share that lacks nothing; its detail names the others and what they lack."""
    incomplete = tuple((name, ",".join(lack)) for name, lack in lacks if lack)
    return share_value(key, len(lacks) - len(incomplete), len(lacks), incomplete)


# The week and the building


def _hours() -> Value:
    minutes: dict[int, int] = defaultdict(int)
    spans: dict[int, tuple[time, time]] = {}
    for row in WeeklyHours.objects.filter(agency=None).order_by("weekday"):
        spans[row.weekday] = (row.opens, row.closes)
        minutes[row.weekday] = _minutes(row.closes) - _minutes(row.opens)
    for pause in BreakTime.objects.filter(agency=None, weekday__in=list(spans)):
        opens, closes = spans[pause.weekday]
        within = _minutes(min(pause.ends, closes)) - _minutes(max(pause.starts, opens))
        minutes[pause.weekday] -= max(0, within)
    detail = tuple((str(weekday), str(minutes[weekday])) for weekday in sorted(minutes))
    return exact_value("hours", sum(minutes.values()) / MINUTES_PER_HOUR, len(minutes), detail)


def _minutes(moment: time) -> int:
    return moment.hour * MINUTES_PER_HOUR + moment.minute


def _facilities() -> Value:
    rows = list(Facility.objects.order_by("group", "name").values_list("name", "group", "state"))
    ready = tuple((name, group) for name, group, state in rows if state == FacilityState.READY)
    return exact_value("facilities", float(len(ready)), len(rows), ready)


# Waits


class WholeSeconds(Func):
    """Whole seconds between two moments, worked out by the database."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(unixepoch(%(expressions)s))"
        return super().as_sql(
            compiler, connection, template=template, arg_joiner=") - unixepoch(", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::int)"
        joiner = "))::int - FLOOR(EXTRACT(EPOCH FROM "
        return super().as_sql(compiler, connection, template=template, arg_joiner=joiner, **extra)


@dataclass(frozen=True)
class Waits:
    """How many waited how many tenths of a minute, in all and by the name of the line."""

    whole: Mapping[int, int]
    lines: Mapping[str, Mapping[int, int]]


def waits(first: date, last: date) -> Waits:
    """Return the waits until the first call of the numbers served, in two queries.

    Spans in which the whole queue stood still are no waits.
    """
    zone = current_mall().zone
    still = directory.stillness(
        clock.at(first, 0, 0, zone), clock.at(last + timedelta(days=1), 0, 0, zone)
    )
    waited = WholeSeconds("called_at", "arrived_at") - _overlaps(still)
    called = Step.objects.filter(ticket=OuterRef("pk"), verb=Verb.CALL).order_by("pk")
    rows = (
        Ticket.objects.filter(day__range=(first, last), state=State.DONE, came_from=None)
        .annotate(
            called_at=Subquery(called.values("at")[:1], output_field=DateTimeField()),
        )
        .annotate(tenths=waited / SECONDS_PER_TENTH)
        .order_by()
        .values_list("line__name", "tenths")
        .annotate(count=Count("pk"))
    )
    whole: Tally[int] = Tally()
    lines: dict[str, Tally[int]] = defaultdict(Tally)
    for name, tenths, count in rows:
        if tenths is None:
            continue
        whole[max(0, tenths)] += count
        lines[name][max(0, tenths)] += count
    return Waits(whole, lines)


def _overlaps(spans: list[tuple[datetime, datetime]]) -> Any:
    """Return the whole seconds between arrival and call that lie within spans."""
    whole: Any = Constant(0, output_field=IntegerField())
    for begin, end in spans:
        began, ended = (Constant(each, output_field=DateTimeField()) for each in (begin, end))
        within = WholeSeconds(Least("called_at", ended), Greatest("arrived_at", began))
        whole += Case(
            When(called_at__gt=begin, arrived_at__lt=end, then=within),
            default=Constant(0),
            output_field=IntegerField(),
        )
    return whole


def _waits(first: date, last: date) -> list[Value]:
    found = waits(first, last)
    slowest = _slowest(found.lines)
    return [
        wait_value("wait_median", found.whole, MEDIAN, slowest),
        wait_value("wait_p90", found.whole, NINE_OF_TEN, slowest),
    ]


def _slowest(lines: Mapping[str, Mapping[int, int]]) -> Detail:
    """Name the lines with the longest medians, of those with enough numbers to say so."""
    medians = []
    for name, tenths in lines.items():
        value = wait_value("wait_median", tenths, MEDIAN)
        if value.value is not None:
            medians.append((value.value, name))
    return tuple(
        (name, f"{median:.1f}") for median, name in sorted(medians)[: -LINES_NAMED - 1 : -1]
    )


# Ratings and volumes


def _satisfaction(first: date, last: date) -> Value:
    answered = Q(**{f"{answer}__isnull": False for answer in ANSWERS})
    complete = Rating.objects.filter(answered, day__range=(first, last))
    total = sum((F(answer) for answer in ANSWERS[1:]), start=F(ANSWERS[0]))
    sums = dict(
        complete.annotate(total=ExpressionWrapper(total, output_field=IntegerField()))
        .order_by()
        .values_list("total")
        .annotate(count=Count("pk"))
    )
    means = complete.aggregate(**{f"mean_{answer}": Avg(answer) for answer in ANSWERS})
    detail = tuple(
        (answer, f"{means[f'mean_{answer}']:.2f}") for answer in ANSWERS if means[f"mean_{answer}"]
    )
    return satisfaction_value(sums, detail)


def _volume(first: date, last: date) -> Value:
    days = (
        Ticket.objects.filter(day__range=(first, last))
        .order_by()
        .values("day")
        .annotate(served=Count("pk", filter=Q(state=State.DONE)))
    )
    return volume_value([row["served"] for row in days])
