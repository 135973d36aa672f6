"""The greeter's pages, through their addresses."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests import factories
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.queue.actions.calling import call_next, miss
from gerai.queue.models import Ticket
from gerai.queue.tests.factories import House, a_ticket

KEY = "kunci-dari-halaman-ini"


@pytest.fixture
def greeter(client: Client, house: House) -> User:
    """Sign a greeter in."""
    user = factories.a_user(Role.GREETER)
    client.force_login(user)
    return user


def test_strangers_are_asked_to_sign_in(client: Client, house: House) -> None:
    assert client.get(reverse("greeter:home")).headers["Location"].startswith("/masuk/")


def test_an_officer_may_not_greet(client: Client, house: House) -> None:
    client.force_login(house.officer)

    assert client.get(reverse("greeter:home")).status_code == 403


def test_a_greeter_gives_a_number_without_name_or_nik(
    client: Client, house: House, greeter: User
) -> None:
    service = house.line.services.get()
    address = reverse("greeter:service", args=[service.pk])
    page = client.get(address).content.decode()

    answer = client.post(address, {"key": KEY, "group": "pregnant"})

    ticket = Ticket.objects.get()
    fields = set(re.findall(r'name="(\w+)"', page))
    assert fields - {"csrfmiddlewaretoken", "next", "language", "text", "theme", "keys"} == {
        "viewport",
        "key",
        "group",
    }
    assert answer.headers["Location"] == reverse("greeter:ticket", args=[ticket.visit.token])
    assert (ticket.visit.door, ticket.steps.get().by) == ("greeter", greeter)


def test_the_last_given_numbers_are_listed_newest_first(
    client: Client, house: House, greeter: User
) -> None:
    address = reverse("greeter:service", args=[house.line.services.get().pk])
    for key in ("kunci-pertama-sekali", "kunci-kedua-yang-lain"):
        client.post(address, {"key": key, "group": "ordinary"})
    a_ticket(house.line)

    page = client.get(reverse("greeter:home")).content.decode()

    assert re.findall(r'queue-number">(\w+)<', page) == ["A002", "A001"]


def test_a_number_is_found_by_its_label(client: Client, house: House, greeter: User) -> None:
    ticket = a_ticket(house.line)

    answer = client.get(reverse("greeter:home"), {"nomor": "a 001"})

    assert answer.headers["Location"] == reverse("greeter:ticket", args=[ticket.visit.token])


@pytest.mark.parametrize("label", ["Z999", "", "A" * 10_000, "😀"])
def test_an_unknown_label_is_400(client: Client, house: House, greeter: User, label: str) -> None:
    answer = client.get(reverse("greeter:home"), {"nomor": label})

    assert answer.status_code == 400
    assert answer.content.decode().count('id="salah-nomor"') == 1


def test_a_greeter_helps_somebody_leave(client: Client, house: House, greeter: User) -> None:
    ticket = a_ticket(house.line)

    client.post(reverse("greeter:leave", args=[ticket.visit.token]))

    ticket.refresh_from_db()
    assert ticket.state == "left"


def test_a_greeter_brings_an_absent_visitor_back(
    client: Client, house: House, greeter: User
) -> None:
    a_ticket(house.line)
    ticket = call_next(house.desk, by=house.by)
    miss(ticket, by=house.by)
    address = reverse("greeter:bring_back", args=[ticket.visit.token])

    first, again = client.post(address), client.post(address)

    ticket.refresh_from_db()
    assert (first.status_code, again.status_code) == (302, 409)
    assert ticket.state == "waiting"


def test_unknown_tokens_are_404(client: Client, house: House, greeter: User) -> None:
    names = ["greeter:ticket", "greeter:leave", "greeter:bring_back"]

    codes = [client.post(reverse(name, args=["tidak-ada"])).status_code for name in names]

    assert client.get(reverse("greeter:ticket", args=["tidak-ada"])).status_code == 404
    assert codes == [405, 404, 404]
