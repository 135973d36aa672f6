"""Which line and place the next step of a visit gets, and whether a number is left for it."""

from datetime import time, timedelta

import pytest

from gerai import clock
from gerai.directory.models import WeeklyHours
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.limits import set_limits
from gerai.queue.actions.routes import (
    restore_step,
    skip_step,
)
from gerai.queue.actions.rule import publish_rule
from gerai.queue.actions.serving import Outcome
from gerai.queue.actions.tickets import NumbersGone, leave
from gerai.queue.models import (
    Group,
    PlannedStep,
    RouteRule,
    ServiceDay,
    Step,
    Ticket,
    Visit,
)
from gerai.queue.queries.boards import today
from gerai.queue.queries.limits import numbers_left
from gerai.queue.queries.routes import Wish
from gerai.queue.queries.visit_routes import explain_order, explain_place
from gerai.queue.tests.factories import a_house, a_line, a_route, a_ticket
from gerai.queue.tests.routing import a_chain, serve, service_of


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
