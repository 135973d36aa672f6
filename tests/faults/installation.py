"""The installation that a run torments: the servers, the product's processes, the printer."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gerai.printing.tests.paper_printer import PaperPrinter
from tests.served import Service, postgres_service, signals_service
from tests.serving import ROOT, Server, product

# Of a service manager's patience; a busy machine needs much of it.
BEGINS_WITHIN = 120


@dataclass
class Installation:
    """What runs. database: its address, or the path of the SQLite file."""

    folder: Path
    env: dict[str, str]
    database: str
    server: Server
    printer: PaperPrinter
    postgres: Service | None = None
    signals: Service | None = None
    work: subprocess.Popen[bytes] | None = None
    is_embedded: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_embedded = self.postgres is None

    def command(self, *arguments: str) -> None:
        """Run a Python module or command in the environment of the installation."""
        told = {**os.environ, **self.env}
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=told, check=True)

    def begin_work(self) -> None:
        """Begin the worker of the served form."""
        self.work = product("work", log=self.folder / "work.log", env=self.env)

    def check_work(self) -> None:
        """Fail where the worker ended by itself: it outlives its database."""
        assert self.work is not None
        assert self.work.poll() is None, "the worker ended"

    def begin_again(self) -> None:
        """Begin the server after its first process was killed, as a service manager does."""
        assert self.server.process is not None
        self.server.process.wait(30)
        end = time.monotonic() + BEGINS_WITHIN
        self.server.start()
        while time.monotonic() < end:
            if self.server.process.poll() is not None:
                time.sleep(1)
                self.server.start()  # its port was not free yet
            elif self.server.workers() or (self.is_embedded and self.server.is_there()):
                return
            time.sleep(0.2)
        raise AssertionError("the server does not begin again: its port is taken")

    def sql(self, words: str) -> None:
        """Change rows behind the product's back: what only a clock could do."""
        if self.is_embedded:
            import sqlite3

            with sqlite3.connect(self.database, timeout=20) as file:
                file.execute(words)
            return
        import psycopg

        with psycopg.connect(self.database) as line:
            line.execute(words.encode())


@contextmanager
def installed(folder: Path, *, embedded: bool) -> Iterator[Installation]:
    """Make an installation in a folder, with its servers; end all of it afterwards."""
    with ExitStack() as running:
        env: dict[str, str] = {
            "GERAI_DATA": str(folder / "data"),
            "GERAI_SECRET_KEY": "only-for-tests",
            "GERAI_DATABASE_URL": "",
            "GERAI_SIGNALS_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        parts: dict[str, Any] = {"database": str(folder / "data" / "gerai.sqlite3")}
        if not embedded:
            parts["postgres"] = running.enter_context(postgres_service())
            parts["signals"] = running.enter_context(signals_service())
            parts["database"] = env["GERAI_DATABASE_URL"] = parts["postgres"].address
            env["GERAI_SIGNALS_URL"] = parts["signals"].address
        (folder / "printer").mkdir(parents=True)
        printer = PaperPrinter(folder / "printer").plug_in()
        running.callback(printer.unplug)
        server = Server(folder / "serve.log", 1 if embedded else 2, env)
        made = Installation(folder, env, server=server, printer=printer, **parts)
        made.command("manage.py", "prepare")
        running.callback(_end, made)
        yield made


def _end(made: Installation) -> None:
    for process in (made.work, made.server.process):
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
