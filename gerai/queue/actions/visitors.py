"""What keeps the public doors fair: limits for browsers, and the answer to unknown numbers."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.malls.scope import current_mall

NUMBERS = 10
NUMBERS_WITHIN = timedelta(hours=1)
# People on the hall's own wireless network share one address, so it may do more.
NUMBERS_OF_AN_ADDRESS = 240
GUESSES = 8
GUESSES_WITHIN = timedelta(minutes=30)


class NoSuchNumber(Refused):
    """No visit of this mall has the token or label."""

    message = _(
        "Nomor ini tidak kami temukan. Mungkin tautannya terpotong, atau nomornya dari hari lain. "
        "Pindai ulang kode QR pada struk Anda, atau tanyakan kepada penyambut di pintu masuk."
    )
    status = 404


class TooManyNumbers(Refused):
    """One browser, or one address, takes numbers as fast as no visitor needs them."""

    message = _(
        "Sudah terlalu banyak nomor diambil dari ponsel ini dalam satu jam. "
        "Silakan datang ke penyambut di pintu masuk; nomor Anda dibuatkan di sana."
    )
    status = 429


class TooManyGuesses(Refused):
    """Somebody guesses the code of a slip."""

    message = _(
        "Kode struk sudah terlalu sering salah. Tunggu sebentar, atau mintalah bantuan penyambut."
    )
    status = 429


def check_may_take(visitor: str, *, address: str) -> None:
    """Count one more number of a browser and its address.

    :raises TooManyNumbers: ten within an hour from this browser, or 240 from the address
    """
    lifetime = int(NUMBERS_WITHIN.total_seconds())
    by_browser = _count(f"numbers:{visitor}", lifetime)
    by_address = _count(f"numbers-from:{address}", lifetime)
    if by_browser > NUMBERS or by_address > NUMBERS_OF_AN_ADDRESS:
        raise TooManyNumbers


def check_may_guess(label: str) -> None:
    """Count one more try to open a ticket by its label and code.

    :raises TooManyGuesses: eight for this label within half an hour
    """
    if _count(f"guesses:{label}", int(GUESSES_WITHIN.total_seconds())) > GUESSES:
        raise TooManyGuesses


def _count(name: str, lifetime: int) -> int:
    key = f"queue:{current_mall().pk}:{name}"
    cache.add(key, 0, timeout=lifetime)
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two.
        cache.set(key, 1, timeout=lifetime)
        return 1
