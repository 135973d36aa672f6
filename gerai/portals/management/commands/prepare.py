"""Bring the database to the present shape."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Make or migrate the database; harmless when there is nothing to do."""

    help = "Menyiapkan basis data (aman dijalankan berulang)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations."""
        call_command("migrate", interactive=False, verbosity=0)
