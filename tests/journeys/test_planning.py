"""A supervisor plans counters from the mall's own tickets, and is told what helps now."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIZES, Site, run, run_gerai, serve, sign_in
from tests.journeys.test_accessibility import HALF, look, narrow_faults

pytestmark = pytest.mark.journey

# A mean with its band in brackets.
BAND = r"[\d,]+ \([\d,]+\W[\d,]+\)"
SECONDS = 1000
# One of two officers of the busiest agency has gone, and twelve more people have come.
CROWD = """
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM, VISITOR
from gerai.queue.actions import desks, serving, tickets
from gerai.queue.models import Desk, Line, Ticket
with in_mall(Mall.objects.get(slug="barru")):
    desk = Desk.objects.get(closed_at=None, counter__code="3")
    for ticket in Ticket.objects.filter(counter=desk.counter, state__in=("called", "serving")):
        if ticket.state == "called":
            serving.start(ticket, by=SYSTEM)
        serving.finish(ticket, by=SYSTEM)
    desks.close_desk(desk, by=SYSTEM)
    service = Line.objects.get(code="A").services.order_by("pk")[0]
    for number in range(12):
        tickets.take(
            service,
            door="kiosk",
            group="ordinary",
            idempotency_key=f"ramai-{number:026}",
            by=VISITOR,
        )
"""


@pytest.fixture(scope="module")
def busy(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a mall with half a year behind it and a crowd in front of one counter."""
    data = installation()
    run_gerai(data, "sample", "--past", "--quiet")
    run(data, "-m", "tests.journeys.busy_day")
    run_gerai(data, "shell", "-c", CROWD)
    yield from serve(data)


def pictures(page: Page, name: str) -> list[str]:
    """Keep pictures of a page at three sizes, light and dark; return what is wrong with it."""
    faults = []
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        for size in ("phone", "desktop", "4k"):
            page.set_viewport_size(SIZES[size])
            faults += look(page, f"{name}-{size}", colours)
    page.emulate_media(color_scheme="light")
    faults += narrow_faults(page, name, HALF)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(SIZES["desktop"])
    return faults


def test_a_plan_from_the_mall_s_own_tickets(busy: Site, someone):
    page = someone("desktop", bypass_csp=True)
    sign_in(page, busy, "pengawas")
    page.goto(f"{busy.url}/pengawas/")
    page.get_by_text("Lainnya").click()
    page.get_by_role("link", name="Rencana loket").click()
    page.get_by_role("link", name="Dari nomor antrean").click()
    page.get_by_label("Nama rencana").fill("Contoh: hari kerja biasa")
    page.get_by_label("Mal buka pukul").fill("08.00")
    page.get_by_label("Mal tutup pukul").fill("15.00")
    page.get_by_label("Biaya satu petugas per jam").fill("30000")
    page.get_by_label("Sumber angka biaya").fill("Contoh")
    page.get_by_label("Hari yang dibaca").fill("10")
    page.get_by_role("button", name="Hitung rencana").click()

    progress = page.get_by_role("status").filter(has_text=re.compile("disiapkan|sudah dimainkan"))
    expect(progress).to_be_visible()
    faults = look(page, "rencana-kemajuan", "light")
    result = page.locator("#hasil")
    expect(result.get_by_role("heading", name="Jawabannya")).to_be_visible(timeout=240 * SECONDS)

    expect(result).to_contain_text(
        re.compile(f"Tunggu rata-rata, menit {BAND}".replace(" ", r"\s*"))
    )
    expect(result).to_contain_text(re.compile(r"Biayanya Rp[\d.]+ sehari\."))
    more = page.get_by_role("heading", name="Satu loket lagi").locator("xpath=..")
    expect(more).to_contain_text(re.compile(rf"tiap orang menunggu {BAND} menit lebih singkat"))
    expect(more).to_contain_text("Rp210.000 sehari")
    faults += pictures(page, "rencana-jawaban")
    assert faults == []


def test_the_quick_form_says_unstable_and_what_one_more_counter_gives(busy: Site, someone):
    page = someone("desktop", bypass_csp=True)
    sign_in(page, busy, "pengawas")
    page.goto(f"{busy.url}/pengawas/rencana/")
    page.get_by_role("link", name="Hitungan cepat").click()
    page.get_by_label("Orang datang tiap jam").fill("12")
    page.get_by_label("Menit tiap orang").fill("10")
    page.get_by_label("Loket yang buka").fill("2")
    page.get_by_role("button", name="Hitung").click()

    expect(page.locator(".alert-title")).to_have_text("Tidak stabil")
    expect(page.locator(".alert")).to_contain_text("Bukalah sedikitnya 3 loket.")
    expect(page.locator("tbody tr").nth(0)).to_contain_text("tidak stabil")
    # Two desks' work for three: rho 2/3, Pw 4/9, Wq 40/9 minutes, Lq 8/9.
    expect(page.locator("tbody tr").nth(1)).to_have_text(
        re.compile(r"3 loket\s*66,7%\s*44,4%\s*4,4 menit\s*0,9")
    )
    faults = pictures(page, "rencana-tidak-stabil")
    page.get_by_label("Loket yang buka").fill("3")
    page.get_by_role("button", name="Hitung").click()
    expect(page.locator("tbody tr").nth(0)).to_contain_text("3 loket")
    expect(page.locator(".alert")).to_have_count(0)
    assert faults == []


def test_a_crowd_is_answered_with_advice(busy: Site, someone):
    page = someone("desktop", bypass_csp=True)
    sign_in(page, busy, "pengawas")
    page.goto(f"{busy.url}/pengawas/")
    page.get_by_text("Lainnya").click()
    page.get_by_role("link", name="Saran loket").click()

    advice = page.locator("#saran")
    expect(
        advice.get_by_role("heading", name=re.compile("Buka loket 3 untuk Disdukcapil"))
    ).to_be_visible(timeout=120 * SECONDS)
    expect(advice).to_contain_text(re.compile(rf"pengunjung menunggu {BAND} menit lebih singkat"))
    expect(advice).to_contain_text(re.compile(r"Butuh 1 petugas selama .*(jam|menit)"))
    faults = pictures(page, "saran")
    page.get_by_role("link", name="Ke loket 3").click()
    expect(page).to_have_url(re.compile("/pengawas/loket/"))
    assert faults == []
