"""One happening to many open pages of one process, alone and while numbers are taken."""

# ruff: noqa: RUF001 - signs of a table
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import psutil

from tests.bench.rig import HERE, KIB, MALLS, Bench, memory, product, warm
from tests.served import free_port

KEY = "kunci-halaman-"
# When a press is about to be committed: the last thing that its transaction does.
NOTES = f"""
SET client_min_messages = warning;
CREATE TABLE IF NOT EXISTS bench_commit (key text PRIMARY KEY, at timestamptz);
CREATE OR REPLACE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO bench_commit VALUES (NEW.idempotency_key, clock_timestamp()); RETURN NULL; END $$;
DROP TRIGGER IF EXISTS zz_bench_note ON queue_visit;
CREATE CONSTRAINT TRIGGER zz_bench_note AFTER INSERT ON queue_visit DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.idempotency_key LIKE '{KEY}%') EXECUTE FUNCTION bench_note();
"""
COMMITS = "SELECT key, extract(epoch FROM at) * 1000 FROM bench_commit"


def pages(bench: Bench) -> None:
    """5,000 and 10,000 pages, beside the least that a server can do."""
    prepare(bench)
    for count, limit in ((5_000, 100), (10_000, 200)):
        with floor(bench) as port:
            yard = streams(bench, port, "floor-post", count)
        with product(bench, processes=1) as process:
            bench.wrk("takes", lines=1, connections=4, seconds=3)
            saw = streams(bench, bench.port, "post", count, process)
        name = f"{count} open pages, p99"
        bench.row(f"{name} from the commit", saw["p99"], limit, "ms", at_least=False)
        bench.row("– last page", saw["last"] / yard["last"], 2.5, "× the C floor", at_least=False)
        bench.row("– lost", saw["lost"] + saw["closed"], 0, "happenings", at_least=False)
        bench.row("– memory", saw["kib"], 32, "KiB a page", at_least=False)


def half(bench: Bench) -> None:
    """1,000 pages while numbers are taken elsewhere at half of what this process can."""
    prepare(bench)
    with product(bench, processes=1):
        warm(bench)
        limit = bench.wrk("takes", lines=MALLS)["rps"]
        # Answers take their time, too: what a pause alone gives is a little less.
        tried = bench.wrk("takes", first=2, lines=MALLS, rate=limit / 2)["rps"]
        rate = limit / 2 * (limit / 2) / tried
        load = bench.load("takes", first=2, lines=MALLS, seconds=20, rate=rate)
        time.sleep(2)
        saw = streams(bench, bench.port, "post", 1_000)
        taken = bench.told_by(load)["rps"]
    print(f"    limit {limit:.0f}/s, taken {taken:.0f}/s, {saw}", file=sys.stderr)
    name = "1000 open pages while numbers are taken at half the limit, p99 from the commit"
    bench.row(name, saw["p99"], 150, "ms", at_least=False)
    bench.row("– lost", saw["lost"] + saw["closed"], 0, "happenings", at_least=False)
    bench.row("– taken", taken / limit, 0.4, "of the limit")


def prepare(bench: Bench) -> None:
    """Build the load makers, write their requests, let the database note the commits."""
    for name in ("streams", "floor"):
        source, program = HERE / f"{name}.c", bench.folder / name
        subprocess.run(["cc", "-O2", "-o", program, source], check=True)
    first = (bench.folder / "takes.txt").read_text().splitlines()[0]
    host, path, fields, cookie = first.split(" ", 3)
    body = f"{fields}&key={KEY}########"
    head = "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
    (bench.folder / "get").write_text(f"GET /live/ HTTP/1.1\r\nHost: {host}\r\n\r\n")
    (bench.folder / "post").write_text(
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{head}"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )
    told = '{"what": "queue.take", "key": "line:1"}'
    (bench.folder / "floor-post").write_text(
        f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(told)}\r\n\r\n{told}"
    )
    bench.sql(NOTES)


@contextmanager
def floor(bench: Bench) -> Iterator[int]:
    """Run the least a server can do."""
    port = free_port()
    running = subprocess.Popen([bench.folder / "floor", str(port)])
    time.sleep(0.5)
    try:
        yield port
    finally:
        running.kill()
        running.wait()


def streams(
    bench: Bench, port: int, post: str, count: int, process: psutil.Process | None = None
) -> dict[str, float]:
    """Return what so many streams saw: medians of the rounds, in ms from the commit.

    The floor commits nothing: there it is from the request.
    """
    files = [str(bench.folder / "get"), str(bench.folder / post)]
    command = [str(bench.folder / "streams"), str(port), *files, "queue.take", str(count)]
    before = memory(process) if process else 0.0
    loader = subprocess.Popen(
        [*command, "10", "200"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    ready = loader.stdout.readline()
    if not ready.startswith("READY"):
        sys.exit(f"{count} streams could not be opened")
    time.sleep(1)
    after = memory(process) if process else 0.0
    out, _err = loader.communicate("go\n", timeout=300)
    print("   ", ready.strip(), out.strip().splitlines()[-1], file=sys.stderr)
    rounds = [numbers(line) for line in out.splitlines() if line.startswith("ROUND")]
    commits = dict(line.split("|") for line in bench.asked(COMMITS)) if post == "post" else {}
    for each in rounds:
        committed = commits.get(f"{KEY}{each['number']:08.0f}", each["at"])
        each["before"] = float(committed) - each["at"]
    told = {
        name: median(each[name] - each["before"] for each in rounds)
        for name in ("p50", "p99", "last")
    }
    print(f"    before the commit {median(e['before'] for e in rounds):.1f} ms", file=sys.stderr)
    return {**numbers(out.splitlines()[-1]), **told, "kib": (after - before) * KIB / count}


def numbers(line: str) -> dict[str, float]:
    """Read name=number pairs."""
    return {name: float(value) for name, value in re.findall(r"(\w+)=([\d.-]+)", line)}
