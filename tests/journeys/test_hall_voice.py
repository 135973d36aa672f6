"""The hall speaks each call exactly once, and an emergency before any: two screens, a reload, a
killed server.

A real browser plays the sounds; every sound that came to its end is counted.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import FLAGS, ROOT, SIZES, run_gerai, wait_until_it_answers
from tests.served import free_port

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
COUNT_ENDS = """
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...rest) {
  heard("began", this.buffer.duration);
  this.addEventListener("ended", () => heard("ended", this.buffer.duration));
  return start.apply(this, rest);
};
document.addEventListener("gerai:spoken", ({ detail }) => heard("spoken", detail.sequence));
"""
BEGIN = """
import json
from django.http import HttpResponse
from gerai.directory import guard
from gerai.directory.tests.factories import a_mall, a_zone
from gerai.display.tests.factories import a_screen, a_seat
from gerai.malls.scope import in_mall
with in_mall(a_mall()):
    zone = a_zone(code="A")
    a_seat(zone, code="7")
    a_seat(zone, code="8")
    tokens = []
    for _ in range(2):
        response = HttpResponse()
        guard.give_token(response, a_screen(zone))
        tokens.append(response.cookies["gerai_device_screen"].value)
    print(json.dumps(tokens))
"""
CALL = """
from gerai.display.tests.factories import a_call
from gerai.directory.models import Counter, Zone
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import Ticket
with in_mall(Mall.objects.get()):
    for language in {languages}:
        Ticket.objects.update(state="done")
        number = Ticket.objects.count() + 1
        a_call(
            Zone.objects.get(), counter=Counter.objects.get(code="7"),
            label=f"A{{number:03}}", language=language,
        )
"""
SPEECH = """
import json
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import Call
with in_mall(Mall.objects.get()):
    print(json.dumps(list(Call.objects.order_by("sequence").values_list("sequence", "speech"))))
"""
# As soon as the call that was made before is being said.
BEGIN_EMERGENCY = """
import time
from gerai.directory.models import EmergencyKind
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.queue.actions.emergencies import freeze
from gerai.queue.models import Call, Speech
with in_mall(Mall.objects.get()):
    while Call.objects.get().speech != Speech.CLAIMED:
        time.sleep(0.1)
    freeze(EmergencyKind.FIRE, by=audit.SYSTEM)
"""
END_EMERGENCY = """
from gerai.directory.models import Emergency
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.queue.actions.emergencies import go_on
with in_mall(Mall.objects.get()):
    go_on(Emergency.objects.get(), by=audit.SYSTEM)
"""
ROUNDS = """
import json
from gerai.display.models import EmergencyVoice
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
with in_mall(Mall.objects.get()):
    rows = EmergencyVoice.objects.values_list("times", "over_said_at")
    print(json.dumps([[times, over is not None] for times, over in rows]))
"""


class Hall:
    """A server that can be killed, its screens' tokens, and what was heard."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.log = data / "server.log"
        self.tokens = json.loads(self.shell(BEGIN))
        self.heard: list[tuple[str, float]] = []

    def shell(self, program: str) -> str:
        return run_gerai(self.data, "shell", "--no-imports", "-c", program)

    def call(self, *languages: str) -> None:
        self.shell(CALL.format(languages=languages or ("id",)))

    def speech(self) -> list[list[Any]]:
        return json.loads(self.shell(SPEECH))

    def rounds(self) -> list[list[Any]]:
        return json.loads(self.shell(ROUNDS))

    def signals(self, since: int = 0) -> int:
        heard = self.heard[since:]
        return sum(what == "ended" and abs(value - 3) < 0.01 for what, value in heard)

    def at_once(self) -> list[int]:
        """Return how many sounds went on after each thing that was heard."""
        return list(accumulate({"began": 1, "ended": -1}.get(what, 0) for what, _ in self.heard))

    def serve(self) -> None:
        with self.log.open("a") as log:
            self.server = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env={**os.environ, "GERAI_DATA": str(self.data)},
                stdout=log,
                stderr=log,
            )
        wait_until_it_answers(self.port, self.server, self.log)

    def kill(self) -> None:
        self.server.kill()
        self.server.wait(10)

    def screen(self, browser: Browser, number: int) -> Page:
        context = browser.new_context(viewport=SIZES["hall"], locale="id-ID")
        url = f"http://barru.localhost:{self.port}"
        context.add_cookies(
            [{"name": "gerai_device_screen", "value": self.tokens[number], "url": url}]
        )
        context.expose_binding("heard", lambda _, what, value: self.heard.append((what, value)))
        context.add_init_script(COUNT_ENDS)
        page = context.new_page()
        page.goto(f"{url}/layar/")
        return page

    def spoken(self) -> list[float]:
        return [value for what, value in self.heard if what == "spoken"]

    def count(self, what: str) -> int:
        return sum(each == what for each, _ in self.heard)


@pytest.fixture
def hall(prepared: Callable[[], Path]) -> Iterator[Hall]:
    hall = Hall(prepared())
    hall.serve()
    yield hall
    hall.server.terminate()
    hall.server.wait(20)


def wait_for(page: Page, is_so: Callable[[], bool], seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        page.wait_for_timeout(100)


def close(*pages: Page) -> None:
    contexts: set[BrowserContext] = {page.context for page in pages}
    for context in contexts:
        context.close()


def test_two_screens_speak_each_call_once_and_in_order(hall: Hall, browser: Browser) -> None:
    one, two = hall.screen(browser, 0), hall.screen(browser, 1)
    hall.call("id", "en", "id")
    wait_for(one, lambda: len(hall.spoken()) == 3)
    one.wait_for_timeout(7_000)
    assert hall.spoken() == [1, 2, 3]
    # A gong a call, and one clip, for the English visitor two.
    assert hall.count("ended") == 7
    assert hall.speech() == [[1, "spoken"], [2, "spoken"], [3, "spoken"]]
    assert one.locator("#now .queue-number").inner_text() == "A003"
    close(one, two)


def test_a_reload_in_the_middle_neither_repeats_nor_skips(hall: Hall, browser: Browser) -> None:
    page = hall.screen(browser, 0)
    hall.call("id", "id")
    wait_for(page, lambda: hall.count("began") == 2)
    page.wait_for_timeout(500)
    page.reload()
    wait_for(page, lambda: len(hall.spoken()) == 2)
    page.reload()
    page.wait_for_timeout(7_000)
    assert hall.spoken() == [1, 2]
    assert hall.speech() == [[1, "spoken"], [2, "spoken"]]
    close(page)


def test_a_killed_server_neither_repeats_nor_skips(hall: Hall, browser: Browser) -> None:
    page = hall.screen(browser, 0)
    hall.call("id", "id")
    wait_for(page, lambda: hall.count("began") == 2)
    hall.kill()
    wait_for(page, lambda: len(hall.spoken()) == 1)
    page.locator("[data-gerai-away]").wait_for(state="visible")
    assert page.locator("#now .queue-number").is_visible()
    assert page.locator("#as-of").inner_text().startswith("Keadaan terakhir: pukul ")
    page.wait_for_timeout(3_000)
    hall.serve()
    wait_for(page, lambda: len(hall.spoken()) == 2)
    page.locator("[data-gerai-away]").wait_for(state="hidden")
    page.wait_for_timeout(6_000)
    assert hall.spoken() == [1, 2]
    assert hall.speech() == [[1, "spoken"], [2, "spoken"]]
    close(page)


def test_one_tap_gives_sound_where_the_browser_wants_it(hall: Hall, browser: Browser) -> None:
    strict = [flag for flag in FLAGS if "autoplay" not in flag]
    program = browser.browser_type
    hall.call()
    chromium = program.launch(
        executable_path=next(filter(None, map(shutil.which, CHROMIUM))),
        args=strict,
    )
    page = hall.screen(chromium, 0)
    button = page.get_by_role("button", name="Aktifkan suara")
    button.wait_for(state="visible")
    assert hall.speech() == [[1, "waiting"]]
    button.click()
    wait_for(page, lambda: hall.spoken() == [1])
    assert button.is_hidden()
    chromium.close()


def test_an_emergency_breaks_off_a_call_and_goes_on_without_the_server(
    hall: Hall, browser: Browser
) -> None:
    one, two = hall.screen(browser, 0), hall.screen(browser, 1)
    hall.shell(CALL.format(languages=("en",)) + BEGIN_EMERGENCY)
    wait_for(one, lambda: hall.signals() == 1)
    assert hall.spoken() == []
    wait_for(one, lambda: hall.rounds() == [[1, False]], 120)

    # A round may be under way again by now.
    wait_for(one, lambda: hall.at_once()[-1] == 0)
    hall.kill()
    before = len(hall.heard)
    # The screens go on alone, one after the other.
    wait_for(one, lambda: hall.signals(before) >= 2, 240)
    assert max(hall.at_once()[before:]) == 1

    hall.serve()
    hall.shell(END_EMERGENCY)
    wait_for(one, lambda: hall.rounds()[0][1], 120)
    wait_for(one, lambda: hall.spoken() == [1])
    assert hall.speech() == [[1, "spoken"]]
    close(one, two)
