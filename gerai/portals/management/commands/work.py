"""The worker of the served form: background jobs, until stopped."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from gerai import later


class Command(BaseCommand):
    """Work off background jobs."""

    help = "Mengerjakan tugas latar."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped."""
        with own_name(settings.DATA_DIR) as name:
            worker = later.worker(name)
            worker.configure_signals()
            later.work_off(worker)


@contextmanager
def own_name(folder: Path) -> Iterator[str]:
    """Give a name that no living worker has; the next one after a killed one has it again."""
    for number in count(1):
        file = (folder / f"worker-{number}").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        with file:
            file.seek(0)
            name = file.read() or secrets.token_hex(16)
            file.truncate(0)
            file.write(name)
            file.flush()
            yield name
        return
