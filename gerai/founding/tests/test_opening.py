"""One act opens the mall, and a ticket can be taken the same minute."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import DatabaseError, connection

from gerai.directory.models import Counter, Service
from gerai.directory.tests.factories import a_counter, a_service, an_agency
from gerai.errors import Refused
from gerai.founding.actions import open_the_mall
from gerai.founding.actions.opening import NotReady
from gerai.founding.models import Step
from gerai.founding.queries import lacks_before_opening
from gerai.founding.states import State
from gerai.founding.tests.factories import (
    BEGAN,
    CHIEF,
    MONDAY,
    a_founding,
    a_founding_mall,
    ready_to_open,
    the_step,
)
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.queue.actions.tickets import NoLine, NotOpen, take
from gerai.queue.models import Door, Line, Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def luwu():
    with time_machine.travel(MONDAY), in_mall(a_founding_mall()) as mall:
        a_founding()
        yield mall


def take_a_number(service, key="kunci-uji"):
    return take(service, door=Door.KIOSK, idempotency_key=key, by=audit.VISITOR)


def test_a_ticket_is_refused_right_before_and_taken_right_after(luwu):
    service = ready_to_open()
    with pytest.raises((NotOpen, NoLine)):
        take_a_number(service)

    assert open_the_mall(by=CHIEF) is True

    assert (luwu.stage, luwu.opened_on) == ("operating", BEGAN)
    assert take_a_number(service).label == "A001"
    assert Rule.objects.count() == 1
    assert Deed.objects.filter(verb="founding.open").count() == 1


def test_a_mall_with_its_lines_ready_is_refused_numbers_only_because_it_is_not_open(luwu):
    service = ready_to_open()
    line = Line.objects.create(mall=luwu, agency=service.agency, code="K", name="KTP")
    line.services.add(service, through_defaults={"mall": luwu})
    with pytest.raises(NotOpen):
        take_a_number(service)

    open_the_mall(by=CHIEF)

    assert take_a_number(service).label == "K001"
    assert Line.objects.count() == 1


def test_the_steps_know_of_the_opening_and_what_follows_counts_from_it(luwu):
    ready_to_open()
    with time_machine.travel(MONDAY + timedelta(days=7)):
        open_the_mall(by=CHIEF)

    opened = BEGAN + timedelta(days=7)
    step = the_step("open")
    assert (step.state, step.done_on) == (State.DONE, opened)
    assert the_step("report").due_on == opened + timedelta(days=30)
    assert the_step("compare").due_on == opened + timedelta(days=60)


def test_what_is_missing_is_listed_with_the_way_there_and_nothing_is_opened(luwu):
    with pytest.raises(NotReady) as refused:
        open_the_mall(by=CHIEF)

    assert [(lack.key, lack.address) for lack in refused.value.lacks] == [
        ("service", "/kelola/layanan/"),
        ("counter", "/kelola/loket/"),
        ("hours", "/kelola/jam/"),
        ("officer", "/kelola/instansi/"),
        ("together", "/kelola/instansi/"),
    ]
    assert Mall.objects.get(pk=luwu.pk).stage == "founding"
    assert Line.objects.count() == 0


def test_a_service_here_and_a_counter_there_do_not_make_one_ready_agency(luwu):
    service = ready_to_open()
    Counter.objects.all().delete()
    a_counter(agency=an_agency())

    assert [lack.key for lack in lacks_before_opening()] == ["together"]
    Service.objects.filter(pk=service.pk).update(is_active=False)
    assert [lack.key for lack in lacks_before_opening()] == ["service", "together"]


def test_an_agency_without_a_counter_gets_no_line(luwu):
    service = ready_to_open()
    a_service()

    open_the_mall(by=CHIEF)

    assert [line.agency_id for line in Line.objects.all()] == [service.agency_id]


def test_opening_twice_opens_once(luwu):
    ready_to_open()

    assert open_the_mall(by=CHIEF) is True
    assert open_the_mall(by=CHIEF) is False
    assert Deed.objects.filter(verb="founding.open").count() == 1


def test_opening_a_mall_that_has_no_workspace_leaves_the_steps_alone(mall):
    Mall.objects.filter(pk=mall.pk).update(stage="founding")
    mall.refresh_from_db()
    with time_machine.travel(MONDAY):
        ready_to_open()
        assert open_the_mall(by=CHIEF) is True
    assert Step.objects.count() == 0


def test_somebody_whose_page_is_old_opens_nothing_twice(luwu):
    ready_to_open()
    old = Mall.objects.get(pk=luwu.pk)
    open_the_mall(by=CHIEF)

    with in_mall(old):
        assert open_the_mall(by=CHIEF) is False
    assert Deed.objects.filter(verb="founding.open").count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share one SQLite in memory")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_at_once_one_opens(luwu):
    for number in range(3):
        agency = an_agency(short_name=f"Instansi {number}")
        a_service(agency=agency)
    ready_to_open()
    start = Barrier(2)
    told: list[object] = []

    def press() -> None:
        try:
            with in_mall(Mall.objects.get(pk=luwu.pk)):
                start.wait(timeout=10)
                told.append(open_the_mall(by=CHIEF))
        except (Refused, DatabaseError) as wrong:
            told.append(wrong)
        finally:
            connection.close()

    people = [Thread(target=press) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=30)

    assert sorted(map(str, told)) == ["False", "True"]
    assert Deed.objects.filter(verb="founding.open").count() == 1
    assert Line.objects.count() == 1
