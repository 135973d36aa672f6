"""Which answers given before fit a question: words in common, and how alike it is written."""

from collections.abc import Iterable
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


def alikeness(one: str, other: str) -> float:
    """Return how alike two questions are, 0 to 100.

    >>> alikeness("Siapa membayar listrik?", "Siapa membayar listrik?")
    100.0
    >>> alikeness("Siapa membayar listrik?", "Kapan mal dibuka?") < LEAST
    True
    """
    first, second = _stems(one), _stems(other)
    if not first or not second:
        return 0.0
    common = 200 * len(first & second) / (len(first) + len(second))
    written = fuzz.token_sort_ratio(" ".join(sorted(first)), " ".join(sorted(second)))
    return (2 * common + float(written)) / 3


def most_alike(question: str, known: Iterable[tuple[T, str]], *, most: int = 3) -> list[T]:
    """Return the things whose question is most like this one, the best first."""
    scored = [(alikeness(question, text), thing) for thing, text in known]
    fitting = sorted(
        ((score, n) for n, (score, _) in enumerate(scored) if score >= LEAST),
        key=lambda each: (-each[0], each[1]),
    )
    return [scored[n][1] for _, n in fitting[:most]]


def _stems(text: str) -> frozenset[str]:
    words = [word for word in words_of(text) if word not in EMPTY]
    return frozenset(stem_of(word) for word in words)
