"""One number through several agencies: taken, entered by itself, ended."""

from datetime import date

import pytest

from gerai.directory.models import EmergencyKind, SpecialDay
from gerai.directory.tests.factories import a_service
from gerai.queue.actions import calling, serving, steps
from gerai.queue.actions.days import end_days_before
from gerai.queue.actions.desks import close_desk, open_desk
from gerai.queue.actions.emergencies import StandsStill, freeze, go_on
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.routes import (
    BadRoute,
    leave_route,
    take_route,
)
from gerai.queue.actions.serving import Outcome
from gerai.queue.actions.tickets import BadKey, leave
from gerai.queue.models import (
    Door,
    PlannedStep,
    Ticket,
    Visit,
)
from gerai.queue.queries.routes import Wish
from gerai.queue.states import State
from gerai.queue.tests.factories import a_house, a_place_in, a_route, a_ticket
from gerai.queue.tests.routing import a_chain, serve, service_of, steps_of
from gerai.survey.models import Invitation


def test_taking_a_route_stands_in_the_first_line_and_plans_the_rest(house, other):
    ticket = a_chain(house, other)
    assert (ticket.label, ticket.line, ticket.state) == ("A001", house.line, State.WAITING)
    assert steps_of(ticket.visit) == [
        (service_of(house).pk, "entered"),
        (service_of(other).pk, "planned"),
    ]


def test_taking_a_route_twice_gives_the_same_number_and_one_plan(house, other):
    first = a_chain(house, other, key="kunci-yang-sama-0001")
    again = a_chain(house, other, key="kunci-yang-sama-0001")
    assert again.pk == first.pk
    assert (Visit.objects.count(), PlannedStep.objects.count()) == (1, 2)


def test_taking_begins_with_the_shortest_line_of_a_stage_in_any_order(house, other):
    for _each in range(6):
        a_ticket(house.line)
    ticket = a_route([Wish(service_of(house)), Wish(service_of(other))])
    assert ticket.line == other.line


@pytest.mark.parametrize("count", [1, 8])
def test_route_of_one_or_of_eight_services_is_refused(house, count):
    wishes = [Wish(a_place_in(house.line, a_service(agency=house.agency))) for _ in range(count)]
    with pytest.raises(BadRoute):
        a_route(wishes)


def test_route_with_the_same_service_twice_is_refused(house):
    with pytest.raises(BadRoute):
        a_route([Wish(service_of(house)), Wish(service_of(house), 2)])


def test_finished_step_enters_the_next_line_with_the_same_label(house, other):
    ticket = a_chain(house, other)
    onward = serve(house)
    assert (onward.label, onward.line, onward.number) == ("A001", other.line, None)
    assert (onward.came_from_id, onward.visit_id) == (ticket.pk, ticket.visit_id)
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "entered"]
    serve(other)
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "done"]
    assert Invitation.objects.count() == 2


def test_finishing_twice_enters_the_next_line_once(house, other):
    ticket = a_chain(house, other)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    stale = Ticket.objects.get(pk=ticket.pk)
    serving.finish(called, by=house.by)
    with pytest.raises(TooLate):
        serving.finish(stale, by=house.by)
    assert Ticket.objects.filter(visit=ticket.visit_id).count() == 2


@pytest.mark.parametrize(
    ("outcome", "goes_on", "state"),
    [
        (Outcome.INFORMED, None, "entered"),
        (Outcome.INCOMPLETE, None, "skipped"),
        (Outcome.REFERRED, None, "skipped"),
        (Outcome.INCOMPLETE, True, "entered"),
        (Outcome.SERVED, False, "skipped"),
    ],
)
def test_officer_says_whether_the_visit_goes_on_else_the_outcome(
    house, other, outcome, goes_on, state
):
    ticket = a_chain(house, other)
    serve(house, outcome, goes_on=goes_on)
    assert steps_of(ticket.visit)[1][1] == state


def test_undone_finish_leaves_the_next_line_and_enters_it_again_later(house, other):
    ticket = a_chain(house, other)
    onward = serve(house)
    serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    onward.refresh_from_db()
    assert onward.state == State.LEFT
    assert [state for _service, state in steps_of(ticket.visit)] == ["entered", "planned"]
    again = serving.finish(Ticket.objects.get(pk=ticket.pk), by=house.by)
    assert (again.state, again.came_from_id) == (State.WAITING, onward.pk)
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "entered"]


def test_undone_stop_plans_the_rest_again(house, other):
    ticket = a_chain(house, other)
    serve(house, Outcome.INCOMPLETE)
    serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    assert [state for _service, state in steps_of(ticket.visit)] == ["entered", "planned"]


def test_finish_is_not_undone_when_the_next_agency_called_already(house, other):
    ticket = a_chain(house, other)
    serve(house)
    calling.call_next(other.desk, by=other.by)
    with pytest.raises(TooLate):
        serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    ticket.refresh_from_db()
    assert ticket.state == State.DONE


def test_step_of_an_unstaffed_agency_waits_and_is_entered_when_its_counter_opens(house, other):
    close_desk(other.desk, by=other.by)
    ticket = a_chain(house, other)
    assert serve(house) is None
    assert steps_of(ticket.visit)[1][1] == "planned"
    open_desk(other.counter, officer=other.officer, by=other.by)
    assert steps_of(ticket.visit)[1][1] == "entered"
    assert Ticket.objects.get(visit=ticket.visit_id, line=other.line).label == "A001"


def test_step_of_a_closed_agency_waits_and_is_entered_when_its_hours_begin(house, other):
    closed = SpecialDay.objects.create(
        mall=house.agency.mall,
        agency=other.agency,
        on=date(2026, 11, 23),
        kind="closed",
        name="Rapat",
    )
    ticket = a_chain(house, other)
    assert serve(house) is None
    closed.delete()
    assert steps.enter_due(date(2026, 11, 23)) == 1
    assert steps.enter_due(date(2026, 11, 23)) == 0
    assert steps_of(ticket.visit)[1][1] == "entered"


def test_leaving_ends_the_whole_visit(house, other):
    ticket = a_chain(house, other)
    leave(ticket, by=house.by)
    assert [state for _service, state in steps_of(ticket.visit)] == ["skipped", "skipped"]


def test_night_skips_what_was_planned_still(house, other):
    close_desk(other.desk, by=other.by)
    ticket = a_chain(house, other)
    serve(house)
    end_days_before(date(2026, 11, 24))
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "skipped"]


def test_transfer_takes_the_plan_along(house, other):
    third = a_house(code="C", hours=False)
    ticket = a_chain(house, other)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    onward = serving.transfer(called, service_of(third), by=house.by)
    assert steps_of(ticket.visit) == [
        (service_of(house).pk, "skipped"),
        (service_of(third).pk, "entered"),
        (service_of(other).pk, "planned"),
    ]
    assert PlannedStep.objects.get(state="entered").ticket == onward


def test_transfer_to_a_planned_service_enters_that_step(house, other):
    ticket = a_chain(house, other)
    called = calling.call_next(house.desk, by=house.by)
    onward = serving.transfer(called, service_of(other), by=house.by)
    assert [state for _service, state in steps_of(ticket.visit)] == ["skipped", "entered"]
    assert PlannedStep.objects.get(state="entered").ticket == onward


def test_invitation_comes_once_for_each_agency(house):
    second = a_place_in(house.line, a_service(agency=house.agency))
    a_route([Wish(service_of(house)), Wish(second, 2)])
    serve(house)
    serve(house)
    assert Invitation.objects.count() == 1


def test_single_service_has_no_plan(house):
    a_ticket(house.line)
    assert serve(house) is None
    assert not PlannedStep.objects.exists()


def test_taking_a_route_needs_a_key(house, other):
    with pytest.raises(BadKey):
        take_route(
            [Wish(service_of(house)), Wish(service_of(other))],
            door=Door.KIOSK,
            idempotency_key="",
            by=house.by,
        )


def test_visit_between_two_lines_is_ended_by_its_holder(house, other):
    close_desk(other.desk, by=other.by)
    ticket = a_chain(house, other)
    with pytest.raises(TooLate):
        leave_route(ticket, by=house.by)
    serve(house)
    leave_route(ticket, by=house.by)
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "skipped"]
    with pytest.raises(TooLate):
        leave_route(ticket, by=house.by)
    open_desk(other.counter, officer=other.officer, by=other.by)
    assert Ticket.objects.filter(visit=ticket.visit_id).count() == 1


def test_emergency_between_two_lines_keeps_the_visit_and_calls_nobody(house, other):
    ticket = a_chain(house, other)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    emergency = freeze(EmergencyKind.FIRE, by=house.by)
    onward = serving.finish(called, by=house.by)
    assert (onward.state, onward.line) == (State.WAITING, other.line)
    with pytest.raises(StandsStill):
        calling.call_next(other.desk, by=other.by)
    go_on(emergency, by=house.by)
    assert calling.call_next(other.desk, by=other.by).visit_id == ticket.visit_id


def test_undone_call_of_a_later_step_leaves_the_chain_as_it_was(house, other):
    ticket = a_chain(house, other)
    onward = serve(house)
    called = calling.call_next(other.desk, by=other.by)
    serving.undo(called, by=other.by)
    onward.refresh_from_db()
    assert (onward.state, onward.counter) == (State.WAITING, None)
    assert [state for _service, state in steps_of(ticket.visit)] == ["done", "entered"]
    assert calling.call_next(other.desk, by=other.by).pk == onward.pk
