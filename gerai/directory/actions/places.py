"""Who sits where: agencies at counters by weekday, officers at agencies."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from gerai.directory.actions.finding import make_findable
from gerai.directory.models import Agency, Counter, CounterShare, Posting
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import Membership, User
from gerai.people.roles import Role, verbs_of
from gerai.transactions import inside_transaction, one_transaction

Seats = Mapping[Agency, Iterable[int]]
"""Agency to the weekdays (0 = Monday) on which it sits at a counter."""


class NotAnOfficer(Refused):
    """Only people who serve at desks of this mall are posted to an agency."""

    message = _(
        "Orang ini bukan petugas di mal ini. Beri perannya dahulu di halaman Orang, "
        "lalu tempatkan lagi."
    )


@one_transaction
def seat(counter: Counter, seats: Seats, *, by: audit.Actor) -> None:
    """Say which agencies sit at a counter on which weekdays, instead of what was said before."""
    write_seats(counter, seats, by=by)
    publish("directory.seat")


@inside_transaction
def write_seats(counter: Counter, seats: Seats, *, by: audit.Actor) -> None:
    """Write who sits at a counter, as part of a larger change."""
    CounterShare.objects.filter(counter=counter).delete()
    CounterShare.objects.bulk_create(
        CounterShare(mall=current_mall(), counter=counter, agency=agency, weekday=weekday)
        for agency, weekdays in seats.items()
        for weekday in sorted(set(weekdays))
    )
    told = {agency.code: sorted(set(weekdays)) for agency, weekdays in seats.items()}
    audit.record("directory.seat", thing=f"counter:{counter.pk}", by=by, seats=told)


@one_transaction
def set_counter_active(counter: Counter, *, is_active: bool, by: audit.Actor) -> None:
    """Take a counter into use, or out of it."""
    Counter.objects.filter(pk=counter.pk).update(is_active=is_active)
    _told("directory.set_counter_active", f"counter:{counter.pk}", by, is_active=is_active)


@one_transaction
def set_agency_active(agency: Agency, *, is_active: bool, by: audit.Actor) -> None:
    """Let an agency take part in the mall, or no longer."""
    Agency.objects.filter(pk=agency.pk).update(is_active=is_active)
    make_findable()
    _told("directory.set_agency_active", f"agency:{agency.pk}", by, is_active=is_active)


@one_transaction
def post(user: User, agency: Agency, *, by: audit.Actor) -> None:
    """Let an officer serve for an agency; once is enough.

    :raises NotAnOfficer: the user may not serve at desks of this mall
    """
    role = Membership.objects.filter(user=user).values_list("role", flat=True).first()
    if role is None or "queue.serve" not in verbs_of(Role(role)):
        raise NotAnOfficer
    Posting.objects.get_or_create(mall=current_mall(), user=user, agency=agency)
    _told("directory.post", f"agency:{agency.pk}", by, user=user.pk)


@one_transaction
def unpost(posting: Posting, *, by: audit.Actor) -> None:
    """Let an officer serve for an agency no longer."""
    Posting.objects.filter(pk=posting.pk).delete()
    _told("directory.unpost", f"agency:{posting.agency_id}", by, user=posting.user_id)


@inside_transaction
def _told(verb: str, thing: str, by: audit.Actor, **detail: object) -> None:
    audit.record(verb, thing=thing, by=by, **detail)
    publish(verb)
