"""Screens that are laid out, loud at their hour, and watched."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import keep_picture, sign_in
from tests.journeys.screens.hall import SLOW, Hall, mall_time

# Sounds are counted and timed: nothing else is to run beside.
pytestmark = [pytest.mark.journey, pytest.mark.alone]

# A tablet on a wall that nobody has plugged in.
BATTERY = """
navigator.getBattery = () => Promise.resolve(
  { level: 0.12, charging: false, chargingTime: Infinity, dischargingTime: 900 });
"""
WRONG_CLOCK = """
const Right = Date;
const late = -9 * 365 * 24 * 3600e3;
window.Date = class extends Right {
  constructor(...told) {
    if (told.length) super(...told);
    else super(Right.now() + late);
  }
  static now() { return Right.now() + late; }
};
"""
# What a browser does that was never touched and may not sound yet.
MUTE = """
AudioContext.prototype.resume = async () => {};
Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
"""


@pytest.fixture
def admin(hall: Hall, someone: Callable[..., Page]) -> Page:
    page = someone("desktop")
    sign_in(page, hall.server.site, "admin")
    return page


def say(admin: Page, hall: Hall, zone: int, *, mode: str, volume: int, english: str) -> None:
    """Say in the form how a zone speaks in the present hours."""
    admin.goto(f"{hall.url}/kelola/layar/zona/{zone}/suara/")
    admin.locator(f"[name=english][value={english}]").check()
    now = mall_time()
    admin.fill("[name=begins_1]", f"{now - timedelta(hours=1):%H:%M}")
    admin.fill("[name=ends_1]", f"{now + timedelta(hours=3):%H:%M}")
    admin.select_option("[name=mode_1]", mode)
    admin.fill("[name=volume_1]", str(volume))
    admin.get_by_role("button", name="Simpan").click()
    admin.wait_for_url(f"{hall.url}/kelola/layar/")


def test_a_layout_and_a_notice_reach_the_open_screen(hall: Hall, admin: Page):
    screen = hall.screen("Layar timur").page
    expect(screen.locator("#earlier")).to_be_visible()
    screen.evaluate("window.isOld = true")

    admin.goto(f"{hall.url}/kelola/layar/")
    keep_picture(admin, "layar-kelola")
    admin.get_by_role("link", name="Tata letak Layar timur").click()
    admin.get_by_label("Di samping panggilan").select_option("notices")
    admin.get_by_label("Bawah kiri").select_option("news")
    admin.get_by_label("Bawah tengah").select_option("opening")
    with admin.context.expect_page() as opened:
        admin.get_by_role("button", name="Lihat dahulu").click()
    preview = opened.value
    expect(preview.locator("#notices")).to_be_visible()
    expect(screen.locator("#earlier")).to_be_visible()
    preview.close()
    keep_picture(admin, "layar-tata")
    admin.get_by_role("button", name="Simpan").click()

    expect(screen.locator("#notices")).to_be_visible(timeout=SLOW)
    expect(screen.locator("#earlier")).to_have_count(0)
    expect(screen.locator("#news li")).not_to_have_count(0)
    expect(screen.locator("#opening")).to_contain_text(f"{mall_time():%H}.")
    assert screen.evaluate("window.isOld") is None

    now = mall_time()
    admin.goto(f"{hall.url}/kelola/layar/")
    admin.get_by_role("textbox", name="Pengumuman", exact=True).fill(
        "Listrik padam sebentar pukul dua (contoh)."
    )
    admin.get_by_label("Dalam bahasa Inggris").fill("A short power cut at two (sample).")
    admin.get_by_label("Mulai tampil").fill(f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M}")
    admin.get_by_label("Berhenti tampil").fill(f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    admin.get_by_label("Penting: tampil paling depan").check()
    admin.get_by_role("button", name="Umumkan").click()
    first = screen.locator("#notices li").first
    expect(first).to_contain_text("Listrik padam sebentar pukul dua", timeout=SLOW)
    expect(first).to_contain_text("A short power cut at two")
    expect(screen.locator("#running-text")).to_contain_text("Listrik padam sebentar")
    keep_picture(screen, "layar-tata-baru")
    admin.get_by_role("link", name="Listrik padam sebentar").click()
    admin.get_by_text("Hapus dari layar").click()
    admin.get_by_role("button", name="Ya, hapus").click()
    expect(screen.locator("#notices")).not_to_contain_text("Listrik padam", timeout=SLOW)


def test_a_zone_speaks_as_its_hour_wants_and_always_writes(hall: Hall, admin: Page):
    screen = hall.screen("Layar timur")
    say(admin, hall, screen.zone, mode="voice", volume=40, english="always")
    admin.goto(f"{hall.url}/kelola/perangkat/{screen.pk}/")
    admin.get_by_label("Keras suara layar ini").fill("50")
    admin.get_by_role("button", name="Simpan").click()
    expect(admin.get_by_text("Perangkat disimpan.")).to_be_visible()
    hall.call("A035")
    screen.wait_until("spoken", 1)
    # The gong, Indonesian, English: each half of forty.
    assert screen.of("volume") == [20, 20, 20]
    assert screen.of("ended") == screen.of("began")
    assert all(length > 1.5 for length in screen.of("ended"))
    # An ear can tell one part from the next.
    assert len(screen.of("rest")) == 2
    assert min(screen.of("rest")) >= 390

    say(admin, hall, screen.zone, mode="gong", volume=100, english="never")
    hall.call("B112")
    screen.wait_until("spoken", 2)
    assert (screen.count("ended"), screen.of("volume")[3:]) == (4, [50])

    say(admin, hall, screen.zone, mode="silent", volume=100, english="never")
    hall.call("C207")
    words = screen.page.locator(".screen-caption p.is-spoken")
    expect(words).to_contain_text("Nomor antrean C, dua, nol, tujuh.", timeout=SLOW)
    began = time.monotonic()
    expect(screen.page.locator(".screen-caption")).to_contain_text("Jam tenang")
    expect(screen.page.locator("#now .queue-number")).to_have_text("C207")
    expect(screen.page.locator(".screen-direction")).to_contain_text("Loket")
    size = words.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    keep_picture(screen.page, "layar-jam-tenang")
    screen.wait_until("spoken", 3)
    assert time.monotonic() - began > 3
    assert size >= 30
    # Not a sound more, and yet announced like the others.
    assert screen.count("began") == 4
    screen.page.wait_for_timeout(2_000)
    assert hall.speech() == [[1, "spoken"], [2, "spoken"], [3, "spoken"]]


def test_two_screens_of_a_zone_one_of_which_may_not_sound(hall: Hall, someone: Callable[..., Page]):
    silent = hall.screen("Layar bisu", MUTE)
    expect(silent.page.get_by_role("button", name="Aktifkan suara")).to_be_visible()
    keep_picture(silent.page, "layar-belum-bersuara")
    hall.call("A001")
    expect(silent.page.locator("#now .queue-number")).to_have_text("A001", timeout=SLOW)
    silent.page.wait_for_timeout(6_000)
    assert hall.speech() == [[1, "waiting"]]
    watch = someone("desktop")
    sign_in(watch, hall.server.site, "pengawas")
    watch.goto(f"{hall.url}/pengawas/")
    mute = watch.get_by_text("Layar “Layar bisu” belum dapat bersuara.")
    expect(mute).to_be_visible(timeout=2 * SLOW)
    keep_picture(watch, "pengawas-layar-bisu")

    loud = hall.screen("Layar bersuara")
    loud.wait_until("spoken", 1)
    loud.page.wait_for_timeout(2_000)
    assert hall.speech() == [[1, "spoken"]]
    assert silent.count("began") == 0


def test_a_device_tells_how_it_is_reloads_from_afar_and_is_missed(
    hall: Hall, admin: Page, someone: Callable[..., Page]
):
    screen = hall.screen("Layar timur", BATTERY)
    admin.goto(f"{hall.url}/kelola/perangkat/")
    row = admin.get_by_role("row", name="Layar timur")
    expect(row).to_contain_text("12%", timeout=SLOW)
    expect(row).to_contain_text("hampir habis")
    expect(row).to_contain_text("Baru saja")
    expect(row).to_contain_text(re.compile("jaringan|Wi-Fi|kabel|tersambung"))
    keep_picture(admin, "perangkat-daftar")

    # Loaded anew from afar in the middle of a call: the call is said to its end first.
    admin.goto(f"{hall.url}/kelola/perangkat/{screen.pk}/")
    screen.page.evaluate("window.isOld = true")
    hall.call("A035")
    screen.wait_until("began", 2)
    admin.get_by_role("button", name="Muat ulang halamannya").click()
    screen.page.wait_for_function("() => window.isOld === undefined", timeout=SLOW)
    screen.page.wait_for_timeout(7_000)
    assert screen.of("spoken") == [1]
    assert (screen.count("began"), screen.count("ended")) == (2, 2)
    assert hall.speech() == [[1, "spoken"]]
    expect(admin.locator("#keadaan")).not_to_contain_text("menunggu dimuat ulang")

    admin.get_by_label("Dicari setelah diam (menit)").fill("1")
    admin.get_by_role("button", name="Simpan").click()
    expect(admin.get_by_text("Perangkat disimpan.")).to_be_visible()
    watch = someone("desktop")
    sign_in(watch, hall.server.site, "pengawas")
    watch.goto(f"{hall.url}/pengawas/")
    alarm = watch.get_by_text("Layar “Layar timur” diam sejak pukul")
    expect(alarm).to_have_count(0)
    screen.page.goto("about:blank")
    expect(alarm).to_be_visible(timeout=180_000)
    expect(admin.locator("#keadaan .is-danger")).to_be_visible(timeout=SLOW)
    keep_picture(watch, "pengawas-layar-diam")
    screen.page.goto(f"{hall.url}/layar/")
    expect(alarm).to_have_count(0, timeout=SLOW)
    admin.reload()
    expect(admin.locator("#absences")).to_contain_text("kembali")
    keep_picture(admin, "perangkat-riwayat")


def test_a_wrong_clock_of_the_device_is_not_believed(hall: Hall):
    screen = hall.screen("Layar timur", WRONG_CLOCK).page
    clock = screen.locator(".hall-clock .screen-time span").first
    date = screen.locator(".hall-clock [data-gerai-clock-shows=date]")

    def hours() -> re.Pattern[str]:
        near = (mall_time() + timedelta(minutes=minute) for minute in (-1, 0, 1))
        return re.compile("|".join(f"{each:%H.%M}" for each in near))

    expect(date).to_contain_text(str(mall_time().year))
    screen.wait_for_timeout(2_500)
    expect(clock).to_have_text(hours())
    screen.wait_for_function("() => localStorage['gerai.skew'] > 0")
    hall.call("A035")
    expect(screen.locator("#now .queue-number")).to_have_text("A035", timeout=SLOW)
    hall.server.kill()
    since = screen.locator("[data-gerai-away-since]")
    expect(since).to_be_visible(timeout=SLOW)
    expect(since).to_have_text(hours())
    hall.server.start()
    expect(since).to_be_hidden(timeout=SLOW)
