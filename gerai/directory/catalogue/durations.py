"""Durations as people write them: read where sure, left open otherwise, never guessed."""

import re
from dataclasses import dataclass

from gerai.directory.catalogue.numerals import number_of_words, words_of_number
from gerai.directory.catalogue.texts import Unfit, shown

LONGEST = 100_000

UNITS = {
    "menit": "menit",
    "jam": "jam",
    "hari": "hari",
    "hari kalender": "hari",
    "hari kerja": "hari_kerja",
    "minggu": "minggu",
    "bulan": "bulan",
}


@dataclass(frozen=True)
class Duration:
    """A duration: its words, and what they surely say.

    least, most: whole numbers of `unit`; "at most 7 days" has no least. All three are left
    open (None, "") where the words cannot be read for certain.
    """

    text: str = ""
    least: int | None = None
    most: int | None = None
    unit: str = ""


NO_DURATION = Duration()

_COUNT = r"(?P<{0}>\d{{1,6}}|[a-z]+(?: [a-z]+)*?)(?: ?\((?P<{0}_words>[a-z ]+)\))?"
_SENTENCE = re.compile(
    r"(?:(?P<bound>"
    r"(?:maksimal|maksimum|maks\.?|paling lama|paling lambat|selambat-lambatnya)"
    r"|(?P<lower>minimal|minimum|paling cepat|paling sedikit)) )?"
    + _COUNT.format("first")
    + r"(?: ?(?:-|\u2013|s/d|s\.d\.?|sampai|sampai dengan|hingga) ?"
    + _COUNT.format("second")
    + r")? ?(?P<unit>x ?24 jam|hari kerja|hari kalender|menit|jam|hari|minggu|bulan)"
    r"(?: (?:sejak|setelah) (?:berkas|persyaratan|permohonan)(?: dinyatakan| diterima)?"
    r"(?: secara)? lengkap(?: dan benar)?)?\.?"
)
_NEGATIVE = re.compile(r"[-−]\s*\d+\s*(?:menit|jam|hari|minggu|bulan)\b")  # noqa: RUF001


def read_duration(text: str) -> Duration:
    """Return a duration with what its words surely say.

    :raises Unfit: a negative duration

    >>> read_duration("Maksimal 7 (tujuh) hari")
    Duration(text='Maksimal 7 (tujuh) hari', least=None, most=7, unit='hari')
    >>> read_duration("1-3 hari")
    Duration(text='1-3 hari', least=1, most=3, unit='hari')
    >>> read_duration("tergantung cuaca")
    Duration(text='tergantung cuaca', least=None, most=None, unit='')
    """
    plain = " ".join(text.lower().split())
    if _NEGATIVE.match(plain):
        raise Unfit(f"Waktu “{shown(text)}” negatif. Tuliskan waktu yang lebih dari nol.")
    match = _SENTENCE.fullmatch(plain)
    if match is None:
        return Duration(text)
    first = _count(match["first"], match["first_words"])
    second = _count(match["second"], match["second_words"]) if match["second"] else first
    if first is None or second is None or not 0 < first <= second <= LONGEST:
        return Duration(text)
    if match["unit"].startswith("x"):
        first, second, unit = first * 24, second * 24, "jam"
    else:
        unit = UNITS[match["unit"]]
    if match["lower"]:
        return Duration(text, first, None, unit) if first == second else Duration(text)
    return Duration(text, None if match["bound"] else first, second, unit)


def stated_duration(text: str, least: int, most: int | None, unit: str) -> Duration:
    """Return a duration whose numbers the file states itself.

    :raises Unfit: an unknown unit, or numbers which are no duration
    """
    known = UNITS.get(" ".join(unit.lower().replace("_", " ").split()))
    if known is None:
        raise Unfit(
            f"Satuan waktu “{shown(unit)}” tidak dikenal. "
            "Pakai menit, jam, hari, hari_kerja, minggu, atau bulan."
        )
    if most is None:
        most = least
    if not 0 < least <= most <= LONGEST:
        raise Unfit(
            f"Waktu {least} sampai {most} tidak mungkin. Nilai paling kecil 1, "
            f"dan maks tidak kurang dari nilai (paling besar {LONGEST})."
        )
    return Duration(text or f"{_span(least, most)} {unit.replace('_', ' ')}", least, most, known)


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}-{most}"


def _count(found: str, in_brackets: str | None) -> int | None:
    number = int(found) if found.isdigit() else number_of_words(found)
    if number is None or number > LONGEST:
        return None
    # Digits and words that disagree: nobody knows which is meant.
    if in_brackets and words_of_number(number) != " ".join(in_brackets.split()):
        return None
    return number
