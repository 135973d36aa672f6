"""Officers add, skip, place and count the steps of a visit."""

import pytest

from gerai.directory.tests.factories import a_service
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.routes import (
    BadRoute,
    NotServed,
    PlannedAlready,
    TooManySteps,
    add_step,
    enter_step,
    place_step,
    record_item,
    restore_step,
    serve_here,
    skip_step,
)
from gerai.queue.actions.steps import StepChanged, StillInLine
from gerai.queue.actions.tickets import NoLine
from gerai.queue.models import (
    PlannedStep,
    ServedItem,
)
from gerai.queue.queries.routes import Wish
from gerai.queue.tests.factories import a_line, a_place_in, a_route, a_ticket
from gerai.queue.tests.routing import a_chain, serve, service_of, steps_of


def test_officer_enters_a_waiting_step_also_where_nobody_sits(house, other):
    close_desk(other.desk, by=other.by)
    ticket = a_chain(house, other)
    step = PlannedStep.objects.get(visit=ticket.visit_id, state="planned")
    with pytest.raises(StillInLine):
        enter_step(step, by=house.by)
    serve(house)
    assert enter_step(step, by=house.by).line == other.line
    with pytest.raises(StillInLine):
        enter_step(step, by=house.by)


def test_added_step_makes_a_route_of_a_single_number(house, other):
    ticket = a_ticket(house.line)
    add_step(ticket, service_of(other), stage=2, by=house.by)
    assert [state for _service, state in steps_of(ticket.visit)] == ["entered", "planned"]
    assert serve(house).line == other.line


def test_adding_a_service_that_is_planned_is_refused(house, other):
    ticket = a_chain(house, other)
    with pytest.raises(PlannedAlready):
        add_step(ticket, service_of(other), stage=2, by=house.by)
    with pytest.raises(NoLine):
        add_step(ticket, a_service(), stage=2, by=house.by)


def test_adding_an_eighth_step_is_refused(house):
    services = [a_place_in(house.line, a_service(agency=house.agency)) for _ in range(8)]
    ticket = a_route([Wish(service) for service in services[:7]])
    with pytest.raises(TooManySteps):
        add_step(ticket, services[7], stage=1, by=house.by)


def test_two_who_skip_the_same_step_the_second_is_told(house, other):
    ticket = a_chain(house, other)
    mine = PlannedStep.objects.get(visit=ticket.visit_id, state="planned")
    theirs = PlannedStep.objects.get(pk=mine.pk)
    skip_step(mine, by=house.by)
    with pytest.raises(StepChanged):
        skip_step(theirs, by=other.by)
    restore_step(mine, by=house.by)
    assert steps_of(ticket.visit)[1][1] == "planned"


def test_two_who_place_the_same_step_the_second_is_told(house, other):
    ticket = a_chain(house, other)
    step = PlannedStep.objects.get(visit=ticket.visit_id, state="planned")
    place_step(step, stage=3, was=2, by=house.by)
    with pytest.raises(StepChanged):
        place_step(step, stage=4, was=2, by=other.by)
    step.refresh_from_db()
    assert step.stage == 3


def test_planned_step_served_at_the_same_desk_is_counted_there(house):
    second = a_place_in(house.line, a_service(agency=house.agency))
    ticket = a_route([Wish(service_of(house)), Wish(second, 2, 3)])
    step = PlannedStep.objects.get(service=second)
    with pytest.raises(NotServed):
        serve_here(step, ticket, by=house.by)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    serve_here(step, called, by=house.by)
    assert serving.finish(called, by=house.by) is None
    assert ServedItem.objects.get().amount == 3
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "done"]


def test_items_of_a_number_are_recorded_while_it_is_served(house):
    service = service_of(house)
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    with pytest.raises(NotServed):
        record_item(ticket, service, amount=3, by=house.by)
    serving.start(ticket, by=house.by)
    record_item(ticket, service, amount=2, by=house.by)
    record_item(ticket, service, amount=3, by=house.by)
    assert ServedItem.objects.get().amount == 3
    with pytest.raises(BadRoute):
        record_item(ticket, a_line().services.get(), amount=1, by=house.by)
    record_item(ticket, service, amount=0, by=house.by)
    assert not ServedItem.objects.exists()


def test_planned_amount_is_recorded_by_itself_at_the_end(house, other):
    a_route([Wish(service_of(house), 1, 3), Wish(service_of(other), 2)])
    serve(house)
    assert ServedItem.objects.get().amount == 3
