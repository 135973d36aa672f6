"""The mall's first page."""

import re
from datetime import datetime

import time_machine
from django.test import Client

from gerai.directory.tests.factories import a_counter, office_hours
from gerai.malls.models import Mall
from gerai.queue.tests.factories import TEN, a_line, a_ticket

SUNDAY = datetime.fromisoformat("2026-11-22T10:00:00+08:00")


def test_an_open_mall_shows_agencies_and_who_waits(client: Client, mall: Mall) -> None:
    with time_machine.travel(TEN, tick=False):
        office_hours()
        line = a_line()
        a_line()
        a_ticket(line)
        page = client.get("/").content.decode()

    # Once in the list of waits, once at its agency.
    assert re.findall(r"(\d+) orang menunggu", page) == ["1", "1"]
    assert page.count("Tidak ada antrean") == 1
    assert page.count("Buka sampai pukul 12.00.") == 1


def test_a_closed_mall_says_why(client: Client, mall: Mall) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        office_hours()
        page = client.get("/").content.decode()

    assert page.count("Tutup hari ini: bukan hari layanan.") == 1


def test_floors_and_the_sample_are_said(client: Client, mall: Mall) -> None:
    mall.is_sample = True
    mall.save()
    counter = a_counter(code="Z1-16")

    page = client.get("/").content.decode()

    assert page.count("Ini mal contoh.") == 1
    assert page.count(f"<strong>{counter.zone.code}</strong> <span>{counter.zone.name}</span>") == 1


def test_a_new_mall_without_anything_opens(client: Client, mall: Mall) -> None:
    page = client.get("/").content.decode()

    assert page.count("Daftar layanan sedang disiapkan") == 1
