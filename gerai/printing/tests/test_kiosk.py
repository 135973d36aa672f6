"""The kiosk with a printer of ours, page by page; and the other hands that print again."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.models import Device
from gerai.directory.tests.factories import a_user
from gerai.people.roles import Role
from gerai.printing.actions import sending
from gerai.printing.models import Printer, PrintJob
from gerai.printing.rules import Condition, Outcome, Result
from gerai.printing.tests.factories import a_number_on_paper, a_printer
from gerai.queue.actions.calling import call_next
from gerai.queue.models import Ticket
from gerai.queue.tests.factories import House, a_ticket

KEY = "kunci-dari-halaman-ini"
OUTCOMES = {
    "printed": Outcome(Result.PRINTED, 80_000, Condition.OK),
    "unknown": Outcome(Result.UNKNOWN, 80_000, Condition.OFFLINE),
    "unsent": Outcome(Result.NOT_PRINTED, 0, Condition.PAPER_OUT),
    "torn": Outcome(Result.NOT_PRINTED, 40_000, Condition.COVER_OPEN),
}


@pytest.fixture
def printer(kiosk: Device) -> Printer:
    return a_printer(kiosk, port=9)


@pytest.fixture
def glass(client: Client, kiosk: Device, printer: Printer) -> Client:
    """Return the browser of the kiosk with the printer."""
    cache.clear()
    paired = HttpResponse()
    give_token(paired, kiosk)
    client.cookies.update(paired.cookies)
    return client


def touched(glass: Client, house: House) -> str:
    """Take a number; return the address that the kiosk goes to."""
    service = house.line.services.get()
    answer = glass.post(reverse("kiosk:take", args=[service.pk]), {"key": KEY})
    return answer.headers["Location"]


def given(glass: Client, house: House, outcome: str) -> tuple[str, str]:
    """Take a number, let its slip end so; return the page's address and its text."""
    address = touched(glass, house)
    job = sending.claim(Printer.objects.get())
    sending.settle(job, OUTCOMES[outcome])
    return address, glass.get(address).content.decode()


def number() -> str:
    return Ticket.objects.get().state


def test_a_touch_leads_to_the_paper(glass: Client, house: House) -> None:
    address = touched(glass, house)
    page = glass.get(address).content.decode()

    assert address == reverse("paper:slip", args=[Ticket.objects.get().visit.token])
    assert page.count("sedang dicetak") == 1
    assert number() == "printing"
    assert touched(glass, house) == address


def test_the_paper_that_came_is_to_be_taken(glass: Client, house: House) -> None:
    _address, page = given(glass, house, "printed")

    assert page.count("Ambil kertas Anda") == 1
    assert page.count('content="15;url=/kios/awal/"') == 1
    assert number() == "waiting"


def test_a_doubt_is_asked_and_answered_with_one_touch(glass: Client, house: House) -> None:
    address, page = given(glass, house, "unknown")

    assert page.count("Apakah kertas nomor Anda keluar?") == 1
    assert glass.post(f"{address}keluar/").headers["Location"] == address
    assert number() == "waiting"


def test_no_paper_leads_to_the_phone(glass: Client, house: House) -> None:
    address, _page = given(glass, house, "unknown")

    glass.post(f"{address}tidak-keluar/")
    page = glass.get(address).content.decode()

    assert page.count(reverse("phone:qr", args=[Ticket.objects.get().visit.token])) == 1
    assert page.count("Saya sudah memindai") == 1
    assert number() == "printing"
    glass.post(f"{address}ponsel/")
    assert number() == "waiting"
    assert glass.get(address).content.decode().count("sudah masuk antrean") == 1


@pytest.mark.parametrize(
    ("outcome", "words", "offers_paper"),
    [("unsent", "Kertas di kios ini habis", 0), ("torn", "Penutup pencetak terbuka", 1)],
)
def test_a_trouble_is_told_in_its_words(
    glass: Client, house: House, outcome: str, words: str, offers_paper: int
) -> None:
    _address, page = given(glass, house, outcome)

    assert page.count(words) == 1
    assert page.count("Kertasnya keluar utuh") == offers_paper


def test_opening_the_phone_s_page_lets_it_count(glass: Client, house: House) -> None:
    address, _page = given(glass, house, "unsent")

    Client(HTTP_HOST="barru.localhost").get(
        reverse("phone:ticket", args=[Ticket.objects.get().visit.token])
    )

    assert number() == "waiting"
    assert glass.get(address).content.decode().count("sudah masuk antrean") == 1


def test_trying_again_prints_the_same_number(glass: Client, house: House) -> None:
    address, _page = given(glass, house, "unsent")

    glass.post(f"{address}ulang/")
    sending.settle(sending.claim(Printer.objects.get()), OUTCOMES["printed"])

    assert glass.get(address).content.decode().count("Ambil kertas Anda") == 1
    assert Ticket.objects.count() == 1


def test_two_minutes_later_the_number_is_gone_and_says_so(
    glass: Client, house: House, clock_at
) -> None:
    address, _page = given(glass, house, "unknown")
    clock_at.shift(121)

    page = glass.get(address).content.decode()

    assert page.count("Nomor ini gugur") == 1
    assert number() == "dropped"
    late = glass.post(f"{address}keluar/", follow=True).content.decode()
    assert late.count("baru saja berubah keadaan") == 1
    assert number() == "dropped"


def test_a_touch_again_after_the_paper_marks_the_copy(glass: Client, house: House) -> None:
    address, _page = given(glass, house, "printed")

    glass.post(f"{address}ulang/")

    assert list(PrintJob.objects.order_by("pk").values_list("copy", "state")) == [
        (1, "done"),
        (2, "queued"),
    ]


def test_a_kiosk_whose_printer_is_not_in_use_is_as_ever(glass: Client, house: House) -> None:
    Printer.objects.update(is_active=False)

    address = touched(glass, house)

    assert address == reverse("kiosk:ticket", args=[Ticket.objects.get().visit.token])
    assert glass.get(address).content.decode().count("data-gerai-print>") == 1


def test_a_kiosk_prints_a_number_of_another_door_on_its_own_printer(
    glass: Client, house: House
) -> None:
    token = a_ticket(house.line).visit.token

    page = glass.get(reverse("kiosk:ticket", args=[token])).content.decode()

    assert page.count(reverse("paper:again", args=[token])) == 1
    assert page.count("data-gerai-print>") == 0


@pytest.fixture
def greeter(client: Client, house: House) -> Client:
    client.force_login(a_user(Role.GREETER))
    return client


def test_the_greeter_prints_again_where_it_works(
    greeter: Client, house: House, kiosk: Device, printer: Printer
) -> None:
    other = a_printer()
    Printer.objects.filter(pk=printer.pk).update(condition="paper_out")
    ticket, job = a_number_on_paper(house, kiosk)
    sending.settle(sending.claim(printer), OUTCOMES["torn"])
    address = reverse("paper_greeter:paper", args=[ticket.visit.token])

    page = greeter.get(address).content.decode()
    assert page.index(other.name) < page.index(f"{printer.name} (")
    assert greeter.post(address, {"printer": other.pk}).status_code == 302
    sending.settle(sending.claim(other), OUTCOMES["printed"])

    assert Ticket.objects.get().state == "waiting"
    assert PrintJob.objects.get(copy=2).printer == other
    assert job.copy == 1


def test_the_greeter_sees_the_paper_in_the_visitor_s_hand(
    greeter: Client, house: House, kiosk: Device, printer: Printer
) -> None:
    ticket, _job = a_number_on_paper(house, kiosk)
    sending.settle(sending.claim(printer), OUTCOMES["unknown"])

    greeter.post(
        reverse("paper_greeter:paper", args=[ticket.visit.token]),
        {"printer": printer.pk, "keluar": "ya"},
    )

    assert Ticket.objects.get().state == "waiting"


@pytest.mark.parametrize("typed", [{}, {"printer": "0"}, {"printer": "x"}])
def test_a_senseless_printer_is_400(
    greeter: Client, house: House, kiosk: Device, printer: Printer, typed: dict[str, str]
) -> None:
    ticket, _job = a_number_on_paper(house, kiosk)

    answer = greeter.post(reverse("paper_greeter:paper", args=[ticket.visit.token]), typed)

    assert answer.status_code == 400


def test_an_officer_prints_again_what_is_at_the_desk_and_nothing_else(
    client: Client, house: House, printer: Printer
) -> None:
    a_ticket(house.line)
    ticket = call_next(house.desk, by=house.by)
    client.force_login(house.officer)
    address = reverse("paper_desk:paper", args=[ticket.pk])

    assert client.get(reverse("desk:home")).content.decode().count(f'href="{address}"') == 1
    assert client.post(address, {"printer": printer.pk}).headers["Location"] == address
    assert PrintJob.objects.get().ticket == ticket
    assert client.get(reverse("paper_desk:paper", args=[ticket.pk + 1])).status_code == 404
