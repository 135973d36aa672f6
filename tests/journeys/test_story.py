"""A day of the mall played in real browsers: by a guest, in the hall, on paper, without motion."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, keep_picture, run, run_gerai, serve, sign_in
from tests.journeys.persons import take_by_phone
from tests.journeys.test_accessibility import faults_of, overflow_of

pytestmark = pytest.mark.journey

PAST = (
    "from gerai.malls.models import Mall\n"
    "from gerai.portals.sample.showcase import fill_past\n"
    "fill_past(Mall.objects.get(slug='barru'))\n"
)
PAINTED = """canvas => {
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some(value => value > 0);
}"""


@pytest.fixture(scope="module")
def told(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a sample mall on a busy morning, with days behind it."""
    data = installation()
    run(data, "-m", "tests.journeys.busy_day")
    run_gerai(data, "shell", "-c", PAST)
    yield from serve(data)


def opened(page: Page, site: Site, path: str = "/kisah/") -> Page:
    """Open the story and wait until it can be played."""
    page.goto(f"{site.url}{path}")
    expect(page.locator("[data-story-controls]")).to_be_visible()
    assert page.locator("[data-story-canvas]").evaluate(PAINTED)
    return page


def shown_at(page: Page) -> int:
    """Return the moment that the slider stands at, in seconds of the day."""
    return int(float(page.locator("[data-story-slider]").input_value()))


def counted(page: Page, name: str) -> int:
    return int(page.locator(f"[data-story-count={name}]").inner_text())


@pytest.mark.parametrize("size", ["phone", "desktop", "4k"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_guest_sees_the_day_on_every_glass(told: Site, someone, size, colours):
    page = opened(someone(size, color_scheme=colours), told)

    keep_picture(page, f"story-{size}-{colours}")
    assert faults_of(page, colours=colours) == []
    assert overflow_of(page) <= 0


def test_a_guest_plays_pauses_and_jumps(told: Site, someone):
    page = opened(someone("phone"), told)
    busiest = shown_at(page)
    waiting = counted(page, "waiting")

    page.locator("[data-story-play]").click()
    expect(page.locator("[data-story-play]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(
        "from => Number(document.querySelector('[data-story-slider]').value) > from + 120",
        arg=int(page.locator("[data-story-slider]").get_attribute("min")),
    )
    page.locator("[data-story-play]").click()
    stopped = shown_at(page)
    page.wait_for_timeout(400)
    assert shown_at(page) == stopped < busiest

    page.get_by_role("button", name="Maju 10 menit").click()
    assert shown_at(page) == stopped + 600
    page.get_by_role("button", name="10 menit mundur").click()
    assert shown_at(page) == stopped
    page.get_by_role("button", name="Saat paling ramai").click()
    assert (shown_at(page), counted(page, "waiting")) == (busiest, waiting)
    expect(page.locator("[data-story-told]")).to_contain_text(f"{waiting} menunggu")


def test_keys_play_and_jump_unless_they_are_switched_off(told: Site, someone):
    page = opened(someone("desktop"), told)
    busiest = shown_at(page)

    page.keyboard.press("ArrowLeft")
    assert shown_at(page) == busiest - 600
    page.keyboard.press("ArrowRight")
    assert shown_at(page) == busiest
    page.keyboard.press(" ")
    expect(page.locator("[data-story-play]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(" ")
    expect(page.locator("[data-story-play]")).to_have_attribute("aria-pressed", "false")

    page.evaluate("document.documentElement.dataset.keys = 'off'")
    before = shown_at(page)
    page.keyboard.press("ArrowLeft")
    assert shown_at(page) == before


def test_the_browser_counts_what_the_server_counted(told: Site, someone):
    """At every scene of the storyboard the canvas has the numbers of its caption."""
    page = opened(someone("desktop"), told)
    captions = page.locator(".story-scene figcaption").all_inner_texts()

    for caption in captions:
        hour, minute = caption.split("\n")[0].strip()[:5].split(".")
        numbers = [int(word) for word in caption.replace(",", " ").split()[1:] if word.isdigit()]
        page.locator("[data-story-slider]").evaluate(
            "(slider, at) => { slider.step = 1; slider.value = at;"
            " slider.dispatchEvent(new Event('input')); }",
            (int(hour) * 60 + int(minute)) * 60,
        )
        shown = [counted(page, name) for name in ("waiting", "serving", "open", "served")]
        assert shown == numbers, caption


def test_nothing_moves_where_less_motion_is_wished(told: Site, someone):
    page = someone("hall", reduced_motion="reduce")
    page.goto(f"{told.url}/kisah/layar/")
    expect(page.locator(".is-drawn")).to_be_visible()
    clock = page.locator("[data-story-clock]").inner_text()
    page.wait_for_timeout(1500)

    assert page.locator("[data-story-clock]").inner_text() == clock


def test_the_hall_plays_by_itself(told: Site, someone):
    page = someone("4k")
    page.goto(f"{told.url}/kisah/layar/")
    expect(page.locator(".is-drawn")).to_be_visible()
    clock = page.locator("[data-story-clock]").inner_text()
    expect(page.locator("[data-story-clock]")).not_to_have_text(clock)

    page.wait_for_timeout(12_000)
    keep_picture(page, "story-hall-4k")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert faults_of(page) == []


def test_today_follows_what_happens(told: Site, someone):
    """A number taken on a phone is in the drawing of today soon; it is shown half a minute late."""
    page = opened(someone("desktop"), told, "/kisah/hari-ini/")
    waiting = counted(page, "waiting")
    keep_picture(page, "story-today")
    assert faults_of(page) == []

    take_by_phone(someone("phone"), told, "SIM", "Perpanjangan SIM A")
    expect(page.locator("[data-story-count=waiting]")).to_have_text(
        str(waiting + 1), timeout=60_000
    )


def test_without_script_the_story_is_a_board(told: Site, someone):
    page = someone("desktop", java_script_enabled=False)
    page.goto(f"{told.url}/kisah/")

    expect(page.locator("[data-story-controls]")).to_be_hidden()
    expect(page.locator("[data-story-still]")).to_be_visible()
    expect(page.locator(".story-scene")).to_have_count(6)
    page.locator(".story-board").scroll_into_view_if_needed()
    keep_picture(page, "story-without-script")


def test_on_paper_it_is_the_board_the_curves_and_the_table(told: Site, someone):
    page = opened(someone("desktop"), told)
    page.emulate_media(media="print")

    expect(page.locator("[data-story-controls]")).to_be_hidden()
    expect(page.locator("[data-story-canvas]")).to_be_hidden()
    expect(page.locator("[data-story-still]")).to_be_visible()
    expect(page.locator(".story-scene").first).to_be_visible()
    expect(page.locator(".story-curves")).to_be_visible()


def test_the_mall_chooses_what_guests_see(told: Site, someone):
    office, guest = someone("desktop"), someone("phone")
    sign_in(office, told, "penerima")
    office.goto(f"{told.url}/presentasi/")
    office.get_by_role("link", name="Pilih hari").click()
    assert faults_of(office) == []
    keep_picture(office, "story-office")
    office.get_by_label("Tamu dapat membuka kisah hari").uncheck()
    office.get_by_role("button", name="Simpan").click()
    expect(office.get_by_text("Kisah hari disimpan.")).to_be_visible()
    guest.goto(f"{told.url}/kisah/")
    expect(guest.get_by_text("Belum ada kisah untuk ditampilkan")).to_be_visible()

    office.get_by_label("Tamu dapat membuka kisah hari").check()
    office.get_by_role("button", name="Simpan").click()
    expect(office.get_by_text("Kisah hari disimpan.")).to_be_visible()
    opened(guest, told)
