"""Measures the product beside its yardsticks in one run: python -m tests.bench.run [PART ...]

Parts: take call pages half history sqlite start weight planner (all without a name). It starts
PostgreSQL, a Valkey/Redis and the product on loopback, ends all of them, prints reached or MISSED
a line and writes the table of docs/performance.md. --seconds and --runs say how long it looks.
Load maker, product and database share the machine; every figure is a ratio to a yardstick
that was measured right before it, since absolute ones change from minute to minute.
"""

# ruff: noqa: RUF001 - signs of a table
import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

import httpx

from tests.bench.calls import call
from tests.bench.one_by_one import rate
from tests.bench.pages import half, pages
from tests.bench.played import planner
from tests.bench.rig import KIB, MALLS, OLD_TICKETS, ROOT, Bench, memory, product, warm
from tests.served import postgres, signals

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- table: make bench -->", "<!-- end of table -->"


@contextmanager
def served(bench: Bench) -> Iterator[None]:
    """Run PostgreSQL and Valkey with the malls of a measurement in them."""
    with ExitStack() as running:
        bench.env |= {
            "GERAI_DATABASE_URL": running.enter_context(postgres()),
            "GERAI_SIGNALS_URL": running.enter_context(signals()),
            "GERAI_SECRET_KEY": "only-for-measuring",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "GERAI_DATA": str(bench.folder),
        }
        # As a server is set that writes much: no checkpoint in the middle of a measurement.
        for setting in ("max_wal_size = '8GB'", "checkpoint_timeout = '15min'"):
            bench.sql(f"ALTER SYSTEM SET {setting}")
        bench.sql("SELECT pg_reload_conf()")
        bench.manage("manage.py", "prepare")
        bench.manage("-m", "tests.bench.world", str(bench.folder))
        bench.sql("VACUUM ANALYZE")
        yield


def take(bench: Bench) -> None:
    """Taking a number: spread, hot, crowded, and through the page's view."""
    with product(bench):
        warm(bench)
        spread = bench.pairs("take.sql", "takes", lines=MALLS)
        bench.row("take a number, 500 lines, 32 connections", spread["ratio"], 0.5, "× pgbench (8)")
        bench.row("– p99", spread["p99"], 15, "ms", at_least=False)
        bench.row("– answers other than a number", spread["others"], 0, "answers", at_least=False)
        hot = bench.pairs("take.sql", "takes", lines=1)
        bench.row("take a number, one hot line", hot["ratio"], 1.5, "× pgbench (8)")
        crowd = bench.pairs("take.sql", "takes", lines=1, connections=1000)
        bench.row("– with 1,000 connections", crowd["ratio"], 3, "× pgbench (8)")
        # A field that the fast door does not know leads to the view.
        view = bench.pairs("take.sql", "takes", lines=MALLS, fields="&lain=1")
        bench.row("take a number through the page's view", view["ratio"], 0.12, "× pgbench (8)")


def history(bench: Bench) -> None:
    """The same beside a database with five million old tickets, in turn."""
    old = replace(bench, env={**bench.env, "GERAI_DATABASE_URL": f"{bench.database}_old"})
    bench.sql("CREATE DATABASE gerai_old TEMPLATE gerai")
    old.manage("-m", "tests.bench.history", str(bench.old))
    old.sql("VACUUM ANALYZE")
    fields = {"take a number": "", "– through the page's view": "&lain=1"}
    with product(bench), product(old):
        warm(bench)
        warm(old)
        for name, more in fields.items():
            shares = []
            for _run in range(bench.runs):
                empty, full = (each.wrk("takes", lines=MALLS, fields=more) for each in (bench, old))
                print(f"    empty {empty}, old {full}", file=sys.stderr)
                shares.append(empty["rps"] / full["rps"])
            goal = f"{name} with {bench.old / 1e6:g} million old tickets"
            goal = name if name.startswith("– ") else goal
            bench.row(goal, median(shares), 1.2, "× the time of empty tables", at_least=False)


@contextmanager
def embedded(bench: Bench) -> Iterator[None]:
    """Use SQLite in a folder of its own."""
    for name in ("GERAI_DATABASE_URL", "GERAI_SIGNALS_URL", "GERAI_SECRET_KEY"):
        bench.env.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        outer, bench.folder = bench.folder, Path(folder)
        bench.env |= {"GERAI_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        bench.manage("manage.py", "prepare")
        bench.manage("-m", "tests.bench.world", folder, "--malls", "20")
        yield
        bench.folder = outer


def sqlite(bench: Bench) -> None:
    """The embedded form against the sqlite3 module's own one-by-one rate."""
    with product(bench, processes=1):
        bench.wrk("takes", lines=20, seconds=6)
        ratios = []
        for _run in range(bench.runs):
            yard = rate(bench.folder, seconds=bench.seconds)
            saw = bench.wrk("takes", lines=20)
            print(f"    sqlite3 {yard:.0f}/s, HTTP {saw}", file=sys.stderr)
            ratios.append(saw["rps"] / yard)
    bench.row(
        "SQLite (FULL), take a number", median(ratios), 0.6, "× the sqlite3 module one by one"
    )


def start(bench: Bench) -> None:
    """Command to first page, and memory at rest."""
    times = []
    for _run in range(bench.runs):
        began = time.monotonic()
        with product(bench, processes=1) as process:
            times.append(time.monotonic() - began)
            time.sleep(5)
            rest = memory(process)
    bench.row("embedded form: command to first page", median(times), 6, "seconds", at_least=False)
    bench.row("embedded form: memory at rest", rest, 250, "MiB", at_least=False)


def weight(bench: Bench) -> None:
    """What a first visit brings over the wire: by plain http as in the hall, and by https."""
    with product(bench, processes=1):
        lines = (bench.folder / "takes.txt").read_text().splitlines()
        host, _path, _fields, cookie = lines[0].split(" ", 3)
        for name, path in (("kiosk", "/kios/"), ("phone", "/antre/")):
            for coding, way in (("gzip", ""), ("gzip, br", " with brotli")):
                got = first_load(bench.port, host, cookie, path, coding)
                bench.row(f"{name}, first load{way}", got / KIB, 60, "KiB", at_least=False)


def first_load(port: int, host: str, cookie: str, path: str, coding: str) -> int:
    """Return the bytes of a page and of everything that its head and body fetch at once."""
    headers = {"Host": host, "Cookie": cookie, "Accept-Encoding": coding}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
        seen, waiting, total = set(), [path], 0
        while waiting:
            url = waiting.pop()
            if url in seen:
                continue
            seen.add(url)
            with client.stream("GET", url) as answer:
                if answer.status_code != httpx.codes.OK:
                    sys.exit(f"{url} answers {answer.status_code}")
                raw = b"".join(answer.iter_raw())
                head = sum(len(k) + len(v) + 4 for k, v in answer.headers.raw)
                size = len(raw) + head + len("HTTP/1.1 200 OK\r\n\r\n")
            total += size
            packed = answer.headers.get("content-encoding", "")
            print(f"    {size:7} of them {head:4} headers {url} {packed}", file=sys.stderr)
            kind = answer.headers.get("content-type", "")
            if "html" in kind or "css" in kind or "javascript" in kind:
                text = client.get(url).text
                waiting += links(text, url, kind)
        return total


def links(text: str, url: str, kind: str) -> list[str]:
    """Return what a page, a style sheet or a module fetches without being asked."""
    if "html" in kind:
        found = re.findall(r'<(?:script|img|source)[^>]*?\ssrc="([^"#]+)', text)
        found += re.findall(
            r'<link[^>]*?rel="(?:stylesheet|icon|modulepreload)"[^>]*?href="([^"#]+)', text
        )
        found += re.findall(r'<link[^>]*?href="([^"#]+)"[^>]*?rel="(?:stylesheet|icon)"', text)
        found += re.findall(r'<use[^>]*?href="([^"#]+)', text)
    elif "css" in kind:
        found = re.findall(r"@import\s+(?:url\()?[\"']?([^\"')]+)", text)
        # A browser fetches a font only for letters that the page shows.
        found += re.findall(r"url\([\"']?([^\"')#]+-core-wght[^\"')#]*\.woff2)", text)
    else:
        found = re.findall(r"\b(?:import|from)[\s(]*[\"'](\.{0,2}/[^\"']+)", text)
    base = httpx.URL(f"http://x{url}")
    return [base.join(each).raw_path.decode() for each in found if not each.startswith("data:")]


SERVED: dict[str, Callable[[Bench], None]] = {
    "take": take, "call": call, "pages": pages, "half": half, "history": history
}  # fmt: skip
EMBEDDED: dict[str, Callable[[Bench], None]] = {"sqlite": sqlite, "start": start, "weight": weight}
ALONE: dict[str, Callable[[Bench], None]] = {"planner": planner}


def write(bench: Bench) -> None:
    """Put the lines into the page, each in the place of its goal."""
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    old, tail = rest.split(END)
    lines = {each.split("|")[1].strip(): each for each in old.strip().splitlines()[2:]}
    owner = ""
    for each in bench.rows:
        owner = each.goal if not each.goal.startswith("– ") else owner
        name = each.goal if each.goal == owner else f"{owner} {each.goal}"
        lines[name] = each.line().replace(f"| {each.goal} |", f"| {name} |", 1)
    top = ["| goal | measured | needed | unit | |", "|---|---|---|---|---|"]
    table = "\n".join([*top, *lines.values()])
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*SERVED, *EMBEDDED, *ALONE, []])
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--old", type=int, default=OLD_TICKETS)
    told = parser.parse_args()
    parts = told.parts or [*SERVED, *EMBEDDED, *ALONE]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), told.seconds, told.runs, told.old)
        if any(part in SERVED for part in parts):
            with served(bench):
                for part in (part for part in SERVED if part in parts):
                    SERVED[part](bench)
        if any(part in EMBEDDED for part in parts):
            with embedded(bench):
                for part in (part for part in EMBEDDED if part in parts):
                    EMBEDDED[part](bench)
        for part in (part for part in ALONE if part in parts):
            ALONE[part](bench)
    write(bench)
    return int(any(row.verdict == "MISSED" for row in bench.rows))


if __name__ == "__main__":
    sys.exit(main())
