"""Whole numbers in Indonesian words, as standards put them in brackets: 7 (tujuh) hari."""

from functools import cache

_UNITS = "nol,satu,dua,tiga,empat,lima,enam,tujuh,delapan,sembilan,sepuluh,sebelas".split(",")  # noqa: SIM905
_STEPS = ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
_ONE_OF = {1000: "seribu", 100: "seratus"}
_SPOKEN_UP_TO = 999


def words_of_number(number: int) -> str:
    """Return a number in words, 0 up to below 10^12.

    >>> words_of_number(20), words_of_number(15), words_of_number(1100)
    ('dua puluh', 'lima belas', 'seribu seratus')
    """
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 20:  # noqa: PLR2004 - the teens end there
        return f"{_UNITS[number - 10]} belas"
    step, name = next((step, name) for step, name in _STEPS if number >= step)
    count, rest = divmod(number, step)
    head = _ONE_OF[step] if count == 1 and step in _ONE_OF else f"{words_of_number(count)} {name}"
    return f"{head} {words_of_number(rest)}" if rest else head


def number_of_words(words: str) -> int | None:
    """Return the number 1..999 that the words say, None where they say none.

    >>> number_of_words("Dua  puluh lima"), number_of_words("beberapa")
    (25, None)
    """
    return _numbers().get(" ".join(words.lower().split()))


@cache
def _numbers() -> dict[str, int]:
    return {words_of_number(number): number for number in range(1, _SPOKEN_UP_TO + 1)}
