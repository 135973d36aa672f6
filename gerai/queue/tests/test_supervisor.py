"""The supervisor's pages: seeing the whole mall, and acting for an officer."""

import csv

import pytest
from django.urls import reverse

from gerai.directory.tests.factories import a_counter, a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.models import Desk, Step, Ticket
from gerai.queue.tests.factories import a_house, a_priority, a_ticket

HOME = "/pengawas/"


@pytest.fixture
def boss(house):
    return a_user(Role.SUPERVISOR, name="Hasnah")


@pytest.fixture
def watcher(boss, client):
    client.force_login(boss)
    return client


def desk(house):
    return f"{HOME}loket/{house.counter.pk}/meja/"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_overview_shows_lines_counters_and_plan(house, watcher):
    a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    a_ticket(house.line)
    shown = page(watcher, HOME)
    assert shown.count(reverse("supervisor:line", args=[house.line.pk])) == 1
    assert shown.count(f"Loket {house.counter.code}: Memanggil") == 1
    assert shown.count(f"Loket {house.second.code}: Perlu petugas") == 1
    assert shown.count(house.officer.name) == 1


def test_overview_works_for_a_mall_without_anything(mall, client):
    client.force_login(a_user(Role.SUPERVISOR))
    assert page(client, HOME).count("Belum ada loket") == 1
    assert page(client, f"{HOME}laporan/").count("Tidak ada nomor pada hari ini") == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.GREETER])
@pytest.mark.parametrize("address", ["", "laporan/", "aturan/", "laporan/antrean.csv"])
def test_pages_are_closed_to_other_roles(house, client, role, address):
    client.force_login(a_user(role))
    assert client.get(f"{HOME}{address}").status_code == 403


def test_officer_cannot_act_for_a_colleague(house, client):
    client.force_login(a_user(agency=house.agency))
    assert client.get(desk(house)).status_code == 403
    assert client.post(f"{desk(house)}panggilan/").status_code == 403


def test_line_and_ticket_show_the_log_and_the_explanation(house, watcher):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    address = reverse("supervisor:ticket", args=[ticket.pk])
    line = page(watcher, reverse("supervisor:line", args=[house.line.pk]))
    assert line.count(f'href="{address}"') == 1
    story = page(watcher, address)
    for words in ("Mengambil nomor", "Paling dahulu datang", house.officer.name):
        assert story.count(words) == 1, words


def test_desk_is_shown_in_somebody_elses_name(house, watcher):
    shown = page(watcher, desk(house))
    assert shown.count(f"Atas nama petugas <strong>{house.officer.name}</strong>") == 1


def test_supervisor_does_everything_and_is_recorded(house, boss, watcher):
    ticket = a_ticket(house.line)
    a_ticket(house.line)
    steps = [
        ("panggilan/", {}),
        (f"nomor/{ticket.pk}/panggilan-ulang/", {}),
        (f"nomor/{ticket.pk}/pelayanan/", {}),
        (f"nomor/{ticket.pk}/penyelesaian/", {"outcome": "served"}),
    ]
    for noun, given in steps:
        answer = watcher.post(f"{desk(house)}{noun}", given)
        assert (answer.status_code, answer.url) == (302, desk(house))
    assert Ticket.objects.get(pk=ticket.pk).state == "done"
    by = Step.objects.filter(ticket=ticket).exclude(verb="take").values_list("by", flat=True)
    assert set(by) == {boss.pk}
    assert set(Deed.objects.filter(verb="queue.call").values_list("by_name", flat=True)) == {
        "Hasnah"
    }


def test_supervisor_opens_pauses_and_closes_for_an_officer(house, boss, watcher):
    officer = a_user(agency=house.agency)
    watcher.post(reverse("supervisor:open", args=[house.second.pk]), {"officer": officer.pk})
    opened = Desk.objects.get(counter=house.second)
    assert opened.officer == officer
    address = reverse("supervisor:desk", args=[house.second.pk])
    watcher.post(f"{address}jeda/", {"reason": "Rapat singkat"})
    assert Desk.objects.get(pk=opened.pk).pause_reason == "Rapat singkat"
    watcher.post(f"{address}penutupan/")
    assert Desk.objects.get(pk=opened.pk).closed_at is not None
    assert Deed.objects.filter(by=boss, thing=f"counter:{house.second.pk}").count() == 3


def test_counter_is_not_opened_for_an_officer_of_another_agency(house, watcher):
    other = a_house(code="B", hours=False)
    address = reverse("supervisor:open", args=[house.second.pk])
    assert watcher.post(address, {"officer": other.officer.pk}).status_code == 400
    assert Desk.objects.filter(counter=house.second).count() == 0


def test_closed_counter_leads_to_its_page(house, watcher):
    answer = watcher.get(reverse("supervisor:desk", args=[house.second.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("supervisor:counter", args=[house.second.pk]), 302)]
    assert answer.content.decode().count("Loket belum dibuka. Buka loket dahulu.") == 1


def test_counter_page_tells_who_could_open(house, watcher):
    officer = a_user(agency=house.agency, name="Ani Petugas")
    shown = page(watcher, reverse("supervisor:counter", args=[house.second.pk]))
    assert shown.count(f'<option value="{officer.pk}">Ani Petugas</option>') == 1
    empty = page(watcher, reverse("supervisor:counter", args=[a_counter().pk]))
    assert empty.count("Tidak ada petugas bebas") == 1


def test_nothing_of_another_mall_is_found(house, watcher):
    with in_mall(a_mall("sidrap")):
        there = a_house(code="Q")
        ticket = a_ticket(there.line)
    for address in (
        reverse("supervisor:line", args=[there.line.pk]),
        reverse("supervisor:ticket", args=[ticket.pk]),
        reverse("supervisor:counter", args=[there.counter.pk]),
        reverse("supervisor:desk", args=[there.counter.pk]),
    ):
        assert watcher.get(address).status_code == 404, address
    assert watcher.post(f"{desk(there)}panggilan/").status_code == 404


def test_report_tells_the_day(house, watcher, clock_at):
    a_ticket(house.line), a_priority(house.line)
    clock_at.shift(600)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    clock_at.shift(65)
    serving.finish(ticket, by=house.by)
    shown = page(watcher, f"{HOME}laporan/")
    assert shown.count("1 selesai, 0 tidak hadir") == 1
    assert shown.count(">10.00<") == 6
    assert page(watcher, f"{HOME}laporan/?hari=2026-11-22").count("Tidak ada nomor") == 1


@pytest.mark.parametrize("day", ["kemarin", "2026-13-40", "🙂"])
def test_report_of_a_senseless_day_is_asked_again(house, watcher, day):
    assert watcher.get(f"{HOME}laporan/", {"hari": day}).status_code == 400
    assert watcher.get(f"{HOME}laporan/loket.csv", {"hari": day}).status_code == 404


@pytest.mark.parametrize("parts", ["antrean", "loket"])
def test_report_downloads_as_csv(house, watcher, clock_at, parts):
    a_ticket(house.line)
    clock_at.shift(90)
    calling.call_next(house.desk, by=house.by)
    answer = watcher.get(f"{HOME}laporan/{parts}.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{parts}-2026-11-23.csv"'
    head, row = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    figures = dict(zip(head, row, strict=True))
    name = f"A · {house.line.name}" if parts == "antrean" else house.counter.code
    assert (figures["hari"], figures[parts], figures["tunggu_rata_detik"]) == (
        "2026-11-23",
        name,
        "90.0",
    )


@pytest.mark.parametrize("address", [HOME, f"{HOME}laporan/"])
def test_pages_ask_as_often_for_three_agencies_as_for_one(
    house, watcher, django_assert_max_num_queries, address
):
    a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    with django_assert_max_num_queries(25) as one:
        watcher.get(address)
    for code in "BC":
        more = a_house(code=code, hours=False)
        a_ticket(more.line), a_ticket(more.line)
        calling.call_next(more.desk, by=more.by)
    with django_assert_max_num_queries(len(one.captured_queries)):
        watcher.get(address)


def test_line_asks_as_often_for_nine_tickets_as_for_one(
    house, watcher, django_assert_max_num_queries
):
    address = reverse("supervisor:line", args=[house.line.pk])
    a_ticket(house.line)
    with django_assert_max_num_queries(25) as one:
        watcher.get(address)
    for _each in range(8):
        a_priority(house.line)
    with django_assert_max_num_queries(len(one.captured_queries)):
        watcher.get(address)
