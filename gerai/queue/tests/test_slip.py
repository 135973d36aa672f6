"""The slip and its QR code."""

import re

from django.test import Client
from django.urls import reverse

from gerai.queue.models import Group
from gerai.queue.tests.factories import House, a_ticket


def test_the_slip_says_everything_once(client: Client, house: House) -> None:
    a_ticket(house.line)
    ticket = a_ticket(house.line, group=Group.ELDERLY)

    page = client.get(reverse("phone:slip", args=[ticket.visit.token])).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))

    assert words.count("Senin, 23 November 2026, 10.00 WITA") == 1
    assert page.count(f'<p class="queue-number">{ticket.label}</p>') == 1
    assert words.count("Prioritas: Lansia") == 1
    assert words.count(f"Loket {house.counter.code}") == 1
    assert words.count(f"Loket {house.second.code}") == 1
    assert words.count("Di depan Anda: tidak ada") == 1
    assert page.count(f'slip-code">{ticket.visit.code}<') == 1
    assert page.count(reverse("phone:qr", args=[ticket.visit.token])) == 1


def test_a_reprint_is_the_same_slip(client: Client, house: House) -> None:
    address = reverse("phone:slip", args=[a_ticket(house.line).visit.token])

    assert client.get(address).content == client.get(address).content


def test_the_qr_code_is_a_drawing(client: Client, house: House) -> None:
    address = reverse("phone:qr", args=[a_ticket(house.line).visit.token])

    answer = client.get(address)

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.count(b"<svg ") == 1


def test_a_sample_mall_is_said_on_the_slip(client: Client, house: House) -> None:
    mall = house.line.mall
    mall.is_sample = True
    mall.save()

    page = client.get(reverse("phone:slip", args=[a_ticket(house.line).visit.token]))

    assert page.content.decode().count("bukan layanan sungguhan") == 1
