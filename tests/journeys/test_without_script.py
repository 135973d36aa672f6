"""The same day on old phones, and with browsers that run no script: plain pages and forms."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, sign_in
from tests.journeys.persons import take_at_kiosk, take_by_phone

pytestmark = pytest.mark.journey

RENEWAL = "Perpanjangan SIM A"


def refresh_of(page: Page) -> str:
    """Return the address or seconds that a page reloads itself by."""
    return page.locator("head meta[http-equiv=refresh]").first.get_attribute("content")


def test_a_day_without_script(mall: Site, someone):
    plain = {"java_script_enabled": False}
    phone, desk = someone("phone", **plain), someone("desktop", **plain)
    screen, kiosk = someone("hall", **plain), someone("kiosk", **plain)

    label = take_by_phone(phone, mall, "SIM", RENEWAL)
    ticket = phone.url
    assert label == "G001"
    assert refresh_of(phone) == "20"
    priority, _ = take_at_kiosk(kiosk, mall, "Kepolisian Resor", RENEWAL, "Ibu hamil")
    assert priority == "G002"
    assert re.fullmatch(r"20;url=/kios/awal/", refresh_of(kiosk))

    sign_in(desk, mall, "petugas4")
    desk.goto(f"{mall.url}/petugas/")
    desk.get_by_role("button", name="Buka loket 10").click()
    desk.get_by_role("button", name="Panggil berikutnya").click()
    expect(desk.locator("#desk-number")).to_contain_text("G002")
    desk.get_by_role("button", name="Tidak hadir").click()
    desk.get_by_role("button", name="Panggil berikutnya").click()
    expect(desk.locator("#desk-number")).to_contain_text("G001")
    desk.get_by_role("button", name="Panggil ulang").click()

    expect(phone.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 10", timeout=25_000)
    screen.goto(f"{mall.url}/layar/?zona=Z3")
    expect(screen.locator("#now")).to_contain_text("G001")
    expect(screen.locator("#now")).to_contain_text("panggilan ke-2")
    assert int(refresh_of(screen)) > 0

    desk.get_by_role("button", name="Mulai layani").click()
    desk.get_by_role("link", name="Tunda").click()
    desk.get_by_label("Menunggu pembayaran").check()
    desk.get_by_role("button", name="Tunda nomor ini").click()
    desk.get_by_role("button", name="Layani lagi G001").click()
    desk.get_by_role("button", name="Selesai dilayani").click()
    desk.get_by_role("button", name="Batalkan").click()
    desk.get_by_role("button", name="Diberi informasi").click()
    desk.get_by_role("link", name="Jeda").click()
    desk.get_by_label("Rapat singkat").check()
    desk.get_by_role("button", name="Mulai jeda").click()
    screen.reload()
    expect(screen.locator("#counters")).to_contain_text("Jeda")
    desk.get_by_role("button", name="Lanjutkan").click()
    desk.get_by_role("button", name="Tutup loket").click()
    expect(desk.get_by_role("heading", name="Pilih loket Anda")).to_be_visible()

    phone.goto(ticket)
    phone.get_by_role("link", name="Beri penilaian").click()
    phone.locator("form.rating fieldset").first.get_by_role("radio").last.check()
    phone.get_by_role("button", name="Kirim penilaian").click()
    expect(phone.get_by_role("heading", name="Terima kasih!")).to_be_visible()

    take_by_phone(phone, mall, "SIM", RENEWAL)
    phone.get_by_role("link", name="Keluar dari antrean").click()
    phone.get_by_role("button", name="Ya, keluar").click()
    expect(phone.get_by_text("Anda sudah keluar dari antrean.")).to_be_visible()
