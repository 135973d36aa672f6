"""Floors, zones and counters: added, changed, moved, and removed where they are empty."""

from collections.abc import Sequence

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Counter, Floor, Zone
from gerai.directory.queries import place_of
from gerai.directory.rules import SHEET, Place, free_seats
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as

PLACE = ("x", "y", "width", "height")


class FloorTaken(Refused):
    """Another floor of the mall has this number."""

    message = _("Nomor lantai ini sudah dipakai. Pilih nomor lain.")


class ZoneTaken(Refused):
    """Another zone of the mall has this code."""

    message = _("Kode zona ini sudah dipakai. Pilih kode lain.")


class CounterCodeTaken(Refused):
    """Another counter of the mall has this code."""

    message = _("Kode loket ini sudah dipakai. Pilih kode lain.")


class NotEmpty(Refused):
    """Something stands there still, or the record names it."""

    message = _(
        "Bagian gedung ini belum kosong atau sudah punya riwayat, jadi tidak dapat dihapus. "
        "Pindahkan isinya dahulu, atau ganti namanya."
    )


class OffTheSheet(Refused):
    """The place is beyond the sheet of the plan."""

    message = _("Letaknya melewati tepi denah (lebar 1000, tinggi 600). Perkecil atau geser.")
    status = 400


class OverAnother(Refused):
    """Another zone of the floor is drawn there."""

    message = _("Letaknya menindih zona lain di lantai ini. Geser atau perkecil zonanya.")


class ZoneFull(Refused):
    """The counters do not fit into the zone."""

    message = _("Loket sebanyak itu tidak muat di zona ini. Besarkan dahulu zonanya.")


class PlaceGone(Refused):
    """Somebody else removed it meanwhile."""

    message = _("Bagian gedung ini sudah dihapus orang lain. Muat ulang denahnya.")


@refused_as(FloorTaken)
@one_transaction
def add_floor(*, number: int, name: str, by: audit.Actor) -> Floor:
    """Add a floor to the building.

    :raises FloorTaken: another floor has this number
    """
    if Floor.objects.filter(number=number).exists():
        raise FloorTaken
    floor: Floor = Floor.objects.create(mall=current_mall(), number=number, name=name)
    _told("directory.add_floor", f"floor:{floor.pk}", by, number=number)
    return floor


@refused_as(FloorTaken)
@one_transaction
def change_floor(floor: Floor, *, number: int, name: str, by: audit.Actor) -> None:
    """Give a floor another number or name.

    :raises FloorTaken: another floor has this number
    :raises PlaceGone: it was removed meanwhile
    """
    if Floor.objects.filter(number=number).exclude(pk=floor.pk).exists():
        raise FloorTaken
    if not Floor.objects.filter(pk=floor.pk).update(number=number, name=name):
        raise PlaceGone
    _told("directory.change_floor", f"floor:{floor.pk}", by, number=number)


@refused_as(NotEmpty)
@one_transaction
def remove_floor(floor: Floor, *, by: audit.Actor) -> None:
    """Remove a floor without zones.

    :raises NotEmpty: a zone is on it
    """
    key = floor.pk
    Floor.objects.filter(pk=key).delete()
    _told("directory.remove_floor", f"floor:{key}", by, number=floor.number)


@refused_as(ZoneTaken)
@one_transaction
def add_zone(floor: Floor, *, code: str, name: str, place: Place, by: audit.Actor) -> Zone:
    """Add a zone to a floor.

    :raises ZoneTaken: another zone of the mall has this code
    :raises OffTheSheet: the place is beyond the sheet
    :raises OverAnother: another zone is drawn there
    """
    if Zone.objects.filter(code=code).exists():
        raise ZoneTaken
    check_place(floor, place, Zone.objects.all())
    zone: Zone = Zone.objects.create(
        mall=current_mall(), floor=floor, code=code, name=name, **vars(place)
    )
    _told("directory.add_zone", f"zone:{zone.pk}", by, code=code)
    return zone


@refused_as(ZoneTaken)
@one_transaction
def change_zone(zone: Zone, *, code: str, name: str, place: Place, by: audit.Actor) -> None:
    """Give a zone another code, name or place; its counters move with it.

    Counters that a smaller zone would leave outside are set in rows anew.

    :raises ZoneTaken: another zone of the mall has this code
    :raises OffTheSheet: the place is beyond the sheet
    :raises OverAnother: another zone is drawn there
    :raises ZoneFull: the counters do not fit into the smaller zone
    :raises PlaceGone: it was removed meanwhile
    """
    if Zone.objects.filter(code=code).exclude(pk=zone.pk).exists():
        raise ZoneTaken
    place_zone(
        zone, zone.floor, code=code, name=name, place=place, beside=Zone.objects.all(), by=by
    )
    publish("directory.change_zone")


@inside_transaction
def place_zone(
    zone: Zone,
    floor: Floor,
    *,
    code: str,
    name: str,
    place: Place,
    beside: QuerySet[Zone],
    by: audit.Actor,
) -> Zone:
    """Change a zone and move its counters with it, as part of a larger change.

    beside: the zones that it may not be drawn over.

    :raises OffTheSheet: the place is beyond the sheet
    :raises OverAnother: one of those zones is drawn there
    :raises ZoneFull: the counters do not fit into the smaller zone
    :raises PlaceGone: it was removed meanwhile
    """
    standing: Zone | None = Zone.objects.select_for_update().filter(pk=zone.pk).first()
    if standing is None:
        raise PlaceGone
    before = place_of(standing)
    if before != place or standing.floor_id != floor.pk:
        check_place(floor, place, beside.exclude(pk=zone.pk))
        _move_counters(standing, before, place)
    said = {"floor": floor, "code": code, "name": name, **vars(place)}
    Zone.objects.filter(pk=zone.pk).update(**said)
    audit.record("directory.change_zone", thing=f"zone:{zone.pk}", by=by, code=code)
    for part, value in said.items():
        setattr(standing, part, value)
    return standing


@refused_as(NotEmpty)
@one_transaction
def remove_zone(zone: Zone, *, by: audit.Actor) -> None:
    """Remove a zone without counters.

    :raises NotEmpty: a counter or a screen belongs to it, or calls were made there
    """
    key = zone.pk
    Zone.objects.filter(pk=key).delete()
    _told("directory.remove_zone", f"zone:{key}", by, code=zone.code)


@refused_as(CounterCodeTaken)
@one_transaction
def add_counters(zone: Zone, codes: Sequence[str], *, by: audit.Actor) -> list[Counter]:
    """Add counters to a zone, in rows where it has room.

    :raises CounterCodeTaken: another counter of the mall has one of the codes
    :raises ZoneFull: they do not fit into the zone
    :raises PlaceGone: the zone was removed meanwhile
    """
    taken = sorted(Counter.objects.filter(code__in=codes).values_list("code", flat=True))
    if taken:
        told = ", ".join(taken)
        raise CounterCodeTaken(_("Loket %(codes)s sudah ada. Pilih kode lain.") % {"codes": told})
    standing = Zone.objects.select_for_update().filter(pk=zone.pk).first()
    if standing is None:
        raise PlaceGone
    places = _make_room(standing, len(codes))
    highest = Counter.objects.aggregate(Max("position"))["position__max"] or 0
    made = [
        Counter.objects.create(
            mall=current_mall(), zone=zone, code=code, position=position, **vars(place)
        )
        for position, (code, place) in enumerate(zip(codes, places, strict=True), start=highest + 1)
    ]
    _told("directory.add_counters", f"zone:{zone.pk}", by, codes=list(codes))
    return made


@refused_as(CounterCodeTaken)
@one_transaction
def change_counter(counter: Counter, *, code: str, zone: Zone, by: audit.Actor) -> None:
    """Give a counter another code, or move it to a free place in another zone.

    :raises CounterCodeTaken: another counter of the mall has this code
    :raises ZoneFull: the other zone has no room
    """
    if Counter.objects.filter(code=code).exclude(pk=counter.pk).exists():
        raise CounterCodeTaken
    changes: dict[str, object] = {"code": code}
    if zone.pk != counter.zone_id:
        place = _make_room(zone, 1)[0]
        changes |= {"zone": zone, **vars(place)}
    Counter.objects.filter(pk=counter.pk).update(**changes)
    _told("directory.change_counter", f"counter:{counter.pk}", by, code=code, zone=zone.code)


def check_place(floor: Floor, place: Place, beside: QuerySet[Zone]) -> None:
    """Check that a zone may be drawn at a place of a floor, beside these others.

    :raises OffTheSheet: the place is beyond the sheet
    :raises OverAnother: one of those zones is drawn there
    """
    if not SHEET.holds(place):
        raise OffTheSheet
    if any(place.meets(place_of(other)) for other in beside.filter(floor=floor)):
        raise OverAnother


@inside_transaction
def _move_counters(zone: Zone, before: Place, after: Place) -> None:
    counters = list(Counter.objects.filter(zone=zone).order_by("position", "code"))
    across, down = after.x - before.x, after.y - before.y
    places = [place_of(counter).beside(across, down) for counter in counters]
    if not all(after.holds(place) for place in places):
        places = _anew(after, len(counters))
    _set(counters, places)


@inside_transaction
def _make_room(zone: Zone, count: int) -> list[Place]:
    """Return places for more counters of a zone, those that stand there made smaller if need be."""
    counters = list(Counter.objects.filter(zone=zone).order_by("position", "code"))
    free = free_seats(place_of(zone), [place_of(counter) for counter in counters], count)
    if free is not None:
        return free
    anew = _anew(place_of(zone), len(counters) + count)
    _set(counters, anew[: len(counters)])
    return anew[len(counters) :]


def _anew(zone: Place, count: int) -> list[Place]:
    places = free_seats(zone, [], count)
    if places is None:
        raise ZoneFull
    return places


@inside_transaction
def _set(counters: Sequence[Counter], places: Sequence[Place]) -> None:
    for counter, place in zip(counters, places, strict=True):
        for name, value in vars(place).items():
            setattr(counter, name, value)
    Counter.objects.bulk_update(counters, PLACE)


@inside_transaction
def _told(verb: str, thing: str, by: audit.Actor, **detail: object) -> None:
    audit.record(verb, thing=thing, by=by, **detail)
    publish(verb)
