"""Agencies that are added and described by the mall's admin."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gerai.directory.actions.finding import make_findable
from gerai.directory.catalogue.texts import same_code
from gerai.directory.models import Agency
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as


class AgencyCodeTaken(Refused):
    """Another agency of the mall has this code, case and blanks aside."""

    message = _("Kode instansi ini sudah dipakai. Pilih kode lain.")


class AgencyGone(Refused):
    """The agency is there no longer."""

    message = _("Instansi ini sudah tidak ada. Muat ulang daftarnya.")


@refused_as(AgencyCodeTaken)
@one_transaction
def add_agency(
    *, code: str, name: str, short_name: str, kind: str, icon: str, site: str, by: audit.Actor
) -> Agency:
    """Add an agency to the mall.

    :raises AgencyCodeTaken: another one has this code
    """
    said = {
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "icon": icon,
        "site": site,
    }
    agency = make_agency(code=code, said=said, by=by)
    make_findable()
    publish("directory.add_agency")
    return agency


@inside_transaction
def make_agency(
    *, code: str, said: Mapping[str, str], by: audit.Actor, is_active: bool = True
) -> Agency:
    """Make an agency, as part of a larger change. said: name, short_name, kind, site, icon.

    :raises AgencyCodeTaken: another one has this code
    """
    _check_code(code)
    agency: Agency = Agency.objects.create(
        mall=current_mall(), code=code, is_active=is_active, **said
    )
    audit.record("directory.add_agency", thing=f"agency:{agency.pk}", by=by, code=code)
    return agency


@refused_as(AgencyCodeTaken)
@one_transaction
def change_agency(
    agency: Agency,
    *,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    icon: str,
    site: str,
    by: audit.Actor,
) -> None:
    """Describe an agency anew.

    :raises AgencyCodeTaken: another one has this code
    :raises AgencyGone: it is there no longer
    """
    said = {
        "code": code,
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "icon": icon,
        "site": site,
    }
    describe_agency(agency, said=said, by=by)
    make_findable()
    publish("directory.change_agency")


@inside_transaction
def describe_agency(agency: Agency, *, said: Mapping[str, str], by: audit.Actor) -> None:
    """Describe an agency anew, as part of a larger change. said: its code too.

    :raises AgencyCodeTaken: another one has this code
    :raises AgencyGone: it is there no longer
    """
    _check_code(said["code"], but=agency)
    changed = sorted(part for part, value in said.items() if value != getattr(agency, part))
    if not Agency.objects.filter(pk=agency.pk).update(**said):
        raise AgencyGone
    audit.record("directory.change_agency", thing=f"agency:{agency.pk}", by=by, changed=changed)


def _check_code(code: str, but: Agency | None = None) -> None:
    others = Agency.objects.all()
    if but is not None:
        others = others.exclude(pk=but.pk)
    if same_code(code) in {same_code(other) for other in others.values_list("code", flat=True)}:
        raise AgencyCodeTaken
