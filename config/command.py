"""The command line: gerai import-catalogue FILE is Django's command import_catalogue."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; hyphens in its name are underscores in its module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")  # noqa: TID251
    arguments = sys.argv[:]
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments[1] = arguments[1].replace("-", "_")
    execute_from_command_line(arguments)
