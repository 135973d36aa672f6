"""``gerai evaluate-wait FILE``: how good the expected waits are, on recorded lines."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.directory.management.asked import BadRequest, asked_file
from gerai.ui.templatetags.ui import angka
from gerai.waits.reading import UnreadableSnapshots, read_snapshots
from gerai.waits.rules import CLAIM, Case, Judgement, judge, replay

WRONG = 2
MOST_BYTES = 500_000_000


class Command(BaseCommand):
    """Replay a recording without looking ahead, and print the errors. Asks no database."""

    help = "Seberapa tepat perkiraan waktu tunggu pada rekaman antrean (CSV atau CSV.GZ)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one file."""
        parser.add_argument("file", nargs="?", metavar="BERKAS.csv.gz")
        parser.add_argument("--json", action="store_true", help="satu baris JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures; exit with code 2 when the file cannot be used."""
        try:
            cases = _cases(options["file"])
        except (BadRequest, UnreadableSnapshots) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(WRONG) from refusal
        whole = judge(cases)
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "snapshots": whole.cases,
                        "mae_min": round(whole.mae, 3),
                        "medae_min": round(whole.medae, 3),
                        "coverage": round(whole.coverage, 4),
                        "claim": CLAIM,
                    }
                )
            )
            return
        offices = sorted({case.office for case in cases})
        judged = [
            (office, judge([case for case in cases if case.office == office])) for office in offices
        ]
        self._table([*judged, (_("Semua"), whole)])

    def _table(self, judged: list[tuple[str, Judgement]]) -> None:
        heads = (
            _("Kantor"),
            _("rekaman"),
            _("galat rata-rata"),
            _("galat tengah"),
            _("galat 90 %"),
            _("dalam rentang"),
            _("lebar rentang"),
            _("laju 30 menit"),
            _("menit baku"),
            _("rata-rata tetap"),
        )
        rows = [heads, *((office, *_figures(found)) for office, found in judged)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
        for first, *others in rows:
            cells = (text.rjust(width) for text, width in zip(others, widths[1:], strict=True))
            self.stdout.write("  ".join((first.ljust(widths[0]), *cells)))
        self.stdout.write(
            "\n"
            + _(
                "Satuannya menit. Rentang menyatakan %(claim)s %% tepat. Tiga kolom terakhir: "
                "galat rata-rata tiga tebakan sederhana, sebagai pembanding."
            )
            % {"claim": angka(round(100 * CLAIM))}
        )
        self.stdout.write(
            _(
                "Yang dihitung: sejak 08.30, ada yang menunggu, ada loket buka, ada panggilan "
                "dalam 30 menit terakhir, dan waktu tunggunya diketahui serta paling lama "
                "240 menit."
            )
        )


def _cases(typed: str | None) -> list[Case]:
    content = asked_file(typed, MOST_BYTES, example="evaluate-wait rekaman.csv.gz")
    if len(content) > MOST_BYTES:
        raise BadRequest(_("Berkas ini terlalu besar. Bagi menjadi beberapa berkas per bulan."))
    cases = replay(read_snapshots(content, packed=Path(str(typed)).suffix == ".gz"))
    if not cases:
        raise BadRequest(
            _(
                "Tidak ada rekaman yang dapat dinilai: perlu orang yang menunggu sejak 08.30, "
                "loket yang buka, dan waktu tunggu yang diketahui."
            )
        )
    return cases


def _figures(found: Judgement) -> list[str]:
    return [
        angka(found.cases),
        *(_minutes(value) for value in (found.mae, found.medae, found.p90)),
        f"{_minutes(100 * found.coverage)} %",
        _minutes(found.width),
        *(_minutes(value) for value in (found.rate_mae, found.set_mae, found.constant_mae)),
    ]


def _minutes(value: float | None) -> str:
    return "-" if value is None else angka(Decimal(f"{value:.2f}"))
