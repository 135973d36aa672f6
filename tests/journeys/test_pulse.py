"""A supervisor feels the mall's pulse: the map lives, an alarm is taken care of, figures are read.

The clock of the server begins on a Monday that is still to come, at ten.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIZES, Server, keep_picture, sign_in
from tests.journeys.persons import KTP, Officer, take_by_phone
from tests.journeys.test_accessibility import faults_of, overflow_of

pytestmark = pytest.mark.journey

MONDAY = date.today() + timedelta(days=7 - date.today().weekday())
TEN = f"{MONDAY}T10:00:00+08:00"


def seen(page: Page, name: str, sizes: tuple[str, ...]) -> list[str]:
    """Keep pictures of a page on every glass in light and dark; judge them."""
    faults = []
    for size in sizes:
        page.set_viewport_size(SIZES[size])
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            keep_picture(page, f"denyut-{name}-{size}-{colours}")
            faults += [f"{name}-{size}: {fault}" for fault in faults_of(page, colours=colours)]
        page.emulate_media(color_scheme="light")
        if overflow_of(page) > 0:
            faults.append(f"{name}-{size}: {overflow_of(page)} px too wide")
    page.set_viewport_size({"width": 320, "height": 640})
    if overflow_of(page) > 0:
        faults.append(f"{name}: {overflow_of(page)} px too wide on 320")
    page.set_viewport_size(SIZES["desktop"])
    return faults


def seat(page: Page, code: str):
    """Return a counter of the list beside the map."""
    return page.locator(".seats > li").filter(
        has=page.get_by_role("link", name=re.compile(rf"^Loket {code}$"))
    )


def test_a_supervisor_feels_the_pulse(server: Server, someone):
    server.stop()
    server.start(TEN)
    site, faults = server.site, []
    boss, second = someone("desktop", bypass_csp=True), someone("desktop")
    phone, desk = someone("phone"), Officer(someone("desktop", bypass_csp=True), site)

    # Nobody is at counter 2 though its agency is open: seen at once, in map, list and alarms.
    sign_in(boss, site, "pengawas")
    boss.goto(f"{site.url}/pengawas/")
    boss.get_by_role("link", name=re.compile("Denyut")).click()
    expect(boss.get_by_role("heading", name="Denyut mal")).to_be_visible()
    expect(seat(boss, "2")).to_contain_text("Kosong pada jam tugas")
    expect(boss.locator("#denyut .plan-counter.is-danger").first).to_be_visible()
    waiting = boss.locator(".pulse-people .pulse-person")
    before = waiting.count()

    # The officer opens it, somebody comes, is called and served: the map follows by itself.
    desk.sign_in("petugas1")
    desk.open_counter("2")
    expect(seat(boss, "2")).to_contain_text("Siap")
    take_by_phone(phone, site, "KTP", KTP)
    expect(seat(boss, "2")).to_contain_text("1 orang menunggu")
    expect(waiting).to_have_count(before + 1)
    desk.page.wait_for_load_state("load")
    desk.press("n", then="Mulai layani")
    expect(seat(boss, "2")).to_contain_text("Memanggil")
    expect(boss.locator(".pulse-people .pulse-served")).to_have_count(1)
    desk.press("s", then="Selesai")
    expect(seat(boss, "2")).to_contain_text("Melayani")

    # With the keyboard alone one of two supervisors takes care of an alarm; the other sees who.
    sign_in(second, site, "admin")
    second.goto(f"{site.url}/pengawas/denyut/")
    other = second.locator("#alarm li").first
    expect(other.get_by_role("button", name=re.compile("Saya tangani"))).to_be_visible()
    loud = int(boss.locator("#alarm").get_attribute("data-gerai-alarms") or 0)
    take = boss.locator("#alarm li").first.get_by_role("button", name=re.compile("Saya tangani"))
    take.focus()
    boss.keyboard.press("Enter")
    expect(boss.get_by_text("Alarm ini tercatat Anda tangani.")).to_be_visible()
    expect(second.locator("#alarm")).to_have_attribute("data-gerai-alarms", str(loud - 1))
    expect(second.locator("#alarm")).to_contain_text("Ditangani Pengawas Contoh")

    # Nothing sounds unless somebody asks for it.
    chime = boss.get_by_role("button", name="Bunyikan alarm baru")
    expect(chime).to_have_attribute("aria-pressed", "false")
    chime.click()
    expect(chime).to_have_attribute("aria-pressed", "true")
    faults += seen(boss, "peta", ("phone", "desktop", "4k"))

    # The limits are the mall's own.
    boss.get_by_role("link", name="Batas", exact=True).click()
    boss.get_by_label("Janji tunggu terlama").fill("20")
    boss.get_by_label("Sumber janji itu").fill("Maklumat pelayanan (contoh)")
    faults += seen(boss, "batas", ("phone", "desktop"))
    boss.get_by_role("button", name="Simpan batas").click()
    expect(boss.locator("#alarm")).to_contain_text("20 menit (Maklumat pelayanan (contoh))")

    # The day is read afterwards, and its figures name nobody.
    boss.get_by_role("link", name="Alarm per hari").click()
    expect(boss.get_by_role("row", name=re.compile("Loket 2:"))).to_contain_text("00.00")
    faults += seen(boss, "hari", ("phone", "desktop"))
    desk.press("f", then="Panggil berikutnya")
    boss.get_by_role("link", name="Angka", exact=True).click()
    expect(boss.locator("#angka").get_by_text("1 (100 persen)").first).to_be_visible()
    expect(boss.locator("#angka")).not_to_contain_text("Petugas Contoh")
    faults += seen(boss, "angka", ("phone", "desktop", "4k"))

    # A refused question is answered once: the page does not fetch itself for ever.
    asked: list[str] = []
    boss.on("request", lambda request: asked.append(request.url))
    boss.goto(f"{site.url}/pengawas/denyut/angka/?sejak=kemarin")
    expect(boss.get_by_text("Ada isian yang perlu diperbaiki")).to_be_visible()
    boss.wait_for_timeout(2000)
    assert sum("sejak=kemarin" in url for url in asked) <= 2

    # The officer sees their own time, calmly.
    desk.page.goto(f"{site.url}/petugas/waktu-saya/")
    expect(desk.page.get_by_role("heading", name="Waktu saya hari ini")).to_be_visible()
    faults += seen(desk.page, "waktu-saya", ("phone", "desktop"))
    assert faults == []


def test_without_script_the_pulse_is_whole(server: Server, someone):
    server.stop()
    server.start(TEN)
    plain = someone("phone", java_script_enabled=False)
    sign_in(plain, server.site, "pengawas")
    plain.goto(f"{server.site.url}/pengawas/denyut/")
    expect(plain.get_by_role("button", name="Bunyikan alarm baru")).to_be_hidden()
    at_list = plain.locator(".pulse-list").first.bounding_box()
    at_map = plain.locator("#denyut .plan-sheet").first.bounding_box()
    assert at_list["y"] < at_map["y"], "on a phone the list comes first"
    plain.locator("#alarm li").first.get_by_role("button").click()
    expect(plain.get_by_text("Alarm ini tercatat Anda tangani.")).to_be_visible()
    expect(plain.locator("#alarm")).to_contain_text("Ditangani Pengawas Contoh")
