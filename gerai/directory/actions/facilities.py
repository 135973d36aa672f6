"""The checklist of facilities, and the guides on how the mall works."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Facility, FacilityState, Guide, GuideKind
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction


class LineGone(Refused):
    """The line was deleted meanwhile."""

    message = _("Baris ini sudah dihapus orang lain.")
    status = 404


@one_transaction
def set_facility(
    *,
    code: str,
    name: str,
    by: audit.Actor,
    group: str = "",
    state: FacilityState = FacilityState.MISSING,
    floor: str = "",
    note: str = "",
    source: str = "",
    is_required: bool = False,
) -> Facility:
    """Put a facility on the checklist, or say something else of the one with this code."""
    said = {
        "name": name,
        "group": group,
        "state": state,
        "floor": floor,
        "note": note,
        "source": source,
        "is_required": is_required,
    }
    facility = write_facility(code=code, said=said, by=by)
    publish("directory.set_facility")
    return facility


@inside_transaction
def write_facility(*, code: str, said: Mapping[str, Any], by: audit.Actor) -> Facility:
    """Write a line of the checklist, as part of a larger change.

    said: where it holds no state, a new facility is missing and another one keeps its own.
    """
    facility: Facility = Facility.objects.update_or_create(
        mall=current_mall(),
        code=code,
        defaults=said,
        create_defaults={"state": FacilityState.MISSING, **said},
    )[0]
    audit.record(
        "directory.set_facility", thing=f"facility:{facility.pk}", by=by, state=facility.state
    )
    return facility


@one_transaction
def remove_facility(facility: Facility, *, by: audit.Actor) -> None:
    """Take a facility off the checklist.

    :raises LineGone: it is off already
    """
    key = facility.pk
    if not Facility.objects.filter(pk=key).delete()[0]:
        raise LineGone
    audit.record("directory.remove_facility", thing=f"facility:{key}", by=by)
    publish("directory.remove_facility")


@one_transaction
def set_guide(
    *, code: str, kind: GuideKind, title: str, text: str, by: audit.Actor, source: str = ""
) -> Guide:
    """Write a guide, or the one with this code anew."""
    said = {"kind": kind, "title": title, "text": text, "source": source}
    guide = write_guide(code=code, said=said, by=by)
    publish("directory.set_guide")
    return guide


@inside_transaction
def write_guide(*, code: str, said: Mapping[str, str], by: audit.Actor) -> Guide:
    """Write a guide, as part of a larger change."""
    guide: Guide = Guide.objects.update_or_create(mall=current_mall(), code=code, defaults=said)[0]
    audit.record("directory.set_guide", thing=f"guide:{guide.pk}", by=by)
    return guide


@one_transaction
def remove_guide(guide: Guide, *, by: audit.Actor) -> None:
    """Delete a guide.

    :raises LineGone: it is deleted already
    """
    key = guide.pk
    if not Guide.objects.filter(pk=key).delete()[0]:
        raise LineGone
    audit.record("directory.remove_guide", thing=f"guide:{key}", by=by)
    publish("directory.remove_guide")
