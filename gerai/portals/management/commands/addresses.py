"""``gerai addresses``: where everything is found in the browser."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.malls.queries import open_malls
from gerai.portals.sample.addresses import doors, sample_users
from gerai.portals.sample.plan import PASSWORD


class Command(BaseCommand):
    """Print the addresses of every mall, and the users of sample malls."""

    help = "Alamat halaman tiap mal; juga pengguna contoh."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port the server listens on."""
        parser.add_argument("--port", type=int, default=8000, metavar="N")
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one block per mall."""
        malls = open_malls()
        if not malls:
            self.stdout.write(_("Belum ada mal. Jalankan dahulu: gerai sample"))
        found = {mall.slug: (doors(mall, options["port"]), sample_users(mall)) for mall in malls}
        for mall in malls:
            pages, users = found[mall.slug]
            self.stdout.write(f"\n{mall.name}")
            for page in pages:
                self.stdout.write(f"  {page.name:<36} {page.address}")
            if users:
                self.stdout.write(
                    _("  Pengguna contoh (kata sandi semuanya: %(password)s)")
                    % {"password": PASSWORD}
                )
            for user in users:
                self.stdout.write(f"    {user.username:<20} {user.role}")
        if len(malls) == 1:
            self.stdout.write(
                _("  Hanya ada satu mal, jadi http://localhost:%(port)d/ juga membukanya.")
                % {"port": options["port"]}
            )
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        slug: {
                            "pages": {page.name: page.address for page in pages},
                            "users": [asdict(user) for user in users],
                        }
                        for slug, (pages, users) in found.items()
                    }
                )
            )
