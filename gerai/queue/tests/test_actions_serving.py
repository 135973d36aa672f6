"""At the desk: start, hold, send on, transfer, finish, undo, and the end of a day."""

from datetime import date

import pytest

from gerai.directory.tests.factories import a_counter, a_service
from gerai.queue.actions import calling, serving
from gerai.queue.actions.calling import CounterBusy
from gerai.queue.actions.days import end_days_before
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.serving import NothingToUndo, NotTheirCounter, Outcome, SameLine
from gerai.queue.actions.tickets import NoLine
from gerai.queue.models import Step, Ticket
from gerai.queue.states import State
from gerai.queue.tests.factories import a_line, a_ticket
from gerai.survey.models import Invitation


@pytest.fixture
def called(house):
    a_ticket(house.line)
    return calling.call_next(house.desk, by=house.by)


@pytest.fixture
def served(house, called):
    serving.start(called, by=house.by)
    return called


def verbs_of(ticket):
    return list(Step.objects.filter(ticket=ticket).order_by("pk").values_list("verb", flat=True))


def test_start_begins_the_service(house, called):
    serving.start(called, by=house.by)
    assert called.state == State.SERVING


def test_start_twice_is_too_late(house, served):
    with pytest.raises(TooLate):
        serving.start(served, by=house.by)


def test_finish_stores_the_outcome_and_invites_to_rate_once(house, served):
    serving.finish(served, outcome=Outcome.INCOMPLETE, by=house.by)
    assert (served.state, served.outcome) == (State.DONE, "incomplete")
    invitation = Invitation.objects.get()
    assert (invitation.token, invitation.service_id) == (served.rating_token, served.service_id)


def test_finish_twice_is_too_late_and_invites_once(house, served):
    stale = Ticket.objects.get(pk=served.pk)
    serving.finish(served, by=house.by)
    with pytest.raises(TooLate):
        serving.finish(stale, by=house.by)
    assert Invitation.objects.count() == 1


def test_finish_refuses_a_called_ticket(house, called):
    with pytest.raises(TooLate):
        serving.finish(called, by=house.by)


def test_finish_undone_and_done_again_keeps_the_invitation(house, served):
    serving.finish(served, by=house.by)
    serving.undo(served, by=house.by)
    assert (served.state, served.outcome) == (State.SERVING, "")
    serving.finish(served, by=house.by)
    assert Invitation.objects.count() == 1


def test_hold_frees_the_counter_and_resume_goes_on(house, served):
    a_ticket(house.line)
    serving.hold(served, by=house.by, reason="Melengkapi berkas")
    second = calling.call_next(house.desk, by=house.by)
    serving.start(second, by=house.by)
    serving.finish(second, by=house.by)
    serving.resume(served, house.desk, by=house.by)
    assert (served.state, served.wanted_counter) == (State.SERVING, None)
    assert Step.objects.get(ticket=served, verb="hold").reason == "Melengkapi berkas"


def test_hold_of_a_called_visitor_logs_the_start_first(house, called):
    serving.hold(called, by=house.by)
    assert verbs_of(called) == ["take", "call", "start", "hold"]


def test_resume_refuses_while_the_counter_is_busy(house, served):
    a_ticket(house.line)
    serving.hold(served, by=house.by)
    calling.call_next(house.desk, by=house.by)
    with pytest.raises(CounterBusy):
        serving.resume(served, house.desk, by=house.by)


def test_resume_works_at_a_colleagues_counter(house, served):
    other = house.colleague()
    serving.hold(served, by=house.by)
    serving.resume(served, other, by=house.by)
    assert served.counter == house.second


def test_send_on_makes_the_visitor_next_at_that_counter_only(house, called, clock_at):
    clock_at.shift(60)
    a_ticket(house.line), a_ticket(house.line)
    other = house.colleague()
    serving.send_on(called, house.second, by=house.by)
    assert calling.call_next(house.desk, by=house.by).label == "A002"
    there = calling.call_next(other, by=house.by)
    assert (there.label, there.arrived_at) == ("A001", called.arrived_at)
    step = Step.objects.get(ticket=there, verb="call", counter=house.second)
    assert step.explanation["reason"] == "sent_to_this_counter"


def test_send_on_refuses_a_counter_that_nobody_has_open(house, called):
    with pytest.raises(NotTheirCounter):
        serving.send_on(called, house.second, by=house.by)


def test_send_on_refuses_the_same_counter(house, called):
    with pytest.raises(NotTheirCounter):
        serving.send_on(called, house.counter, by=house.by)


def test_send_on_refuses_a_counter_of_another_agency(house, called):
    with pytest.raises(NotTheirCounter):
        serving.send_on(called, a_counter(), by=house.by)


def test_sent_visitor_is_everybodys_again_when_that_counter_closes(house, called):
    other = house.colleague()
    serving.send_on(called, house.second, by=house.by)
    close_desk(other, by=house.by)
    assert calling.call_next(house.desk, by=house.by).pk == called.pk


def test_transfer_keeps_label_and_arrival_in_the_other_line(house, served):
    other = a_line(code="B")
    service = other.services.get()
    onward = serving.transfer(served, service, by=house.by, reason="Salah loket")
    assert served.state == State.TRANSFERRED
    assert (onward.label, onward.arrived_at, onward.number, onward.line, onward.visit_id) == (
        "A001",
        served.arrived_at,
        None,
        other,
        served.visit_id,
    )
    assert (onward.state, onward.came_from) == (State.WAITING, served)


def test_transfer_takes_no_number_of_the_other_line(house, served):
    other = a_line(code="B")
    serving.transfer(served, other.services.get(), by=house.by)
    assert a_ticket(other).label == "B001"


def test_transfer_refuses_the_same_service(house, served):
    with pytest.raises(SameLine):
        serving.transfer(served, served.service, by=house.by)


def test_transfer_refuses_a_service_without_a_line(house, served):
    with pytest.raises(NoLine):
        serving.transfer(served, a_service(), by=house.by)
    assert Ticket.objects.get(pk=served.pk).state == State.SERVING


@pytest.mark.parametrize("act", ["call", "start", "hold", "miss", "finish"])
def test_undo_takes_the_last_step_back(house, called, act):
    if act in {"start", "hold", "finish"}:
        serving.start(called, by=house.by)
    before = Ticket.objects.get(pk=called.pk).state
    if act == "hold":
        serving.hold(called, by=house.by)
    elif act == "miss":
        calling.miss(called, by=house.by)
    elif act == "finish":
        serving.finish(called, by=house.by)
    elif act == "start":
        before = State.CALLED
    else:
        before = State.WAITING
    serving.undo(called, by=house.by)
    assert Ticket.objects.get(pk=called.pk).state == before


def test_undo_refuses_after_the_time_of_the_rule(house, served, clock_at):
    clock_at.shift(15.5)
    with pytest.raises(NothingToUndo):
        serving.undo(served, by=house.by)


def test_undo_works_at_the_last_moment(house, served, clock_at):
    clock_at.shift(15)
    serving.undo(served, by=house.by)
    assert served.state == State.CALLED


def test_undo_refuses_what_is_not_one_of_those_steps(house):
    with pytest.raises(NothingToUndo):
        serving.undo(a_ticket(house.line), by=house.by)


def test_undo_twice_refuses(house, served):
    serving.undo(served, by=house.by)
    with pytest.raises(NothingToUndo):
        serving.undo(served, by=house.by)


def test_undo_refuses_when_the_counter_has_somebody_else(house, served):
    a_ticket(house.line)
    serving.finish(served, by=house.by)
    calling.call_next(house.desk, by=house.by)
    with pytest.raises(CounterBusy):
        serving.undo(served, by=house.by)
    assert Ticket.objects.get(pk=served.pk).state == State.DONE


def test_day_end_expires_what_is_left_and_nothing_else(house, served):
    waiting = a_ticket(house.line)
    assert end_days_before(date(2026, 11, 23)) == 0
    assert end_days_before(date(2026, 11, 24)) == 2
    states = Ticket.objects.filter(pk__in=[served.pk, waiting.pk]).values_list("state", flat=True)
    assert list(states) == [State.EXPIRED, State.EXPIRED]
    assert end_days_before(date(2026, 11, 24)) == 0


def test_day_end_leaves_the_finished_alone(house, served):
    serving.finish(served, by=house.by)
    assert end_days_before(date(2026, 11, 24)) == 0
    assert Ticket.objects.get(pk=served.pk).state == State.DONE
