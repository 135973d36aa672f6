"""The planner's pages: who may see them, what they ask, what they show."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.models import Mall, Stage
from gerai.malls.scope import in_mall
from gerai.planner import actions
from gerai.planner.models import Origin, Plan, PlanState
from gerai.planner.queries.plans import promise_of
from gerai.planner.rules.document import parse
from gerai.planner.rules.staffing import Promise
from gerai.planner.tests.factories import a_plan

pytestmark = pytest.mark.django_db

QUESTION = {
    "name": "Rencana contoh",
    "opens": "08.00",
    "closes": "12.00",
    "promise_percent": "80",
    "promise_minutes": "15",
    "rupiah_per_hour": "30000",
    "cost_source": "Contoh",
}
GUESS = QUESTION | {"is_morning": "ya", "line_1": "KTP", "people_1": "60", "minutes_1": "10"}


def signed_in(role: str) -> Client:
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))
    return browser


@pytest.fixture
def supervisor(mall):
    return signed_in("supervisor")


@pytest.mark.parametrize("page", ["home", "from_tickets", "from_guess", "formula"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("supervisor", 200),
        ("mall_admin", 200),
        ("founder", 200),
        ("officer", 403),
        ("greeter", 403),
        ("leader", 403),
    ],
)
def test_pages_are_for_those_who_plan(mall, page, role, status):
    assert signed_in(role).get(reverse(f"planner:{page}")).status_code == status


def test_visitors_are_sent_to_sign_in(mall, client):
    assert client.get(reverse("planner:home")).status_code == 302


def test_a_plan_of_another_mall_is_not_found(supervisor):
    with in_mall(a_mall("lain")):
        plan = a_plan()
        actions.play(plan)
    assert supervisor.get(reverse("planner:plan", args=[plan.pk])).status_code == 404
    assert supervisor.post(reverse("planner:remove", args=[plan.pk])).status_code == 404


def test_a_plan_is_asked_for_from_tickets(supervisor):
    answer = supervisor.post(reverse("planner:from_tickets"), QUESTION | {"last_days": "5"})

    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("planner:plan", args=[plan.pk])
    assert (plan.origin, plan.last_days, plan.opens, plan.quarters) == (
        Origin.TICKETS,
        5,
        480,
        16,
    )
    assert (plan.rupiah_per_hour, plan.cost_source) == (30_000, "Contoh")
    assert promise_of(plan) == Promise(0.8, 900)
    page = supervisor.get(answer.headers["Location"])
    assert "Data sedang disiapkan." in page.content.decode()


def test_a_plan_is_asked_for_from_what_is_assumed(supervisor):
    more = {"line_3": "KK", "people_3": "20", "minutes_3": "7,5", "counters_3": "2"}
    shares = {"priority_percent": "20", "absent_percent": "5"}
    supervisor.post(reverse("planner:from_guess"), GUESS | more | shares)

    assumed = parse(Plan.objects.get().assumed)
    flows = assumed.hall.flows
    assert {(flow.priority_share, flow.absent_share) for flow in flows} == {(0.2, 0.05)}
    assert assumed.names == {"1": "KTP", "3": "KK"}
    assert [sum(flow.per_quarter) for flow in assumed.hall.flows] == pytest.approx([60, 20])
    assert [flow.works[0].mean_s for flow in assumed.hall.flows] == [600, 450]
    assert [counter.name for counter in assumed.hall.counters] == ["3.1", "3.2"]
    assert assumed.has_staff is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"closes": "08.30"},
        {"promise_percent": "100"},
        {"rupiah_per_hour": "-1"},
        {"line_1": "", "people_1": "", "minutes_1": ""},
        {"people_1": ""},
        {"minutes_1": "0"},
        {"line_2": "KTP", "people_2": "5", "minutes_2": "5"},
        {"counters_2": "3"},
    ],
)
def test_a_senseless_question_is_asked_again(supervisor, wrong):
    for question in (GUESS | wrong, {}):
        answer = supervisor.post(reverse("planner:from_guess"), question)
        assert (answer.status_code, Plan.objects.count()) == (400, 0)


def test_the_page_shows_progress_then_the_answer(supervisor):
    plan = a_plan()
    page = reverse("planner:plan", args=[plan.pk])
    Plan.objects.update(state=PlanState.PLAYING, to_play=120, played=40)
    assert "40 dari 120 hari sudah dimainkan." in supervisor.get(page).content.decode()
    actions.play(plan)

    shown = supervisor.get(page).content.decode()

    assert "giliran petugas sehari" in shown
    assert "Satu loket lebih daripada sekarang" in shown
    assert "<svg" in shown
    assert "Data sedang disiapkan." not in shown


def test_a_plan_without_staff_is_compared_with_itself(supervisor):
    plan = a_plan(staff=0)
    actions.play(plan)

    shown = supervisor.get(reverse("planner:plan", args=[plan.pk])).content.decode()

    assert "Satu loket lebih daripada rencana" in shown


def test_a_plan_without_an_answer_says_why_on_its_page(supervisor):
    plan = a_plan(a_day=0.01)
    actions.play(plan)

    shown = supervisor.get(reverse("planner:plan", args=[plan.pk])).content.decode()

    assert "Orangnya terlalu sedikit" in shown


def test_a_plan_is_taken_away_by_its_page(supervisor):
    plan = a_plan()

    supervisor.post(reverse("planner:remove", args=[plan.pk]))

    assert Plan.objects.count() == 0


def test_the_list_asks_as_much_for_three_plans_as_for_one(
    supervisor, django_assert_max_num_queries
):
    home = reverse("planner:home")
    a_plan()
    supervisor.get(home)
    with django_assert_max_num_queries(20) as one:
        supervisor.get(home)
    a_plan()
    a_plan()
    with django_assert_max_num_queries(20) as three:
        assert supervisor.get(home).content.decode().count("Rencana contoh") == 3
    assert len(one) == len(three)


def test_founders_plan_a_mall_that_is_not_open_yet(mall):
    """From the workspace of the founding to an answer, and back by the menu."""
    Mall.objects.filter(pk=mall.pk).update(stage=Stage.FOUNDING)
    founder = signed_in("founder")
    home = founder.get(reverse("planner:home")).content.decode()
    assert reverse("founding:home") in home
    assert f'href="{reverse("supervisor:home")}"' not in home
    assert reverse("advice:home") not in home

    answer = founder.post(reverse("planner:from_guess"), GUESS)
    actions.play(Plan.objects.get())

    assert "giliran petugas sehari" in founder.get(answer.headers["Location"]).content.decode()


def test_the_quick_form_answers_at_once(supervisor):
    page = reverse("planner:formula")
    shown = supervisor.get(page, {"arrivals": 12, "minutes": 10, "counters": 3}).content.decode()
    # Two desks' work for three: rho 2/3, Pw 4/9, Wq 40/9 minutes, Lq 8/9.
    for word in ("66,7%", "44,4%", "4,4 menit", "0,9", "6 loket"):
        assert word in shown
    assert "Tidak stabil" not in shown


@pytest.mark.parametrize("minutes", ["7,5", "7.5"])
def test_the_quick_form_takes_half_minutes(supervisor, minutes):
    asked = {"arrivals": 16, "minutes": minutes, "counters": 3}
    shown = supervisor.get(reverse("planner:formula"), asked).content.decode()
    # Wq is 4/9 of 7.5 minutes.
    assert "66,7%" in shown
    assert "3,3 menit" in shown


def test_the_quick_form_says_unstable_at_the_very_edge(supervisor):
    page = reverse("planner:formula")
    shown = supervisor.get(page, {"arrivals": 12, "minutes": 10, "counters": 2}).content.decode()

    assert "Tidak stabil" in shown
    assert "Bukalah sedikitnya 3 loket." in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"counters": "0"},
        {"minutes": "x"},
        {"minutes": "NaN"},
        {"arrivals": ""},
        {"arrivals": "1e9"},
    ],
)
def test_the_quick_form_asks_again(supervisor, wrong):
    asked = {"arrivals": "12", "minutes": "10", "counters": "3"} | wrong
    assert supervisor.get(reverse("planner:formula"), asked).status_code == 400
