"""Background work, named and not imported: run("room.task", ...)."""

from datetime import datetime
from importlib import import_module
from typing import Any

from django.db import transaction
from django_tasks.base import Task


def run(name: str, *, at: datetime | None = None, **arguments: Any) -> None:
    """Queue the task `gerai.<room>.tasks.<task>` with JSON arguments, after the commit.

    at: not before this moment; None: as soon as a worker is free.

    :raises LookupError: no such task
    """
    task = find(name).using(run_after=at)
    transaction.on_commit(lambda: task.enqueue(**arguments))


def find(name: str) -> Task[Any, Any]:
    """Return the task that a name "room.task" means.

    :raises LookupError: no such task
    """
    room, _, function = name.partition(".")
    try:
        tasks = vars(import_module(f"gerai.{room}.tasks"))
    except ImportError as missing:
        raise LookupError(name) from missing
    match tasks.get(function):
        case Task() as found:
            return found
        case _:
            raise LookupError(name)
