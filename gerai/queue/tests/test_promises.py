"""The wait that a visitor is told is kept once, judged the next day, and read by everybody."""

import csv
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from gerai.directory.tests.factories import a_user
from gerai.people.roles import Role
from gerai.queue.actions import calling, promises, serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.tickets import leave
from gerai.queue.models import WaitPromise
from gerai.queue.queries.places import place_of, ticket_of
from gerai.queue.queries.promises import judged, last_judged
from gerai.queue.rules import LEAST_JUDGED, Tally, Verdict, verdict
from gerai.queue.tests.factories import a_line, a_ticket
from gerai.transactions import one_transaction

PROMISED = ("low_minutes", "high_minutes", "claim")


def shown(ticket):
    """Open the page of a number; return what it promises."""
    own = ticket_of(ticket.visit.token)
    place = place_of(own)
    promises.shown(place)
    return place.expectation


@pytest.mark.parametrize(
    ("waited", "became"),
    [
        (None, Verdict.LEFT),
        (9.9, Verdict.EARLIER),
        (10.0, Verdict.KEPT),
        (20.0, Verdict.KEPT),
        (20.1, Verdict.LATER),
    ],
)
def test_a_promise_is_judged_by_the_minutes_until_the_call(waited, became):
    assert verdict(10, 20, waited) is became


def test_nothing_is_said_of_a_share_from_too_few():
    tally = Tally()
    for _each in range(LEAST_JUDGED - 1):
        tally.add(10, 20, Verdict.KEPT)
    tally.add(10, 20, Verdict.LEFT)
    assert (tally.judged, tally.left, tally.is_enough) == (LEAST_JUDGED - 1, 1, False)
    tally.add(10, 20, Verdict.LATER)
    assert tally.is_enough
    assert tally.share == (LEAST_JUDGED - 1) / LEAST_JUDGED
    assert tally.interval.low < tally.share < tally.interval.high
    assert (tally.mean_low, tally.mean_high) == (10, 20)
    assert (Tally().share, Tally().interval) == (None, None)


@pytest.mark.parametrize("door", ["phone:ticket", "phone:slip"])
def test_the_first_range_shown_is_kept(client, house, clock_at, door):
    for _each in range(4):
        a_ticket(house.line)
    ticket = a_ticket(house.line)
    assert not WaitPromise.objects.exists()
    told = place_of(ticket).expectation
    address = reverse(door, args=[ticket.visit.token])
    assert client.get(address).status_code == 200
    [kept] = WaitPromise.objects.values_list("ticket", *PROMISED)
    assert kept == (ticket.pk, told.low_minutes, told.high_minutes, 80)
    clock_at.shift(60 * 20)
    assert client.get(address).status_code == 200
    assert list(WaitPromise.objects.values_list("ticket", *PROMISED)) == [kept]


def test_of_two_pages_at_once_one_is_the_first(house, clock_at):
    ticket = a_ticket(house.line)
    one, other = (place_of(ticket_of(ticket.visit.token)) for _each in range(2))
    promises.shown(one)
    clock_at.shift(60)
    promises.shown(other)
    [kept] = WaitPromise.objects.all()
    assert kept.told_at == ticket.arrived_at
    # What decides it is the database.
    with pytest.raises(IntegrityError):
        twice(kept)


@one_transaction
def twice(kept):
    kept.pk = None
    kept.save(force_insert=True)


def test_a_range_that_counts_from_an_opening_is_no_promise(house):
    close_desk(house.desk, by=house.by)
    ticket = a_ticket(house.line)
    shown(ticket)
    assert not WaitPromise.objects.exists()


def test_whoever_is_called_is_promised_nothing_more(house):
    ticket = a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    assert shown(ticket) is None
    assert not WaitPromise.objects.exists()


def a_day_of_promises(house, clock_at):
    """Promise three: one is called in its range, one after it, one leaves."""
    tickets = [a_ticket(house.line) for _each in range(3)]
    said = [shown(ticket) for ticket in tickets]
    clock_at.shift(timedelta(minutes=said[0].high_minutes))
    first = calling.call_next(house.desk, by=house.by)
    serving.start(first, by=house.by)
    serving.finish(first, by=house.by)
    clock_at.shift(timedelta(minutes=said[1].high_minutes))
    calling.call_next(house.desk, by=house.by)
    leave(ticket_of(tickets[2].visit.token), by=house.by)


def test_promises_are_judged_the_next_day_by_line_and_by_day(house, clock_at):
    a_day_of_promises(house, clock_at)
    assert judged().whole.judged == 0
    assert last_judged() is None
    clock_at.shift(timedelta(days=1))
    told = judged()
    whole = told.whole
    assert (whole.kept, whole.earlier, whole.later, whole.left) == (1, 0, 1, 1)
    assert [(each.line, each.tally.judged) for each in told.lines] == [(house.line, 2)]
    [of_day] = told.days
    assert (of_day.day, of_day.tally) == (last_judged().day, last_judged().tally)


def test_reading_the_last_day_again_asks_nothing(house, clock_at, django_assert_num_queries):
    a_day_of_promises(house, clock_at)
    clock_at.shift(timedelta(days=1))
    with django_assert_num_queries(2):
        last_judged()
    with django_assert_num_queries(0):
        last_judged()


def test_the_sentence_for_everybody_says_how_many_came_true(client, house, clock_at, monkeypatch):
    address = reverse("phone:service", args=[house.line.services.get().pk])
    assert "perkiraan tunggu yang dapat dinilai" not in client.get(address).content.decode()
    a_day_of_promises(house, clock_at)
    clock_at.shift(timedelta(days=1))
    page = " ".join(client.get(address).content.decode().split())
    assert "Kemarin: perkiraan tunggu yang dapat dinilai belum cukup." in page
    monkeypatch.setattr("gerai.queue.rules.promises.LEAST_JUDGED", 2)
    page = " ".join(client.get(address).content.decode().split())
    assert "Kemarin: dari 2 perkiraan tunggu, 1 benar (50 persen)." in page
    clock_at.shift(timedelta(days=1))
    page = " ".join(client.get(address).content.decode().split())
    assert "Senin, 23 November 2026: dari 2 perkiraan tunggu" in page


def test_the_supervisor_reads_them_as_a_page_and_as_csv(client, house, clock_at):
    boss = a_user(Role.SUPERVISOR)
    client.force_login(boss)
    page = client.get("/pengawas/janji/")
    assert "Belum ada perkiraan yang dapat dinilai" in page.content.decode()
    a_day_of_promises(house, clock_at)
    clock_at.shift(timedelta(days=1))
    client.force_login(boss)
    page = client.get("/pengawas/janji/").content.decode()
    assert f"{house.line.code} · {house.line.name}" in page
    table = client.get("/pengawas/janji/janji.csv").content.decode("utf-8-sig")
    head, row = csv.reader(table.splitlines())
    assert len(head) == len(row)
    assert row[:7] == ["2026-11-23", house.line.code, "2", "1", "0", "1", "1"]
    assert row[7] == "0.5"


def test_only_who_watches_reads_them(client, house):
    client.force_login(a_user(Role.GREETER))
    for address in ("/pengawas/janji/", "/pengawas/janji/janji.csv"):
        assert client.get(address).status_code == 403


def test_a_promise_of_another_line_is_told_apart(house, clock_at):
    other = a_line(agency=house.agency)
    for line in (house.line, other):
        shown(a_ticket(line))
    clock_at.shift(timedelta(days=1))
    assert {each.line: each.tally.left for each in judged().lines} == {house.line: 1, other: 1}
