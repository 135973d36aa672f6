"""Small decisions about messages."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
TRIES = len(WAITS) + 1
PERMANENT = range(500, 600)


def wait_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many failed tries; None: try no more.

    >>> wait_after(1), wait_after(8)
    (datetime.timedelta(seconds=60), None)
    """
    return WAITS[tries - 1] if tries < TRIES else None


def filled(
    text: str, marks: Mapping[str, str], *, escape: Callable[[str], str] | None = None
) -> str:
    """Return a text with each [[mark]] replaced by its value; what has no value stays.

    escape: makes a value safe for the text, HTML for one.

    >>> filled("Halo [[nama]], [[lain]]", {"nama": "Budi"})
    'Halo Budi, [[lain]]'
    """
    for mark, value in marks.items():
        text = text.replace(f"[[{mark}]]", escape(value) if escape else value)
    return text


def is_one_line(text: str) -> bool:
    """Tell whether a text can stand in the head of a message.

    >>> is_one_line("Buletin"), is_one_line("Buletin\\nBcc: lain@contoh.id")
    (True, False)
    """
    return not any(letter in text for letter in "\r\n\0")


def message_id(key: str, mall: int, domain: str) -> str:
    """Return the name of a message, the same for every try, so that a mailbox shows it once."""
    return f"<{sha256(f'{mall}:{key}'.encode()).hexdigest()[:32]}@{domain}>"
