"""What a supervisor sees: every counter and line at once, the urgent ones first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Counter, Floor, Zone
from gerai.queue.models import Line, Ticket
from gerai.queue.queries.boards import Board, CounterNow, LineNow, board
from gerai.queue.queries.expectations import Asked, expectations
from gerai.queue.queries.places import durations_of
from gerai.queue.queries.routes import visits_under_way
from gerai.queue.rules import Durations, Expectation
from gerai.ui.signs import Sign

SIGNS: dict[str, Sign] = {
    "needed": Sign("is-danger", "alert-triangle", _("Perlu petugas")),
    "empty": Sign("is-closed", "armchair", _("Kosong")),
    "paused": Sign("is-paused", "player-pause", _("Jeda")),
    "closed": Sign("is-closed", "door", _("Ditutup sementara")),
    "called": Sign("is-called", "bell-ringing", _("Memanggil")),
    "serving": Sign("is-serving", "user-check", _("Melayani")),
    "open": Sign("is-waiting", "door-enter", _("Siap")),
    "unused": Sign("is-cancelled", "minus", _("Tidak dipakai")),
}
# What needs somebody comes first.
RANKS = {
    "needed": 0,
    "empty": 1,
    "paused": 2,
    "closed": 2,
    "called": 3,
    "serving": 4,
    "open": 5,
    "unused": 6,
}


@dataclass(frozen=True)
class CounterWatch:
    """A counter, with how many wait in the lines that it serves."""

    now: CounterNow
    waiting: int

    @property
    def state(self) -> str:
        """Return the counter's state; "needed" when it is empty while people wait."""
        return "needed" if self.now.state == "empty" and self.waiting else self.now.state

    @property
    def sign(self) -> Sign:
        """Return how the state is shown."""
        return SIGNS[self.state]

    @property
    def rank(self) -> int:
        """Return how urgent the state is, 0 first."""
        return RANKS[self.state]

    @property
    def since(self) -> datetime | None:
        """Return since when it has been so, where a moment is known."""
        if self.now.ticket is not None:
            called_at: datetime | None = getattr(self.now.ticket, "called_at", None)
            return called_at
        if self.now.desk is not None:
            return self.now.desk.paused_at or self.now.desk.opened_at
        return None


@dataclass(frozen=True)
class LineWatch:
    """A line, with the wait that somebody coming now may expect."""

    now: LineNow
    expectation: Expectation


@dataclass(frozen=True)
class FloorWatch:
    """A floor as it is drawn."""

    floor: Floor
    zones: tuple[Zone, ...]
    counters: tuple[CounterWatch, ...]


@dataclass(frozen=True)
class Watch:
    """The whole mall at one moment."""

    at: datetime
    board: Board
    counters: tuple[CounterWatch, ...]
    lines: tuple[LineWatch, ...]
    floors: tuple[FloorWatch, ...]
    visits: int

    @property
    def counters_open(self) -> int:
        """Return how many counters call or serve, or could."""
        return sum(each.state in {"serving", "called", "open"} for each in self.counters)

    @property
    def counters_needed(self) -> int:
        """Return how many counters are empty while people wait for their agency."""
        return sum(each.state == "needed" for each in self.counters)

    @property
    def counters_today(self) -> int:
        """Return how many counters have an agency today."""
        return sum(each.state != "unused" for each in self.counters)

    @property
    def oldest_waiting_at(self) -> datetime | None:
        """Return since when the one who waits longest has waited."""
        since = [line.now.oldest_waiting_at for line in self.lines]
        return min((moment for moment in since if moment), default=None)


def watch() -> Watch:
    """Return every line and counter now, the urgent ones first."""
    now = board()
    waiting: dict[int, int] = defaultdict(int)
    for line in now.lines:
        waiting[line.line.agency_id] += line.waiting
    counters = tuple(
        CounterWatch(each, sum(waiting[agency.pk] for agency in each.agencies))
        for each in now.counters
    )
    urgent = sorted(
        counters, key=lambda each: (each.rank, -each.waiting, each.now.counter.position)
    )
    return Watch(
        at=clock.now(),
        board=now,
        counters=tuple(urgent),
        lines=_lines(now),
        floors=_floors(counters),
        visits=visits_under_way(now.day),
    )


def counter_watch(counter: Counter) -> CounterWatch | None:
    """Return one counter as `watch` shows it; None for one that is out of use."""
    return next((each for each in watch().counters if each.now.counter == counter), None)


def _lines(now: Board) -> tuple[LineWatch, ...]:
    expected = expectations(
        [Asked(line.line, line.waiting, line.counters_open) for line in now.lines], now.day
    )
    lines = [LineWatch(*each) for each in zip(now.lines, expected, strict=True)]
    return tuple(sorted(lines, key=lambda each: (-each.now.waiting, each.now.line.code)))


def _floors(counters: tuple[CounterWatch, ...]) -> tuple[FloorWatch, ...]:
    floors: dict[int, Floor] = {}
    zones = defaultdict(list)
    for zone in Zone.objects.select_related("floor").order_by("floor__number", "code"):
        floors[zone.floor_id] = zone.floor
        zones[zone.floor_id].append(zone)
    on_floor = defaultdict(list)
    for each in counters:
        on_floor[each.now.counter.zone.floor_id].append(each)
    return tuple(
        FloorWatch(floor, tuple(zones[key]), tuple(on_floor[key])) for key, floor in floors.items()
    )


@dataclass(frozen=True)
class TicketRow:
    """A ticket in a list, with what it has spent where so far."""

    ticket: Ticket
    durations: Durations


def tickets_of(line: Line, day: date) -> list[TicketRow]:
    """Return the tickets of a line on a day in order of arrival, in three queries."""
    tickets = list(
        Ticket.objects.filter(line=line, day=day)
        .select_related("visit", "service", "counter")
        .in_order()
    )
    spent = durations_of([ticket.pk for ticket in tickets])
    return [TicketRow(ticket, spent[ticket.pk]) for ticket in tickets]
