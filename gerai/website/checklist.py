"""Requirements as a list of one's own: questions asked first, then only what applies.

Pure: no Django. A condition ("KTP-el hilang") becomes a question with a key of its own, which
is a parameter of the list's address. What is not answered stays in the list with its condition.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

KEY_LENGTH = 40

_LEADING = re.compile(r"(?:apabila|bila|jika|kalau)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_HAVING = re.compile(r"(?:ada|punya|memiliki|mempunyai)", re.IGNORECASE)
# "If you have none: it is made on the spot" is a remark: no answer would make it go away.
_REMARK = re.compile(
    r"(?:belum|tidak|tak)\s+(?:ada|punya|memiliki|mempunyai)(?:\s*:.*)?", re.I | re.S
)
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


class Answer(StrEnum):
    """What a visitor says to a question, as it stands in the address."""

    YES = "ya"
    NO = "tidak"


@dataclass(frozen=True)
class Need:
    """Something to bring, as the standard words it. key: its place there."""

    key: int
    text: str
    condition: str = ""


@dataclass(frozen=True)
class Question:
    """What decides about some needs.

    words: what is asked. asks_for: the thing itself, where the condition is to have one.
    """

    key: str
    words: str
    needs: tuple[Need, ...]
    asks_for: str = ""

    @property
    def things(self) -> str:
        """Return what a yes adds to the list."""
        return "; ".join(need.text for need in self.needs)


@dataclass(frozen=True)
class Checklist:
    """What to bring (`sure`), what hangs on an answer still out (`unsure`), what falls away.

    A condition that was answered with yes is not said any more.
    """

    sure: tuple[Need, ...]
    unsure: tuple[Need, ...]
    spared: tuple[Need, ...]


def questions(needs: Iterable[Need]) -> list[Question]:
    """Return the questions that the conditions of needs ask, each once, in their order.

    >>> [q.key for q in questions([Need(1, "KK"), Need(2, "surat polisi", "bila KTP-el hilang")])]
    ['ktp-el-hilang']
    """
    asked: dict[tuple[str, str], list[Need]] = {}
    for need in needs:
        about = _asked_by(need)
        if about is not None:
            asked.setdefault(about, []).append(need)
    keys: set[str] = set()
    found = []
    for (words, asks_for), own in asked.items():
        key = _key(f"punya {asks_for}" if asks_for else words, keys)
        keys.add(key)
        found.append(Question(key, words, tuple(own), asks_for))
    return found


def answers(asked: Sequence[Question], told: Mapping[str, str]) -> dict[str, Answer]:
    """Return the answers that an address gives, by key; what makes no sense counts as none."""
    known = {answer.value: answer for answer in Answer}
    return {
        question.key: known[told[question.key]]
        for question in asked
        if told.get(question.key) in known
    }


def checklist(
    needs: Iterable[Need], asked: Sequence[Question], given: Mapping[str, Answer]
) -> Checklist:
    """Return one's own list, in the order of the standard."""
    deciding = {need.key: question.key for question in asked for need in question.needs}
    sure, unsure, spared = [], [], []
    for need in needs:
        question = deciding.get(need.key)
        if question is None:
            sure.append(need)
        elif given.get(question) is Answer.YES:
            sure.append(replace(need, condition=""))
        elif given.get(question) is Answer.NO:
            spared.append(need)
        else:
            unsure.append(need)
    return Checklist(tuple(sure), tuple(unsure), tuple(spared))


def without_leading(condition: str) -> str:
    """Return a condition without the word for "if" before it.

    >>> without_leading("Bila kartunya hilang"), without_leading("WNA")
    ('kartunya hilang', 'WNA')
    """
    found = _LEADING.fullmatch(condition.strip())
    return found["rest"] if found else condition.strip()


def _asked_by(need: Need) -> tuple[str, str] | None:
    """Return the words of a question and the thing it asks for; None where nothing is asked."""
    words = without_leading(need.condition).rstrip(" .?")
    if not words or _REMARK.fullmatch(words):
        return None
    if _HAVING.fullmatch(words):
        return words.casefold(), need.text
    return words, ""


def _key(words: str, taken: set[str]) -> str:
    key = _NOT_IN_A_KEY.sub("-", words.casefold()).strip("-")[:KEY_LENGTH].strip("-") or "syarat"
    if key not in taken:
        return key
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"
