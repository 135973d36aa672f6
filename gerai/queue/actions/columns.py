"""The columns of tables, for statements that write rows beside Django's own ways.

Columns that such a statement does not name get what their field gives by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model


class UnknownColumn(RuntimeError):
    """A table has a column that neither a statement nor its field has a value for."""


# Of each column: its name, where its value comes from, its type, or its default.
Column = tuple[str, str | None, str, Any]


def table_of(model: type[Model]) -> str:
    """Return the name of a model's table."""
    return str(model._meta.db_table)  # noqa: SLF001 - Django's published name


def columns_of(model: type[Model], named: Mapping[str, str]) -> list[Column]:
    """Return all columns of a table but its key. named: field → where its value comes from.

    :raises UnknownColumn: a column needs a value that only an action may know
    """
    found: list[Column] = []
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's published name
    for each in fields:
        if each.primary_key:
            continue
        source, default = named.get(each.attname), None
        if source is None:
            default = each.get_db_prep_save(each.get_default(), connection)
            if default is None and not each.null:
                raise UnknownColumn(f"{model.__name__}.{each.name}")
        found.append((str(each.column), source, str(each.db_type(connection)), default))
    missing = named.keys() - {each.attname for each in fields}
    if missing:
        raise UnknownColumn(f"{model.__name__}: {sorted(missing)}")
    return found


@dataclass
class Inserts:
    """The INSERTs of one statement of PostgreSQL.

    known: source → words for its value; other sources are columns of the rows written from.
    fixed: parameters for the columns that no INSERT names, to be sent with the statement.
    """

    known: Mapping[str, str]
    fixed: dict[str, Any] = field(default_factory=dict)

    def into(self, model: type[Model], named: Mapping[str, str], rows: str, **words: str) -> str:
        """Return INSERT … SELECT up to its FROM. rows: alias of the rows that are written."""
        table = table_of(model)
        columns, values = [], []
        for column, source, kind, default in columns_of(model, named):
            if source is None:
                self.fixed[f"{table}_{column}"] = default
                value = f"%({table}_{column})s::{kind}"
            else:
                value = words.get(source) or self.known.get(source) or f'{rows}."{source}"'
            columns.append(f'"{column}"')
            values.append(value)
        return f'INSERT INTO "{table}" AS own ({", ".join(columns)}) SELECT {", ".join(values)}'
