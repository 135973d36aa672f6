"""What the documents are written from, in words."""

from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from gerai.directory.models import Agency, Facility
from gerai.founding.letters import (
    AgencyEntry,
    Dossier,
    FacilityEntry,
    LegalEntry,
    RiskEntry,
    RoleEntry,
    StageEntry,
    StatusEntry,
)
from gerai.founding.models import Founding, LegalSetting, Risk, RiskState, StaffRole, TrialDay
from gerai.founding.queries.agencies import Joining, joining
from gerai.founding.queries.facts import facts, today
from gerai.founding.queries.readiness import StageReadiness, readiness
from gerai.founding.queries.schedule import Row, Schedule, schedule
from gerai.founding.rules import Facts, gravity
from gerai.malls.queries import region_of
from gerai.malls.scope import current_mall

GRAVITY = {"grave": "berat", "notable": "sedang", "small": "ringan"}


def dossier(
    founding: Founding, *, plan: Schedule | None = None, known: Facts | None = None
) -> Dossier:
    """Return what the documents of this founding say; they are always Indonesian.

    plan, known: where the caller has asked for schedule and facts already.
    """
    with translation.override("id"):
        return _dossier(founding, plan or schedule(founding), known or facts())


def agency_entry(agency: Agency) -> AgencyEntry | None:
    """Return one agency as its agreement tells of it."""
    with translation.override("id"):
        return next((_agency(each) for each in joining() if each.agency.pk == agency.pk), None)


def risks_by_gravity() -> list[Risk]:
    """Return the risks, what is not over and what is grave first."""
    return sorted(
        Risk.objects.order_by("pk"),
        key=lambda risk: (risk.state == RiskState.OVER, -risk.likelihood * risk.weight),
    )


def _dossier(founding: Founding, plan: Schedule, known: Facts) -> Dossier:
    mall = current_mall()
    day = today()
    return Dossier(
        mall=mall.name,
        region=region_of(mall),
        leader=founding.leader,
        address=mall.address,
        today=_day(day),
        began=_day(founding.began_on),
        target=_day(founding.target_on),
        opens=_day(mall.opened_on or plan.opens_on),
        model=founding.model_name,
        days_left=_left(founding.target_on, day) if mall.is_founding else "",
        agencies=tuple(_agency(each) for each in joining()),
        facilities=tuple(
            FacilityEntry(each.name, str(each.get_state_display()), each.floor, each.is_required)
            for each in Facility.objects.order_by("group", "name", "pk")
        ),
        roles=tuple(
            RoleEntry(each.name, each.needed, each.filled, each.trained)
            for each in StaffRole.objects.order_by("pk")
        ),
        risks=tuple(
            RiskEntry(
                each.title, GRAVITY[gravity(each.likelihood, each.weight)], each.answer, each.owner
            )
            for each in risks_by_gravity()
            if each.state != RiskState.OVER
        ),
        stages=tuple(_stage(each, plan) for each in readiness(known)),
        late=tuple(_step(row, row.step.due_on) for row in plan.late),
        following=tuple(_step(row, row.starts) for row in plan.next),
        legal={
            each.key: LegalEntry(each.topic, each.text, each.source, each.is_verified)
            for each in LegalSetting.objects.exclude(key="")
        },
        trial_days=TrialDay.objects.count(),
    )


def _agency(each: Joining) -> AgencyEntry:
    found = each.agreement
    kind = str(each.agency.get_kind_display()) if each.agency.kind else ""
    if found is None:
        return AgencyEntry(each.agency.name, kind, each.services, "")
    return AgencyEntry(
        name=each.agency.name,
        kind=kind,
        services=each.services,
        agreement=str(found.get_state_display()),
        number=found.number,
        signed=_day(found.signed_on) if each.is_signed else "",
        period=_period(found.starts_on, found.ends_on),
        duty_days=each.duty_days,
        officers=found.officers,
        agency_brings=found.agency_brings,
        operator_brings=found.operator_brings,
    )


def _stage(each: StageReadiness, plan: Schedule) -> StageEntry:
    rows = [row for row in plan.rows if row.step.stage == each.stage]
    period = _period(min(row.starts for row in rows), max(row.ends for row in rows)) if rows else ""
    state = "ditutup" if each.is_closed else "siap ditutup" if each.may_close else "berjalan"
    if not each.percent:
        state = "belum mulai"
    return StageEntry(
        each.name, period, each.percent, state, tuple(lack.text for lack in each.missing)
    )


def _step(row: Row, day: date | None) -> StatusEntry:
    return StatusEntry(row.step.name, row.step.responsible or row.step.who, _day(day))


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day is not None else ""


def _period(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    return f"{_day(first) or '…'} sampai {_day(last) or '…'}"


def _left(target: date | None, day: date) -> str:
    if target is None:
        return ""
    left = (target - day).days
    return f" ({left} hari lagi)" if left >= 0 else f" (lewat {-left} hari)"
