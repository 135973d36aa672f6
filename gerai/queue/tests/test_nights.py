"""The night: numbers that were not served end, or are kept once for the next working day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gerai.directory.models import EmergencyKind, SpecialDay
from gerai.directory.tests.factories import a_user
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.queue import tasks
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import open_desk
from gerai.queue.actions.emergencies import StandsStill, freeze, go_on
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.nights import KEPT, KEPT_FROM, set_night_rule
from gerai.queue.models import Desk, NightRule, Step, Ticket, Unfinished
from gerai.queue.queries.nights import kept_words
from gerai.queue.queries.places import durations_of, ticket_of
from gerai.queue.queries.reports import day_report
from gerai.queue.states import State
from gerai.queue.tests.factories import TEN, a_ticket

NIGHT = TEN + timedelta(hours=14, minutes=5)
TUESDAY = (TEN + timedelta(days=1)).date()


def end_day(house):
    return tasks.end_day.call(mall_id=house.desk.mall_id)


def new_of(ticket):
    return Ticket.objects.select_related("visit", "line__agency", "counter").get(came_from=ticket)


@pytest.fixture
def keeping(house):
    set_night_rule(Unfinished.KEEP_FRONT, by=audit.SYSTEM)
    return house


def test_without_a_rule_everything_ends_and_is_marked(house, clock_at):
    ticket = a_ticket(house.line)
    clock_at.move_to(NIGHT)
    assert end_day(house) == 1
    ticket.refresh_from_db()
    assert ticket.state == State.EXPIRED
    assert Step.objects.filter(ticket=ticket).latest("pk").reason == "hari berakhir"
    assert not Ticket.objects.filter(came_from=ticket).exists()


def test_a_waiting_number_is_kept_at_the_front_of_the_next_day(keeping, clock_at):
    house = keeping
    served, first, second = (a_ticket(house.line) for _number in range(3))
    serving.start(calling.call_next(house.desk, by=house.by), by=house.by)
    served.refresh_from_db()
    serving.finish(Ticket.objects.get(pk=served.pk), by=house.by)
    clock_at.move_to(NIGHT)

    assert end_day(house) == 2
    assert end_day(house) == 0

    kept = [new_of(ticket) for ticket in (first, second)]
    assert [(k.day, k.number, k.label, k.state) for k in kept] == [
        (TUESDAY, 2, first.label, State.WAITING),
        (TUESDAY, 3, second.label, State.WAITING),
    ]
    first.refresh_from_db()
    assert (first.state, Step.objects.filter(ticket=first).latest("pk").reason) == ("expired", KEPT)
    assert Step.objects.filter(ticket=kept[0]).get().reason == KEPT_FROM
    assert Deed.objects.filter(verb="queue.keep").count() == 2

    clock_at.move_to(TEN + timedelta(days=1))
    fresh = a_ticket(house.line)
    assert fresh.number == 4
    desk = open_desk(house.counter, officer=house.officer, by=house.by)
    assert calling.call_next(desk, by=house.by) == kept[0]


def test_its_wait_counts_from_the_opening_of_the_new_day(keeping, clock_at):
    ticket = a_ticket(keeping.line)
    clock_at.move_to(NIGHT)
    end_day(keeping)
    kept = new_of(ticket)
    assert durations_of([kept.pk])[kept.pk].waiting == 0
    clock_at.move_to(TEN + timedelta(days=1))
    assert durations_of([kept.pk])[kept.pk].waiting == 2 * 3600


def test_a_number_is_kept_once_only(keeping, clock_at):
    ticket = a_ticket(keeping.line)
    clock_at.move_to(NIGHT)
    end_day(keeping)
    kept = new_of(ticket)
    clock_at.move_to(NIGHT + timedelta(days=1))

    assert end_day(keeping) == 1

    kept.refresh_from_db()
    assert kept.state == State.EXPIRED
    assert Ticket.objects.count() == 2


def test_a_kept_number_waits_for_the_next_working_day(keeping, clock_at):
    ticket = a_ticket(keeping.line)
    SpecialDay.objects.create(mall=keeping.agency.mall, on=TUESDAY, kind="closed", name="Hari jadi")
    clock_at.move_to(NIGHT)
    end_day(keeping)
    assert new_of(ticket).day == TUESDAY + timedelta(days=1)


def test_who_is_absent_or_at_the_desk_is_not_kept(keeping, clock_at):
    house = keeping
    absent, at_desk = a_ticket(house.line), a_ticket(house.line)
    calling.miss(calling.call_next(house.desk, by=house.by), by=house.by)
    serving.start(calling.call_next(house.desk, by=house.by), by=house.by)
    clock_at.move_to(NIGHT)
    assert end_day(house) == 2
    assert not Ticket.objects.filter(came_from__in=[absent, at_desk]).exists()


def test_a_night_that_is_late_marks_a_label_that_is_given_out_again(keeping, clock_at):
    late = a_ticket(keeping.line)
    clock_at.move_to(TEN + timedelta(days=1))
    early = a_ticket(keeping.line)
    assert early.label == late.label

    open_desk(keeping.counter, officer=keeping.officer, by=keeping.by)

    kept = new_of(late)
    assert (kept.number, kept.label, kept.day) == (None, f"{late.label}K", TUESDAY)


def test_on_return_it_enters_the_line_as_one_comes(house, clock_at):
    set_night_rule(Unfinished.KEEP_ON_RETURN, by=audit.SYSTEM)
    ticket = a_ticket(house.line)
    clock_at.move_to(NIGHT)
    end_day(house)
    kept = new_of(ticket)
    assert kept.state == State.ABSENT
    assert kept_words(kept).startswith("Nomor Anda dari 23 November berlaku Selasa 24 November.")

    clock_at.move_to(TEN + timedelta(days=1))
    fresh = a_ticket(house.line)
    clock_at.move_to(TEN + timedelta(days=1, minutes=1))
    calling.bring_back(kept, by=audit.SYSTEM)
    later = a_ticket(house.line)
    desk = open_desk(house.counter, officer=house.officer, by=house.by)
    order = []
    for _turn in range(3):
        called = calling.call_next(desk, by=house.by)
        order.append(called)
        calling.miss(called, by=house.by)
    assert order == [fresh, kept, later]


def test_an_emergency_that_lasts_over_the_night_costs_nobody_the_number(keeping, clock_at):
    ticket = a_ticket(keeping.line)
    emergency = freeze(EmergencyKind.FIRE, by=audit.SYSTEM)
    clock_at.move_to(NIGHT)
    assert end_day(keeping) == 1
    kept = new_of(ticket)
    assert (kept.day, kept.state, kept.label) == (TUESDAY, State.WAITING, ticket.label)

    clock_at.move_to(TEN + timedelta(days=1))
    desk = open_desk(keeping.counter, officer=keeping.officer, by=keeping.by)
    with pytest.raises(StandsStill):
        calling.call_next(desk, by=keeping.by)
    go_on(emergency, by=audit.SYSTEM)
    assert calling.call_next(desk, by=keeping.by) == kept


def test_a_night_that_three_days_missed_ends_each_day_once(keeping, clock_at):
    tickets = []
    for day in range(3):
        clock_at.move_to(TEN + timedelta(days=day))
        tickets.append(a_ticket(keeping.line))
    clock_at.move_to(NIGHT + timedelta(days=2))

    assert [end_day(keeping), end_day(keeping)] == [3, 0]

    kept = [new_of(ticket) for ticket in tickets]
    thursday = TUESDAY + timedelta(days=2)
    # All had number 1: one keeps it, the others are marked; first come stands first.
    assert [(k.day, k.number, k.label) for k in kept] == [
        (thursday, 1, "A001"),
        (thursday, None, "A001K"),
        (thursday, None, "A001K"),
    ]
    assert list(Ticket.objects.waiting().in_order()) == kept
    assert list(Desk.objects.filter(closed_at=None)) == []


def test_who_is_served_past_midnight_is_ended_and_the_desk_is_told(keeping, clock_at):
    house = keeping
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    clock_at.move_to(TEN + timedelta(hours=6))
    assert end_day(house) == 0  # past closing, but the same day: nothing is taken away
    clock_at.move_to(NIGHT)
    assert end_day(house) == 1

    with pytest.raises(TooLate):
        serving.finish(ticket, by=house.by)
    ended = Ticket.objects.get(pk=ticket.pk)
    assert (ended.state, ended.counter) == (State.EXPIRED, house.counter)


def test_the_report_tells_what_the_night_did(keeping, clock_at, client):
    house = keeping
    for _number in range(4):
        a_ticket(house.line)
    calling.miss(calling.call_next(house.desk, by=house.by), by=house.by)
    serving.start(calling.call_next(house.desk, by=house.by), by=house.by)
    monday = TEN.date()
    before = day_report(monday, outcomes=[])
    clock_at.move_to(NIGHT)
    end_day(house)

    report = day_report(monday, outcomes=[])

    assert (before.whole.absent, before.whole.unfinished) == (1, 0)
    assert (report.whole.absent, report.whole.unfinished, report.kept) == (1, 3, 2)
    assert [part.unfinished for part in report.counters] == [1]
    tuesday = day_report(TUESDAY, outcomes=[])
    assert (tuesday.whole.unfinished, tuesday.brought) == (0, 2)

    client.force_login(a_user(Role.SUPERVISOR))
    page = client.get("/pengawas/laporan/", {"hari": "2026-11-23"}).content.decode()
    assert page.count("Saat hari berakhir") == 1
    table = client.get("/pengawas/laporan/antrean.csv", {"hari": "2026-11-23"}).content.decode()
    assert [row.rsplit(",", 1)[1] for row in table.splitlines()] == ["tidak_sempat_dilayani", "3"]


def test_the_holder_reads_it_on_the_same_page(keeping, clock_at, client):
    ticket = a_ticket(keeping.line)
    address = reverse("phone:ticket", args=[ticket.visit.token])
    clock_at.move_to(NIGHT)
    end_day(keeping)
    assert client.get(address).content.decode().count("tetap berlaku hari ini, di depan") == 1
    assert ticket_of(ticket.visit.token) == new_of(ticket)


def test_the_office_sets_the_rule(house, client):
    client.force_login(a_user(Role.MALL_ADMIN))
    assert client.get("/kelola/antrean/malam/").status_code == 200
    assert client.post("/kelola/antrean/malam/", {"unfinished": "selamanya"}).status_code == 400
    client.post("/kelola/antrean/malam/", {"unfinished": "keep_return"})
    client.post("/kelola/antrean/malam/", {"unfinished": "keep_front"})
    assert NightRule.objects.get().unfinished == "keep_front"
