"""A running sample mall, as `make run` gives it, and a real browser to walk through it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.served import free_port

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "tests/journeys/pictures"
PASSWORD = "gerai-contoh"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
SIZES: dict[str, Any] = {
    "phone": {"width": 360, "height": 740},
    "tablet": {"width": 820, "height": 1180},
    "desktop": {"width": 1280, "height": 800},
    "hall": {"width": 1920, "height": 1080},
    "tv": {"width": 1280, "height": 720},
    "kiosk": {"width": 1080, "height": 1920},
    "4k": {"width": 3840, "height": 2160},
}


@dataclass(frozen=True)
class Site:
    """A running installation: `url` of the mall Barru, `port` for other host names."""

    url: str
    port: int
    data: Path

    def gerai(self, *arguments: str) -> str:
        """Run a command on this installation and return what it printed."""
        return run_gerai(self.data, *arguments)


class Server:
    """The server of an installation; it can be killed, and started again on its port."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.log = data / "server.log"
        self.site = Site(f"http://barru.localhost:{self.port}", self.port, data)

    def start(self, moment: str = "") -> None:
        """Start it, and wait until it answers; with a moment, its clock begins there."""
        program = ["-m", "tests.journeys.then", moment] if moment else ["manage.py"]
        command = [sys.executable, *program, "serve", "--host", "127.0.0.1"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                cwd=ROOT,
                env={**os.environ, "GERAI_DATA": str(self.data)},
                stdout=log,
                stderr=log,
            )
        wait_until_it_answers(self.port, self.process, self.log)

    def kill(self) -> None:
        """Let it end as in a power cut: without a last word."""
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


def run_gerai(data: Path, *arguments: str) -> str:
    return run(data, "manage.py", *arguments)


def run(data: Path, *arguments: str) -> str:
    """Run a Python program on an installation and return what it printed."""
    environment = {**os.environ, "GERAI_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return a function that gives a new installation with empty tables."""
    first = tmp_path_factory.mktemp("tables") / "data"
    run_gerai(first, "prepare")
    return lambda: Path(shutil.copytree(first, tmp_path_factory.mktemp("installation") / "data"))


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, prepared: Callable[[], Path]
) -> Callable[[], Path]:
    """Return a function that gives a new installation with the sample malls."""
    first = prepared()
    run_gerai(first, "sample", "--second")
    return lambda: Path(shutil.copytree(first, tmp_path_factory.mktemp("installation") / "data"))


def serve(data: Path) -> Iterator[Site]:
    server = Server(data)
    server.start()
    try:
        yield server.site
        assert "Traceback" not in server.log.read_text()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def site(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a fresh sample mall (and a second one) until the tests end."""
    yield from serve(installation())


@pytest.fixture(scope="module")
def mall(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a sample mall for the tests of one file alone: its first number is 001."""
    yield from serve(installation())


@pytest.fixture(scope="session")
def lively(installation: Callable[[], Path]) -> Iterator[Site]:
    """Serve a sample mall in the middle of a busy day."""
    data = installation()
    run(data, "-m", "tests.journeys.busy_day")
    yield from serve(data)


@pytest.fixture(scope="session")
def visits(lively: Site) -> dict[str, tuple[str, str]]:
    """Return a ticket in each state: the visit's token and that of its rating."""
    script = (
        "from gerai.malls.models import Mall; from gerai.malls.scope import in_mall;"
        "from gerai.queue.models import Ticket\n"
        "with in_mall(Mall.objects.get(slug='barru')):\n"
        "    for t in Ticket.objects.select_related('visit'):\n"
        "        print('visit', t.state, t.visit.token, t.rating_token)"
    )
    told = lively.gerai("shell", "-c", script).splitlines()
    rows = [line.split(" ") for line in told if line.startswith("visit ")]
    return {state: (token, rating) for _, state, token, rating in rows}


@pytest.fixture
def server(installation: Callable[[], Path]) -> Iterator[Server]:
    """Give a server that a test may kill."""
    its = Server(installation())
    its.start()
    yield its
    its.stop()


def wait_until_it_answers(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        try:
            answer = httpx.get(
                f"http://127.0.0.1:{port}/", headers={"Host": "barru.localhost"}, timeout=20
            )
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            assert answer.status_code == 200, log.read_text()
            return
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run the system's Chromium."""
    expect.set_options(timeout=15_000)
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    assert program, "no Chromium: run make system-tools"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def someone(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that gives a person a browser of their own, of a size.

    A page on which a script fails, or that breaks the content security policy, fails the
    test.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def opens(size: str = "desktop", **options: Any) -> Page:
        context = browser.new_context(viewport=SIZES[size], locale="id-ID", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda message: (
                troubles.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield opens
    for context in contexts:
        context.close()
    assert troubles == []


def sign_in(page: Page, site: Site, username: str) -> None:
    """Sign in as one of the sample users."""
    page.goto(f"{site.url}/masuk/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "/masuk/" not in url)


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of what the page shows, for people to look at."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
