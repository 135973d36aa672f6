"""What one more counter would save now: gathered from the queue, worked out once, shown calmly."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gerai import clock
from gerai.directory.models import Closing
from gerai.directory.states import ClosingState
from gerai.directory.tests.factories import a_counter, a_mall, a_share, a_user, an_agency
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM, Actor
from gerai.people.models import Deed
from gerai.planner import actions
from gerai.planner.models import Advice
from gerai.planner.queries.advice import advice_now
from gerai.planner.queries.present import USUAL_PAUSE_S, situation
from gerai.planner.rules.rest_of_day import OpenDesk, Waiting
from gerai.planner.tasks import advise
from gerai.planner.tests.factories import BY, a_served_day
from gerai.queue.actions import calling, desks, serving
from gerai.queue.tests.factories import TEN, a_line, a_priority, a_ticket

pytestmark = pytest.mark.django_db

HOUR = 3600.0


def a_crowd(house, people: int = 20) -> None:
    for _person in range(people):
        a_ticket(house.line)


@pytest.fixture
def reserve(house):
    """Post an officer who sits nowhere yet."""
    return a_user(agency=house.agency)


def the_situation(house):
    found = situation()
    return found, found.present.flows[house.line.code]


def test_the_present_is_read_from_the_queue(house, clock_at):
    a_ticket(house.line)
    clock_at.shift(60)
    a_priority(house.line)
    calling.call_next(house.desk, by=house.by)
    clock_at.shift(120)

    found, flow = the_situation(house)

    code = house.line.code
    (desk,) = found.present.desks
    (waiting,) = found.present.waiting
    assert {waiting.since_s, desk.spent_s} == {180.0, 120.0}
    assert waiting == Waiting(code, 180.0)
    assert found.waiting == 1
    # Three minutes past ten: a break from twelve to one, closing at three.
    spans = ((0.0, 2 * HOUR - 180), (3 * HOUR - 180, 5 * HOUR - 180))
    assert desk == OpenDesk(house.counter.code, frozenset({code}), spans, code, 120.0)
    assert found.present.closes == {code: 5 * HOUR - 180}
    assert flow.works[0].mean_s == house.line.usual_minutes * 60
    assert found.present.house.serves_all is False


def test_without_a_past_today_goes_on_as_it_was(house):
    a_crowd(house, 16)
    found, flow = the_situation(house)

    assert (found.days, found.came) == (0, 16)
    # Two hours have passed: two comers a quarter hour until the last number at half past two.
    assert flow.per_quarter == pytest.approx((2.0,) * 18)


def test_past_days_of_this_weekday_say_who_comes_held_towards_today(house, clock_at):
    for days_ago in (7, 14, 4, 3):
        a_served_day(house, days_ago=days_ago, people=12 if days_ago in (7, 14) else 5)
    found, flow = the_situation(house)

    assert found.days == 2
    # Every five minutes one, from ten on for an hour; nobody has come today and nobody should have.
    assert flow.per_quarter == pytest.approx((3, 3, 3, 3))
    assert flow.works[0].mean_s == 300
    clock_at.move_to(TEN + timedelta(minutes=30))
    _found, late = the_situation(house)
    # Six were expected until now and none came: 20 / 26.
    assert late.per_quarter == pytest.approx((3 * 20 / 26, 3 * 20 / 26))


def test_pauses_and_closings_ahead_are_known(house):
    other = house.colleague()
    desks.pause(other, reason="Istirahat", by=house.by)
    Closing.objects.create(
        mall=house.counter.mall,
        counter=house.counter,
        reason="other",
        starts_at=clock.now() + timedelta(hours=3, minutes=30),
        ends_at=clock.now() + timedelta(hours=4),
        state=ClosingState.APPROVED,
        asked_by=house.officer,
        asked_at=clock.now(),
    )
    found, _flow = the_situation(house)

    spans = {desk.counter: desk.spans for desk in found.present.desks}
    afternoon = ((3 * HOUR, 3.5 * HOUR), (4 * HOUR, 5 * HOUR))
    assert spans == {
        house.counter.code: ((0.0, 2 * HOUR), *afternoon),
        house.second.code: ((USUAL_PAUSE_S, 2 * HOUR), (3 * HOUR, 5 * HOUR)),
    }


def test_a_free_counter_is_tried_where_an_officer_is_free(house):
    a_crowd(house, 1)
    assert situation().measures == ()
    a_user(agency=house.agency)

    tried = situation().measures

    assert {measure.counter for measure in tried} == {house.second.code}
    assert [(measure.until_s, measure.officer_s) for measure in tried] == [
        (HOUR / 2, HOUR / 2),
        (HOUR, HOUR),
        (2 * HOUR, 2 * HOUR),
        (5 * HOUR, 4 * HOUR),
    ]


def test_where_nobody_waits_or_comes_nothing_is_tried(house, reserve):
    assert situation().measures == ()


def test_an_idle_officer_may_move_to_a_counter_that_both_agencies_share(house):
    """House's agency has a crowd and no free officer; the other one's officer has nobody."""
    other = an_agency()
    a_line(other)
    own = a_counter(agency=other)
    officer = a_user(agency=other)
    desks.open_desk(own, officer=officer, by=Actor.person(officer))
    a_crowd(house)
    assert situation().measures == ()
    a_share(house.second, other, TEN.weekday())

    tried = situation().measures

    assert {(measure.counter, measure.leaves) for measure in tried} == {
        (house.second.code, own.code)
    }
    assert {measure.officer_s for measure in tried} == {0.0}
    assert tried[0].lines == {line.code for line in situation().lines.values()}


def test_a_crowd_gets_advice_with_its_price(mall, house, reserve):
    a_crowd(house)
    calling.call_next(house.desk, by=house.by)
    actions.ask_advice(by=BY)
    assert advice_now().is_running

    assert advise.call(mall.pk) is True

    known = advice_now()
    (piece,) = known.pieces
    assert (known.is_running, known.is_old, known.days, known.waiting) == (False, False, 0, 19)
    assert (piece.counter, piece.agencies) == (house.second.code, (house.agency.short_name,))
    assert 0 < piece.each.low < piece.each.mean < piece.each.high < piece.before
    assert piece.officer_s in (HOUR / 2, HOUR, 2 * HOUR, 4 * HOUR)
    assert piece.total.mean * HOUR > piece.officer_s
    assert piece.is_done is False
    desks.open_desk(house.second, officer=reserve, by=Actor.person(reserve))
    assert advice_now().pieces[0].is_done is True


def test_a_calm_mall_gets_none(mall, house, reserve):
    a_crowd(house, 2)
    actions.ask_advice(by=BY)
    advise.call(mall.pk)

    assert advice_now().pieces == ()
    assert advice_now().at == clock.now()


def test_advice_is_begun_once_a_minute_and_never_twice_at_once(mall, house, clock_at):
    assert actions.ask_advice(by=house.by) is True
    assert actions.ask_advice(by=house.by) is False
    clock_at.shift(120)
    # Still being worked out.
    assert actions.ask_advice(by=house.by) is False
    assert (advise.call(mall.pk), advise.call(mall.pk)) == (True, False)
    assert actions.ask_advice(by=house.by) is True
    advise.call(mall.pk)
    clock_at.shift(30)
    assert actions.ask_advice(by=house.by) is False
    clock_at.shift(31)
    assert actions.ask_advice(by=house.by) is True
    # Whoever was to answer was cut off.
    clock_at.shift(301)
    assert actions.ask_advice(by=house.by) is True
    assert Deed.objects.filter(verb="planner.advise").count() == 4
    assert Advice.objects.count() == 1


def test_a_look_keeps_it_fresh_without_a_deed(mall, house, clock_at):
    assert actions.fresh_advice().is_running is True
    advise.call(mall.pk)
    clock_at.shift(15 * 60)
    assert actions.fresh_advice().is_running is False
    clock_at.shift(1)
    assert actions.fresh_advice().is_running is True
    assert Deed.objects.filter(verb="planner.advise").count() == 0


def test_a_late_answer_does_not_replace_a_newer_question(mall, house, clock_at, monkeypatch):
    actions.ask_advice(by=BY)

    def asked_again_meanwhile():
        found = situation()
        clock_at.shift(301)
        assert actions.ask_advice(by=BY) is True
        return found

    monkeypatch.setattr(actions, "situation", asked_again_meanwhile)
    assert actions.advise() is False
    assert Advice.objects.get().said == {}


@pytest.mark.parametrize("hour", [6, 12, 20])
def test_a_closed_mall_is_not_advised(house, clock_at, hour):
    clock_at.move_to(TEN.replace(hour=hour, minute=30))

    assert actions.fresh_advice().is_running is False
    with pytest.raises(actions.MallClosed):
        actions.ask_advice(by=SYSTEM)
    assert Advice.objects.count() == 0


def test_advice_of_another_mall_is_not_seen(mall, house, reserve):
    a_crowd(house)
    actions.ask_advice(by=BY)
    actions.advise()
    assert advice_now().pieces != ()
    with in_mall(a_mall("lain")):
        assert advice_now().at is None
        assert actions.advise() is False


def signed_in(role: str) -> Client:
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))
    return browser


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 200), ("mall_admin", 200), ("officer", 403), ("founder", 403)],
)
def test_the_page_is_for_those_who_watch(house, role, status):
    assert signed_in(role).get(reverse("advice:home")).status_code == status


def test_the_page_asks_by_itself_then_says_what_helps(mall, house, reserve):
    a_crowd(house)
    supervisor = signed_in("supervisor")
    page = reverse("advice:home")
    assert "Sedang dihitung" in supervisor.get(page).content.decode()
    advise.call(mall.pk)

    shown = supervisor.get(page).content.decode()

    assert f"Buka loket {house.second.code} untuk {house.agency.short_name}" in shown
    assert "menit lebih singkat" in shown
    assert "Butuh 1 petugas selama" in shown
    assert "kedatangan dianggap terus seperti hari ini" in shown
    assert reverse("supervisor:counter", args=[house.second.pk]) in shown


def test_the_button_asks_and_says_so_when_it_was_just_asked(mall, house):
    supervisor = signed_in("supervisor")
    ask = reverse("advice:ask")
    first = supervisor.post(ask, follow=True)
    second = supervisor.post(ask, follow=True)

    assert "Saran sedang dihitung." in first.content.decode()
    assert "Saran baru saja diminta." in second.content.decode()
    advise.call(mall.pk)
    calm = supervisor.get(reverse("advice:home")).content.decode()
    assert "Tidak ada saran: menambah loket tidak membantu sekarang." in calm


def test_where_nobody_calls_the_page_says_that_instead_of_minutes(mall, house, reserve):
    desks.close_desk(house.desk, by=house.by)
    actions.ask_advice(by=BY)
    advise.call(mall.pk)
    assert advice_now().pieces == ()
    a_crowd(house, 3)
    Advice.objects.update(asked_at=clock.now(), said_at=None)
    advise.call(mall.pk)

    shown = signed_in("supervisor").get(reverse("advice:home")).content.decode()

    assert [piece.is_served for piece in advice_now().pieces] == [False]
    assert "Sekarang tidak ada petugas yang memanggil di sini" in shown
    assert "menit lebih singkat;" not in shown


def test_a_closed_mall_says_so_on_its_page(house):
    supervisor = signed_in("supervisor")
    with time_machine.travel(TEN.replace(hour=20), tick=False):
        page = supervisor.get(reverse("advice:home"))
        asked = supervisor.post(reverse("advice:ask"))

    assert "Mal sedang tutup atau istirahat." in page.content.decode()
    assert asked.status_code == 409


def test_nothing_of_a_person_is_kept_but_times(house, reserve):
    a_crowd(house, 3)
    calling.call_next(house.desk, by=house.by)
    serving.start(calling_ticket := house.line.tickets.get(state="called"), by=house.by)
    actions.ask_advice(by=BY)
    actions.advise()

    kept = str(Advice.objects.get().said)
    for word in (calling_ticket.label, calling_ticket.visit.token, house.officer.name):
        assert word not in kept
