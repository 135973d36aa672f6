"""Services, and the versions of what they promise: a new one is added, an old one never changed."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from gerai.directory.actions.finding import make_findable
from gerai.directory.catalogue.entries import Promise
from gerai.directory.catalogue.texts import same_code
from gerai.directory.models import Agency, Requirement, Service, Standard
from gerai.directory.queries import promise_of, versions_of
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as


class ServiceCodeTaken(Refused):
    """Another service of the mall has this code, case and blanks aside."""

    message = _("Kode layanan ini sudah dipakai. Pilih kode lain.")


class StandardUnchanged(Refused):
    """The new version would say what the newest one says."""

    message = _("Isinya sama dengan versi terakhir. Ubah dahulu yang berbeda, lalu terbitkan.")


class StandardChanged(Refused):
    """Somebody else published a version meanwhile."""

    message = _(
        "Orang lain baru saja menerbitkan versi baru. Lihat versi itu dahulu, lalu terbitkan lagi."
    )


class ServiceGone(Refused):
    """The service is there no longer."""

    message = _("Layanan ini sudah tidak ada. Muat ulang daftarnya.")


@refused_as(ServiceCodeTaken)
@one_transaction
def add_service(
    agency: Agency, *, code: str, name: str, promise: Promise, by: audit.Actor, picture: str = ""
) -> Service:
    """Add a service to an agency, with the first version of its standard.

    picture: of `models.Picture`, empty for the one that its name has.

    :raises ServiceCodeTaken: another service of the mall has this code
    """
    _check_code(code)
    service: Service = Service.objects.create(
        mall=current_mall(), agency=agency, code=code, name=name, picture=picture
    )
    audit.record("directory.add_service", thing=f"service:{service.pk}", by=by, code=code)
    write_standard(service, promise, version=1, by=by)
    make_findable()
    publish("directory.add_service")
    return service


@refused_as(ServiceCodeTaken)
@one_transaction
def change_service(
    service: Service, *, code: str, name: str, by: audit.Actor, picture: str = ""
) -> None:
    """Give a service another name, code or picture.

    :raises ServiceCodeTaken: another service of the mall has this code
    :raises ServiceGone: it is there no longer
    """
    _check_code(code, but=service)
    if not Service.objects.filter(pk=service.pk).update(code=code, name=name, picture=picture):
        raise ServiceGone
    audit.record(
        "directory.change_service", thing=f"service:{service.pk}", by=by, code=code, name=name
    )
    make_findable()
    publish("directory.change_service")


@one_transaction
def set_service_active(service: Service, *, is_active: bool, by: audit.Actor) -> None:
    """Offer a service, or no longer; numbers that were taken are served to the end."""
    Service.objects.filter(pk=service.pk).update(is_active=is_active)
    audit.record(
        "directory.set_service_active",
        thing=f"service:{service.pk}",
        by=by,
        is_active=is_active,
    )
    make_findable()
    publish("directory.set_service_active")


@refused_as(StandardChanged)
@one_transaction
def publish_standard(
    service: Service, promise: Promise, *, after: int, by: audit.Actor
) -> Standard:
    """Add a version to a service's standard; the earlier ones stay.

    after: the version that the new one was written from, 0 without any.

    :raises StandardChanged: another version came meanwhile
    :raises StandardUnchanged: it says what the newest version says
    """
    newest = versions_of(service).first()
    if (newest.version if newest else 0) != after:
        raise StandardChanged
    if newest and replace(promise_of(newest), verification="") == promise:
        raise StandardUnchanged
    standard = write_standard(service, promise, version=after + 1, by=by)
    make_findable()
    publish("directory.add_standard")
    return standard


@inside_transaction
def write_standard(
    service: Service, promise: Promise, *, version: int, by: audit.Actor
) -> Standard:
    """Write one version with its requirements, as part of a larger change."""
    standard: Standard = Standard.objects.create(
        mall=current_mall(),
        service=service,
        version=version,
        fingerprint=promise.fingerprint(),
        valid_from=promise.valid_from,
        decree_number=promise.decree_number,
        source=promise.source,
        verification=promise.verification,
        procedure=list(promise.procedure),
        duration_text=promise.duration.text,
        duration_min=promise.duration.least,
        duration_max=promise.duration.most,
        duration_unit=promise.duration.unit,
        fee_text=promise.fee.text,
        fee_rupiah=promise.fee.rupiah,
        product=promise.product,
        validity_text=promise.validity,
        complaints=promise.complaints,
        legal_basis=promise.legal_basis,
        facilities=promise.facilities,
        competence=promise.competence,
        supervision=promise.supervision,
        staff=promise.staff,
        service_guarantee=promise.service_guarantee,
        security_guarantee=promise.security_guarantee,
        evaluation=promise.evaluation,
    )
    Requirement.objects.bulk_create(
        Requirement(
            mall=current_mall(),
            standard=standard,
            position=position,
            text=requirement.text,
            condition=requirement.condition,
        )
        for position, requirement in enumerate(promise.requirements, start=1)
    )
    audit.record("directory.add_standard", thing=f"service:{service.pk}", by=by, version=version)
    return standard


def _check_code(code: str, but: Service | None = None) -> None:
    others = Service.objects.all()
    if but is not None:
        others = others.exclude(pk=but.pk)
    if same_code(code) in {same_code(other) for other in others.values_list("code", flat=True)}:
        raise ServiceCodeTaken
