"""The way along the counters, and what is told at each stop."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.catalogue.texts import slug_of
from gerai.directory.models import Agency, Counter, Floor, Service, Standard
from gerai.malls.scope import current_mall
from gerai.queue.queries.boards import Board, CounterNow, board
from gerai.showcase.models import TourNote
from gerai.showcase.queries.building import waiting_by_agency
from gerai.showcase.queries.decks import tour_notes
from gerai.showcase.queries.slides import Shown
from gerai.showcase.rules import ENTRANCE, Spot, route
from gerai.website.exports.facts import services_shown, standards_in_force
from gerai.website.plan import Load
from gerai.website.queries.lights import agency_lights, lights_of

SERVICES_TOLD = 5
# The hall between the counters lies in the middle of the sheet; a stop's number stands on its
# side of the counter.
HALL = 300
MARK = 62


@dataclass(frozen=True)
class TourCounter:
    """A counter of a stop: drawn on the floor's plan, with who sits there."""

    counter: Counter
    officer: str
    state: str


@dataclass(frozen=True)
class Stop:
    """An agency at its counters in one zone, and the way to it from the stop before."""

    number: int
    agency: Agency
    slug: str
    floor: Floor
    zone: str
    counters: tuple[TourCounter, ...]
    services: tuple[Service, ...]
    more_services: int
    waiting: int
    load: Load
    is_open: bool
    is_paused: bool
    note: TourNote | None
    asked: Service | None
    promise: Standard | None
    x: int
    y: int
    path: str
    comes_from: str

    @property
    def codes(self) -> str:
        """Return the codes of its counters."""
        return ", ".join(each.counter.code for each in self.counters)


@dataclass(frozen=True)
class TourFloor:
    """A floor with its stops."""

    floor: Floor
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Tour:
    """Every stop in the order of the walk."""

    at: datetime
    stops: tuple[Stop, ...]
    plans: dict[int, tuple[Counter, ...]]

    @property
    def floors(self) -> list[TourFloor]:
        """Return the stops by floor."""
        found: dict[int, list[Stop]] = {}
        for stop in self.stops:
            found.setdefault(stop.floor.pk, []).append(stop)
        return [TourFloor(stops[0].floor, tuple(stops)) for stops in found.values()]


def tour() -> Tour:
    """Return the walk along the agencies that sit in the mall today."""
    moment = clock.now()
    now = board()
    groups: dict[tuple[int, int], list[CounterNow]] = {}
    for each in now.counters:
        for agency in each.agencies:
            groups.setdefault((each.counter.zone_id, agency.pk), []).append(each)
    keys = list(groups)
    spots = [_spot(number, groups[key]) for number, key in enumerate(keys)]
    walk = [keys[number] for number in route(spots)]
    told = _Told(now)
    stops: list[Stop] = []
    for number, key in enumerate(walk, start=1):
        stop = told.stop(number, key[1], groups[key])
        before = stops[-1] if stops and stops[-1].floor == stop.floor else None
        stops.append(_reached(stop, before, is_first=not stops))
    plans: dict[int, list[Counter]] = {}
    for each in now.counters:
        plans.setdefault(each.counter.zone.floor_id, []).append(each.counter)
    return Tour(moment, tuple(stops), {key: tuple(found) for key, found in plans.items()})


class _Told:
    """What is known of the agencies, read once for all stops."""

    def __init__(self, now: Board) -> None:
        self.waiting = waiting_by_agency(now)
        self.lights = agency_lights(lights_of(now))
        self.notes = tour_notes()
        self.agencies = {agency.pk: agency for each in now.counters for agency in each.agencies}
        shown = services_shown()
        today = clock.local_day(clock.now(), current_mall().zone)
        self.standards = standards_in_force(shown, today)
        self.services: dict[int, list[Service]] = {}
        for service in shown:
            self.services.setdefault(service.agency_id, []).append(service)

    def stop(self, number: int, agency_key: int, counters: list[CounterNow]) -> Stop:
        agency = self.agencies[agency_key]
        services = self.services.get(agency_key, [])
        asked = next(
            (each for each in services if self._duration(each)), services[0] if services else None
        )
        open_here = sum(each.state in {"serving", "called", "open"} for each in counters)
        middle_x, middle_y = _middle(counters)
        zone = counters[0].counter.zone
        return Stop(
            number=number,
            agency=agency,
            slug=slug_of(agency.code),
            floor=zone.floor,
            zone=f"{zone.code} {zone.name}",
            counters=tuple(
                TourCounter(each.counter, each.desk.officer.name if each.desk else "", each.state)
                for each in counters
            ),
            services=tuple(services[:SERVICES_TOLD]),
            more_services=max(len(services) - SERVICES_TOLD, 0),
            waiting=self.waiting.get(agency_key, 0),
            load=self.lights[agency_key].load if agency_key in self.lights else Load.CALM,
            is_open=open_here > 0,
            is_paused=any(each.state == "paused" for each in counters),
            note=self.notes.get(agency_key),
            asked=asked,
            promise=self.standards.get(asked.pk) if asked else None,
            x=round(middle_x),
            y=round(middle_y) + (MARK if middle_y < HALL else -MARK),
            path="",
            comes_from="",
        )

    def _duration(self, service: Service) -> str:
        standard = self.standards.get(service.pk)
        return standard.duration_text if standard else ""


def _spot(number: int, counters: list[CounterNow]) -> Spot:
    x, y = _middle(counters)
    counter = counters[0].counter
    return Spot(number, counter.zone.floor.number, counter.zone_id, x, y)


def _middle(counters: list[CounterNow]) -> tuple[float, float]:
    rows = [each.counter for each in counters]
    return (
        sum(row.x + row.width / 2 for row in rows) / len(rows),
        sum(row.y + row.height / 2 for row in rows) / len(rows),
    )


def _reached(stop: Stop, before: Stop | None, *, is_first: bool) -> Stop:
    """Draw the way from the stop before; on a new floor it begins where the stairs are."""
    from_x, from_y = (before.x, before.y) if before else (round(ENTRANCE[0]), 590)
    hall = HALL if abs(from_y - stop.y) > 1 or before is None else _aside(stop.y)
    path = f"M{from_x} {from_y}C{from_x} {hall} {stop.x} {hall} {stop.x} {stop.y}"
    comes_from = "door" if is_first else "" if before else "stairs"
    return replace(stop, path=path, comes_from=comes_from)


def _aside(y: int) -> int:
    return y + 70 if y < HALL else y - 70


def tour_slides() -> list[Shown]:
    """Return the walk as slides: the whole of it first, then each stop."""
    whole = tour()
    overview = Shown(
        key="s1",
        kind="walk",
        label=str(_("Tur loket")),
        title="",
        text="",
        notes=str(_("Ajak rombongan berkumpul di pintu masuk.")),
        data=whole,
    )
    return [overview, *(_stop_slide(stop, whole) for stop in whole.stops)]


def tour_outline() -> list[Shown]:
    """Return the walk for a phone: names, and what to say."""
    return tour_slides()


def _stop_slide(stop: Stop, whole: Tour) -> Shown:
    after = next((each for each in whole.stops if each.number == stop.number + 1), None)
    note = f"{stop.note.question}\n{stop.note.answer}" if stop.note else ""
    return Shown(
        key=f"s{stop.number + 1}",
        kind="stop",
        label=f"{stop.number}. {stop.agency.short_name}",
        title="",
        text="",
        notes=note,
        data=StopPicture(stop, after, whole.plans[stop.floor.pk], len(whole.stops)),
    )


@dataclass(frozen=True)
class StopPicture:
    """A stop with the plan of its floor and the stop after it."""

    stop: Stop
    after: Stop | None
    plan: tuple[Counter, ...]
    count: int
