"""``gerai holidays YEAR``: the days of the joint decree of a year."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gerai.directory.management.asked import BadRequest, asked_day, asked_days, asked_year, caution
from gerai.directory.national_days import Kind

KIND_WORDS = {
    Kind.NATIONAL_HOLIDAY: gettext_lazy("libur nasional"),
    Kind.JOINT_LEAVE: gettext_lazy("cuti bersama"),
}


class Command(BaseCommand):
    """Print the national holidays and joint leave of a year."""

    help = (
        "Daftar libur nasional dan cuti bersama satu tahun menurut keputusan bersama tiga menteri."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("year", nargs="?", metavar="TAHUN")
        parser.add_argument(
            "--as-of", metavar="YYYY-MM-DD", help="daftar yang berlaku pada hari itu"
        )
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list; exit with code 2 when the request makes no sense."""
        try:
            year, as_of = asked_year(options["year"]), asked_day(options["as_of"])
            days = asked_days(year, as_of)
        except BadRequest as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        if note := caution(year, as_of):
            self.stderr.write(note)
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    [
                        {"date": day.on.isoformat(), "name": day.name, "kind": day.kind.value}
                        for day in days
                    ]
                )
            )
            return
        for day in days:
            self.stdout.write(f"{day.on:%Y-%m-%d}  {KIND_WORDS[day.kind]!s:<14}  {day.name}")
        self.stdout.write(_("%(count)d hari.") % {"count": len(days)})
