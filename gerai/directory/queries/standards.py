"""The standard that is in force, and what sets one version apart from another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from gerai.directory.catalogue.durations import Duration
from gerai.directory.catalogue.entries import Promise
from gerai.directory.catalogue.entries import Requirement as Need
from gerai.directory.catalogue.fees import Fee, rupiah_text
from gerai.directory.catalogue.typed import typed
from gerai.directory.models import DELIVERY, MANAGING, Requirement, Service, Standard


@dataclass(frozen=True)
class Difference:
    """A component of a standard that two versions say differently."""

    name: object
    before: str
    after: str


def published_standard(service: Service, day: date) -> Standard | None:
    """Return the newest version in force on a day, its requirements in order, if any."""
    in_force = Q(valid_from=None) | Q(valid_from__lte=day)
    return versions_of(service).filter(in_force).first()


def versions_of(service: Service) -> QuerySet[Standard]:
    """Return every version of a service's standard, newest first, with its requirements."""
    in_order = Requirement.objects.order_by("position")
    versions: QuerySet[Standard] = (
        Standard.objects.filter(service=service)
        .order_by("-version")
        .prefetch_related(Prefetch("requirements", queryset=in_order))
    )
    return versions


def promise_of(standard: Standard) -> Promise:
    """Return the content of a stored version."""
    return Promise(
        requirements=tuple(Need(each.text, each.condition) for each in standard.requirements.all()),
        procedure=tuple(standard.procedure),
        duration=Duration(
            standard.duration_text,
            standard.duration_min,
            standard.duration_max,
            standard.duration_unit,
        ),
        fee=Fee(standard.fee_text, standard.fee_rupiah),
        product=standard.product,
        validity=standard.validity_text,
        complaints=standard.complaints,
        legal_basis=standard.legal_basis,
        facilities=standard.facilities,
        competence=standard.competence,
        supervision=standard.supervision,
        staff=standard.staff,
        service_guarantee=standard.service_guarantee,
        security_guarantee=standard.security_guarantee,
        evaluation=standard.evaluation,
        decree_number=standard.decree_number,
        valid_from=standard.valid_from,
        verification=standard.verification,
        source=standard.source,
    )


def differences(before: Standard, after: Standard) -> list[Difference]:
    """Return the components that a version says differently from an earlier one."""
    return [
        Difference(name, old, new)
        for (name, old), (_name, new) in zip(
            _parts(promise_of(before)), _parts(promise_of(after)), strict=True
        )
        if old != new
    ]


def components_lacking(day: date) -> dict[int, tuple[str, ...]]:
    """Return service key → the components that its standard in force on a day does not state."""
    needs = Requirement.objects.filter(standard=OuterRef("pk"))
    stated = {
        "requirements": Exists(needs),
        "procedure": _is(~Q(procedure=[])),
        "time": _is(
            ~Q(duration_text="") | Q(duration_min__isnull=False) | Q(duration_max__isnull=False)
        ),
        "fee": _is(~Q(fee_text="") | Q(fee_rupiah__isnull=False)),
        **{part: _is(~Q(**{part: ""})) for part in ("product", "complaints", *MANAGING)},
    }
    rows = (
        Standard.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day))
        .annotate(**{f"says_{part}": says for part, says in stated.items()})
        .order_by("service_id", "version")
        .values("service_id", *(f"says_{part}" for part in stated))
    )
    # In order of version: the newest of a service has the last word.
    return {
        row["service_id"]: tuple(p for p in DELIVERY + MANAGING if not row[f"says_{p}"])
        for row in rows
    }


def _is(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _parts(promise: Promise) -> Iterator[tuple[object, str]]:
    yield _("Persyaratan"), typed(promise.requirements)
    yield _("Prosedur"), "\n".join(promise.procedure)
    yield _("Jangka waktu"), _duration(promise.duration)
    yield _("Biaya"), _fee(promise.fee)
    yield _("Produk"), promise.product
    yield _("Masa berlaku produk"), promise.validity
    yield _("Pengaduan, saran, masukan"), promise.complaints
    yield _("Nomor keputusan"), promise.decree_number
    yield _("Berlaku sejak"), date_format(promise.valid_from, "j F Y") if promise.valid_from else ""
    yield _("Sumber"), promise.source
    yield _("Dasar hukum"), promise.legal_basis
    yield _("Sarana dan prasarana"), promise.facilities
    yield _("Kompetensi pelaksana"), promise.competence
    yield _("Pengawasan internal"), promise.supervision
    yield _("Jumlah pelaksana"), promise.staff
    yield _("Jaminan pelayanan"), promise.service_guarantee
    yield _("Jaminan keamanan dan keselamatan"), promise.security_guarantee
    yield _("Evaluasi kinerja"), promise.evaluation


def _duration(duration: Duration) -> str:
    if duration.most is None and duration.least is None:
        return duration.text
    units = dict(Standard.DurationUnit.choices)
    span = "-".join(
        str(count) for count in dict.fromkeys((duration.least, duration.most)) if count is not None
    )
    told = f"{span} {units.get(duration.unit, duration.unit)}"
    return duration.text if told in duration.text else f"{duration.text} ({told})".strip()


def _fee(fee: Fee) -> str:
    amount = "" if fee.rupiah is None else rupiah_text(fee.rupiah)
    return fee.text if amount in fee.text else f"{fee.text} ({amount})" if fee.text else amount
