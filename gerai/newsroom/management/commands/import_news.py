"""``gerai import-news FILE``: take stories from a file into a newsroom."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai import clock
from gerai.directory.catalogue.texts import shown
from gerai.directory.management.asked import BadRequest, asked_file, asked_mall
from gerai.malls.management.first_start import make_tables
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions.taking import Taken, take_news
from gerai.newsroom.models import Section
from gerai.newsroom.queries import articles
from gerai.newsroom.reading import MOST_BYTES, Reading, Unreadable, read_news
from gerai.people import audit


class Command(BaseCommand):
    """Read the file, take what is sound as drafts, and say of each other story why not."""

    help = "Ambil berita (JSON, umpan RSS/Atom, laman HTML, atau naskah) sebagai draf."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("file", nargs="?", metavar="BERKAS")
        parser.add_argument("--mall", metavar="MAL", help="nama pendek mal, misalnya barru")
        parser.add_argument(
            "--section", metavar="KATEGORI", help="alamat pendek kategori, misalnya kunjungan"
        )
        parser.add_argument("--publish", action="store_true", help="langsung terbitkan")
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit with code 2, nothing changed, when file or options cannot be used."""
        try:
            content = asked_file(options["file"], MOST_BYTES, example="import-news berita.json")
            today = clock.local_day(clock.now(), "Asia/Jakarta")
            reading = read_news(content, name=str(options["file"]), today=today)
            make_tables()
            mall = _mall(options["mall"])
            with in_mall(mall):
                section = _section(options["section"])
                result = take_news(
                    reading.stories,
                    section=section,
                    publishes=options["publish"],
                    by=audit.SYSTEM,
                )
        except (BadRequest, Unreadable) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        result.refused = _in_order(reading, result)
        self._report(mall, result)
        if options["json"]:
            refused = [{"line": row.line, "reason": row.reason} for row in result.refused]
            self.stdout.write(
                json.dumps(
                    {"taken": result.taken, "unchanged": result.unchanged, "refused": refused}
                )
            )

    def _report(self, mall: Mall, result: Taken) -> None:
        for row in result.refused:
            self.stdout.write(
                _("Baris %(line)d ditolak: %(reason)s") % {"line": row.line, "reason": row.reason}
            )
        self.stdout.write(
            _("%(mall)s: %(taken)d berita diambil, %(unchanged)d sudah ada, %(refused)d ditolak.")
            % {
                "mall": mall.name,
                "taken": result.taken,
                "unchanged": result.unchanged,
                "refused": len(result.refused),
            }
        )


def _in_order(reading: Reading, result: Taken) -> list[Any]:
    return sorted([*reading.refused, *result.refused], key=lambda row: row.line)


def _mall(slug: str | None) -> Mall:
    mall = asked_mall(slug)
    if mall is None:
        raise BadRequest(_("Belum ada mal. Buka dahulu dengan: gerai open-mall"))
    return mall


def _section(slug: str | None) -> Section:
    sections = articles.sections()
    if not sections:
        raise BadRequest(_("Mal ini belum punya situs. Jalankan dahulu: gerai prepare"))
    if slug is None:
        return sections[0]
    chosen = next((section for section in sections if section.slug == slug), None)
    if chosen is None:
        raise BadRequest(
            _("Kategori “%(slug)s” tidak ada. Yang ada: %(slugs)s.")
            % {"slug": shown(slug), "slugs": ", ".join(section.slug for section in sections)}
        )
    return chosen
