"""A founding in numbers, and which regions found."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from gerai import clock
from gerai.directory.models import (
    Agency,
    Agreement,
    AgreementState,
    CounterShare,
    Facility,
    FacilityState,
    Guide,
    GuideKind,
    Posting,
    Service,
    Standard,
    WeeklyHours,
)
from gerai.directory.rules import warning_of
from gerai.founding.models import Founding, StaffRole, Step, TrialDay
from gerai.founding.rules import Facts
from gerai.founding.states import OVER
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall

# Days before the end of an agreement at which the stage "after" asks for its renewal.
SOON = 30


def today() -> date:
    """Return the day of the mall in scope."""
    return clock.local_day(clock.now(), current_mall().zone)


def founding_of() -> Founding | None:
    """Return the founding of the mall in scope, if it has a workspace."""
    return Founding.objects.select_related("mall").first()


def founded_regions() -> dict[str, tuple[str, date, date | None]]:
    """Return region code → name of the mall, when its founding began, when it opened.

    Of every mall of the installation: names and days only, for statistics and maps.
    """
    rows = Founding.objects.everywhere().filter(mall__is_active=True).exclude(region_code="")
    return {
        row.region_code: (row.mall.name, row.began_on, row.mall.opened_on)
        for row in rows.select_related("mall").order_by("began_on", "pk")
    }


def mall_founded_for(region_code: str) -> Mall | None:
    """Return the mall that has the workspace of a region, of every mall of the installation."""
    founding = (
        Founding.objects.everywhere()
        .filter(region_code=region_code, mall__is_active=True)
        .exclude(region_code="")
        .select_related("mall")
        .first()
    )
    return founding.mall if founding else None


def steps_by_stage() -> dict[str, tuple[int, int]]:
    """Return stage → how many of its steps are over, and how many there are."""
    counted = Step.objects.values("stage").annotate(
        over=Count("pk", filter=Q(state__in=[*OVER])), all=Count("pk")
    )
    return {each["stage"]: (each["over"], each["all"]) for each in counted.order_by("stage")}


def facts() -> Facts:
    """Return what is known of the founding of the mall in scope."""
    day = today()
    founding = founding_of()
    services = Service.objects.filter(is_active=True, agency__is_active=True)
    in_force = Standard.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day))
    guides = set(Guide.objects.values_list("kind", flat=True))
    ends = _last_days()
    required = Facility.objects.filter(is_required=True)
    unfilled = StaffRole.objects.filter(filled__lt=F("needed"))
    untrained = StaffRole.objects.filter(trained__lt=F("needed"))
    return Facts(
        steps=steps_by_stage(),
        has_leader=founding is not None and bool(founding.leader),
        services=services.count(),
        services_without_standard=services.exclude(pk__in=in_force.values("service")).count(),
        agreements_signed=sum(warning_of(last, day) != 0 for last in ends),
        agreements_ending=sum(_ends_soon(last, day) for last in ends),
        has_flow=GuideKind.FLOW in guides,
        has_house_rules=GuideKind.HOUSE_RULES in guides,
        has_complaints=GuideKind.COMPLAINTS in guides,
        facilities=Facility.objects.count(),
        required_missing=required.exclude(state=FacilityState.READY).count(),
        seated_counters=_seats().values("counter").distinct().count(),
        has_hours=WeeklyHours.objects.filter(agency=None).exists(),
        roles=StaffRole.objects.count(),
        roles_unfilled=unfilled.count(),
        roles_untrained=untrained.count(),
        officers=_postings().values("user").distinct().count(),
        trial_days=TrialDay.objects.count(),
        ready_agencies=ready_agencies().count(),
        is_open=not current_mall().is_founding,
    )


def ready_agencies() -> QuerySet[Agency]:
    """Return the active agencies that have a service, a counter on some day, and an officer."""
    return (
        Agency.objects.filter(
            is_active=True,
            pk__in=Service.objects.filter(is_active=True).values("agency"),
        )
        .filter(pk__in=_seats().values("agency"), postings__in=_postings())
        .distinct()
    )


def _seats() -> QuerySet[CounterShare]:
    return CounterShare.objects.filter(counter__is_active=True, agency__is_active=True)


def _postings() -> QuerySet[Posting]:
    return Posting.objects.filter(user__is_active=True, agency__is_active=True)


def _last_days() -> list[date | None]:
    """Return the last day of each agency's signed agreements; None where one has no end."""
    found: dict[int, date | None] = {}
    signed = Agreement.objects.filter(state=AgreementState.SIGNED, agency__is_active=True)
    for agency, ends_on in signed.values_list("agency", "ends_on"):
        known = found.get(agency, date.min)
        found[agency] = None if ends_on is None or known is None else max(known, ends_on)
    return list(found.values())


def _ends_soon(ends_on: date | None, day: date) -> bool:
    mark = warning_of(ends_on, day)
    return mark is not None and mark <= SOON
