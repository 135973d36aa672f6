"""What a checked file is, and why one is not taken."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_PAGES: Final = 200


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    TOO_MANY_PAGES = "too_many_pages"
    BOMB = "bomb"


class Unfit(ValueError):
    """A file that is not taken."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class File:
    """A file that is taken; a picture is drawn anew, the others keep their bytes."""

    kind: str
    name: str
    content_type: str
    data: bytes
    pages: int | None = None
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self) -> str:
        """The digest of the bytes as they are kept."""
        return hashlib.sha256(self.data).hexdigest()
