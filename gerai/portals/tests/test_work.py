"""Background work that was cut off is done again; the worker outlives its database."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gerai import later
from gerai.portals.management.commands.work import own_name
from gerai.queue import tasks

pytestmark = pytest.mark.django_db


def left_by(*names: str) -> DBTaskResult:
    """Return a task that the last of these workers was doing when it was killed."""
    task: DBTaskResult = DBTaskResult.objects.get(pk=tasks.end_day.enqueue(mall_id=0).id)
    for name in names:
        task.claim(name)
    return task


def test_what_a_killed_worker_left_is_done_again_by_its_successor_only() -> None:
    mine, theirs = left_by("satu"), left_by("satu", "dua")
    assert later.hand_back("satu") == 1
    assert later.hand_back("satu") == 0
    found = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert found == {mine.pk: TaskResultStatus.READY, theirs.pk: TaskResultStatus.RUNNING}


def test_what_kills_every_worker_is_given_up() -> None:
    task = left_by(*["satu"] * later.MOST_TRIES)
    later.hand_back("satu")
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_a_worker_goes_on_when_its_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = later.worker("satu")
    worker.interval = 0
    left = left_by("satu")
    seen: list[Any] = []

    def run() -> None:
        seen.append(DBTaskResult.objects.get(pk=left.pk).status)
        if len(seen) == 1:
            left.claim("satu")
            raise OperationalError("terminating connection")
        worker.running = False

    monkeypatch.setattr(worker, "run", run)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    later.work_off(worker)
    assert seen == [TaskResultStatus.READY] * 2


def test_living_workers_have_different_names_and_a_successor_the_old_one(tmp_path: Path) -> None:
    with own_name(tmp_path) as first, own_name(tmp_path) as second:
        assert first != second
    with own_name(tmp_path) as again:
        assert again == first
