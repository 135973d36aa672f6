"""Alarms: found, written down once, handled by one, told again, ended."""

from datetime import timedelta

import pytest

from gerai import clock
from gerai.directory.models import Closing, Counter, CounterShare
from gerai.directory.states import ClosingState
from gerai.directory.tests.factories import a_device, a_user
from gerai.people import audit
from gerai.people.models import Deed
from gerai.pulse import actions
from gerai.pulse.models import Alarm, Handling, Look
from gerai.pulse.queries.alarms import alarms_of, found_in, limits, loud_alarms, standing
from gerai.pulse.queries.living import scene
from gerai.pulse.rules import Kind, MallLimits
from gerai.queue.actions import calling, desks
from gerai.queue.tests.factories import TEN, a_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_counter(house):
    """Leave the agency its open counter only."""
    Counter.objects.filter(pk=house.second.pk).update(is_active=False)
    return house


def kinds(at=None):
    return [(each.kind, each.name) for each in found_in(scene(at or clock.now()), limits())]


def look():
    return actions.look(scene(clock.now()))


def alarms():
    return list(Alarm.objects.order_by("pk").values_list("kind", "since", "until", "is_exact"))


def test_a_calm_mall_has_no_alarm(one_counter):
    a_ticket(one_counter.line)
    assert kinds() == []


def test_whoever_waits_past_the_promise_alarms_since_that_moment(one_counter, clock_at):
    a_ticket(one_counter.line)
    clock_at.shift(31 * 60)
    found = found_in(scene(clock.now()), limits())

    assert [(each.kind, each.people, each.since) for each in found] == [
        (Kind.WAIT, 1, TEN + timedelta(minutes=30))
    ]
    assert found[0].lost_s == 60


def test_the_promise_is_the_malls_own(one_counter, clock_at):
    a_ticket(one_counter.line)
    clock_at.shift(11 * 60)
    assert kinds() == []
    own = MallLimits(10, "Contoh", empty_min=5, again_min=15)
    actions.set_limits(None, own, by=audit.SYSTEM)
    assert [kind for kind, _name in kinds()] == [Kind.WAIT]


def test_an_empty_counter_on_duty_alarms_after_its_minutes(one_counter, clock_at):
    desks.close_desk(one_counter.desk, by=one_counter.by)
    clock_at.shift(4 * 60)
    assert kinds() == []
    clock_at.shift(60)
    found = found_in(scene(clock.now()), limits())
    assert [(each.kind, each.since) for each in found] == [(Kind.EMPTY, TEN)]


def test_a_counter_that_nobody_came_to_is_empty_since_the_opening(house):
    found = found_in(scene(clock.now()), limits())
    opens = TEN.replace(hour=8)
    assert [(each.kind, each.ref, each.since) for each in found] == [
        (Kind.EMPTY, house.second.pk, opens)
    ]


@pytest.mark.parametrize(("hour", "minute"), [(7, 50), (12, 30), (15, 10)])
def test_outside_of_its_hours_no_counter_is_empty(house, clock_at, hour, minute):
    clock_at.move_to(TEN.replace(hour=hour, minute=minute))
    assert kinds() == []


def test_after_the_break_patience_begins_anew(house, clock_at):
    clock_at.move_to(TEN.replace(hour=13, minute=4))
    assert kinds() == []
    clock_at.move_to(TEN.replace(hour=13, minute=5))
    assert [kind for kind, _name in kinds()] == [Kind.EMPTY]


def test_on_another_weekday_than_its_own_a_counter_is_not_empty(house):
    CounterShare.objects.filter(counter=house.second, weekday=TEN.weekday()).delete()
    assert kinds() == []


def test_a_counter_closed_for_a_while_is_not_empty_and_counts_anew_after_it(house, clock_at):
    Closing.objects.create(
        mall=house.second.mall,
        counter=house.second,
        reason="officer",
        starts_at=TEN,
        ends_at=TEN + timedelta(minutes=30),
        state=ClosingState.APPROVED,
        asked_at=TEN,
    )
    assert kinds() == []
    clock_at.shift(34 * 60)
    assert kinds() == []
    clock_at.shift(60)
    assert [kind for kind, _name in kinds()] == [Kind.EMPTY]


def test_a_silent_device_alarms(one_counter):
    device = a_device(last_seen_at=TEN - timedelta(minutes=20))
    assert kinds() == [(Kind.DEVICE, device.name)]


def test_an_alarm_is_written_down_once_and_ended(house, clock_at):
    look()
    look()
    assert alarms() == [("empty", TEN.replace(hour=8), None, True)]
    colleague = house.colleague()
    clock_at.shift(30)
    look()
    assert alarms() == [("empty", TEN.replace(hour=8), TEN + timedelta(seconds=30), True)]
    assert list(Deed.objects.filter(verb__startswith="pulse.").values_list("verb", flat=True)) == [
        "pulse.begin",
        "pulse.end",
    ]
    desks.close_desk(colleague, by=audit.SYSTEM)
    clock_at.shift(300)
    look()
    assert [row[1] for row in alarms()] == [TEN.replace(hour=8), TEN + timedelta(seconds=30)]


def test_an_end_that_nobody_saw_is_marked(house, clock_at):
    look()
    house.colleague()
    clock_at.shift(3600)
    look()
    assert alarms() == [("empty", TEN.replace(hour=8), TEN, False)]


def test_an_older_look_takes_nothing_back(house, clock_at):
    early = scene(clock.now())
    found = found_in(early, limits())
    house.colleague()
    clock_at.shift(60)
    look()
    actions.note(found, early.at)
    assert alarms() == []


def test_a_handled_alarm_is_quiet_and_comes_back(house, clock_at):
    [alarm] = look()
    supervisor = a_user("supervisor")
    actions.handle(alarm.row, after=0, officer=supervisor, by=audit.Actor.person(supervisor))
    assert [(each.is_quiet, each.handled.by) for each in look()] == [(True, supervisor)]
    assert loud_alarms() == 0
    clock_at.shift(15 * 60)
    assert [(each.is_quiet, each.rounds) for each in look()] == [(False, 1)]
    assert loud_alarms() == 1


def test_of_two_supervisors_one_handles(house):
    [alarm] = look()
    first, second = a_user("supervisor"), a_user("supervisor")
    actions.handle(alarm.row, after=0, officer=first, by=audit.SYSTEM)
    with pytest.raises(actions.HandledAlready):
        actions.handle(alarm.row, after=0, officer=second, by=audit.SYSTEM)
    assert [row.by for row in Handling.objects.all()] == [first]


def test_the_database_lets_one_of_two_at_once_through(house, monkeypatch):
    """Both saw that nobody had handled it: the constraint decides."""
    [alarm] = look()
    first, second = a_user("supervisor"), a_user("supervisor")
    actions.handle(alarm.row, after=0, officer=first, by=audit.SYSTEM)
    nobody = Handling.objects.none()
    monkeypatch.setattr(Handling.objects, "filter", lambda **_asked: nobody)
    with pytest.raises(actions.HandledAlready):
        actions.handle(alarm.row, after=0, officer=second, by=audit.SYSTEM)
    monkeypatch.undo()
    assert [row.by for row in Handling.objects.all()] == [first]


def test_an_alarm_that_is_over_is_handled_by_nobody(house):
    [alarm] = look()
    house.colleague()
    look()
    with pytest.raises(actions.AlarmOver):
        actions.handle(alarm.row, after=0, officer=a_user("supervisor"), by=audit.SYSTEM)


def test_the_day_is_read_afterwards(house, clock_at):
    look()
    house.colleague()
    clock_at.shift(60)
    look()
    clock_at.shift(24 * 3600)
    [past] = alarms_of(TEN.date())
    assert (past.row.kind, past.row.until) == ("empty", TEN + timedelta(seconds=60))
    assert alarms_of(clock.now().date()) == []


def test_watching_goes_on_every_minute(house, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "gerai.later.run", lambda name, *, at=None, **_keys: asked.append((name, at))
    )
    actions.keep_watch()
    actions.keep_watch()
    actions.watch()
    actions.keep_watch()
    assert [each for each in asked if each[0] == "pulse.watch"] == [
        ("pulse.watch", None),
        ("pulse.watch", TEN + timedelta(minutes=1)),
    ]
    assert Alarm.objects.count() == 1


def test_a_watch_that_died_is_begun_again(house, clock_at, monkeypatch):
    asked = []
    monkeypatch.setattr("gerai.later.run", lambda name, **_known: asked.append(name))
    actions.keep_watch()
    clock_at.shift(3 * 60)
    actions.keep_watch()
    assert asked == ["pulse.watch"]
    clock_at.shift(1)
    actions.keep_watch()
    assert asked == ["pulse.watch", "pulse.watch"]
    assert Look.objects.count() == 1


def test_an_alarm_that_was_not_written_down_is_not_shown(house):
    now = scene(clock.now())
    assert standing(found_in(now, limits()), limits(), now.at) == []


def test_people_stand_before_the_open_counters_of_their_agency(house):
    for _person in range(3):
        a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    seats = {seat.counter.pk: seat for seat in scene(clock.now()).seats}
    first, second = seats[house.counter.pk], seats[house.second.pk]
    assert (first.state, first.before, len(first.people.spots)) == ("called", 2, 2)
    assert first.served is not None
    assert (second.state, second.before, second.served) == ("unmanned", 0, None)
