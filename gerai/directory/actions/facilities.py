"""The checklist of facilities, and the guides on how the mall works."""

from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Facility, FacilityState, Guide, GuideKind
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction


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
    facility: Facility = Facility.objects.update_or_create(
        mall=current_mall(),
        code=code,
        defaults={
            "name": name,
            "group": group,
            "state": state,
            "floor": floor,
            "note": note,
            "source": source,
            "is_required": is_required,
        },
    )[0]
    audit.record("directory.set_facility", thing=f"facility:{facility.pk}", by=by, state=state)
    publish("directory.set_facility")
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
    guide: Guide = Guide.objects.update_or_create(
        mall=current_mall(),
        code=code,
        defaults={"kind": kind, "title": title, "text": text, "source": source},
    )[0]
    audit.record("directory.set_guide", thing=f"guide:{guide.pk}", by=by)
    publish("directory.set_guide")
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
