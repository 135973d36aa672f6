"""Bring the database to the present shape."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from gerai.malls import queries as malls
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.pulse.actions import keep_watch
from gerai.website.actions import open_site


class Command(BaseCommand):
    """Make or migrate the database; harmless when there is nothing to do."""

    help = "Menyiapkan basis data (aman dijalankan berulang)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations, open the websites that malls lack, and watch for alarms."""
        call_command("migrate", interactive=False, verbosity=0)
        for mall in malls.all_malls():
            with in_mall(mall):
                open_site(by=SYSTEM)
                if mall.is_active and not mall.is_founding:
                    keep_watch()
