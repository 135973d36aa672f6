"""When must I leave home: from how long people waited on past days, hour by hour."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.queue.models import Step, Ticket, Visit
from gerai.queue.queries.boards import today
from gerai.queue.queries.leaving import days_to_come, setting_out
from gerai.queue.rules import HourWait, PastWait, arrivals, by_hour, calmest
from gerai.queue.states import State, Verb
from gerai.queue.tests.factories import TEN

MONDAY = TEN.date()


def waited(house, *, hour: int, minutes: int, weeks: int = 4, people: int = 3) -> None:
    """Let people of past Mondays come in an hour and wait so many minutes."""
    service = house.line.services.get()
    for week in range(1, weeks + 1):
        day = MONDAY - timedelta(weeks=week)
        for number in range(people):
            key = f"dulu-{week}-{hour}-{number}"
            came = clock.at(day, hour, 10 * number, current_mall().zone)
            visit = Visit.objects.create(
                mall=house.line.mall, token=key, day=day, came_at=came, idempotency_key=key
            )
            ticket = Ticket.objects.create(
                mall=house.line.mall,
                visit=visit,
                line=house.line,
                service=service,
                day=day,
                number=100 * hour + number,
                label=key[:12],
                state=State.DONE,
                arrived_at=came,
            )
            called = came + timedelta(minutes=minutes)
            Step.objects.create(
                mall=house.line.mall, ticket=ticket, verb=Verb.CALL, state=State.CALLED, at=called
            )


def page(client, house, status=200, **asked):
    address = reverse("phone:set_out", args=[house.line.services.get().pk])
    answer = client.get(address, asked)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@given(st.lists(st.floats(0, 300), min_size=10, max_size=60))
def test_an_hour_says_where_eight_of_ten_lie(minutes):
    told = by_hour(PastWait(date(2026, 11, 1 + n % 5), 9, each) for n, each in enumerate(minutes))
    wait = told[9]
    assert (wait.people, wait.days) == (len(minutes), 5)
    assert 0 <= wait.low <= wait.middle <= wait.high
    inside = sum(wait.low <= each <= wait.high for each in minutes)
    assert inside >= 0.8 * len(minutes) - 2


@pytest.mark.parametrize(("days", "people"), [(2, 40), (9, 9)])
def test_too_few_days_or_people_say_nothing(days, people):
    told = by_hour(PastWait(date(2026, 11, 1 + n % days), 9, 10.0) for n in range(people))
    assert told[9] == HourWait(people, days)
    assert not told[9].is_known


def test_one_may_come_at_each_hour_at_which_numbers_are_given():
    spans = [(time(8), time(12)), (time(13), time(15))]
    assert [each.hour for each in arrivals(spans, time(14, 30))] == [8, 9, 10, 11, 13, 14]
    assert [each.hour for each in arrivals(spans, time(14))] == [8, 9, 10, 11, 13]


def test_calm_is_what_is_as_short_as_the_shortest():
    waits = [HourWait(9, 9, 1, 10.0, 20), HourWait(9, 9, 1, 30.0, 40), HourWait(1, 1)]
    assert calmest(waits) == 12.0
    assert calmest([HourWait(1, 1)]) is None


def test_the_days_offered_are_those_on_which_numbers_are_given(house, clock_at):
    days = list(days_to_come(house.line.services.get()))
    assert days[0] == MONDAY
    assert len(days) == 6
    assert all(day.weekday() < 5 for day in days)
    clock_at.move_to(TEN.replace(hour=15))
    assert next(iter(days_to_come(house.line.services.get()))) == MONDAY + timedelta(days=1)


def test_the_answer_counts_back_from_the_call(client, house):
    waited(house, hour=11, minutes=30)
    waited(house, hour=13, minutes=5)
    told = page(client, house, perjalanan="25", jam="11")
    assert "Berangkat pukul 10.35 agar dipanggil sekitar pukul 11.30" in told
    assert "Lebih lengang bila Anda tiba pukul 13.00." in told
    told = page(client, house, perjalanan="25")
    assert "Berangkat pukul 12.35 agar dipanggil sekitar pukul 13.05" in told
    assert "Dari 4 hari Senin yang lalu" in told


def test_without_the_way_it_says_when_to_arrive(client, house):
    waited(house, hour=11, minutes=30)
    told = page(client, house)
    assert "Tiba pukul 11.00 agar dipanggil sekitar pukul 11.30" in told


def test_an_hour_that_is_not_known_is_not_guessed(client, house):
    waited(house, hour=11, minutes=30)
    told = page(client, house, jam="14", perjalanan="10")
    assert "Untuk tiba pukul 14.00 belum cukup data" in told


def test_a_line_without_past_says_so(client, house):
    told = page(client, house, perjalanan="10")
    assert "Belum cukup hari untuk memperkirakan" in told
    assert "Berangkat pukul" not in told


def test_hours_that_cannot_be_reached_any_more_are_left_out(house):
    service = house.line.services.get()
    told = setting_out(service, day=None, hour=None, travel=61)
    assert [each.comes_at.hour for each in told.comings] == [13, 14]


def test_a_call_after_closing_is_said(client, house):
    waited(house, hour=14, minutes=90)
    assert "mungkin melewati jam tutup pukul 15.00" in page(client, house)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"perjalanan": "sejam"}, "Tuliskan lama perjalanan dalam menit"),
        ({"perjalanan": "-1"}, "Tuliskan lama perjalanan dalam menit"),
        ({"perjalanan": "100000"}, "Tuliskan lama perjalanan dalam menit"),
        ({"hari": "besok"}, "Pilih salah satu hari pada daftar."),
        ({"hari": "2026-11-29"}, "Pada hari itu nomor tidak dibagikan."),
        ({"hari": "2020-01-06"}, "Pada hari itu nomor tidak dibagikan."),
        ({"jam": "25"}, "Pilih salah satu jam pada daftar."),
    ],
)
def test_bad_input_is_refused_with_words(client, house, asked, words):
    assert words in page(client, house, status=400, **asked)


def test_an_unknown_service_is_not_found(client, house):
    assert client.get(reverse("phone:set_out", args=[987654])).status_code == 404


def test_today_and_other_weekdays_teach_nothing(house):
    waited(house, hour=11, minutes=30)
    tuesday = setting_out(
        house.line.services.get(), day=today() + timedelta(days=1), hour=None, travel=None
    )
    assert tuesday.days_seen == 0
    assert isinstance(tuesday.comings[0].comes_at, datetime)
