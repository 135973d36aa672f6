"""The expected wait of a place, learned from the line's own tickets of today and before."""

from datetime import timedelta
from time import process_time

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gerai import clock
from gerai.queue import tasks
from gerai.queue.actions import calling, serving
from gerai.queue.models import Desk, Step, Ticket, Visit
from gerai.queue.queries import looking
from gerai.queue.queries.boards import today
from gerai.queue.queries.expectations import Asked, expectation, expectations
from gerai.queue.queries.places import people_ahead
from gerai.queue.rules import Expectation
from gerai.queue.states import State, Verb
from gerai.queue.tests.factories import TEN, a_priority, a_ticket


def a_day_before(house, *, days: int, each: int, people: int = 40) -> None:
    """Let a former day have one call each so many minutes, three people always waiting.

    Nobody is called from twelve to one.
    """
    start = clock.now() - timedelta(days=days, hours=2)
    Desk.objects.create(
        mall=house.line.mall,
        counter=house.counter,
        officer=house.by.user,
        opened_at=start,
        closed_at=start + timedelta(minutes=each * people + 60),
    )
    service = house.line.services.first()
    noon, calls = start + timedelta(hours=4), []
    for number in range(people):
        called = start + timedelta(minutes=each * (number + 1))
        called += timedelta(hours=1) if called >= noon else timedelta(0)
        calls.append(called)
        came = calls[number - 3] if number >= 3 else start
        visit = Visit.objects.create(
            mall=house.line.mall,
            token=f"hari-{days}-{number}",
            day=today() - timedelta(days=days),
            came_at=came,
            idempotency_key=f"hari-{days}-{number}",
        )
        ticket = Ticket.objects.create(
            mall=house.line.mall,
            visit=visit,
            line=house.line,
            service=service,
            day=visit.day,
            number=number,
            label=f"A{number}",
            state=State.DONE,
            arrived_at=came,
        )
        for verb, state, at in (
            (Verb.TAKE, State.WAITING, came),
            (Verb.CALL, State.CALLED, called),
        ):
            Step.objects.create(mall=house.line.mall, ticket=ticket, verb=verb, state=state, at=at)


def test_whoever_finds_a_counter_free_is_called_at_once(house):
    assert expectation(house.line, today(), 0, 1) == Expectation(0, 5)
    assert expectation(house.line, today(), 1, 2) == Expectation(0, 5)
    assert expectation(house.line, today(), 1, 1).high_minutes > 5


def test_somebody_at_the_desk_is_one_more_to_wait_for(house):
    before = expectation(house.line, today(), 1, 1)
    a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    after = expectation(house.line, today(), 0, 1)
    assert (after.middle_minutes, after.high_minutes) == (
        before.middle_minutes,
        before.high_minutes,
    )


def test_a_line_without_past_goes_by_its_usual_minutes(house):
    short = expectation(house.line, today(), 2, 1)
    house.line.usual_minutes = 40
    long = expectation(house.line, today(), 2, 1)
    assert long.low_minutes == pytest.approx(2 * short.low_minutes, abs=2)
    assert long.high_minutes == pytest.approx(2 * short.high_minutes, abs=2)


@pytest.mark.parametrize("each", [4, 15])
def test_former_days_are_learned(house, each):
    for days in (3, 4, 5, 6):
        a_day_before(house, days=days, each=each)
    said = expectation(house.line, today(), 3, 1)
    # Whoever is the last of three has come since the last call.
    assert said.low_minutes <= 2.5 * each <= said.high_minutes
    assert said.high_minutes - said.low_minutes <= 2 * each


def test_what_happens_today_is_seen_with_the_next_look(house, clock_at):
    for _each in range(12):
        a_ticket(house.line)
    first = expectation(house.line, today(), 5, 0)
    for _each in range(8):
        clock_at.shift(60)
        ticket = calling.call_next(house.desk, by=house.by)
        serving.start(ticket, by=house.by)
        serving.finish(ticket, by=house.by)
    quick = expectation(house.line, today(), 5, 0)
    assert quick.high_minutes < first.high_minutes


def test_learning_asks_five_times_and_then_only_what_is_now(
    house, clock_at, django_assert_num_queries
):
    a_day_before(house, days=1, each=5)
    a_ticket(house.line)
    asked = [Asked(house.line, ahead, 1) for ahead in range(50)]
    with django_assert_num_queries(5):
        first = expectations(asked, today())
    with django_assert_num_queries(1):
        assert expectations(asked, today()) == first
    clock_at.shift(4 * 60)
    with django_assert_num_queries(1):
        expectations(asked, today())
    clock_at.shift(2 * 60)
    with django_assert_num_queries(5):
        expectations(asked, today())


def test_looking_on_says_the_same_as_looking_from_the_beginning(house, clock_at):
    a_day_before(house, days=1, each=5)
    for _each in range(6):
        a_ticket(house.line)
        expectation(house.line, today(), 5, 1)
        clock_at.shift(7 * 60)
    kept = [expectation(house.line, today(), ahead, 1) for ahead in range(9)]
    caches["waits"].clear()
    assert [expectation(house.line, today(), ahead, 1) for ahead in range(9)] == kept


def test_more_people_ahead_wait_longer(house):
    for days in (1, 2, 3):
        a_day_before(house, days=days, each=6)
    highs = [expectation(house.line, today(), ahead, 1).high_minutes for ahead in (0, 2, 8, 20)]
    assert highs == sorted(highs)


def test_an_expected_wait_costs_less_than_two_milliseconds_a_ticket(house):
    a_day_before(house, days=1, each=5)
    asked = [Asked(house.line, ahead, 1) for ahead in range(100)]
    expectations(asked, today())
    begun = process_time()
    expectations(asked, today())
    assert (process_time() - begun) / len(asked) < 0.002


# With nothing happening, an end of the range moves in a minute by no more than a fifth and two
# minutes; only where it comes to reach into a break, it grows by the break.
SHARE_A_MINUTE, MINUTES_A_MINUTE, BREAK_MINUTES = 0.2, 2, 60


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.integers(0, 15))
def test_with_nothing_happening_nothing_jumps(quiet_line, steps, ahead):
    house, clock_at = quiet_line
    caches["waits"].clear()
    clock_at.move_to(TEN)
    before = expectation(house.line, today(), ahead, 1)
    for seconds in steps:
        clock_at.shift(seconds)
        after = expectation(house.line, today(), ahead, 1)
        for name in ("low_minutes", "high_minutes"):
            was, now = getattr(before, name), getattr(after, name)
            moved = min(abs(now - was), abs(now - was - BREAK_MINUTES))
            assert moved <= SHARE_A_MINUTE * was + MINUTES_A_MINUTE
        assert 0 <= after.low_minutes <= after.high_minutes
        before = after


@pytest.fixture(params=[0, 3])
def quiet_line(request, house, clock_at):
    """Let fifteen wait, with as many past days as asked for."""
    for days in (3, 4, 5)[: request.param]:
        a_day_before(house, days=days, each=6)
    for _each in range(15):
        a_ticket(house.line)
    return house, clock_at


def test_whoever_is_next_may_be_called_at_any_moment(house):
    a_day_before(house, days=1, each=9)
    a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    assert expectation(house.line, today(), 0, 1).low_minutes == 0


def test_a_range_over_a_break_holds_the_break_and_says_so(house, clock_at):
    for days in (3, 4, 5, 6):
        a_day_before(house, days=days, each=10)
    morning = expectation(house.line, today(), 4, 1)
    assert morning.over is None
    clock_at.move_to(TEN.replace(hour=11, minute=40))
    noon = expectation(house.line, today(), 4, 1)
    assert noon.over.until == TEN.replace(hour=13)
    assert noon.high_minutes >= morning.high_minutes + 60 - MINUTES_A_MINUTE
    words = render_to_string("queue/service/wait.html", {"expectation": noon})
    assert "termasuk istirahat sampai pukul 13.00" in words
    clock_at.move_to(TEN.replace(hour=14, minute=40))
    late = expectation(house.line, today(), 4, 1)
    words = render_to_string("queue/service/wait.html", {"expectation": late})
    assert "mungkin melewati jam tutup pukul 15.00" in words


def test_in_a_break_the_range_counts_from_its_end(house, clock_at):
    clock_at.move_to(TEN.replace(hour=12, minute=20))
    assert expectation(house.line, today(), 0, 1).low_minutes == 40
    clock_at.move_to(TEN.replace(hour=12, minute=50))
    assert expectation(house.line, today(), 0, 1).low_minutes == 10


def test_however_many_look_a_line_is_learned_once(house, monkeypatch):
    for _each in range(5):
        a_ticket(house.line)
    looked = []
    learn = looking._learn

    def counted(*told, **also):
        looked.append(1)
        learn(*told, **also)

    monkeypatch.setattr(looking, "_learn", counted)
    for viewer in range(200):
        expectation(house.line, today(), viewer % 5, 1)
    assert len(looked) == 1


def test_who_asks_after_the_night_finds_every_line_learned(house, monkeypatch):
    a_day_before(house, days=1, each=5)
    tasks.look_back.call(mall_id=house.line.mall_id)
    monkeypatch.setattr(looking, "_learn", None)
    assert expectation(house.line, today(), 4, 1).high_minutes > 15


@pytest.mark.skipif(not django_settings.EMBEDDED, reason="web processes keep what they learn")
def test_the_night_looks_back(house, django_capture_on_commit_callbacks):
    a_ticket(house.line)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.end_day.call(mall_id=house.line.mall_id)
    assert DBTaskResult.objects.filter(task_path=tasks.look_back.module_path).count() == 1


def test_a_priority_number_lets_some_ordinary_ones_pass(house):
    ordinary = [a_ticket(house.line) for _each in range(4)]
    elderly = [a_priority(house.line) for _each in range(3)]
    # Two priority calls in a row, then an ordinary one.
    assert [people_ahead(each) for each in elderly] == [0, 1, 3]
    assert [people_ahead(each) for each in ordinary] == [2, 4, 5, 6]
