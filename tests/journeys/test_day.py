"""A visitor's day in real browsers: everybody at once, each on their own device."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, sign_in
from tests.journeys.persons import (
    KTP,
    SERVED,
    Officer,
    listening_screen,
    rate_everything,
    spoken_by,
    take_at_kiosk,
    take_by_phone,
    wait_until_spoken,
)

pytestmark = pytest.mark.journey

DUKCAPIL = "Dinas Kependudukan dan Pencatatan Sipil"
RATE = re.compile("Beri penilaian")


def stay(page: Page) -> None:
    """Mark a page, to see later that it was never loaded anew."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def follow(page: Page, site: Site, token: str) -> Page:
    """Open the page that the slip's QR code leads to."""
    page.goto(f"{site.url}/antre/nomor/{token}/")
    stay(page)
    return page


def row_of(supervisor: Page, counter: str) -> Locator:
    """Return what a supervisor sees of a counter."""
    code = supervisor.get_by_role("rowheader", name=counter, exact=True)
    return supervisor.locator("tr").filter(has=code)


def test_a_visitor_takes_a_number_is_called_hears_it_is_served_and_rates(mall: Site, someone):
    kiosk, phone, supervisor = someone("kiosk"), someone("phone"), someone("desktop")
    desk = Officer(someone("desktop"), mall)
    screen = listening_screen(someone, mall, "Z1")
    sign_in(supervisor, mall, "pengawas")
    supervisor.goto(f"{mall.url}/pengawas/")
    stay(supervisor)
    counter = row_of(supervisor, "2")

    label, token = take_at_kiosk(kiosk, mall, DUKCAPIL, KTP, "Lansia")
    assert label == "A001"
    expect(kiosk.get_by_text("Prioritas").first).to_be_visible()
    expect(counter).to_contain_text("Perlu petugas")
    check_slip(someone("phone"), mall, token)
    follow(phone, mall, token)
    expect(phone.get_by_text("Di depan Anda")).to_be_visible()

    desk.sign_in("petugas1")
    desk.open_counter("2")
    expect(counter).to_contain_text("Siap")
    check_call(desk, phone, screen)
    expect(counter).to_contain_text("Memanggil")

    desk.press("s", then=SERVED)
    expect(counter).to_contain_text("Melayani")
    expect(phone.locator("[data-gerai-ticket=serving]")).to_be_visible()
    desk.press("f", then="A001 selesai.")
    expect(phone.get_by_role("link", name=RATE)).to_be_visible()
    desk.press("z", then="Persyaratan layanan ini")
    expect(phone.locator("[data-gerai-ticket=serving]")).to_be_visible()
    desk.press("1", then="A001 selesai.")
    expect(counter).to_contain_text("Siap")
    assert stayed(supervisor)
    assert stayed(phone)

    phone.get_by_role("link", name=RATE).click()
    assert rate_everything(phone) == 9
    expect(phone.get_by_role("heading", name="Terima kasih!")).to_be_visible()
    follow(phone, mall, token)
    expect(phone.get_by_text("Penilaian Anda sudah kami terima.")).to_be_visible()
    assert phone.get_by_role("link", name=RATE).count() == 0
    assert spoken_by(screen) == [1, 2]
    desk.close_counter()


def check_slip(page: Page, site: Site, token: str) -> None:
    page.goto(f"{site.url}/antre/nomor/{token}/slip/")
    expect(page.locator(".slip .queue-number")).to_have_text("A001")
    assert page.locator(".slip-qr img").evaluate("image => image.naturalWidth") > 100


def check_call(desk: Officer, phone: Page, screen: Page) -> None:
    """Call A001 and call it again; the phone and the screen follow, each call is said once."""
    desk.page.wait_for_load_state("load")
    desk.page.keyboard.press("n")
    pressed = time.monotonic()
    expect(phone.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 2")
    until_the_phone_knew = time.monotonic() - pressed
    print(f"from the officer's key to the visitor's phone: {until_the_phone_knew:.1f} s")
    assert until_the_phone_knew < 8
    assert phone.title().startswith("● Giliran Anda")
    expect(phone.locator(".pill.is-called")).to_have_text("Dipanggil")
    desk.sees("Panggilan 1/3")
    expect(screen.locator("#now")).to_contain_text("A001")
    expect(screen.locator("#now")).to_contain_text("Loket 2")
    wait_until_spoken(screen, 1)
    desk.press("r", then="Panggilan 2/3")
    expect(phone.get_by_text("Panggilan ke-2 dari 3")).to_be_visible()
    wait_until_spoken(screen, 2)
    assert spoken_by(screen) == [1, 2]


def test_a_double_tap_at_the_kiosk_gives_one_number(mall: Site, someone):
    kiosk = someone("kiosk")
    first, _ = take_at_kiosk(kiosk, mall, "Imigrasi", "Permohonan paspor baru", "Umum")
    second, _ = take_at_kiosk(kiosk, mall, "Imigrasi", "Permohonan paspor baru", "Umum")
    assert (first, second) == ("H001", "H002")


def test_a_visitor_is_absent_comes_back_is_sent_on_and_keeps_the_number(mall: Site, someone):
    phone = someone("phone")
    desk, police = Officer(someone("desktop"), mall), Officer(someone("desktop"), mall)
    label = take_by_phone(phone, mall, "KTP", KTP)
    stay(phone)

    desk.sign_in("petugas2")
    desk.open_counter("3")
    desk.press("n", then="Panggilan 1/3")
    desk.press("r", then="Panggilan 2/3")
    desk.press("r", then="Panggilan 3/3")
    desk.sees("Sudah dipanggil 3 kali")
    desk.press("a", then=f"{label} ditandai tidak hadir.")
    expect(phone.get_by_text("Anda belum ada di tempat saat dipanggil")).to_be_visible()
    desk.go_to(desk.page.get_by_role("button", name=f"Kembalikan {label} ke antrean"))
    desk.page.keyboard.press("Enter")
    expect(phone.locator("[data-gerai-ticket=waiting]")).to_be_visible()
    desk.press("n", then="Panggilan 1/3")
    desk.press("s", then=SERVED)

    desk.page.keyboard.press("t")
    desk.go_to(desk.page.locator("#transfer").get_by_label("Cari"))
    desk.page.keyboard.type("SIM")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("button", name="Panggil berikutnya")).to_be_visible()
    expect(phone.locator("[data-gerai-ticket=waiting]")).to_contain_text("SIM")
    assert phone.locator(".queue-number-phone").inner_text() == label
    desk.close_counter()

    police.sign_in("petugas4")
    police.open_counter("9")
    police.press("n", then="Panggilan 1/3")
    expect(phone.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 9")
    police.press("s", then=SERVED)
    police.page.keyboard.press("h")
    expect(police.page.locator("#hold")).to_be_visible()
    police.go_to(police.page.get_by_role("button", name="Tunda nomor ini"))
    police.press("Enter", then=f"{label} ditunda.")
    expect(phone.locator("[data-gerai-ticket=held]")).to_be_visible()
    police.go_to(police.page.get_by_role("button", name=f"Layani lagi {label}"))
    police.press("Enter", then="Selesai dilayani")
    expect(phone.locator("[data-gerai-ticket=serving]")).to_be_visible()
    police.press("2", then=f"{label} selesai.")
    expect(phone.locator("[data-gerai-ticket=done]")).to_be_visible()
    assert stayed(phone)
    police.close_counter()


def test_a_counter_pauses_and_a_visitor_leaves(mall: Site, someone):
    phone, screen = someone("phone"), someone("hall")
    desk = Officer(someone("desktop"), mall)
    screen.goto(f"{mall.url}/layar/?zona=Z3")
    stay(screen)
    counter = screen.locator("#counters li").filter(has=screen.get_by_text("9", exact=True))
    desk.sign_in("petugas4")
    desk.open_counter("9")
    expect(counter).to_contain_text("Siap")

    desk.page.keyboard.press("p")
    desk.go_to(desk.page.locator("#pause").get_by_label("Istirahat"))
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.sees("Loket jeda sejak pukul")
    desk.sees("Salat.")
    expect(counter).to_contain_text("Jeda")
    desk.press("l", then="Nomor baru muncul sendiri di sini")
    expect(counter).to_contain_text("Siap")
    assert stayed(screen)

    label = take_by_phone(phone, mall, "SIM", "SIM")
    desk.sees(label)
    phone.get_by_role("link", name="Keluar dari antrean").click()
    phone.get_by_role("button", name="Ya, keluar").click()
    expect(phone.locator("[data-gerai-ticket=left]")).to_be_visible()
    desk.sees("Tidak ada yang menunggu.")
    desk.close_counter()
