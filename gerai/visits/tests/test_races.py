"""Two desks at the same moment: the database decides who has a room and a host."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from gerai import clock
from gerai.directory.tests.factories import a_mall, office_hours
from gerai.errors import Refused
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.visits.actions import asking, deciding
from gerai.visits.models import Slot, Visit
from gerai.visits.rules import working_day_after
from gerai.visits.tests.factories import BASE, a_host, a_request, a_room, a_wish, at

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]
AT_ONCE = 6


@pytest.fixture
def open_mall(transactional_db):
    with in_mall(a_mall()) as mall:
        office_hours()
        yield mall


def a_day():
    """Return a working day in a month and a half, whatever today is."""
    from gerai.visits.queries.calendar import day_views, today

    first = today()
    views = day_views(first, first.replace(year=first.year + 1))
    return working_day_after(first, 30, is_working=lambda on: views[on].may_come)


def at_once(mall, deeds):
    """Do all deeds at the same moment; return what each got, a refusal as its class."""
    gate = Barrier(len(deeds))

    def one(deed):
        try:
            with in_mall(mall):
                gate.wait(timeout=20)
                return deed()
        except Refused as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(one, deeds))


def _accepting(visit, day, room, host):
    def deed():
        deciding.accept(
            visit,
            starts_at=at(day),
            room=room,
            host=host,
            base_url=BASE,
            by=audit.Actor.person(host),
        )
        return "accepted"

    return deed


def test_a_room_is_given_to_one_of_many_who_accept_at_once(open_mall):
    day, room = a_day(), a_room()
    deeds = [_accepting(a_request(wished=(day,)), day, room, a_host()) for _ in range(AT_ONCE)]
    got = at_once(open_mall, deeds)
    assert got.count("accepted") == 1
    assert set(got) <= {"accepted", deciding.RoomTaken, deciding.JustTaken}
    assert Visit.objects.filter(state="accepted").count() == 1
    assert Slot.objects.filter(room=room).count() == 5


def test_a_host_is_given_to_one_of_many_who_accept_at_once(open_mall):
    day, host = a_day(), a_host()
    deeds = [_accepting(a_request(wished=(day,)), day, a_room(), host) for _ in range(AT_ONCE)]
    got = at_once(open_mall, deeds)
    assert got.count("accepted") == 1
    assert Visit.objects.filter(state="accepted").count() == 1
    assert Slot.objects.filter(host=host).count() == 5


def test_one_request_answered_twice_at_once_is_answered_once(open_mall):
    day, visit = a_day(), a_request(wished=(a_day(),))
    deeds = [_accepting(visit, day, a_room(), a_host()) for _ in range(AT_ONCE)]
    got = at_once(open_mall, deeds)
    assert sorted(map(str, got)).count("accepted") == 1
    assert Slot.objects.filter(visit=visit).count() == 10


def test_a_form_sent_many_times_at_once_is_one_request(open_mall):
    day = a_day()
    wish = a_wish(wished=(day,))

    def deed():
        return asking.ask(
            wish, letter=None, idempotency_key="kunci-sama-berkali-kali", base_url=BASE
        ).pk

    got = at_once(open_mall, [deed] * AT_ONCE)
    assert got == [Visit.objects.get().pk] * AT_ONCE


def test_many_requests_at_once_have_a_number_each(open_mall):
    day = a_day()
    deeds = [lambda: a_request(wished=(day,)).reference for _ in range(AT_ONCE)]
    year = clock.now().year
    assert sorted(at_once(open_mall, deeds)) == [f"KJ-{year}-{n:04}" for n in range(1, AT_ONCE + 1)]
