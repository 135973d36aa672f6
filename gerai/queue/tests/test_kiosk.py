"""The kiosk's pages, through their addresses."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.models import Requirement, Service
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.queue.actions.calling import call_next
from gerai.queue.actions.serving import finish, start
from gerai.queue.models import Ticket
from gerai.queue.tests.factories import House, a_line, a_ticket

KEY = "kunci-dari-halaman-ini"


@pytest.fixture
def kiosk(client: Client, house: House) -> Client:
    """Return a browser that is a paired kiosk."""
    cache.clear()
    paired = HttpResponse()
    give_token(paired, factories.a_device("kiosk", name="Kios depan"))
    client.cookies.update(paired.cookies)
    return client


def service_of(house: House) -> Service:
    """Return the service of the house."""
    service: Service = house.line.services.get()
    return service


def press(kiosk: Client, house: House, **typed: str) -> Any:
    """Touch a group."""
    return kiosk.post(reverse("kiosk:take", args=[service_of(house).pk]), {"key": KEY, **typed})


def test_an_unpaired_browser_is_led_to_pairing(client: Client, house: House) -> None:
    answer = client.get(reverse("kiosk:home"))

    assert answer.headers["Location"] == "/perangkat/kiosk/?next=%2Fkios%2F"


def test_every_page_of_the_walk_opens(kiosk: Client, house: House) -> None:
    service = service_of(house)

    pages = [
        kiosk.get(reverse("kiosk:home")),
        kiosk.get(reverse("kiosk:agency", args=[house.agency.pk])),
        kiosk.get(reverse("kiosk:service", args=[service.pk])),
        kiosk.get(reverse("kiosk:take", args=[service.pk])),
        kiosk.get(reverse("kiosk:rating")),
    ]

    assert [page.status_code for page in pages] == [200] * 5


def test_one_touch_takes_the_number(kiosk: Client, house: House) -> None:
    answer = press(kiosk, house, group="disabled")

    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == reverse("kiosk:ticket", args=[ticket.visit.token])
    assert (ticket.visit.door, ticket.visit.group) == ("kiosk", "disabled")
    assert ticket.steps.get().by is None


def test_a_double_touch_gives_the_same_number(kiosk: Client, house: House) -> None:
    first, second = press(kiosk, house), press(kiosk, house)

    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1


def test_the_number_page_goes_back_to_the_start(kiosk: Client, house: House) -> None:
    page = kiosk.get(press(kiosk, house).headers["Location"]).content.decode()

    assert page.count('content="20;url=/kios/awal/"') == 1
    assert page.count('data-gerai-print="now"') == 0


def test_a_kiosk_set_so_prints_by_itself(kiosk: Client, house: House) -> None:
    kiosk.get(reverse("kiosk:home"), {"cetak": "otomatis"})

    page = kiosk.get(press(kiosk, house).headers["Location"]).content.decode()

    assert page.count('data-gerai-print="now"') == 1


def test_the_next_visitor_begins_in_indonesian(kiosk: Client) -> None:
    wishes = {"text": "large", "contrast": "high", "reach": "low", "hearing": "on"}
    kiosk.cookies["django_language"] = "en"
    for name, value in wishes.items():
        kiosk.cookies[f"gerai_{name}"] = value

    kiosk.get(reverse("kiosk:restart"))

    assert kiosk.cookies["django_language"].value == "id"
    assert [kiosk.cookies[f"gerai_{name}"].value for name in wishes] == ["", "", "", ""]


def test_nine_agencies_stand_on_a_page(kiosk: Client, house: House) -> None:
    for _each in range(9):
        a_line()

    first, second = (
        kiosk.get(reverse("kiosk:home"), {"hal": page}).content.decode() for page in ("1", "2")
    )

    assert len(re.findall('<a class="tile', first)) == 9
    assert len(re.findall('<a class="tile', second)) == 1


@pytest.mark.parametrize("wish", [("gerai_reach", "low"), ("gerai_hearing", "on")])
def test_fewer_stand_within_reach_and_in_mind(
    kiosk: Client, house: House, wish: tuple[str, str]
) -> None:
    for _each in range(9):
        a_line()
    kiosk.cookies[wish[0]] = wish[1]

    page = kiosk.get(reverse("kiosk:home")).content.decode()

    assert len(re.findall('<a class="tile', page)) == 6


def test_a_service_shows_the_picture_chosen_or_that_of_its_name(
    kiosk: Client, house: House
) -> None:
    service = service_of(house)
    address = reverse("kiosk:agency", args=[house.agency.pk])
    shown = []
    for name, picture in [("Paspor baru", ""), ("Paspor baru", "surat"), ("Lain-lain", "")]:
        Service.objects.filter(pk=service.pk).update(name=name, picture=picture)
        shown += re.findall(r"pictures[^#\"]*#([a-z-]+)", kiosk.get(address).content.decode())

    assert shown == ["paspor", "surat"]


def test_long_requirements_are_spread_over_pages(kiosk: Client, house: House) -> None:
    service = service_of(house)
    standard = factories.a_standard(service)
    for position in range(1, 13):
        Requirement.objects.create(
            mall=standard.mall, standard=standard, position=position, text="surat " * 25
        )
    address = reverse("kiosk:service", args=[service.pk])

    shown = [
        len(
            re.findall(
                r'<li>\s*<span lang="id">surat', kiosk.get(address, {"hal": page}).content.decode()
            )
        )
        for page in ("1", "2", "3", "4")
    ]

    assert shown == [3, 3, 3, 3]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "😀"])
def test_a_senseless_page_is_the_first_or_last(kiosk: Client, page: str) -> None:
    assert kiosk.get(reverse("kiosk:home"), {"hal": page}).status_code == 200


@pytest.mark.parametrize("typed", [{}, {"key": "x"}, {"key": KEY, "group": "raja"}])
def test_bad_input_is_answered_with_400(kiosk: Client, house: House, typed: dict[str, str]) -> None:
    address = reverse("kiosk:take", args=[service_of(house).pk])

    assert kiosk.post(address, typed).status_code == 400
    assert Ticket.objects.count() == 0


def test_unknown_and_foreign_things_are_404(kiosk: Client) -> None:
    with in_mall(factories.a_mall("palopo")):
        service = a_line().services.get()

    addresses = [
        reverse("kiosk:service", args=[service.pk]),
        reverse("kiosk:take", args=[service.pk]),
        reverse("kiosk:agency", args=[service.agency_id]),
        reverse("kiosk:ticket", args=["tidak-ada"]),
    ]

    assert [kiosk.get(each).status_code for each in addresses] == [404] * 4


def served(house: House) -> Ticket:
    """Take a number, call and finish it."""
    a_ticket(house.line)
    ticket = call_next(house.desk, by=house.by)
    start(ticket, by=house.by)
    finish(ticket, by=house.by)
    return ticket


def test_number_and_code_open_the_rating(kiosk: Client, house: House) -> None:
    ticket = served(house)

    answer = kiosk.post(reverse("kiosk:rating"), {"nomor": "a-001", "kode": ticket.visit.code})

    assert ticket.label == "A001"
    assert answer.headers["Location"] == f"/nilai/{ticket.rating_token}/?pintu=kiosk"


def test_a_number_not_served_yet_cannot_be_rated(kiosk: Client, house: House) -> None:
    ticket = a_ticket(house.line)

    answer = kiosk.post(reverse("kiosk:rating"), {"nomor": ticket.label, "kode": ticket.visit.code})

    assert answer.status_code == 400
    assert answer.content.decode().count("belum selesai dilayani") == 1


def test_guessing_codes_is_stopped(kiosk: Client, house: House) -> None:
    ticket = served(house)
    wrong = f"{(int(ticket.visit.code) + 1) % 10_000:04}"

    codes = [
        kiosk.post(reverse("kiosk:rating"), {"nomor": ticket.label, "kode": wrong}).status_code
        for _each in range(9)
    ]

    assert codes == [400] * 8 + [429]


@pytest.mark.parametrize(
    "typed", [{}, {"nomor": "A" * 10_000, "kode": "1"}, {"nomor": "😀", "kode": "١٢٣٤"}]
)
def test_a_senseless_number_is_400(kiosk: Client, typed: dict[str, str]) -> None:
    assert kiosk.post(reverse("kiosk:rating"), typed).status_code == 400
