"""A presentation in real browsers: steered by keys and by phones, looked at in every size."""

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIZES, Site, keep_picture, run, run_gerai, serve, sign_in
from tests.journeys.test_accessibility import faults_of, overflow_of

pytestmark = pytest.mark.journey

SLIDES = 12
GUESTS = "Pemerintah Kabupaten Contoh"
PAST = (
    "from gerai.malls.models import Mall\n"
    "from gerai.people.audit import SYSTEM\n"
    "from gerai.portals.sample.showcase import fill_past, fill_showcase\n"
    "barru = Mall.objects.get(slug='barru')\n"
    "fill_showcase(barru, SYSTEM)\n"
    "fill_past(barru)\n"
)
SMALL = {"width": 1280, "height": 720}
# From a press on the phone to the slide on the screen, in milliseconds.
SOON_MS = 1_000
WHEN_PRESSED = """() => {
  window.pressed = [];
  document.addEventListener("click", () => window.pressed.push(Date.now()), true);
}"""
WHEN_SHOWN = """() => {
  window.shown = [];
  document.addEventListener("gerai:slide", () => window.shown.push(Date.now()));
}"""


@pytest.fixture(scope="module")
def shown(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a sample mall on a busy morning, with half a year behind it."""
    data = installation()
    run(data, "-m", "tests.journeys.busy_day")
    run_gerai(data, "shell", "-c", PAST)
    yield from serve(data)


def begin(page: Page, site: Site, button: str = "Mulai paparan") -> str:
    """Sign in, begin a presentation for guests; return its address."""
    sign_in(page, site, "admin")
    page.goto(f"{site.url}/presentasi/")
    page.get_by_label("Tamu").first.fill(GUESTS)
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/presentasi/*/")
    return page.url


def stands_at(page: Page, number: int) -> None:
    """Wait until a slide is the one on the stage."""
    expect(page.locator(f"#s{number}.is-now")).to_be_visible()
    expect(page.locator(".slide.is-now")).to_have_count(1)


def phone_link(page: Page) -> str:
    """Return the secret link that the code on the presenter's page leads to."""
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('[data-gerai-opens=ponsel]').click()")
    link = page.locator("#ponsel p a").get_attribute("href")
    page.locator("#ponsel footer button").click()
    return str(link)


def test_keys_lead_through_the_deck(shown: Site, someone):
    page = someone("hall")
    begin(page, shown)
    expect(page.locator("#s1-judul")).to_have_text(GUESTS)
    stands_at(page, 1)

    for key, number in (
        ("ArrowRight", 2),
        ("Space", 3),
        ("PageDown", 4),
        ("ArrowLeft", 3),
        ("End", SLIDES),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        stands_at(page, number)
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    stands_at(page, 7)
    page.keyboard.press("b")
    expect(page.locator("[data-stage-black]")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-stage-black]")).to_be_hidden()
    stands_at(page, 8)
    page.keyboard.press("t")
    expect(page.locator("html.is-paper")).to_have_count(1)

    page.reload()
    stands_at(page, 8)


def test_a_hasty_presenter_arrives(shown: Site, someone):
    page, other = someone("hall"), someone("hall")
    address = begin(page, shown)
    sign_in(other, shown, "pengawas")
    other.goto(address)
    for _ in range(6):
        page.keyboard.press("ArrowRight")

    stands_at(page, 7)
    stands_at(other, 7)


@pytest.mark.alone
def test_a_phone_leads_the_screen(shown: Site, someone, record_property):
    screen, phone, second = someone("hall"), someone("phone"), someone("phone")
    begin(screen, shown)
    link = phone_link(screen)
    phone.goto(link)
    second.goto(link)
    expect(phone.get_by_text(f"Salindia 1 dari {SLIDES}")).to_be_visible()

    screen.evaluate(WHEN_SHOWN)
    phone.evaluate(WHEN_PRESSED)
    for number in range(2, 8):
        phone.get_by_role("button", name="Maju").click()
        stands_at(screen, number)
        expect(phone.get_by_text(f"Salindia {number} dari {SLIDES}")).to_be_visible()
        expect(second.get_by_text(f"Salindia {number} dari {SLIDES}")).to_be_visible()
    times = zip(phone.evaluate("window.pressed"), screen.evaluate("window.shown"), strict=True)
    took = statistics.median(shown_at - pressed_at for pressed_at, shown_at in times)
    record_property("phone_to_screen_ms", round(took))
    print(f"from the phone to the screen: median {took:.0f} ms")
    assert took < SOON_MS

    second.get_by_role("button", name="Gelapkan layar").click()
    expect(screen.locator("[data-stage-black]")).to_be_visible()
    expect(phone.get_by_role("button", name="Terangkan layar")).to_be_visible()
    second.get_by_text("Daftar salindia").click()
    second.get_by_role("button", name="Kepuasan").click()
    stands_at(screen, 8)
    expect(screen.locator("[data-stage-black]")).to_be_hidden()
    screen.keyboard.press("ArrowRight")
    expect(phone.get_by_text(f"Salindia 9 dari {SLIDES}")).to_be_visible()


def test_a_screen_that_lost_its_line_catches_up(shown: Site, someone):
    screen, phone = someone("hall"), someone("phone")
    begin(screen, shown)
    phone.goto(phone_link(screen))

    screen.context.set_offline(offline=True)
    for number in (2, 3):
        phone.get_by_role("button", name="Maju").click()
        expect(phone.get_by_text(f"Salindia {number} dari {SLIDES}")).to_be_visible()
    stands_at(screen, 1)
    screen.context.set_offline(offline=False)
    stands_at(screen, 3)


def test_a_phone_steers_without_script(shown: Site, someone):
    screen, phone = someone("hall"), someone("phone", java_script_enabled=False)
    begin(screen, shown)
    phone.goto(phone_link(screen))
    phone.get_by_role("button", name="Maju").click()

    expect(phone.get_by_text(f"Salindia 2 dari {SLIDES}")).to_be_visible()
    stands_at(screen, 2)


def test_the_queue_on_the_stage_lives(shown: Site, someone):
    screen, visitor = someone("hall"), someone("phone")
    begin(screen, shown)
    screen.keyboard.type("5")
    screen.keyboard.press("Enter")
    stands_at(screen, 5)
    before = int(screen.locator("#s5-judul").inner_text().split()[0])
    people = screen.locator("#s5 .person:not(.is-served)").count()
    assert people == before

    visitor.goto(f"{shown.url}/antre/?q=ktp")
    visitor.get_by_role("link", name="KTP").first.click()
    visitor.get_by_role("button", name="Ambil nomor").click()
    expect(screen.locator("#s5-judul")).to_have_text(f"{before + 1} orang menunggu saat ini")
    expect(screen.locator("#s5 .person:not(.is-served)")).to_have_count(before + 1)


def fits(page: Page) -> list[str]:
    """Return what of the slide on the stage lies outside of it."""
    return page.evaluate(
        """() => {
          const slide = document.querySelector(".slide.is-now");
          const sheet = slide.getBoundingClientRect();
          const inside = (box) => box.left >= sheet.left - 1 && box.right <= sheet.right + 1
            && box.top >= sheet.top - 1 && box.bottom <= sheet.bottom + 1;
          return [...slide.querySelectorAll("h1, h2, h3, p, li, dd, dt, text, figcaption")]
            .filter((each) => !each.closest(".words, .hidden-visually"))
            .filter((each) => each.getClientRects().length && !inside(each.getBoundingClientRect()))
            .map((each) => `${slide.id}: ${each.textContent.trim().slice(0, 60)}`);
        }"""
    )


@pytest.mark.parametrize(
    ("name", "size"), [("720", SMALL), ("1080", SIZES["hall"]), ("4k", SIZES["4k"])]
)
def test_every_slide_fits_its_sheet_and_is_accessible(shown: Site, someone, name: str, size):
    page = someone("hall", bypass_csp=True, reduced_motion="reduce")
    page.set_viewport_size(size)
    begin(page, shown)
    faults = []
    for number in range(1, SLIDES + 1):
        stands_at(page, number)
        page.wait_for_timeout(500)
        keep_picture(page, f"paparan-{name}-{number:02}")
        faults += fits(page)
        if name == "1080":
            faults += [f"s{number}: {fault}" for fault in faults_of(page)]
        page.keyboard.press("ArrowRight")
    assert faults == []


def test_a_deck_on_paper_has_contrast(shown: Site, someone):
    page = someone("hall", bypass_csp=True, reduced_motion="reduce")
    begin(page, shown)
    page.keyboard.press("t")
    faults = []
    for number in range(1, SLIDES + 1):
        stands_at(page, number)
        page.wait_for_timeout(500)
        faults += [f"s{number}: {fault}" for fault in faults_of(page, colours="paper")]
        page.keyboard.press("ArrowRight")
    keep_picture(page, "paparan-terang")
    assert faults == []


def test_tour_and_phone_pages_are_accessible(shown: Site, someone):
    page = someone("phone", bypass_csp=True)
    address = begin(page, shown, "Mulai tur loket")
    faults = []
    for path in (
        address,
        f"{address}kendali/",
        f"{shown.url}/presentasi/",
        f"{shown.url}/presentasi/tur/",
        f"{shown.url}/presentasi/tur/catatan/",
        f"{shown.url}/presentasi/dek/1/",
        f"{shown.url}/presentasi/salindia/1/",
    ):
        page.goto(path)
        name = path.removeprefix(f"{shown.url}/presentasi/").strip("/").replace("/", "-")
        keep_picture(page, f"paparan-ponsel-{name or 'awal'}")
        faults += [f"{path}: {fault}" for fault in faults_of(page)]
        if overflow_of(page) > 0:
            faults.append(f"{path}: {overflow_of(page)} px too wide")
    assert faults == []


def test_guests_read_a_deck_on_a_phone_without_script(shown: Site, someone):
    host, guest = someone("desktop"), someone("phone", java_script_enabled=False)
    sign_in(host, shown, "admin")
    host.goto(f"{shown.url}/presentasi/")
    host.get_by_text("Tautan untuk dilihat tamu sendiri").click()
    host.locator("form[action$='tautan-tamu/'] input[name=guests]").fill(GUESTS)
    host.get_by_role("button", name="Buat tautan").click()
    guest.goto(str(host.locator(".desk-link a").get_attribute("href")))

    expect(guest.locator("h1")).to_have_text(GUESTS)
    expect(guest.locator("section.slide")).to_have_count(SLIDES)
    expect(guest.get_by_text("Badan Pendapatan Daerah").first).to_be_visible()
