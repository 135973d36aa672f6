"""``gerai sample``: a mall to try everything in."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.errors import Refused
from gerai.malls.management.first_start import make_tables
from gerai.portals.sample.founding import SAMPLE as FOUNDING
from gerai.portals.sample.making import make, may_have_platform_user
from gerai.portals.sample.plan import BARRU, SOPPENG, SampleMall
from gerai.portals.sample.timetable import CHOICES


class Command(BaseCommand):
    """Make the sample mall, or what is missing of it, and say where everything is."""

    help = "Buat mal contoh “MPP Barru (contoh)”; aman dijalankan berulang."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take hours as text, so that a wrong word is answered in Indonesian."""
        parser.add_argument(
            "--hours",
            metavar="always|office",
            help="always: selalu buka, juga malam dan hari libur (bawaan); office: jam kantor",
        )
        parser.add_argument("--second", action="store_true", help="juga mal contoh kedua, soppeng")
        parser.add_argument(
            "--founding", action="store_true", help="juga mal yang sedang didirikan, luwutimur"
        )
        parser.add_argument(
            "--past", action="store_true", help="juga nomor setengah tahun yang lalu (rekaan)"
        )
        parser.add_argument("--port", type=int, default=8000, metavar="N")
        parser.add_argument("--quiet", action="store_true", help="tanpa daftar alamat")
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the samples; exit with code 2 when one may not be made."""
        hours = options["hours"]
        if hours is not None and hours not in CHOICES:
            self._refuse(
                _("--hours “%(typed)s” tidak dikenal. Pilih always atau office.")
                % {"typed": hours[:40]}
            )
        make_tables()
        changes = {}
        for sample in _wanted(options):
            try:
                changed = make(sample, hours=hours, has_past=options["past"])
            except Refused as refusal:
                self._refuse(f"{sample.name}: {refusal.message}")
            changes[sample.slug] = changed
            self.stdout.write(f"{sample.name}: {_sentence(changed)}")
        if not may_have_platform_user():
            self.stdout.write(
                _("Ada mal sungguhan di sini, jadi pengguna contoh “platform” tidak dibuat.")
            )
        if not options["quiet"]:
            call_command("addresses", port=options["port"], stdout=self.stdout)
        if options["json"]:
            self.stdout.write(json.dumps({"changed": changes}))

    def _refuse(self, message: str) -> None:
        self.stderr.write(message)
        raise SystemExit(2)


def _wanted(options: dict[str, Any]) -> Iterator[SampleMall]:
    yield BARRU
    if options["second"]:
        yield SOPPENG
    if options["founding"]:
        yield FOUNDING


def _sentence(changed: list[str]) -> str:
    if not changed:
        return _("sudah lengkap, tidak ada yang diubah.")
    return _("selesai dibuat (%(steps)s).") % {"steps": ", ".join(changed)}
