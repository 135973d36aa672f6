"""A small sum for a reader's browser, so that sending thousands of comments costs something.

The sum is ours: made here, signed with our own key, checked here. It asks for 100 to 400
tries of 300 rounds of SHA-256 each: unnoticed while somebody types, costly by the thousand.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import altcha

ALGORITHM = "SHA-256"
ROUNDS = 300
FEWEST_TRIES, MOST_TRIES = 100, 400
LASTS = timedelta(minutes=20)
LONGEST_PAYLOAD = 4000
UNTIL = "until"


@dataclass(frozen=True)
class Solved:
    """A sum that was solved: its signature is its name, which nobody may use again."""

    signature: str
    expires_at: datetime


def new_challenge(key: bytes, *, now: datetime) -> dict[str, object]:
    """Return a fresh sum, signed, as the browser gets it."""
    tries = FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES + 1)
    made = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=tries,
        data={UNTIL: int((now + LASTS).timestamp())},
        hmac_secret=key,
        hmac_key_secret=key,
    )
    challenge: dict[str, object] = made.to_dict()
    return challenge


def solved(payload: str, key: bytes, *, now: datetime) -> Solved | None:
    """Return what a browser solved, or None: not ours, not right, or too late.

    payload: base64 of JSON with "challenge" and "solution"; anything else is not right.
    """
    if not payload or len(payload) > LONGEST_PAYLOAD:
        return None
    if not altcha.verify_solution(payload, key, hmac_key_secret=key).verified:
        return None
    challenge = json.loads(base64.b64decode(payload))["challenge"]
    expires_at = datetime.fromtimestamp(challenge["parameters"]["data"][UNTIL], now.tzinfo)
    return Solved(challenge["signature"], expires_at) if now < expires_at else None
