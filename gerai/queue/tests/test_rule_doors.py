"""Every way into a line goes by the routes of the order of calling; no way round them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.tests import factories
from gerai.people import audit
from gerai.people.roles import Role
from gerai.queue import tasks
from gerai.queue.actions import calling, serving
from gerai.queue.actions.nights import set_night_rule
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import Door, Group, Ticket, Unfinished
from gerai.queue.queries.routes import Wish
from gerai.queue.states import State
from gerai.queue.tests.factories import TEN, a_house, a_line, a_priority, a_route, a_ticket

KEY = "kunci-dari-halaman-ini"


@pytest.fixture
def routed(house):
    """The elderly of this agency enter line B instead of the line of their service."""
    cache.clear()
    a_line(house.agency, code="B")
    publish_rule({"routes": [{"line": "B", "groups": ["elderly"]}]}, by=house.by)
    return house


@pytest.fixture
def visitors_of(client):
    """Return a browser at a door."""

    def at(door):
        if door == "kiosk":
            paired = HttpResponse()
            give_token(paired, factories.a_device("kiosk", name="Kios depan"))
            client.cookies.update(paired.cookies)
        elif door == "greeter":
            client.force_login(factories.a_user(Role.GREETER))
        return client

    return at


def service_of(house):
    return house.line.services.order_by("pk")[0]


@pytest.mark.parametrize("address", ["kiosk:take", "phone:service", "greeter:service"])
@pytest.mark.parametrize(("group", "line"), [("elderly", "B"), ("ordinary", "A")])
def test_a_number_of_each_door(routed, visitors_of, address, group, line):
    door = address.partition(":")[0]
    there = reverse(address, args=[service_of(routed).pk])
    answer = visitors_of(door).post(there, {"key": KEY, "group": group})
    ticket = Ticket.objects.get()
    assert answer.status_code == 302
    assert (ticket.visit.door, ticket.line.code, ticket.label) == (door, line, f"{line}001")


@pytest.mark.parametrize("door", ["kiosk", "phone", "greeter"])
def test_the_first_number_of_a_visit_with_several_services(routed, door):
    other = a_house(code="Z", hours=False)
    ticket = a_route(
        [Wish(service_of(routed), stage=1), Wish(service_of(other), stage=2)],
        door=Door(door),
        group=Group.ELDERLY,
    )
    assert ticket.line.code == "B"


def serve(house):
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    serving.finish(ticket, by=house.by)


@pytest.mark.parametrize(("group", "line"), [(Group.ELDERLY, "B"), (Group.ORDINARY, "A")])
def test_a_planned_step_that_is_entered_by_itself(routed, group, line):
    other = a_house(code="Z", hours=False)
    first = a_route(
        [Wish(service_of(other), stage=1), Wish(service_of(routed), stage=2)], group=group
    )
    assert first.line.code == "Z"
    serve(other)
    onward = Ticket.objects.get(came_from=first)
    assert (onward.line.code, onward.label) == (line, "Z001")


@pytest.mark.parametrize(("group", "line"), [(Group.ELDERLY, "B"), (Group.ORDINARY, "A")])
def test_a_transfer(routed, group, line):
    other = a_house(code="Z", hours=False)
    a_ticket(other.line, group=group)
    ticket = calling.call_next(other.desk, by=other.by)
    serving.start(ticket, by=other.by)
    assert serving.transfer(ticket, service_of(routed), by=other.by).line.code == line


def test_who_comes_back_or_is_sent_on_stays_in_the_line_of_the_number(routed):
    a_priority(routed.line)
    ticket = calling.call_next(routed.desk, by=routed.by)
    publish_rule({}, by=routed.by)
    calling.miss(ticket, by=routed.by)
    calling.bring_back(ticket, by=routed.by)
    again = calling.call_next(routed.desk, by=routed.by)
    serving.start(again, by=routed.by)
    serving.send_on(again, routed.colleague().counter, by=routed.by)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.line.code) == (State.WAITING, "B")


def test_a_number_kept_over_night_stays_in_its_line(routed, clock_at):
    set_night_rule(Unfinished.KEEP_FRONT, by=audit.SYSTEM)
    ticket = a_priority(routed.line)
    clock_at.move_to(TEN + timedelta(hours=14, minutes=5))
    assert tasks.end_day.call(mall_id=routed.desk.mall_id) == 1
    assert Ticket.objects.get(came_from=ticket).line.code == "B"
