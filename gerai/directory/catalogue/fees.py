"""Fees as people write them: an amount where sure, otherwise the words only."""

import re
from dataclasses import dataclass

from gerai.directory.catalogue.numerals import words_of_number
from gerai.directory.catalogue.texts import Unfit, shown

MOST_RUPIAH = 10**12 - 1


@dataclass(frozen=True)
class Fee:
    """A fee: its words, and the whole rupiah that they surely say."""

    text: str = ""
    rupiah: int | None = None


NO_FEE = Fee()

_FREE = re.compile(
    r"(?:gratis|cuma-cuma|bebas biaya|nol rupiah"
    r"|(?:tidak|tanpa)(?: ada)?(?: (?:dikenakan|dikenai|dipungut|dipungut/dikenakan))?"
    r" (?:biaya|retribusi|pungutan)(?: apa ?pun)?)(?: \(gratis\))?[.!]?"
)
_AMOUNT = r"(?P<amount>\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,00|[.,]?-{1,2})?"
_RUPIAH = re.compile(
    rf"(?:rp\.? ?{_AMOUNT}|{_AMOUNT.replace('amount', 'spelt')} rupiah)"
    r"(?: ?\((?P<words>[a-z ]+) rupiah\))?\.?"
)
_NEGATIVE = re.compile(r"(?:rp\.? ?)?[-−] ?\d")  # noqa: RUF001


def read_fee(text: str) -> Fee:
    """Return a fee with the amount that its words surely say.

    A number without currency, a share, or a price "from" says no amount.

    :raises Unfit: a negative fee

    >>> read_fee("Tidak dikenakan biaya").rupiah, read_fee("Rp15.000,00").rupiah
    (0, 15000)
    >>> read_fee("Sesuai Perda")
    Fee(text='Sesuai Perda', rupiah=None)
    """
    plain = " ".join(text.lower().split())
    if _NEGATIVE.match(plain):
        raise Unfit(f"Biaya “{shown(text)}” negatif. Tuliskan biaya yang benar.")
    if _FREE.fullmatch(plain):
        return Fee(text, 0)
    match = _RUPIAH.fullmatch(plain)
    if match is None:
        return Fee(text)
    rupiah = int((match["amount"] or match["spelt"]).replace(".", ""))
    if rupiah > MOST_RUPIAH:
        return Fee(text)
    words = match["words"]
    if words and words_of_number(rupiah) != " ".join(words.split()):
        return Fee(text)
    return Fee(text, rupiah)


def rupiah_text(amount: int) -> str:
    """Return an amount as Indonesians write it.

    >>> rupiah_text(1500000)
    'Rp1.500.000'
    """
    return f"Rp{amount:,}".replace(",", ".")
