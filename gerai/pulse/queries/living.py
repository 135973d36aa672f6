"""The mall as a living map: counters, lines and people of one moment, floor by floor."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.hours import Opening, Reason, day_plan
from gerai.directory.models import Agency, Closing, Counter, Floor
from gerai.directory.queries.opening import Timetable, timetable_of
from gerai.directory.queries.places import LABEL_HEIGHT, ZoneLabel
from gerai.directory.rules import Place
from gerai.directory.states import ClosingState
from gerai.malls.scope import current_mall
from gerai.pulse.rules import stretch_begin
from gerai.pulse.shape import (
    Bar,
    Standing,
    dealt,
    frame_of,
    front_of,
    load_bars,
    served_at,
    standing,
)
from gerai.queue.models import Desk, Step
from gerai.queue.queries.watch import SIGNS as WATCHED
from gerai.queue.queries.watch import CounterWatch, LineWatch, Watch, watch
from gerai.queue.states import State, Verb
from gerai.ui.signs import Sign
from gerai.website.plan import Load, load_of, names_on
from gerai.website.queries.lights import SIGNS as LIGHTS

RESTING = {Reason.BREAK, Reason.FRIDAY_PRAYER}
# While it is so, somebody who waits there waits for the mall.
STILL_HERE = RESTING | {Reason.CLOSED_FOR_A_WHILE, Reason.EMERGENCY}

# The states of a counter; what the watch tells too has one sign in both.
SIGNS: dict[str, Sign] = {
    "serving": WATCHED["serving"],
    "called": WATCHED["called"],
    "open": WATCHED["open"],
    "paused": WATCHED["paused"],
    "unmanned": Sign("is-danger", "armchair", _("Kosong pada jam tugas")),
    "closed": WATCHED["closed"],
    "resting": Sign("is-closed", "clock", _("Istirahat")),
    "over": Sign("is-closed", "lock", _("Tutup")),
    "unused": WATCHED["unused"],
}
SHORT_WORDS: dict[str, object] = {"unmanned": _("Kosong"), "closed": _("Ditutup"), "unused": "-"}


@dataclass(frozen=True)
class LoadNow:
    """How long somebody who comes now would wait, as colour, drawing and words."""

    load: Load

    @property
    def level(self) -> int:
        """Return it as 1, 2 or 3."""
        return list(Load).index(self.load) + 1

    @property
    def sign(self) -> Sign:
        """Return how it is shown."""
        return LIGHTS[self.load]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return it as three rising bars, in the box of a counter or beside a word."""
        return load_bars(self.level, x=0.0, bottom=12.0)


@dataclass(frozen=True)
class LineScene:
    """A line with its load, and the wait that whoever comes now may expect."""

    watch: LineWatch
    load: LoadNow

    @property
    def is_busy(self) -> bool:
        """Tell whether somebody waits there, or is served."""
        return bool(self.watch.now.waiting or self.watch.now.counters_open)


@dataclass(frozen=True)
class Seat:
    """A counter of the map, its load and the people before it. since: its state began."""

    watch: CounterWatch
    state: str
    since: datetime | None
    load: LoadNow | None
    people: Standing
    served: tuple[float, float] | None
    before: int

    @property
    def counter(self) -> Counter:
        """Return the counter."""
        return self.watch.now.counter

    @property
    def sign(self) -> Sign:
        """Return how the state is shown."""
        return SIGNS[self.state]

    @property
    def short_word(self) -> object:
        """Return the state in a word that fits into the drawing."""
        return SHORT_WORDS.get(self.state, self.sign.word)

    @property
    def names(self) -> str:
        """Return the agencies in one line that fits into the drawing."""
        names = [agency.short_name for agency in self.watch.now.agencies]
        return names_on(self.counter.width, names)


@dataclass(frozen=True)
class ZoneScene:
    """A zone with its counters, its code where none hides it."""

    label: ZoneLabel
    place: Place
    code: str
    name: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class FloorScene:
    """A floor as it is drawn and listed."""

    floor: Floor
    zones: tuple[ZoneScene, ...]

    @property
    def view(self) -> str:
        """Return the part of the sheet that its zones take, as an SVG viewBox."""
        frame = frame_of([zone.place for zone in self.zones])
        return f"{frame.x} {frame.y} {frame.width} {frame.height}"

    @property
    def seats(self) -> list[Seat]:
        """Return the counters of all its zones."""
        return [seat for zone in self.zones for seat in zone.seats]

    @property
    def waiting(self) -> int:
        """Return how many people stand before its counters."""
        return sum(seat.before for seat in self.seats)


@dataclass(frozen=True)
class Scene:
    """The whole mall at one moment. working: agencies that serve whoever waits there now."""

    at: datetime
    watch: Watch
    floors: tuple[FloorScene, ...]
    lines: tuple[LineScene, ...]
    working: frozenset[int]

    @property
    def busy_lines(self) -> list[LineScene]:
        """Return the lines in which somebody waits, or of which a counter is open."""
        return [line for line in self.lines if line.is_busy]

    @property
    def calm_lines(self) -> list[LineScene]:
        """Return the other lines."""
        return [line for line in self.lines if not line.is_busy]

    @property
    def seats(self) -> list[Seat]:
        """Return the counters of all floors."""
        return [seat for floor in self.floors for seat in floor.seats]

    @property
    def unmanned(self) -> int:
        """Return how many counters are empty though somebody should be there."""
        return sum(seat.state == "unmanned" for seat in self.seats)

    @property
    def open(self) -> int:
        """Return how many counters somebody is called to, or could be."""
        return sum(seat.state in {"serving", "called", "open"} for seat in self.seats)

    @property
    def on_duty(self) -> int:
        """Return how many counters should have somebody now, or have."""
        off = {"over", "unused", "closed", "resting"}
        return sum(seat.state not in off for seat in self.seats)


def scene(moment: datetime) -> Scene:
    """Return the mall at this moment, in some thirty queries however many people there are."""
    now = watch()
    agencies = {agency.pk: agency for each in now.counters for agency in each.now.agencies}
    timetable = timetable_of(agencies, moment)
    openings = {key: timetable.opening(key) for key in agencies}
    lines = tuple(_line(line) for line in now.lines)
    seating = _Seating(
        watch=now,
        openings=openings,
        empty=_empty_since(now, timetable, openings, moment),
        served=_served_since(now),
        loads=_loads(lines),
        before=_dealt(now),
    )
    opened = {line.now.line.agency_id for line in now.lines if line.now.counters_open}
    return Scene(
        at=moment,
        watch=now,
        floors=tuple(
            floor
            for floor in (_floor(each, seating) for each in Floor.objects.order_by("number"))
            if floor.zones
        ),
        lines=lines,
        working=frozenset(
            opened
            | {
                key
                for key, opening in openings.items()
                if opening.is_open or opening.reason in STILL_HERE
            }
        ),
    )


def legend() -> list[Sign]:
    """Return how every state of a counter that is in use is shown."""
    return [sign for state, sign in SIGNS.items() if state != "unused"]


def load_legend() -> list[LoadNow]:
    """Return the three loads."""
    return [LoadNow(load) for load in Load]


def _line(line: LineWatch) -> LineScene:
    return LineScene(line, LoadNow(load_of(line.expectation.middle_minutes)))


def _loads(lines: Sequence[LineScene]) -> dict[int, LoadNow]:
    """Return agency → the highest load of its lines."""
    found: dict[int, LoadNow] = {}
    for line in lines:
        key = line.watch.now.line.agency_id
        if key not in found or found[key].level < line.load.level:
            found[key] = line.load
    return found


def _dealt(now: Watch) -> dict[int, int]:
    """Return counter → people before it: those of an agency stand before its open counters.

    Where it has none open, they wait before all that it has today.
    """
    before: dict[int, int] = defaultdict(int)
    waiting: dict[int, int] = defaultdict(int)
    for line in now.board.lines:
        waiting[line.line.agency_id] += line.waiting
    for agency, count in waiting.items():
        theirs = [each for each in now.board.counters if agency in {a.pk for a in each.agencies}]
        opened = [each for each in theirs if each.state in {"serving", "called", "open"}]
        there = opened or theirs
        for each, hand in zip(there, dealt(count, len(there)), strict=True):
            before[each.counter.pk] += hand
    return before


def _served_since(now: Watch) -> dict[int, datetime]:
    """Return counter → since when somebody is served there."""
    at = {
        each.now.ticket.pk: each.now.counter.pk
        for each in now.counters
        if each.now.ticket is not None
    }
    starts = Step.objects.filter(ticket__in=list(at), verb__in=(Verb.START, Verb.RESUME))
    rows = starts.order_by().values_list("ticket").annotate(Max("at"))
    return {at[ticket]: since for ticket, since in rows}


def _empty_since(
    now: Watch, timetable: Timetable, openings: Mapping[int, Opening], moment: datetime
) -> dict[int, datetime]:
    """Return counter → since when it has been empty though an agency on duty sits there."""
    empty = {
        each.now.counter.pk: [a for a in each.now.agencies if openings[a.pk].is_open]
        for each in now.counters
        if each.now.state == "empty"
    }
    empty = {counter: agencies for counter, agencies in empty.items() if agencies}
    if not empty:
        return {}
    left = _left_at(empty)
    ended = _closings_ended(now, moment)
    still = directory.stillness(moment - timedelta(days=1), moment)
    calm = max((end for _begin, end in still), default=None)
    return {
        counter: max(
            each
            for each in (
                min(_duty_began(timetable, agency, moment) for agency in agencies),
                left.get(counter),
                ended.get(("counter", counter)),
                min(
                    (ended.get(("agency", agency.pk)) for agency in agencies),
                    key=lambda end: end or datetime.min.replace(tzinfo=moment.tzinfo),
                ),
                calm,
            )
            if each is not None
        )
        for counter, agencies in empty.items()
    }


def _duty_began(timetable: Timetable, agency: Agency, moment: datetime) -> datetime:
    """Return when the present stretch of an agency's hours began."""
    zone = current_mall().zone
    local = clock.local(moment, zone)
    hours = day_plan(local.date(), timetable.calendar(agency.pk)).hours
    begins = stretch_begin(hours.stretches(), local.time()) if hours else None
    return datetime.combine(local.date(), begins or time(), clock.zone_of(zone))


def _left_at(counters: Mapping[int, object]) -> dict[int, datetime]:
    last = Desk.objects.filter(counter__in=list(counters), closed_at__isnull=False)
    return dict(last.order_by().values_list("counter").annotate(Max("closed_at")))


def _closings_ended(now: Watch, moment: datetime) -> dict[tuple[str, int], datetime]:
    """Return when the last closing of today ended, by counter and by agency."""
    begins = clock.at(now.board.day, 0, 0, current_mall().zone)
    over = Closing.objects.filter(
        state=ClosingState.APPROVED, ends_at__gt=begins, ends_at__lte=moment
    ).order_by("ends_at")
    found: dict[tuple[str, int], datetime] = {}
    for counter, agency, ends_at in over.values_list("counter", "agency", "ends_at"):
        found[("counter", counter) if counter is not None else ("agency", agency)] = ends_at
    return found


@dataclass(frozen=True)
class _Seating:
    """What decides about the state of a counter. empty, served: counter → since when."""

    watch: Watch
    openings: Mapping[int, Opening]
    empty: Mapping[int, datetime]
    served: Mapping[int, datetime]
    loads: Mapping[int, LoadNow]
    before: Mapping[int, int]

    def seat(self, each: CounterWatch, zone: Place, others: Sequence[Place]) -> Seat:
        """Return a counter with its state and the people before it."""
        counter = each.now.counter
        state = self._state(each)
        front = front_of(directory.place_of(counter), zone, others)
        loads = [self.loads[a.pk] for a in each.now.agencies if a.pk in self.loads]
        before = self.before.get(counter.pk, 0)
        return Seat(
            watch=each,
            state=state,
            since=self._since(each, state),
            load=max(loads, key=lambda load: load.level, default=None),
            people=standing(front, before),
            served=served_at(front) if each.now.ticket is not None else None,
            before=before,
        )

    def _state(self, each: CounterWatch) -> str:
        if each.now.state != "empty":
            return each.now.state
        openings = [self.openings[agency.pk] for agency in each.now.agencies]
        if any(opening.is_open for opening in openings):
            return "unmanned"
        return "resting" if any(o.reason in RESTING for o in openings) else "over"

    def _since(self, each: CounterWatch, state: str) -> datetime | None:
        counter = each.now.counter.pk
        if state == "unmanned":
            return self.empty.get(counter)
        if state == State.SERVING and counter in self.served:
            return self.served[counter]
        return each.since if state not in {"closed", "over", "resting", "unused"} else None


def _floor(floor: Floor, seating: _Seating) -> FloorScene:
    plan = directory.floor_plan(floor)
    on_floor = [each for each in seating.watch.board.counters if each.counter.zone.floor == floor]
    watched = {each.now.counter.pk: each for each in seating.watch.counters}
    zones = []
    for zone, label in zip(plan.zones, plan.labels, strict=True):
        own = [each.counter for each in on_floor if each.counter.zone_id == zone.pk]
        place = directory.place_of(zone)
        name = Place(zone.x, label.y - LABEL_HEIGHT // 2, zone.width, LABEL_HEIGHT)
        others = [name, *(directory.place_of(counter) for counter in own)]
        seats = tuple(seating.seat(watched[counter.pk], place, others) for counter in own)
        zones.append(ZoneScene(label, place, zone.code, zone.name, seats))
    return FloorScene(floor, tuple(zones))
