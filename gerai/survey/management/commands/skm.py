"""``gerai skm FILE.csv``: the satisfaction index of a file of answers."""

import json
import re
from argparse import ArgumentParser
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.directory.management.asked import BadRequest, asked_file
from gerai.survey.answers import COLUMNS, UnreadableAnswers, read_answers
from gerai.survey.formula import (
    EXACT_WEIGHT,
    Incomplete,
    NoAnswers,
    element_means,
    grade,
    index_of_means,
    is_complete,
    rounded,
    used_answers,
)
from gerai.ui.templatetags.ui import angka

MOST_BYTES = 100_000_000
# No exponents: Fraction("1e-99999999") would be worked out digit by digit.
_WEIGHT = re.compile(r"[0-9]{0,9}\.[0-9]{1,9}|[0-9]{1,9}(?:/[0-9]{1,9})?", re.ASCII)


class Command(BaseCommand):
    """Print respondents, index, grade and the nine element means."""

    help = "Indeks kepuasan masyarakat (SKM) dari berkas CSV dengan kolom U1 sampai U9."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("file", nargs="?", metavar="BERKAS.csv")
        parser.add_argument("--weight", default="0.111", metavar="0.111|1/9|0.11")
        parser.add_argument(
            "--incomplete",
            default=Incomplete.LEAVE_OUT.value,
            metavar="leave-out|per-element",
        )
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result; exit with code 2 when file or options cannot be used."""
        try:
            weight, incomplete = (
                _weight(options["weight"]),
                _incomplete(options["incomplete"]),
            )
            answers = read_answers(_content(options["file"]))
            means = element_means(answers, incomplete=incomplete)
        except (BadRequest, UnreadableAnswers) as refusal:
            self._refuse(str(refusal), refusal)
        except NoAnswers as refusal:
            self._refuse(_nobody(refusal), refusal)
        index = index_of_means(means, weight=weight)
        result = {
            "respondents": len(used_answers(answers, incomplete=incomplete)),
            "incomplete": sum(not is_complete(row) for row in answers),
            "index": float(rounded(index, 4)),
            "grade": grade(index),
            "elements": {
                column: float(rounded(mean, 6)) for column, mean in zip(COLUMNS, means, strict=True)
            },
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
            return
        self.stdout.write(
            _("%(respondents)d responden dihitung; %(incomplete)d jawaban tidak lengkap.") % result
        )
        for column, mean in zip(COLUMNS, means, strict=True):
            self.stdout.write(f"{column}  {angka(rounded(mean, 3))}")
        self.stdout.write(
            _("Indeks %(index)s, mutu %(grade)s (bobot tiap unsur %(weight)s).")
            % {
                "index": angka(rounded(index, 2)),
                "grade": result["grade"],
                "weight": options["weight"].strip().replace(".", ","),
            }
        )

    def _refuse(self, message: str, cause: Exception) -> None:
        self.stderr.write(message)
        raise SystemExit(2) from cause


def _weight(typed: str) -> Fraction:
    text = typed.strip().replace(",", ".")
    refusal = BadRequest(
        _("Bobot “%(typed)s” tidak dikenal. Tuliskan 0.111, 1/9, atau 0.11; paling besar 1/9.")
        % {"typed": typed[:40]}
    )
    if not _WEIGHT.fullmatch(text):
        raise refusal
    try:
        weight = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise refusal from error
    if not 0 < weight <= EXACT_WEIGHT:
        raise refusal
    return weight


def _incomplete(typed: str) -> Incomplete:
    try:
        return Incomplete(typed)
    except ValueError as error:
        raise BadRequest(
            _("--incomplete “%(typed)s” tidak dikenal. Pilih leave-out atau per-element.")
            % {"typed": typed[:40]}
        ) from error


def _content(typed: str | None) -> bytes:
    content = asked_file(typed, MOST_BYTES, example="skm jawaban.csv")
    if len(content) > MOST_BYTES:
        raise BadRequest(_("Berkas ini terlalu besar. Bagi menjadi beberapa berkas per bulan."))
    return content


def _nobody(refusal: NoAnswers) -> str:
    if refusal.element is None:
        return _(
            "Tidak ada responden yang dapat dihitung. Isi jawabannya, "
            "atau pakai --incomplete per-element."
        )
    return _("Tidak ada jawaban untuk U%(element)d, jadi indeks tidak dapat dihitung.") % {
        "element": refusal.element
    }
