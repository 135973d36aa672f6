"""One number through two agencies, in real browsers: from the kiosk to the last desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.persons import KTP, SERVED, Officer
from tests.journeys.test_accessibility import look

pytestmark = pytest.mark.journey

DUKCAPIL = "Dinas Kependudukan dan Pencatatan Sipil"
SKCK = "Penerbitan SKCK baru"


def choose(kiosk: Page, agency: str, service: str) -> None:
    """Touch one's way from the agencies to a service."""
    for name in (agency, service):
        while not kiosk.get_by_role("link", name=name).count():
            kiosk.get_by_role("link", name="Berikutnya").click()
            kiosk.wait_for_load_state()
        kiosk.get_by_role("link", name=name).first.click()
        kiosk.wait_for_load_state()


def takes_a_route(phone: Page, site: Site, *services: str) -> str:
    """Take one number for several services on a phone; return its label."""
    phone.goto(f"{site.url}/antre/rute/tambah/")
    for number, (agency, service) in enumerate(zip(services[::2], services[1::2], strict=True)):
        if number:
            phone.get_by_role("link", name="Keperluan lain juga?").click()
        phone.get_by_role("link", name=agency).click()
        phone.get_by_role("link", name=service).click()
    phone.get_by_role("button", name="Ambil satu nomor untuk semuanya").click()
    return phone.locator(".queue-number-phone").inner_text()


def test_one_number_goes_from_the_kiosk_through_two_agencies(mall: Site, someone):
    kiosk, phone = someone("kiosk"), someone("phone")
    first, second = Officer(someone("desktop"), mall), Officer(someone("desktop"), mall)
    for officer, username, counter in ((first, "petugas1", "2"), (second, "petugas4", "9")):
        officer.sign_in(username)
        officer.open_counter(counter)

    kiosk.goto(f"{mall.url}/kios/")
    kiosk.get_by_role("link", name="Beberapa keperluan").click()
    kiosk.get_by_role("link", name="Pilih layanannya sendiri").click()
    choose(kiosk, DUKCAPIL, KTP)
    kiosk.get_by_role("link", name="Keperluan lain juga?").click()
    choose(kiosk, "Kepolisian Resor", SKCK)
    expect(kiosk.get_by_text("Seluruhnya selesai").first).to_be_visible()
    kiosk.get_by_role("link", name="Lanjut").click()
    kiosk.get_by_role("button", name="Umum").dblclick()
    expect(kiosk.locator(".kiosk-number")).to_be_visible()
    label = kiosk.locator(".kiosk-number").inner_text()
    expect(kiosk.get_by_text(f"Sesudah itu: {SKCK}")).to_be_visible()
    token = kiosk.url.rstrip("/").rsplit("/", 1)[1]

    phone.goto(f"{mall.url}/antre/nomor/{token}/")
    steps = phone.locator(".route > li")
    expect(steps.nth(0)).to_contain_text("Sekarang: menunggu")
    expect(steps.nth(1)).to_contain_text("Berikutnya")

    first.press("n", then=label)
    first.press("s", then="Rute: 1 langkah lagi")
    first.press("f", then=f"{label} selesai.")
    expect(steps.nth(0)).to_contain_text("Selesai")
    expect(steps.nth(1)).to_contain_text("Sekarang: menunggu")
    expect(phone.locator(".queue-number-phone")).to_have_text(label)

    second.press("n", then=label)
    second.sees("Mengapa tempatnya di sini?")
    expect(phone.locator("[data-gerai-ticket=called]")).to_be_visible()
    second.press("s", then=SERVED)
    second.press("f", then=f"{label} selesai.")
    expect(phone.get_by_text("Selesai. Terima kasih sudah datang.")).to_be_visible()
    expect(phone.get_by_role("link", name="Nilai")).to_have_count(2)
    for officer in (first, second):
        officer.close_counter()


def test_an_officer_steers_a_route_by_keyboard(mall: Site, someone):
    phone, officer = someone("phone"), Officer(someone("desktop", bypass_csp=True), mall)
    officer.sign_in("petugas1")
    officer.open_counter("2")
    label = takes_a_route(phone, mall, DUKCAPIL, KTP, "Kepolisian Resor", SKCK)
    steps = phone.locator(".route > li")
    officer.press("n", then=label)
    officer.press("s", then="Rute: 1 langkah lagi")
    page = officer.page
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Rute kunjungan")).to_be_visible()

    officer.go_to(page.get_by_label(f"Urutan {SKCK}"))
    page.keyboard.type("Kapan saja")
    officer.go_to(page.get_by_role("button", name="Ubah urutan"))
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Urutan {SKCK}")).to_have_value("0")

    officer.go_to(page.get_by_role("button", name=f"Lewati {SKCK}"))
    page.keyboard.press("Enter")
    expect(steps.nth(1)).to_contain_text("Dilewati")
    officer.go_to(page.get_by_role("button", name=f"Rencanakan lagi {SKCK}"))
    page.keyboard.press("Enter")
    expect(steps.nth(1)).to_contain_text("Berikutnya")

    add = page.locator("form").filter(has=page.get_by_role("heading", name="Tambah langkah"))
    officer.go_to(add.get_by_label("Cari"))
    page.keyboard.type("kartu identitas anak")
    officer.go_to(add.get_by_label("Jumlah"))
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator(".route")).to_contain_text("Kartu Identitas Anak")
    expect(page.locator(".route")).to_contain_text("2 kali")
    assert look(page, "rute-petugas", "light") == []
    expect(steps).to_have_count(3)

    officer.press("b", then="Rute: 2 langkah lagi")
    officer.press("f", then=f"{label} selesai.")
    # The added step is in this very line.
    officer.press("n", then=label)
    officer.press("s", then="Rute: 1 langkah lagi")
    officer.press("f", then=f"{label} selesai.")
    officer.close_counter()


def test_a_visitor_between_two_lines_finds_the_number_and_ends_the_visit(mall: Site, someone):
    phone, officer = someone("phone"), Officer(someone("desktop"), mall)
    officer.sign_in("petugas1")
    officer.open_counter("2")
    label = takes_a_route(phone, mall, DUKCAPIL, KTP, "Kepolisian Resor", SKCK)
    officer.press("n", then=label)
    officer.press("s", then="Rute: 1 langkah lagi")
    officer.press("f", then=f"{label} selesai.")
    expect(phone.locator(".route > li").nth(1)).to_contain_text("Menunggu petugas membuka loket")

    phone.goto(f"{mall.url}/antre/")
    phone.get_by_role("link", name="Menunggu langkah berikutnya").click()
    phone.get_by_role("link", name="Batalkan langkah yang tersisa").click()
    expect(phone.get_by_text(f"Langkah yang tersisa ikut dibatalkan: {SKCK}.")).to_be_visible()
    phone.get_by_role("button", name="Ya, keluar").click()
    expect(phone.locator(".route > li").nth(1)).to_contain_text("Dilewati")
    officer.close_counter()
