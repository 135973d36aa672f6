"""What every part of a measurement needs: yardstick, load, the product, the lines of the table."""

# ruff: noqa: RUF001 - signs of a table
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import psutil

from tests.served import free_port, postgres_programs

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MALLS = 500
OLD_TICKETS = 5_000_000
KIB = 1024


@dataclass
class Row:
    """One goal and what was measured of it."""

    goal: str
    got: float | None
    need: float
    unit: str
    at_least: bool

    @property
    def verdict(self) -> str:
        """Say whether the goal was reached."""
        if self.got is None:
            return "not measured"
        reached = self.got >= self.need if self.at_least else self.got <= self.need
        return "reached" if reached else "MISSED"

    def line(self) -> str:
        """Return a line of the table."""
        sign = "≥" if self.at_least else "≤"
        got = "–" if self.got is None else f"{self.got:.2f}"
        return f"| {self.goal} | {got} | {sign} {self.need:g} | {self.unit} | {self.verdict} |"


@dataclass
class Bench:
    """What a run needs to know, and what it found."""

    folder: Path
    seconds: int
    runs: int
    old: int = OLD_TICKETS
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    rows: list[Row] = field(default_factory=list)
    port: int = 0

    def row(
        self, goal: str, got: float | None, need: float, unit: str, *, at_least: bool = True
    ) -> None:
        """Keep and print one line."""
        self.rows.append(Row(goal, got, need, unit, at_least))
        print(self.rows[-1].line(), flush=True)

    @property
    def database(self) -> str:
        return self.env["GERAI_DATABASE_URL"]

    def keys(self) -> dict[str, int]:
        pairs = (self.folder / "keys.txt").read_text().split()
        return {name: int(value) for name, value in (pair.split("=") for pair in pairs)}

    def manage(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.env, check=True, stdout=subprocess.DEVNULL
        )

    def sql(self, words: str) -> None:
        psql = [postgres_programs() / "psql", "-qX", self.database, "-c", words]
        subprocess.run(psql, check=True, stdout=subprocess.DEVNULL)

    def pgbench(self, script: str, *, lines: int, clients: int = 8) -> float:
        """Return transactions a second of a script over the product's own tables."""
        told = {**self.keys(), "lines": lines}
        tool = shutil.which("pgbench") or str(postgres_programs() / "pgbench")
        command = [tool, "-n", "-M", "prepared", "-c", str(clients), "-j", "2"]
        command += ["-T", str(self.seconds), "-f", str(HERE / script)]
        for name, value in told.items():
            command += ["-D", f"{name}={value}"]
        done = subprocess.run([*command, self.database], capture_output=True, text=True, check=True)
        return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])

    def asked(self, words: str) -> list[str]:
        """Return the rows of a question, columns parted by |."""
        psql = [postgres_programs() / "psql", "-qXAt", self.database, "-c", words]
        done = subprocess.run(psql, check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    def load(
        self,
        file: str,
        *,
        lines: int,
        first: int = 1,
        connections: int = 32,
        seconds: int = 0,
        fields: str = "",
        rate: float = 0,
    ) -> subprocess.Popen[str]:
        """Start wrk. rate: requests a second at most, 0 for as many as are answered."""
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds or self.seconds}s", "--latency"]
        command += ["--timeout", "20s", "-s", str(HERE / "load.lua")]
        command += [f"http://127.0.0.1:{self.port}", "--"]
        pause = connections / rate * 1000 if rate else 0
        command += [str(self.folder / f"{file}.txt"), str(first), str(lines), str(pause), fields]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def told_by(self, load: subprocess.Popen[str]) -> dict[str, float]:
        """Wait for what wrk saw."""
        out, _err = load.communicate()
        told = out.split("RESULT")[1]
        return {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", told)}

    def wrk(self, file: str, *, lines: int, **more: Any) -> dict[str, float]:
        """Return what wrk saw."""
        return self.told_by(self.load(file, lines=lines, **more))

    def pairs(self, script: str, file: str, *, lines: int, **more: Any) -> dict[str, float]:
        """Return the medians of yardstick and product, measured in turn."""
        seen = []
        for _run in range(self.runs):
            yard = self.pgbench(script, lines=lines)
            saw = self.wrk(file, lines=lines, **more)
            seen.append({**saw, "yard": yard, "ratio": saw["rps"] / yard})
            print(f"    pgbench {yard:.0f}/s, HTTP {saw['rps']:.0f}/s, {saw}", file=sys.stderr)
        return {name: median(each[name] for each in seen) for name in seen[0]}


def warm(bench: Bench) -> None:
    """Let both processes look at every line, until a round is not much faster than the last."""
    before = 0.0
    for _round in range(12):
        now = bench.wrk("takes", lines=MALLS, seconds=5)["rps"]
        if now < before * 1.1:
            return
        before = now


@contextmanager
def product(bench: Bench, *, processes: int = 2) -> Iterator[psutil.Process]:
    """Serve until the block ends."""
    bench.port = free_port()
    command = [sys.executable, "manage.py", "serve", "--host", "127.0.0.1"]
    command += ["--port", str(bench.port), "--processes", str(processes)]
    with (bench.folder / "log").open("w") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=bench.env, stdout=log, stderr=log)
    try:
        first_answer(bench.port)
        yield psutil.Process(running.pid)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def first_answer(port: int) -> None:
    """Wait for the first page."""
    for _try in range(1200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/masuk/", headers={"Host": "ukur-0.localhost"})
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the product did not start")


def memory(process: psutil.Process) -> float:
    """Return the MiB of a process and its children that nobody else shares, shared ones by part."""
    family = [process, *process.children(recursive=True)]
    return sum(each.memory_full_info().pss for each in family) / KIB / KIB
