"""The product as several processes: started, asked over HTTP, killed in the middle."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.served import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A running server: its address and its first process."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer requests (spawned ones, not the tracker)."""
        return [
            child
            for child in psutil.Process(self.process.pid).children()
            if any("spawn_main" in part for part in child.cmdline())
        ]


@contextmanager
def server(log: Path, *, processes: int) -> Iterator[Server]:
    """Serve the installation of this environment until the block ends."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w") as written:
        process = subprocess.Popen(
            [*command, "--processes", str(processes)],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=written,
            stderr=written,
        )
    try:
        wait_for_answer(port, process, log)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)


def wait_for_answer(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"http://127.0.0.1:{port}/masuk/", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
