"""The database decides: each race shown with the guard off, then gone with it on."""

import pytest

from gerai import clock
from gerai.directory.models import Zone
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import Call, LineDay, Ticket
from gerai.queue.states import State
from tests.stress import runners
from tests.stress.arrange import a_race

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


def test_admins_who_add_the_same_at_once_are_refused_and_never_fail():
    run = a_race("kelola", counters=1)
    with in_mall(Mall.objects.get(slug=run.slug)):
        Zone.objects.update(width=1000, height=140)
    words = [f"{letter}{other}" for letter in "BCDE" for other in "KLM"]
    made = runners.race(runners.keep, [(run.slug, words) for _ in range(PROCESSES)])
    for kind in ("person", "counter", "zone", "line"):
        assert sorted(word for part in made for word in part[kind]) == words
