"""The persons of a mall's day, each with a browser of their own, and what they do there."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PASSWORD, Site

KTP = "Penerbitan KTP-el karena hilang atau rusak"
# A desk's heading also says "Dilayani" and by whom; only somebody's service has its hour.
SERVED = re.compile(r"Dilayani \d\d\.\d\d")

# What a screen says aloud, kept where a test can read it.
HEARS = """
window.spoken = [];
document.addEventListener("gerai:spoken", (e) => window.spoken.push(e.detail.sequence));
"""


class Officer:
    """An officer who has a keyboard and no mouse."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.site.url}/masuk/")
        self.go_to(self.page.get_by_label("Nama pengguna"))
        self.page.keyboard.type(username)
        self.go_to(self.page.get_by_label("Kata sandi"))
        self.page.keyboard.type(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page).not_to_have_url(re.compile("/masuk/"))
        self.page.goto(f"{self.site.url}/petugas/")

    def go_to(self, wanted: Locator) -> None:
        """Press Tab until something has the focus."""
        expect(wanted).to_be_visible()
        for _ in range(80):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {wanted} by Tab")

    def press(self, key: str, *, then: str | re.Pattern[str]) -> None:
        """Press a key of a page that has come whole; wait until the desk shows some words."""
        self.page.wait_for_load_state("load")
        self.page.keyboard.press(key)
        self.sees(then)

    def open_counter(self, code: str) -> None:
        self.go_to(self.page.get_by_role("button", name=f"Buka loket {code}"))
        self.press("Enter", then=f"Loket {code}")
        expect(self.page.get_by_role("button", name="Panggil berikutnya")).to_be_visible()

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("#desk")).to_contain_text(words)

    def close_counter(self) -> None:
        self.page.keyboard.press("c")
        expect(self.page.get_by_role("heading", name="Pilih loket Anda")).to_be_visible()


def take_at_kiosk(page: Page, site: Site, agency: str, service: str, group: str) -> tuple[str, str]:
    """Touch one's way from the agency to a number; return its label and its token."""
    page.goto(f"{site.url}/kios/")
    while not page.get_by_role("link", name=agency).count():
        page.get_by_role("link", name="Berikutnya").click()
        page.wait_for_load_state()
    page.get_by_role("link", name=agency).click()
    page.get_by_role("link", name=service).click()
    expect(page.get_by_role("heading", name="Sudahkah Anda membawa ini?")).to_be_visible()
    page.get_by_role("link", name="Lanjut").click()
    page.get_by_role("button", name=group).dblclick()
    number = page.locator(".kiosk-number")
    expect(number).to_be_visible()
    return number.inner_text(), page.url.rstrip("/").rsplit("/", 1)[1]


def take_by_phone(page: Page, site: Site, words: str, service: str) -> str:
    """Search for a service on the phone and take a number; return its label."""
    page.goto(f"{site.url}/antre/")
    page.get_by_label("Cari layanan").fill(words)
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=service).first.click()
    page.get_by_role("button", name="Ambil nomor").click()
    number = page.locator(".queue-number-phone")
    expect(number).to_be_visible()
    return number.inner_text()


def listening_screen(someone: Callable[..., Page], site: Site, zone: str) -> Page:
    """Open the screen of a zone, with its voice, in a browser that may sound at once."""
    page = someone("hall")
    page.add_init_script(HEARS)
    page.goto(f"{site.url}/layar/?zona={zone}")
    return page


def spoken_by(screen: Page) -> list[int]:
    """Return the sequence numbers that a screen has said to their end since it was opened."""
    return list(screen.evaluate("window.spoken"))


def wait_until_spoken(screen: Page, count: int) -> None:
    """Wait until a screen has said so many calls to their end."""
    screen.wait_for_function("count => window.spoken.length >= count", arg=count, timeout=40_000)


def rate_everything(page: Page) -> int:
    """Answer every question of the rating on a phone and send it; return how many there were."""
    expect(page.get_by_role("heading", name="Bagaimana pelayanan kami?")).to_be_visible()
    questions = page.locator("form.rating fieldset")
    count = questions.count()
    for place in range(count):
        questions.nth(place).locator("label").nth(2 + place % 2).click()
    page.get_by_role("button", name="Kirim penilaian").click()
    return count
