"""What a reader's form carries: its stamp, and a small sum to be solved."""

import secrets
from datetime import timedelta

from django.core import signing
from django.utils.crypto import salted_hmac

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.challenge import Solved, new_challenge, solved

STAMP_LASTS = timedelta(hours=12)
LONGEST_STAMP = 200


def new_stamp() -> str:
    """Return what makes a second sending of the same form harmless, signed for this mall."""
    until = int((clock.now() + STAMP_LASTS).timestamp())
    return _signer().sign_object([secrets.token_urlsafe(18), until])


def stamped(stamp: str) -> str | None:
    """Return the name of the form that a stamp belongs to, or None for a false or old one."""
    if not stamp or len(stamp) > LONGEST_STAMP:
        return None
    try:
        name, until = _signer().unsign_object(stamp)
    except signing.BadSignature:
        return None
    return str(name) if clock.now().timestamp() < until else None


def new_sum() -> dict[str, object]:
    """Return a fresh sum for a browser of this mall."""
    return new_challenge(_key(), now=clock.now())


def proof_in(payload: str) -> Solved | None:
    """Return the solved sum that a form carries, if it is right and not too old."""
    return solved(payload, _key(), now=clock.now())


def _signer() -> signing.Signer:
    return signing.Signer(salt=f"gerai.newsroom.stamp.{current_mall().pk}")


def _key() -> bytes:
    mall = str(current_mall().pk)
    return salted_hmac("gerai.newsroom.challenge", mall, algorithm="sha256").digest()
