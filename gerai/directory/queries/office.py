"""Lists of the management pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gerai.directory.hours import DayHours
from gerai.directory.models import (
    Agency,
    BreakTime,
    Counter,
    CounterShare,
    Device,
    Floor,
    Posting,
    Service,
    SpecialDay,
    WeeklyHours,
)
from gerai.directory.queries.opening import day_hours
from gerai.people.models import Membership, User
from gerai.people.roles import Role, verbs_of


@dataclass(frozen=True)
class Sizes:
    """How much there is of everything, for the tiles of the first page."""

    agencies: int
    counters: int
    services: int
    devices: int


def sizes() -> Sizes:
    """Return how many active agencies, counters, services and devices the mall has."""
    return Sizes(
        agencies=Agency.objects.filter(is_active=True).count(),
        counters=Counter.objects.filter(is_active=True).count(),
        services=Service.objects.filter(is_active=True).count(),
        devices=Device.objects.filter(is_active=True).count(),
    )


def agencies() -> QuerySet[Agency]:
    """Return every agency with its numbers of services, counters and officers, active first."""
    found: QuerySet[Agency] = Agency.objects.annotate(
        services_count=Count("services", filter=Q(services__is_active=True), distinct=True),
        counters_count=Count("shares__counter", distinct=True),
        officers_count=Count("postings", distinct=True),
    ).order_by("-is_active", "short_name")
    return found


def agencies_with_own_week() -> set[int]:
    """Return the keys of the agencies whose hours depart from the mall's."""
    hours = WeeklyHours.objects.exclude(agency=None).values_list("agency_id", flat=True)
    breaks = BreakTime.objects.exclude(agency=None).values_list("agency_id", flat=True)
    return set(hours.union(breaks))


def postings_of(agency: Agency) -> list[Posting]:
    """Return the postings of an agency with their officers, by name."""
    return list(
        Posting.objects.filter(agency=agency).select_related("user").order_by("user__name", "pk")
    )


def officers() -> QuerySet[User]:
    """Return the active people of this mall who may serve at a desk, by name."""
    serving = [role for role in Role if "queue.serve" in verbs_of(role)]
    members = Membership.objects.filter(role__in=serving)
    return User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("name")


def floors() -> list[Floor]:
    """Return the floors of the building from the ground up."""
    return list(Floor.objects.order_by("number"))


def seats_of(counter: Counter) -> dict[Agency, set[int]]:
    """Return who sits at a counter on which weekdays, inactive agencies too, by name."""
    seats: dict[Agency, set[int]] = defaultdict(set)
    shares = CounterShare.objects.filter(counter=counter).select_related("agency")
    for share in shares.order_by("agency__short_name", "weekday"):
        seats[share.agency].add(share.weekday)
    return dict(seats)


def week_of(agency: Agency | None) -> dict[int, DayHours]:
    """Return the week as it is stored for the mall (no agency) or an agency."""
    breaks: dict[int, list[BreakTime]] = defaultdict(list)
    for pause in BreakTime.objects.filter(agency=agency):
        breaks[pause.weekday].append(pause)
    return {
        row.weekday: day_hours(
            row.opens,
            row.closes,
            row.last_ticket,
            [(pause.starts, pause.ends) for pause in breaks[row.weekday]],
        )
        for row in WeeklyHours.objects.filter(agency=agency).order_by("weekday")
    }


def special_days(year: int) -> list[SpecialDay]:
    """Return the operator's days of a year, by date, the mall's before the agencies'."""
    span = (date(year, 1, 1), date(year, 12, 31))
    return list(
        SpecialDay.objects.filter(on__range=span)
        .select_related("agency")
        .order_by("on", "agency__short_name")
    )


def services(words: str = "", agency: Agency | None = None) -> QuerySet[Service]:
    """Return the services whose name or code holds the words, by agency and name."""
    found: QuerySet[Service] = Service.objects.select_related("agency")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__icontains=words))
    if agency is not None:
        found = found.filter(agency=agency)
    return found.annotate(standards_count=Count("standards")).order_by(
        "agency__short_name", "name", "pk"
    )
