"""The story's pages: what guests see, what the mall chooses, what stays behind the wall."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.queue.tests.factories import a_ticket
from gerai.story import actions
from gerai.story.models import Showing
from gerai.story.tests.factories import MONDAY, TUESDAY, a_told_day

HOME, NOW = reverse("story:home"), reverse("story:today")
MOVES, HALL = reverse("story:moves"), reverse("story:hall")
OFFICE = reverse("story_office:home")
CHOICE = {"is_public": True, "has_today": True, "last_days": 1, "chosen_day": None}


def signed_in(role: str) -> Client:
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))
    return browser


def choose(**fields: object) -> Showing:
    return actions.choose(**{**CHOICE, **fields}, by=audit.SYSTEM)


def test_guests_see_the_last_day_with_stills_curves_and_a_table(house, client):
    page = client.get(HOME)
    text = page.content.decode()

    assert page.status_code == 200
    assert "3 orang datang; paling ramai pukul 09.10, 3 orang menunggu." in text
    assert text.count('class="story-scene') == len(page.context["told"].scenes) == 6
    assert text.count('href="#orang"') > 6
    assert '<th scope="row">09.15</th>' in text
    assert f"{MOVES}?hari={MONDAY}" in text
    assert "A001" not in text


def test_an_english_guest_reads_the_clock_in_english(house, client):
    client.cookies["django_language"] = "en"

    assert "09:10" in client.get(HOME).content.decode()


def test_moves_of_a_day_that_is_over_may_be_kept(house, client):
    answer = client.get(MOVES, {"hari": MONDAY.isoformat()})

    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert len(json.loads(answer.content)["figures"]) == 3


def test_moves_of_today_are_never_kept(house, client, tuesday):
    a_ticket(house.line)
    tuesday.shift(60)
    answer = client.get(MOVES, {"hari": TUESDAY.date().isoformat()})

    assert answer["Cache-Control"] == "private, no-store"
    assert len(json.loads(answer.content)["figures"]) == 1


def test_today_is_empty_until_somebody_comes(house, client):
    assert "Hari ini belum dimulai" in client.get(NOW).content.decode()


def test_today_is_told_as_it_goes_on(house, client, tuesday):
    a_ticket(house.line)
    tuesday.shift(120)
    page = client.get(NOW)

    assert page.context["told"].opening.still.waiting == 1
    assert "Hari ini 1 orang sudah datang" in page.content.decode()
    assert "data-story-living" in page.content.decode()


def test_the_hall_shows_the_same_without_controls(house, client):
    text = client.get(HALL).content.decode()

    assert "data-story-loop" in text
    assert "data-story-controls" not in text
    assert "3 orang datang" in text


def test_a_mall_without_any_day_says_so(mall, client):
    assert "Hari ini belum dimulai" in client.get(HOME).content.decode()
    assert client.get(HALL).status_code == 200
    assert client.get(MOVES).status_code == 404


@pytest.mark.parametrize("page", [HOME, MOVES, HALL])
def test_what_is_no_day_is_refused_in_words(house, client, page):
    answer = client.get(page, {"hari": "kemarin"})

    assert answer.status_code == 400
    assert "Tanggal pada alamat ini salah" in answer.content.decode()


@pytest.mark.parametrize("page", [HOME, MOVES, HALL])
@pytest.mark.parametrize("day", ["2026-11-20", "2030-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_not_shown_is_not_found(house, client, page, day):
    assert client.get(page, {"hari": day}).status_code == 404


def test_a_mall_that_shows_nothing_shows_nothing(house, client):
    choose(is_public=False)

    assert "Belum ada kisah untuk ditampilkan" in client.get(HOME).content.decode()
    for page in (NOW, HALL, f"{MOVES}?hari={MONDAY}", f"{HOME}?hari={MONDAY}"):
        assert client.get(page).status_code == 404


def test_guests_see_as_many_days_as_the_mall_says(house, client):
    choose(last_days=0, has_today=False)

    assert client.get(HOME, {"hari": MONDAY.isoformat()}).status_code == 404
    assert client.get(NOW).status_code == 404


def test_a_chosen_day_is_shown_first(house, client):
    choose(last_days=0, chosen_day=MONDAY)

    assert client.get(HOME).context["told"].day == MONDAY


def test_who_chooses_sees_every_day_and_nobody_may_keep_it(house):
    choose(is_public=False)
    host = signed_in("host")

    assert host.get(HOME).context["told"].day == MONDAY
    answer = host.get(MOVES, {"hari": MONDAY.isoformat()})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize(
    ("role", "status"),
    [("mall_admin", 200), ("host", 200), ("officer", 403), ("greeter", 403), ("editor", 403)],
)
def test_choosing_is_for_those_who_receive_guests(house, role, status):
    assert signed_in(role).get(OFFICE).status_code == status


def test_the_choice_is_kept_and_told(house):
    browser = signed_in("mall_admin")
    sent = {"is_public": "on", "last_days": "3", "chosen_day": MONDAY.isoformat()}

    assert browser.post(OFFICE, sent).status_code == 302
    row = Showing.objects.get()
    assert (row.is_public, row.has_today, row.last_days, row.chosen_day) == (True, False, 3, MONDAY)
    assert Deed.objects.filter(verb="story.choose").count() == 1
    assert browser.post(OFFICE, sent | {"last_days": "4"}).status_code == 302
    assert [each.last_days for each in Showing.objects.all()] == [4]


@pytest.mark.parametrize(
    "wrong", [{"last_days": "31"}, {"last_days": "-1"}, {"last_days": "satu"}, {"chosen_day": "x"}]
)
def test_a_wrong_choice_is_refused(house, wrong):
    sent = {"is_public": "on", "last_days": "3", "chosen_day": ""} | wrong

    assert signed_in("mall_admin").post(OFFICE, sent).status_code == 400
    assert not Showing.objects.exists()


def test_each_mall_tells_its_own_day(house, client):
    with in_mall(a_mall("lain")):
        assert client.get(HOME).context["told"].day == MONDAY
    other = Client(HTTP_HOST="lain.localhost")

    assert other.get(MOVES, {"hari": MONDAY.isoformat()}).status_code == 404
    assert "orang datang" not in other.get(HOME).content.decode()


def test_two_malls_with_the_same_day_are_not_mixed_up(house, client):
    first = client.get(MOVES, {"hari": MONDAY.isoformat()}).content
    with in_mall(a_mall("lain")):
        neighbours = a_told_day()
        with time_machine.travel(TUESDAY - timedelta(hours=20), tick=False):
            a_ticket(neighbours.line)
    other = Client(HTTP_HOST="lain.localhost").get(MOVES, {"hari": MONDAY.isoformat()}).content

    assert len(json.loads(first)["figures"]) == 3
    assert len(json.loads(other)["figures"]) == 4


def test_asking_again_does_not_read_the_day_again(house, client, django_assert_max_num_queries):
    client.get(MOVES, {"hari": MONDAY.isoformat()})
    with django_assert_max_num_queries(9):
        client.get(MOVES, {"hari": MONDAY.isoformat()})
