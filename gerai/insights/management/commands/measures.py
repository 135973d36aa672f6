"""``gerai measures``: keep the months of the malls, from now on every night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gerai import clock
from gerai.insights import actions
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall

MOST_MONTHS = 120


class Command(BaseCommand):
    """Keep the measures of this month and of some before it, for one mall or for all."""

    help = "Menyimpan ukuran mal tiap bulan, untuk perkembangan dari waktu ke waktu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a mall and a number of months."""
        parser.add_argument("mall", nargs="?", metavar="MAL", help="nama pendek; kosong: semua")
        parser.add_argument("--months", type=int, default=1, metavar="BULAN")

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep them, and say how many values there are."""
        months = options["months"]
        if not 1 <= months <= MOST_MONTHS:
            raise CommandError(_("Banyaknya bulan antara 1 dan %d.") % MOST_MONTHS)
        malls = Mall.objects.filter(is_active=True).order_by("slug")
        if options["mall"]:
            malls = malls.filter(slug=options["mall"])
            if not malls:
                raise CommandError(_("Mal “%s” tidak ada.") % options["mall"][:63])
        for mall in malls:
            with in_mall(mall):
                today = clock.local_day(clock.now(), mall.zone)
                written = actions.keep_months(today, months)
                actions.keep_night(today)
            self.stdout.write(
                _("%(mall)s: %(count)d nilai disimpan.") % {"mall": mall.slug, "count": written}
            )
