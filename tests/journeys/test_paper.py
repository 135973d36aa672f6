"""A kiosk with a printer that is a process: paper out, paper gone, the phone instead."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gerai.printing.tests.paper_printer import PaperPrinter
from tests.journeys.conftest import Site, keep_picture, sign_in
from tests.journeys.test_accessibility import faults_of, overflow_of

pytestmark = pytest.mark.journey

SET_UP = """
from gerai.directory.models import Device
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.printing.models import Printer
with in_mall(Mall.objects.get(slug="barru")) as mall:
    kiosk = Device.objects.filter(kind="kiosk", is_sample=True).first()
    if kiosk is None:
        kiosk = Device.objects.create(mall=mall, kind="kiosk", name="Kios contoh", is_sample=True)
    Printer.objects.create(
        mall=mall, device=kiosk, name="Pencetak contoh", connection="network",
        host="127.0.0.1", port={port},
    )
"""

OVERDUE = """
from datetime import timedelta
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.printing.models import PrintJob
with in_mall(Mall.objects.get(slug="barru")):
    for job in PrintJob.objects.filter(state="failed"):
        job.deadline -= timedelta(minutes=5)
        job.save()
"""


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[PaperPrinter]:
    machine = PaperPrinter(tmp_path).plug_in()
    yield machine
    machine.unplug()
    assert machine.complaints() == ""


def take(page: Page, site: Site) -> None:
    """Touch the first service that gives numbers, and a group."""
    page.goto(f"{site.url}/kios/")
    page.locator(".kiosk-agencies a.tile:not(.tile-shut)").first.click()
    page.locator(".kiosk-services a.tile:not(.tile-shut)").first.click()
    page.locator("a[href$='/ambil/']").first.click()
    page.locator("button[name=group]").first.click()


def look(page: Page, name: str) -> None:
    """Look at a kiosk's page as it is, dark, and in high contrast."""
    keep_picture(page, name)
    assert faults_of(page) == []
    assert overflow_of(page) <= 0
    page.emulate_media(color_scheme="dark")
    keep_picture(page, f"{name}-gelap")
    assert faults_of(page, colours="dark") == []
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    keep_picture(page, f"{name}-kontras")
    assert faults_of(page) == []
    page.evaluate("delete document.documentElement.dataset.contrast")


def test_paper_or_phone_and_the_supervisor_knows(
    server, someone: Callable[..., Page], machine: PaperPrinter
) -> None:
    server.stop()
    server.start("2026-11-23T10:00:00+08:00")
    site = server.site
    site.gerai("shell", "-c", SET_UP.format(port=machine.port))
    glass, watch = someone("kiosk"), someone("desktop")

    take(glass, site)
    expect(glass.get_by_role("heading", name="Ambil kertas Anda")).to_be_visible()
    look(glass, "kertas-keluar")
    assert len(machine.slips()) == 1

    sign_in(watch, site, "pengawas")
    watch.goto(f"{site.url}/pengawas/")
    machine.set(rows=0)
    take(glass, site)
    expect(glass.get_by_role("heading", name="Kertas di kios ini habis")).to_be_visible()
    look(glass, "kertas-habis")
    expect(watch.get_by_text("Kertas habis")).to_be_visible()
    keep_picture(watch, "kertas-pengawas")

    glass.get_by_role("button", name="Saya sudah memindai").click()
    expect(glass.get_by_role("heading", name="sudah masuk antrean")).to_be_visible()
    look(glass, "kertas-ponsel")

    take(glass, site)
    expect(glass.get_by_role("heading", name="Kertas di kios ini habis")).to_be_visible()
    site.gerai("shell", "-c", OVERDUE)
    glass.reload()
    expect(glass.get_by_role("heading", name="Nomor ini gugur")).to_be_visible()
    look(glass, "kertas-gugur")

    machine.set(rows=5000, closes=True)
    take(glass, site)
    expect(glass.get_by_role("heading", name="Apakah kertas nomor Anda keluar?")).to_be_visible(
        timeout=30_000
    )
    look(glass, "kertas-tanya")
    glass.get_by_role("button", name="Ya, sudah keluar utuh").click()
    expect(glass.get_by_role("heading", name="Ambil kertas Anda")).to_be_visible()
    watch.goto(f"{site.url}/pengawas/pencetak/")
    keep_picture(watch, "kertas-riwayat")
    sign_in(watch, site, "admin")
    watch.goto(f"{site.url}/kelola/pencetak/struk/")
    keep_picture(watch, "kertas-tata-letak")
    watch.goto(f"{site.url}/kelola/pencetak/")
    keep_picture(watch, "kertas-pencetak")
    narrow = someone("phone", storage_state=watch.context.storage_state())
    narrow.goto(f"{site.url}/kelola/pencetak/")
    keep_picture(narrow, "kertas-pencetak-ponsel")
