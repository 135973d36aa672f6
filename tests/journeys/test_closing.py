"""Closed for a while, an emergency, the night: everybody is told, and nothing is lost.

The clock of the server begins on a Monday that is still to come; where time must pass, the
server is killed and started at a later hour.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIZES, Server, Site, keep_picture, sign_in
from tests.journeys.persons import KTP, SERVED, Officer, take_by_phone
from tests.journeys.test_accessibility import faults_of, overflow_of

pytestmark = pytest.mark.journey

MONDAY = date.today() + timedelta(days=7 - date.today().weekday())
DUKCAPIL = "Dinas Kependudukan dan Pencatatan Sipil"
CLOSED = "ditutup sementara sampai pukul 11.00"
NETWORK = "listrik atau jaringan padam"
# A page that missed a happening looks again after half a minute by itself.
HEALED = 60_000


def at(clock: str, *, day: int = 0) -> str:
    """Return a moment of the week that the server is to live in, in the zone of Barru."""
    return f"{MONDAY + timedelta(days=day)}T{clock}+08:00"


def started(server: Server, moment: str) -> Site:
    """Let the server die, and come again at a moment."""
    server.kill()
    server.start(moment)
    return server.site


def seen(page: Page, name: str) -> list[str]:
    """Keep pictures of a page in light and dark, of a phone's also on 320 px; judge them."""
    faults = []
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        keep_picture(page, f"tutup-{name}-{colours}")
        faults += [f"{name}: {fault}" for fault in faults_of(page, colours=colours)]
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    assert size is not None
    if size["width"] < SIZES["tablet"]["width"]:
        page.set_viewport_size({"width": 320, "height": 640})
    if overflow_of(page) > 0:
        faults.append(f"{name}: {overflow_of(page)} px too wide")
    page.set_viewport_size(size)
    return faults


def refused(desk: Officer, words: str) -> None:
    """Press the key for the next number, and read why nobody is called."""
    desk.page.wait_for_load_state("load")
    desk.page.keyboard.press("n")
    expect(desk.page.get_by_text(words).first).to_be_visible()


def in_english(page: Page, site: Site) -> Page:
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": site.url}])
    return page


def tile(kiosk: Page, site: Site) -> str:
    """Return what the kiosk says of the population office, wherever among its pages."""
    kiosk.goto(f"{site.url}/kios/")
    office = kiosk.get_by_role("link", name=DUKCAPIL)
    while not office.count():
        kiosk.get_by_role("link", name="Berikutnya").click()
        kiosk.wait_for_load_state()
    return office.inner_text()


def test_an_agency_closes_for_a_while_and_opens_again_by_itself(server: Server, someone):
    server.stop()
    server.start(at("10:00:00"))
    site = server.site
    phone, later = someone("phone", bypass_csp=True), someone("phone", bypass_csp=True)
    english = in_english(someone("phone"), site)
    kiosk, screen = someone("kiosk", bypass_csp=True), someone("4k", bypass_csp=True)
    boss, desk = someone("desktop", bypass_csp=True), Officer(someone("desktop"), site)
    faults = []

    label = take_by_phone(phone, site, "KTP", KTP)
    english.goto(phone.url)
    screen.goto(f"{site.url}/layar/?zona=Z1")
    sign_in(boss, site, "pengawas")
    boss.goto(f"{site.url}/pengawas/penutupan/")
    expect(boss.get_by_text("Tidak ada permintaan.")).to_be_visible()

    # The officer sees what it would change for those who wait, and asks, with a reason.
    desk.sign_in("petugas1")
    desk.open_counter("2")
    desk.page.get_by_role("link", name="Tutup sementara").click()
    effect = desk.page.locator("section[aria-labelledby=akibat]")
    expect(effect.get_by_role("row", name="A · ").first).to_contain_text("tidak ada yang memanggil")
    desk.page.get_by_label("semua loketnya").check()
    desk.page.get_by_label(NETWORK).check()
    desk.page.get_by_label("Keterangan untuk pengunjung").fill("gardu terbakar")
    desk.page.get_by_label("Buka lagi pukul").fill("11.00")
    keep_picture(desk.page, "tutup-minta")
    desk.page.get_by_role("button", name="Kirim permintaan").click()
    desk.sees("menunggu keputusan pengawas")
    expect(phone.get_by_text(CLOSED)).to_have_count(0)

    # The supervisor hears of it without a reload, sees the same, and approves.
    request = boss.get_by_role("link", name="Lihat akibatnya dan putuskan")
    expect(request).to_be_visible()
    faults += seen(boss, "permintaan")
    request.click()
    expect(boss.locator("#akibat")).to_contain_text("1 orang menunggu tanpa ada loket lain")
    faults += seen(boss, "keputusan")
    boss.get_by_label("Pesan untuk petugas").fill("Silakan, teknisi sudah dipanggil.")
    boss.get_by_role("button", name="Setujui penutupan").click()
    expect(boss.get_by_text("Penutupan disetujui.")).to_be_visible()
    faults += seen(boss, "daftar")

    # Everybody is told: who waits, who comes, the hall, the desk.
    expect(phone.get_by_text(CLOSED)).to_contain_text(f"{NETWORK}: gardu terbakar")
    expect(phone.get_by_text("Panggilan berlanjut pukul 11.00")).to_be_visible()
    faults += seen(phone, "ponsel")
    expect(english.locator(".alert-warning")).to_contain_text("11:00")
    expect(english.get_by_text("ditutup sementara")).to_have_count(0)
    expect(screen.locator("#running-text")).to_contain_text(CLOSED)
    faults += seen(screen, "layar")
    desk.sees(CLOSED)
    desk.sees("Silakan, teknisi sudah dipanggil.")
    refused(desk, "Loket ini sedang ditutup sementara")
    assert f"Ditutup sementara: {NETWORK}: gardu terbakar. Buka lagi pukul 11.00." in tile(
        kiosk, site
    )
    faults += seen(kiosk, "kios")
    later.goto(f"{site.url}/antre/?q=KTP")
    later.get_by_role("link", name=KTP).first.click()
    expect(later.get_by_text("Nomor belum dapat diambil")).to_be_visible()
    expect(later.get_by_role("button", name="Ambil nomor")).to_have_count(0)
    faults += seen(later, "ponsel-baru")
    plain = someone("phone", java_script_enabled=False)
    plain.goto(phone.url)
    expect(plain.get_by_text(CLOSED)).to_be_visible()

    # Nobody opens it again: the clock does, also for a server that was away at that moment.
    site = started(server, at("11:00:05"))
    expect(phone.get_by_text(CLOSED)).to_have_count(0, timeout=HEALED)
    expect(phone.locator(".queue-number-phone")).to_have_text(label)
    assert "Ditutup sementara" not in tile(kiosk, site)
    desk.page.goto(f"{site.url}/petugas/")
    desk.press("n", then="Panggilan 1/3")
    expect(phone.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 2", timeout=HEALED)
    row = boss.locator("section[aria-labelledby=hari-ini] tbody tr")
    expect(row).to_contain_text("selesai", timeout=HEALED)
    assert faults == []


def test_an_emergency_holds_everything_and_goes_on_in_the_same_order(server: Server, someone):
    server.stop()
    server.start(at("10:00:00"))
    site = server.site
    first, second = someone("phone", bypass_csp=True), someone("phone", bypass_csp=True)
    kiosk, screen = someone("kiosk", bypass_csp=True), someone("hall", bypass_csp=True)
    reader, boss = someone("phone", bypass_csp=True), someone("desktop", bypass_csp=True)
    desk = Officer(someone("desktop"), site)
    labels = [take_by_phone(page, site, "KTP", KTP) for page in (first, second)]
    screen.goto(f"{site.url}/layar/?zona=Z1")
    desk.sign_in("petugas1")
    desk.open_counter("2")
    kiosk.goto(f"{site.url}/kios/")
    kiosk.locator("a.tile").first.click()
    kiosk.locator("a.tile").first.click()
    kiosk.get_by_role("link", name="Lanjut").click()
    expect(kiosk.get_by_role("button", name="Umum")).to_be_visible()
    sign_in(boss, site, "pengawas")
    boss.goto(f"{site.url}/pengawas/darurat/")
    faults = seen(boss, "darurat-tidak-ada")

    boss.get_by_label("Kebakaran").check()
    boss.get_by_label("Kata-kata untuk semua orang").fill("Asap di dapur lantai dua (contoh).")
    boss.get_by_role("button", name="Lanjut: periksa sekali lagi").click()
    expect(boss.get_by_role("heading", name="Hentikan antrean?")).to_be_visible()
    faults += seen(boss, "darurat-tanya")
    boss.get_by_role("button", name="Ya, hentikan sekarang").click()

    # Who stands before the last button of the kiosk reads it there, and gets no number.
    expect(kiosk.locator("#keadaan-darurat")).to_contain_text("Kebakaran")
    faults += seen(kiosk, "darurat-kios-tombol")
    kiosk.get_by_role("button", name="Umum").dblclick()
    expect(kiosk.get_by_text("Kebakaran. Antrean dihentikan sementara").first).to_be_visible()
    reader.goto(f"{site.url}/")
    kiosk.goto(f"{site.url}/kios/")
    shown = {"ponsel": first, "layar": screen, "kios": kiosk, "situs": reader, "pengawas": boss}
    for name, page in {**shown, "meja": desk.page}.items():
        alarm = page.locator("#keadaan-darurat")
        expect(alarm).to_contain_text("Kebakaran")
        expect(alarm).to_contain_text("Asap di dapur lantai dua")
        expect(alarm.locator("[lang=en]").first).to_contain_text("Fire")
        if page is not desk.page:
            faults += seen(page, f"darurat-{name}")
    refused(desk, "Antrean sedang dihentikan karena keadaan darurat")
    expect(first.locator("[data-gerai-ticket=waiting]")).to_be_visible()

    # Power fails as well; when it is back, the queue still stands still, and nothing is lost.
    site = started(server, at("10:20:00"))
    for page in (first, screen):
        page.reload()
        expect(page.locator("#keadaan-darurat")).to_contain_text("Kebakaran")
    boss.goto(f"{site.url}/pengawas/darurat/")
    boss.get_by_role("button", name="Keadaan aman: lanjutkan antrean").click()
    expect(boss.get_by_text("Urutan nomor tetap seperti semula.")).to_be_visible()
    for page in (first, second, screen):
        expect(page.locator(".emergency")).to_have_count(0, timeout=HEALED)

    desk.page.goto(f"{site.url}/petugas/")
    desk.press("n", then="Panggilan 1/3")
    desk.sees(labels[0])
    expect(first.locator("[data-gerai-ticket=called]")).to_be_visible(timeout=HEALED)
    desk.press("s", then=SERVED)
    desk.press("f", then=f"{labels[0]} selesai.")
    desk.press("n", then="Panggilan 1/3")
    desk.sees(labels[1])
    boss.goto(f"{site.url}/pengawas/darurat/")
    expect(boss.get_by_role("row", name="Kebakaran")).to_contain_text(re.compile("(19|20) menit"))
    faults += seen(boss, "darurat-lalu")
    assert faults == []


def test_the_night_ends_or_keeps_what_nobody_served_and_the_report_tells_it(
    server: Server, someone
):
    server.stop()
    server.start(at("14:00:00"))
    site = server.site
    phone, boss = someone("phone", bypass_csp=True), someone("desktop", bypass_csp=True)
    admin = someone("desktop", bypass_csp=True)
    label = take_by_phone(phone, site, "KTP", KTP)

    site = started(server, at("00:05:05", day=1))
    ended = phone.get_by_text("Hari layanan nomor ini sudah berakhir.")
    expect(ended).to_be_visible(timeout=HEALED)
    sign_in(boss, site, "pengawas")
    boss.goto(f"{site.url}/pengawas/laporan/?hari={MONDAY}")
    night = boss.locator(".card", has_text="Saat hari berakhir")
    # Not reached, kept of these, brought from a day before.
    expect(night.locator(".number")).to_have_text(["1", "0", "0"])
    faults = seen(boss, "malam-laporan")

    sign_in(admin, site, "admin")
    admin.goto(f"{site.url}/kelola/antrean/malam/")
    faults += seen(admin, "malam-aturan")
    admin.get_by_label("di depan antrean").check()
    admin.locator("main form button").click()
    expect(admin.get_by_text("Aturan malam disimpan")).to_be_visible()
    # The visitor of Monday takes a new number on Tuesday, which nobody serves either.
    assert take_by_phone(phone, site, "KTP", KTP) == label

    site = started(server, at("00:05:05", day=2))
    kept = phone.get_by_text("tetap berlaku hari ini, di depan antrean.")
    expect(kept).to_be_visible(timeout=HEALED)
    expect(phone.locator(".queue-number-phone")).to_have_text(label)
    faults += seen(phone, "malam-ponsel")
    sign_in(boss, site, "pengawas")  # a day later nobody is signed in any more
    boss.goto(f"{site.url}/pengawas/laporan/?hari={MONDAY + timedelta(days=1)}")
    expect(night.locator(".number")).to_have_text(["1", "1", "0"])
    assert faults == []
