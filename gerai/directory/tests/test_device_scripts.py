"""device.js and keeper.js in a real browser, against a small server that can go away."""

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gerai import clock, directory

playwright = pytest.importorskip("playwright.sync_api")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: run make system-tools")
STATIC = Path(directory.__file__).parent / "static/directory"

PAGE = """<!DOCTYPE html><html lang="id"><head><title>x</title></head><body>
<main id="main"><p id="count">{count}</p>
<time data-gerai-clock="Asia/Makassar" data-gerai-clock-now="2020-01-01T08:00:00+08:00">x</time>
<a id="on" href="/kios/lanjut/">Lanjut</a></main>
<form data-gerai-beat="/detak/" data-gerai-device="7" data-gerai-version="ab12cd34"
  data-gerai-keeper="/penjaga.js" data-gerai-keeps="/kios/" hidden>
  <input name="csrfmiddlewaretoken" value="t"></form>
<section data-gerai-away="Asia/Makassar" data-gerai-away-locks hidden>Jaringan putus sejak
  <span data-gerai-away-since></span>.</section>
<script type="module" src="/static/device.js"></script></body></html>"""


class House(ThreadingHTTPServer):
    """Counts pages and beats; when away it hangs up on whoever asks."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.pages = 0
        self.beats: list[str] = []
        self.is_away = False
        self.wants_reload = False
        self.at = clock.now().isoformat()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class Door(SimpleHTTPRequestHandler):
    server: House

    def log_message(self, *args) -> None:
        pass

    def do_GET(self) -> None:
        if self.server.is_away:
            self.close_connection = True
        elif self.path == "/kios/":
            self.server.pages += 1
            page = PAGE.replace("{count}", str(self.server.pages))
            self._give(page.encode(), "text/html; charset=utf-8")
        elif self.path == "/kios/lanjut/":
            self._give(b"<!DOCTYPE html><title>lanjut</title><p id=next>lanjut", "text/html")
        elif ".wav?v=" in self.path:
            self._give(b"sound", "audio/wav")
        elif self.path == "/penjaga.js":
            self._give((STATIC / "keeper.js").read_bytes(), "text/javascript")
        elif self.path.startswith("/static/"):
            file = STATIC / self.path.removeprefix("/static/")
            self._give(file.read_bytes(), "text/javascript")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        told = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.server.is_away:
            self.close_connection = True
            return
        self.server.beats.append(told)
        answer = {"reload": self.server.wants_reload, "at": self.server.at}
        self.server.wants_reload = False
        self._give(json.dumps(answer).encode(), "application/json")

    def _give(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Service-Worker-Allowed", "/")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def house() -> Iterator[House]:
    server = House()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, house):
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{house.url}/kios/")
    # Kept: the worker holds the page, and the start page and its script are in the store.
    wait_until_kept(tab, ["/kios/", "/static/device.js"])
    tab.wait_for_function("navigator.serviceWorker.controller !== null")
    yield tab
    context.close()


def kept(tab) -> list[str]:
    told: list[str] = tab.evaluate(
        "async () => (await (await caches.open('gerai-device-1')).keys())"
        ".map((each) => new URL(each.url).pathname).sort()"
    )
    return told


def wait_until_kept(tab, paths: list[str]) -> None:
    # wait_for_function takes a promise for an answer, so it does not wait for this one.
    for _ in range(200):
        if kept(tab) == paths:
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"kept {kept(tab)}")


def happen(tab, name: str, detail: str) -> None:
    tab.evaluate(
        f"document.dispatchEvent(new CustomEvent('{name}', {{detail: {detail}}}))",
    )


def is_away(tab) -> None:
    tab.wait_for_selector("[data-gerai-away]", state="visible")


def test_the_page_tells_how_the_device_is(page, house) -> None:
    assert house.beats[0].startswith("halaman=ab12cd34&jaringan=")


def test_the_page_loads_anew_when_told_to_and_only_once(page, house) -> None:
    house.wants_reload = True
    happen(page, "gerai:happening", "{what: 'directory.reload_device', key: '8'}")
    page.wait_for_timeout(500)
    assert page.text_content("#count") == "1"
    happen(page, "gerai:happening", "{what: 'directory.reload_device', key: '7'}")
    # The second time the page was fetched it was to be kept.
    page.wait_for_function("document.getElementById('count').textContent === '3'")
    page.wait_for_timeout(1000)
    assert page.text_content("#count") == "3"


def test_without_a_server_the_page_says_since_when_is_locked_and_goes_on(page, house) -> None:
    house.is_away = True
    happen(page, "gerai:line", "{isGood: false}")
    is_away(page)
    assert len(page.text_content("[data-gerai-away-since]").split(".")) == 2
    assert page.evaluate("document.getElementById('main').inert") is True
    house.is_away = False
    page.wait_for_selector("[data-gerai-away]", state="hidden")
    assert page.evaluate("document.getElementById('main').inert") is False
    assert page.text_content("#count") == "1"


def test_a_device_that_starts_without_a_server_opens_its_page_and_goes_on(page, house) -> None:
    house.is_away = True
    again = page.context.new_page()
    page.close()
    again.goto(f"{house.url}/kios/")
    is_away(again)
    assert again.text_content("#count") == "2"
    house.is_away = False
    again.wait_for_function("document.getElementById('count').textContent === '3'")
    assert again.is_hidden("[data-gerai-away]")


def test_a_touch_that_finds_no_server_leads_back_to_the_start(page, house) -> None:
    house.is_away = True
    page.click("#on")
    is_away(page)
    assert page.url == f"{house.url}/kios/"


def test_only_the_start_page_and_its_parts_are_kept(page, house) -> None:
    page.click("#on")
    page.wait_for_selector("#next")
    assert kept(page) == ["/kios/", "/static/device.js"]


def test_many_clips_push_out_neither_the_page_nor_its_parts(page) -> None:
    page.evaluate(
        "async () => { for (let at = 0; at < 170; at++) await fetch(`/kios/${at}.wav?v=${at}`); }"
    )

    held = kept(page)
    assert [path for path in held if not path.endswith(".wav")] == ["/kios/", "/static/device.js"]
    assert len(held) == 102
    assert "/kios/169.wav" in held
    assert "/kios/69.wav" not in held


def test_a_device_whose_clock_is_wrong_tells_the_servers_hour(page, house) -> None:
    # Five hours before the device's own clock.
    moment = clock.now() - timedelta(hours=5)
    house.at = moment.isoformat()
    happen(page, "gerai:happening", "{what: 'directory.reload_device', key: '7'}")
    page.wait_for_function("Math.abs(Number(localStorage['gerai.skew']) + 18e6) < 6e4")
    house.is_away = True
    again = page.context.new_page()
    page.close()
    again.goto(f"{house.url}/kios/")
    is_away(again)

    # The kept page says eight o'clock of a day long past.
    shown = datetime.fromisoformat(again.get_attribute("time", "data-gerai-clock-now"))
    assert abs(shown - moment) < timedelta(minutes=2)
    hours = {
        (moment + timedelta(hours=8, minutes=minute)).strftime("%H.%M") for minute in (0, 1, 2)
    }
    assert again.text_content("[data-gerai-away-since]") in hours
