"""Who sent a comment, without ever knowing: keyed hashes whose keys go away."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import AddressValueError, IPv6Address, IPv6Network

from django.utils.crypto import salted_hmac

from gerai import clock, later
from gerai.malls.scope import current_mall
from gerai.newsroom.models import (
    BlockedSender,
    Comment,
    CommentReport,
    SenderKey,
    SolvedChallenge,
)
from gerai.transactions import inside_transaction, one_transaction

# A key serves for thirty days and is kept for thirty more, so that a block holds at least
# that long. Then it is deleted, and nobody, not even we, can tell who a hash was.
PERIOD = timedelta(days=30)
PERIODS_KEPT = 2
# Telephones get a new end of their IPv6 address daily; the first half stays.
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Sender:
    """A sender by the hash of this period, and by that of the one before."""

    now: str
    before: str

    @property
    def hashes(self) -> list[str]:
        """Return every hash the sender may be known by."""
        return [each for each in (self.now, self.before) if each]


@inside_transaction
def sender_at(address: str) -> Sender:
    """Return the sender at a network address; others of this mall wait until the commit.

    Waiting makes limits and repeats exact: comments of a mall are judged one after another.
    """
    period = _period(clock.now())
    key, is_new = SenderKey.objects.get_or_create(
        mall=current_mall(), period=period, defaults={"key": secrets.token_hex(32)}
    )
    if is_new:
        _forget()
        later.run("newsroom.forget_senders", mall=current_mall().pk, at=known_until(clock.now()))
    SenderKey.objects.select_for_update().get(pk=key.pk)
    before = SenderKey.objects.filter(period=period - 1).first()
    return Sender(_hash(address, key), _hash(address, before) if before else "")


def known_until(moment: datetime) -> datetime:
    """Return until when a hash made at a moment means anything."""
    return datetime.fromtimestamp(0, UTC) + PERIOD * (_period(moment) + PERIODS_KEPT)


@one_transaction
def forget() -> None:
    """Delete what the mall in scope promised not to keep: old keys, hashes, blocks, sums."""
    _forget()


def _forget() -> None:
    now = clock.now()
    oldest = _period(now) - PERIODS_KEPT + 1
    begins = datetime.fromtimestamp(0, UTC) + PERIOD * oldest
    SenderKey.objects.filter(period__lt=oldest).delete()
    Comment.objects.filter(sent_at__lt=begins).exclude(sender="").update(sender="")
    CommentReport.objects.filter(at__lt=begins).exclude(sender="").update(sender="")
    BlockedSender.objects.filter(until__lte=now).delete()
    SolvedChallenge.objects.filter(expires_at__lte=now).delete()


def _period(moment: datetime) -> int:
    return int(moment.timestamp() // PERIOD.total_seconds())


def _hash(address: str, key: SenderKey) -> str:
    return salted_hmac(
        "gerai.newsroom.sender", f"{key.key}{_network(address)}", algorithm="sha256"
    ).hexdigest()


def _network(address: str) -> str:
    try:
        whole = IPv6Address(address)
    except AddressValueError:
        return address
    if whole.ipv4_mapped:
        return str(whole.ipv4_mapped)
    return str(IPv6Network((whole.packed, IPV6_PREFIX), strict=False).network_address)
