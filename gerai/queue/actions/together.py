"""Taking many numbers in one go: the rows of `tickets.take`, written for all who wait now.

One statement on PostgreSQL, one transaction on SQLite. Columns that are not named here get
what their field gives by itself, as they do in `take`; both ways stand side by side in
gerai/front/tests/test_two_doors.py.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Count, Model

from gerai import clock
from gerai.live.publish import publish_all
from gerai.people.models import ABOUT_A_TICKET, Deed
from gerai.queue.actions.columns import Column, Inserts, columns_of, table_of
from gerai.queue.actions.tickets import label_of
from gerai.queue.models import Group, LineDay, Step, Ticket, Visit
from gerai.queue.states import FIRST, Verb
from gerai.transactions import one_transaction

DEED = f"queue.{Verb.TAKE}"

# The malls of those who asked whose office did something since they were looked at.
CHANGED = f"""
  SELECT m.mall_id FROM (SELECT DISTINCT mall_id, since, deeds FROM asked) m
  WHERE m.deeds <> (
    SELECT count(*) FROM people_deed d
    WHERE d.mall_id = m.mall_id AND d.at >= m.since
    AND NOT d.thing LIKE '{ABOUT_A_TICKET}%%')"""  # noqa: S608 - names of our own tables

# Field → where its value comes from: a wish, or what the writing itself brings about.
_VISIT = {
    "mall_id": "mall_id",
    "token": "token",
    "code": "code",
    "day": "day",
    "door": "door",
    "group": "group",
    "language": "language",
    "idempotency_key": "key",
    "came_at": "now",
}
_LINE_DAY = {"mall_id": "mall_id", "line_id": "line_id", "day": "day", "last_number": "total"}
_TICKET = {
    "mall_id": "mall_id",
    "visit_id": "visit_id",
    "line_id": "line_id",
    "service_id": "service_id",
    "day": "day",
    "number": "number",
    "label": "label",
    "is_priority": "is_priority",
    "state": "state",
    "arrived_at": "now",
}
_STEP = {
    "mall_id": "mall_id",
    "ticket_id": "ticket_id",
    "verb": "verb",
    "state": "state",
    "at": "now",
}
_DEED = {
    "mall_id": "mall_id",
    "verb": "deed",
    "thing": "thing",
    "at": "now",
    "by_name": "by_name",
    "detail": "detail",
}
_WISHES = {
    "mall_id": "bigint",
    "line_id": "bigint",
    "line_code": "text",
    "service_id": "bigint",
    "day": "date",
    "door": "text",
    "group": "text",
    "language": "text",
    "key": "text",
    "by_name": "text",
    "token": "text",
    "code": "text",
    "is_priority": "boolean",
    "since": "timestamptz",
    "deeds": "bigint",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One visitor's number that may be given: all was checked, the line has begun its day.

    by_name: who acts, as the trail names them; deeds: how many the office had done in this mall
    since a moment, when it was checked.
    """

    mall_id: int
    line_id: int
    line_code: str
    service_id: int
    day: date
    door: str
    group: str
    language: str
    key: str
    by_name: str
    since: datetime
    deeds: int


@dataclass(frozen=True, slots=True)
class Given:
    """What a visitor gets: the secret of the visit's page, and the label of the number."""

    token: str
    label: str


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch. given: in the order of the wishes, None where `take` must answer:
    the key was there before, or the mall is one of `changed`, whose office did something since.
    """

    given: list[Given | None]
    changed: set[int]


def take_together(wishes: Sequence[Wish]) -> Written:
    """Give all of them numbers, in this order in each line; all or nobody."""
    rows = [_row(wish) for wish in _once(wishes)]
    write = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    labels, changed = write(rows, clock.now())
    given = {
        (row["mall_id"], row["key"]): Given(row["token"], labels[row["token"]])
        for row in rows
        if row["token"] in labels
    }
    lines = {row["line_id"]: row["mall_id"] for row in rows if row["token"] in labels}
    publish_all((mall, DEED, f"line:{line}") for line, mall in lines.items())
    return Written([given.pop((wish.mall_id, wish.key), None) for wish in wishes], changed)


def office_deeds(malls: Iterable[int], *, since: datetime) -> dict[int, int]:
    """Return mall key → how many deeds it has since a moment that are not about one ticket."""
    done = Deed.objects.everywhere().filter(  # one look for visitors of several malls
        mall__in=list(malls), at__gte=since
    )
    of_the_office = done.exclude(thing__startswith=ABOUT_A_TICKET).order_by()
    return dict(of_the_office.values_list("mall").annotate(Count("pk")))


def keys_there(keys: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return which (mall, key) were sent before."""
    found = Visit.objects.everywhere().filter(  # one look for visitors of several malls
        mall__in={mall for mall, _key in keys}, idempotency_key__in=[key for _mall, key in keys]
    )
    return set(found.values_list("mall_id", "idempotency_key")) & set(keys)


def _once(wishes: Sequence[Wish]) -> list[Wish]:
    return list({(wish.mall_id, wish.key): wish for wish in reversed(wishes)}.values())[::-1]


def _row(wish: Wish) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in wish.__slots__} | {
        "token": secrets.token_urlsafe(18),
        "code": f"{secrets.randbelow(10_000):04}",
        "is_priority": wish.group != Group.ORDINARY,
    }


def _constants(now: object) -> dict[str, Any]:
    return {"now": now, "state": FIRST.value, "verb": Verb.TAKE.value, "deed": DEED}


# PostgreSQL: one statement, one round trip, the counter row is locked only while it runs.


Labels = tuple[dict[str, str], set[int]]


def _on_postgres(rows: Sequence[Mapping[str, Any]], now: datetime) -> Labels:
    statement, fixed = _statement()
    told = {name: [row[name] for row in rows] for name in _WISHES}
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, told | fixed | _constants(now), prepare=True)
        found = cursor.fetchall()
    labels = {token: label for token, label, _changed in found if token is not None}
    return labels, {changed for _token, _label, changed in found if changed is not None}


@cache
def _statement() -> tuple[str, dict[str, Any]]:
    """Return the statement, and the values of the columns that it does not name."""
    known = {name: f"%({name})s" for name in ("verb", "deed", "state")}
    inserts = Inserts({**known, "now": "%(now)s::timestamptz"})
    insert = inserts.into
    arrays = ", ".join(f"%({name})s::{kind}[]" for name, kind in _WISHES.items())
    names = ", ".join(f'"{name}"' for name in _WISHES)
    number = "(c.last_number - w.total + w.place)"
    label = f"w.line_code || lpad({number}::text, greatest(3, length({number}::text)), '0')"
    words = f"""
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest({arrays}) WITH ORDINALITY AS w({names}, n)),
changed AS MATERIALIZED ({CHANGED}),
want AS (
  SELECT * FROM asked WHERE mall_id NOT IN (SELECT mall_id FROM changed)),
v AS (
  {insert(Visit, _VISIT, "w")} FROM want w ORDER BY w.mall_id, w.key
  ON CONFLICT (mall_id, idempotency_key) DO NOTHING RETURNING id, token),
got AS MATERIALIZED (
  SELECT w.*, v.id AS visit_id,
    row_number() OVER (PARTITION BY w.line_id, w.day ORDER BY w.n) AS place,
    count(*) OVER (PARTITION BY w.line_id, w.day) AS total
  FROM want w JOIN v USING (token)),
c AS (
  {insert(LineDay, _LINE_DAY, "w")}
  FROM (SELECT DISTINCT mall_id, line_id, day, total FROM got) w
  LEFT JOIN queue_lineday known ON known.line_id = w.line_id AND known.day = w.day
  ORDER BY known.id
  ON CONFLICT (line_id, day) DO UPDATE SET last_number = own.last_number + EXCLUDED.last_number
  RETURNING line_id, day, last_number),
t AS (
  {insert(Ticket, _TICKET, "w", number=number, label=label)}
  FROM got w JOIN c ON c.line_id = w.line_id AND c.day = w.day ORDER BY w.line_id, w.place
  RETURNING id, visit_id, label),
s AS (
  {insert(Step, _STEP, "w", ticket_id="t.id")}
  FROM t JOIN got w USING (visit_id) ORDER BY t.id),
e AS (
  {
        insert(
            Deed,
            _DEED,
            "w",
            thing=f"'{ABOUT_A_TICKET}' || t.id",
            detail="jsonb_build_object('label', t.label)",
        )
    }
  FROM t JOIN got w USING (visit_id) ORDER BY t.id)
SELECT w.token, t.label, NULL::bigint AS changed FROM t JOIN got w USING (visit_id)
UNION ALL SELECT NULL, NULL, mall_id FROM changed
"""  # noqa: S608 - names of our own tables
    return words, inserts.fixed


# SQLite: one writer, hence nothing to wait for between the rows of a transaction.


@one_transaction
def _on_sqlite(rows: Sequence[Mapping[str, Any]], now: datetime) -> Labels:
    checked = {(row["mall_id"], row["since"], row["deeds"]) for row in rows}
    changed = {
        mall
        for mall, since, deeds in checked
        if office_deeds([mall], since=since).get(mall, 0) != deeds
    }
    told = _constants(connection.ops.adapt_datetimefield_value(now))
    run = connection.connection.execute
    labels = {}
    for row in rows:
        if row["mall_id"] in changed:
            continue
        values = {**told, **row, "day": row["day"].isoformat()}
        visit = run(*_insert(Visit, _VISIT, values, ONCE)).fetchone()
        if visit is None:
            continue
        number = _next_number(run, values)
        values |= {"visit_id": visit[0], "number": number}
        values["label"] = label = label_of(row["line_code"], number)
        (ticket,) = run(*_insert(Ticket, _TICKET, values, "RETURNING id")).fetchone()
        values |= {"ticket_id": ticket, "thing": f"{ABOUT_A_TICKET}{ticket}"}
        values["detail"] = f'{{"label": "{label}"}}'
        run(*_insert(Step, _STEP, values, ""))
        run(*_insert(Deed, _DEED, values, ""))
        labels[row["token"]] = label
    return labels, changed


ONCE = "ON CONFLICT (mall_id, idempotency_key) DO NOTHING RETURNING id"


def _next_number(run: Any, values: dict[str, Any]) -> int:
    values["total"] = 1
    counted = (
        "ON CONFLICT (line_id, day) DO UPDATE SET last_number = last_number + 1 "
        "RETURNING last_number"
    )
    (number,) = run(*_insert(LineDay, _LINE_DAY, values, counted)).fetchone()
    return int(number)


def _insert(
    model: type[Model], named: Mapping[str, str], values: Mapping[str, Any], then: str
) -> tuple[str, list[Any]]:
    columns = _columns_once(model, tuple(named.items()))
    return _insert_words(model, tuple(named.items()), then), [
        default if source is None else values[source] for _column, source, _kind, default in columns
    ]


@cache
def _insert_words(model: type[Model], named: tuple[tuple[str, str], ...], then: str) -> str:
    columns = _columns_once(model, named)
    names = ", ".join(f'"{column}"' for column, *_rest in columns)
    marks = ", ".join("?" for _column in columns)
    return f'INSERT INTO "{table_of(model)}" ({names}) VALUES ({marks}) {then}'  # noqa: S608 - the same


@cache
def _columns_once(model: type[Model], named: tuple[tuple[str, str], ...]) -> list[Column]:
    return columns_of(model, dict(named))
