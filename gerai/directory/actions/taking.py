"""Rows that come from another mall's blueprint, each written as part of a larger change.

A row that stands is changed, another one made; `settle` is called once when all are written.
"""

from collections.abc import Collection, Mapping, Sequence

from gerai.directory.actions.agencies import describe_agency, make_agency
from gerai.directory.actions.agreements import UNSIGNED, AgreementGone
from gerai.directory.actions.finding import make_findable
from gerai.directory.actions.places import Seats, write_seats
from gerai.directory.actions.plan import OffTheSheet, ZoneFull, check_place, place_zone
from gerai.directory.actions.standards import write_standard
from gerai.directory.catalogue.entries import Promise
from gerai.directory.models import (
    Agency,
    Agreement,
    AgreementState,
    Counter,
    Floor,
    Service,
    Zone,
)
from gerai.directory.queries import place_of, promise_of, versions_of
from gerai.directory.rules import SHEET, Place
from gerai.live.publish import publish
from gerai.malls import actions as malls
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction


@inside_transaction
def take_agency(
    agency: Agency | None,
    *,
    code: str,
    said: Mapping[str, str],
    is_active: bool,
    by: audit.Actor,
) -> Agency:
    """Make an agency, or describe the one that stands. said: name, short_name, kind, site, icon.

    :raises AgencyGone: it is there no longer
    """
    if agency is not None:
        describe_agency(agency, said={**said, "code": agency.code}, by=by)
        return agency
    return make_agency(code=code, said=said, is_active=is_active, by=by)


@inside_transaction
def take_service(
    service: Service | None,
    *,
    agency: Agency,
    code: str,
    name: str,
    promise: Promise | None,
    is_active: bool,
    by: audit.Actor,
) -> Service:
    """Make a service, or rename the one that stands; a new promise becomes a further version."""
    if service is None:
        service = Service.objects.create(
            mall=current_mall(), agency=agency, code=code, name=name, is_active=is_active
        )
        audit.record("directory.add_service", thing=f"service:{service.pk}", by=by, code=code)
    elif service.name != name:
        Service.objects.filter(pk=service.pk).update(name=name)
        audit.record("directory.change_service", thing=f"service:{service.pk}", by=by, name=name)
    newest = versions_of(service).first()
    if promise is not None and (newest is None or promise_of(newest) != promise):
        write_standard(service, promise, version=newest.version + 1 if newest else 1, by=by)
    return service


@inside_transaction
def take_joint_leave(*, closes: bool, by: audit.Actor) -> None:
    """Say whether joint leave closes the mall."""
    mall = current_mall()
    if mall.joint_leave_closes != closes:
        malls.observe_joint_leave(mall, closes=closes)
        audit.record("malls.observe_joint_leave", thing=f"mall:{mall.pk}", by=by, closes=closes)


@inside_transaction
def take_floor(floor: Floor | None, *, number: int, name: str, by: audit.Actor) -> Floor:
    """Make a floor, or rename the one that stands."""
    if floor is not None:
        Floor.objects.filter(pk=floor.pk).update(name=name)
        audit.record("directory.change_floor", thing=f"floor:{floor.pk}", by=by, number=number)
        return floor
    made: Floor = Floor.objects.create(mall=current_mall(), number=number, name=name)
    audit.record("directory.add_floor", thing=f"floor:{made.pk}", by=by, number=number)
    return made


@inside_transaction
def take_zone(
    zone: Zone | None,
    *,
    floor: Floor,
    code: str,
    name: str,
    place: Place,
    beside: Collection[int],
    by: audit.Actor,
) -> Zone:
    """Make a zone, or change the one that stands; its counters move with it.

    beside: keys of the zones that it may not be drawn over.

    :raises OffTheSheet: the place is beyond the sheet
    :raises OverAnother: one of those zones is drawn there
    :raises ZoneFull: the counters do not fit into the smaller zone
    :raises PlaceGone: it was removed meanwhile
    """
    others = Zone.objects.filter(pk__in=beside)
    if zone is not None:
        return place_zone(zone, floor, code=code, name=name, place=place, beside=others, by=by)
    check_place(floor, place, others)
    made: Zone = Zone.objects.create(
        mall=current_mall(), floor=floor, code=code, name=name, **vars(place)
    )
    audit.record("directory.add_zone", thing=f"zone:{made.pk}", by=by, code=code)
    return made


@inside_transaction
def take_counter(
    counter: Counter | None,
    *,
    zone: Zone,
    code: str,
    position: int,
    place: Place,
    seats: Seats,
    by: audit.Actor,
) -> Counter:
    """Make a counter, or move the one that stands; seat the agencies there.

    :raises OffTheSheet: the place is beyond the sheet
    :raises ZoneFull: the place is not wholly within the zone
    """
    if not SHEET.holds(place):
        raise OffTheSheet
    if not place_of(zone).holds(place):
        raise ZoneFull
    if counter is not None:
        Counter.objects.filter(pk=counter.pk).update(zone=zone, position=position, **vars(place))
        audit.record(
            "directory.change_counter",
            thing=f"counter:{counter.pk}",
            by=by,
            code=code,
            zone=zone.code,
        )
    else:
        counter = Counter.objects.create(
            mall=current_mall(), zone=zone, code=code, position=position, **vars(place)
        )
        audit.record("directory.add_counters", thing=f"zone:{zone.pk}", by=by, codes=[code])
    write_seats(counter, seats, by=by)
    return counter


@inside_transaction
def take_agreement(
    agreement: Agreement | None,
    *,
    agency: Agency,
    duty_days: Sequence[int],
    officers: int,
    agency_brings: str,
    operator_brings: str,
    by: audit.Actor,
) -> None:
    """Plan an agreement after a pattern, or change what an unsigned one says of the work.

    :raises AgreementGone: somebody signed or removed it meanwhile
    """
    said = {
        "duty_days": sorted(set(duty_days)),
        "officers": officers,
        "agency_brings": agency_brings,
        "operator_brings": operator_brings,
    }
    if agreement is not None:
        standing = Agreement.objects.filter(pk=agreement.pk, state__in=UNSIGNED)
        if not standing.update(**said):
            raise AgreementGone
        audit.record(
            "directory.change_agreement",
            thing=f"agreement:{agreement.pk}",
            by=by,
            state=agreement.state,
        )
        return
    made = Agreement.objects.create(
        mall=current_mall(), agency=agency, state=AgreementState.PLANNED, **said
    )
    audit.record(
        "directory.plan_agreement", thing=f"agreement:{made.pk}", by=by, agency=agency.code
    )


@inside_transaction
def settle() -> None:
    """Let readers find, and screens show, what was written."""
    make_findable()
    publish("directory.take")
