"""Counting on in the one row that numbers come from."""

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.sql import UpdateQuery

from gerai.transactions import inside_transaction


@inside_transaction
def counted_on(rows: QuerySet[Any], name: str) -> int | None:
    """Raise a column of one row by one and return what it is now; None where the row is not there.

    One statement that says what it wrote: concurrent callers wait for each other, and a
    rolled-back one gives its number back.
    """
    raised: Any = rows.query.chain(UpdateQuery)
    raised.add_update_values({name: F(name) + 1})
    words, told = raised.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"{words} RETURNING {connection.ops.quote_name(name)}", told)
        row = cursor.fetchone()
    return None if row is None else int(row[0])
