"""Presses of several officers in one go, and what happens between looking and writing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from gerai.directory.models import Counter
from gerai.directory.tests.factories import a_user
from gerai.front.actions import Presser
from gerai.front.rules import Press
from gerai.front.tests.conftest import FrontDoor
from gerai.front.tests.test_two_doors_of_desks import (
    CALL,
    END,
    START,
    begun,
    called,
    signed_in,
    visit,
)
from gerai.people.models import User
from gerai.queue.actions import calling, presses
from gerai.queue.actions.desks import open_desk
from gerai.queue.models import Call, LineDay, Step, Ticket
from gerai.queue.states import State
from gerai.queue.tests.factories import House, a_house, a_line, a_ticket

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's one writer gains nothing by it"
)


@pytest.fixture
def browser(house: House) -> FrontDoor:
    """Return the officer's browser before the fast door, in a zone that has had a call."""
    begun(house)
    door = FrontDoor()
    signed_in(door, house.officer)
    return door


def call_of(officer: User) -> Press:
    """Return an officer's press on "call next"."""
    session = signed_in(FrontDoor(), officer).client.session.session_key
    assert session is not None
    return Press("call", "barru.localhost", session, "id")


def in_between(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen after whoever is next was chosen, before it is written."""
    weigh = presses._turns

    def weighed(*told: Any) -> Any:
        turns = weigh(*told)
        happens()
        return turns

    monkeypatch.setattr(presses, "_turns", weighed)


def test_a_warm_call_asks_twice_the_other_presses_once(
    browser: FrontDoor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _n in range(2):
        a_ticket(house.line)
    visit(browser, house)
    asked: list[str] = []
    run = presses._run

    def counted(statement: str, told: Any) -> Any:
        asked.append(statement)
        return run(statement, told)

    monkeypatch.setattr(presses, "_run", counted)
    with CaptureQueriesContext(connection) as through_django:
        browser.desk(CALL)
    ticket = called(house)
    browser.desk(START, ticket)
    browser.desk(END, ticket, outcome="served")

    assert (len(asked), len(through_django.captured_queries)) == (4, 0)
    assert browser.answered_fast == 6


def test_calls_of_one_zone_are_numbered_in_a_row(browser: FrontDoor, house: House) -> None:
    other = a_house(code="B", hours=False)
    Counter.objects.filter(pk=other.counter.pk).update(zone=house.counter.zone)
    for line in (house.line, other.line):
        a_ticket(line)

    done = browser.presser.press([call_of(house.officer), call_of(other.officer)])

    assert done == [True, True]
    calls = Call.objects.order_by("sequence").values_list("sequence", "counter")
    assert list(calls) == [(1, house.counter.pk), (2, other.counter.pk)]


def test_two_of_one_line_are_not_weighed_at_once(browser: FrontDoor, house: House) -> None:
    colleague = house.colleague()
    for _n in range(2):
        a_ticket(house.line)

    done = browser.presser.press([call_of(house.officer), call_of(colleague.officer)])

    assert done == [True, False]
    assert Ticket.objects.filter(state=State.CALLED).count() == 1


def test_a_press_that_comes_twice_is_done_once(browser: FrontDoor, house: House) -> None:
    a_ticket(house.line)
    browser.desk(CALL)
    session = browser.client.session.session_key
    assert session is not None
    press = Press("start", "barru.localhost", session, "id", ticket_id=called(house).pk)

    assert browser.presser.press([press, press]) == [True, False]
    assert Step.objects.filter(verb="start").count() == 1


def test_a_call_in_between_is_noticed(
    browser: FrontDoor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _n in range(2):
        a_ticket(house.line)
    press = call_of(house.officer)
    in_between(monkeypatch, lambda: LineDay.objects.update(calls=F("calls") + 1))

    assert browser.presser.press([press]) == [False]
    assert not Ticket.objects.filter(state=State.CALLED).exists()

    # Without anything in between the same press is done.
    monkeypatch.undo()
    assert browser.presser.press([press]) == [True]


def test_whom_a_colleague_called_in_between_is_not_called_again(
    browser: FrontDoor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = house.colleague()
    first = a_ticket(house.line)
    a_ticket(house.line)
    in_between(monkeypatch, lambda: calling.call_next(colleague, by=house.by))

    assert browser.presser.press([call_of(house.officer)]) == [False]
    assert Ticket.objects.get(state=State.CALLED) == first
    assert Call.objects.count() == 1


def test_what_the_office_did_in_between_is_noticed(
    browser: FrontDoor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ticket(house.line)
    officer = a_user(agency=house.agency)
    in_between(monkeypatch, lambda: open_desk(house.second, officer=officer, by=house.by))

    assert browser.presser.press([call_of(house.officer)]) == [False]
    assert browser.presser.memory.halls == {}
    assert Ticket.objects.get().state == State.WAITING


def test_a_line_that_begins_its_day_later_is_called_from(browser: FrontDoor, house: House) -> None:
    other = a_line(house.agency, code="B")
    a_ticket(house.line)
    visit(browser, house)
    ticket = a_ticket(other)
    assert visit(browser, house) == ticket
    assert browser.answered_fast == 6


def test_a_failure_forgets_everything(
    browser: FrontDoor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ticket(house.line)
    browser.desk(CALL)

    def fail(_presses: object) -> None:
        raise OSError("the database is away")

    monkeypatch.setattr("gerai.front.actions.desks.press_together", fail)
    presser: Presser = browser.presser
    with pytest.raises(OSError, match="away"):
        presser.press([call_of(house.officer)])
    assert presser.memory.halls == {}
