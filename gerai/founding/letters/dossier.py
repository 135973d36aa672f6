"""What documents are written from: facts in words, and the blanks where they are missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gerai.papers.blocks import Signature

BLANK = "[…]"
OUTLINE = (
    "Kerangka naskah dari ruang kerja pendirian. Isian […] dilengkapi penyusun; rumusan hukum "
    "harus berasal dari bagian hukum."
)
FROM_LEGAL = "rumusan dari bagian hukum"


@dataclass(frozen=True)
class AgencyEntry:
    """An agency that joins."""

    name: str
    kind: str
    services: tuple[str, ...]
    agreement: str
    number: str = ""
    signed: str = ""
    period: str = ""
    duty_days: str = ""
    officers: int = 0
    agency_brings: str = ""
    operator_brings: str = ""


@dataclass(frozen=True)
class FacilityEntry:
    """A line of the checklist."""

    name: str
    state: str
    floor: str
    is_required: bool


@dataclass(frozen=True)
class RoleEntry:
    """A role with its numbers."""

    name: str
    needed: int
    filled: int
    trained: int


@dataclass(frozen=True)
class RiskEntry:
    """A risk with its answer."""

    title: str
    gravity: str
    answer: str
    owner: str


@dataclass(frozen=True)
class StageEntry:
    """A stage with its planned days, its share done, and what it lacks."""

    name: str
    period: str
    percent: int
    state: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegalEntry:
    """A legal line; quoted only where it is verified."""

    topic: str
    text: str
    source: str
    is_verified: bool


@dataclass(frozen=True)
class StatusEntry:
    """A step that is late, or one of the next."""

    name: str
    who: str
    day: str


@dataclass(frozen=True)
class Dossier:
    """All that the documents of a founding say."""

    mall: str
    region: str
    leader: str
    address: str
    today: str
    began: str
    target: str
    opens: str
    model: str
    days_left: str = ""
    agencies: tuple[AgencyEntry, ...] = ()
    facilities: tuple[FacilityEntry, ...] = ()
    roles: tuple[RoleEntry, ...] = ()
    risks: tuple[RiskEntry, ...] = ()
    stages: tuple[StageEntry, ...] = ()
    late: tuple[StatusEntry, ...] = ()
    following: tuple[StatusEntry, ...] = ()
    legal: Mapping[str, LegalEntry] = field(default_factory=dict)
    trial_days: int = 0

    @property
    def head(self) -> str:
        """Return the office of the region's head.

        >>> Dossier("", "Kota Contoh", *[""] * 7).head
        'Wali Kota Contoh'
        """
        kind, _space, name = self.region.partition(" ")
        if kind == "Kota":
            return f"Wali Kota {name}"
        return f"Bupati {name}" if kind == "Kabupaten" else f"Kepala daerah {self.region}".strip()

    @property
    def letterhead(self) -> tuple[str, ...]:
        """Return the lines above a letter."""
        return (f"PEMERINTAH {self.region.upper() or BLANK}", self.address or BLANK)

    def signature(self, role: str = "", name: str = "") -> Signature:
        """Return the place for a signature: the head's, or somebody else's."""
        return Signature(
            place_and_day=f"{BLANK}, {BLANK}",
            role=role or self.head,
            name=name or (self.leader if not role else "") or BLANK,
        )

    def law(self, key: str) -> str:
        """Return a confirmed legal line with its source, or a blank that says who fills it in."""
        line = self.legal.get(key)
        if line is None:
            return f"[… {FROM_LEGAL}]"
        if line.is_verified and line.text:
            return line.text
        return f"[… {line.topic}: {FROM_LEGAL}]"


def told(text: str) -> str:
    """Return a text, or the blank.

    >>> told("")
    '[…]'
    """
    return text or BLANK
