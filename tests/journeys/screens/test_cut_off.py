"""Screens and kiosks go on after a server, a network or the power was gone."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.journeys.conftest import FLAGS, SIZES, keep_picture
from tests.journeys.screens.hall import SLOW, Glass, Hall, hold, listen

# Sounds are counted and timed: nothing else is to run beside.
pytestmark = [pytest.mark.journey, pytest.mark.alone]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def test_a_minute_without_a_server_is_caught_up_with_nothing_said_twice(hall: Hall):
    screen = hall.screen("Layar timur")
    hall.call("A001", "A002", "A003")
    screen.wait_until("began", 1)
    hall.server.kill()
    killed = time.monotonic()
    # The call that it holds it says to its end, with the clips that it has.
    screen.wait_until("spoken", 1)
    expect(screen.page.get_by_text("Jaringan putus sejak")).to_be_visible(timeout=SLOW)
    expect(screen.page.locator("#now .queue-number")).to_have_text("A003")
    keep_picture(screen.page, "layar-tanpa-server")
    while time.monotonic() < killed + 60:
        screen.page.wait_for_timeout(500)
    assert screen.of("spoken") == [1]

    hall.server.start()
    screen.wait_until("spoken", 3)
    expect(screen.page.get_by_text("Jaringan putus sejak")).to_be_hidden(timeout=SLOW)
    screen.page.wait_for_timeout(7_000)
    assert screen.of("spoken") == [1, 2, 3]
    assert (screen.count("began"), screen.count("ended")) == (6, 6)
    assert hall.speech() == [[1, "spoken"], [2, "spoken"], [3, "spoken"]]


def test_a_kiosk_that_loses_its_network_takes_nothing_and_comes_back(hall: Hall):
    _, _, token = hall.pair("kiosk", "Kios pintu", speaks=False)
    page = hall.someone("kiosk")
    hold(page.context, hall.url, "kiosk", token)
    page.goto(f"{hall.url}/kios/")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.locator(".kiosk-agencies a.tile:not(.tile-shut)").first.click()
    page.locator(".kiosk-services a.tile:not(.tile-shut)").first.click()
    page.locator("a[href$='/ambil/']").first.click()
    button = page.locator("button[name=group]").first
    expect(button).to_be_visible()
    before = hall.tickets()

    page.context.set_offline(True)
    words = page.get_by_text("Jaringan putus sejak")
    expect(words).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Penyambut memberi nomor dengan tangan.")).to_be_visible()
    keep_picture(page, "kios-tanpa-jaringan")
    # Nothing behind the words can be touched, by hand or by key.
    with pytest.raises(Exception, match="Timeout"):
        button.click(timeout=2_000)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.body")
    assert hall.tickets() == before

    page.context.set_offline(False)
    expect(words).to_be_hidden(timeout=SLOW)
    button.click()
    expect(page.locator(".kiosk-number")).to_be_visible(timeout=SLOW)
    assert hall.tickets() == before + 1


@dataclass
class Machine:
    """A small computer with a browser of its own, whose power may fail."""

    chromium: BrowserType
    store: Path
    heard: list[tuple[str, float]] = field(default_factory=list)

    def switch_on(self, url: str, size: str, cookie: tuple[str, str] | None = None) -> Page:
        """Start its browser at an address, as the machine does by itself."""
        program = next(filter(None, map(shutil.which, CHROMIUM)))
        self.context = self.chromium.launch_persistent_context(
            self.store, executable_path=program, args=FLAGS, viewport=SIZES[size], locale="id-ID"
        )
        listen(self.context, self.heard)
        if cookie:
            name, value = cookie
            far = time.time() + 400 * 24 * 3600
            there = urljoin(url, "/")
            self.context.add_cookies([{"name": name, "value": value, "url": there, "expires": far}])
        page = self.context.pages[0]
        page.goto(url)
        return page

    def cut(self) -> None:
        """Kill every process of this browser at once."""
        told = subprocess.run(
            ["pgrep", "-f", f"user-data-dir={self.store}"],
            capture_output=True,
            text=True,
            check=False,
        )
        for pid in map(int, told.stdout.split()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(1)
        for lock in self.store.glob("Singleton*"):
            lock.unlink(missing_ok=True)


@pytest.fixture
def machine(browser: Browser, tmp_path: Path) -> Iterator[Machine]:
    its = Machine(browser.browser_type, tmp_path / "store")
    yield its
    its.cut()


def is_kept(page: Page) -> None:
    """Wait until the page and what it is made of are kept on the device."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=SLOW)
    count = "async () => (await (await caches.open('gerai-device-1')).keys()).length"
    before = -1
    while (now := int(page.evaluate(count))) < 3 or now != before:
        before = now
        page.wait_for_timeout(1_000)


def test_a_kiosk_goes_on_after_a_power_cut_with_and_without_a_server(hall: Hall, machine: Machine):
    _, _, token = hall.pair("kiosk", "Kios pintu", speaks=False)
    there = f"{hall.url}/kios/"
    page = machine.switch_on(there, "kiosk", ("gerai_device_kiosk", token))
    is_kept(page)
    machine.context.close()

    page = machine.switch_on(there, "kiosk")
    page.locator(".kiosk-agencies a.tile:not(.tile-shut)").first.click()
    expect(page.locator(".kiosk-services")).to_be_visible()
    machine.cut()
    page = machine.switch_on(there, "kiosk")
    expect(page.locator(".kiosk-agencies")).to_be_visible()
    expect(page.locator(".pairing-code")).to_have_count(0)

    hall.server.kill()
    machine.cut()
    page = machine.switch_on(there, "kiosk")
    words = page.get_by_text("Jaringan putus sejak")
    expect(words).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.querySelector('.kiosk-agencies').closest('[inert]') !== null")
    keep_picture(page, "kios-menyala-tanpa-server")
    hall.server.start()
    expect(words).to_be_hidden(timeout=SLOW)
    page.locator(".kiosk-agencies a.tile:not(.tile-shut)").first.click()
    expect(page.locator(".kiosk-services")).to_be_visible()


def test_a_screen_goes_on_after_a_power_cut_with_and_without_a_server(hall: Hall, machine: Machine):
    _, _, token = hall.pair("screen", "Layar timur")
    there = f"{hall.url}/layar/"
    page = machine.switch_on(there, "hall", ("gerai_device_screen", token))
    is_kept(page)
    machine.context.close()

    glass = Glass(machine.switch_on(there, "hall"), 0, 0, machine.heard)
    hall.call("A001", "A002")
    glass.wait_until("began", 2)
    machine.cut()
    # The call that broke off is said once more, to its end; then the next one.
    glass.page = machine.switch_on(there, "hall")
    glass.wait_until("spoken", 2)
    assert glass.of("spoken") == [1, 2]

    hall.call("A003")
    hall.server.kill()
    machine.cut()
    glass.page = machine.switch_on(there, "hall")
    expect(glass.page.get_by_text("Jaringan putus sejak")).to_be_visible(timeout=SLOW)
    expect(glass.page.locator("#now .queue-number")).to_have_text(re.compile("A00[123]"))
    keep_picture(glass.page, "layar-menyala-tanpa-server")
    hall.server.start()
    glass.wait_until("spoken", 3)
    expect(glass.page.get_by_text("Jaringan putus sejak")).to_be_hidden(timeout=SLOW)
    glass.page.wait_for_timeout(7_000)
    assert glass.of("spoken") == [1, 2, 3]
    assert hall.speech() == [[1, "spoken"], [2, "spoken"], [3, "spoken"]]
