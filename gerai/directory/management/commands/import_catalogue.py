"""``gerai import-catalogue FILE``: take a service catalogue into a mall."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.directory.actions import catalogue as actions
from gerai.directory.catalogue.reading import MOST_BYTES, UnreadableCatalogue, read_catalogue
from gerai.directory.catalogue.texts import shown
from gerai.directory.management.asked import BadRequest, asked_file, asked_mall
from gerai.directory.models import Agency
from gerai.malls.management.first_start import make_tables
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit


class Command(BaseCommand):
    """Read the file, take what is sound, and say of each other row why not."""

    help = "Ambil katalog layanan (YAML, atau CSV instansi dan CSV perizinan) ke dalam mal."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("file", nargs="?", metavar="BERKAS")
        parser.add_argument("--mall", metavar="MAL", help="nama pendek mal, misalnya barru")
        parser.add_argument(
            "--agency",
            metavar="KODE",
            default=actions.ONE_STOP_OFFICE,
            help="instansi pemilik layanan dalam CSV perizinan (bawaan: DPMPTSP)",
        )
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit with code 2, nothing changed, when file or options cannot be used."""
        try:
            content = asked_file(
                options["file"], MOST_BYTES, example="import-catalogue katalog.yaml"
            )
            catalogue = read_catalogue(content)
            make_tables()
            mall = asked_mall(options["mall"])
            if mall is None:
                mall, result = actions.import_into_a_first_mall(catalogue, by=audit.SYSTEM)
                self.stdout.write(
                    _(
                        "Belum ada mal, jadi dibuat “%(name)s” (mal.localhost, WIB). "
                        "Sesuaikan nama, wilayah, dan zona waktunya di halaman kelola."
                    )
                    % {"name": mall.name}
                )
            else:
                with in_mall(mall):
                    _check_agency(options["agency"])
                    result = actions.import_catalogue(
                        catalogue, by=audit.SYSTEM, permits_of=options["agency"]
                    )
        except (BadRequest, UnreadableCatalogue) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        self._report(mall, result)
        if options["json"]:
            refused = [{"line": row.line, "reason": row.reason} for row in result.refused]
            self.stdout.write(
                json.dumps(
                    {"taken": result.taken, "unchanged": result.unchanged, "refused": refused}
                )
            )

    def _report(self, mall: Mall, result: actions.Import) -> None:
        for row in result.refused:
            self.stdout.write(
                _("Baris %(line)d ditolak: %(reason)s") % {"line": row.line, "reason": row.reason}
            )
        for remark in result.remarks:
            self.stdout.write(remark)
        self.stdout.write(
            _(
                "%(mall)s: %(taken)d baris diambil, %(unchanged)d tidak berubah, "
                "%(refused)d ditolak."
            )
            % {
                "mall": mall.name,
                "taken": result.taken,
                "unchanged": result.unchanged,
                "refused": len(result.refused),
            }
        )


def _check_agency(code: str) -> None:
    if code != actions.ONE_STOP_OFFICE and not Agency.objects.filter(code=code).exists():
        raise BadRequest(
            _("Instansi “%(code)s” tidak ada di mal ini. Periksa kodenya.") % {"code": shown(code)}
        )
