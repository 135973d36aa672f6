"""Calling: who is next in the database, recalls, absence, and coming back."""

import pytest

from gerai.directory.tests.factories import a_counter, a_service, a_user
from gerai.people.models import Deed
from gerai.queue.actions import calling, serving
from gerai.queue.actions.calling import (
    CalledEnough,
    CounterBusy,
    CounterNotReady,
    NobodyWaiting,
    NotThisCounter,
)
from gerai.queue.actions.desks import close_desk, pause
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import Call, LineDay, Speech, Step, Ticket
from gerai.queue.states import State
from gerai.queue.tests.factories import a_house, a_line, a_priority, a_ticket

RULE = {"priority_in_a_row": 2, "recalls": 3, "return_after": 3, "undo_seconds": 15}


def serve_one(house):
    """Call and finish whoever is next; return the label."""
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    serving.finish(ticket, by=house.by)
    return ticket.label


def test_call_next_takes_who_came_first(house):
    first, _second = a_ticket(house.line), a_ticket(house.line)
    called = calling.call_next(house.desk, by=house.by)
    assert (called.pk, called.state, called.counter_id, called.times_called) == (
        first.pk,
        State.CALLED,
        house.counter.pk,
        1,
    )


def test_call_next_logs_the_explanation_and_tells_the_trail_and_the_screens(house):
    ticket = a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    step = Step.objects.get(ticket=ticket, verb="call")
    assert (step.by, step.counter, step.explanation["reason"]) == (
        house.officer,
        house.counter,
        "first_come",
    )
    deed = Deed.objects.get(verb="queue.call")
    assert (deed.by, deed.thing) == (house.officer, f"ticket:{ticket.pk}")
    call = Call.objects.get()
    assert (call.sequence, call.times, call.zone_id) == (1, 1, house.counter.zone_id)


def test_call_next_mixes_the_groups_by_the_published_ratio(house):
    for _each in range(3):
        a_ticket(house.line)
    for _each in range(4):
        a_priority(house.line)
    order = [serve_one(house) for _each in range(7)]
    assert order == ["A004", "A005", "A001", "A006", "A007", "A002", "A003"]


def test_call_next_follows_a_new_rule_at_once(house):
    for _each in range(2):
        a_ticket(house.line)
    a_priority(house.line)
    publish_rule(RULE | {"priority_in_a_row": 0}, by=house.by)
    assert [serve_one(house) for _each in range(3)] == ["A001", "A002", "A003"]


def test_call_next_joins_the_lines_of_the_agency(house, clock_at):
    other = a_line(house.agency, code="B")
    a_ticket(other)
    clock_at.shift(60)
    a_ticket(house.line)
    assert [serve_one(house), serve_one(house)] == ["B001", "A001"]


def test_call_next_leaves_other_agencies_alone(house):
    a_ticket(a_line(code="Z"))
    with pytest.raises(NobodyWaiting):
        calling.call_next(house.desk, by=house.by)


def test_call_next_refuses_with_an_empty_line(house):
    with pytest.raises(NobodyWaiting):
        calling.call_next(house.desk, by=house.by)


def test_call_next_refuses_while_somebody_stands_there(house):
    a_ticket(house.line), a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    with pytest.raises(CounterBusy):
        calling.call_next(house.desk, by=house.by)
    assert Ticket.objects.filter(state=State.CALLED).count() == 1


def test_call_next_refuses_at_a_paused_counter(house):
    a_ticket(house.line)
    pause(house.desk, reason="Salat", by=house.by)
    with pytest.raises(CounterNotReady):
        calling.call_next(house.desk, by=house.by)


def test_call_next_refuses_at_a_closed_counter(house):
    a_ticket(house.line)
    close_desk(house.desk, by=house.by)
    with pytest.raises(CounterNotReady):
        calling.call_next(house.desk, by=house.by)


def test_two_desks_get_different_tickets(house):
    a_ticket(house.line), a_ticket(house.line)
    other = house.colleague()
    first = calling.call_next(house.desk, by=house.by)
    second = calling.call_next(other, by=house.by)
    assert {first.label, second.label} == {"A001", "A002"}


def test_second_desk_cannot_call_a_ticket_that_the_first_has(house):
    stale = a_ticket(house.line)
    other = house.colleague()
    calling.call_next(house.desk, by=house.by)
    with pytest.raises(TooLate):
        calling.call_chosen(stale, other, by=house.by)


def test_yesterdays_tickets_are_not_called(house, clock_at):
    a_ticket(house.line)
    clock_at.shift(24 * 3600)
    with pytest.raises(NobodyWaiting):
        calling.call_next(house.desk, by=house.by)


def test_call_chosen_calls_out_of_turn_and_says_who_chose(house):
    a_ticket(house.line)
    second = a_ticket(house.line)
    calling.call_chosen(second, house.desk, by=house.by)
    assert Step.objects.get(ticket=second, verb="call").explanation == {
        "reason": "chosen_by_officer",
        "by": house.officer.name,
        "version": 1,
    }


def test_call_chosen_refuses_a_ticket_of_another_line(house):
    a_ticket(house.line)
    with pytest.raises(NotThisCounter):
        calling.call_chosen(a_ticket(a_line(code="Z")), house.desk, by=house.by)


def test_recall_speaks_again_until_the_rule_says_enough(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.recall(ticket, by=house.by)
    calling.recall(ticket, by=house.by)
    assert list(Call.objects.order_by("sequence").values_list("sequence", "times")) == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    with pytest.raises(CalledEnough):
        calling.recall(ticket, by=house.by)


def test_recall_refuses_a_ticket_that_is_served(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    with pytest.raises(TooLate):
        calling.recall(ticket, by=house.by)


def test_miss_frees_the_counter(house):
    a_ticket(house.line), a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.miss(ticket, by=house.by)
    assert ticket.state == State.ABSENT
    assert calling.call_next(house.desk, by=house.by).label == "A002"


def test_miss_refuses_a_waiting_ticket(house):
    with pytest.raises(TooLate):
        calling.miss(a_ticket(house.line), by=house.by)


def test_bring_back_lets_three_numbers_go_first(house):
    for _each in range(6):
        a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.miss(ticket, by=house.by)
    calling.bring_back(ticket, by=house.by)
    assert [serve_one(house) for _each in range(5)] == ["A002", "A003", "A004", "A001", "A005"]


def test_bring_back_is_called_at_once_when_nobody_else_waits(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.miss(ticket, by=house.by)
    calling.bring_back(ticket, by=house.by)
    assert serve_one(house) == "A001"


def test_bring_back_is_not_starved_by_a_busy_line_of_the_same_agency(house):
    other = a_line(house.agency, code="B")
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.miss(ticket, by=house.by)
    for _each in range(9):
        a_ticket(other)
    calling.bring_back(ticket, by=house.by)
    assert serve_one(house) == "A001"


def test_bring_back_starts_the_calls_anew(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.recall(ticket, by=house.by)
    calling.miss(ticket, by=house.by)
    calling.bring_back(ticket, by=house.by)
    assert (ticket.state, ticket.times_called, ticket.counter) == (State.WAITING, 0, None)


def test_bring_back_refuses_a_ticket_that_is_not_absent(house):
    with pytest.raises(TooLate):
        calling.bring_back(a_ticket(house.line), by=house.by)


def test_undone_call_gives_its_turn_back(house):
    for _each in range(2):
        a_ticket(house.line)
    for _each in range(3):
        a_priority(house.line)
    serve_one(house)
    ticket = calling.call_next(house.desk, by=house.by)
    before = LineDay.objects.values_list("calls", "streaks").get()
    serving.undo(ticket, by=house.by)
    assert before == (2, {"A": [2, 0]})
    assert LineDay.objects.values_list("calls", "streaks").get() == (1, {"A": [1, 0]})
    assert calling.call_next(house.desk, by=house.by).pk == ticket.pk


def test_undone_ordinary_call_gives_the_streak_back(house):
    a_ticket(house.line)
    for _each in range(3):
        a_priority(house.line)
    serve_one(house), serve_one(house)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.undo(ticket, by=house.by)
    assert LineDay.objects.get().streaks == {"A": [2, 0]}
    assert calling.call_next(house.desk, by=house.by).pk == ticket.pk


def test_undone_call_is_not_spoken(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.undo(ticket, by=house.by)
    assert Call.objects.get().speech == Speech.WITHDRAWN


def test_counter_of_two_agencies_serves_both(house):
    other = a_house(code="B", hours=False)
    shared = a_counter(agency=house.agency)
    for weekday in range(5):
        shared.shares.create(mall_id=shared.mall_id, agency=other.agency, weekday=weekday)
    from gerai.queue.actions.desks import open_desk

    officer = a_user(agency=house.agency)
    desk = open_desk(shared, officer=officer, by=house.by)
    a_ticket(other.line)
    assert calling.call_next(desk, by=house.by).label == "B001"


def test_service_without_a_line_does_not_disturb(house):
    a_service(agency=house.agency)
    a_ticket(house.line)
    assert serve_one(house) == "A001"
