"""Figures read off the step log: kept once, added up, shown, downloaded; own times."""

import csv
from datetime import time, timedelta
from io import StringIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gerai.directory.models import WeeklyHours
from gerai.directory.tests.factories import a_mall, a_share, a_user
from gerai.malls.scope import in_mall
from gerai.planner.tests.factories import a_served_day
from gerai.pulse import actions, tasks
from gerai.pulse.measures import Funnel, Hour, Times
from gerai.pulse.models import CountedDay
from gerai.pulse.queries.days import days_with_numbers, figures_of, own_times, uncounted
from gerai.pulse.queries.figures import funnel_of, heat_map, span_of
from gerai.queue.actions import calling, desks, serving
from gerai.queue.tests.factories import TEN, a_house, a_ticket

pytestmark = pytest.mark.django_db

DAY = TEN.date()


@pytest.fixture
def supervisor(house):
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user("supervisor"))
    return browser


def serve_one(house, clock_at, *, minutes=5):
    called = calling.call_next(house.desk, by=house.by)
    clock_at.shift(60)
    serving.start(called, by=house.by)
    clock_at.shift(minutes * 60)
    serving.finish(called, by=house.by)


def page_of(browser, **asked):
    return browser.get(reverse("pulse:figures"), asked)


def test_a_day_is_read_off_its_steps(house, clock_at):
    a_ticket(house.line)
    a_ticket(house.line)
    clock_at.shift(120)
    serve_one(house, clock_at)
    clock_at.shift(180)
    desks.pause(house.desk, reason="Salat", by=house.by)
    clock_at.shift(600)
    desks.go_on(house.desk, by=house.by)
    serve_one(house, clock_at, minutes=2)
    clock_at.shift(300)
    desks.close_desk(house.desk, by=house.by)

    figures = figures_of(DAY)
    key = house.line.pk
    assert figures.funnels == {key: Funnel(entered=2, called=2, served=2, done=2)}
    first, second = 120, 120 + 360 + 180 + 600
    assert figures.hours == {(key, 10): Hour(2, first + second, 2, first + second)}
    assert figures.times == {
        (house.counter.pk, house.agency.pk): Times(
            open_s=1740,
            idle_s=300,
            walking_s=120,
            serving_s=420,
            wrapping_s=first + 180,
            pause_s=600,
        )
    }


def test_past_days_are_counted_once_and_kept(house):
    for days_ago in (3, 4, 5):
        a_served_day(house, days_ago=days_ago, people=2)
    days = days_with_numbers(DAY - timedelta(days=9), DAY)
    assert uncounted(days) == days
    actions.count_missing(days)
    assert uncounted(days) == []
    assert CountedDay.objects.count() == 3
    assert funnel_of(span_of(days[0], DAY)) == Funnel(6, 0, 6, 6, 6)


def test_today_is_never_kept(house):
    a_ticket(house.line)
    actions.count_missing(days_with_numbers(DAY, DAY))
    assert not CountedDay.objects.exists()
    assert funnel_of(span_of(DAY, DAY)) == Funnel(entered=1, open=1)


def test_what_was_counted_another_way_is_counted_anew(house):
    a_served_day(house, days_ago=3, people=2)
    friday = DAY - timedelta(days=3)
    CountedDay.objects.create(mall=house.agency.mall, day=friday, version=0, figures={})
    actions.count_missing([friday])
    assert funnel_of(span_of(friday, friday)).done == 2


def test_many_days_are_counted_in_the_background(house, monkeypatch):
    asked = []
    monkeypatch.setattr("gerai.later.run", lambda name, **known: asked.append((name, known)))
    monkeypatch.setattr(actions, "COUNTED_AT_ONCE", 1)
    for days_ago in (3, 4, 5):
        a_served_day(house, days_ago=days_ago, people=1)
    first = DAY - timedelta(days=9)
    days = days_with_numbers(first, DAY)
    actions.count_missing(days)
    actions.count_missing(days)
    counts = [known for name, known in asked if name == "pulse.count"]
    assert counts == [
        {"mall_id": house.agency.mall_id, "first": f"{days[0]}", "last": f"{days[2]}"}
    ]
    assert span_of(first, DAY).to_count == 1
    assert tasks.count.func(**counts[0]) == 1
    assert span_of(first, DAY).to_count == 0


def test_the_heat_map_has_the_malls_week(house):
    a_served_day(house, days_ago=7, people=3)
    days = days_with_numbers(DAY - timedelta(days=9), DAY)
    actions.count_missing(days)
    found = heat_map(span_of(DAY - timedelta(days=9), DAY), shows="wait")
    assert found.weekdays == (0, 1, 2, 3, 4)
    assert [row.hour for row in found.rows] == [10]
    assert [cell and cell.value for cell in found.rows[0].cells] == [0.0, None, None, None, None]
    WeeklyHours.objects.create(
        mall=house.agency.mall, weekday=5, opens=time(8), closes=time(12), last_ticket=time(11)
    )
    a_share(house.counter, house.agency, 5)
    a_served_day(house, days_ago=2, people=1)
    actions.count_missing(days_with_numbers(DAY - timedelta(days=9), DAY))
    assert heat_map(span_of(DAY - timedelta(days=9), DAY), shows="wait").weekdays == (
        0, 1, 2, 3, 4, 5,
    )  # fmt: skip


def test_the_page_shows_figures_and_no_names(supervisor, house, clock_at):
    a_ticket(house.line)
    clock_at.shift(600)
    serve_one(house, clock_at)
    page = page_of(supervisor).content.decode()
    assert "Peta keramaian" in page
    assert "10.00\N{EN DASH}11.00" in page
    assert "1 (100 persen)" in page
    assert house.officer.name not in page


def test_an_empty_span_says_so(supervisor):
    assert "Belum ada nomor pada hari-hari ini" in page_of(supervisor).content.decode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sejak": "kemarin"}, "Tuliskan hari seperti 2026-11-23."),
        ({"sejak": "2026-11-24", "sampai": "2026-11-23"}, "sesudah hari pertama"),
        ({"sejak": "2025-11-22", "sampai": "2026-11-23"}, "paling lama satu tahun"),
        ({"isi": "warna"}, "warna"),
        ({"antrean": "0"}, "Pilih"),
    ],
)
def test_what_cannot_be_shown_is_refused(supervisor, asked, told):
    answer = page_of(supervisor, **asked)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert supervisor.get(reverse("pulse:heat_csv"), asked).status_code == 404


def test_tables_are_downloaded(supervisor, house, clock_at):
    a_ticket(house.line)
    clock_at.shift(600)
    serve_one(house, clock_at)

    def rows(name):
        answer = supervisor.get(reverse(f"pulse:{name}"))
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))

    assert rows("heat_csv")[1] == ["Senin", "10", "1", "1", "0.167", "10.0"]
    assert rows("funnel_csv")[1:3] == [
        ["Nomor masuk antrean", "1"],
        ["Di antaranya dari antrean lain", "0"],
    ]
    assert rows("times_csv")[1][2:] == ["16.0", "0.0", "1.0", "5.0", "10.0", "0.0"]


def test_lines_of_another_mall_are_not_counted(supervisor, house):
    with in_mall(a_mall("lain")):
        there = a_house(code="L")
        a_ticket(there.line)
    page = page_of(supervisor).content.decode()
    assert "Belum ada nomor" in page
    assert page_of(supervisor, antrean=there.line.pk).status_code == 400


def test_officers_see_their_own_times_only(house, clock_at):
    colleague = house.colleague()
    a_ticket(house.line)
    serve_one(house, clock_at)
    assert [times for _sitting, times in own_times(house.officer)] == [
        Times(open_s=360, walking_s=60, serving_s=300)
    ]
    [(sitting, times)] = own_times(colleague.officer)
    assert (sitting.counter, times.idle_s, times.serving_s) == (house.second.pk, 360, 0)


def test_the_own_page_is_for_officers(house, clock_at, client):
    a_ticket(house.line)
    serve_one(house, clock_at)
    client.force_login(house.officer)
    page = client.get(reverse("pulse_desk:own")).content.decode()
    assert "Loket Anda buka 6 menit." in page
    newcomer = a_user(agency=house.agency)
    client.force_login(newcomer)
    assert "Anda belum membuka loket" in client.get(reverse("pulse_desk:own")).content.decode()
    client.force_login(a_user("greeter"))
    assert client.get(reverse("pulse_desk:own")).status_code == 403


def test_a_sitting_of_yesterday_that_was_never_closed_counts_from_midnight(house):
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        [(sitting, times)] = own_times(house.officer)
        assert (sitting.opens, times.open_s) == (0, 10 * 3600)
