"""The living directory of the floors: who sits where today, and how busy it is there."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gerai.directory import queries as directory
from gerai.directory.catalogue.texts import slug_of
from gerai.directory.hours import Opening, Reason
from gerai.directory.models import Agency, Counter, Floor, Service, Zone
from gerai.queue.queries.boards import CounterNow, board
from gerai.queue.queries.choices import service_choices
from gerai.search.queries import find
from gerai.ui.signs import Sign
from gerai.website.plan import Load, Part, names_on, part_of_sheet
from gerai.website.queries.agencies import agency_with
from gerai.website.queries.lights import SIGNS as LIGHTS
from gerai.website.queries.lights import agency_lights, lights_of
from gerai.website.queries.services import service_with, services_with, waiting_of

FOUND_SHOWN = 8

MARGIN = 14

# The states of a counter.
SIGNS: dict[str, Sign] = {
    **LIGHTS,
    "paused": Sign("is-paused", "player-pause", gettext_lazy("Jeda")),
    "empty": Sign("is-waiting", "armchair", gettext_lazy("Belum ada petugas")),
    "closed": Sign("is-closed", "door", gettext_lazy("Tutup")),
    "unused": Sign("is-cancelled", "minus", gettext_lazy("Tidak dipakai")),
}
SHORT_WORDS = {"empty": gettext_lazy("Kosong"), "unused": gettext_lazy("Kosong")}

ACROSS = {
    Part.LEFT: gettext_lazy("kiri"),
    Part.MIDDLE: gettext_lazy("tengah"),
    Part.RIGHT: gettext_lazy("kanan"),
}
DOWN = {Part.UPPER: gettext_lazy("atas"), Part.LOWER: gettext_lazy("bawah")}


@dataclass(frozen=True)
class Seat:
    """A counter today. waiting: people in the lines of the agencies that sit there."""

    counter: Counter
    agencies: tuple[Agency, ...]
    state: str
    waiting: int
    is_found: bool

    @property
    def sign(self) -> Sign:
        """Return how the state is shown."""
        return SIGNS[self.state]

    @property
    def short_word(self) -> object:
        """Return the state in a word that fits into the drawing."""
        return SHORT_WORDS.get(self.state, self.sign.word)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is called or could be."""
        return self.state in set(Load)

    @property
    def line(self) -> str:
        """Return the agencies in one line that fits into the drawing."""
        names = [agency.short_name for agency in self.agencies]
        return names_on(self.counter.width, names)


@dataclass(frozen=True)
class ZoneNow:
    """A zone with its counters; its name where none hides it in the drawing."""

    zone: Zone
    label: directory.places.ZoneLabel
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class FloorNow:
    """A floor as it is drawn and listed."""

    floor: Floor
    zones: tuple[ZoneNow, ...]

    @property
    def seats(self) -> list[Seat]:
        """Return the counters of all its zones."""
        return [seat for zone in self.zones for seat in zone.seats]

    @property
    def view(self) -> str:
        """Return the part of the sheet that its zones take, with a margin, as an SVG viewBox."""
        rows = [zone.zone for zone in self.zones]
        left, top = min(row.x for row in rows), min(row.y for row in rows)
        width = max(row.x + row.width for row in rows) - left
        height = max(row.y + row.height for row in rows) - top
        return f"{left - MARGIN} {top - MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}"

    @property
    def counters_open(self) -> int:
        """Return how many counters somebody sits at."""
        return sum(seat.is_open for seat in self.seats)


@dataclass(frozen=True)
class Way:
    """The way to an agency in one zone, as far as the mall's rows know it."""

    zone: Zone
    seats: tuple[Seat, ...]

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        middle_x = sum(seat.counter.x + seat.counter.width / 2 for seat in self.seats)
        middle_y = sum(seat.counter.y + seat.counter.height / 2 for seat in self.seats)
        across, down = part_of_sheet(middle_x / len(self.seats), middle_y / len(self.seats))
        told = {
            "floor": self.zone.floor.name,
            "zone": f"{self.zone.code} {self.zone.name}",
            "counters": and_joined([seat.counter.code for seat in self.seats]),
            "across": ACROSS[across],
            "down": DOWN[down],
        }
        return (
            _("%(floor)s, zona %(zone)s, loket %(counters)s: pada denah di %(across)s %(down)s.")
            % told
        )


@dataclass(frozen=True)
class FoundService:
    """A service that was found, with its place in the address."""

    service: Service
    slug: str


@dataclass(frozen=True)
class Target:
    """What is looked for on the plan: one agency for sure, or several services to choose from."""

    words: str = ""
    service: Service | None = None
    agency: Agency | None = None
    several: tuple[FoundService, ...] = ()
    is_missing: bool = False

    @property
    def agencies(self) -> set[int]:
        """Return the keys of the agencies whose counters are shown."""
        if self.agency is not None:
            return {self.agency.pk}
        return {each.service.agency_id for each in self.several}

    @property
    def service_slug(self) -> str:
        """Return the service's place in the address."""
        return slug_of(self.service.code) if self.service else ""

    @property
    def agency_slug(self) -> str:
        """Return the agency's place in the address."""
        return slug_of(self.agency.code) if self.agency else ""


@dataclass(frozen=True)
class Floors:
    """The mall at one moment, with the way to what is looked for."""

    floors: tuple[FloorNow, ...]
    ways: tuple[Way, ...]


def target_of(moment: datetime, words: str = "", *, service: str = "", agency: str = "") -> Target:
    """Return what somebody looks for: by the address of a service or agency, else by words."""
    if service:
        chosen = service_with(service)
        if chosen is None:
            return Target(words=words, is_missing=True)
        return Target(words=words, service=chosen, agency=chosen.agency)
    if agency:
        whose = agency_with(agency)
        return Target(words=words, agency=whose, is_missing=whose is None)
    if not words:
        return Target()
    found = _services_found(words, moment)
    if len(found) == 1:
        return Target(words=words, service=found[0], agency=found[0].agency)
    return Target(
        words=words,
        several=tuple(FoundService(each, slug_of(each.code)) for each in found),
        is_missing=not found,
    )


def floors_now(moment: datetime, target: Target) -> Floors:
    """Return every floor with its counters now, those of what is looked for marked."""
    now = board()
    agencies = {agency.pk: agency for counter in now.counters for agency in counter.agencies}
    seating = _Seating(
        openings=directory.openings_of(agencies.values(), moment),
        waiting=waiting_of(now),
        loads={key: light.load for key, light in agency_lights(lights_of(now)).items()},
        wanted=target.agencies,
    )
    seats: dict[int, list[Seat]] = defaultdict(list)
    for counter in now.counters:
        seats[counter.counter.zone_id].append(seating.seat(counter))
    floors = [_floor_now(floor, seats) for floor in Floor.objects.order_by("number")]
    return Floors(
        floors=tuple(floor for floor in floors if floor.zones),
        ways=_ways(floors, target.agency) if target.agency else (),
    )


def legend() -> list[Sign]:
    """Return how every state that a counter may be in is shown."""
    return list(SIGNS.values())


def and_joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> and_joined(["1", "2", "3"])
    '1, 2, dan 3'
    """
    *others, last = words or [""]
    match others:
        case []:
            return last
        case [first]:
            return _("%(first)s dan %(last)s") % {"first": first, "last": last}
        case _many:
            return _("%(others)s, dan %(last)s") % {"others": ", ".join(others), "last": last}


@dataclass(frozen=True)
class _Seating:
    """What decides about the state of a counter."""

    openings: dict[int, Opening]
    waiting: Tally[int]
    loads: dict[int, Load]
    wanted: set[int]

    def seat(self, counter: CounterNow) -> Seat:
        """Return a counter as visitors see it."""
        keys = [agency.pk for agency in counter.agencies]
        return Seat(
            counter=counter.counter,
            agencies=counter.agencies,
            state=self._state(counter, [self.loads.get(key, Load.CALM) for key in keys]),
            waiting=sum(self.waiting[key] for key in keys),
            is_found=any(key in self.wanted for key in keys),
        )

    def _state(self, counter: CounterNow, loads: list[Load]) -> str:
        match counter.state:
            case "paused" | "unused" | "closed":
                return counter.state
            case "empty":
                is_over = all(self._is_closed(agency) for agency in counter.agencies)
                return "closed" if is_over else "empty"
            case _open:
                order = list(Load)
                return max(loads, key=order.index, default=Load.CALM)

    def _is_closed(self, agency: Agency) -> bool:
        opening = self.openings[agency.pk]
        return not opening.is_open and opening.reason is not Reason.BREAK


def _floor_now(floor: Floor, seats: dict[int, list[Seat]]) -> FloorNow:
    plan = directory.floor_plan(floor)
    return FloorNow(
        floor,
        tuple(
            ZoneNow(zone, label, tuple(seats[zone.pk]))
            for zone, label in zip(plan.zones, plan.labels, strict=True)
        ),
    )


def _ways(floors: Sequence[FloorNow], agency: Agency) -> tuple[Way, ...]:
    ways = []
    for zone in (zone for floor in floors for zone in floor.zones):
        own = tuple(seat for seat in zone.seats if agency in seat.agencies)
        if own:
            ways.append(Way(own[0].counter.zone, own))
    return tuple(ways)


def _services_found(words: str, moment: datetime) -> list[Service]:
    """Return the services that words find, the best first; without an index those named so."""
    hits = find(words, kinds=["service"], per_page=FOUND_SHOWN).hits
    found = services_with([hit.url.rstrip("/").rpartition("/")[2] for hit in hits])
    return found or [each.service for each in service_choices(moment, words=words)][:FOUND_SHOWN]
