"""One suite, two doors to a desk: whatever an officer presses, both bring about the same."""

from collections import defaultdict
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection

from gerai import clock
from gerai.directory.models import EmergencyKind
from gerai.directory.tests.factories import a_mall, an_agency
from gerai.front.tests.conftest import FrontDoor, PageDoor
from gerai.malls.scope import in_mall
from gerai.people.models import Deed, Membership, User
from gerai.people.roles import Role
from gerai.queue.actions import desks, emergencies, serving
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import Call, LineDay, Step, Ticket, ZoneVoice
from gerai.queue.queries.routes import Wish
from gerai.queue.states import State
from gerai.queue.tests.factories import (
    TEN,
    House,
    a_house,
    a_line,
    a_priority,
    a_route,
    a_ticket,
    later,
)
from gerai.survey.models import Invitation

IS_FAST = connection.vendor == "postgresql"
# What is drawn by lot.
DRAWN = {"token", "rating_token"}
CALL, START, END = "panggilan", "pelayanan", "penyelesaian"


@pytest.fixture(params=[PageDoor, FrontDoor], ids=["page", "front"])
def door(request: pytest.FixtureRequest, house: House) -> PageDoor:
    """Return the officer's browser before one of the doors, in a zone that has had a call."""
    begun(house)
    return signed_in(request.param(), house.officer)


def signed_in(door: PageDoor, officer: User) -> PageDoor:
    """Sign an officer in; the token of the forms stays."""
    token = door.client.cookies["csrftoken"].value
    door.client.force_login(officer)
    door.client.cookies["csrftoken"] = token
    return door


def begun(house: House) -> None:
    """Let the zone have the row that numbers its calls; the first call of all makes it."""
    ZoneVoice.objects.create(mall=house.counter.mall, zone=house.counter.zone)


def fast(door: PageDoor) -> int:
    """Return how many presses the fast door answered itself, -1 where there is none."""
    return door.answered_fast if isinstance(door, FrontDoor) and IS_FAST else -1


def called(house: House) -> Ticket:
    """Return the number at the counter."""
    ticket: Ticket = Ticket.objects.get(counter=house.counter, state=State.CALLED)
    return ticket


def visit(door: PageDoor, house: House, outcome: str = "served") -> Ticket:
    """Call, serve and end whoever is next."""
    door.desk(CALL)
    ticket = called(house)
    door.desk(START, ticket)
    door.desk(END, ticket, outcome=outcome)
    return ticket


def everything(officer: User) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the mall in scope that presses bring about, keys told by their order."""
    tables = (Ticket, Step, Deed, LineDay, ZoneVoice, Call, Invitation)
    rows = {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}
    seen: dict[str, set[int]] = defaultdict(set)
    for row in (row for table in rows.values() for row in table):
        for name, value in row.items():
            if name.endswith("_id") and value is not None:
                seen[name].add(value)
    seen["ticket_id"] |= {row["id"] for row in rows["Ticket"]}
    order = {name: sorted(keys) for name, keys in seen.items()}

    def told(name: str, value: Any) -> Any:
        if name in order and value is not None:
            return order[name].index(value)
        if name == "thing" and value.startswith("ticket:"):
            return order["ticket_id"].index(int(value.removeprefix("ticket:")))
        return "" if value == officer.name or name == "thing" else value

    return {
        table: [
            {name: told(name, value) for name, value in row.items() if name not in DRAWN | {"id"}}
            for row in found
        ]
        for table, found in rows.items()
    }


def a_crowd(house: House) -> None:
    """Let elderly and ordinary visitors wait in two lines."""
    other = a_line(house.agency, code="B")
    for line in (house.line, other, house.line, other, house.line):
        a_ticket(line)
    for line in (other, house.line):
        a_priority(line)


SHARES = [{"line": "A", "share": 2}, {"line": "B", "share": 1}]
RULES: dict[str, dict[str, Any]] = {
    "usual": {},
    "ratio": {"plans": [{"how": "ratio", "lines": SHARES}]},
    "limit": {"limits": [{"minutes": 5}]},
}


@pytest.mark.parametrize("rule", RULES)
def test_both_write_the_same_rows(db: None, clock_at: time_machine.Traveller, rule: str) -> None:
    written = []
    for kind in (PageDoor, FrontDoor):
        clock_at.move_to(TEN)
        with in_mall(a_mall(slug=kind.__name__.lower())) as mall:
            house = a_house()
            a_crowd(house)
            publish_rule(RULES[rule], by=house.by)
            begun(house)
            door = signed_in(kind(f"{mall.slug}.localhost"), house.officer)
            for n in range(7):
                clock_at.move_to(later(minutes=1))
                visit(door, house, ("served", "referred", "informed", "incomplete")[n % 4])
            written.append(everything(house.officer))

    assert written[0] == written[1]
    assert (len(written[0]["Call"]), len(written[0]["Invitation"])) == (7, 7)
    assert fast(door) in (-1, 21)


@pytest.mark.parametrize("noun", [CALL, START, END])
def test_both_say_it_in_the_same_words(house: House, noun: str) -> None:
    begun(house)
    said = []
    for kind in (PageDoor, FrontDoor):
        a_ticket(house.line)
        door = signed_in(kind(), house.officer)
        for each, outcome in ((CALL, ""), (START, ""), (END, "served")):
            ticket = Ticket.objects.filter(counter=house.counter).last() if each != CALL else None
            answer = door.desk(each, ticket, **({"outcome": outcome} if outcome else {}))
            if each == noun:
                said.append((answer.status_code, dict(answer.items()), answer.content))

    assert said[0] == said[1]
    assert fast(door) in (-1, 3)


def test_one_after_another_is_called(door: PageDoor, house: House) -> None:
    tickets = [a_ticket(house.line) for _n in range(3)]
    assert [visit(door, house) for _n in range(3)] == tickets
    assert fast(door) in (-1, 9)
    assert set(Ticket.objects.values_list("state", flat=True)) == {State.DONE}


def test_an_empty_line_is_told(door: PageDoor, house: House) -> None:
    door.desk(CALL)
    assert "Tidak ada yang menunggu" in door.client.get("/petugas/").content.decode()
    assert fast(door) in (-1, 0)


def test_a_counter_has_one_visitor(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    for _press in range(2):
        door.desk(CALL)
    assert Ticket.objects.filter(state=State.CALLED).count() == 1
    assert fast(door) in (-1, 1)


def test_a_number_of_another_counter_is_not_served(door: PageDoor, house: House) -> None:
    ticket = a_ticket(house.line)
    colleague = house.colleague()
    other = signed_in(type(door)(), colleague.officer)
    other.desk(CALL)
    door.desk(START, ticket)
    assert Ticket.objects.get().state == State.CALLED
    assert fast(door) in (-1, 0)


def test_a_number_of_another_agency_is_not_there(door: PageDoor, house: House) -> None:
    stranger = a_ticket(a_line(an_agency(), code="Z"))
    Ticket.objects.filter(pk=stranger.pk).update(counter=house.counter, state=State.CALLED)
    assert door.desk(START, stranger).status_code == 404
    assert Ticket.objects.get().state == State.CALLED


def test_who_signed_out_does_nothing(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    ticket = visit(door, house)
    Session.objects.all().delete()
    assert door.desk(CALL).headers["Location"].startswith("/masuk/")
    assert Ticket.objects.exclude(pk=ticket.pk).get().state == State.WAITING


@pytest.mark.parametrize("field", ["is_active", "password"])
def test_an_account_that_was_changed_does_nothing(door: PageDoor, house: House, field: str) -> None:
    for _n in range(2):
        a_ticket(house.line)
    visit(door, house)
    User.objects.update(**{field: False if field == "is_active" else "lain"})
    assert door.desk(CALL).headers["Location"].startswith("/masuk/")
    assert Ticket.objects.filter(state=State.WAITING).count() == 1


def test_who_lost_the_role_does_nothing(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    visit(door, house)
    Membership.objects.filter(user=house.officer).update(role=Role.GREETER)
    assert door.desk(CALL).status_code == 403
    assert Ticket.objects.filter(state=State.WAITING).count() == 1


def test_a_session_that_has_run_out_does_nothing(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    visit(door, house)
    Session.objects.update(expire_date=clock.now())
    assert door.desk(CALL).headers["Location"].startswith("/masuk/")
    assert Ticket.objects.filter(state=State.WAITING).count() == 1


def test_a_form_without_its_token_does_nothing(door: PageDoor, house: House) -> None:
    a_ticket(house.line)
    assert door.desk(CALL, csrfmiddlewaretoken="x" * 32).status_code == 403
    assert Ticket.objects.get().state == State.WAITING


def test_a_paused_counter_calls_nobody(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    visit(door, house)
    desks.pause(house.desk, reason="", by=house.by)
    door.desk(CALL)
    assert Ticket.objects.filter(state=State.WAITING).count() == 1


def test_a_counter_that_was_closed_calls_nobody(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    visit(door, house)
    desks.close_desk(house.desk, by=house.by)
    door.desk(CALL)
    assert Ticket.objects.filter(state=State.WAITING).count() == 1


def test_in_an_emergency_nobody_is_called_and_the_served_end(door: PageDoor, house: House) -> None:
    for _n in range(2):
        a_ticket(house.line)
    door.desk(CALL)
    door.desk(START, called(house))
    emergencies.freeze(EmergencyKind.FIRE, by=house.by)
    door.desk(END, Ticket.objects.get(state=State.SERVING), outcome="served")
    door.desk(CALL)
    states = Ticket.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.DONE, State.WAITING]
    assert fast(door) in (-1, 2)


def test_a_rule_holds_at_once(door: PageDoor, house: House) -> None:
    other = a_line(house.agency, code="B")
    for line in (house.line, house.line, other):
        a_ticket(line)
    visit(door, house)
    lines = [{"line": "B"}, {"line": "A"}]
    publish_rule(
        {"plans": [{"how": "in_order", "lines": lines}], "limits": [{"minutes": 60}]}, by=house.by
    )
    assert visit(door, house).label == "B001"
    # The press after the change is answered by the page.
    assert fast(door) in (-1, 5)


def test_who_was_sent_to_this_counter_goes_first(door: PageDoor, house: House) -> None:
    first, second = a_ticket(house.line), a_ticket(house.line)
    Ticket.objects.filter(pk=second.pk).update(wanted_counter=house.counter)
    door.desk(CALL)
    assert called(house) == second
    assert fast(door) in (-1, 0)
    assert Ticket.objects.get(pk=first.pk).state == State.WAITING


def test_who_came_back_lets_others_go_first(door: PageDoor, house: House) -> None:
    first, second = a_ticket(house.line), a_ticket(house.line)
    Ticket.objects.filter(pk=first.pk).update(callable_after=2)
    door.desk(CALL)
    assert called(house) == second
    assert fast(door) in (-1, 0)


def test_a_visit_with_further_steps_goes_on(door: PageDoor, house: House) -> None:
    other = a_house(code="B", hours=False)
    a_route([Wish(house.line.services.get(), 1), Wish(other.line.services.get(), 2)])
    ticket = visit(door, house)
    onward = Ticket.objects.get(came_from=ticket)
    assert (onward.line, onward.state) == (other.line, State.WAITING)
    assert fast(door) in (-1, 2)


def test_an_end_taken_back_invites_once(door: PageDoor, house: House) -> None:
    a_ticket(house.line)
    ticket = visit(door, house)
    serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    door.desk(END, ticket, outcome="served")
    assert Ticket.objects.get().state == State.DONE
    assert Invitation.objects.count() == 1
    assert fast(door) in (-1, 3)
