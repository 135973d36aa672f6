"""The server: one process where embedded, as many as asked for where served."""

import logging
import threading
from datetime import timedelta
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from gerai import clock, later
from gerai.malls.models import Mall

LAST_PORT = 65_535
# The first page comes first.
WARM_UP_AFTER = timedelta(seconds=15)

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Serve all malls of this installation."""

    help = "Menjalankan peladen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take address, port and number of processes."""
        parser.add_argument("--host", default="0.0.0.0")  # noqa: S104 - the hall's devices call
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        if not 0 < options["port"] <= LAST_PORT:
            raise CommandError(f"Isi --port dengan bilangan 1 sampai {LAST_PORT}.", returncode=2)
        if options["processes"] < 1:
            raise CommandError("Isi --processes dengan 1 atau lebih.", returncode=2)
        if settings.EMBEDDED and options["processes"] != 1:
            raise CommandError(
                "Bentuk tertanam (SQLite) berjalan dalam satu proses. "
                "Setel GERAI_DATABASE_URL dan GERAI_SIGNALS_URL untuk banyak proses."
            )
        if settings.EMBEDDED:
            threading.Thread(target=_work_off, name="worker", daemon=True).start()
        uvicorn.run(
            "config.asgi:application",
            host=options["host"],
            port=options["port"],
            workers=options["processes"],
            log_level="warning",
            timeout_graceful_shutdown=3,
            server_header=False,
        )


def _work_off() -> None:
    """Work off background jobs inside the one process of the embedded form."""
    _have_lines_learned()
    later.work_off(later.worker("embedded"))


def _have_lines_learned() -> None:
    """Ask that lines are learned soon; where the database is away, whoever comes first waits."""
    soon = clock.now() + WARM_UP_AFTER
    try:
        for mall in Mall.objects.all():
            later.run("queue.look_back", at=soon, mall_id=mall.pk)
    except Error as lost:
        log.warning("lines are not learned ahead: %s", lost)
