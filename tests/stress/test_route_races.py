"""Several officers act on one visit, or on one line, at once: with the guard off, then on."""

import pytest

from gerai import clock
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import PlannedStep, RouteRule, Ticket
from tests.stress import runners
from tests.stress.arrange import a_race, between_two_lines, serving_a_route

pytestmark = [pytest.mark.stress, pytest.mark.usefixtures("installation")]


def test_a_visit_stands_in_two_lines_when_two_officers_read_then_write():
    run = a_race("dua-lepas", counters=1)
    keys = [f"d-{n}" for n in range(6)]
    first, second = between_two_lines(run, keys)
    entered = runners.race(runners.enter_unguarded, [(run.slug, first), (run.slug, second)])
    assert sum(entered) > len(keys)


def test_a_visit_stands_in_one_line_when_two_officers_enter_two_steps_at_once():
    run = a_race("dua", counters=1)
    keys = [f"e-{n}" for n in range(6)]
    first, second = between_two_lines(run, keys)
    tasks = [(run.slug, steps) for steps in (first, second, first, second)]
    assert sum(runners.race(runners.enter, tasks)) == len(keys)
    with in_mall(Mall.objects.get(slug=run.slug)):
        standing = Ticket.objects.in_the_house()
        assert standing.count() == len(keys)
        assert standing.order_by().values("visit").distinct().count() == len(keys)
        assert PlannedStep.objects.filter(state="planned").count() == len(keys)


def come_over(name, runner, *, most):
    """Let six numbers come over at once into a line where one waits who came after them."""
    run = a_race(name, counters=6)
    served = serving_a_route(run, [f"{name}-{n}" for n in range(6)])
    with in_mall(Mall.objects.get(slug=run.slug)) as mall:
        RouteRule.objects.create(
            mall=mall, version=1, since=clock.now(), place="arrival", most_passed=most
        )
    runners.take(run.slug, run.service_id, [f"{name}-menunggu"])
    runners.race(runner, [(run.slug, served[part::3]) for part in range(3)])
    with in_mall(Mall.objects.get(slug=run.slug)):
        waiting = Ticket.objects.get(visit__idempotency_key=f"{name}-menunggu")
        came_over = Ticket.objects.filter(came_from__in=served)
        assert came_over.count() == len(served)
        return came_over.filter(arrived_at__lt=waiting.arrived_at).count()


def test_one_who_waits_is_passed_too_often_when_the_line_is_not_held():
    assert come_over("lewat-lepas", runners.come_over_unguarded, most=1) > 1


def test_one_who_waits_is_passed_as_often_as_published_when_the_line_is_held():
    assert come_over("lewat", runners.finish, most=2) == 2
