"""Putting a long question together once, and asking it with other values ever after.

The union of eight tables costs the ORM some ten milliseconds each time it is turned into SQL,
and PostgreSQL some more each time it is planned; asking it costs a tenth of that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall

# They stand where the values of a question will stand; no stored row has them.
NO_MALL = -1
NO_DAYS = (date(1111, 1, 1), date(1112, 2, 2))
NO_MOMENT = datetime(1113, 3, 3, tzinfo=UTC)

Asked = Callable[[Sequence[int], date, date, datetime], QuerySet[Any, tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class _Question:
    """words: SQL; values: of its marks, constant ones and those that stand for others."""

    words: str
    values: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Any, Any]], ...]


class _Prepared(psycopg.Cursor[Any]):
    """Lets the server plan a statement once for each connection."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> "_Prepared":
        """Run it, as a prepared one."""
        return super().execute(query, params, **{**how, "prepare": True})


def once_built(
    asked: Asked, keys: Sequence[int], *, mall: int, days: tuple[date, date], moment: datetime
) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a question about some keys, a span of days and a moment, in a mall.

    asked: a function of a module, which gives the question; it is called once for each number
    of keys, with other values, so it may use them only as values of the query.
    """
    question = _question(asked, len(keys), connection.vendor)
    told = {NO_MALL: mall, **{_no_key(n): key for n, key in enumerate(keys)}}
    dates = zip((*NO_DAYS, NO_MOMENT), (*days, moment), strict=True)
    told |= {_adapted(stand_in): _adapted(value) for stand_in, value in dates}
    with _cursor() as cursor:
        cursor.execute(question.words, [told.get(value, value) for value in question.values])
        rows = cursor.fetchall()
    for row in rows:
        read = list(row)
        for place, (converters, expression) in question.converters:
            for converter in converters:
                read[place] = converter(read[place], expression, connection)
        yield tuple(read)


@cache
def _question(asked: Asked, count: int, _vendor: str) -> _Question:
    with in_mall(Mall(pk=NO_MALL, zone="UTC")):
        rows = asked([_no_key(n) for n in range(count)], *NO_DAYS, NO_MOMENT)
    compiler = rows.query.get_compiler(connection=connection)
    words, values = compiler.as_sql()
    columns = [each[0] for each in compiler.select]
    return _Question(words, tuple(values), tuple(compiler.get_converters(columns).items()))


def _no_key(place: int) -> int:
    return NO_MALL - 1 - place


def _adapted(value: date) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


def _cursor() -> Any:
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor: Any = _Prepared(connection.connection)
    return connection.make_cursor(cursor)
