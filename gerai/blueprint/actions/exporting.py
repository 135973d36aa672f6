"""Giving out the mall in scope as one signed file."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from gerai import clock
from gerai.blueprint import shape, signing
from gerai.blueprint.exports import Cleaner, local_parts
from gerai.blueprint.models import SigningKey
from gerai.blueprint.reading import FilePart, fits
from gerai.insights.queries import measured
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction

LICENCES = ("CC-BY-4.0", "CC0-1.0")


@dataclass(frozen=True)
class Export:
    """A file to give out. left_out: parts that no file may hold, too long for instance."""

    content: bytes
    parts: int
    left_out: tuple[FilePart, ...]


def export_blueprint(
    *, kinds: Collection[str] = shape.CHOICES, licence: str = LICENCES[0], by: audit.Actor
) -> Export:
    """Write the mall in scope as a blueprint, signed by this installation.

    kinds: which of `shape.CHOICES`; the key is made with the first file. Not one transaction:
    reading the mall takes its time, and only the key and the deed are written.
    """
    key = SigningKey.objects.first() or _make_key()
    mall = current_mall()
    fitting: list[FilePart] = []
    left_out: list[FilePart] = []
    for part in local_parts():
        if part.kind in kinds:
            may_stand = fits(part.kind, part.key, part.content)
            (fitting if may_stand else left_out).append(part)
    document: dict[str, Any] = {
        "format": shape.FORMAT,
        "version": shape.VERSION,
        "issued_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "installation": key.installation,
        "mall": {
            "slug": mall.slug,
            "name": mall.name,
            "region_code": mall.region_code,
            "zone": mall.zone,
            "opened_on": mall.opened_on.isoformat() if mall.opened_on else None,
        },
        "licence": licence,
        "parts": [
            {"kind": part.kind, "key": part.key, "content": part.content} for part in fitting
        ],
        "measures": _measures() if shape.MEASURE in kinds else [],
    }
    signed = shape.signed_bytes(document)
    document["fingerprint"] = shape.fingerprint(signed)
    document["signature"] = {
        "algorithm": signing.ALGORITHM,
        "public_key": key.public_key,
        "value": signing.sign(key.private_key, signed),
    }
    content = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _note(parts=len(fitting), by=by)
    return Export(content.encode(), len(fitting), tuple(left_out))


@one_transaction
def _note(*, parts: int, by: audit.Actor) -> None:
    audit.record("blueprint.export", thing=f"mall:{current_mall().pk}", by=by, parts=parts)


@one_transaction
def _make_key() -> SigningKey:
    """Make the key of this installation, unless somebody else just did."""
    private_key = signing.new_key()
    key, _is_new = SigningKey.objects.get_or_create(
        is_the_one=True,
        defaults={
            "installation": uuid4().hex,
            "private_key": private_key,
            "public_key": signing.public_key_of(private_key),
            "made_at": clock.now(),
        },
    )
    return key


def _measures() -> list[dict[str, Any]]:
    """Return the mall's figures up to yesterday, fractions as decimal text."""
    until = clock.local_day(clock.now(), current_mall().zone) - timedelta(days=1)
    clean = Cleaner()
    return [
        {
            "key": value.key,
            "version": value.version,
            "value": _decimal(value.value),
            "low": _decimal(value.low),
            "high": _decimal(value.high),
            "n": value.n,
            "until": until.isoformat(),
            "detail": clean([list(pair) for pair in value.detail]),
        }
        for value in measured(until)
    ]


def _decimal(number: float | None) -> str | None:
    if number is None:
        return None
    whole, _point, rest = f"{number:.6f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
