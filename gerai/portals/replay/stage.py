"""A whole replay: the mall is built, served and played in, and its report read.

The database of this process must be an empty one of its own.
"""

import gc
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gerai import clock
from gerai.malls.scope import in_mall
from gerai.portals.replay.building import Building, build, open_on
from gerai.portals.replay.doors import DoorClosed, Doors
from gerai.portals.replay.outcome import Played, outcome
from gerai.portals.replay.player import play, shift_into_one_day
from gerai.portals.replay.record import Record, Session
from gerai.portals.replay.server import serving
from gerai.queue.models import Ticket
from gerai.queue.states import State

# A Monday without anything special, for logs that name no day.
SOME_DAY = date(2026, 1, 5)
TICK_SECONDS = 0.2
# Browser, server and pages hand each request on from thread to thread; the usual wait for a
# turn would cost more than the work.
SWITCH_SECONDS = 0.0005
GARBAGE_THRESHOLDS = (100_000, 50, 50)


@dataclass(frozen=True)
class Told:
    """A replay that has ended."""

    building: Building
    played: tuple[Played, ...]
    result: dict[str, object] = field(default_factory=dict)


def timetable(sessions: Iterable[Session]) -> tuple[Played, ...]:
    """Return each session with a mall day of its own: its own day where no other one has it.

    A second session of a day is played on the next free day, so that the clock never goes
    back; waits do not depend on the day.

    :raises TooLong: a session does not fit into one day
    """
    played: list[Played] = []
    free = date.min
    for session in sessions:
        day = max(session.day or SOME_DAY, free)
        played.append(Played(session, day, shift_into_one_day(session)))
        free = day + timedelta(days=1)
    return tuple(played)


def perform(
    record: Record,
    played: Sequence[Played],
    *,
    speed: float | None,
    opened: Callable[[str], None],
    ended: Callable[[int], None],
) -> Told:
    """Play all sessions through the doors and return what the product reports.

    speed: simulated seconds per real second; None is as fast as it goes.
    opened: told the address of the mall before anything is played.
    ended: told how many sessions have been played, after each.
    """
    _make_haste()
    password = secrets.token_urlsafe(12)
    building = build(record.servers, password=password)
    open_on(building.mall, [each.day for each in played])
    with ExitStack() as stack:
        stack.enter_context(clock.simulated(_moment(building, played[0], timedelta())))
        address = stack.enter_context(serving())
        doors = stack.enter_context(Doors(address, building, password=password))
        opened(address)
        began = time.perf_counter()
        for number, each in enumerate(played, start=1):
            _perform_one(building, each, doors, number=number, speed=speed)
            ended(number)
        seconds = time.perf_counter() - began
        result = outcome(building, record, played)
    result["played"] = {
        "seconds": round(seconds, 2),
        "requests": doors.requests,
        "requests_per_s": round(doors.requests / seconds, 1),
    }
    return Told(building, tuple(played), result)


def _make_haste() -> None:
    """Spend the time of this process on the pages: a sixth of it went to collecting garbage."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)


def _perform_one(
    building: Building, played: Played, doors: Doors, *, number: int, speed: float | None
) -> None:
    session = played.session
    if not session.customers:
        return
    pace = _Pace(building, played, speed)
    pace.begin(session.customers[0].arrival)
    doors.begin_session(number, counters=session.servers)
    with in_mall(building.mall):
        play(session, _Hall(building, doors, played.day), pace.turn_to)


class _Hall:
    """The hall as the player meets it: all deeds go through the doors.

    Whom the product called is read from its rows, as its report is afterwards.
    """

    def __init__(self, building: Building, doors: Doors, day: date) -> None:
        self.building, self.doors, self.day = building, doors, day
        self.at_counter: dict[int, int] = {}

    def take(self, number: int) -> None:
        """Let customer `number` take a number at the kiosk."""
        self.doors.take(number)

    def call_next(self, counter: int) -> int:
        """Let a counter call the next one and begin; return whom, counted by number taken.

        :raises DoorClosed: nobody was called
        """
        self.doors.call_next(counter)
        called = (
            Ticket.objects.filter(
                counter=self.building.seats[counter].counter, state=State.CALLED, day=self.day
            )
            .values_list("pk", "number")
            .first()
        )
        if called is None:
            raise DoorClosed("nobody was called")
        ticket, number = called
        assert number is not None  # only a ticket from another line has none
        self.doors.start(counter, ticket)
        self.at_counter[counter] = ticket
        return number

    def finish(self, counter: int) -> None:
        """Let a counter end its service."""
        self.doors.finish(counter, self.at_counter.pop(counter))


class _Pace:
    """Turns the clock of the house to the moments of a session, at once or at a speed."""

    def __init__(self, building: Building, played: Played, speed: float | None) -> None:
        self.building, self.played, self.speed = building, played, speed
        self.now = timedelta()
        self.real_start = time.monotonic()
        self.start = timedelta()

    def begin(self, moment: timedelta) -> None:
        """Begin at a moment, without waiting for it."""
        self.start, self.now, self.real_start = moment, moment, time.monotonic()
        self._turn(moment)

    def turn_to(self, moment: timedelta) -> None:
        """Go on to a moment; with a speed the clock runs there meanwhile."""
        while self.speed is not None:
            passed = timedelta(seconds=(time.monotonic() - self.real_start) * self.speed)
            if self.start + passed >= moment:
                break
            self._turn(self.start + passed)
            left = (moment - self.start - passed).total_seconds() / self.speed
            time.sleep(min(left, TICK_SECONDS))
        self._turn(moment)

    def _turn(self, moment: timedelta) -> None:
        if moment >= self.now:
            self.now = moment
            clock.turn_to(_moment(self.building, self.played, moment))


def _moment(building: Building, played: Played, since_midnight: timedelta) -> datetime:
    return clock.at(played.day, 0, 0, building.mall.zone) + played.shift + since_midnight
