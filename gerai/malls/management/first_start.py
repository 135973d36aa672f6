"""A command on a machine where nothing has run yet."""

from django.core.management import call_command
from django.db import connection


def make_tables() -> None:
    """Make the tables of an empty database; one that has any is left to ``gerai migrate``."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
