"""A visit as its guests' calendars know it."""

from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from gerai.malls.scope import current_mall
from gerai.visits.letters.calendars import Invitation
from gerai.visits.models import Guest, Visit
from gerai.visits.states import State


def invitation_to(visit: Visit, page: str = "") -> Invitation:
    """Return the invitation to a visit that has a time; those with an address are named.

    page: where the visit is shown
    """
    mall = current_mall()
    if visit.starts_at is None or visit.ends_at is None:
        raise LookupError(visit.pk)
    named = Guest.objects.filter(visit=visit).exclude(email="").order_by("pk")
    attendees = {visit.contact_email: visit.contact_name}
    attendees |= {guest.email: guest.name for guest in named}
    place = [visit.room.name if visit.room else "", mall.name, mall.address]
    return Invitation(
        uid=f"kunjungan-{visit.pk}@{mall.slug}.gerai",
        sequence=visit.sequence,
        stamp=visit.changed_at,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        zone=mall.zone,
        title=_("Kunjungan studi %(institution)s ke %(mall)s")
        % {"institution": visit.relation.institution, "mall": mall.name},
        place=", ".join(part for part in place if part),
        words=_("Nomor permohonan %(reference)s.") % {"reference": visit.reference},
        organizer=mall.name,
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        url=page,
        attendees=tuple((name, address) for address, name in attendees.items()),
        is_cancelled=visit.state == State.CANCELLED,
    )
