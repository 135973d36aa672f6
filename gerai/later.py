"""Background work, named and not imported: run("room.task", ...); and who works it off."""

import logging
import time
from datetime import datetime
from importlib import import_module
from typing import Any

from django.db import Error, connections, transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

LOOK_EVERY_SECONDS = 2.0
# A task that took so many workers with it is not given to another one.
MOST_TRIES = 5

log = logging.getLogger(__name__)


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


def worker(name: str) -> Worker:
    """Return who works off all background work. name: no other one that lives has it."""
    return Worker(
        queue_names=["*"],
        interval=LOOK_EVERY_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=True,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def work_off(worker: Worker) -> None:
    """Work until stopped; where the database goes away, go on when it is back."""
    while worker.running:
        try:
            hand_back(worker.worker_id)
            worker.run()
        except Error as lost:
            log.warning("background work interrupted: %s", lost)
            connections.close_all()
            time.sleep(worker.interval)


def hand_back(name: str) -> int:
    """Let work be done again that the worker of this name left half done; return how much.

    Only the worker itself may say so, before it begins: then a task that runs under its name was
    cut off, by a kill or with the database. Tasks look at what is still to do.
    """
    count = 0
    for left in DBTaskResult.objects.running():
        if left.worker_ids[-1:] != [name]:
            continue
        is_hopeless = len(left.worker_ids) >= MOST_TRIES
        status = TaskResultStatus.FAILED if is_hopeless else TaskResultStatus.READY
        found = DBTaskResult.objects.running().filter(pk=left.pk, worker_ids=left.worker_ids)
        count += found.update(status=status)
    return count
