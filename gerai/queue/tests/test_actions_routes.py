"""One number through several agencies: planned, entered by itself, changed by officers."""

from datetime import date, time, timedelta

import pytest

from gerai import clock
from gerai.directory.models import EmergencyKind, SpecialDay, WeeklyHours
from gerai.directory.tests.factories import a_service
from gerai.queue.actions import calling, serving, steps
from gerai.queue.actions.days import end_days_before
from gerai.queue.actions.desks import close_desk, open_desk
from gerai.queue.actions.emergencies import StandsStill, freeze, go_on
from gerai.queue.actions.limits import set_limits
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.routes import (
    BadRoute,
    NotServed,
    PlannedAlready,
    TooManySteps,
    add_step,
    enter_step,
    leave_route,
    place_step,
    record_item,
    restore_step,
    serve_here,
    skip_step,
    take_route,
)
from gerai.queue.actions.rule import publish_rule
from gerai.queue.actions.serving import Outcome
from gerai.queue.actions.steps import StepChanged, StillInLine
from gerai.queue.actions.tickets import BadKey, NoLine, NumbersGone, leave
from gerai.queue.models import (
    Door,
    Group,
    PlannedStep,
    RouteRule,
    ServedItem,
    ServiceDay,
    Step,
    Ticket,
    Visit,
)
from gerai.queue.queries.boards import today
from gerai.queue.queries.limits import numbers_left
from gerai.queue.queries.routes import Wish
from gerai.queue.queries.visit_routes import explain_order, explain_place
from gerai.queue.states import State
from gerai.queue.tests.factories import a_house, a_line, a_place_in, a_route, a_ticket
from gerai.survey.models import Invitation


@pytest.fixture
def other(house):
    """Another agency whose officer sits at its counter."""
    return a_house(code="B", hours=False)


def states_of(visit):
    return [
        (step.service_id, step.state)
        for step in PlannedStep.objects.filter(visit=visit).order_by("stage", "pk")
    ]


def service_of(house):
    return house.line.services.order_by("pk")[0]


def serve(house, outcome=Outcome.SERVED, **told):
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    return serving.finish(ticket, outcome=outcome, by=house.by, **told)


def a_chain(*houses, **told):
    wishes = [Wish(service_of(each), stage) for stage, each in enumerate(houses, start=1)]
    return a_route(wishes, **told)


def test_taking_a_route_stands_in_the_first_line_and_plans_the_rest(house, other):
    ticket = a_chain(house, other)
    assert (ticket.label, ticket.line, ticket.state) == ("A001", house.line, State.WAITING)
    assert states_of(ticket.visit) == [
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
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "entered"]
    serve(other)
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "done"]
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(
    ("place", "given"), [("arrival", (0, 2)), ("half", (30, 1)), ("step_end", (60, 0))]
)
def test_place_in_the_next_line_is_the_one_that_the_published_rule_gives(
    house, other, clock_at, place, given
):
    minute, passed = given
    RouteRule.objects.create(mall=house.agency.mall, version=1, since=clock.now(), place=place)
    ticket = a_chain(house, other)
    clock_at.shift(timedelta(minutes=20))
    a_ticket(other.line)
    clock_at.shift(timedelta(minutes=20))
    a_ticket(other.line)
    clock_at.shift(timedelta(minutes=20))
    onward = serve(house)
    assert onward.arrived_at - ticket.arrived_at == timedelta(minutes=minute)
    told = Step.objects.get(ticket=onward, verb="take").explanation
    assert (told["place"], told["version"], told["passed"]) == (place, 1, passed)
    order = [calling.call_next(other.desk, by=other.by).label]
    assert order == ["A001" if passed == 2 else "B001"]


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
    assert states_of(ticket.visit)[1][1] == state


def test_undone_finish_leaves_the_next_line_and_enters_it_again_later(house, other):
    ticket = a_chain(house, other)
    onward = serve(house)
    serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    onward.refresh_from_db()
    assert onward.state == State.LEFT
    assert [state for _service, state in states_of(ticket.visit)] == ["entered", "planned"]
    again = serving.finish(Ticket.objects.get(pk=ticket.pk), by=house.by)
    assert (again.state, again.came_from_id) == (State.WAITING, onward.pk)
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "entered"]


def test_undone_stop_plans_the_rest_again(house, other):
    ticket = a_chain(house, other)
    serve(house, Outcome.INCOMPLETE)
    serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    assert [state for _service, state in states_of(ticket.visit)] == ["entered", "planned"]


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
    assert states_of(ticket.visit)[1][1] == "planned"
    open_desk(other.counter, officer=other.officer, by=other.by)
    assert states_of(ticket.visit)[1][1] == "entered"
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
    assert states_of(ticket.visit)[1][1] == "entered"


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


def test_any_order_goes_to_the_line_that_is_called_soonest(house, other):
    third = a_house(code="C", hours=False)
    ticket = a_route(
        [Wish(service_of(house)), Wish(service_of(other), 2), Wish(service_of(third), 2)]
    )
    for _each in range(4):
        a_ticket(other.line)
    RouteRule.objects.create(mall=house.agency.mall, version=1, since=clock.now(), place="step_end")
    assert serve(house).line == third.line
    assert serve(third).line == other.line
    assert ticket.visit_id == Ticket.objects.order_by("-pk")[0].visit_id


def test_leaving_ends_the_whole_visit(house, other):
    ticket = a_chain(house, other)
    leave(ticket, by=house.by)
    assert [state for _service, state in states_of(ticket.visit)] == ["skipped", "skipped"]


def test_night_skips_what_was_planned_still(house, other):
    close_desk(other.desk, by=other.by)
    ticket = a_chain(house, other)
    serve(house)
    end_days_before(date(2026, 11, 24))
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "skipped"]


def test_transfer_takes_the_plan_along(house, other):
    third = a_house(code="C", hours=False)
    ticket = a_chain(house, other)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    onward = serving.transfer(called, service_of(third), by=house.by)
    assert states_of(ticket.visit) == [
        (service_of(house).pk, "skipped"),
        (service_of(third).pk, "entered"),
        (service_of(other).pk, "planned"),
    ]
    assert PlannedStep.objects.get(state="entered").ticket == onward


def test_transfer_to_a_planned_service_enters_that_step(house, other):
    ticket = a_chain(house, other)
    called = calling.call_next(house.desk, by=house.by)
    onward = serving.transfer(called, service_of(other), by=house.by)
    assert [state for _service, state in states_of(ticket.visit)] == ["skipped", "entered"]
    assert PlannedStep.objects.get(state="entered").ticket == onward


def test_added_step_makes_a_route_of_a_single_number(house, other):
    ticket = a_ticket(house.line)
    add_step(ticket, service_of(other), stage=2, by=house.by)
    assert [state for _service, state in states_of(ticket.visit)] == ["entered", "planned"]
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
    assert states_of(ticket.visit)[1][1] == "planned"


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
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "done"]


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


def test_nobody_is_passed_more_often_than_the_published_rule_says(house, other, clock_at):
    RouteRule.objects.create(
        mall=house.agency.mall, version=1, since=clock.now(), place="arrival", most_passed=2
    )
    chains = [a_chain(house, other) for _each in range(3)]
    clock_at.shift(timedelta(minutes=20))
    waiting = a_ticket(other.line)
    clock_at.shift(timedelta(minutes=20))
    later_one = a_ticket(other.line)
    onward = []
    for _each in chains:
        clock_at.shift(timedelta(minutes=5))
        onward.append(serve(house))
    told = [Step.objects.get(ticket=each, verb="take").explanation for each in onward]
    assert [(each["passed"], each["most"]) for each in told] == [(2, 2), (2, 2), (0, 2)]
    assert onward[2].arrived_at == later_one.arrived_at
    assert "sudah didahului 2 nomor" in explain_place(told[2])
    order = []
    for _each in range(5):
        called = calling.call_next(other.desk, by=other.by)
        order.append(called.pk)
        calling.miss(called, by=other.by)
    first, second, third = (each.pk for each in onward)
    assert order == [first, second, waiting.pk, later_one.pk, third]


def test_one_who_has_left_again_passes_nobody(house, other, clock_at):
    RouteRule.objects.create(
        mall=house.agency.mall, version=1, since=clock.now(), place="arrival", most_passed=1
    )
    for _each in range(2):
        a_chain(house, other)
    clock_at.shift(timedelta(minutes=20))
    a_ticket(other.line)
    leave(serve(house), by=house.by)
    told = Step.objects.get(ticket=serve(house), verb="take").explanation
    assert told["passed"] == 1


def test_transfer_keeps_its_place_within_the_bound(house, other, clock_at):
    RouteRule.objects.create(
        mall=house.agency.mall, version=1, since=clock.now(), place="arrival", most_passed=1
    )
    for _each in range(2):
        a_ticket(house.line)
    clock_at.shift(timedelta(minutes=20))
    waiting = a_ticket(other.line)
    onward = []
    for _each in range(2):
        called = calling.call_next(house.desk, by=house.by)
        onward.append(serving.transfer(called, service_of(other), by=house.by))
    assert [each.arrived_at < waiting.arrived_at for each in onward] == [True, False]
    told = Step.objects.get(ticket=onward[0], verb="take").explanation
    assert explain_place(told).startswith(
        "Datang di mal pukul 10.00; tempatnya di antrean ini pukul 10.00, dibawa dari antrean "
        "sebelumnya; mendahului 1 nomor"
    )


@pytest.mark.parametrize("way", ["step", "transfer"])
def test_next_line_is_the_one_that_the_call_rule_names_for_the_group(house, other, way):
    elder_line = a_line(other.agency, code="BL")
    publish_rule({"routes": [{"line": "BL", "groups": ["elderly"]}]}, by=other.by)
    ticket = a_chain(house, other, group=Group.ELDERLY)
    plain = a_chain(house, other)
    for each, line in ((ticket, elder_line), (plain, other.line)):
        called = calling.call_next(house.desk, by=house.by)
        assert called.pk == each.pk
        serving.start(called, by=house.by)
        if way == "step":
            onward = serving.finish(called, by=house.by)
        else:
            onward = serving.transfer(called, service_of(other), by=house.by)
        assert onward.line == line


def test_advice_weighs_the_line_that_the_visitor_would_enter(house, other):
    third = a_house(code="C", hours=False)
    elder_line = a_line(other.agency, code="BL")
    publish_rule({"routes": [{"line": "BL", "groups": ["elderly"]}]}, by=other.by)
    for _each in range(6):
        a_ticket(other.line)
    for _each in range(3):
        a_ticket(third.line)
    wishes = [Wish(service_of(other)), Wish(service_of(third))]
    assert a_route(wishes).line == third.line
    assert a_route(wishes, group=Group.ELDERLY).line == elder_line


def test_first_step_in_any_order_says_why_it_is_first(house, other):
    for _each in range(6):
        a_ticket(house.line)
    ticket = a_route([Wish(service_of(house)), Wish(service_of(other))])
    told = explain_order(Step.objects.get(ticket=ticket, verb="take").explanation)
    name = service_of(other).name
    assert told.startswith(f"{name} didahulukan: seluruhnya selesai sekitar ")
    assert f"{service_of(house).name} " in told
    fixed = a_chain(house, other)
    assert explain_order(Step.objects.get(ticket=fixed, verb="take").explanation) == ""


def test_next_step_is_another_while_the_advised_one_is_not_served(house, other):
    third = a_house(code="C", hours=False)
    for _each in range(5):
        a_ticket(third.line)
    a_route([Wish(service_of(house)), Wish(service_of(other), 2), Wish(service_of(third), 2)])
    close_desk(other.desk, by=other.by)
    onward = serve(house)
    assert onward.line == third.line
    told = Step.objects.get(ticket=onward, verb="take").explanation
    assert "karena loket yang lain belum dilayani" in explain_order(told)


def test_visit_between_two_lines_is_ended_by_its_holder(house, other):
    close_desk(other.desk, by=other.by)
    ticket = a_chain(house, other)
    with pytest.raises(TooLate):
        leave_route(ticket, by=house.by)
    serve(house)
    leave_route(ticket, by=house.by)
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "skipped"]
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
    assert [state for _service, state in states_of(ticket.visit)] == ["done", "entered"]
    assert calling.call_next(other.desk, by=other.by).pk == onward.pk


def test_planned_step_takes_a_number_of_the_day(house, other):
    set_limits(service_of(other), {(None, ""): 1}, by=house.by)
    first = a_chain(house, other)
    with pytest.raises(NumbersGone) as refused:
        a_chain(house, other)
    assert str(refused.value.message).startswith(f"{service_of(other).name}: ")
    with pytest.raises(NumbersGone):
        a_ticket(other.line)
    assert Visit.objects.count() == 1
    skip_step(PlannedStep.objects.get(visit=first.visit_id, state="planned"), by=house.by)
    assert a_ticket(other.line).number == 1
    with pytest.raises(NumbersGone):
        restore_step(PlannedStep.objects.get(visit=first.visit_id, state="skipped"), by=house.by)


def test_number_of_a_planned_step_is_free_again_when_its_holder_leaves(house, other):
    set_limits(service_of(other), {(None, ""): 1}, by=house.by)
    leave(a_chain(house, other), by=house.by)
    ticket = a_chain(house, other)
    serve(house, Outcome.INCOMPLETE)
    assert ServiceDay.objects.get(service=service_of(other)).given == 0
    serving.undo(Ticket.objects.get(pk=ticket.pk), by=house.by)
    assert ServiceDay.objects.get(service=service_of(other)).given == 1


def test_limit_that_is_new_counts_the_steps_that_were_planned_before(house, other):
    a_chain(house, other)
    set_limits(service_of(other), {(None, ""): 2}, by=house.by)
    assert numbers_left([service_of(other)], today()) == {service_of(other).pk: 1}
    a_chain(house, other)
    with pytest.raises(NumbersGone):
        a_chain(house, other)


def test_step_whose_agency_closes_first_goes_first(house, other, clock_at):
    WeeklyHours.objects.create(
        mall=house.agency.mall, agency=other.agency, weekday=0, opens=time(8), closes=time(10, 35)
    )
    for line, waiting in ((house.line, 3), (other.line, 2)):
        for _each in range(waiting):
            a_ticket(line)
    ticket = a_route([Wish(service_of(house)), Wish(service_of(other))])
    assert ticket.line == other.line
    told = explain_order(Step.objects.get(ticket=ticket, verb="take").explanation)
    assert "agar tidak ada loket yang sudah tutup" in told
