"""Requirements as people type them: one a line, a condition before a colon."""

import re
from collections.abc import Iterable

from gerai.directory.catalogue.entries import Requirement
from gerai.directory.catalogue.texts import LIST_LIMIT, Unfit

CONDITION_LIMIT = 400

_CONDITIONAL = re.compile(
    r"jika\s+(?:\"(?P<quoted>[^\"]+)\"|(?P<plain>[^\":][^:]*?))\s*:\s+(?P<text>\S.*)", re.IGNORECASE
)


def lines_of(text: str, what: str) -> tuple[str, ...]:
    """Return the lines that say something, blanks collapsed and bullets left out.

    :raises Unfit: more than a hundred

    >>> lines_of("1. KTP-el\\n\\n- Kartu Keluarga", "syarat")
    ('KTP-el', 'Kartu Keluarga')
    """
    found = (re.sub(r"^(?:[-*•]|\d{1,2}[.)])\s+", "", line.strip()) for line in text.splitlines())
    lines = tuple(" ".join(line.split()) for line in found if line.strip(" -*•"))
    if len(lines) > LIST_LIMIT:
        raise Unfit(f"Paling banyak {LIST_LIMIT} baris {what}. Gabungkan sebagian.")
    return lines


def requirements_of(text: str) -> tuple[Requirement, ...]:
    """Return the requirements of a typed text.

    :raises Unfit: too many lines, or a condition longer than may be kept

    >>> requirements_of("KTP-el\\njika kartu hilang: surat kehilangan dari polisi")[1]
    Requirement(text='surat kehilangan dari polisi', condition='kartu hilang')
    """
    return tuple(_requirement(line) for line in lines_of(text, "syarat"))


def typed(requirements: Iterable[Requirement]) -> str:
    """Write requirements as they are typed.

    >>> typed([Requirement("KTP-el"), Requirement("surat", "belum punya: diambil di tempat")])
    'KTP-el\\njika "belum punya: diambil di tempat": surat'
    """
    return "\n".join(_line(requirement) for requirement in requirements)


def _requirement(line: str) -> Requirement:
    match = _CONDITIONAL.fullmatch(line)
    if match is None:
        return Requirement(line)
    condition = (match["quoted"] or match["plain"]).strip()
    if len(condition) > CONDITION_LIMIT:
        raise Unfit(f"Keadaan setelah “jika” paling banyak {CONDITION_LIMIT} huruf. Persingkat.")
    return Requirement(match["text"], condition)


def _line(requirement: Requirement) -> str:
    text = " ".join(requirement.text.split())
    condition = " ".join(requirement.condition.split())
    if not condition:
        return text
    return f'jika "{condition}": {text}' if ":" in condition else f"jika {condition}: {text}"
