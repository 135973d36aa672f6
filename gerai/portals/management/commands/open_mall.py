"""``gerai open-mall``: the first real mall of an installation, and who looks after it."""

import re
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.errors import Refused
from gerai.malls.management.first_start import make_tables
from gerai.malls.models import Mall, Zone
from gerai.malls.regions import region_names
from gerai.malls.scope import in_mall
from gerai.people import actions as people
from gerai.people.audit import SYSTEM

WRONG = 2
LONGEST_NAME = 120
ADDRESS = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
ZONES = {zone.label: zone for zone in Zone}


class Command(BaseCommand):
    """Open a mall; with --admin also make the account of a platform administrator."""

    help = "Buka mal sungguhan, dan buat akun admin platform yang pertama."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the particulars of the mall and the name of the account."""
        parser.add_argument("slug", help="nama alamat: barru menjadi barru.localhost")
        parser.add_argument("--name", required=True, help="nama mal, misalnya: MPP Kabupaten Barru")
        parser.add_argument("--region", required=True, metavar="KODE", help="misalnya 73.11")
        parser.add_argument("--zone", required=True, metavar="WIB|WITA|WIT")
        parser.add_argument("--host", default="", help="nama host sendiri, misalnya mpp.kab.go.id")
        parser.add_argument("--admin", metavar="NAMA", help="nama pengguna admin platform")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the mall; exit with code 2 when something may not be so."""
        self._check(options)
        make_tables()
        password = self._password(options["admin"]) if options["admin"] else ""
        try:
            mall = people.open_mall(
                slug=options["slug"],
                name=options["name"],
                region_code=options["region"],
                zone=ZONES[options["zone"]],
                host=options["host"],
                address="",
                by=SYSTEM,
            )
            if options["admin"]:
                self._make_admin(mall, options["admin"], password)
        except Refused as refusal:
            self._refuse(str(refusal.message))
        self.stdout.write(
            _("%(name)s dibuka. Jalankan peladen, lalu masuk di alamatnya dan buka /kelola/.")
            % {"name": mall.name}
        )

    def _check(self, options: dict[str, Any]) -> None:
        if not ADDRESS.fullmatch(options["slug"]):
            self._refuse(_("Nama alamat memakai huruf kecil, angka, dan garis; misalnya: barru."))
        if not 0 < len(options["name"].strip()) <= LONGEST_NAME:
            self._refuse(_("Nama mal harus 1 sampai 120 huruf."))
        if options["region"] not in region_names():
            self._refuse(_("Kode wilayah ini tidak ada. Contoh yang ada: 73.11 (Barru)."))
        if options["zone"] not in ZONES:
            self._refuse(_("Zona waktu harus WIB, WITA, atau WIT."))
        if options["admin"] and not USERNAME.fullmatch(options["admin"]):
            self._refuse(_("Nama pengguna memakai paling sedikit 3 huruf kecil atau angka."))

    def _password(self, username: str) -> str:
        asked = _("Kata sandi untuk %(name)s: ") % {"name": username}
        password = getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            people.check_password(password, username=username)
        except Refused as refusal:
            self._refuse(str(refusal.message))
        return password

    def _make_admin(self, mall: Mall, username: str, password: str) -> None:
        with in_mall(mall):
            people.add_user(
                username=username,
                name=username,
                password=password,
                by=SYSTEM,
                is_platform_admin=True,
            )

    def _refuse(self, words: str) -> NoReturn:
        self.stderr.write(words)
        raise SystemExit(WRONG)
