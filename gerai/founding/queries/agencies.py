"""Who joins: services, agreements, duty days, and agreements that end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS

from gerai.directory.models import Agency, Agreement, AgreementState, Service
from gerai.directory.rules import warning_of
from gerai.founding.queries.facts import today


@dataclass(frozen=True)
class Joining:
    """An agency with its services and the agreement that counts: the signed one, else the last."""

    agency: Agency
    services: tuple[str, ...]
    agreement: Agreement | None
    warning: int | None

    @property
    def is_signed(self) -> bool:
        """Tell whether a signed agreement binds it."""
        return self.agreement is not None and self.agreement.state == AgreementState.SIGNED

    @property
    def duty_days(self) -> str:
        """Return the weekdays on which it serves, in words."""
        return days_in_words(self.agreement.duty_days) if self.agreement is not None else ""


def joining() -> list[Joining]:
    """Return the active agencies, those with an ending agreement first, then by name."""
    day = today()
    services: dict[int, list[str]] = defaultdict(list)
    active = Service.objects.filter(is_active=True).order_by("name")
    for agency_id, name in active.values_list("agency_id", "name"):
        services[agency_id].append(name)
    agreements: dict[int, list[Agreement]] = defaultdict(list)
    for agreement in Agreement.objects.order_by("pk"):
        agreements[agreement.agency_id].append(agreement)
    found = [
        _joining(agency, tuple(services[agency.pk]), agreements[agency.pk], day)
        for agency in Agency.objects.filter(is_active=True).order_by("short_name", "pk")
    ]
    return sorted(found, key=lambda each: 1000 if each.warning is None else each.warning)


def days_in_words(weekdays: Iterable[int]) -> str:
    """Return weekdays by their names."""
    return ", ".join(str(WEEKDAYS[day]) for day in weekdays if day in WEEKDAYS)


def _joining(
    agency: Agency, services: tuple[str, ...], agreements: list[Agreement], day: date
) -> Joining:
    signed = [each for each in agreements if each.state == AgreementState.SIGNED]
    far = date.max
    agreement = max(signed, key=lambda each: each.ends_on or far) if signed else None
    if agreement is None and agreements:
        agreement = agreements[-1]
    in_force = agreement is not None and agreement.state == AgreementState.SIGNED
    warning = warning_of(agreement.ends_on, day) if agreement is not None and in_force else None
    return Joining(agency, services, agreement, warning)
