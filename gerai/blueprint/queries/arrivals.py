"""A file beside what the mall has, and the malls that files came from."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gerai import clock
from gerai.blueprint import signing
from gerai.blueprint.exports import Here, parts_here
from gerai.blueprint.models import Arrival, Part, SigningKey, Source
from gerai.blueprint.queries.contents import Difference, differences, title_of
from gerai.blueprint.queries.kinds import KIND_ICONS, KIND_NAMES
from gerai.blueprint.queries.words import refusal_words
from gerai.blueprint.reading import BadPart, Blueprint, FilePart, PartKey
from gerai.blueprint.shape import KINDS
from gerai.people.models import User

# A form may have a thousand fields; a page shows so many parts of a kind.
MOST_SHOWN = 60


@dataclass(frozen=True)
class Seen:
    """A part of a file that would change something in the mall."""

    title: str
    value: str
    is_new: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class SeenKind:
    """How many parts of one kind are new, different, the same; the first that would change."""

    kind: str
    name: object
    icon: str
    new: int
    different: int
    same: int
    parts: tuple[Seen, ...]

    @property
    def changes(self) -> int:
        """Return how many would change something."""
        return self.new + self.different

    @property
    def are_more(self) -> bool:
        """Tell whether more would change something than are shown."""
        return self.changes > len(self.parts)


@dataclass(frozen=True)
class Preview:
    """A file looked at before it is taken. source: as it is known here, if it is."""

    source: Source | None
    key_print: str
    is_other_key: bool
    age_days: int
    kinds: tuple[SeenKind, ...]
    bad: tuple[tuple[BadPart, str], ...]

    @property
    def changes(self) -> int:
        """Return how many parts would change something."""
        return sum(kind.changes for kind in self.kinds)


def source_of(file: Blueprint) -> Source | None:
    """Return the source of a file as the mall in scope knows it, if it does."""
    found: Source | None = Source.objects.filter(
        slug=file.mall["slug"], region_code=file.mall["region_code"]
    ).first()
    return found


def sources() -> QuerySet[Source]:
    """Return the models that this mall has taken something from, the latest first."""
    found: QuerySet[Source] = Source.objects.order_by("-issued_at", "name")
    return found


def arrival_with(pk: int, *, sender: User) -> Arrival | None:
    """Return a file that its sender looks at."""
    found: Arrival | None = Arrival.objects.filter(pk=pk, sender=sender).first()
    return found


def own_key_print() -> str:
    """Return the print of this installation's key, empty before its first file."""
    key = SigningKey.objects.first()
    return signing.print_of(key.public_key) if key else ""


def preview(file: Blueprint) -> Preview:
    """Hold a file beside what the mall in scope has."""
    source = source_of(file)
    local = parts_here()
    held = {
        PartKey(part.kind, part.known_by): part
        for part in (Part.objects.filter(source=source) if source else ())
    }
    by_kind: dict[str, list[_Beside]] = {}
    for part in file.parts:
        beside = _Beside(part, local.get(part.known_by), held.get(part.known_by))
        by_kind.setdefault(part.kind, []).append(beside)
    return Preview(
        source=source,
        key_print=signing.print_of(file.public_key),
        is_other_key=source is not None and source.public_key != file.public_key,
        age_days=max((clock.now() - file.issued_at).days, 0),
        kinds=tuple(
            _seen_kind(kind, by_kind[kind], file.issued_at) for kind in KINDS if kind in by_kind
        ),
        bad=tuple((bad, refusal_words(bad)) for bad in file.bad),
    )


@dataclass(frozen=True)
class _Beside:
    """A part of a file, what the mall has of it, and what an earlier file said."""

    part: FilePart
    here: Here | None
    held: Part | None

    def changes(self, issued_at: datetime) -> bool:
        """Tell whether taking it from a file of this moment would change anything."""
        part, held = self.part, self.held
        if held is not None and (
            held.fingerprint == part.fingerprint or held.issued_at > issued_at
        ):
            return False
        return self.here is None or not self.here.says(part.content)

    @property
    def is_new(self) -> bool:
        """Tell whether neither the mall nor an earlier file had it."""
        return self.here is None and self.held is None

    def seen(self) -> Seen:
        """Return it as a page shows it."""
        kind, key, content = self.part.kind, self.part.key, self.part.content
        return Seen(
            title=title_of(kind, key, content),
            value=form_value(self.part),
            is_new=self.is_new,
            differences=differences(kind, self.here.whole if self.here else None, content),
        )


def _seen_kind(kind: str, parts: list[_Beside], issued_at: datetime) -> SeenKind:
    changing = [each for each in parts if each.changes(issued_at)]
    new = sum(each.is_new for each in changing)
    return SeenKind(
        kind=kind,
        name=KIND_NAMES[kind],
        icon=KIND_ICONS[kind],
        new=new,
        different=len(changing) - new,
        same=len(parts) - len(changing),
        parts=tuple(each.seen() for each in changing[:MOST_SHOWN]),
    )


def form_value(part: FilePart) -> str:
    """Return what a form sends for a part."""
    return f"{part.kind} {part.key}"
