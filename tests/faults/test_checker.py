"""The judge itself: silent on a true run, and never silent on a spoiled one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.checker import Fact, check, read

TABLES = """
CREATE TABLE queue_visit (id INTEGER, mall_id INTEGER, idempotency_key TEXT, token TEXT);
CREATE TABLE queue_ticket (id INTEGER, mall_id INTEGER, visit_id INTEGER, line_id INTEGER,
  day TEXT, number INTEGER, label TEXT, state TEXT, counter_id INTEGER, came_from_id INTEGER);
CREATE TABLE queue_step (id INTEGER, mall_id INTEGER, ticket_id INTEGER, verb TEXT, state TEXT,
  at TEXT, counter_id INTEGER, reason TEXT);
CREATE TABLE queue_lineday (id INTEGER, mall_id INTEGER, line_id INTEGER, day TEXT,
  last_number INTEGER);
CREATE TABLE queue_call (id INTEGER, mall_id INTEGER, zone_id INTEGER, sequence INTEGER,
  ticket_id INTEGER, times INTEGER, speech TEXT);
CREATE TABLE printing_printjob (id INTEGER, mall_id INTEGER, ticket_id INTEGER, copy INTEGER,
  state TEXT, sent INTEGER, reason TEXT);
CREATE TABLE people_deed (mall_id INTEGER, verb TEXT, thing TEXT);
"""
DAY = "2026-11-23"
# Numbers 1 and 2 were called, 3 waits, 4 came on paper, 5 was dropped for want of paper.
STEPS = [
    (1, "take", "waiting", None, ""),
    (2, "take", "waiting", None, ""),
    (3, "take", "waiting", None, ""),
    (4, "take", "printing", None, ""),
    (5, "take", "printing", None, ""),
    (4, "print_done", "waiting", None, "pencetak memastikan kertas keluar"),
    (5, "print_drop", "dropped", None, "kertas tidak dipastikan keluar"),
    (1, "call", "called", 7, ""),
    (1, "recall", "called", 7, ""),
    (1, "start", "serving", 7, ""),
    (1, "finish", "done", 7, "served"),
    (2, "call", "called", 7, ""),
    (2, "miss", "absent", 7, ""),
]
STATES = {1: "done", 2: "absent", 3: "waiting", 4: "waiting", 5: "dropped"}


def a_true_log() -> list[Fact]:
    log: list[Fact] = []

    def note(what: str, **told: object) -> None:
        log.append({"what": what, "at": float(len(log)), "who": "siapa", **told})

    for n in STATES:
        note("ask", key=f"k{n}", line=1)
        note("told", key=f"k{n}", token=f"t{n}", label=f"A00{n}")
        note("asked_again", key=f"k{n}")
        note("told", key=f"k{n}", token=f"t{n}", label="")
    note("slip", token="t4")
    note("listens")
    note("returned")
    note("again")
    note("desk", counter=7, ticket=1, label="A001", state="called")
    note("desk", counter=7, ticket=1, label="A001", state="serving")
    note("done", counter=7, ticket=1)
    for sequence, label in enumerate(("A001", "A001", "A002"), start=1):
        note("said", zone=9, sequence=sequence, label=label)
    log.append({"what": "loses", "at": 200.0, "who": "siapa"})
    return log


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "gerai.sqlite3"
    with sqlite3.connect(made) as line:
        line.executescript(TABLES)
        run = line.execute
        run("INSERT INTO queue_lineday VALUES (1, 1, 1, ?, 5)", [DAY])
        for n, state in STATES.items():
            run("INSERT INTO queue_visit VALUES (?, 1, ?, ?)", [n, f"k{n}", f"t{n}"])
            values = [n, n, DAY, n, f"A00{n}", state]
            run("INSERT INTO queue_ticket VALUES (?, 1, ?, 1, ?, ?, ?, ?, NULL, NULL)", values)
        for n, (ticket, verb, state, counter, reason) in enumerate(STEPS, start=1):
            values = [n, ticket, verb, state, f"1970-01-01 00:00:{n:02}", counter, reason]
            run("INSERT INTO queue_step VALUES (?, 1, ?, ?, ?, ?, ?, ?)", values)
            run("INSERT INTO people_deed VALUES (1, ?, ?)", [f"queue.{verb}", f"ticket:{ticket}"])
        for sequence, (ticket, times) in enumerate(((1, 1), (1, 2), (2, 1)), start=1):
            values = [sequence, sequence, ticket, times]
            run("INSERT INTO queue_call VALUES (?, 1, 9, ?, ?, ?, 'spoken')", values)
        for n, state, reason in ((4, "done", STEPS[5][4]), (5, "dropped", "")):
            values = [n, n, state, reason]
            run("INSERT INTO printing_printjob VALUES (?, 1, ?, 1, ?, 900, ?)", values)
    return made


def kinds(file: Path, log: list[Fact]) -> set[str]:
    return {found.kind for found in check(read(str(file), 1, log))}


def test_a_true_run_is_silent(file: Path) -> None:
    assert check(read(str(file), 1, a_true_log())) == []


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("lost", "DELETE FROM queue_visit WHERE id = 3"),
        ("lost", "UPDATE queue_visit SET token = 'other' WHERE id = 3"),
        ("lost", "DELETE FROM queue_step WHERE verb = 'finish'"),
        ("altered", "UPDATE queue_ticket SET label = 'A009' WHERE id = 3"),
        ("altered", "UPDATE queue_call SET ticket_id = 3 WHERE sequence = 3"),
        ("doubled", "INSERT INTO queue_visit VALUES (6, 1, 'k3', 't6')"),
        (
            "doubled",
            "INSERT INTO queue_ticket VALUES (6, 1, 3, 1, 'd', 6, 'A006', 'waiting', NULL, NULL)",
        ),
        ("doubled", "DELETE FROM queue_ticket WHERE id = 3"),
        ("unasked", "UPDATE queue_visit SET idempotency_key = 'k9' WHERE id = 3"),
        ("number_twice", "UPDATE queue_ticket SET number = 2 WHERE id = 3"),
        ("number_skipped", "UPDATE queue_ticket SET number = 6 WHERE id = 3"),
        ("number_skipped", "UPDATE queue_lineday SET last_number = 6"),
        ("number_skipped", "UPDATE queue_lineday SET last_number = 4"),
        ("out_of_order", "UPDATE queue_ticket SET number = 5 - number WHERE id IN (2, 3)"),
        ("illegal_step", "UPDATE queue_step SET verb = 'start' WHERE verb = 'finish'"),
        ("illegal_step", "DELETE FROM queue_step WHERE verb = 'start'"),
        ("illegal_step", "DELETE FROM queue_step WHERE ticket_id = 3"),
        ("illegal_step", "DELETE FROM queue_ticket WHERE id = 3"),
        ("state_differs", "UPDATE queue_ticket SET state = 'done' WHERE id = 3"),
        ("deed_differs", "DELETE FROM people_deed WHERE thing = 'ticket:3'"),
        ("deed_differs", "INSERT INTO people_deed VALUES (1, 'queue.take', 'ticket:3')"),
        ("two_at_once", "UPDATE queue_step SET id = 95 - id WHERE id IN (10, 11, 12)"),
        ("desk_deceived", "UPDATE queue_step SET counter_id = 8 WHERE verb = 'start'"),
        ("desk_deceived", "UPDATE queue_step SET at = '1970-01-02 00:00:00' WHERE verb = 'start'"),
        ("desk_deceived", "UPDATE queue_ticket SET label = 'A008' WHERE id = 1"),
        ("call_skipped", "UPDATE queue_call SET sequence = 4 WHERE sequence = 3"),
        ("unspoken", "UPDATE queue_call SET speech = 'lapsed' WHERE sequence = 3"),
        ("spoken_unasked", "DELETE FROM queue_call WHERE sequence = 3"),
        ("unannounced", "DELETE FROM queue_call WHERE sequence = 2"),
        ("unannounced", "UPDATE queue_call SET ticket_id = 1 WHERE sequence = 3"),
        ("paper_undecided", "UPDATE queue_ticket SET state = 'printing' WHERE id = 5"),
        ("paper_undecided", "UPDATE printing_printjob SET state = 'sending' WHERE id = 5"),
        ("paper_unexplained", "UPDATE queue_step SET reason = '' WHERE verb = 'print_drop'"),
        ("paper_twice", "UPDATE printing_printjob SET sent = 0 WHERE id = 4"),
    ],
)
def test_a_spoiled_database_is_reported(file: Path, kind: str, spoil: str) -> None:
    with sqlite3.connect(file) as line:
        assert line.execute(spoil).rowcount
    assert kind in kinds(file, a_true_log())


def without(what: str, nth: int = 0) -> Callable[[list[Fact]], None]:
    def spoil(log: list[Fact]) -> None:
        log.remove([fact for fact in log if fact["what"] == what][nth])

    return spoil


def with_another(what: str, nth: int = -1, **changes: object) -> Callable[[list[Fact]], None]:
    def spoil(log: list[Fact]) -> None:
        one = [fact for fact in log if fact["what"] == what][nth]
        log.append({**one, "at": float(len(log)), **changes})

    return spoil


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("lost", with_another("told", key="k9", token="t9", label="A009")),
        ("lost", with_another("done", ticket=3)),
        ("altered", with_another("told", label="A009")),
        ("altered", with_another("said", label="A009")),
        ("told_twice", with_another("told", token="t9")),
        ("shared", with_another("told", key="k4")),
        ("unasked", without("ask")),
        ("out_of_order", with_another("ask", 0)),
        ("desk_deceived", with_another("desk", state="waiting")),
        ("desk_deceived", with_another("desk", ticket=3)),
        ("spoken_twice", with_another("said")),
        ("spoken_out_of_order", with_another("said", 0)),
        ("unspoken", without("said")),
        ("spoken_unasked", with_another("said", sequence=4)),
        ("paper_twice", with_another("slip")),
        ("paper_twice", with_another("slip", token="t3")),
        ("paper_lost", without("slip")),
        ("deaf", without("again")),
    ],
)
def test_a_spoiled_log_is_reported(
    file: Path, kind: str, spoil: Callable[[list[Fact]], None]
) -> None:
    log = a_true_log()
    spoil(log)
    assert kind in kinds(file, log)
