"""Agreements with what they warn of, the checklist of facilities, the guides."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from gerai import clock
from gerai.directory.models import (
    Agency,
    Agreement,
    AgreementState,
    Facility,
    FacilityState,
    Guide,
    GuideKind,
)
from gerai.directory.rules import warning_of
from gerai.malls.scope import current_mall


@dataclass(frozen=True)
class AgreementRow:
    """An agreement and the warning that it has reached (90, 60, 30, 0 for ended), if any."""

    agreement: Agreement
    warning: int | None

    @property
    def days_left(self) -> int | None:
        """Return the days until its end, None without an end."""
        ends_on = self.agreement.ends_on
        today = clock.local_day(clock.now(), current_mall().zone)
        return (ends_on - today).days if ends_on is not None else None


def agreements(agency: Agency | None = None) -> list[AgreementRow]:
    """Return the agreements, of all agencies or of one, those that end soonest first."""
    found = Agreement.objects.select_related("agency")
    if agency is not None:
        found = found.filter(agency=agency)
    today = clock.local_day(clock.now(), current_mall().zone)
    rows = [AgreementRow(row, _warning(row, today)) for row in found.order_by("pk")]
    return sorted(rows, key=lambda row: (_rank(row), row.agreement.agency.short_name))


def warned_agreements() -> list[AgreementRow]:
    """Return the signed agreements that end within 90 days or have ended."""
    return [row for row in agreements() if row.warning is not None]


def agencies_without_agreement() -> list[Agency]:
    """Return the active agencies with which nothing is signed."""
    signed = Agreement.objects.filter(state=AgreementState.SIGNED).values("agency")
    return list(Agency.objects.filter(is_active=True).exclude(pk__in=signed).order_by("short_name"))


def facilities() -> list[Facility]:
    """Return the checklist, by group."""
    return list(Facility.objects.order_by("group", "name"))


def facilities_ready() -> tuple[int, int]:
    """Return how many facilities are there, and how many the checklist has."""
    states = list(Facility.objects.values_list("state", flat=True))
    return states.count(FacilityState.READY), len(states)


def guides(kind: GuideKind | None = None) -> list[Guide]:
    """Return the guides, of all kinds or of one."""
    found = Guide.objects.order_by("kind", "title")
    return list(found if kind is None else found.filter(kind=kind))


def next_facility_code() -> str:
    """Return a code for a facility that is typed, not taken from elsewhere."""
    return f"f-{(Facility.objects.aggregate(last=Max('pk'))['last'] or 0) + 1}"


def next_guide_code() -> str:
    """Return a code for a guide that is typed, not taken from elsewhere."""
    return f"p-{(Guide.objects.aggregate(last=Max('pk'))['last'] or 0) + 1}"


def _warning(row: Agreement, today: date) -> int | None:
    return warning_of(row.ends_on, today) if row.state == AgreementState.SIGNED else None


def _rank(row: AgreementRow) -> tuple[int, date]:
    order = list(AgreementState.values)
    first = 0 if row.warning is not None else 1 + order.index(row.agreement.state)
    return first, row.agreement.ends_on or date.max
