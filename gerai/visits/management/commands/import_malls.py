"""``gerai import-malls FILE``: take a list of known malls into the installation."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai import clock
from gerai.directory.management.asked import BadRequest, asked_file
from gerai.malls.management.first_start import make_tables
from gerai.malls.regions import region_names
from gerai.visits.actions.after import Taken, take_known_malls
from gerai.visits.reading.malls import MOST_BYTES, UnreadableList, read_malls


class Command(BaseCommand):
    """Read the list, take what is sound, and say of each other row why not."""

    help = "Ambil daftar Mal Pelayanan Publik yang dikenal (CSV) untuk peta."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("file", nargs="?", metavar="BERKAS.csv")
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit with code 2, nothing changed, when the file cannot be used."""
        try:
            content = asked_file(options["file"], MOST_BYTES, example="import-malls daftar.csv")
            today = clock.local_day(clock.now(), "Asia/Jakarta")
            told = read_malls(content, names=region_names(), today=today)
        except (BadRequest, UnreadableList) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        make_tables()
        result = take_known_malls(told)
        self._report(result)
        if options["json"]:
            refused = [{"line": row.line, "reason": row.reason} for row in result.refused]
            counts = {"taken": result.taken, "unchanged": result.unchanged, "refused": refused}
            self.stdout.write(json.dumps(counts))

    def _report(self, result: Taken) -> None:
        for row in result.refused:
            self.stdout.write(
                _("Baris %(line)d ditolak: %(reason)s") % {"line": row.line, "reason": row.reason}
            )
        self.stdout.write(
            _("%(taken)d mal diambil, %(unchanged)d sudah ada, %(refused)d ditolak.")
            % {
                "taken": result.taken,
                "unchanged": result.unchanged,
                "refused": len(result.refused),
            }
        )
