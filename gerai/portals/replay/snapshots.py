"""Logs of a take-a-number system: how many numbers were issued and called, every few minutes.

Between two snapshots the newly issued numbers arrive evenly spread, and the newly called ones are
called evenly spread. Whoever came before the first snapshot is spread over the time of one more
before it. Pure.
"""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from gerai.portals.replay.moments import read_day, read_moment
from gerai.portals.replay.record import Customer, Record, RecordedCall, Refusal, Session
from gerai.portals.replay.table import SHOWN, Row, Table, UnreadableFile

COLUMNS = frozenset({"date", "time", "issued_no", "called_no"})
ONE_INTERVAL = timedelta(minutes=5)
MOST_NUMBERS = 100_000

Key = tuple[date, str]


@dataclass(frozen=True)
class _Snapshot:
    line: int
    moment: timedelta
    issued: int
    called: int
    open_counters: int
    realised_wait_min: float | None


class NotPlayed(ValueError):
    """A snapshot cannot be used; the message says why (Indonesian)."""


def is_snapshots(table: Table) -> bool:
    """Tell whether a table is of this form, by its columns."""
    return table.columns >= COLUMNS


def read_snapshots(table: Table, *, counters: int | None = None) -> Record:
    """Return one session per queue and day.

    counters: how many counters are open all the time, instead of the recorded ones.

    :raises UnreadableFile: there is no row at all
    """
    if not table.rows:
        raise UnreadableFile("Berkas ini hanya berisi judul. Tambahkan catatan antreannya.")
    refused: list[Refusal] = []
    days: dict[Key, list[_Snapshot]] = defaultdict(list)
    for row in table.rows:
        try:
            key, snapshot = _snapshot(row)
        except NotPlayed as reason:
            refused.append(Refusal(row.line, str(reason)))
            continue
        days[key].append(snapshot)
    sessions = []
    for (day, name), snapshots in days.items():
        ordered = sorted(snapshots, key=lambda snapshot: (snapshot.moment, snapshot.line))
        rising, falls = _rising(ordered)
        refused += falls
        sessions.append(_session(day, name, rising, counters))
    return Record(
        sessions=tuple(sorted(sessions, key=lambda session: (session.day, session.name))),
        refused=tuple(sorted(refused, key=lambda refusal: refusal.line)),
        has_sessions=True,
    )


def _snapshot(row: Row) -> tuple[Key, _Snapshot]:
    day = read_day(row["date"])
    moment = read_moment(row["time"])
    if day is None or moment is None:
        raise NotPlayed(
            f"Tanggal “{row['date'][:SHOWN]}” atau waktu “{row['time'][:SHOWN]}” tidak terbaca. "
            "Baris ini tidak diputar."
        )
    name = " / ".join(part for part in (row["office"], row["queue_id"], row["queue_name"]) if part)
    open_counters = _count(row, "open_counters") if row["open_counters"] else 0
    return (day, name), _Snapshot(
        line=row.line,
        moment=moment[1],
        issued=_count(row, "issued_no"),
        called=_count(row, "called_no"),
        open_counters=open_counters,
        realised_wait_min=_number(row["realised_wait_min"]),
    )


def _count(row: Row, column: str) -> int:
    text = row[column].removesuffix(".0")
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= MOST_NUMBERS):
        raise NotPlayed(
            f"Kolom {column}: “{text[:SHOWN]}” bukan bilangan 0 sampai {MOST_NUMBERS}. "
            "Baris ini tidak diputar."
        )
    return int(text)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _rising(snapshots: Sequence[_Snapshot]) -> tuple[list[_Snapshot], list[Refusal]]:
    """Return the snapshots whose numbers never fall and which call nobody before the issue."""
    rising: list[_Snapshot] = []
    refused = []
    issued = called = 0
    for snapshot in snapshots:
        if snapshot.issued < issued or snapshot.called < called:
            reason = "Nomor turun dibanding baris sebelumnya"
        elif snapshot.called > snapshot.issued:
            reason = "Nomor yang dipanggil belum diambil"
        else:
            rising.append(snapshot)
            issued, called = snapshot.issued, snapshot.called
            continue
        refused.append(Refusal(snapshot.line, f"{reason}. Baris ini tidak diputar."))
    return rising, refused


def _session(day: date, name: str, snapshots: Sequence[_Snapshot], counters: int | None) -> Session:
    first = snapshots[0]
    before = _Snapshot(
        first.line, max(first.moment - ONE_INTERVAL, timedelta()), 0, 0, first.open_counters, None
    )
    customers: list[Customer] = []
    calls: list[RecordedCall] = []
    for earlier, later in pairwise((before, *snapshots)):
        arrivals = _spread(earlier.moment, later.moment, later.issued - earlier.issued)
        customers += [Customer(later.line, arrival, None) for arrival in arrivals]
        open_counters = max(counters or later.open_counters, 1)
        called = _spread(earlier.moment, later.moment, later.called - earlier.called)
        calls += [RecordedCall(moment, open_counters) for moment in called]
    return Session(
        day=day,
        name=name,
        servers=max(call.open_counters for call in calls) if calls else counters or 1,
        customers=tuple(customers),
        calls=tuple(calls),
        closes=snapshots[-1].moment,
        recorded_wait_s=_mean_wait((snapshot, 1) for snapshot in snapshots),
        recorded_wait_per_customer_s=_mean_wait(
            (later, later.issued - earlier.issued)
            for earlier, later in pairwise((before, *snapshots))
        ),
    )


def _mean_wait(weighted: Iterable[tuple[_Snapshot, int]]) -> float | None:
    """Return the mean recorded wait in seconds, None where nothing that counts was recorded."""
    told = [
        (snapshot.realised_wait_min * 60, weight)
        for snapshot, weight in weighted
        if snapshot.realised_wait_min is not None and weight
    ]
    if not told:
        return None
    return statistics.fmean([wait for wait, _weight in told], [weight for _wait, weight in told])


def _spread(start: timedelta, end: timedelta, count: int) -> Iterable[timedelta]:
    """Yield so many moments, evenly, the last one at the end; in whole seconds.

    The same rounding everywhere keeps a call behind its arrival.
    """
    for number in range(1, count + 1):
        seconds = (start + (end - start) * number / count).total_seconds()
        yield timedelta(seconds=int(seconds))
