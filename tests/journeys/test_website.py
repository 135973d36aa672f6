"""The website in real browsers: plain on a small phone, live, in English, and light to load."""

import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polib
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, SIZES, Site, keep_picture
from tests.journeys.persons import Officer

pytestmark = pytest.mark.journey

SMALL: Any = {"width": 320, "height": 568}
STORY = "/berita/pengumuman/mengambil-nomor-tanpa-ponsel/"
PLACES = [
    "/",
    "/layanan/",
    "/layanan/duk-02/",
    "/instansi/",
    "/instansi/disdukcapil/",
    "/lantai/",
    "/lantai/?layanan=duk-02",
    "/cari/?q=ktp",
    "/cari/?q=zzzqqq",
    "/berita/",
    STORY,
    "/sejarah/",
    "/kabar/",
    "/buletin/",
    "/tidak/ada/",
]


def test_a_visitor_without_script_comes_from_a_misspelling_to_the_counter(
    site: Site, someone: Callable[..., Page]
):
    page = someone("phone", java_script_enabled=False)
    page.set_viewport_size(SMALL)
    page.goto(f"{site.url}/")
    page.get_by_label("Apa yang ingin Anda urus?").fill("penerbitn ktp hilng")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.get_by_text("Ejaannya kami betulkan.")).to_be_visible()
    page.get_by_role("link", name="Penerbitan KTP-el karena hilang").first.click()
    answer_the_questions(page)
    page.get_by_role("link", name="Tunjukkan di denah").click()
    expect(page.locator(".way-sentence").first).to_contain_text("loket 2 dan 3")
    assert page.locator(".plan-found .plan-code").all_text_contents() == ["2", "3"]
    assert page.locator(".seats .is-found .seat-code").all_text_contents() == ["Loket 2", "Loket 3"]
    keep_picture(page, "situs-denah-kecil")


def answer_the_questions(page: Page) -> None:
    """Say no to every question: the list gets shorter, and its address remembers the answers."""
    before = page.locator("#daftar .requirements li").count()
    questions = page.locator(".question")
    assert questions.count() > 0
    for place in range(questions.count()):
        questions.nth(place).get_by_label("Tidak").check()
    page.get_by_role("button", name="Susun daftar saya").click()
    expect(page.get_by_role("heading", name="Daftar saya")).to_be_visible()
    after = page.locator("#daftar .requirements li").count()
    spared = page.locator("#daftar .spared li").count()
    assert (before - after, spared > 0) == (spared, True)
    assert "=tidak" in page.url
    assert page.locator("#daftar a[href^='https://wa.me/']").count() == 1
    keep_picture(page, "situs-daftar-saya")


def test_the_floor_plan_follows_a_counter_by_itself(mall: Site, someone: Callable[..., Page]):
    page, desk = someone("desktop"), Officer(someone("desktop"), mall)
    page.goto(f"{mall.url}/lantai/")
    page.evaluate("window.stayed = true")
    seat = page.locator(".seats > li").filter(
        has=page.locator(".seat-code", has_text=re.compile(r"\b2$"))
    )
    expect(seat.locator(".seat-state")).not_to_contain_text("Siap")
    before = seat.locator(".seat-state").inner_text()
    desk.sign_in("petugas1")
    desk.open_counter("2")
    expect(seat.locator(".seat-state")).not_to_have_text(before)
    expect(page.locator(".plan-counter.is-open .plan-code").first).to_have_text("2")
    assert page.evaluate("window.stayed")
    desk.close_counter()
    expect(seat.locator(".seat-state")).to_have_text(before)


STATUS_OF = """async ways => Object.fromEntries(
  await Promise.all(ways.map(async way => [way, (await fetch(way)).status])))"""


def test_every_way_of_the_menu_leads_somewhere(site: Site, someone: Callable[..., Page]):
    page = someone("desktop")
    page.goto(f"{site.url}/")
    ways = page.eval_on_selector_all(
        "header a, footer a, .home-head a, .breadcrumbs a",
        "all => [...new Set(all.map(a => a.getAttribute('href')))]",
    )
    assert len(ways) > 10
    answers = page.evaluate(STATUS_OF, ways)
    assert {way: status for way, status in answers.items() if status != 200} == {}


def test_an_article_can_be_printed_and_shared(site: Site, someone: Callable[..., Page]):
    page = someone("desktop")
    page.goto(site.url + STORY)
    title = page.locator("h1").inner_text()
    shared = page.eval_on_selector_all(".story-share a", "all => all.map(a => a.href)")
    assert [re.sub(r"[?#].*", "", way) for way in shared] == [
        "https://wa.me/",
        "https://t.me/share/url",
        "https://www.facebook.com/sharer/sharer.php",
        "mailto:",
        site.url + STORY,
    ]
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    page.get_by_role("link", name="Tampilan cetak").click()
    page.wait_for_function("() => window.printed === 1")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_have_text(title)
    hidden = (".site-header", ".site-footer", ".story-share", ".comments", ".story-back")
    for part in hidden:
        expect(page.locator(part)).to_be_hidden()
    keep_picture(page, "situs-cetak")


# What a page says, apart from what is marked as Indonesian: the names and stories of the mall.
SAID = """() => {
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent.closest("script, [lang=id]")) said.push(walk.currentNode.textContent);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest("[lang=id]")) said.push(element.getAttribute(name));
  return said.map(words => words.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


# An agency's short name and a fee, which are also words of ours.
NAMES = {"Imigrasi", "Gratis"}


def indonesian() -> set[str]:
    """Return every sentence of ours that English says otherwise."""
    catalogue = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))
    said = {entry.msgid for entry in catalogue if entry.msgstr and entry.msgstr != entry.msgid}
    return said - NAMES


def test_a_reader_who_chose_english_reads_no_indonesian_around_the_content(
    site: Site, someone: Callable[..., Page]
):
    page = someone("desktop")
    page.goto(f"{site.url}/")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    ours = indonesian()
    left = {}
    for place in PLACES:
        page.goto(site.url + place)
        found = sorted(set(page.evaluate(SAID)) & ours)
        if found:
            left[place] = found
        keep_picture(page, f"situs-en-{re.sub(r'[^a-z0-9]+', '-', place).strip('-') or 'beranda'}")
    assert left == {}


# A visitor's phone on slow 4G: 150 ms, 1.6 Mbit/s down, 0.75 Mbit/s up.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
HEAVIEST = 150 * 1024
# A text of one line over the same line in the same browser is the yardstick of a paint.
PLAINEST = "/robots.txt"
# Size and pixels of each point.
Glass = tuple[str, float]
PHONE: Glass = ("phone", 2)
SLOWEST = 7
LARGEST_PAINT = """() => new Promise(done => {
  new PerformanceObserver(list => done(Math.max(...list.getEntries().map(e => e.startTime))))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""


@dataclass
class Load:
    """What a first visit cost."""

    bytes: int
    paint_ms: float
    requests: int


def first_visit(browser: Browser, url: str, size: str, scale: float) -> Load:
    """Open a page as one who was never here, over a slow line; wait until all has come."""
    context = browser.new_context(viewport=SIZES[size], device_scale_factor=scale, locale="id-ID")
    page = context.new_page()
    line = context.new_cdp_session(page)
    came: list[int] = []
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(2500)
    paint = page.evaluate(LARGEST_PAINT)
    context.close()
    return Load(int(sum(came)), paint, len(came))


@pytest.fixture(scope="module")
def yardstick_ms(lively: Site, browser: Browser) -> float:
    """Return when the plainest page was painted, the median of three visits."""
    paints = [first_visit(browser, lively.url + PLAINEST, *PHONE).paint_ms for _ in range(3)]
    return statistics.median(paints)


@pytest.mark.alone
@pytest.mark.parametrize("glass", [PHONE, ("desktop", 1)])
@pytest.mark.parametrize("path", ["/", "/layanan/duk-02/", STORY])
def test_a_first_visit_over_a_slow_line_is_light_and_quick(
    lively: Site, browser: Browser, yardstick_ms: float, path: str, glass: Glass
):
    load = first_visit(browser, lively.url + path, *glass)
    print(
        f"{path} {glass[0]}: {load.bytes / 1024:.0f} KiB in {load.requests} requests,"
        f" largest paint after {load.paint_ms:.0f} ms, the plainest page's {yardstick_ms:.0f}"
    )
    assert load.bytes <= HEAVIEST
    assert load.paint_ms <= SLOWEST * yardstick_ms
