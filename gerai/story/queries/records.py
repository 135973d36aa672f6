"""A day as the tickets, steps and desks of the mall tell it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Counter, Zone
from gerai.malls.scope import current_mall
from gerai.queue.models import Desk, Step, Ticket
from gerai.queue.queries.boards import today
from gerai.queue.queries.recorded_days import pauses_between
from gerai.queue.states import State
from gerai.story.rules.day import Level, Quarter, Span, edges, level_of, quarters_of, spans_in
from gerai.story.rules.house import House, Room, Table
from gerai.story.rules.lives import Life, Move, life_of, persons
from gerai.story.rules.tracks import Track, tracks
from gerai.story.rules.ways import Box

LABEL_HALF = 15.0
# Seconds: a day that is over does not change, but its plan may; today does.
KEPT_OVER, KEPT_TODAY = 3600, 10
LONGEST_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FloorDrawn:
    """A floor with its zones, in the order of their codes."""

    name: str
    zones: tuple[Zone, ...]
    counters: tuple[Counter, ...]


@dataclass(frozen=True)
class Plan:
    """The house of a day. agencies: by key; sits: counter → its agencies that weekday."""

    house: House
    floors: tuple[FloorDrawn, ...]
    agencies: dict[int, Agency]
    sits: dict[int, tuple[Agency, ...]]


@dataclass(frozen=True)
class Sitting:
    """When a counter had an officer, and when it was paused."""

    counter: int
    open: tuple[Span, ...]
    paused: tuple[Span, ...]


@dataclass(frozen=True)
class Record:
    """A day as it went. Moments: seconds since its midnight.

    came: persons who came. until: the end of the record; now for a day that still goes on.
    begins, ends: from when to when it is told. waiting: how many wait; opened: counters ready.
    """

    day: date
    is_today: bool
    until: int
    begins: int
    ends: int
    came: int
    lives: tuple[Life, ...]
    tracks: tuple[Track, ...]
    sittings: dict[int, Sitting]
    waiting: Level
    opened: Level
    quarters: tuple[Quarter, ...]
    plan: Plan

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not self.lives or not self.plan.house.rooms


def record_of(day: date) -> Record:
    """Return a day of the mall in scope, read afresh after a while only."""
    is_today = day == today()
    key = f"story:{current_mall().pk}:{day.isoformat()}:{is_today}"
    found: Record | None = cache.get(key)
    if found is None:
        found = _read(day, is_today=is_today)
        cache.set(key, found, KEPT_TODAY if is_today else KEPT_OVER)
    return found


def _read(day: date, *, is_today: bool) -> Record:
    zone = current_mall().zone
    midnight = clock.at(day, 0, 0, zone)
    last = min(midnight + LONGEST_DAY, clock.now())
    second = _Seconds(midnight, int((last - midnight).total_seconds()))
    plan = _plan(day)
    lives = tuple(_lives(day, second))
    sittings = _sittings(midnight, last, second)
    opened = level_of(span for sitting in sittings.values() for span in _ready(sitting))
    begins, ends = edges(lives, opened) if lives else (0, 0)
    until = second.until
    people = persons(lives)
    walked = tracks(plan.house, people, until=until) if plan.house.rooms else []
    return Record(
        day=day,
        is_today=is_today,
        until=until,
        begins=begins,
        ends=min(ends, second.whole) if is_today else ends,
        came=Ticket.objects.filter(day=day).values("visit").distinct().count(),
        lives=lives,
        tracks=tuple(walked),
        sittings=sittings,
        waiting=level_of(spans_in(lives, [State.WAITING])),
        opened=opened,
        quarters=quarters_of(lives, opened, since=begins, until=ends) if lives else (),
        plan=plan,
    )


@dataclass(frozen=True)
class _Seconds:
    """Moments as seconds since midnight, none after `until`."""

    midnight: datetime
    until: int

    def __call__(self, moment: datetime) -> int:
        return int((moment - self.midnight).total_seconds())

    @property
    def whole(self) -> int:
        """Return the end, at a full quarter of an hour."""
        return self.until + (-self.until) % 900

    def span(self, since: datetime, until: datetime) -> Span:
        """Return a span that lies in the day."""
        return max(self(since), 0), min(self(until), self.until)


def _lives(day: date, second: _Seconds) -> Iterator[Life]:
    rows = Ticket.objects.filter(day=day).order_by("pk")
    moves: dict[int, list[Move]] = defaultdict(list)
    steps = Step.objects.filter(ticket__day=day).order_by("pk")
    for ticket, state, at, counter in steps.values_list("ticket", "state", "at", "counter"):
        moves[ticket].append(Move(second(at), State(state), counter or 0))
    for key, agency, follows in rows.values_list("pk", "line__agency", "came_from"):
        life = life_of(key, agency, moves[key], until=second.until, follows=follows or 0)
        if life is not None:
            yield life


def _sittings(midnight: datetime, last: datetime, second: _Seconds) -> dict[int, Sitting]:
    opened: dict[int, list[Span]] = defaultdict(list)
    desks = Desk.objects.filter(opened_at__lt=last, opened_at__gte=midnight).order_by("opened_at")
    for counter, since, until in desks.values_list("counter", "opened_at", "closed_at"):
        opened[counter].append(second.span(since, until or last))
    paused = pauses_between(midnight, last)
    return {
        counter: Sitting(
            counter,
            tuple(spans),
            tuple(second.span(since, until) for since, until in paused[counter]),
        )
        for counter, spans in opened.items()
    }


def _ready(sitting: Sitting) -> Iterator[Span]:
    """Yield when a counter was open and not paused."""
    for since, until in sitting.open:
        begins = since
        for pause, goes_on in sorted(sitting.paused):
            if begins < goes_on and pause < until:
                yield begins, min(max(pause, begins), until)
                begins = min(goes_on, until)
        yield begins, until


def _plan(day: date) -> Plan:
    drawn: list[FloorDrawn] = []
    rooms: list[Room] = []
    tables: list[Table] = []
    sits: dict[int, tuple[Agency, ...]] = {}
    counters_of: dict[int, list[int]] = defaultdict(list)
    for floor in directory.floors():
        plan = directory.floor_plan(floor)
        if not plan.zones:
            continue
        storey = len(drawn)
        zones = {zone.pk: zone for zone in plan.zones}
        for zone, label in zip(plan.zones, plan.labels, strict=True):
            rooms.append(Room(zone.pk, storey, _box(zone), _around(label.y)))
        active = [place for place in plan.counters if place.counter.is_active]
        for place in active:
            counter = place.counter
            tables.append(_table(counter, zones[counter.zone_id], storey))
            sits[counter.pk] = tuple(place.by_weekday.get(day.weekday(), ()))
            for agency in sits[counter.pk]:
                counters_of[agency.pk].append(counter.pk)
        drawn.append(
            FloorDrawn(floor.name, tuple(plan.zones), tuple(each.counter for each in active))
        )
    house = House(
        floors=len(drawn),
        rooms=tuple(rooms),
        tables=tuple(tables),
        agencies={agency: tuple(keys) for agency, keys in counters_of.items()},
    )
    agencies = {agency.pk: agency for agency in Agency.objects.order_by("short_name", "pk")}
    return Plan(house, tuple(drawn), agencies, sits)


def _box(row: Any) -> Box:
    return Box(float(row.x), float(row.y), float(row.width), float(row.height))


def _around(y: float) -> tuple[float, float]:
    return y - LABEL_HALF, y + LABEL_HALF


def _table(counter: Counter, zone: Zone, storey: int) -> Table:
    """Place a counter; its visitors stand where its zone has more room."""
    above = counter.y - zone.y
    under = zone.y + zone.height - counter.y - counter.height
    return Table(counter.pk, zone.pk, storey, _box(counter), below=under >= above)


def waiting_by_agency(record: Record) -> list[tuple[Agency, Sequence[Life]]]:
    """Return the tickets of each agency, that with most of them first."""
    by: dict[int, list[Life]] = defaultdict(list)
    for life in record.lives:
        by[life.agency].append(life)
    order: Iterable[int] = sorted(
        by, key=lambda key: (-len(by[key]), record.plan.agencies[key].short_name)
    )
    return [(record.plan.agencies[key], by[key]) for key in order]
