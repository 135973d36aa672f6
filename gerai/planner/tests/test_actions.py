"""Plans are asked for, worked off in the background, and taken away."""

import pytest

from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.people.tests.factories import a_mall
from gerai.planner import actions
from gerai.planner.models import Origin, Plan, PlanState, Trouble
from gerai.planner.queries.plans import answer_of, assumed_of, plans, usual_hours
from gerai.planner.rules.trial import DAYS, days_of
from gerai.planner.tasks import play
from gerai.planner.tests.factories import BY, QUARTERS, a_plan, a_served_day

pytestmark = pytest.mark.django_db


def deeds() -> list[str]:
    found = Deed.objects.filter(verb__startswith="planner.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_a_plan_is_played_in_the_background_and_keeps_its_answer(mall):
    plan = a_plan()
    assert (plan.state, answer_of(plan)) == (PlanState.WAITING, None)

    assert play.call(mall.pk, plan.pk) is True

    plan.refresh_from_db()
    answer = answer_of(plan)
    assert (plan.state, plan.played, plan.to_play) == (PlanState.DONE, 3 * DAYS, 3 * DAYS)
    assert answer.is_now
    assert answer.now.wait.mean > answer.planned.wait.mean
    assert answer.planned.within.low > 80
    assert (answer.cost_now, answer.cost_of_one) == (2 * 4 * 30_000, 4 * 30_000)
    assert answer.cost_now < answer.cost_planned
    line = answer.lines[0]
    assert (line.name, round(line.a_day), line.minutes, line.services) == ("KTP", 60, 10, None)
    assert [len(line.rows), len(answer.waits_now)] == [QUARTERS, QUARTERS]
    assert f"{line.rows[0].begins:%H.%M} {line.rows[-1].begins:%H.%M}" == "08.00 11.45"
    assert answer.officers == len(line.shifts)
    assert deeds() == ["planner.ask"]


def test_a_plan_is_played_once(mall):
    plan = a_plan()
    assert actions.play(plan) is True
    before = Plan.objects.get().said

    assert actions.play(plan) is False
    assert Plan.objects.get().said == before


def test_a_plan_that_was_cut_off_says_the_same_when_played_again(mall):
    plan = a_plan()
    actions.play(plan)
    said = Plan.objects.get().said
    Plan.objects.update(state=PlanState.PLAYING, played=40, said={})

    assert actions.play(plan) is True
    assert Plan.objects.get().said == said


def test_a_plan_taken_away_meanwhile_is_left_alone(mall):
    plan = a_plan()
    Plan.objects.all().delete()

    assert play.call(mall.pk, plan.pk) is False
    assert actions.play(plan) is False


@pytest.mark.parametrize(
    ("fields", "trouble"),
    [
        ({"a_day": 0.01}, Trouble.TOO_FEW),
        ({"a_day": 90_000}, Trouble.TOO_MUCH),
        ({"flows": (), "counters": (), "last_days": 5}, Trouble.NO_DAYS),
    ],
)
def test_a_plan_without_an_answer_says_why(mall, fields, trouble):
    plan = a_plan(**fields)
    actions.play(plan)

    plan.refresh_from_db()
    assert (plan.state, plan.trouble, answer_of(plan)) == (PlanState.FAILED, trouble, None)


def test_a_plan_from_tickets_reads_past_days(house):
    a_served_day(house, days_ago=4)
    a_served_day(house, days_ago=3)
    a_served_day(house, days_ago=0)
    plan = a_plan(origin=Origin.TICKETS, flows=(), counters=(), names={}, last_days=5, opens=600)

    found = assumed_of(plan)

    assert (found.days, found.services) == (2, {house.line.code: 12})
    (flow,) = found.hall.flows
    assert flow.works[0].mean_s == 300
    assert flow.per_quarter[:3] == (3, 3, 0)
    assert found.names == {house.line.code: house.line.name}


def test_a_plan_is_taken_away_once(mall):
    plan = a_plan()

    actions.remove(plan, by=BY)
    actions.remove(plan, by=BY)

    assert (plans(), deeds()) == ([], ["planner.ask", "planner.remove"])


def test_a_plan_taken_away_while_it_is_played_is_played_no_further(mall, monkeypatch):
    plan = a_plan()
    played = []

    def days_until_it_is_gone(*asked):
        for day in days_of(*asked):
            played.append(day)
            if len(played) == actions.TELL_EVERY:
                actions.remove(plan, by=BY)
            yield day

    monkeypatch.setattr(actions, "days_of", days_until_it_is_gone)

    assert actions.play(plan) is False
    assert (len(played), Plan.objects.count()) == (actions.TELL_EVERY, 0)


def test_a_mall_keeps_fifty_plans(mall):
    first = a_plan()
    Plan.objects.bulk_create(
        Plan(
            mall=mall,
            name=str(number),
            origin=Origin.GUESS,
            made_at=first.made_at,
            opens=480,
            quarters=4,
            promise_percent=80,
            promise_minutes=15,
            rupiah_per_hour=0,
            cost_source="Contoh",
        )
        for number in range(actions.MOST_PLANS - 1)
    )
    with pytest.raises(actions.TooManyPlans):
        a_plan()


def test_plans_of_another_mall_are_not_seen(mall):
    with in_mall(a_mall("lain")):
        a_plan()
    assert plans() == []


def test_hours_are_those_of_the_week(mall, house):
    opens, closes = usual_hours()
    assert opens < closes
