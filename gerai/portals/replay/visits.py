"""Logs with a row per customer: arrival, start and end of service. Pure.

What was recorded of the arrival and the length of the service is played. A recorded start that
cannot be (before the arrival, or while all counters were serving others) is refused by its line;
its customer is played all the same. A row without a usable arrival or length is not played.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gerai.portals.replay.moments import DAY, Moment, after, night_begins, read_day, read_moment
from gerai.portals.replay.record import Customer, Record, Refusal, Session
from gerai.portals.replay.table import SHOWN, Row, Table, UnreadableFile

COLUMNS = ("arrive", "start", "end")
MOST_COUNTERS = 200
# With full moments and no column for the day, a new day begins a new session, except at night
# while people keep coming.
KEEPS_COMING = timedelta(hours=3)

Key = tuple[date | None, str | None]


class NotPlayed(ValueError):
    """A row cannot be played; the message says why (Indonesian)."""


@dataclass(frozen=True)
class _Visit:
    """A row with its times since the midnight of its day, not yet of its session."""

    line: int
    key: Key
    day: date | None
    tells_day: bool
    arrival: timedelta
    start: timedelta
    end: timedelta
    servers: int | None
    lane: str

    def later_by(self, shift: timedelta) -> "_Visit":
        return replace(
            self,
            arrival=self.arrival + shift,
            start=self.start + shift,
            end=self.end + shift,
        )


def read_visits(table: Table, *, counters: int | None = None) -> Record:
    """Return the sessions of a log: one per day and session where the file tells them.

    counters: how many counters play each session; without it the column servers says so, else
    the number of different lanes, else one.

    :raises UnreadableFile: a column is missing, or there is no row at all
    """
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        raise UnreadableFile(
            f"Kolom {', '.join(missing)} tidak ada pada judul. "
            f"Judul harus memuat {', '.join(COLUMNS)}."
        )
    if not table.rows:
        raise UnreadableFile("Berkas ini hanya berisi judul. Tambahkan catatan antreannya.")
    refused: list[Refusal] = []
    groups: dict[Key, list[_Visit]] = defaultdict(list)
    for row in table.rows:
        try:
            visit = _visit(row, table.columns)
        except NotPlayed as reason:
            refused.append(Refusal(row.line, str(reason)))
            continue
        groups[visit.key].append(visit)
    sessions: list[Session] = []
    for key, visits in _by_day_of_their_own(groups, table.columns):
        ordered = sorted(_across_midnight(visits), key=lambda visit: (visit.arrival, visit.line))
        recorded = _recorded_counters(ordered)
        refused += _impossible_starts(ordered, recorded or counters or 1)
        sessions.append(_session(key, ordered, counters or recorded or 1))
    return Record(
        sessions=tuple(sorted(sessions, key=_order)),
        refused=tuple(sorted(refused, key=lambda refusal: refusal.line)),
        has_sessions=bool({"date", "session"} & table.columns) or len(sessions) > 1,
    )


def _visit(row: Row, columns: frozenset[str]) -> _Visit:
    arrive, start, end = (_moment(row, column) for column in COLUMNS)
    own_day = arrive[0]
    key_day = None
    if "date" in columns:
        key_day = read_day(row["date"])
        if key_day is None:
            raise NotPlayed(_unreadable("date", row["date"], "tanggal", "2026-01-31"))
    day = own_day or key_day
    arrival = arrive[1]
    begun = _since(day, arrival, start)
    ended = _since(day, begun, end)
    if ended < begun:
        raise NotPlayed(
            f"Selesai ({row['end']}) sebelum mulai ({row['start']}), jadi lama layanannya "
            "tidak diketahui. Baris ini tidak diputar."
        )
    return _Visit(
        line=row.line,
        key=(key_day, row["session"] if "session" in columns else None),
        day=day,
        tells_day=own_day is not None,
        arrival=arrival,
        start=begun,
        end=ended,
        servers=_servers(row) if "servers" in columns else None,
        lane=row["lane"],
    )


def _moment(row: Row, column: str) -> Moment:
    moment = read_moment(row[column])
    if moment is None:
        raise NotPlayed(_unreadable(column, row[column], "waktu", "08:30:00"))
    return moment


def _unreadable(column: str, text: str, what: str, example: str) -> str:
    if not text:
        return f"Kolom {column} kosong. Baris ini tidak diputar."
    return (
        f"Kolom {column}: “{text[:SHOWN]}” bukan {what}. "
        f"Tuliskan seperti {example}. Baris ini tidak diputar."
    )


def _since(day: date | None, earlier: timedelta, moment: Moment) -> timedelta:
    """Return a moment as time since the midnight of a day, not long before an earlier time."""
    own_day, time = moment
    if own_day is not None and day is not None:
        return time + (own_day - day)
    whole_days = earlier // DAY * DAY
    return whole_days + after(earlier - whole_days, time)


def _servers(row: Row) -> int | None:
    text = row["servers"].removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_COUNTERS):
        raise NotPlayed(
            f"Kolom servers: “{text[:SHOWN]}” bukan jumlah loket (1 sampai {MOST_COUNTERS}). "
            "Baris ini tidak diputar."
        )
    return int(text)


def _by_day_of_their_own(
    groups: dict[Key, list[_Visit]], columns: frozenset[str]
) -> Iterable[tuple[Key, list[_Visit]]]:
    """Yield the groups, divided by day where only the moments themselves tell the days."""
    for key, visits in groups.items():
        if any(visit.day is None for visit in visits):
            yield key, visits
        elif "date" in columns:
            yield key, [_counted_from(key[0], visit) for visit in visits]
        else:
            yield from _days_of(key[1], visits)


def _days_of(name: str | None, visits: list[_Visit]) -> Iterable[tuple[Key, list[_Visit]]]:
    days: list[list[_Visit]] = []
    for visit in sorted(visits, key=lambda visit: (visit.day, visit.arrival, visit.line)):
        is_next_day = not days or visit.day != days[-1][0].day
        if is_next_day and not (days and _pause(days[-1][-1], visit) <= KEEPS_COMING):
            days.append([])
        days[-1].append(visit)
    for of_day in days:
        first = of_day[0].day
        yield (first, name), [_counted_from(first, visit) for visit in of_day]


def _pause(earlier: _Visit, later: _Visit) -> timedelta:
    assert earlier.day is not None
    return _counted_from(earlier.day, later).arrival - earlier.arrival


def _counted_from(day: date | None, visit: _Visit) -> _Visit:
    assert day is not None
    assert visit.day is not None
    return replace(visit.later_by(visit.day - day), day=day)


def _across_midnight(visits: list[_Visit]) -> list[_Visit]:
    """Return the visits with those past midnight moved behind those before it."""
    if any(visit.tells_day for visit in visits):
        return visits
    begins = night_begins(
        [visit.arrival for visit in visits],
        passes_midnight=any(visit.arrival < DAY <= visit.end for visit in visits),
    )
    if begins is None:
        return visits
    return [visit if visit.arrival >= begins else visit.later_by(DAY) for visit in visits]


def _recorded_counters(visits: Sequence[_Visit]) -> int | None:
    told = [visit.servers for visit in visits if visit.servers is not None]
    if told:
        return max(told)
    return len({visit.lane for visit in visits if visit.lane}) or None


def _impossible_starts(visits: Sequence[_Visit], counters: int) -> Iterable[Refusal]:
    """Yield the rows whose recorded start cannot be.

    At one counter, and in a lane, each row must not overlap the one before it. Several counters
    without lanes must never be more than all busy.
    """
    has_lanes = any(visit.lane for visit in visits)
    at_each = 1 if has_lanes else counters
    busy_until: dict[str, list[timedelta]] = {}
    overlapping = set()
    for visit in visits if at_each == 1 else sorted(visits, key=lambda visit: visit.start):
        lane = busy_until.setdefault(visit.lane, [timedelta()] * at_each)
        if visit.start < heapq.heapreplace(lane, visit.end):
            overlapping.add(visit.line)
    for visit in visits:
        reasons = []
        if visit.start < visit.arrival:
            reasons.append("mulai sebelum datang")
        if visit.line in overlapping:
            reasons.append("mulai saat loket masih melayani pelanggan sebelumnya")
        if reasons:
            yield Refusal(
                visit.line,
                f"Waktu mulai ditolak: {', dan '.join(reasons)}. "
                "Waktu datang dan lama layanannya tetap diputar.",
            )


def _session(key: Key, visits: Sequence[_Visit], servers: int) -> Session:
    return Session(
        day=key[0],
        name=key[1],
        servers=servers,
        customers=tuple(
            Customer(visit.line, visit.arrival, visit.end - visit.start) for visit in visits
        ),
        closes=max(visit.end for visit in visits),
    )


def _order(session: Session) -> tuple[date, timedelta, str]:
    return (session.day or date.min, session.customers[0].arrival, session.name or "")
