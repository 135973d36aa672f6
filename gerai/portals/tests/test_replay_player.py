"""The player against a line worked out by hand and by another way of counting."""

from collections import deque
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.portals.replay.player import TooLong, first_come_first_served, play
from gerai.portals.replay.player import shift_into_one_day as shift
from gerai.portals.replay.record import Customer, RecordedCall, Session


class Paper:
    """A hall on paper: whoever came first is called first; every deed is written down."""

    def __init__(self) -> None:
        self.now = timedelta()
        self.line: deque[int] = deque()
        self.deeds: list[tuple[int, str, int]] = []
        self.called_at: dict[int, int] = {}

    def turn_to(self, moment: timedelta) -> None:
        assert moment >= self.now
        self.now = moment

    def take(self, number: int) -> None:
        self.line.append(number)
        self._write("take", number)

    def call_next(self, counter: int) -> int:
        number = self.line.popleft()
        self.called_at[number] = self._seconds()
        self._write("call", counter)
        return number

    def finish(self, counter: int) -> None:
        self._write("finish", counter)

    def _write(self, deed: str, which: int) -> None:
        self.deeds.append((self._seconds(), deed, which))

    def _seconds(self) -> int:
        return int(self.now.total_seconds())


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def a_session(visits: list[tuple[int, int]], *, servers: int = 1) -> Session:
    customers = tuple(
        Customer(line, seconds(arrival), seconds(service))
        for line, (arrival, service) in enumerate(sorted(visits, key=lambda visit: visit[0]), 2)
    )
    return Session(day=None, name=None, servers=servers, customers=customers)


def played(session: Session) -> Paper:
    paper = Paper()
    play(session, paper, paper.turn_to)
    return paper


def test_a_counter_calls_as_soon_as_it_is_free() -> None:
    assert played(a_session([(0, 60), (10, 30), (200, 5)])).deeds == [
        (0, "take", 1),
        (0, "call", 0),
        (10, "take", 2),
        (60, "finish", 0),
        (60, "call", 0),
        (90, "finish", 0),
        (200, "take", 3),
        (200, "call", 0),
        (205, "finish", 0),
    ]


def test_who_comes_as_the_counter_gets_free_does_not_wait() -> None:
    assert played(a_session([(0, 60), (60, 30)])).called_at == {1: 0, 2: 60}


def test_services_of_no_length_end_in_the_moment_they_begin() -> None:
    assert played(a_session([(0, 0), (0, 0), (0, 7), (5, 0)])).called_at == {
        1: 0,
        2: 0,
        3: 0,
        4: 7,
    }


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90)), min_size=1, max_size=40),
    st.integers(1, 5),
)
def test_waits_are_those_of_one_line_before_several_counters(
    visits: list[tuple[int, int]], servers: int
) -> None:
    session = a_session(visits, servers=servers)
    # Second by second, with no queue of events: another way to the same numbers.
    busy: list[int] = []
    line: deque[int] = deque()
    expected: dict[int, int] = {}
    for second in range(400 + 90 * len(visits) + 1):
        line.extend(
            number
            for number, customer in enumerate(session.customers, 1)
            if customer.arrival == seconds(second)
        )
        while line and len(busy := [end for end in busy if end > second]) < servers:
            number = line.popleft()
            service = session.customers[number - 1].service
            assert service is not None
            expected[number] = second
            busy.append(second + int(service.total_seconds()))

    paper = played(session)

    assert paper.called_at == expected
    assert [start for start, _end in first_come_first_served(session)] == [
        seconds(expected[number]) for number in sorted(expected)
    ]


def called_session(calls: list[tuple[int, int]], *, servers: int) -> Session:
    return Session(
        day=None,
        name=None,
        servers=servers,
        customers=tuple(Customer(2, seconds(0), None) for _call in calls),
        calls=tuple(RecordedCall(seconds(moment), counters) for moment, counters in calls),
        closes=seconds(100),
    )


def test_a_recorded_call_ends_the_oldest_service_when_all_counters_are_busy() -> None:
    paper = played(called_session([(10, 2), (20, 2), (30, 2), (40, 1)], servers=2))

    assert paper.deeds[4:] == [
        (10, "call", 0),
        (20, "call", 1),
        (30, "finish", 0),
        (30, "call", 0),
        (40, "finish", 1),
        (40, "finish", 0),
        (40, "call", 0),
        (100, "finish", 0),
    ]


def test_an_ordinary_day_is_not_moved() -> None:
    assert shift(a_session([(8 * 3600, 60)])) == timedelta()


def test_a_session_past_midnight_begins_at_midnight() -> None:
    assert shift(a_session([(22 * 3600, 60), (23 * 3600, 2 * 3600)])) == -timedelta(hours=22)


def test_a_line_that_outlasts_a_day_is_refused() -> None:
    with pytest.raises(TooLong):
        shift(a_session([(8 * 3600, 13 * 3600), (9 * 3600, 12 * 3600)]))
