"""The phone's pages, through their addresses."""

import re
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gerai.directory.models import Requirement, Service
from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.queue.actions.calling import call_next, recall
from gerai.queue.actions.tickets import leave
from gerai.queue.models import Line, Ticket, Visit
from gerai.queue.tests.factories import House, a_line, a_ticket

SUNDAY = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
KEY = "kunci-dari-halaman-ini"


@pytest.fixture(autouse=True)
def open_mall(mall: Mall, clock_at: time_machine.Traveller) -> None:
    """Open the mall, and forget how many numbers were taken."""
    cache.clear()


def service_of(line: Line) -> Service:
    """Return the one service of a line."""
    service: Service = line.services.get()
    return service


def press(client: Client, service: Service, key: str = KEY, **typed: str) -> Any:
    """Send the form of a service's page."""
    address = reverse("phone:service", args=[service.pk])
    return client.post(address, {"key": key, **typed})


def page_of(client: Client, ticket: Ticket) -> str:
    """Return the page of a number."""
    return client.get(reverse("phone:ticket", args=[ticket.visit.token])).content.decode()


def test_home_names_agencies_with_people_waiting(client: Client, house: House) -> None:
    a_ticket(house.line)

    page = client.get(reverse("phone:home")).content.decode()

    assert page.count(f">{house.agency.name}<") == 1
    assert re.findall(r"\d+ orang menunggu", page) == ["1 orang menunggu"]


def test_search_finds_services_by_all_words(client: Client, house: House) -> None:
    wanted = factories.a_service(agency=house.agency, name="Perekaman KTP-el")
    other = factories.a_service(agency=house.agency, name="Perpanjangan SIM")
    a_line(service=wanted)
    a_line(service=other)

    page = client.get(reverse("phone:home"), {"q": "ktp PEREKAMAN"}).content.decode()

    assert re.findall(r'href="/antre/(\d+)/"', page) == [str(wanted.pk)]


def test_service_page_shows_conditional_requirements_before_the_number(
    client: Client, house: House
) -> None:
    service = service_of(house.line)
    standard = factories.a_standard(
        service, duration_text="14 hari kerja", fee_rupiah=0, decree_number="SK 7/2025"
    )
    Requirement.objects.create(
        mall=standard.mall,
        standard=standard,
        position=1,
        text="surat keterangan polisi",
        condition="KTP-el hilang",
    )

    page = client.get(reverse("phone:service", args=[service.pk])).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))

    assert words.count("Bila KTP-el hilang: surat keterangan polisi") == 1
    assert words.count("14 hari kerja") == 1
    assert words.count("Gratis") == 1
    assert words.count("Dasar: SK 7/2025.") == 1
    assert Ticket.objects.count() == 0


def test_taking_leads_to_the_own_number(client: Client, house: House) -> None:
    answer = press(client, service_of(house.line), group="elderly")

    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == reverse("phone:ticket", args=[ticket.visit.token])
    assert (ticket.visit.door, ticket.visit.group, ticket.is_priority) == ("phone", "elderly", True)
    assert page_of(client, ticket).count(f'queue-number-phone">{ticket.label}<') == 1


def test_the_same_key_gives_the_same_number_from_two_browsers(house: House) -> None:
    one, two = Client(HTTP_HOST="barru.localhost"), Client(HTTP_HOST="barru.localhost")
    service = service_of(house.line)

    assert press(one, service).headers["Location"] == press(two, service).headers["Location"]
    assert Ticket.objects.count() == 1


def test_a_browser_holds_one_living_number_per_line(client: Client, house: House) -> None:
    service = service_of(house.line)
    first = press(client, service, key="kunci-pertama-sekali")

    again = press(client, service, key="kunci-kedua-yang-lain")

    assert again.headers["Location"] == first.headers["Location"]
    assert Ticket.objects.count() == 1


def test_after_leaving_the_browser_may_take_another(client: Client, house: House) -> None:
    service = service_of(house.line)
    press(client, service, key="kunci-pertama-sekali")
    leave(Ticket.objects.get(), by=audit.VISITOR)

    press(client, service, key="kunci-kedua-yang-lain")

    assert sorted(Ticket.objects.values_list("label", flat=True)) == ["A001", "A002"]


def test_a_forged_cookie_holds_nothing(client: Client, house: House) -> None:
    other = a_ticket(house.line)
    client.cookies["gerai_visitor"] = f"saya.{other.visit.token}:1abc:palsu"

    press(client, service_of(house.line))

    assert Ticket.objects.count() == 2


def test_the_eleventh_number_within_an_hour_is_refused(client: Client, house: House) -> None:
    services = [service_of(a_line()) for _each in range(11)]

    codes = [
        press(client, each, key=f"kunci-nomor-ke-{each.pk:06}").status_code for each in services
    ]

    assert codes == [302] * 10 + [429]
    assert Ticket.objects.count() == 10


def test_a_closed_day_gives_the_reason_and_no_number(
    client: Client, house: House, clock_at: time_machine.Traveller
) -> None:
    clock_at.move_to(SUNDAY)

    answer = press(client, service_of(house.line))

    assert answer.status_code == 409
    assert answer.content.decode().count("Tutup hari ini: bukan hari layanan.") == 1
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"key": ""},
        {"key": "x" * 10_000},
        {"key": "pendek"},
        {"key": KEY, "group": "raja"},
        {"key": KEY, "group": "😀" * 500},
        {"key": KEY + "\0"},
        {},
    ],
)
def test_bad_input_is_answered_with_400(
    client: Client, house: House, typed: dict[str, str]
) -> None:
    answer = client.post(reverse("phone:service", args=[service_of(house.line).pk]), typed)

    assert answer.status_code == 400
    assert answer.content.decode().count("alert-error") == 1
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/antre/999999/",
        "/antre/99999999999999999999999999/",
        "/antre/instansi/999999/",
        "/antre/nomor/tidak-ada/",
        "/antre/nomor/tidak-ada/keluar/",
        "/antre/nomor/tidak-ada/slip/",
        "/antre/nomor/tidak-ada/qr.svg",
        "/antre/nomor/" + "a" * 10_000 + "/",
        "/antre/nomor/%00/",
        "/antre/nomor/😀/",
    ],
)
def test_unknown_addresses_are_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("words", ["a" * 10_000, "ktp\0"])
def test_a_senseless_search_is_400(client: Client, house: House, words: str) -> None:
    assert client.get(reverse("phone:home"), {"q": words}).status_code == 400


def test_another_malls_service_and_number_are_unknown(client: Client) -> None:
    with in_mall(factories.a_mall("palopo")):
        factories.office_hours()
        line = a_line()
        service, ticket = service_of(line), a_ticket(line)

    assert client.get(reverse("phone:service", args=[service.pk])).status_code == 404
    assert press(client, service).status_code == 404
    assert client.get(reverse("phone:ticket", args=[ticket.visit.token])).status_code == 404


def test_leaving_asks_first_and_then_ends_the_wait(client: Client, house: House) -> None:
    ticket = a_ticket(house.line)
    address = reverse("phone:leave", args=[ticket.visit.token])

    assert client.get(address).status_code == 200
    ticket.refresh_from_db()
    assert ticket.state == "waiting"
    client.post(address)
    ticket.refresh_from_db()
    assert ticket.state == "left"
    assert client.post(address).status_code == 409


def test_a_called_number_shows_its_counter(client: Client, house: House) -> None:
    a_ticket(house.line)
    ticket = call_next(house.desk, by=house.by)
    recall(ticket, by=house.by)

    page = page_of(client, ticket)

    assert page.count(f"<strong>Loket {house.counter.code}</strong>") == 1
    assert page.count('data-gerai-ticket="called"') == 1
    assert page.count("Panggilan ke-2 dari 3") == 1


def test_the_expected_time_is_a_range(client: Client, house: House) -> None:
    house.line.usual_minutes = 10
    house.line.save()
    tickets = [a_ticket(house.line) for _each in range(5)]

    page = page_of(client, tickets[-1])

    assert re.findall(r"sekitar (\d+).(\d+) menit", page) == [("10", "78")]
    assert page.count("<dd>4 orang") == 1


def test_the_page_reloads_itself_only_without_script(client: Client, house: House) -> None:
    page = page_of(client, a_ticket(house.line))

    assert re.findall(r"<noscript>.*?</noscript>", page) == [
        '<noscript><meta http-equiv="refresh" content="20"></noscript>'
    ]
    assert page.count("http-equiv") == 1


def test_taking_remembers_the_language(client: Client, house: House) -> None:
    client.cookies["django_language"] = "en"

    press(client, service_of(house.line))

    assert Visit.objects.get().language == "en"


def test_a_number_taken_elsewhere_does_not_show_on_this_phone(client: Client, house: House) -> None:
    a_ticket(house.line)

    page = client.get(reverse("phone:home")).content.decode()

    assert page.count("Nomor Anda hari ini") == 0
