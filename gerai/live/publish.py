"""Telling screens that something happened: after the commit, never before."""

from collections.abc import Iterable

from django.db import transaction

from gerai.live.transports import transport
from gerai.malls.scope import current_mall


def publish(what: str, key: object = "") -> None:
    """Tell every screen of the mall in scope, once this transaction is committed.

    what: "room.verb"; key: what it is about, a line or a zone, never personal data. A
    screen fetches its whole state again on any happening, so a lost one does no harm.
    """
    mall_id = current_mall().pk
    transaction.on_commit(lambda: transport().send(mall_id, {"what": what, "key": str(key)}))


def publish_all(happenings: Iterable[tuple[int, str, str]]) -> None:
    """Tell the screens of several malls at once, each by (mall key, what, key)."""
    told = [(mall_id, {"what": what, "key": key}) for mall_id, what, key in happenings]
    transaction.on_commit(lambda: transport().send_all(told))
