"""The order of calling from draft to call: written, tried on a past day, published, explained."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, run_gerai, serve, sign_in
from tests.journeys.persons import KTP, SERVED, Officer, take_at_kiosk
from tests.journeys.test_accessibility import look

pytestmark = pytest.mark.journey

DUKCAPIL = "Dinas Kependudukan dan Pencatatan Sipil"


@pytest.fixture(scope="module")
def with_past(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a sample mall whose last working day is on record with its counters."""
    data = installation()
    run_gerai(data, "sample", "--past", "--quiet")
    yield from serve(data)


def press(page: Page, name: str) -> None:
    """Press the first button of this name and wait for the page that comes."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_a_rule_is_written_tried_published_followed_and_explained(with_past: Site, someone):
    site = with_past
    desk, admin = someone("desktop", bypass_csp=True), someone("desktop", bypass_csp=True)
    kiosk, phone, english = someone("kiosk"), someone("phone"), someone("phone")
    officer = Officer(desk, site)
    officer.sign_in("petugas1")
    officer.open_counter("2")
    taken = [
        take_at_kiosk(kiosk, site, DUKCAPIL, KTP, group) for group in ("Umum", "Lansia", "Umum")
    ]
    (first, _), (elderly, waiting), (last, _) = taken

    phone.goto(f"{site.url}/antre/nomor/{waiting}/")
    expect(phone.get_by_text("Nomor prioritas didahulukan")).to_be_attached()

    sign_in(admin, site, "admin")
    admin.goto(f"{site.url}/pengawas/aturan/")
    expect(admin.get_by_text("Versi 3 berlaku sekarang")).to_be_visible()
    admin.get_by_role("link", name="Lihat versi 3").click()
    expect(admin.get_by_text("yang sudah menunggu 120 menit").first).to_be_visible()
    admin.go_back()
    admin.get_by_role("link", name="Susun versi baru").click()
    assert look(admin, "aturan-susun", "light") == []
    numbers = admin.get_by_label("Nomor prioritas berturut-turut, paling banyak")
    numbers.fill("9")
    # As an old browser that checks nothing by itself.
    admin.locator("main form").evaluate_all("all => all.forEach(f => { f.noValidate = true; })")
    press(admin, "Periksa")
    expect(admin.get_by_text("Isi dengan bilangan bulat 0 sampai 5.").first).to_be_visible()
    expect(numbers).to_have_value("9")
    numbers.fill("0")
    press(admin, "Periksa")
    expect(admin.get_by_text("Aturan ini dapat dipakai")).to_be_visible()

    press(admin, "Coba pada hari yang lalu")
    expect(admin.get_by_role("heading", name="Ulangi hari yang lalu")).to_be_visible()
    whole = admin.locator("tbody").filter(
        has=admin.locator("th", has_text=re.compile("^Seluruh mal, prioritas$"))
    )
    expect(whole.locator("tr")).to_have_count(3)
    waits = [row.locator("td").nth(1).inner_text() for row in whole.locator("tr").all()]
    assert waits[2] != waits[1]
    assert look(admin, "aturan-putar-ulang", "light") == []
    press(admin, "Terbitkan")
    expect(admin.get_by_text("Aturan versi 4 mulai berlaku.")).to_be_visible()

    officer.press("n", then=first)
    officer.press("s", then=SERVED)
    officer.press("f", then=f"{first} selesai.")
    officer.press("n", then=elderly)
    officer.sees("Paling dahulu datang")

    _label, token = taken[2]
    phone.goto(f"{site.url}/antre/nomor/{token}/")
    phone.get_by_text("Mengapa belum giliran saya?").click()
    expect(phone.get_by_text("Tidak ada kelompok yang didahulukan.")).to_be_visible()
    expect(phone.get_by_text("Aturan yang berlaku: versi 4.")).to_be_visible()
    english.context.add_cookies([{"name": "django_language", "value": "en", "url": site.url}])
    english.goto(f"{site.url}/antre/nomor/{token}/")
    expect(english.locator("html")).to_have_attribute("lang", "en")
    english.get_by_text("Why is it not my turn").click()
    why = english.locator("details[open] li")
    assert why.count() >= 3
    assert not re.search(r"\b(antrean|nomor|versi)\b", " ".join(why.all_inner_texts()))

    supervisor = someone("desktop", bypass_csp=True)
    sign_in(supervisor, site, "pengawas")
    supervisor.goto(f"{site.url}/pengawas/")
    supervisor.get_by_role("link", name=elderly, exact=True).first.click()
    supervisor.get_by_text("Yang ditimbang").click()
    weighed = supervisor.locator("details[open] .lines li")
    expect(weighed).to_have_count(2)
    expect(weighed.filter(has_text=elderly)).to_contain_text("dipanggil")
    expect(weighed.filter(has_text=last)).to_contain_text("umum")
    assert look(supervisor, "aturan-ditimbang", "light") == []
    supervisor.get_by_role("link", name="Aturan versi 4").click()
    expect(supervisor.get_by_text("Saat ini tidak ada kelompok yang didahulukan.")).to_be_visible()
    expect(supervisor.get_by_role("link", name="Susun versi baru")).to_have_count(0)
