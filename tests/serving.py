"""The product as running processes: started, asked over HTTP, killed in the middle."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.served import free_port

ROOT = Path(__file__).resolve().parents[1]
# A minute: a busy machine needs some seconds to start a process again.
TRIES = 600


@dataclass
class Server:
    """A server: where it is, and its first process. env: beside that of this process."""

    log: Path
    processes: int
    env: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, without waiting for an answer."""
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        how = ["--processes", str(self.processes)]
        self.process = product("serve", *where, *how, log=self.log, env=self.env)

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer requests (spawned ones, not the tracker)."""
        assert self.process is not None
        found = []
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children():
                with suppress(psutil.NoSuchProcess):
                    if any("spawn_main" in part for part in child.cmdline()):
                        found.append(child)
        return found

    def a_worker(self) -> psutil.Process:
        """Return one of them, waiting a minute for it where all were killed."""
        for _ in range(600):
            if found := self.workers():
                return found[0]
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def wait_for_answer(self) -> None:
        """Wait until it answers, two minutes at most."""
        for _ in range(1200):
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            if self.is_there():
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def is_there(self) -> bool:
        """Tell whether anybody answers."""
        try:
            httpx.get(f"http://127.0.0.1:{self.port}/masuk/", timeout=5)
        except httpx.TransportError:
            return False
        return True


def product(
    *arguments: str, log: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Begin a command of the product."""
    with log.open("a") as written:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdout=written,
            stderr=written,
        )


@contextmanager
def server(log: Path, *, processes: int) -> Iterator[Server]:
    """Serve the installation of this environment until the block ends."""
    running = Server(log, processes)
    running.start()
    try:
        running.wait_for_answer()
        yield running
    finally:
        assert running.process is not None
        running.process.terminate()
        running.process.wait(30)


@dataclass
class Browser:
    """A browser that asks again, with the same words, until it has an answer.

    again: heard before each time that it does.
    """

    port: int
    start: str
    host: str = "barru.localhost"
    accept: str = "text/html"
    cookies: Mapping[str, str] = field(default_factory=dict)
    again: Callable[[], None] = lambda: None
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Host": self.host, "Accept": self.accept},
            cookies=dict(self.cookies),
            timeout=20,
        )
        self.ask("GET", self.start, follow_redirects=True)

    def once(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        """Ask once; None: no answer, or none that says anything."""
        try:
            answer = self.client.request(method, path, **options)
        except httpx.TransportError:
            return None
        return answer if answer.status_code < 500 else None

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask until somebody answers, some minutes at most."""
        for _ in range(TRIES):
            answer = self.once(method, path, **options)
            if answer is not None:
                return answer
            time.sleep(0.1)
            self.again()
        raise AssertionError(f"no answer to {method} {path}")

    def fields(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return what a form sends."""
        return {**fields, "csrfmiddlewaretoken": self.client.cookies.get("csrftoken") or ""}

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form until somebody answers."""
        return self.ask("POST", path, data=self.fields(fields))
