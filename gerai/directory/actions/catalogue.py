"""Taking a catalogue file into the mall: rows taken, rows unchanged, rows refused."""

from collections.abc import Callable
from dataclasses import dataclass, field

from gerai import later
from gerai.directory.actions.finding import make_findable
from gerai.directory.actions.standards import write_standard
from gerai.directory.catalogue.entries import (
    AgencyEntry,
    Catalogue,
    Entry,
    Promise,
    Refusal,
    ServiceEntry,
)
from gerai.directory.catalogue.signs import sign_of
from gerai.directory.catalogue.texts import Unfit, same_code, same_name, shown
from gerai.directory.models import Agency, Service, Standard
from gerai.live.publish import publish
from gerai.malls import actions as malls
from gerai.malls.models import Mall, Zone
from gerai.malls.scope import current_mall, in_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction

# A list of permits names no agency: it is the list of the one-stop office.
ONE_STOP_OFFICE = "DPMPTSP"
ONE_STOP_OFFICE_NAME = "Dinas Penanaman Modal dan PTSP"


@dataclass
class Import:
    """What became of the rows of a file. remarks: what else the operator should know."""

    taken: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@one_transaction
def import_catalogue(
    catalogue: Catalogue, *, by: audit.Actor, permits_of: str = ONE_STOP_OFFICE
) -> Import:
    """Take the rows of a catalogue into the mall in scope; see docs/reference/import-catalogue.

    permits_of: code of the agency that services without one belong to.
    """
    return take_catalogue(catalogue, by=by, permits_of=permits_of)


@one_transaction
def import_into_a_first_mall(catalogue: Catalogue, *, by: audit.Actor) -> tuple[Mall, Import]:
    """Open the first mall of an empty installation, and take the catalogue into it."""
    mall = malls.open_mall(slug="mal", name="Mal Pelayanan Publik", zone=Zone.WIB)
    with in_mall(mall):
        audit.record("malls.open", thing=f"mall:{mall.pk}", by=by)
        later.run("website.open_site", mall=mall.pk)
        return mall, take_catalogue(catalogue, by=by)


@inside_transaction
def take_catalogue(
    catalogue: Catalogue, *, by: audit.Actor, permits_of: str = ONE_STOP_OFFICE
) -> Import:
    """Take the rows of a catalogue, as part of a larger change."""
    # Two imports at once would both find a code free.
    Mall.objects.select_for_update().get(pk=current_mall().pk)
    work = _Taking(catalogue, by=by, permits_of=permits_of)
    result = work.take()
    if result.taken:
        audit.record(
            "directory.import_catalogue",
            thing=f"mall:{current_mall().pk}",
            by=by,
            taken=result.taken,
            unchanged=result.unchanged,
            refused=len(result.refused),
        )
        make_findable()
        publish("directory.import_catalogue")
    return result


class _Taking:
    """One file being taken: the mall's agencies and services by code, and the count so far."""

    def __init__(self, catalogue: Catalogue, *, by: audit.Actor, permits_of: str) -> None:
        self.catalogue = catalogue
        self.by = by
        self.permits_of = permits_of
        self.result = Import(refused=[*catalogue.refusals], remarks=[*catalogue.remarks])
        self.agencies: dict[str, Agency] = {
            same_code(agency.code): agency for agency in Agency.objects.all()
        }
        self.services: dict[str, Service] = {
            same_code(service.code): service for service in Service.objects.select_related("agency")
        }
        self.newest: dict[int, Standard] = {
            standard.service_id: standard
            for standard in Standard.objects.order_by("version").only(
                "service", "version", "fingerprint"
            )
        }

    def take(self) -> Import:
        """Go through all rows, agencies first."""
        for agency in self.catalogue.agencies:
            self._count(agency, self._agency)
        for service in self.catalogue.services:
            self._count(service, self._service)
        self.result.refused.sort(key=lambda refusal: refusal.line)
        return self.result

    def _count(self, entry: Entry, take: Callable[[Entry], bool]) -> None:
        try:
            changed = take(entry)
        except Unfit as unfit:
            self.result.refused.append(Refusal(entry.line, str(unfit)))
        else:
            self.result.taken += changed
            self.result.unchanged += not changed

    def _agency(self, entry: AgencyEntry) -> bool:
        """Take an agency; tell whether anything changed."""
        agency = self.agencies.get(same_code(entry.code))
        if agency is None:
            self._add_agency(entry)
            return True
        self._check_name(entry.code, agency.name, entry.name)
        said = {
            "name": entry.name,
            "kind": entry.kind,
            "site": entry.site,
            "short_name": entry.short_name,
            "icon": entry.icon,
        }
        changes = {
            part: value for part, value in said.items() if value and value != getattr(agency, part)
        }
        if changes:
            Agency.objects.filter(pk=agency.pk).update(**changes)
            self._record("change_agency", f"agency:{agency.pk}", changed=sorted(changes))
        return bool(changes)

    def _add_agency(self, entry: AgencyEntry) -> Agency:
        sign = sign_of(entry.code, entry.name)
        agency: Agency = Agency.objects.create(
            mall=current_mall(),
            code=entry.code,
            name=entry.name,
            short_name=entry.short_name or sign.short_name,
            kind=entry.kind,
            site=entry.site,
            icon=entry.icon or sign.icon,
        )
        self.agencies[same_code(agency.code)] = agency
        self._record("add_agency", f"agency:{agency.pk}", code=agency.code)
        return agency

    def _service(self, entry: ServiceEntry) -> bool:
        """Take a service with what it promises; tell whether anything changed."""
        service = self.services.get(same_code(entry.code))
        if service is None:
            service = self._add_service(entry)
        else:
            if same_code(service.agency.code) != same_code(entry.agency or self.permits_of):
                raise Unfit(
                    f"Kode “{shown(entry.code)}” sudah dipakai layanan "
                    f"{service.agency.short_name} ({shown(service.name)}). Beri kode lain."
                )
            self._check_name(entry.code, service.name, entry.name)
        changes: dict[str, object] = {}
        if service.name != entry.name:
            changes["name"] = entry.name
        if entry.is_active is not None and service.is_active != entry.is_active:
            changes["is_active"] = entry.is_active
        if changes:
            Service.objects.filter(pk=service.pk).update(**changes)
            self._record("change_service", f"service:{service.pk}", **changes)
        return self._promise(service, entry.promise) or bool(changes)

    def _add_service(self, entry: ServiceEntry) -> Service:
        service: Service = Service.objects.create(
            mall=current_mall(),
            agency=self._agency_of(entry),
            code=entry.code,
            name=entry.name,
            is_active=entry.is_active is not False,
        )
        self.services[same_code(service.code)] = service
        self._record("add_service", f"service:{service.pk}", code=service.code)
        return service

    def _agency_of(self, entry: ServiceEntry) -> Agency:
        code = entry.agency or self.permits_of
        agency = self.agencies.get(same_code(code))
        if agency is None and code == ONE_STOP_OFFICE:
            agency = self._add_agency(
                AgencyEntry(entry.line, ONE_STOP_OFFICE, ONE_STOP_OFFICE_NAME, kind="opd")
            )
            self.result.remarks.append(
                f"Instansi {ONE_STOP_OFFICE} belum ada, jadi dibuat untuk layanan berkas ini."
            )
        if agency is None:
            raise Unfit(f"Instansi “{shown(code)}” tidak ada di mal ini. Tambahkan dahulu.")
        return agency

    def _check_name(self, code: str, standing: str, said: str) -> None:
        """Refuse another thing under a known code, where the codes of the form repeat."""
        if not self.catalogue.renames and same_name(standing) != same_name(said):
            raise Unfit(
                f"Kode “{shown(code)}” sudah ada di mal ini untuk {shown(standing)}. "
                "Beri kode lain, atau ubah namanya di halaman kelola."
            )

    def _promise(self, service: Service, promise: Promise) -> bool:
        """Write a new version of a standard where its content is new."""
        newest = self.newest.get(service.pk)
        fingerprint = promise.fingerprint()
        if newest is not None and newest.fingerprint == fingerprint:
            return False
        standard = write_standard(
            service, promise, version=newest.version + 1 if newest else 1, by=self.by
        )
        self.newest[service.pk] = standard
        return True

    def _record(self, verb: str, thing: str, **detail: object) -> None:
        audit.record(f"directory.{verb}", thing=thing, by=self.by, **detail)
