"""One part of a blueprint written as the mall's own row, through the rooms that own the rows."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from gerai.blueprint.reading import FilePart
from gerai.directory.actions import taking as directory
from gerai.directory.actions.calendar import write_week
from gerai.directory.actions.facilities import write_facility, write_guide
from gerai.directory.catalogue.durations import Duration
from gerai.directory.catalogue.entries import Promise, Requirement
from gerai.directory.catalogue.fees import Fee
from gerai.directory.catalogue.texts import same_code, shown
from gerai.directory.hours import DayHours
from gerai.directory.models import (
    MANAGING,
    Agency,
    Agreement,
    AgreementState,
    Counter,
    Floor,
    Service,
    Zone,
)
from gerai.directory.rules import Place
from gerai.errors import Refused
from gerai.people import audit
from gerai.queue.actions import taking as queue
from gerai.queue.actions.rule import write_rule
from gerai.queue.models import Line
from gerai.transactions import inside_transaction
from gerai.ui.icons import NAMES

Content = dict[str, Any]
PLAIN_ICON = "building"
_TEXTS = (
    "product",
    "validity",
    "complaints",
    *MANAGING,
    "decree_number",
    "verification",
    "source",
)


class Missing(Refused):
    """A part refers to something that the mall does not have."""

    message = _("Bagian ini merujuk bagian lain yang belum ada di mal ini.")


class Clash(Refused):
    """A part says something that the mall's own rows forbid."""

    message = _("Bagian ini bertentangan dengan isi mal ini.")


class HoursOutOfOrder(Refused):
    """A day closes before it opens, a break lies outside it, or it says two things."""

    message = _("Jamnya tidak berurutan: buka harus sebelum tutup, satu kali untuk setiap hari.")
    status = 400


class Writer:
    """Writes parts into the mall in scope; knows its rows by code, once loaded.

    is_active: whether new agencies, services and lines take part at once.
    """

    def __init__(self, *, by: audit.Actor, is_active: bool) -> None:
        self.by = by
        self.is_active = is_active
        self.agencies = {same_code(each.code): each for each in Agency.objects.all()}
        self.services = {same_code(each.code): each for each in Service.objects.all()}
        self.lines = {each.code: each for each in Line.objects.all()}
        self.floors = {each.number: each for each in Floor.objects.all()}
        self.zones = {each.code: each for each in Zone.objects.all()}
        self.counters = {each.code: each for each in Counter.objects.all()}
        # Zones of one file may stand as they stood in the model; those here already may not be
        # drawn over.
        self.own_zones = frozenset(zone.pk for zone in self.zones.values())

    @inside_transaction
    def write(self, part: FilePart) -> None:
        """Write one part.

        :raises Refused: it refers to what is not there, or clashes with what is
        """
        ways: dict[str, Callable[[str, Content], None]] = {
            "hours": self._hours,
            "call_rule": self._call_rule,
            "agency": self._agency,
            "service": self._service,
            "line": self._line,
            "floor": self._floor,
            "zone": self._zone,
            "counter": self._counter,
            "agency_hours": self._agency_hours,
            "agreement": self._agreement,
            "facility": self._facility,
            "guide": self._guide,
        }
        ways[part.kind](part.key, part.content)

    @inside_transaction
    def settle(self) -> None:
        """Let readers and screens know, once everything is written."""
        directory.settle()
        queue.settle()

    def _hours(self, _key: str, said: Content) -> None:
        write_week(None, _week(said), by=self.by)
        directory.take_joint_leave(closes=said["joint_leave_closes"], by=self.by)

    def _call_rule(self, _key: str, said: Content) -> None:
        write_rule(said, by=self.by)

    def _agency(self, key: str, said: Content) -> None:
        standing = self.agencies.get(same_code(key))
        icon = said["icon"] if said["icon"] in NAMES else PLAIN_ICON
        self.agencies[same_code(key)] = directory.take_agency(
            standing, code=key, said=said | {"icon": icon}, is_active=self.is_active, by=self.by
        )

    def _service(self, key: str, said: Content) -> None:
        agency = self._agency_of(said["agency"])
        standing = self.services.get(same_code(key))
        if standing is not None and standing.agency_id != agency.pk:
            raise Clash(
                translated("Kode “%(code)s” di mal ini milik layanan instansi lain.")
                % {"code": shown(key)}
            )
        standard = said["standard"]
        self.services[same_code(key)] = directory.take_service(
            standing,
            agency=agency,
            code=key,
            name=said["name"],
            promise=promise_of(standard) if standard else None,
            is_active=self.is_active,
            by=self.by,
        )

    def _line(self, key: str, said: Content) -> None:
        agency = self._agency_of(said["agency"])
        standing = self.lines.get(key)
        if standing is not None and standing.agency_id != agency.pk:
            raise Clash(
                translated("Huruf antrean “%(code)s” di mal ini milik instansi lain.")
                % {"code": shown(key)}
            )
        services = [self._service_of(code) for code in said["services"]]
        self.lines[key] = queue.take_line(
            standing,
            agency=agency,
            code=key,
            name=said["name"],
            usual_minutes=said["usual_minutes"],
            services=services,
            is_active=self.is_active,
            by=self.by,
        )

    def _floor(self, key: str, said: Content) -> None:
        number = int(key)
        self.floors[number] = directory.take_floor(
            self.floors.get(number), number=number, name=said["name"], by=self.by
        )

    def _zone(self, key: str, said: Content) -> None:
        floor = self.floors.get(said["floor"])
        if floor is None:
            raise Missing(
                translated("Lantai %(floor)s belum ada di mal ini. Ambil juga lantainya.")
                % {"floor": said["floor"]}
            )
        self.zones[key] = directory.take_zone(
            self.zones.get(key),
            floor=floor,
            code=key,
            name=said["name"],
            place=_place(said),
            beside=self.own_zones,
            by=self.by,
        )

    def _counter(self, key: str, said: Content) -> None:
        zone = self.zones.get(said["zone"])
        if zone is None:
            raise Missing(
                translated("Zona “%(zone)s” belum ada di mal ini. Ambil juga zonanya.")
                % {"zone": shown(said["zone"])}
            )
        self.counters[key] = directory.take_counter(
            self.counters.get(key),
            zone=zone,
            code=key,
            position=said["position"],
            place=_place(said),
            seats={self._agency_of(seat["agency"]): seat["weekdays"] for seat in said["seats"]},
            by=self.by,
        )

    def _agency_hours(self, key: str, said: Content) -> None:
        write_week(self._agency_of(key), _week(said), by=self.by)

    def _agreement(self, key: str, said: Content) -> None:
        agency = self._agency_of(key)
        open_ones = Agreement.objects.filter(agency=agency).exclude(state=AgreementState.ENDED)
        unsigned = open_ones.exclude(state=AgreementState.SIGNED).order_by("-pk").first()
        if unsigned is None and open_ones.exists():
            raise Clash(
                translated(
                    "Perjanjian dengan %(agency)s sudah ditandatangani. Rencanakan dahulu "
                    "perjanjian berikutnya."
                )
                % {"agency": agency.short_name}
            )
        directory.take_agreement(unsigned, agency=agency, by=self.by, **said)

    def _facility(self, key: str, said: Content) -> None:
        write_facility(code=key, said=said, by=self.by)

    def _guide(self, key: str, said: Content) -> None:
        write_guide(code=key, said=said, by=self.by)

    def _agency_of(self, code: str) -> Agency:
        found = self.agencies.get(same_code(code))
        if found is None:
            raise Missing(
                translated("Instansi “%(code)s” belum ada di mal ini. Ambil juga instansinya.")
                % {"code": shown(code)}
            )
        return found

    def _service_of(self, code: str) -> Service:
        found = self.services.get(same_code(code))
        if found is None:
            raise Missing(
                translated("Layanan “%(code)s” belum ada di mal ini. Ambil juga layanannya.")
                % {"code": shown(code)}
            )
        return found


def promise_of(said: Content) -> Promise:
    """Return what a standard of a file promises."""
    valid_from = said["valid_from"]
    duration, fee = said["duration"], said["fee"]
    return Promise(
        requirements=tuple(Requirement(**need) for need in said["requirements"]),
        procedure=tuple(said["procedure"]),
        duration=Duration(duration["text"], duration["least"], duration["most"], duration["unit"]),
        fee=Fee(fee["text"], fee["rupiah"]),
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        **{name: said[name] for name in _TEXTS},
    )


def _week(said: Content) -> dict[int, DayHours]:
    """Return the hours of a week.

    :raises HoursOutOfOrder: a day stands there twice, or its times do not follow each other
    """
    breaks: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for pause in said["breaks"]:
        starts, ends = time.fromisoformat(pause["starts"]), time.fromisoformat(pause["ends"])
        breaks[pause["weekday"]].append((starts, ends))
    week: dict[int, DayHours] = {}
    for day in said["days"]:
        weekday, last = day["weekday"], day["last_ticket"]
        if weekday in week:
            raise HoursOutOfOrder
        try:
            week[weekday] = DayHours(
                time.fromisoformat(day["opens"]),
                time.fromisoformat(day["closes"]),
                time.fromisoformat(last) if last else None,
                tuple(sorted(breaks.pop(weekday, ()))),
            )
        except ValueError:
            raise HoursOutOfOrder from None
    if breaks:
        raise HoursOutOfOrder
    return week


def _place(said: Content) -> Place:
    return Place(said["x"], said["y"], said["width"], said["height"])
