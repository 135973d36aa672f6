"""Calling at desks: an officer, an open counter and sixty who wait, in each mall."""

# ruff: noqa: RUF001 - signs of a table
import re
import subprocess
import sys
from statistics import median

from tests.bench.rig import MALLS, ROOT, Bench, product

WAITING = 60
# Whoever waits still has left; then sixty come to each line, in the order of their keys.
CROWD = f"""
UPDATE queue_ticket SET state = 'left' WHERE state IN ('waiting', 'called', 'serving');
WITH v AS (
  INSERT INTO queue_visit
    (mall_id, token, code, day, door, "group", language, idempotency_key, came_at)
  SELECT d.mall_id, 'ramai-' || d.id || '-' || d.last_number + n, '0000', d.day, 'kiosk',
    'ordinary', 'id', 'ramai-' || d.line_id || '-' || d.last_number + n, now()
  FROM queue_lineday d, generate_series(1, {WAITING}) n ORDER BY n, d.id
  RETURNING id, mall_id, day, came_at, split_part(idempotency_key, '-', 2)::bigint AS line_id,
    split_part(idempotency_key, '-', 3)::bigint AS number)
INSERT INTO queue_ticket (mall_id, visit_id, line_id, service_id, day, number, label, is_priority,
  state, arrived_at, callable_after, times_called, outcome, rating_token)
SELECT v.mall_id, v.id, v.line_id, s.service_id, v.day, v.number, 'A' || v.number, false,
  'waiting', v.came_at, 0, 0, '', ''
FROM v JOIN queue_lineservice s ON s.line_id = v.line_id ORDER BY v.id;
UPDATE queue_lineday SET last_number = last_number + {WAITING};
"""
QUEUES = """
SELECT host, cookie, string_agg(t.id::text, ',' ORDER BY t.arrived_at, t.id)
FROM bench_desk b JOIN queue_ticket t ON t.mall_id = b.mall_id AND t.state = 'waiting'
GROUP BY host, cookie
"""


def call(bench: Bench) -> None:
    """A visitor is called, served and ended: three presses, each a statement of the yardstick."""
    bench.manage("-m", "tests.bench.desks", str(bench.folder))
    with product(bench):
        told = beside(bench)
        bench.row("call, serve and end a visitor, 32 desks", told["ratio"], 0.35, "× pgbench (8)")
        bench.row("– answers other than done", told["others"], 0, "answers", at_least=False)
        told = beside(bench, fields="&lewat=halaman")
        bench.row("– through the page's view", told["ratio"], 0.12, "× pgbench (8)")


def beside(bench: Bench, *, fields: str = "") -> dict[str, float]:
    """Return the medians of what officers saw, and of its ratio to the yardstick.

    fields: sent with each press; one that the fast door does not know leaves it to the view.
    """
    seen = []
    for _run in range(bench.runs + 1):
        bench.sql(CROWD)
        bench.sql("ANALYZE queue_ticket")
        yard = bench.pgbench("call.sql", lines=MALLS)
        saw = officers(bench, fields)
        print(f"    pgbench {yard:.0f} visits/s, HTTP {saw}", file=sys.stderr)
        seen.append({**saw, "ratio": saw["rps"] / yard})
    return {name: median(each[name] for each in seen[1:]) for name in seen[0]}


def officers(bench: Bench, fields: str) -> dict[str, float]:
    """Return what 32 officers saw."""
    (bench.folder / "desks.txt").write_text("".join(f"{row}\n" for row in bench.asked(QUEUES)))
    words = ["-m", "tests.bench.visits", bench.port, bench.folder / "desks.txt", 32, bench.seconds]
    words += [fields] if fields else []
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", done.stdout)}
