"""Officers' presses in one go: the rows of `call_next`, `start` and `finish`, for plain ones.

What a call must weigh is read in one statement, the rules choose, and one statement writes all
presses of a moment. It writes nothing for a press of which anything that was looked at holds no
longer: who presses, the desk, the ticket, the turns of the lines. PostgreSQL only; both ways stand
side by side in gerai/front/tests/test_two_doors_of_desks.py.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import psycopg
from django.db import connection

from gerai import clock
from gerai.live.publish import publish_all
from gerai.people.models import ABOUT_A_TICKET, Deed
from gerai.queue.actions.calling import turns_of
from gerai.queue.actions.columns import Inserts
from gerai.queue.actions.together import CHANGED
from gerai.queue.models import Call, LineDay, Step
from gerai.queue.rules import CallRule, Head, LineTurns, after_call, choose
from gerai.queue.states import AT_A_COUNTER, MOVES, Verb
from gerai.survey.actions import new_token
from gerai.survey.models import Invitation


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer at an open desk, as they were looked at.

    session_data, password, role: as stored; lines: key → code of those that the counter may call
    on this day; deeds: how many the office had done in this mall since a moment.
    """

    mall_id: int
    since: datetime
    deeds: int
    session_key: str
    session_data: str
    user_id: int
    username: str
    password: str
    by_name: str
    role: str
    desk_id: int
    counter_id: int
    counter_code: str
    zone_id: int
    day: date
    lines: Mapping[int, str]
    rule: CallRule


@dataclass(frozen=True, slots=True)
class Press:
    """One of the plain verbs at a seat. ticket_id: None where the rule says whom."""

    verb: Verb
    seat: Seat
    ticket_id: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What became of presses. done: in their order; where it is not, the action must answer.

    changed: malls whose office did something since.
    """

    done: list[bool]
    changed: set[int]


def press_together(presses: Sequence[Press]) -> Pressed:
    """Do what is plain of these presses, all of that or nothing."""
    now = clock.now()
    plain = _one_of_each_counter(presses)
    turns = _turns({n: press.seat for n, press in plain.items() if press.verb is Verb.CALL}, now)
    rows = [
        _row(n, press, turns.get(n))
        for n, press in plain.items()
        if press.verb is not Verb.CALL or n in turns
    ]
    if not rows:
        return Pressed([False] * len(presses), set())
    days = [{"n": n, **day} for n, turn in turns.items() for day in turn.days]
    lines, changed = _write(rows, days, now)
    publish_all(_happenings((presses[n], line) for n, line in lines.items()))
    return Pressed([n in lines for n in range(len(presses))], changed)


def _happenings(done: Iterable[tuple[Press, int]]) -> Iterator[tuple[int, str, str]]:
    for press, line in done:
        yield press.seat.mall_id, f"queue.{press.verb}", f"line:{line}"
        if press.verb is Verb.CALL:
            yield press.seat.mall_id, "display.call", f"zone:{press.seat.zone_id}"


def _one_of_each_counter(presses: Sequence[Press]) -> dict[int, Press]:
    """Return place → press: a counter does one thing at a time, a line calls one at a time."""
    plain: dict[int, Press] = {}
    counters: set[int] = set()
    lines: set[int] = set()
    for n, press in enumerate(presses):
        calls = set(press.seat.lines) if press.verb is Verb.CALL else set()
        if press.seat.counter_id not in counters and not calls & lines:
            plain[n] = press
            counters.add(press.seat.counter_id)
            lines |= calls
    return plain


def _row(n: int, press: Press, turn: "_Turn | None") -> dict[str, Any]:
    [(from_state, state)] = MOVES[press.verb].items()
    seat = press.seat
    told = {name: getattr(seat, name) for name in seat.__slots__ if name in _PRESSES}
    return told | {
        "n": n,
        "lines": f"{{{','.join(map(str, seat.lines))}}}",
        "verb": press.verb.value,
        "deed": f"queue.{press.verb}",
        "from_state": from_state.value,
        "state": state.value,
        "ticket_id": press.ticket_id if turn is None else turn.ticket_id,
        "explanation": "{}" if turn is None else turn.explanation,
        "outcome": press.outcome,
        "reason": press.outcome,
        "token": new_token() if press.verb is Verb.FINISH else "",
    }


# Whom a call takes: read for all at once, chosen by the rules.


@dataclass(frozen=True, slots=True)
class _Turn:
    """Whom a counter calls, why, and what its lines remembered and will remember."""

    ticket_id: int
    explanation: str
    days: Sequence[Mapping[str, Any]]


class _Class(NamedTuple):
    """A line's day with the first of one class that waits there; no ticket where nobody does."""

    n: int
    day_id: int
    line_id: int
    calls: int
    turns_of: int
    streaks: str
    shares: str
    is_priority: bool | None
    waiting: int | None
    is_odd: bool | None
    ticket_id: int | None
    arrived_at: datetime | None
    label: str | None


_WAITING = """
SELECT a.n, d.id, d.line_id, d.calls, d.turns_of, d.streaks::text, d.shares::text,
  g.is_priority, g.waiting, g.is_odd, f.id, f.arrived_at, f.label
FROM unnest(%(n)s::bigint[], %(line_id)s::bigint[], %(day)s::date[]) AS a(n, line_id, day)
JOIN queue_lineday d ON d.line_id = a.line_id AND d.day = a.day
LEFT JOIN LATERAL (
  SELECT t.is_priority, count(*) AS waiting,
    bool_or(t.wanted_counter_id IS NOT NULL OR t.callable_after > d.calls) AS is_odd,
    (array_agg(t.id ORDER BY t.arrived_at, t.id))[1] AS first
  FROM queue_ticket t
  WHERE t.line_id = d.line_id AND t.day = d.day AND t.state = 'waiting'
  GROUP BY t.is_priority) g ON true
LEFT JOIN queue_ticket f ON f.id = g.first
ORDER BY a.n, d.line_id, g.is_priority
"""


def _turns(seats: Mapping[int, Seat], now: datetime) -> dict[int, _Turn]:
    """Return place → whom the counter there calls; nothing where the page's view must look."""
    asked = [(n, line, seat.day) for n, seat in seats.items() for line in seat.lines]
    if not asked:
        return {}
    told = dict(zip(("n", "line_id", "day"), map(list, zip(*asked, strict=True)), strict=True))
    found = (_Class(*row) for row in _run(_WAITING, told))
    turns = {n: _turn(seats[n], list(rows), now) for n, rows in groupby(found, lambda row: row.n)}
    return {n: turn for n, turn in turns.items() if turn is not None}


def _turn(seat: Seat, rows: Sequence[_Class], now: datetime) -> _Turn | None:
    if any(row.is_odd for row in rows):
        # Somebody was sent to a counter, or came back after an absence.
        return None
    days = {row.day_id: row for row in sorted(rows, key=lambda row: row.day_id)}
    turns = {seat.lines[row.line_id]: _remembered(row) for row in days.values()}
    heads = [
        Head(
            ticket_id=row.ticket_id,
            arrived_at=row.arrived_at,
            is_priority=bool(row.is_priority),
            waiting=row.waiting or 0,
            line=seat.lines[row.line_id],
            label=row.label or "",
        )
        for row in rows
        if row.ticket_id is not None and row.arrived_at is not None
    ]
    who, rule = (seat.counter_code, seat.username), seat.rule
    plan, pool = rule.plan_for(*who), rule.pool_of(*who, list(turns))
    choice = choose(heads, turns=turns, rule=rule, now=now, plan=plan, pool=pool)
    if choice is None:
        return None
    called = next(head for head in heads if head.ticket_id == choice.ticket_id)
    after = after_call(
        turns,
        line=called.line,
        is_priority=called.is_priority,
        rule=rule,
        plan=plan,
        pool=pool,
        is_in_turn=choice.is_in_turn,
    )
    return _Turn(
        choice.ticket_id,
        json.dumps(choice.explanation),
        [
            _day(row, before, after[code])
            for row, (code, before) in zip(days.values(), turns.items(), strict=True)
        ],
    )


def _remembered(row: _Class) -> LineTurns:
    streaks, shares = json.loads(row.streaks), json.loads(row.shares)
    return turns_of(LineDay(calls=row.calls, turns_of=row.turns_of, streaks=streaks, shares=shares))


def _day(row: _Class, before: LineTurns, after: LineTurns) -> dict[str, Any]:
    return {
        "day_id": row.day_id,
        "calls": row.calls,
        "turns_of": row.turns_of,
        "streaks": row.streaks,
        "shares": row.shares,
        "is_moved": after != before,
        "new_calls": after.calls,
        "new_turns_of": after.version,
        "new_streaks": json.dumps(dict(after.streaks)),
        "new_shares": json.dumps(dict(after.shares)),
    }


# The one statement.

_PRESSES = {
    "n": "bigint",
    "mall_id": "bigint",
    "since": "timestamptz",
    "deeds": "bigint",
    "session_key": "text",
    "session_data": "text",
    "user_id": "bigint",
    "password": "text",
    "by_name": "text",
    "role": "text",
    "desk_id": "bigint",
    "counter_id": "bigint",
    "zone_id": "bigint",
    "day": "date",
    "lines": "text",
    "verb": "text",
    "deed": "text",
    "from_state": "text",
    "state": "text",
    "ticket_id": "bigint",
    "explanation": "text",
    "outcome": "text",
    "reason": "text",
    "token": "text",
}
_DAYS = {
    "n": "bigint",
    "day_id": "bigint",
    "calls": "bigint",
    "turns_of": "bigint",
    "streaks": "text",
    "shares": "text",
    "is_moved": "boolean",
    "new_calls": "bigint",
    "new_turns_of": "bigint",
    "new_streaks": "text",
    "new_shares": "text",
}
_STEP = {
    "mall_id": "mall_id",
    "ticket_id": "ticket_id",
    "verb": "verb",
    "state": "state",
    "at": "now",
    "counter_id": "counter_id",
    "by_id": "user_id",
    "reason": "reason",
    "explanation": "why",
}
_DEED = {
    "mall_id": "mall_id",
    "verb": "deed",
    "thing": "thing",
    "at": "now",
    "by_id": "user_id",
    "by_name": "by_name",
    "detail": "detail",
}
_INVITATION = {"mall_id": "mall_id", "token": "token", "service_id": "service_id", "day": "day"}
_CALL = {
    "mall_id": "mall_id",
    "zone_id": "zone_id",
    "sequence": "sequence",
    "ticket_id": "ticket_id",
    "counter_id": "counter_id",
    "times": "times",
    "at": "now",
}


def _write(
    rows: Sequence[Mapping[str, Any]], days: Sequence[Mapping[str, Any]], now: datetime
) -> tuple[dict[int, int], set[int]]:
    """Return place → line of the ticket that was moved, and the malls that changed."""
    statement, fixed = _statement()
    told = {name: [row[name] for row in rows] for name in _PRESSES}
    of_days = {f"day_{name}": [day[name] for day in days] for name in _DAYS}
    found = _run(statement, {**told, **of_days, **fixed, "now": now})
    lines = {n: line for n, line, _changed in found if n is not None}
    return lines, {changed for _n, _line, changed in found if changed is not None}


def _run(statement: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, told, prepare=True)
        return cursor.fetchall()


@cache
def _statement() -> tuple[str, dict[str, Any]]:
    """Return the statement, and the values of the columns that it does not name."""
    inserts = Inserts({"now": "%(now)s::timestamptz", "times": "1", "why": "w.explanation::jsonb"})
    insert = inserts.into
    thing, detail = f"'{ABOUT_A_TICKET}' || w.ticket_id", "jsonb_build_object('label', w.label)"
    there = ", ".join(f"'{state}'" for state in sorted(AT_A_COUNTER))
    words = f"""
WITH asked AS MATERIALIZED (SELECT * FROM {_unnested("", _PRESSES)}),
told AS MATERIALIZED (SELECT * FROM {_unnested("day_", _DAYS)}),
changed AS MATERIALIZED ({CHANGED}),
fit AS MATERIALIZED (
  SELECT w.* FROM asked w
  JOIN django_session i ON i.session_key = w.session_key AND i.session_data = w.session_data
    AND i.expire_date > %(now)s::timestamptz
  JOIN people_user u ON u.id = w.user_id AND u.is_active AND u.password = w.password
  JOIN people_membership m ON m.user_id = w.user_id AND m.mall_id = w.mall_id AND m.role = w.role
  JOIN queue_desk k ON k.id = w.desk_id AND k.officer_id = w.user_id
    AND k.counter_id = w.counter_id AND k.closed_at IS NULL AND k.paused_at IS NULL
  WHERE w.mall_id NOT IN (SELECT mall_id FROM changed) AND (w.verb <> 'call' OR (
    EXISTS (SELECT FROM queue_zonevoice z WHERE z.zone_id = w.zone_id) AND NOT EXISTS (
      SELECT FROM queue_ticket t WHERE t.counter_id = w.counter_id AND t.state IN ({there}))))),
days AS MATERIALIZED (
  SELECT x.n, d.id FROM told x JOIN fit w ON w.n = x.n JOIN queue_lineday d ON d.id = x.day_id
  WHERE d.calls = x.calls AND d.turns_of = x.turns_of
    AND d.streaks = x.streaks::jsonb AND d.shares = x.shares::jsonb
  ORDER BY d.id FOR UPDATE OF d),
ready AS MATERIALIZED (
  SELECT w.* FROM fit w
  WHERE (SELECT count(*) FROM told x WHERE x.n = w.n) = (
    SELECT count(*) FROM days d WHERE d.n = w.n)),
moved AS (
  UPDATE queue_ticket t SET state = w.state, counter_id = w.counter_id,
    times_called = CASE w.verb WHEN 'call' THEN 1 ELSE t.times_called END,
    outcome = CASE w.verb WHEN 'finish' THEN w.outcome ELSE t.outcome END,
    rating_token = CASE w.verb WHEN 'finish' THEN w.token ELSE t.rating_token END
  FROM ready w
  WHERE t.id = w.ticket_id AND t.mall_id = w.mall_id AND t.day = w.day
    AND t.state = w.from_state AND t.line_id = ANY (w.lines::bigint[])
    AND CASE w.verb WHEN 'call' THEN t.wanted_counter_id IS NULL
      ELSE t.counter_id = w.counter_id END
    AND (w.verb <> 'finish' OR (
      t.rating_token = '' AND t.came_from_id IS NULL
      AND NOT EXISTS (SELECT FROM queue_plannedstep p WHERE p.visit_id = t.visit_id)))
  RETURNING w.n, t.line_id, t.service_id, t.label),
done AS (SELECT w.*, m.line_id, m.service_id, m.label FROM moved m JOIN asked w USING (n)),
turned AS (
  UPDATE queue_lineday d SET calls = x.new_calls, turns_of = x.new_turns_of,
    streaks = x.new_streaks::jsonb, shares = x.new_shares::jsonb
  FROM told x JOIN moved m ON m.n = x.n WHERE d.id = x.day_id AND x.is_moved),
steps AS ({insert(Step, _STEP, "w")} FROM done w ORDER BY w.n),
deeds AS ({insert(Deed, _DEED, "w", thing=thing, detail=detail)} FROM done w ORDER BY w.n),
invitations AS ({insert(Invitation, _INVITATION, "w")} FROM done w WHERE w.verb = 'finish'),
spoken AS (
  SELECT w.*, row_number() OVER (PARTITION BY w.zone_id ORDER BY w.n) AS place,
    count(*) OVER (PARTITION BY w.zone_id) AS total
  FROM done w WHERE w.verb = 'call'),
zones AS MATERIALIZED (
  SELECT z.id, z.zone_id FROM queue_zonevoice z
  WHERE z.zone_id IN (SELECT zone_id FROM spoken) ORDER BY z.id FOR UPDATE),
voices AS (
  UPDATE queue_zonevoice z SET last_sequence = z.last_sequence + v.total
  FROM (SELECT DISTINCT o.id, s.total FROM zones o JOIN spoken s USING (zone_id)) v
  WHERE z.id = v.id RETURNING z.zone_id, z.last_sequence),
calls AS (
  {insert(Call, _CALL, "w", sequence="v.last_sequence - w.total + w.place")}
  FROM spoken w JOIN voices v ON v.zone_id = w.zone_id ORDER BY w.n)
SELECT n, line_id, NULL::bigint AS changed FROM moved
UNION ALL SELECT NULL, NULL, mall_id FROM changed
"""  # noqa: S608 - names of our own tables
    return words, inserts.fixed


def _unnested(prefix: str, columns: Mapping[str, str]) -> str:
    arrays = ", ".join(f"%({prefix}{name})s::{kind}[]" for name, kind in columns.items())
    return f"unnest({arrays}) AS own({', '.join(columns)})"
