"""``gerai states``: the diagrams in docs/states, drawn from the tables in the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gerai.queue.states import diagram

PAGE = Path(settings.BASE_DIR) / "docs" / "states" / "ticket.md"


def page() -> str:
    """Return the page of the ticket's states."""
    return (
        "# A ticket's states\n\n"
        "Written by `gerai states --write` from the table in "
        "[`gerai/queue/states.py`](../../gerai/queue/states.py); change it there.\n\n"
        f"```mermaid\n{diagram()}```\n"
    )


class Command(BaseCommand):
    """Print, write or check the diagram of a ticket's states."""

    help = "Menggambar keadaan nomor antrean dari tabel dalam kode."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Print unless asked to write or to check."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--write", action="store_true", help="tulis docs/states/ticket.md")
        choice.add_argument("--check", action="store_true", help="gagal bila berkas sudah usang")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw."""
        if options["write"]:
            PAGE.parent.mkdir(parents=True, exist_ok=True)
            PAGE.write_text(page(), encoding="utf-8")
        elif options["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
                raise CommandError(
                    _("docs/states/ticket.md sudah usang. Jalankan: gerai states --write")
                )
        else:
            self.stdout.write(page())
