"""The kiosk for everybody: by ear and keypad, within a wheelchair's reach, in high contrast."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, ViewportSize, expect

from gerai.display.announcement import spoken_label
from tests.journeys.conftest import SIZES, Site, keep_picture
from tests.journeys.test_accessibility import faults_of, overflow_of

pytestmark = pytest.mark.journey

# The audience of the test has no time, or much of it; nothing else is changed.
PACE = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.playbackRate = Number(sessionStorage.getItem("pace") || 8);
  return play.call(this);
};
"""
NAMES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "kurang")
KEYS = dict(zip(NAMES, "123456789-", strict=True))
PADS = {"-": "NumpadSubtract", "*": "NumpadMultiply", "/": "NumpadDivide", "+": "NumpadAdd"}
UPRIGHT: ViewportSize = {"width": 1080, "height": 1920}
LYING: ViewportSize = {"width": 1920, "height": 1080}
SMALL: ViewportSize = {"width": 1280, "height": 800}
TARGETS = "a[href], button, input:not([type=hidden])"
SMALLEST = 48
BOXES = """
targets => [...document.querySelectorAll(targets)]
  .filter(each => each.checkVisibility())
  .map(each => {
    const { left, top, width, height } = each.getBoundingClientRect();
    return [each.innerText.trim() || each.ariaLabel || each.id, left, top, width, height];
  })
"""
ENHANCED = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
KTP = "karena hilang atau rusak"


class Listener:
    """Somebody who hears a kiosk and presses keys of a keypad; the glass is not looked at."""

    def __init__(self, page: Page) -> None:
        page.add_init_script(PACE)
        page.on("request", self._asked)
        self.page = page
        self.said: list[tuple[str, str]] = []

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        told = parse_qs(url.query)
        if url.path == "/kios/suara.wav" and "Jaringan putus" not in told["t"][0]:
            self.said.append((told["b"][0], told["t"][0]))

    def hears(self, wanted: str, *, language: str = "id") -> re.Match[str]:
        """Wait until something is said; forget what came before it."""
        for _each in range(600):
            for place, (tongue, words) in enumerate(self.said):
                found = re.search(wanted, words)
                if found and tongue == language:
                    del self.said[: place + 1]
                    return found
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never said: {wanted}; said: {self.said}")

    def slows(self) -> None:
        """Let what is said take longer than a test looks at it."""
        self.page.evaluate("sessionStorage.setItem('pace', '0.3')")

    def press(self, key: str) -> None:
        """Press a key of the keypad."""
        self.said.clear()
        self.page.keyboard.press(PADS.get(key, f"Numpad{key}" if key.isdigit() else key))

    def take(self, wanted: str) -> None:
        """Hear a choice with its key, and press that key."""
        self.press(KEYS[self.hears(rf"Tekan (\w+), .*{wanted}")[1]])


@pytest.fixture
def listener(mall: Site, someone: Callable[..., Page]) -> Listener:
    """Give somebody before a kiosk who has just pressed the key to listen."""
    page = someone("kiosk")
    hears = Listener(page)
    page.goto(f"{mall.url}/kios/awal/")
    hears.press("0")
    return hears


def test_a_number_is_taken_by_ear_and_keypad_alone(listener: Listener) -> None:
    listener.hears("Anda perlu apa hari ini")
    listener.take("Kependudukan")
    keep_picture(listener.page, "kios-suara-layanan")
    listener.take(KTP)
    listener.hears("Sudahkah Anda membawa ini")
    listener.take("Lanjut")
    listener.take("Umum")
    listener.hears("Nomor antrean Anda")

    label = listener.page.locator(".kiosk-number").inner_text()
    listener.hears(f"^{spoken_label(label)}$")
    listener.hears("Di depan Anda")
    listener.hears("Tunggulah di")
    assert faults_of(listener.page) == []
    keep_picture(listener.page, "kios-suara-nomor")


def test_the_other_language_is_one_key_away(listener: Listener) -> None:
    listener.hears("For English, press slash", language="en")
    listener.press("/")

    listener.hears("Welcome", language="en")
    listener.hears("Press one, ", language="en")
    expect(listener.page.locator("html")).to_have_attribute("lang", "en")


def test_keys_go_back_and_to_the_start_and_say_once_more(listener: Listener) -> None:
    page = listener.page
    listener.take("Kependudukan")
    listener.hears("Tekan satu, ")
    listener.press("0")
    listener.hears("Kependudukan")
    listener.press("-")
    listener.hears("Anda perlu apa hari ini")
    assert page.url.endswith("/kios/")
    listener.take("Kependudukan")
    listener.take(KTP)
    listener.hears("Sudahkah")
    listener.press("*")
    listener.hears("Anda perlu apa hari ini")
    expect(page.locator("[data-gerai-ear]")).to_have_attribute("aria-pressed", "true")


def test_enter_takes_what_is_being_said_and_arrows_walk(listener: Listener) -> None:
    page = listener.page
    listener.hears("Anda perlu apa hari ini")
    listener.slows()
    listener.press("0")
    for _each in range(3):
        listener.press("+")
    listener.hears("Tekan satu, ")
    spoken = page.locator(".is-heard")
    expect(spoken).to_have_attribute("data-gerai-choice", "1")
    expect(spoken).to_be_focused()
    keep_picture(page, "kios-suara-awal")
    listener.press("+")
    listener.hears("Tekan dua, ")
    listener.press("ArrowUp")
    listener.hears("Tekan satu, ")
    first = page.locator("[data-gerai-choice='1']").get_attribute("href")
    listener.press("Enter")
    page.wait_for_url(f"**{first}")


def test_a_key_that_chooses_nothing_says_the_page_again(listener: Listener) -> None:
    listener.take("Kependudukan")
    listener.take(KTP)
    listener.hears("Tekan dua, ")
    listener.press("9")
    listener.hears("^Penerbitan ka te pe el")
    assert "/layanan/" in listener.page.url


def test_the_next_visitor_hears_nothing(listener: Listener, mall: Site) -> None:
    page = listener.page
    for name in ("reach", "text", "contrast"):
        page.click(f"button[name={name}]")
    opening = page.locator("html")
    expect(opening).to_have_attribute("data-reach", "low")
    expect(opening).to_have_attribute("data-contrast", "high")

    page.goto(f"{mall.url}/kios/awal/")

    for name in ("data-reach", "data-contrast", "data-text"):
        assert opening.get_attribute(name) is None
    expect(page.locator("button[aria-pressed=true]")).to_have_text(["Indonesia"])
    assert page.locator("[data-gerai-heard]").count() == 0


@pytest.fixture
def pages(mall: Site) -> list[tuple[str, str]]:
    """Return each kind of page of the kiosk before a number is given: name and address."""
    script = (
        "from gerai.malls.models import Mall; from gerai.malls.scope import in_mall;"
        "from gerai.queue.queries.choices import services_with_a_line\n"
        "with in_mall(Mall.objects.get(slug='barru')):\n"
        "    one = services_with_a_line().filter(name__contains='hilang atau rusak').first()\n"
        "    other = services_with_a_line().exclude(agency=one.agency).first()\n"
        "    print('found', one.pk, one.agency_id, other.pk)"
    )
    told = mall.gerai("shell", "-c", script).splitlines()
    one, agency, other = next(line.split()[1:] for line in told if line.startswith("found "))
    return [
        ("awal", "/kios/"),
        ("instansi", f"/kios/instansi/{agency}/"),
        ("layanan", f"/kios/layanan/{one}/"),
        ("kelompok", f"/kios/layanan/{one}/ambil/"),
        ("rute", "/kios/rute/"),
        ("rute-isi", f"/kios/rute/?l={one}&l={other}"),
        ("rute-tambah", f"/kios/rute/tambah/?l={one}"),
        ("nilai", "/kios/nilai/"),
    ]


def wish(page: Page, site: Site, **wishes: str) -> None:
    """Let the kiosk's browser have a visitor's wishes."""
    page.context.add_cookies(
        [
            {"name": f"gerai_{name}", "value": value, "url": site.url}
            for name, value in wishes.items()
        ]
    )


@pytest.mark.parametrize(
    "glass",
    [
        pytest.param((UPRIGHT, 1 / 2), id="upright"),
        pytest.param((LYING, 1 / 3), id="lying"),
        pytest.param((SMALL, 1 / 3), id="lying and small"),
    ],
)
@pytest.mark.parametrize("wishes", [{}, {"hearing": "on"}, {"text": "large"}], ids=str)
def test_all_that_is_touched_is_within_low_reach(
    mall: Site,
    someone: Callable[..., Page],
    pages: list[tuple[str, str]],
    glass: tuple[ViewportSize, float],
    wishes: dict[str, str],
) -> None:
    size, highest = glass
    page = someone("kiosk")
    page.set_viewport_size(size)
    wish(page, mall, reach="low", **wishes)
    faults = []
    for name, path in pages:
        page.goto(mall.url + path)
        kept = "-".join(["kios-rendah", name, str(size["width"]), *wishes])
        keep_picture(page, kept)
        faults += [f"{kept}: {fault}" for fault in out_of_reach(page, highest)]
    assert faults == []


def out_of_reach(page: Page, highest: float) -> Iterator[str]:
    """Give what is touched and stands too high, below the glass, or is too small."""
    size = page.viewport_size
    assert size is not None
    boxes = page.evaluate(BOXES, TARGETS)
    assert boxes
    for name, left, top, width, height in boxes:
        if top < size["height"] * highest:
            yield f"{name!r} begins {top:.0f} of {size['height']}"
        if top + height > size["height"] + 1 or left + width > size["width"] + 1:
            yield f"{name!r} ends beyond the glass"
        if min(width, height) < SMALLEST:
            yield f"{name!r} is {width:.0f} x {height:.0f}"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(
    "wishes",
    [{}, {"hearing": "on"}, {"reach": "low"}, {"contrast": "high"}, {"text": "large"}],
    ids=str,
)
def test_every_page_is_clean_under_every_wish(
    mall: Site,
    someone: Callable[..., Page],
    pages: list[tuple[str, str]],
    colours: str,
    wishes: dict[str, str],
) -> None:
    page = someone("kiosk", color_scheme=colours)
    wish(page, mall, **wishes)
    faults = []
    for name, path in pages:
        page.goto(mall.url + path)
        kept = "-".join(["kios", name, colours, *wishes])
        keep_picture(page, kept)
        faults += [f"{kept}: {fault}" for fault in faults_of(page, colours=colours)]
        if overflow_of(page) > 0:
            faults.append(f"{kept}: {overflow_of(page)} px too wide")
        if "contrast" in wishes:
            found = Axe().run(page, options=ENHANCED).response["violations"]
            faults += [f"{kept}: {node['target']}" for each in found for node in each["nodes"]]
    assert faults == []


def test_without_script_wishes_work_and_the_page_begins_to_speak(
    mall: Site, someone: Callable[..., Page], pages: list[tuple[str, str]]
) -> None:
    page = someone("kiosk", java_script_enabled=False)
    page.goto(mall.url + dict(pages)["instansi"])
    for name in ("hearing", "reach", "contrast"):
        page.click(f"button[name={name}]")

    assert page.url == mall.url + dict(pages)["instansi"]
    opening = page.locator("html")
    expect(opening).to_have_attribute("data-reach", "low")
    expect(opening).to_have_attribute("data-contrast", "high")
    spoken = page.locator("noscript audio").get_attribute("src")
    # The client of requests knows no names below localhost.
    host = f"barru.localhost:{mall.port}"
    answer = page.request.get(f"http://127.0.0.1:{mall.port}{spoken}", headers={"Host": host})
    assert (answer.status, answer.headers["content-type"]) == (200, "audio/wav")
    assert answer.body()[:4] == b"RIFF"


def test_a_phone_sees_the_same_kiosk(
    mall: Site, someone: Callable[..., Page], pages: list[tuple[str, str]]
) -> None:
    page = someone("phone")
    for name, path in pages:
        page.goto(mall.url + path)
        keep_picture(page, f"kios-{name}-ponsel")
        assert overflow_of(page) <= 0
    assert SIZES["phone"]["width"] == 360
