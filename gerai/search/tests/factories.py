"""Entries for tests, in the mall in scope."""

from datetime import datetime
from itertools import count

from gerai.search.actions import put

_next = count(1)


def an_entry(
    title: str, text: str = "", *, kind: str = "news", key: str = "", at: datetime | None = None
) -> str:
    """Make an entry and return its key."""
    key = key or str(next(_next))
    put(kind=kind, key=key, title=title, text=text, summary="", url=f"/{kind}/{key}/", at=at)
    return key
