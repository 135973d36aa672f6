"""Playing a session: who comes, is called and is done, moment after moment. Pure.

The player knows when people came and how long their service took. Who is called next it does not
know: the hall says so, and the hall is the product.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from enum import IntEnum
from typing import Protocol

from gerai.portals.replay.moments import DAY
from gerai.portals.replay.record import RecordedCall, Session


class TooLong(ValueError):
    """A session does not fit into one day of the mall."""


class Hall(Protocol):
    """The mall as the player meets it."""

    def take(self, number: int) -> None:
        """Let customer `number` (from 1) take a number at the kiosk."""

    def call_next(self, counter: int) -> int:
        """Let a counter call the next one and begin; return whom, counted by number taken."""

    def finish(self, counter: int) -> None:
        """Let a counter end its service."""


class _Kind(IntEnum):
    """What happens, in the order within one moment: a freed counter serves who just comes."""

    FINISH = 0
    ARRIVE = 1
    CALL = 2


def play(session: Session, hall: Hall, turn_to: Callable[[timedelta], None]) -> None:
    """Play a session to its end.

    turn_to: told each moment, since the midnight of the session's day, before it is played.
    """
    if session.calls is None:
        _FreeRunning(session, hall, turn_to).run()
    else:
        _AsCalled(session, session.calls, hall, turn_to).run()


class _Play:
    """The events still to come, and which counters are free."""

    def __init__(self, session: Session, hall: Hall, turn_to: Callable[[timedelta], None]) -> None:
        self.session, self.hall, self.turn_to = session, hall, turn_to
        self.coming: list[tuple[timedelta, _Kind, int]] = [
            (customer.arrival, _Kind.ARRIVE, number)
            for number, customer in enumerate(session.customers, start=1)
        ]
        self.free = list(range(session.servers))
        self.waiting = 0

    def run(self) -> None:
        heapq.heapify(self.coming)
        now: timedelta | None = None
        while self.coming:
            moment, kind, which = heapq.heappop(self.coming)
            if moment != now:
                now = moment
                self.turn_to(now)
            self._happen(now, kind, which)
            if not (self.coming and self.coming[0][0] == now):
                self._rest(now)

    def _happen(self, now: timedelta, kind: _Kind, which: int) -> None:
        if kind is _Kind.ARRIVE:
            self.hall.take(which)
            self.waiting += 1
        elif kind is _Kind.FINISH:
            self.hall.finish(which)
            heapq.heappush(self.free, which)

    def _rest(self, now: timedelta) -> None:
        """Do what follows from all that happened in a moment."""


class _FreeRunning(_Play):
    """Every counter calls as soon as it is free and somebody waits."""

    def _rest(self, now: timedelta) -> None:
        while self.free and self.waiting:
            counter = heapq.heappop(self.free)
            number = self.hall.call_next(counter)
            self.waiting -= 1
            service = self.session.customers[number - 1].service
            assert service is not None
            heapq.heappush(self.coming, (now + service, _Kind.FINISH, counter))


class _AsCalled(_Play):
    """The recorded calls are made; a call while all open counters are busy ends the oldest."""

    def __init__(
        self,
        session: Session,
        calls: Sequence[RecordedCall],
        hall: Hall,
        turn_to: Callable[[timedelta], None],
    ) -> None:
        super().__init__(session, hall, turn_to)
        self.calls = calls
        self.coming += [(call.moment, _Kind.CALL, place) for place, call in enumerate(calls)]
        self.busy: list[int] = []

    def run(self) -> None:
        super().run()
        if self.busy:
            self.turn_to(self.session.closes)
            while self.busy:
                self._end_oldest()

    def _happen(self, now: timedelta, kind: _Kind, which: int) -> None:
        super()._happen(now, kind, which)
        if kind is _Kind.CALL:
            while len(self.busy) >= self.calls[which].open_counters:
                self._end_oldest()
            counter = heapq.heappop(self.free)
            self.hall.call_next(counter)
            self.busy.append(counter)

    def _end_oldest(self) -> None:
        counter = self.busy.pop(0)
        self.hall.finish(counter)
        heapq.heappush(self.free, counter)


def shift_into_one_day(session: Session) -> timedelta:
    """Return by how much a session is moved so that all its calls are of one mall day.

    Waits do not depend on it. Nothing, unless the session goes on past midnight; then it begins
    at midnight.

    :raises TooLong: it would not fit even so
    """
    first = session.customers[0].arrival
    last = max(session.closes, _last_end(session))
    if last < DAY:
        return timedelta()
    if last - first >= DAY:
        raise TooLong
    return -first


def _last_end(session: Session) -> timedelta:
    return max((end for _start, end in first_come_first_served(session)), default=session.closes)


def first_come_first_served(session: Session) -> Iterator[tuple[timedelta, timedelta]]:
    """Yield when each customer's service begins and ends if nothing else counts.

    None for customers of a log that tells calls and no services.
    """
    free_at = [timedelta()] * session.servers
    for customer in session.customers:
        if customer.service is None:
            return
        start = max(customer.arrival, free_at[0])
        heapq.heapreplace(free_at, start + customer.service)
        yield start, start + customer.service
