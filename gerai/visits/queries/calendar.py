"""The mall's days as the visits desk sees them: hours, closed days, visits, usual load."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour
from django.utils.translation import gettext as _

from gerai import clock
from gerai.directory.hours import DayHours, DayPlan, Reason
from gerai.directory.queries import day_plans
from gerai.malls.scope import current_mall
from gerai.queue.models import Visit as Visitor
from gerai.visits.models import ClosedDay, Rules, Visit
from gerai.visits.rules import (
    LONGEST_LOOK,
    MOST_DAYS_OF_PROPOSALS,
    FreeDay,
    Proposal,
    UsualLoad,
    propose,
    usual_load,
    working_day_after,
    working_days_between,
)

SEEN_DAYS = 12 * 7
SATURDAY = 5


@dataclass(frozen=True)
class DayView:
    """A day: its hours (None: shut), why nobody may come, and who comes."""

    day: date
    hours: DayHours | None
    reason: str = ""
    is_kept_free: bool = False
    visits: tuple[Visit, ...] = field(default=())

    @property
    def may_come(self) -> bool:
        """Tell whether delegations may come on this day."""
        return self.hours is not None and not self.is_kept_free


def today() -> date:
    """Return the day of the mall."""
    return clock.local_day(clock.now(), current_mall().zone)


def rules_of_mall() -> Rules:
    """Return the mall's settings, as they are when nobody has touched them."""
    return Rules.objects.first() or Rules(mall=current_mall())


def day_views(
    first: date,
    last: date,
    *,
    rules: Rules | None = None,
    plans: Mapping[date, DayPlan] | None = None,
) -> dict[date, DayView]:
    """Return every day of a span, in six queries at most.

    plans: what the calendar says of these days and perhaps others, where it is known already
    """
    rules = rules or rules_of_mall()
    if plans is None:
        plans = day_plans(first, last)
    kept_free = dict(
        ClosedDay.objects.filter(day__range=(first, last)).values_list("day", "reason")
    )
    visits = visits_between(first, last)
    views = {}
    for day in _days(first, last):
        plan = plans[day]
        words = "" if plan.hours else _closed_words(plan)
        is_kept_free = plan.hours is not None and (
            day in kept_free or day.weekday() in rules.closed_weekdays
        )
        if is_kept_free:
            words = kept_free.get(day) or _("Tidak menerima kunjungan pada hari ini")
        views[day] = DayView(day, plan.hours, words, is_kept_free, tuple(visits[day]))
    return views


def visits_between(first: date, last: date) -> dict[date, list[Visit]]:
    """Return the booked visits of a span by their day, in their order."""
    zone = current_mall().zone
    starts = clock.at(first, 0, 0, zone)
    ends = clock.at(last + timedelta(days=1), 0, 0, zone)
    found: dict[date, list[Visit]] = defaultdict(list)
    booked = Visit.objects.booked().filter(starts_at__gte=starts, starts_at__lt=ends)
    for visit in booked.select_related("relation", "room", "host").order_by("starts_at", "pk"):
        if visit.starts_at is not None:
            found[clock.local_day(visit.starts_at, zone)].append(visit)
    return found


def wished_between(first: date, last: date) -> dict[date, list[Visit]]:
    """Return the requests that wait for an answer by each day that they wish for."""
    found: dict[date, list[Visit]] = defaultdict(list)
    for visit in Visit.objects.filter(state="asked").select_related("relation").order_by("pk"):
        for told in visit.wished:
            day = date.fromisoformat(told)
            if first <= day <= last:
                found[day].append(visit)
    return found


def visitors_usually() -> UsualLoad:
    """Return how many visitors usually come, from the tickets of the last twelve weeks."""
    zone = clock.zone_of(current_mall().zone)
    until = today()
    rows = (
        Visitor.objects.filter(day__gte=until - timedelta(days=SEEN_DAYS), day__lt=until)
        .annotate(hour=ExtractHour("came_at", tzinfo=zone))
        .values("day", "hour")
        .annotate(visitors=Count("pk"))
    )
    counts: Counter[tuple[int, int]] = Counter()
    days: dict[int, set[date]] = defaultdict(set)
    for row in rows:
        weekday = row["day"].weekday()
        counts[weekday, row["hour"]] += row["visitors"]
        days[weekday].add(row["day"])
    return usual_load(counts, {weekday: len(seen) for weekday, seen in days.items()})


def plans_ahead(asked_on: date) -> dict[date, DayPlan]:
    """Return what the calendar says of every day that a request may speak of."""
    return day_plans(asked_on, asked_on + timedelta(days=LONGEST_LOOK))


def first_day_to_come(
    rules: Rules, asked_on: date, *, plans: Mapping[date, DayPlan] | None = None
) -> date:
    """Return the first day for which may be asked, the days of notice kept."""
    is_working = _is_working(plans_ahead(asked_on) if plans is None else plans)
    return working_day_after(asked_on, rules.notice_days, is_working=is_working)


def last_day_to_answer(rules: Rules, asked_on: date, *, plans: Mapping[date, DayPlan]) -> date:
    """Return the day by which a request must be answered."""
    return working_day_after(asked_on, rules.answer_days, is_working=_is_working(plans))


def _is_working(plans: Mapping[date, DayPlan]) -> Callable[[date], bool]:
    return lambda day: bool(plans[day].hours) if day in plans else day.weekday() < SATURDAY


def days_left(visits: Iterable[Visit]) -> dict[int, int]:
    """Return the working days left to answer each request by its key; late ones are negative."""
    waiting = [visit for visit in visits if visit.state == "asked"]
    if not waiting:
        return {}
    on = today()
    dues = [visit.answer_due for visit in waiting]
    is_working = _is_working(day_plans(min(on, *dues), max(on, *dues)))
    return {
        visit.pk: working_days_between(on, visit.answer_due, is_working=is_working)
        for visit in waiting
    }


def wished_days(visit: Visit) -> list[date]:
    """Return the days for which a visit was asked."""
    return [date.fromisoformat(told) for told in visit.wished]


def views_to_choose_from(visit: Visit, *, rules: Rules) -> dict[date, DayView]:
    """Return the days among which a visit's day is chosen, with those that it wished for."""
    wished = wished_days(visit)
    first = today() + timedelta(days=1)
    last = max([first + timedelta(days=MOST_DAYS_OF_PROPOSALS), *wished])
    last = min(last, first + timedelta(days=LONGEST_LOOK))
    return day_views(min([first, *wished]), last, rules=rules)


def proposals_for(
    visit: Visit,
    minutes: int,
    load: UsualLoad,
    *,
    rules: Rules,
    views: Mapping[date, DayView] | None = None,
    most: int = 6,
) -> list[Proposal]:
    """Return times for a visit that do not hurt the service, the best first.

    views: the days to choose from, where they are read already
    """
    on = today()
    if views is None:
        views = views_to_choose_from(visit, rules=rules)
    return propose(
        (_free_day(view, visit) for view in views.values() if view.may_come and view.day > on),
        minutes,
        load,
        wished=wished_days(visit),
        most=most,
    )


def _free_day(view: DayView, visit: Visit) -> FreeDay:
    if view.hours is None:
        raise LookupError(view.day)
    zone = current_mall().zone
    taken = tuple(
        (clock.local(other.starts_at, zone).time(), clock.local(other.ends_at, zone).time())
        for other in view.visits
        if other.pk != visit.pk and other.starts_at and other.ends_at
    )
    return FreeDay(view.day, view.hours.opens, view.hours.closes, view.hours.breaks, taken)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _closed_words(plan: DayPlan) -> str:
    match plan.reason:
        case Reason.HOLIDAY:
            return plan.name
        case Reason.JOINT_LEAVE:
            return _("Cuti bersama: %(name)s") % {"name": plan.name}
        case Reason.SPECIAL_CLOSURE:
            return _("Mal tutup: %(name)s") % {"name": plan.name}
        case Reason.NOT_OPENED_YET:
            return _("Mal ini masih disiapkan")
        case _:
            return _("Mal tutup")


def at_clock(day: date, told: time) -> datetime:
    """Return the moment of a time of the mall's clock."""
    return clock.at(day, told.hour, told.minute, current_mall().zone)
