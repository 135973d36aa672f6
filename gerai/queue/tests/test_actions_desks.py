"""Counters: opened, paused, closed; and the published rule."""

from functools import partial

import pytest

from gerai.directory.tests.factories import a_counter, a_user
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import (
    CounterTaken,
    DeskClosed,
    NotYourAgency,
    OutOfUse,
    StillServing,
    close_desk,
    go_on,
    open_desk,
    pause,
)
from gerai.queue.actions.rule import BadRule, publish_rule
from gerai.queue.models import Desk, Rule
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.tests.factories import a_house, a_ticket

RULE = {"priority_in_a_row": 1, "recalls": 2, "return_after": 5, "undo_seconds": 20}


def test_open_desk_twice_gives_the_same_desk(house):
    again = open_desk(house.counter, officer=house.officer, by=house.by)
    assert (again.pk, Desk.objects.count()) == (house.desk.pk, 1)


def test_open_desk_refuses_a_counter_that_somebody_has(house):
    other = a_user(agency=house.agency)
    with pytest.raises(CounterTaken):
        open_desk(house.counter, officer=other, by=audit.Actor.person(other))


def test_open_desk_refuses_a_second_counter_for_one_officer(house):
    with pytest.raises(CounterTaken):
        open_desk(house.second, officer=house.officer, by=house.by)


def test_open_desk_refuses_a_counter_of_another_agency(house):
    other = a_house(code="B", hours=False)
    close_desk(house.desk, by=house.by)
    with pytest.raises(NotYourAgency):
        open_desk(other.second, officer=house.officer, by=house.by)


def test_open_desk_refuses_on_a_day_that_is_not_the_agencys(house, clock_at):
    close_desk(house.desk, by=house.by)
    clock_at.shift(5 * 24 * 3600)
    with pytest.raises(NotYourAgency):
        open_desk(house.counter, officer=house.officer, by=house.by)


def test_open_desk_by_a_supervisor_is_recorded_as_theirs(house):
    boss, officer = a_user(Role.SUPERVISOR), a_user(agency=house.agency)
    desk = open_desk(house.second, officer=officer, by=audit.Actor.person(boss))
    deed = Deed.objects.filter(verb="queue.open_desk").latest("pk")
    assert (desk.officer, deed.by) == (officer, boss)


def test_pause_and_go_on_keep_the_reason(house):
    pause(house.desk, reason="Salat", by=house.by)
    paused = Desk.objects.get()
    assert (paused.pause_reason, paused.paused_at is None) == ("Salat", False)
    go_on(house.desk, by=house.by)
    again = Desk.objects.get()
    assert (again.pause_reason, again.paused_at) == ("", None)


def test_paused_counter_serves_its_visitor_to_the_end(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    pause(house.desk, reason="Istirahat", by=house.by)
    serving.start(ticket, by=house.by)
    serving.finish(ticket, by=house.by)
    assert ticket.state == "done"


def test_close_refuses_while_somebody_stands_there(house):
    a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    with pytest.raises(StillServing):
        close_desk(house.desk, by=house.by)


@pytest.mark.parametrize("act", [go_on, close_desk, partial(pause, reason="Rapat")])
def test_closed_desk_refuses_every_verb(house, act):
    close_desk(house.desk, by=house.by)
    with pytest.raises(DeskClosed):
        act(house.desk, by=house.by)


def test_closed_counter_can_be_opened_by_a_colleague(house):
    close_desk(house.desk, by=house.by)
    other = a_user(agency=house.agency)
    desk = open_desk(house.counter, officer=other, by=audit.Actor.person(other))
    assert desk.officer == other


def test_open_desk_refuses_a_counter_without_an_agency(house):
    close_desk(house.desk, by=house.by)
    with pytest.raises(NotYourAgency):
        open_desk(a_counter(), officer=house.officer, by=house.by)


def test_publish_rule_makes_the_next_version_and_keeps_the_old(house):
    publish_rule(RULE, by=house.by)
    publish_rule(RULE | {"recalls": 4}, by=house.by)
    stored = Rule.objects.order_by("version").values_list("version", "document__recalls")
    assert list(stored) == [(2, 2), (3, 4)]
    rule = rule_in_force()
    assert (rule.version, rule.priority_in_a_row, rule.recalls) == (3, 1, 4)


@pytest.mark.parametrize(
    "wrong",
    [
        RULE | {"priority_in_a_row": 6},
        RULE | {"priority_in_a_row": -1},
        RULE | {"recalls": 0},
        RULE | {"undo_seconds": 61},
        RULE | {"unknown": 1},
    ],
)
def test_publish_rule_refuses_numbers_outside_the_bounds(house, wrong):
    with pytest.raises(BadRule):
        publish_rule(wrong, by=house.by)
    assert Rule.objects.count() == 0


def test_new_recall_limit_counts_at_once(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    publish_rule(RULE | {"recalls": 1}, by=house.by)
    with pytest.raises(calling.CalledEnough):
        calling.recall(ticket, by=house.by)


def test_open_desk_refuses_a_counter_out_of_use(house):
    close_desk(house.desk, by=house.by)
    house.counter.is_active = False
    with pytest.raises(OutOfUse):
        open_desk(house.counter, officer=house.officer, by=house.by)
