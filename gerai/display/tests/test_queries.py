"""What a screen shows: the newest call, the earlier ones, counters and lines in pages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai import clock
from gerai.directory.models import Zone
from gerai.directory.tests.factories import a_zone, an_agency
from gerai.display import queries
from gerai.display.queries import Hall, hall, pages
from gerai.display.tests.factories import a_call, a_called_ticket, a_screen, a_seat
from gerai.malls.models import Mall
from gerai.people import audit
from gerai.queue.actions import calling, serving, speech
from gerai.queue.models import Ticket

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def zone(mall: Mall) -> Iterator[Zone]:
    with clock.simulated(MORNING):
        yield a_zone()


def later(seconds: float) -> None:
    clock.turn_to(clock.now() + timedelta(seconds=seconds))


def shown(hall: Hall) -> list[str]:
    """Return the labels in the order of the screen: the huge one first."""
    first = [hall.now] if hall.now else []
    return [called.ticket.label for called in (*first, *hall.earlier)]


def three_calls(zone: Zone) -> list[Ticket]:
    tickets = []
    for label in ("A001", "A002", "A003"):
        tickets.append(a_call(zone, label=label).ticket)
        later(30)
    return tickets


def test_nothing_is_shown_on_an_empty_morning(zone: Zone) -> None:
    now = hall(zone)
    assert (now.now, now.earlier, now.line_pages, now.counter_pages) == (None, (), (), ())
    assert (now.waiting, now.counters_open, now.turn_seconds) == (0, 0, 10)


def test_the_newest_call_comes_first(zone: Zone) -> None:
    three_calls(zone)
    assert shown(hall(zone)) == ["A003", "A002", "A001"]


def test_a_recall_makes_a_call_the_newest_and_shows_it_once(zone: Zone) -> None:
    first, *_ = three_calls(zone)
    calling.recall(first, by=audit.SYSTEM)
    now = hall(zone)
    assert shown(now) == ["A001", "A003", "A002"]
    assert now.now is not None
    assert now.now.call.times == 2


def test_the_call_being_spoken_is_the_huge_one(zone: Zone) -> None:
    three_calls(zone)
    speech.claim(zone, device=a_screen(zone))
    assert shown(hall(zone)) == ["A001", "A003", "A002"]
    later(31)
    assert shown(hall(zone)) == ["A003", "A002", "A001"]


def test_a_call_taken_back_vanishes_even_when_it_was_spoken(zone: Zone) -> None:
    *_, last = three_calls(zone)
    later(-25)
    screen = a_screen(zone)
    for sequence in (1, 2, 3):
        speech.claim(zone, device=screen)
        speech.confirm(zone, sequence, device=screen)
    serving.undo(last, by=audit.SYSTEM)
    assert shown(hall(zone)) == ["A002", "A001"]


def test_a_finished_visitor_is_not_huge_any_more(zone: Zone) -> None:
    tickets = three_calls(zone)
    serving.start(tickets[2], by=audit.SYSTEM)
    serving.finish(tickets[2], by=audit.SYSTEM)
    now = hall(zone)
    assert now.now is not None
    assert now.now.ticket.label == "A002"
    assert [called.ticket.label for called in now.earlier] == ["A003", "A001"]


def test_another_zone_is_not_shown_but_the_whole_mall_shows_all(zone: Zone) -> None:
    a_call(zone, label="A001")
    later(1)
    a_call(a_zone(), label="B001")
    assert shown(hall(zone)) == ["A001"]
    assert shown(hall(None)) == ["B001", "A001"]


def test_yesterdays_calls_are_not_shown(zone: Zone) -> None:
    three_calls(zone)
    later(24 * 3600)
    assert shown(hall(zone)) == []


def test_a_call_is_new_for_twenty_seconds(zone: Zone) -> None:
    a_call(zone)
    later(19)
    assert hall(zone).now.is_new is True
    later(1)
    assert hall(zone).now.is_new is False


def test_a_zone_shows_counters_without_an_officer_the_mall_does_not(zone: Zone) -> None:
    a_seat(zone, code="1")
    a_called_ticket(a_seat(zone, code="2"), label="A001")
    assert [(each.counter.code, each.state) for each in hall(zone).counters] == [
        ("1", "empty"),
        ("2", "called"),
    ]
    assert [each.counter.code for each in hall(None).counters] == ["2"]
    assert hall(zone).counters_open == 1


def test_a_name_too_long_to_read_gives_way_to_the_short_one(zone: Zone) -> None:
    agency = an_agency(name="Dinas " + "Panjang " * 12, short_name="Dinas Pendek")
    a_call(zone, counter=a_seat(zone, agency=agency, code="3"), label="A1")
    called = hall(zone).now
    assert called is not None
    assert called.place == "Dinas Pendek"
    assert [said.caption for said in called.captions] == [
        "Nomor antrean A, satu. Silakan ke loket tiga, Dinas Pendek."
    ]


def test_last_spoken_is_the_highest_confirmed(zone: Zone) -> None:
    assert queries.last_spoken(zone) == 0
    three_calls(zone)
    screen = a_screen(zone)
    speech.claim(zone, device=screen)
    assert queries.last_spoken(zone) == 0
    speech.confirm(zone, 1, device=screen)
    assert queries.last_spoken(zone) == 1


def test_a_screen_asks_as_often_for_one_counter_as_for_three(
    zone: Zone, django_assert_num_queries
) -> None:
    a_call(zone)
    with django_assert_num_queries(12):
        hall(zone)
    three_calls(zone)
    with django_assert_num_queries(12):
        hall(zone)


@given(st.integers(0, 300), st.integers(1, 12))
def test_pages_hold_everything_in_order(count: int, size: int) -> None:
    cut = pages(range(count), size)
    assert [thing for page in cut for thing in page] == list(range(count))
    assert len(cut) <= queries.MOST_PAGES
    assert all(cut)
    assert all(len(page) <= max(size, -(-count // queries.MOST_PAGES)) for page in cut)
