"""Letting readers find the agencies and services of the mall."""

from collections.abc import Iterator

from gerai.directory.catalogue.texts import slug_of
from gerai.directory.models import Agency, Requirement, Service, Standard
from gerai.search import actions as search
from gerai.search.actions import Piece
from gerai.transactions import inside_transaction

SERVICE, AGENCY = "service", "agency"


@inside_transaction
def make_findable() -> None:
    """Let search know the active agencies and services of the mall as they are now.

    A mall has some hundred services, so all are written anew whatever changed.
    """
    services = list(
        Service.objects.filter(is_active=True, agency__is_active=True)
        .select_related("agency")
        .order_by("pk")
    )
    search.rebuild(SERVICE, _services(services))
    search.rebuild(AGENCY, _agencies(services))


def _services(services: list[Service]) -> Iterator[Piece]:
    # The newest version last, so that it stands.
    newest = {each.service_id: each for each in Standard.objects.order_by("version")}
    needs: dict[int, list[str]] = {}
    for need in Requirement.objects.filter(standard__in=newest.values()).order_by("position"):
        needs.setdefault(need.standard_id, []).append(f"{need.text} {need.condition}")
    for service in services:
        standard = newest.get(service.pk)
        told = [service.agency.name, service.agency.short_name]
        if standard:
            told += [standard.product, *standard.procedure, *needs.get(standard.pk, [])]
        yield Piece(
            key=str(service.pk),
            title=service.name,
            text=" ".join(told),
            summary=service.agency.name,
            url=f"/layanan/{slug_of(service.code)}/",
            icon=service.agency.icon,
        )


def _agencies(services: list[Service]) -> Iterator[Piece]:
    names: dict[int, list[str]] = {}
    for service in services:
        names.setdefault(service.agency_id, []).append(service.name)
    for agency in Agency.objects.filter(is_active=True).order_by("pk"):
        yield Piece(
            key=str(agency.pk),
            title=agency.name,
            text=" ".join(
                [agency.short_name, agency.get_kind_display(), *names.get(agency.pk, [])]
            ),
            summary=agency.get_kind_display(),
            url=f"/instansi/{slug_of(agency.code)}/",
            icon=agency.icon,
        )
