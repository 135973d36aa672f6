"""The database decides: each race shown with the guard off, then gone with it on."""

from datetime import timedelta

import pytest

from gerai import clock
from gerai.directory.models import Closing, ClosingReason, Service, Zone
from gerai.directory.states import ClosingState
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions.closings import ask_closing
from gerai.queue.actions.limits import set_limits
from gerai.queue.actions.tickets import take
from gerai.queue.models import (
    Call,
    Desk,
    Door,
    Group,
    LineDay,
    PlannedStep,
    ServiceDay,
    Step,
    Ticket,
)
from gerai.queue.states import State, Verb
from tests.stress import runners
from tests.stress.arrange import a_race, serving_a_route

pytestmark = [pytest.mark.stress, pytest.mark.usefixtures("installation")]

PROCESSES = 4
EACH = 30


def test_numbers_double_when_they_are_counted():
    run = a_race("hitung", counters=0)
    given = runners.race(
        runners.take_unguarded, [(run.slug, run.line_id, EACH) for _ in range(PROCESSES)]
    )
    numbers = [number for part in given for number in part]
    assert len(set(numbers)) < len(numbers)


def test_numbers_run_without_gap_or_double_when_they_are_claimed():
    run = a_race("klaim", counters=0)
    tasks = [
        (run.slug, run.service_id, [f"{process}-{n}" for n in range(EACH)])
        for process in range(PROCESSES)
    ]
    taken = runners.race(runners.take, tasks)
    numbers = sorted(number for part in taken for _, number in part)
    assert numbers == list(range(1, PROCESSES * EACH + 1))


def test_the_same_key_sent_by_all_at_once_gives_one_ticket():
    run = a_race("kunci", counters=0)
    keys = [f"sama-{n}" for n in range(EACH)]
    taken = runners.race(runners.take, [(run.slug, run.service_id, keys) for _ in range(PROCESSES)])
    assert all(part == taken[0] for part in taken)
    with in_mall(Mall.objects.get(slug=run.slug)):
        assert Ticket.objects.count() == EACH
        assert LineDay.objects.get().last_number == EACH


def test_two_officers_get_the_same_ticket_when_calls_are_read_then_written():
    run = a_race("rebut", counters=PROCESSES)
    runners.take(run.slug, run.service_id, [f"r-{n}" for n in range(80)])
    called = runners.race(runners.call_unguarded, [(run.slug, desk) for desk in run.desk_ids])
    tickets = [ticket for part in called for ticket in part]
    assert len(set(tickets)) < len(tickets)


def test_every_ticket_is_called_to_one_counter_when_calls_are_conditional():
    run = a_race("panggil", counters=PROCESSES)
    runners.take(run.slug, run.service_id, [f"p-{n}" for n in range(80)])
    called = runners.race(runners.call, [(run.slug, desk) for desk in run.desk_ids])
    tickets = [ticket for part in called for ticket in part]
    with in_mall(Mall.objects.get(slug=run.slug)) as mall:
        today = clock.local_day(clock.now(), mall.zone)
        assert sorted(tickets) == sorted(
            Ticket.objects.filter(day=today, state=State.DONE).values_list("pk", flat=True)
        )
        assert len(tickets) == 80
        sequences = Call.objects.order_by("zone", "sequence").values_list("zone", "sequence")
        by_zone: dict[int, list[int]] = {}
        for zone, sequence in sequences:
            by_zone.setdefault(zone, []).append(sequence)
        assert all(found == list(range(1, len(found) + 1)) for found in by_zone.values())


def called_classes(run, runner):
    """Let all desks call 30 priority and 30 ordinary numbers; return the order of classes."""
    with in_mall(Mall.objects.get(slug=run.slug)):
        service = Service.objects.select_related("agency").get(pk=run.service_id)
        for n in range(30):
            for group in (Group.ORDINARY, Group.ELDERLY):
                take(
                    service,
                    door=Door.KIOSK,
                    idempotency_key=f"urut-{n}-{group}",
                    by=SYSTEM,
                    group=group,
                )
    runners.race(runner, [(run.slug, desk) for desk in run.desk_ids])
    with in_mall(Mall.objects.get(slug=run.slug)):
        calls = Step.objects.filter(verb=Verb.CALL).order_by("pk")
        return list(calls.values_list("ticket__is_priority", flat=True))


# Two priority numbers, then an ordinary one, while both wait; then the ordinary ones left.
BY_THE_RULE = [True, True, False] * 15 + [False] * 15


def test_the_order_is_broken_when_turns_are_read_before_the_lock():
    run = a_race("giliran-lepas", counters=PROCESSES)
    called = called_classes(run, runners.call_by_stale_turns)
    assert sorted(called) == sorted(BY_THE_RULE)
    assert called != BY_THE_RULE


def test_the_order_is_kept_by_officers_who_call_at_once():
    run = a_race("giliran", counters=PROCESSES)
    assert called_classes(run, runners.call) == BY_THE_RULE


def test_a_limit_is_passed_when_places_are_read_then_written():
    run = a_race("batas-lepas", counters=0)
    given = runners.race(
        runners.claim_unguarded, [(run.slug, run.service_id, EACH, 50) for _ in range(PROCESSES)]
    )
    assert sum(given) > 50


def test_no_number_beyond_the_limit_when_places_are_claimed():
    run = a_race("batas", counters=0)
    with in_mall(Mall.objects.get(slug=run.slug)):
        set_limits(Service.objects.get(pk=run.service_id), {(None, ""): 50}, by=SYSTEM)
    tasks = [
        (run.slug, run.service_id, [f"{process}-{n}" for n in range(EACH)])
        for process in range(PROCESSES)
    ]
    given = runners.race(runners.take_limited, tasks)
    assert sum(given) == 50
    with in_mall(Mall.objects.get(slug=run.slug)):
        assert Ticket.objects.count() == 50
        assert LineDay.objects.get().last_number == 50
        assert ServiceDay.objects.get().given == 50


def test_of_supervisors_who_decide_at_once_one_decides():
    run = a_race("tutup", counters=EACH)
    now = clock.now()
    with in_mall(Mall.objects.get(slug=run.slug)):
        keys = [
            ask_closing(
                counter=desk.counter,
                reason=ClosingReason.DUTY,
                starts_at=now,
                ends_at=now + timedelta(hours=1),
                by=SYSTEM,
            ).pk
            for desk in Desk.objects.select_related("counter")
        ]
    decided = runners.race(
        runners.decide_as, [(run.slug, keys, number % 2 == 0) for number in range(PROCESSES)]
    )
    assert sorted(key for part in decided for key in part) == sorted(keys)
    with in_mall(Mall.objects.get(slug=run.slug)):
        approved = Closing.objects.filter(state=ClosingState.APPROVED).values_list("pk", flat=True)
        yes = {key for number in range(0, PROCESSES, 2) for key in decided[number]}
        assert set(approved) == yes


def test_two_finishers_enter_the_next_line_twice_when_they_read_then_write():
    run = a_race("susul", counters=6)
    served = serving_a_route(run, [f"s-{n}" for n in range(6)])
    entered = runners.race(runners.finish_unguarded, [(run.slug, served) for _ in range(PROCESSES)])
    assert sum(len(part) for part in entered) > len(served)


def test_two_finishers_enter_the_next_line_once_when_the_finish_is_conditional():
    run = a_race("rute", counters=6)
    served = serving_a_route(run, [f"r-{n}" for n in range(6)])
    entered = runners.race(runners.finish, [(run.slug, served) for _ in range(PROCESSES)])
    tickets = sorted(ticket for part in entered for ticket in part)
    with in_mall(Mall.objects.get(slug=run.slug)):
        came = Ticket.objects.exclude(came_from=None)
        assert tickets == sorted(came.values_list("pk", flat=True))
        before = came.order_by("came_from").values_list("came_from", flat=True)
        assert list(before) == sorted(served)
        assert PlannedStep.objects.filter(state="entered").count() == len(served)


def test_admins_who_add_the_same_at_once_are_refused_and_never_fail():
    run = a_race("kelola", counters=1)
    with in_mall(Mall.objects.get(slug=run.slug)):
        Zone.objects.update(width=1000, height=140)
    words = [f"{letter}{other}" for letter in "BCDE" for other in "KLM"]
    made = runners.race(runners.keep, [(run.slug, words) for _ in range(PROCESSES)])
    for kind in ("person", "counter", "zone", "line"):
        assert sorted(word for part in made for word in part[kind]) == words
