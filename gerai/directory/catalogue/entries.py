"""What a catalogue says, whatever file it came in: agencies, services, what they promise."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TypeVar

from gerai.directory.catalogue.durations import NO_DURATION, Duration
from gerai.directory.catalogue.fees import NO_FEE, Fee
from gerai.directory.catalogue.texts import Unfit, same_code, shown


@dataclass(frozen=True)
class Requirement:
    """Something to bring; with a condition, only where that applies."""

    text: str
    condition: str = ""


@dataclass(frozen=True)
class Promise:
    """The content of a service standard. An empty part was not stated."""

    requirements: tuple[Requirement, ...] = ()
    procedure: tuple[str, ...] = ()
    duration: Duration = NO_DURATION
    fee: Fee = NO_FEE
    product: str = ""
    validity: str = ""
    complaints: str = ""
    legal_basis: str = ""
    facilities: str = ""
    competence: str = ""
    supervision: str = ""
    staff: str = ""
    service_guarantee: str = ""
    security_guarantee: str = ""
    evaluation: str = ""
    decree_number: str = ""
    valid_from: date | None = None
    verification: str = ""
    source: str = ""

    def fingerprint(self) -> str:
        """Return the SHA-256 of the content: the same content gives the same one."""
        canonical = json.dumps(
            asdict(self), sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


NO_PROMISE = Promise()


@dataclass(frozen=True)
class AgencyEntry:
    """An agency of the file. kind: as the rows of agencies know it, empty if not stated."""

    line: int
    code: str
    name: str
    kind: str = ""
    site: str = ""
    short_name: str = ""
    icon: str = ""


@dataclass(frozen=True)
class ServiceEntry:
    """A service of the file. agency: its code, empty if the file names none."""

    line: int
    code: str
    name: str
    agency: str = ""
    is_active: bool | None = None
    promise: Promise = NO_PROMISE


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken: its line in the file (from 1) and the reason."""

    line: int
    reason: str


@dataclass
class Catalogue:
    """Everything read from one file.

    renames: the codes of this form are its own, so a new name under a known code is a
    correction; in lists whose codes repeat it is another thing.
    remarks: what was left aside though no row was refused for it.
    """

    renames: bool
    agencies: list[AgencyEntry] = field(default_factory=list)
    services: list[ServiceEntry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


Entry = TypeVar("Entry", AgencyEntry, ServiceEntry)


def take_first(entry: Entry, taken: list[Entry], seen: dict[str, Entry]) -> None:
    """Add an entry to those taken, unless its code was taken on an earlier line.

    :raises Unfit: the code is there already, differing in case or blanks at most
    """
    first = seen.setdefault(same_code(entry.code), entry)
    if first is entry:
        taken.append(entry)
    elif replace(entry, line=first.line) == first:
        raise Unfit(f"Sama persis dengan baris {first.line}. Satu baris sudah cukup.")
    else:
        raise Unfit(
            f"Kode “{shown(entry.code)}” sudah dipakai baris {first.line} "
            f"({shown(first.name)}). Beri kode lain."
        )
