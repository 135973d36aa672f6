"""Who uses the hall during a run: each a thread with a browser, each noting what it was told.

They behave as the product's pages do: whoever gets no answer sends the same again, a screen
remembers what it has said to its end, an officer looks at the page after a press. The facts
they note are described in `checker`.
"""

import json
import random
import re
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.serving import Browser

TOKEN = re.compile(r"/([A-Za-z0-9_-]{20,})/$")
LABEL = re.compile(r'id="desk-number">.*?</span>([A-Z]+\d+)<')
BUTTON = re.compile(r'formaction="([^"]*/nomor/(\d+)/(pelayanan|penyelesaian)/)"')
STAGE = re.compile(r'id="kertas-([a-z]+)-\d+"')
STATES = {"pelayanan": "called", "penyelesaian": "serving"}
# A browser holds ten numbers an hour at most, an address 240.
MOST_BY_PHONE = 200
HOLDS_FOR = 30.0


class Log:
    """The facts of all clients, one JSON line each, in the order in which they came about."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a")
        self._lock = threading.Lock()
        self.facts: list[dict[str, Any]] = []

    def note(self, what: str, who: str, **told: object) -> None:
        """Note a fact, now."""
        with self._lock:
            fact = {"at": time.time(), "what": what, "who": who, **told}
            self.facts.append(fact)
            self._file.write(json.dumps(fact) + "\n")
            self._file.flush()


@dataclass
class Hall:
    """What all clients share. is_shut: no new numbers; is_over: everything has been done."""

    port: int
    world: dict[str, Any]
    log: Log
    seed: int
    pause: float
    is_shut: threading.Event = field(default_factory=threading.Event)
    is_over: threading.Event = field(default_factory=threading.Event)
    failures: list[str] = field(default_factory=list)

    @classmethod
    def told(cls, port: int, world: Path, log: Log, *, seed: int, pause: float) -> "Hall":
        """Return a hall from the file that `world` wrote."""
        return cls(port, json.loads(world.read_text()), log, seed, pause)

    def browser(self, start: str, **told: Any) -> Browser:
        """Return a browser at a page of the mall; kept trying until the page is there."""
        return Browser(self.port, start, host=self.world["host"], **told)


class Client(threading.Thread):
    """Somebody in the hall."""

    def __init__(self, hall: Hall, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.hall = hall
        self.dice = random.Random(f"{hall.seed}/{name}")

    def run(self) -> None:
        try:
            self.live()
        except Exception as failure:
            self.hall.failures.append(f"{self.name}: {failure!r}")
            raise

    def live(self) -> None:
        raise NotImplementedError

    def note(self, what: str, **told: object) -> None:
        self.hall.log.note(what, self.name, **told)

    def rest(self) -> None:
        time.sleep(self.dice.uniform(0.2, 1.8) * self.hall.pause)


class Visitor(Client):
    """Presses for numbers. door: the page's address; by: how the press travels."""

    def __init__(self, hall: Hall, name: str, *, by: str) -> None:
        super().__init__(hall, name)
        self.by = by
        service = hall.world["service"]
        self.page = f"/antre/{service}/" if by == "phone" else f"/kios/layanan/{service}/ambil/"

    def live(self) -> None:
        browser = self.enter()
        taken = 0
        while not self.hall.is_shut.is_set():
            answer = self.press(browser)
            self.after(browser, answer)
            taken += 1
            if self.by == "phone":
                if taken == MOST_BY_PHONE:
                    return
                browser = self.enter()
            self.rest()

    def enter(self) -> Browser:
        device = {"paper": "paper", "phone": ""}.get(self.by, "kiosk")
        cookies = self.hall.world[device]["cookies"] if device else {}
        browser = self.hall.browser(self.page, cookies=cookies)
        if self.by != "paper" and self.dice.random() < 0.5:
            browser.client.headers["Accept"] = "application/json"
        return browser

    def press(self, browser: Browser) -> httpx.Response:
        """Press once, in effect: send until there is an answer, and sometimes once more."""
        key = secrets.token_urlsafe(24)
        browser.again = lambda: self.note("asked_again", key=key)
        path = f"{self.page}?lewat=halaman" if self.by == "view" else self.page
        self.note("ask", key=key, line=self.hall.world["line"])

        def send(_turn: int) -> httpx.Response:
            return self.told(key, browser.send(path, key=key, group="ordinary"))

        chance = self.dice.random()
        if chance < 0.1:
            # Two touches in the same moment.
            with ThreadPoolExecutor(2) as both:
                return next(iter(list(both.map(send, range(2)))))
        answer = send(0)
        if chance < 0.2:
            self.note("asked_again", key=key)
            send(1)
        return answer

    def told(self, key: str, answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 201:
            told = answer.json()
            page, label = told["page"], told["label"]
        else:
            assert answer.status_code == 302, f"{answer.status_code}: {answer.text[:300]}"
            page, label = answer.headers["location"], ""
        found = TOKEN.search(page)
        assert found, page
        self.note("told", key=key, token=found[1], label=label)
        return answer

    def after(self, browser: Browser, answer: httpx.Response) -> None:
        """Look at the number's page now and then; with paper until it is settled."""
        if self.by == "paper":
            self.wait_for_paper(browser, answer.headers["location"])

    def wait_for_paper(self, browser: Browser, page: str) -> None:
        """Stand at the kiosk until the paper is out; where it is not, use the phone."""
        for _look in range(40):
            text = browser.ask("GET", page, follow_redirects=True).text
            stage = STAGE.search(text)
            if stage is None or stage[1] in {"done", "counted", "dropped"}:
                return
            if stage[1] == "asked":
                browser.send(f"{page}tidak-keluar/")
            elif stage[1] == "failed" and self.dice.random() < 0.7:
                browser.send(f"{page}ponsel/")
                return
            elif stage[1] == "failed":
                return  # went away; the number is dropped in time
            if self.hall.is_shut.is_set():
                return
            time.sleep(0.5)


class Officer(Client):
    """Calls, serves and finishes; after every press they look at the page."""

    def __init__(self, hall: Hall, name: str, *, user: str, counter: int) -> None:
        super().__init__(hall, name)
        self.user, self.counter = user, counter

    def live(self) -> None:
        browser = self.hall.browser("/masuk/")
        password = self.hall.world["password"]
        while True:
            browser.send("/masuk/", username=self.user, password=password)
            if browser.ask("GET", "/petugas/").status_code == 200:
                break
            time.sleep(0.5)
        idle = 0
        while not (self.hall.is_over.is_set() or (self.hall.is_shut.is_set() and idle > 8)):
            page = self.look(browser)
            buttons = {verb: (path, int(key)) for path, key, verb in BUTTON.findall(page)}
            if "penyelesaian" in buttons:
                self.finish(browser, *buttons["penyelesaian"])
            elif "pelayanan" in buttons:
                self.serve(browser, buttons["pelayanan"][0])
            else:
                button = page.partition('action="/petugas/panggilan/"')[2].partition("</button>")[0]
                idle = idle + 1 if " disabled" in button else 0
                if not idle:
                    self.press(browser, "/petugas/panggilan/")
                else:
                    time.sleep(0.5)
            self.rest()

    def look(self, browser: Browser) -> str:
        page = browser.ask("GET", "/petugas/")
        assert page.status_code == 200, page.headers
        label = LABEL.search(page.text)
        for _path, key, verb in BUTTON.findall(page.text)[:1]:
            assert label, page.text
            shown = {"ticket": int(key), "label": label[1], "state": STATES[verb]}
            self.note("desk", counter=self.counter, **shown)
        return page.text

    def press(self, browser: Browser, path: str, **fields: str) -> bool:
        """Press a button; without an answer either press again or look at the page first."""
        answer = browser.once("POST", path, data=browser.fields(fields))
        if answer is None and self.dice.random() < 0.5:
            answer = browser.send(path, **fields)
        assert answer is None or answer.status_code in {302, 404}, answer.text[:300]
        return answer is not None and answer.status_code == 302

    def serve(self, browser: Browser, path: str) -> None:
        chance = self.dice.random()
        if chance < 0.1:
            self.press(browser, path.replace("pelayanan", "ketidakhadiran"))
        elif chance < 0.2:
            # A second press of this one would be a second call, so they look first.
            recall = path.replace("pelayanan", "panggilan-ulang")
            browser.once("POST", recall, data=browser.fields({}))
        else:
            self.press(browser, path)

    def finish(self, browser: Browser, path: str, ticket: int) -> None:
        if self.press(browser, path, outcome="served"):
            page = self.look(browser)
            if f"/nomor/{ticket}/penyelesaian/" not in page:
                self.note("done", counter=self.counter, ticket=ticket)


class Screen(Client):
    """Speaks as the screen's script does: claim, say, remember, confirm."""

    def __init__(self, hall: Hall, name: str, *, screen: dict[str, Any]) -> None:
        super().__init__(hall, name)
        self.screen = screen
        self.remembered: set[int] = set()
        # Set from outside: asleep until `wakes`, or torn out of its words by a reload.
        self.sleeps, self.sleeping, self.wakes = (threading.Event() for _n in range(3))
        self.reloads = threading.Event()

    def live(self) -> None:
        browser = self.hall.browser("/layar/", cookies=self.screen["cookies"])
        while not self.hall.is_over.is_set():
            answer = browser.send("/layar/ucapan/", browser=self.name)
            if answer.status_code == 200:
                self.speak(browser, answer.json())
            else:
                assert answer.status_code == 204, f"{answer.status_code} {answer.text[:300]}"
                time.sleep(self.dice.uniform(0.2, 0.6))

    def speak(self, browser: Browser, call: dict[str, Any]) -> None:
        sequence = call["sequence"]
        if sequence not in self.remembered:
            if not self.say(browser):
                return
            self.remembered.add(sequence)
            told = {"sequence": sequence, "label": call["label"]}
            self.note("said", zone=self.screen["zone"], **told)
        answer = browser.send(call["confirm"])
        assert answer.status_code < 500

    def say(self, browser: Browser) -> bool:
        """Take the time of a call; tell whether it was said to its end while it was surely held."""
        if self.sleeps.is_set():
            self.note("sleeps")
            self.sleeping.set()
            self.wakes.wait()
            self.wakes.clear()
            return False  # the clock says that the hold is long over
        time.sleep(self.dice.uniform(0.05, 0.3))
        if self.reloads.is_set():
            self.reloads.clear()
            browser.ask("GET", "/layar/")
            return False
        return True


class Page(Client):
    """A page whose stream is open. heard_at: when it was last told to look again."""

    is_open = False
    heard_at = 0.0

    def live(self) -> None:
        while not self.hall.is_over.is_set():
            try:
                with httpx.stream(
                    "GET",
                    f"http://127.0.0.1:{self.hall.port}/live/",
                    headers={"Host": self.hall.world["host"]},
                    timeout=httpx.Timeout(5, read=30),
                ) as stream:
                    for line in stream.iter_lines():
                        if line == "event: hello":
                            self.is_open = True
                            self.note("listens")
                        if '"live.again"' in line:
                            self.heard_at = time.time()
                            self.note("again")
            except httpx.TransportError:
                pass
            if self.is_open:
                self.is_open = False
                self.note("loses")
            time.sleep(0.3)


def everybody(hall: Hall) -> list[Client]:
    """Return the clients of a hall, not begun."""
    doors = {"fast": 3, "view": 1, "paper": 1, "phone": 1}
    found: list[Client] = [
        Visitor(hall, f"{by}-{n}", by=by) for by, count in doors.items() for n in range(count)
    ]
    found += [Officer(hall, f"desk-{n}", **told) for n, told in enumerate(hall.world["desks"])]
    found += [
        Screen(hall, f"screen-{n}", screen=told) for n, told in enumerate(hall.world["screens"])
    ]
    return [*found, *(Page(hall, f"page-{n}") for n in range(2))]


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until something holds; tell whether it came about in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
