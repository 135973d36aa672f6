"""A wait one can believe: when to leave, the light, the range, and the judgement of the next day.

The clock of the server begins on a Monday that is still to come; for the next day the server is
killed and started again.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIZES, Server, run, sign_in
from tests.journeys.persons import KTP, SERVED, Officer, take_by_phone
from tests.journeys.test_accessibility import look, overflow_of

pytestmark = pytest.mark.journey

MONDAY = date.today() + timedelta(days=7 - date.today().weekday())


def at(clock: str, *, day: int = 0) -> str:
    """Return a moment of the week that the server is to live in, in the zone of Barru."""
    return f"{MONDAY + timedelta(days=day)}T{clock}+08:00"


def seen(page: Page, name: str) -> list[str]:
    """Keep pictures of a page at phone and desktop, light and dark; return what is wrong."""
    faults = []
    for size in ("phone", "desktop"):
        page.set_viewport_size(SIZES[size])
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            faults += look(page, f"tunggu-{name}-{size}", colours)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    if overflow_of(page) > 0:
        faults.append(f"{name}: {overflow_of(page)} px too wide on 320 px")
    page.set_viewport_size(SIZES["phone"])
    return faults


def test_a_wait_is_foreseen_promised_kept_and_judged(server: Server, someone) -> None:
    server.kill()
    run(server.data, "-m", "tests.journeys.past_weeks", "A", f"{MONDAY}")
    server.start(at("09:40:00"))
    site = server.site
    visitor, desk = someone("phone", bypass_csp=True), someone("desktop", bypass_csp=True)
    supervisor = someone("desktop", bypass_csp=True)
    officer = Officer(desk, site)
    officer.sign_in("petugas1")
    officer.open_counter("2")

    # At home: when to leave, and how busy it is.
    visitor.goto(f"{site.url}/antre/?q=KTP hilang")
    visitor.get_by_role("link", name=KTP).first.click()
    visitor.get_by_role("link", name="Kapan saya harus berangkat?").click()
    visitor.get_by_label("Lama perjalanan Anda (menit)").fill("25")
    visitor.get_by_label("Jam tiba yang diinginkan").select_option("11")
    visitor.get_by_role("button", name="Hitung").click()
    advice = "Berangkat pukul 10.35 agar dipanggil sekitar pukul 11.20"
    expect(visitor.get_by_text(advice)).to_be_visible()
    expect(visitor.get_by_text("Lebih lengang bila Anda tiba pukul 12.00.")).to_be_visible()
    assert seen(visitor, "berangkat") == []
    visitor.goto(f"{site.url}/layanan/")
    visitor.get_by_role("link", name=KTP).first.click()
    now = visitor.locator("#sekarang")
    expect(now).to_contain_text("Lengang")
    expect(now).to_contain_text("paling lama sekitar 5 menit")
    assert seen(visitor, "lampu") == []
    visitor.goto(site.url)
    expect(visitor.get_by_text("Seluruh mal:")).to_be_visible()
    assert seen(visitor, "beranda") == []

    # In the mall: a number, its range, the call within it.
    label = take_by_phone(visitor, site, "KTP hilang", KTP)
    expect(visitor.locator(".ticket-place")).to_contain_text("paling lama sekitar 5 menit")
    officer.press("n", then=label)
    officer.press("s", then=SERVED)
    officer.press("f", then=f"{label} selesai.")

    # The next day it is judged.
    server.kill()
    server.start(at("09:00:00", day=1))
    sign_in(supervisor, site, "pengawas")
    supervisor.goto(f"{site.url}/pengawas/")
    supervisor.get_by_text("Lainnya").click()
    supervisor.get_by_role("link", name="Janji tunggu").click()
    by_day = supervisor.get_by_role("region", name="Per hari")
    cells = by_day.locator("tbody td")
    expect(cells.nth(0)).to_contain_text("5 menit")
    expect(cells.nth(1)).to_have_text("1")
    expect(cells.nth(2)).to_have_text("belum cukup")
    assert seen(supervisor, "janji") == []
    visitor.goto(f"{site.url}/antre/?q=KTP hilang")
    visitor.get_by_role("link", name=KTP).first.click()
    expect(visitor.get_by_text("belum cukup").first).to_be_visible()
