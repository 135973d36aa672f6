"""The yardstick of the embedded form: the rows of a take, one transaction each, by sqlite3."""

import sqlite3
import time
from pathlib import Path

ROWS = (
    """INSERT INTO yard_visit (mall, token, code, day, door, grp, language, sent, came)
    VALUES (1, ?1, '0000', '2026-11-23', 'kiosk', 'ordinary', 'id', ?1, '2026-11-23 02:00:00')""",
    """INSERT INTO yard_day VALUES (1, '2026-11-23', 1)
    ON CONFLICT (line, day) DO UPDATE SET last = last + 1""",
    """INSERT INTO yard_ticket (mall, visit, line, day, number, label, state, came)
    VALUES (1, ?1, 1, '2026-11-23', (SELECT last FROM yard_day), 'A001', 'waiting', 'now')""",
    "INSERT INTO yard_step (mall, ticket, verb, at) VALUES (1, ?1, 'take', 'now')",
    """INSERT INTO yard_deed (mall, verb, thing, at, by, detail)
    VALUES (1, 'queue.take', ?1, 'now', 'perangkat', '{}')""",
)
TABLES = """
CREATE TABLE yard_visit (id INTEGER PRIMARY KEY, mall, token UNIQUE, code, day, door, grp, language,
  sent, came, UNIQUE (mall, sent));
CREATE TABLE yard_day (line, day, last, UNIQUE (line, day));
CREATE TABLE yard_ticket (id INTEGER PRIMARY KEY, mall, visit, line, day, number, label, state,
  came,
  UNIQUE (line, day, number));
CREATE INDEX yard_next ON yard_ticket (line, day, state, came);
CREATE INDEX yard_board ON yard_ticket (mall, day, state);
CREATE TABLE yard_step (id INTEGER PRIMARY KEY, mall, ticket, verb, at);
CREATE INDEX yard_steps ON yard_step (ticket);
CREATE INDEX yard_times ON yard_step (mall, at);
CREATE TABLE yard_deed (id INTEGER PRIMARY KEY, mall, verb, thing, at, by, detail);
CREATE INDEX yard_deeds ON yard_deed (mall, at);
CREATE INDEX yard_things ON yard_deed (mall, thing);
"""


def rate(folder: Path, *, seconds: int) -> float:
    """Return takes a second in a database of its own on the same disk, with FULL."""
    file = folder / f"yard-{time.monotonic_ns()}.sqlite3"
    database = sqlite3.connect(file, isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
    done, began = 0, time.monotonic()
    while time.monotonic() < began + seconds:
        database.execute("BEGIN IMMEDIATE")
        for row in ROWS:
            database.execute(row, (f"k{done}",) if "?1" in row else ())
        database.execute("COMMIT")
        done += 1
    spent = time.monotonic() - began
    database.close()
    file.unlink()
    return done / spent
