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
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


def run_gerai(data: Path, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    environment = {**os.environ, "GERAI_DATA": str(data)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a fresh sample mall (and a second one) until the tests end."""
    data = tmp_path_factory.mktemp("installation")
    run_gerai(data, "prepare")
    run_gerai(data, "sample", "--second")
    port = free_port()
    command = [sys.executable, "manage.py", "serve"]
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "GERAI_DATA": str(data)},
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_it_answers(port, server, data / "server.log")
        yield Site(f"http://barru.localhost:{port}", port, data)
        assert "Traceback" not in (data / "server.log").read_text()
    finally:
        server.terminate()
        server.wait(20)


def wait_until_it_answers(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
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
