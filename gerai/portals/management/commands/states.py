"""``gerai states``: the diagrams in docs/states, drawn from the tables in the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gerai.directory import states as closing
from gerai.newsroom import states as comment
from gerai.printing import states as slip
from gerai.queue import states as ticket
from gerai.visits import states as visit

FOLDER = Path(settings.BASE_DIR) / "docs" / "states"
TABLES = {
    "ticket": ("A ticket's states", ticket),
    "slip": ("A slip's states", slip),
    "comment": ("A reader's comment's states", comment),
    "visit": ("A study visit's states", visit),
    "closing": ("A closing's states", closing),
}


def page(name: str) -> str:
    """Return the page of the states of a thing, by its name."""
    title, table = TABLES[name]
    room = table.__name__.split(".")[1]
    return (
        f"# {title}\n\n"
        "Written by `gerai states --write` from the table in "
        f"[`gerai/{room}/states.py`](../../gerai/{room}/states.py); change it there.\n\n"
        f"```mermaid\n{table.diagram()}```\n"
    )


class Command(BaseCommand):
    """Print, write or check the diagrams of states."""

    help = (
        "Menggambar keadaan nomor, penutupan, struk, komentar, dan kunjungan dari tabel dalam kode."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Print unless asked to write or to check."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--write", action="store_true", help="tulis berkas di docs/states")
        choice.add_argument("--check", action="store_true", help="gagal bila berkas sudah usang")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw."""
        for name in TABLES:
            drawn, file = page(name), FOLDER / f"{name}.md"
            if options["write"]:
                FOLDER.mkdir(parents=True, exist_ok=True)
                file.write_text(drawn, encoding="utf-8")
            elif not options["check"]:
                self.stdout.write(drawn)
            elif not file.exists() or file.read_text(encoding="utf-8") != drawn:
                raise CommandError(
                    _("docs/states/%(name)s.md sudah usang. Jalankan: gerai states --write")
                    % {"name": name}
                )
