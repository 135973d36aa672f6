"""The modules of static/ui in a real browser, against a small server of their own."""

import json
import queue
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.templatetags.static import static

from gerai.ui.parts import asked

playwright = pytest.importorskip("playwright.sync_api")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: run make system-tools"),
    pytest.mark.one_database,
]

PAGE = """<!DOCTYPE html><html lang="id"><head><title>x</title></head>
<body data-gerai-live="/stream" data-gerai-live-on="queue. display.">
<p data-gerai-offline hidden>Sambungan terputus</p>
<div data-gerai-toasts></div>
<main id="board" data-gerai-region>
  <p id="count">{count}</p>
  <input id="word" value=""><input id="other" value="">
  <details id="fold"><summary>Lipat</summary><p>{count}</p></details>
</main>
<p id="outside">{count}</p>
<button id="next" data-gerai-key="n">Berikutnya</button>
<button id="shut" data-gerai-key="s" disabled>Tutup</button>
<button id="ask" data-gerai-opens="sure">Tanya</button>
<dialog id="sure"><article><button id="no" data-gerai-closes data-gerai-key="b">Batal</button>
</article></dialog>
<form id="form" action="/sent" data-gerai-once><button id="send">Kirim</button></form>
<time id="clock" data-gerai-clock="Asia/Makassar"
  data-gerai-clock-now="2026-11-22T00:30:10Z"></time>
<time id="day" data-gerai-clock="Asia/Jayapura" data-gerai-clock-shows="date"
  data-gerai-clock-now="2026-11-22T15:30:10Z"></time>
<time id="since" data-gerai-since="2026-11-22T00:00:00Z"
  data-gerai-now="2026-11-22T01:02:03Z"></time>
<script type="module">
  window.presses = [];
  document.addEventListener("click", (event) => window.presses.push(event.target.id));
</script>
{scripts}
</body></html>"""
SCRIPTS = f'<script type="module" src="{static("ui/base.js")}"></script>'


class Hall(ThreadingHTTPServer):
    """A page whose number counts its fetches, and a stream that says what it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.fetches = 0
        self.sent = 0
        self.is_down = False
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.streams: list[queue.Queue[str | None]] = []

    def say(self, what: str) -> None:
        for stream in self.streams:
            stream.put(f"data: {json.dumps({'what': what, 'key': '1'})}\n\n")

    def hang_up(self) -> None:
        for stream in self.streams:
            stream.put(None)
        self.streams = []


class Door(BaseHTTPRequestHandler):
    server: Hall

    def log_message(self, *args) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/stream":
            self._stream()
        elif self.path == "/page":
            self._page()
        elif self.path.startswith("/sent"):
            self.server.sent += 1
            self.send_response(204)
            self.end_headers()
        else:
            self._part()

    def _page(self) -> None:
        if self.server.is_down:
            self.send_error(503)
            return
        self.server.fetches += 1
        self.server.may_answer.wait(30)
        page = PAGE.replace("{count}", str(self.server.fetches)).replace("{scripts}", SCRIPTS)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def _part(self) -> None:
        found = asked(self.path.removeprefix("/static/"))
        if found is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", found.kind)
        self.end_headers()
        self.wfile.write(found.body)

    def _stream(self) -> None:
        if self.server.is_down:
            self.send_error(503)
            return
        lines: queue.Queue[str | None] = queue.Queue()
        self.server.streams.append(lines)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"retry: 200\nevent: hello\ndata: {}\n\n")
        while (line := lines.get()) is not None:
            self.wfile.write(line.encode())


@pytest.fixture
def hall() -> Iterator[Hall]:
    server = Hall()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.may_answer.set()
    server.hang_up()
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
def page(browser, hall):
    tab = browser.new_page()
    tab.goto(f"http://127.0.0.1:{hall.server_address[1]}/page")
    _wait_for_count(tab, 2)  # the page itself, then the refresh that every hello asks for
    yield tab
    tab.close()


def _wait_for_count(tab, number: int) -> None:
    tab.wait_for_function(f"document.getElementById('count').textContent === '{number}'")


def test_a_happening_refreshes_the_region_and_nothing_else(page, hall):
    hall.say("queue.call")
    _wait_for_count(page, 3)
    assert page.text_content("#outside") == "1"


def test_a_happening_of_another_room_is_left_alone(page, hall):
    hall.say("survey.rate")
    page.wait_for_timeout(500)
    assert (hall.fetches, page.text_content("#count")) == (2, "2")


def test_a_rush_of_happenings_is_two_fetches(page, hall):
    page.wait_for_timeout(400)  # the rest after the hello's own refresh
    for _ in range(20):
        hall.say("queue.take")
    _wait_for_count(page, 4)
    page.wait_for_timeout(600)
    assert hall.fetches == 4


def test_a_refresh_keeps_typing_focus_and_open_folds(page, hall):
    page.fill("#other", "sudah")
    page.click("#fold summary")
    page.focus("#word")
    page.keyboard.type("Bu An")
    hall.say("display.say")
    _wait_for_count(page, 3)
    page.keyboard.type("i")
    assert page.evaluate("[word.value, other.value, fold.open, document.activeElement.id]") == [
        "Bu Ani",
        "sudah",
        True,
        "word",
    ]


def test_a_lost_line_is_said_and_mended(page, hall):
    hall.is_down = True
    hall.hang_up()
    page.wait_for_selector("[data-gerai-offline]", state="visible")
    hall.is_down = False
    page.wait_for_selector("[data-gerai-offline]", state="hidden")
    _wait_for_count(page, 3)


def test_a_page_that_fails_is_fetched_again_soon(page, hall):
    hall.is_down = True
    hall.say("queue.call")
    page.wait_for_selector("[data-gerai-offline]", state="visible")
    hall.is_down = False
    page.wait_for_selector("[data-gerai-offline]", state="hidden", timeout=15_000)


def test_a_page_that_hangs_is_given_up_and_fetched_again(browser, hall):
    tab = browser.new_page()
    tab.clock.install()
    tab.goto(f"http://127.0.0.1:{hall.server_address[1]}/page")
    _wait_for_count(tab, 2)
    hall.may_answer.clear()
    with tab.expect_request("**/page"):
        hall.say("queue.call")
    tab.clock.fast_forward(11_000)
    tab.wait_for_selector("[data-gerai-offline]", state="visible")
    hall.may_answer.set()
    tab.wait_for_function("Number(document.getElementById('count').textContent) > 3")
    tab.wait_for_selector("[data-gerai-offline]", state="hidden")
    tab.close()


def test_keys_press_what_may_be_pressed(page):
    for stroke in ("n", "s", "Control+n", "Shift+N", "x"):
        page.keyboard.press(stroke)
    page.focus("#word")
    page.keyboard.press("n")
    assert page.evaluate("window.presses") == ["next"]


def test_an_open_dialog_hears_only_its_own_keys(page):
    page.click("#ask")
    page.keyboard.press("n")
    assert page.evaluate("[sure.open, ...window.presses]") == [True, "ask"]
    page.keyboard.press("b")
    assert page.evaluate("[sure.open, ...window.presses]") == [False, "ask", "no"]


def test_keys_rest_when_switched_off(page):
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("n")
    assert page.evaluate("window.presses") == []


def test_a_form_is_sent_once(page, hall):
    page.evaluate("send.click(); form.requestSubmit(); form.requestSubmit()")
    page.wait_for_timeout(300)
    assert (hall.sent, page.is_disabled("#send")) == (1, True)


def test_clocks_show_the_time_of_the_mall(page):
    assert (page.text_content("#clock"), page.text_content("#day")) == (
        "08.30",
        "Senin, 23 November 2026",
    )
    assert page.text_content("#since")[:5] == "1.02."


def test_a_toast_is_plain_words(page):
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('gerai:toast', {detail: {text: '<b>Halo</b>'}}))"
    )
    assert page.text_content(".toast") == "<b>Halo</b>"
