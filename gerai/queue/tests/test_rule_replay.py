"""A day that the product itself played, played once more: the same rule gives the same day."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse

from gerai import clock
from gerai.directory.tests.factories import a_user
from gerai.people.roles import Role
from gerai.queue.actions import calling, desks, serving, tickets
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import Desk, Group, Step
from gerai.queue.queries.boards import today
from gerai.queue.queries.comparisons import compared
from gerai.queue.queries.recorded_days import recorded_day
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.rules import CallRule
from gerai.queue.rules.simulation import recorded, simulated
from gerai.queue.tests.factories import a_line, a_priority, a_ticket


class Player:
    """Two desks that call, begin and finish, minute after minute."""

    def __init__(self, house, clock_at, seed):
        self.house, self.clock_at, self.dice = house, clock_at, random.Random(seed)
        self.desks = [house.desk, house.colleague()]
        self.busy = {}
        self.other = a_line(house.agency, code="B")

    def play(self, minutes):
        for minute in range(minutes):
            self.finish(minute)
            if minute < minutes - 60 and self.dice.random() < 0.45:
                group = Group.ELDERLY if self.dice.random() < 0.3 else Group.ORDINARY
                a_ticket(self.dice.choice([self.house.line, self.other]), group=group)
            for desk in self.desks:
                self.call(desk, minute)
            self.clock_at.shift(60)

    def call(self, desk, minute):
        if desk.pk in self.busy:
            return
        try:
            ticket = calling.call_next(desk, by=self.house.by)
        except calling.NobodyWaiting:
            return
        self.busy[desk.pk] = (ticket, minute + 1, minute + 1 + self.dice.randint(2, 9))

    def finish(self, minute):
        for key, (ticket, starts, ends) in list(self.busy.items()):
            if starts == minute:
                serving.start(ticket, by=self.house.by)
            if ends == minute:
                serving.finish(ticket, by=self.house.by)
                del self.busy[key]


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"priority_in_a_row": 1, "ordinary_in_a_row": 2},
        {"plans": [{"how": "ratio", "lines": [{"line": "A", "share": 3}, {"line": "B"}]}]},
        {
            "plans": [{"how": "in_order", "lines": [{"line": "B"}]}],
            "limits": [{"minutes": 20}],
        },
    ],
    ids=["usual", "classes", "ratio", "order and limits"],
)
def test_a_day_of_the_product_is_the_same_under_its_own_rule(house, clock_at, document):
    player = Player(house, clock_at, seed=5)
    if document:
        publish_rule(document, by=house.by)
    player.play(175)
    day = recorded_day(today())
    record, again = recorded(day), simulated(day, rule_in_force())
    assert len(record) > 30
    assert {each.key: each.waited_s for each in again} == {
        each.key: each.waited_s for each in record
    }


def test_another_rule_gives_another_day(house, clock_at):
    Player(house, clock_at, seed=5).play(175)
    fair = CallRule(priority_in_a_row=0)
    told = compared(today(), [("sekarang", CallRule()), ("adil", fair)])
    priority = next(row for row in told.rows if row.name == "Seluruh mal, prioritas")
    before, same, after = [waits.mean_s for _name, waits in priority.cells]
    assert before == same
    assert after > before
    whole = next(row for row in told.rows if row.name == "Seluruh mal, semua")
    assert {waits.called + waits.not_called for _name, waits in whole.cells} == {told.arrivals}


def test_absences_holds_sendings_and_pauses_come_near(house, clock_at):
    colleague = house.colleague()
    for _each in range(6):
        a_ticket(house.line)
    gone = calling.call_next(house.desk, by=house.by)
    clock_at.shift(120)
    calling.miss(gone, by=house.by)
    calling.bring_back(gone, by=house.by)
    second = calling.call_next(house.desk, by=house.by)
    serving.start(second, by=house.by)
    clock_at.shift(180)
    serving.send_on(second, colleague.counter, by=house.by)
    third = calling.call_next(colleague, by=house.by)
    serving.start(third, by=house.by)
    desks.pause(house.desk, reason="Salat", by=house.by)
    clock_at.shift(300)
    desks.go_on(house.desk, by=house.by)
    serving.finish(third, by=house.by)
    tickets.leave(type(third).objects.get(label="A006"), by=house.by)
    day = recorded_day(today())
    by_label = {each.label: each for each in day.arrivals}
    absent, sent = by_label["A001"].stages[0], by_label["A002"].stages[0]
    assert (absent.outcome, absent.walking_s, absent.back_after) == ("absent", 120.0, 0.0)
    assert (sent.outcome, sent.serving_s, sent.to) == ("sent", 180.0, house.second.code)
    assert by_label["A006"].leaves_at is not None
    [pause] = day.sittings[0].pauses
    assert pause[1] - pause[0] == timedelta(minutes=5)
    assert third.label == "A002"


def test_an_undone_call_is_none(house):
    a_ticket(house.line)
    serving.undo(calling.call_next(house.desk, by=house.by), by=house.by)
    [arrival] = recorded_day(today()).arrivals
    assert (arrival.stages, arrival.waited_s) == ((), None)


def test_calls_out_of_turn_are_counted(house):
    a_ticket(house.line)
    calling.call_chosen(a_ticket(house.line), house.desk, by=house.by)
    assert recorded_day(today()).out_of_turn == 1
    assert Step.objects.filter(verb="call").count() == 1


@pytest.fixture
def watcher(house, client):
    client.force_login(a_user(Role.SUPERVISOR))
    return client


def test_the_page_sets_the_waits_side_by_side(house, clock_at, watcher):
    a_ticket(house.line), a_priority(house.line)
    clock_at.shift(600)
    calling.call_next(house.desk, by=house.by)
    draft = {"draft": '{"priority_in_a_row": 0}', "hari": "2026-11-23"}
    shown = watcher.post(reverse("supervisor:rule_replay"), draft).content.decode()
    for name in ("Tercatat", "Aturan versi 1", "Rancangan"):
        assert shown.count(name) >= 6
    assert shown.count("Semua orang datang pada saat yang sama") == 1
    assert shown.count("Saat ini tidak ada kelompok") == 0
    plain = watcher.get(reverse("supervisor:rule_replay") + "?hari=2026-11-23").content.decode()
    assert plain.count("Rancangan") == 0


def test_the_page_says_so_where_nobody_came(watcher):
    shown = watcher.get(reverse("supervisor:rule_replay")).content.decode()
    assert shown.count("Tidak ada nomor pada hari ini") == 1


def test_a_day_that_names_no_counters_is_shown_as_recorded_only(house, clock_at, watcher):
    """As a restored copy of an older installation brings it."""
    ticket = a_ticket(house.line)
    clock_at.shift(600)
    at = {"mall": ticket.mall, "ticket": ticket, "at": clock.now()}
    Step.objects.create(verb="call", state="called", **at)
    Step.objects.create(verb="start", state="serving", **at)
    Step.objects.create(verb="finish", state="done", **at)
    Desk.objects.all().delete()
    shown = watcher.get(reverse("supervisor:rule_replay") + "?hari=2026-11-23").content.decode()
    assert shown.count("Catatan hari ini tidak menyebut loket yang buka") == 1
    assert shown.count("Aturan versi 1") == 0
    assert shown.count("Tercatat") >= 4


def test_a_day_is_read_in_as_many_queries_however_many_came(
    house, clock_at, django_assert_max_num_queries
):
    a_ticket(house.line)
    with django_assert_max_num_queries(20) as one:
        recorded_day(today())
    Player(house, clock_at, seed=1).play(80)
    with django_assert_max_num_queries(len(one.captured_queries)):
        recorded_day(today())
