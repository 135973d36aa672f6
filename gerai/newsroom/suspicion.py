"""What makes a comment wait for the newsroom though the mall trusts its readers."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

# Fewer letters may all be capitals ("KTP", "BPJS"), and may repeat ("terima kasih").
FEWEST_LETTERS = 20
CAPITALS_SHARE = 0.7
LINK = re.compile(
    r"https?:|www\.|[\w-]\.(?:com|net|org|id|co|info|biz|xyz|top|site|online|shop|store|live|link"
    r"|click|vip|bet|app|me|ly|io)(?![a-z])"
)
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
DISGUISES = str.maketrans("013457@$", "oieastas")


class Suspicion(StrEnum):
    """Why a comment waits."""

    LINK = "link"
    WORD = "word"
    CAPITALS = "capitals"
    NO_PROOF = "no_proof"
    REPEATED = "repeated"


def plain(text: str) -> str:
    """Return a text as it is compared: one form of each letter, no case, no unseen letters.

    >>> plain("  \\uff2audi\\u200b  ONLINE ")
    'judi online'
    """
    shown = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(shown.casefold().split())


def digest(text: str) -> str:
    """Return what tells that two texts say the same."""
    return sha256(plain(text).encode()).hexdigest()


def letters(text: str) -> int:
    """Return how many letters a text has."""
    return sum(letter.isalpha() for letter in text)


def has_word(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text has one of the words, whole, even with digits in place of letters.

    >>> has_word("Ayo main jud1!", ["judi"]), has_word("berjudi", ["judi"])
    (True, False)
    """
    read = plain(text)
    undisguised = read.translate(DISGUISES)
    return any(
        re.search(rf"(?<!\w){re.escape(plain(word))}(?!\w)", each)
        for word in words
        if plain(word)
        for each in (read, undisguised)
    )


def shouts(text: str) -> bool:
    """Tell whether a text is nearly all capitals.

    >>> shouts("INI BUKAN CARA MENULIS YANG RAMAH"), shouts("KTP dan BPJS saya sudah jadi")
    (True, False)
    """
    capitals = sum(letter.isupper() for letter in text)
    return letters(text) >= FEWEST_LETTERS and capitals > CAPITALS_SHARE * letters(text)


def suspicions_of(
    *, name: str, text: str, blocked_words: Iterable[str], is_proven: bool, is_repeated: bool
) -> list[Suspicion]:
    """Return everything that speaks against publishing a comment at once."""
    both = f"{name}\n{text}"
    found = {
        Suspicion.LINK: bool(LINK.search(plain(both))),
        Suspicion.WORD: has_word(both, blocked_words),
        Suspicion.CAPITALS: shouts(text),
        Suspicion.NO_PROOF: not is_proven,
        Suspicion.REPEATED: is_repeated and letters(text) >= FEWEST_LETTERS,
    }
    return [suspicion for suspicion, speaks in found.items() if speaks]
