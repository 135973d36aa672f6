"""``gerai working-days YEAR``: working days per month."""

import json
from argparse import ArgumentParser
from typing import Any, Literal

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.directory.hours import working_days
from gerai.directory.management.asked import (
    BadRequest,
    asked_choice,
    asked_day,
    asked_days,
    asked_year,
    caution,
)
from gerai.directory.national_days import by_date


class Command(BaseCommand):
    """Print the number of working days of every month of a year."""

    help = "Jumlah hari kerja per bulan: hari biasa tanpa libur nasional dan cuti bersama."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("year", nargs="?", metavar="TAHUN")
        parser.add_argument("--week", default="5", metavar="5|6", help="hari kerja seminggu")
        parser.add_argument(
            "--joint-leave",
            default="off",
            metavar="off|work",
            help="cuti bersama: libur atau kerja",
        )
        parser.add_argument(
            "--as-of", metavar="YYYY-MM-DD", help="daftar yang berlaku pada hari itu"
        )
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the months; exit with code 2 when the request makes no sense."""
        try:
            year, as_of = asked_year(options["year"]), asked_day(options["as_of"])
            week = asked_choice("--week", options["week"], ("5", "6"))
            joint_leave = asked_choice("--joint-leave", options["joint_leave"], ("off", "work"))
            national = by_date(asked_days(year, as_of))
        except BadRequest as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        if note := caution(year, as_of):
            self.stderr.write(note)
        week_days: Literal[5, 6] = 5 if week == "5" else 6
        months = {
            month: working_days(
                year, month, week_days, national, joint_leave_closes=joint_leave == "off"
            )
            for month in range(1, 13)
        }
        if options["json"]:
            self.stdout.write(json.dumps({str(month): days for month, days in months.items()}))
            return
        for month, days in months.items():
            self.stdout.write(f"{year}-{month:02}  {days:>3}")
        self.stdout.write(_("Setahun: %(days)d hari kerja.") % {"days": sum(months.values())})
