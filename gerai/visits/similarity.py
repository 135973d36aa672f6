"""Which answers given before fit a question: words in common, and how alike it is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

from gerai.search.rules import stem_of, words_of

LEAST = 45.0
T = TypeVar("T")
# Words in every question say nothing of what is asked.
EMPTY = frozenset(
    """
    ada adalah agar apa apakah atau bagaimana bagi bisa dalam dan dari dengan di dilakukan ini
    itu ke kapan kenapa mal mengapa mohon mpp oleh pada para saja saya secara siapa untuk yang
    """.split()  # noqa: SIM905 - words read better so
)


@dataclass(frozen=True)
class Gist:
    """What a question is about: the stems of its words, and these in one line."""

    stems: frozenset[str]
    line: str


def gist_of(text: str) -> Gist:
    """Return what a question is about; finding stems takes time: once for each text.

    >>> gist_of("Siapa yang membayar listrik?").line
    'bayar listrik'
    """
    stems = frozenset(stem_of(word) for word in words_of(text) if word not in EMPTY)
    return Gist(stems, " ".join(sorted(stems)))


def alikeness(one: Gist, other: Gist) -> float:
    """Return how alike two questions are, 0 to 100.

    >>> alikeness(gist_of("Siapa membayar listrik?"), gist_of("Siapa membayar listrik?"))
    100.0
    >>> alikeness(gist_of("Siapa membayar listrik?"), gist_of("Kapan mal dibuka?")) < LEAST
    True
    """
    if not one.stems or not other.stems:
        return 0.0
    common = 200 * len(one.stems & other.stems) / (len(one.stems) + len(other.stems))
    return (2 * common + float(fuzz.token_sort_ratio(one.line, other.line))) / 3


def most_alike(question: str, known: Iterable[tuple[T, Gist]], *, most: int = 3) -> list[T]:
    """Return the things whose question is most like this one, the best first."""
    gist = gist_of(question)
    scored = [(alikeness(gist, other), thing) for thing, other in known]
    fitting = sorted(
        ((score, n) for n, (score, _) in enumerate(scored) if score >= LEAST),
        key=lambda each: (-each[0], each[1]),
    )
    return [scored[n][1] for _, n in fitting[:most]]
