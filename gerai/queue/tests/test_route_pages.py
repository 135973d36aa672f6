"""The steps of a visit on the pages of the visitor, the officer, the greeter, the supervisor."""

import pytest
from django.urls import reverse

from gerai.directory.tests import factories
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.limits import set_limits
from gerai.queue.actions.routes import record_item
from gerai.queue.actions.serving import Outcome
from gerai.queue.models import PlannedStep, ServedItem, Ticket
from gerai.queue.queries.places import ticket_of
from gerai.queue.queries.reports import day_report
from gerai.queue.queries.routes import Wish, visits_under_way
from gerai.queue.responses import COOKIE, remembering
from gerai.queue.tests.factories import a_route, a_ticket
from gerai.queue.tests.routing import serve, service_of


@pytest.fixture
def chain(house, other):
    return a_route([Wish(service_of(house), 1), Wish(service_of(other), 2)])


@pytest.fixture
def officer(client, house):
    client.force_login(house.officer)
    return client


@pytest.fixture
def greeter(client, house):
    found = client.__class__()
    found.force_login(factories.a_user(Role.GREETER))
    return found


def text_of(answer):
    return " ".join(answer.content.decode().split())


def visitor_page(client, ticket):
    return text_of(client.get(reverse("phone:ticket", args=[ticket.visit.token])))


def test_visitor_sees_each_step_with_its_state_in_words(client, house, other, chain):
    page = visitor_page(client, chain)
    assert page.count('<li class="is-now" aria-current="step">') == 1
    assert ("Sekarang: menunggu" in page, "Berikutnya" in page) == (True, True)
    serve(house)
    page = visitor_page(client, chain)
    assert (page.count('<li class="is-done"'), f"Loket {other.counter.code}" in page) == (1, True)
    assert f"Nilai {house.agency.short_name}" in page
    serve(other)
    page = visitor_page(client, chain)
    assert "Selesai. Terima kasih sudah datang." in page
    assert f"Nilai {other.agency.short_name}" in page


def test_visitor_is_told_that_the_next_counter_is_not_open_yet(client, house, other, chain):
    close_desk(other.desk, by=other.by)
    serve(house)
    page = visitor_page(client, chain)
    assert "Menunggu petugas membuka loket; Anda lalu masuk antrean sendiri" in page
    assert "Langkah ini selesai. Langkah berikutnya tertulis di atas." in page


def test_visitor_between_two_lines_finds_the_number_again_and_may_end_it(
    client, house, other, chain
):
    close_desk(other.desk, by=other.by)
    page = client.get(reverse("phone:home"))
    remembering(page, "peramban-uji", [chain.visit.token])
    client.cookies[COOKIE] = page.cookies[COOKIE].value
    serve(house)
    home = text_of(client.get(reverse("phone:home")))
    assert "Menunggu langkah berikutnya" in home
    address = reverse("phone:leave", args=[chain.visit.token])
    assert address in visitor_page(client, chain)
    asked = text_of(client.get(address))
    assert f"Langkah yang tersisa ikut dibatalkan: {service_of(other).name}." in asked
    client.post(address)
    assert PlannedStep.objects.get(service=service_of(other)).state == "skipped"
    assert "Menunggu langkah berikutnya" not in text_of(client.get(reverse("phone:home")))
    assert client.get(address).status_code == 302


def test_visitor_who_leaves_is_told_that_all_steps_end(client, chain, other):
    asked = text_of(client.get(reverse("phone:leave", args=[chain.visit.token])))
    assert f"Langkah yang tersisa ikut dibatalkan: {service_of(other).name}." in asked


def test_visitor_reads_why_this_step_goes_first(client, house, other):
    for _each in range(6):
        a_ticket(house.line)
    ticket = a_route([Wish(service_of(house)), Wish(service_of(other))])
    page = visitor_page(client, ticket)
    assert "Mengapa ini dahulu?" in page
    assert f"{service_of(other).name} didahulukan: seluruhnya selesai sekitar " in page


def test_route_without_a_number_left_is_not_given(client, house, other):
    set_limits(service_of(other), {(None, ""): 1}, by=house.by)
    a_ticket(other.line)
    keys = [service_of(house).pk, service_of(other).pk]
    page = text_of(client.get(reverse("phone:route"), {"l": keys}))
    assert "Ambil satu nomor untuk semuanya" not in page
    assert f"<p>{service_of(other).name}: " in page
    assert "Nomor belum dapat diambil" in page


def test_slip_names_the_steps(client, house, other, chain):
    page = text_of(client.get(reverse("phone:slip", args=[chain.visit.token])))
    assert f"1. {service_of(house).name} ({house.agency.short_name})" in page
    assert f"2. {service_of(other).name} ({other.agency.short_name})" in page


def test_single_number_shows_no_route(client, house):
    assert "Rute kunjungan Anda" not in visitor_page(client, a_ticket(house.line))


def test_undone_finish_shows_the_number_at_the_desk_again(house, other, chain):
    serve(house)
    serving.undo(Ticket.objects.get(pk=chain.pk), by=house.by)
    assert ticket_of(chain.visit.token).pk == chain.pk


def test_officer_finishes_and_is_told_which_line_was_entered(officer, house, other, chain):
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    assert "Rute: 1 langkah lagi" in text_of(officer.get(reverse("desk:home")))
    address = reverse("desk:finish", args=[ticket.pk])
    page = text_of(officer.post(address, {"outcome": "served", "goes_on": ""}, follow=True))
    assert f"A001 sudah masuk antrean {service_of(other).name}." in page


def test_officer_stops_the_route_against_the_outcome(officer, house, other, chain):
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    address = reverse("desk:finish", args=[ticket.pk])
    officer.post(address, {"outcome": "served", "goes_on": "0"})
    assert PlannedStep.objects.get(service=service_of(other)).state == "skipped"
    officer.post(address, {"outcome": "served", "goes_on": "x"})


def test_officer_reads_why_a_number_stands_where_it_stands(client, house, other, chain, clock_at):
    clock_at.shift(1800)
    a_ticket(other.line)
    clock_at.shift(1800)
    serve(house)
    calling.call_next(other.desk, by=other.by)
    client.force_login(other.officer)
    page = text_of(client.get(reverse("desk:home")))
    assert (
        "Datang di mal pukul 10.00; tempatnya di antrean ini pukul 10.00: menurut jam datang "
        "di mal; mendahului 1 nomor (aturan rute versi 0)." in page
    )


def test_officer_adds_a_step_at_the_desk(officer, house, other):
    ticket = a_ticket(house.line)
    address = reverse("desk:route", args=[ticket.pk])
    assert "baru untuk satu layanan" in text_of(officer.get(address))
    told = {"service": service_of(other).pk, "stage": "2", "amount": "3"}
    assert officer.post(address, told).status_code == 302
    step = PlannedStep.objects.get(service=service_of(other))
    assert (step.stage, step.amount, step.state) == (2, 3, "planned")
    assert officer.post(address, told).status_code == 400


def test_greeter_skips_and_plans_a_step_again(greeter, chain):
    step = PlannedStep.objects.get(state="planned")
    address = reverse("greeter:change_step", args=[chain.visit.token, step.pk])
    greeter.post(address, {"verb": "skip"})
    step.refresh_from_db()
    assert step.state == "skipped"
    page = text_of(greeter.post(address, {"verb": "skip"}, follow=True))
    assert "baru saja diubah orang lain" in page
    greeter.post(address, {"verb": "restore"})
    step.refresh_from_db()
    assert step.state == "planned"


def test_second_to_place_a_step_is_told(officer, greeter, chain):
    step = PlannedStep.objects.get(state="planned")
    mine = reverse("desk:change_step", args=[chain.pk, step.pk])
    officer.post(mine, {"verb": "place", "stage": "3", "was": "2"})
    theirs = reverse("greeter:change_step", args=[chain.visit.token, step.pk])
    page = text_of(greeter.post(theirs, {"verb": "place", "stage": "4", "was": "2"}, follow=True))
    step.refresh_from_db()
    assert (step.stage, "baru saja diubah orang lain" in page) == (3, True)


def test_greeter_enters_a_waiting_step(greeter, house, other, chain):
    close_desk(other.desk, by=other.by)
    serve(house)
    step = PlannedStep.objects.get(state="planned")
    address = reverse("greeter:change_step", args=[chain.visit.token, step.pk])
    assert "Masukkan ke antrean" in text_of(
        greeter.get(reverse("greeter:steps", args=[chain.visit.token]))
    )
    greeter.post(address, {"verb": "enter"})
    assert Ticket.objects.get(line=other.line).label == "A001"


def test_officer_records_amounts_while_serving(officer, house):
    ticket = calling_started(house)
    address = reverse("desk:items", args=[ticket.pk])
    officer.post(address, {"service": service_of(house).pk, "amount": "3"})
    assert ServedItem.objects.get().amount == 3
    assert (
        officer.post(address, {"service": service_of(house).pk, "amount": "x"}).status_code == 400
    )


def test_step_of_another_visit_is_not_found(officer, greeter, house, chain):
    step = PlannedStep.objects.get(state="planned")
    alone = a_ticket(house.line)
    address = reverse("desk:change_step", args=[alone.pk, step.pk])
    assert officer.post(address, {"verb": "skip"}).status_code == 404
    address = reverse("greeter:change_step", args=[alone.visit.token, step.pk])
    assert greeter.post(address, {"verb": "skip"}).status_code == 404


def calling_started(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    return ticket


def test_report_counts_visits_numbers_and_items_apart(house, other, chain):
    serve(house)
    serve(other)
    ticket = calling_started(house)
    record_item(ticket, service_of(house), amount=3, by=house.by)
    serving.finish(ticket, by=house.by)
    report = day_report(ticket.day, outcomes=Outcome.choices)
    assert (report.visits, report.whole.tickets) == (2, 3)
    assert report.services == ((service_of(house).name, 4), (service_of(other).name, 1))


def test_amounts_of_the_day_are_given_as_a_table(client, house):
    ticket = calling_started(house)
    record_item(ticket, service_of(house), amount=3, by=house.by)
    serving.finish(ticket, by=house.by)
    client.force_login(factories.a_user(Role.SUPERVISOR))
    assert reverse("supervisor:services_csv") in text_of(client.get(reverse("supervisor:report")))
    answer = client.get(reverse("supervisor:services_csv"), {"hari": f"{ticket.day:%Y-%m-%d}"})
    assert answer.content.decode().removeprefix("\ufeff").splitlines() == [
        "hari,instansi,layanan,jumlah",
        f"2026-11-23,{house.agency.short_name},{service_of(house).name},3",
    ]


def test_visits_under_way_are_those_in_a_line_or_with_steps_left(house, other, chain):
    close_desk(other.desk, by=other.by)
    a_ticket(house.line)
    assert visits_under_way(chain.day) == 2
    serve(house)
    assert visits_under_way(chain.day) == 2
    serve(house)
    assert visits_under_way(chain.day) == 1
