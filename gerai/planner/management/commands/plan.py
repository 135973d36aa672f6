"""``gerai plan``: what the theory says of counters that are all alike."""

import json
import re
from argparse import ArgumentParser
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai.directory.management.asked import BadRequest
from gerai.planner.rules.erlang import Figures, queue_of
from gerai.ui.templatetags.ui import angka

# Short, so that no number takes long to be worked out digit by digit.
_RATE = re.compile(r"(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?")
_COUNT = re.compile(r"[0-9]{1,15}")
LEAST_RATE = Fraction(1, 10**9)
MOST_RATE = 10**9
MOST_COUNTERS = 100_000
SMALLEST_SHOWN = Decimal("0.0001")
WRONG = 2


class Command(BaseCommand):
    """Print the figures of M/M/c, as words or as JSON. Asks no database."""

    help = "Berapa lama orang menunggu pada sekian loket, menurut teori antrean."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("--arrivals", metavar="L", help="orang datang per satuan waktu")
        parser.add_argument(
            "--service-rate",
            metavar="M",
            help="orang yang selesai dilayani satu loket per satuan waktu yang sama",
        )
        parser.add_argument("--counters", metavar="C", help="banyaknya loket yang buka")
        parser.add_argument("--json", action="store_true", help="satu baris JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures; exit with code 2 when a value cannot be used."""
        try:
            arrivals = _rate("--arrivals", options["arrivals"])
            service_rate = _rate("--service-rate", options["service_rate"])
            counters = _counters(options["counters"])
        except BadRequest as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(WRONG) from refusal
        figures = queue_of(arrivals, service_rate, counters)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(figures)))
            return
        if figures.stable:
            self._table(figures)
        else:
            self._never(figures, floor(arrivals / service_rate) + 1)

    def _table(self, figures: Figures) -> None:
        rows = (
            (_("Beban tiap loket (rho)"), _share(figures.rho)),
            (_("Tidak ada orang (P0)"), _share(figures.p0)),
            (_("Harus menunggu (Pw)"), _share(figures.p_wait)),
            (_("Orang menunggu (Lq)"), _number(figures.lq)),
            (_("Orang menunggu dan dilayani (L)"), _number(figures.l)),
            (_("Lama menunggu (Wq)"), _number(figures.wq)),
            (_("Lama menunggu dan dilayani (W)"), _number(figures.w)),
        )
        width = max(len(name) for name, _value in rows)
        for name, value in rows:
            self.stdout.write(f"{name:<{width}}  {value}")
        self.stdout.write(
            "\n"
            + _(
                "Artinya: sekitar %(waiting)s dari 100 orang harus menunggu. Rata-rata semua orang "
                "menunggu %(wait)s satuan waktu, dan rata-rata %(line)s orang ada di antrean."
            )
            % {
                "waiting": angka(round(100 * (figures.p_wait or 0))),
                "wait": _number(figures.wq),
                "line": _number(figures.lq),
            }
        )
        self.stdout.write(
            _(
                "Satuan waktunya sama dengan satuan --arrivals dan --service-rate. Angka berlaku "
                "untuk hari yang panjang dengan kedatangan dan layanan yang acak."
            )
        )

    def _never(self, figures: Figures, fewest: int) -> None:
        name = _("Beban tiap loket (rho)")
        self.stdout.write(f"{name}  {_share(figures.rho)}")
        self.stdout.write(
            "\n"
            + _(
                "Tidak stabil: orang datang secepat atau lebih cepat daripada yang dapat dilayani, "
                "jadi antrean terus memanjang dan tidak ada rata-rata waktu tunggu."
            )
        )
        self.stdout.write(
            ngettext(
                "Bukalah sedikitnya %(count)s loket.",
                "Bukalah sedikitnya %(count)s loket.",
                fewest,
            )
            % {"count": angka(fewest)}
        )


def _rate(name: str, typed: str | None) -> Fraction:
    text = _typed(name, typed)
    told = {"name": name, "typed": text[:40]}
    if not _RATE.fullmatch(text):
        raise BadRequest(
            _(
                "Isi %(name)s “%(typed)s” bukan bilangan. "
                "Tulis bilangan lebih dari nol, misalnya 12 atau 0,5."
            )
            % told
        )
    rate = Fraction(Decimal(text.replace(",", ".")))
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise BadRequest(
            _(
                "Isi %(name)s “%(typed)s” di luar batas: "
                "paling kecil 0,000000001 dan paling besar 1.000.000.000."
            )
            % told
        )
    return rate


def _counters(typed: str | None) -> int:
    text = _typed("--counters", typed)
    if not _COUNT.fullmatch(text) or not 1 <= int(text) <= MOST_COUNTERS:
        raise BadRequest(
            _(
                "Banyaknya loket “%(typed)s” tidak dapat dipakai. "
                "Tulis bilangan bulat dari 1 sampai %(most)s."
            )
            % {"typed": text[:40], "most": angka(MOST_COUNTERS)}
        )
    return int(text)


def _typed(name: str, typed: str | None) -> str:
    text = (typed or "").strip()
    if not text:
        raise BadRequest(
            _(
                "Sebutkan %(name)s, misalnya: "
                "gerai plan --arrivals 30 --service-rate 12 --counters 4"
            )
            % {"name": name}
        )
    return text


def _number(value: float | None) -> str:
    """Return a figure with four digits that count."""
    assert value is not None
    if 0 < value < float(SMALLEST_SHOWN):
        return _("kurang dari %s") % angka(SMALLEST_SHOWN)
    shown = Decimal(f"{value:.4g}")
    return angka(shown.quantize(Decimal(1)) if shown == int(shown) else shown.normalize())


def _share(value: float | None) -> str:
    assert value is not None
    return f"{_number(100 * value)} %"
