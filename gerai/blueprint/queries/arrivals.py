"""A file beside what the mall has, and the malls that files came from."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Seen:
    """A part of a file beside what the mall has. news: new, different, same, known or older."""

    part: FilePart
    title: str
    news: str
    differences: tuple[Difference, ...] = ()

    @property
    def value(self) -> str:
        """Return what a form sends for it."""
        return f"{self.part.kind} {self.part.key}"

    @property
    def changes(self) -> bool:
        """Tell whether taking it would change anything."""
        return self.news in {"new", "different"}


@dataclass(frozen=True)
class SeenKind:
    """The parts of one kind, those that would change something first."""

    kind: str
    name: object
    icon: str
    parts: tuple[Seen, ...]

    def _count(self, *news: str) -> int:
        return sum(part.news in news for part in self.parts)

    @property
    def new(self) -> int:
        """Return how many the mall does not have."""
        return self._count("new")

    @property
    def different(self) -> int:
        """Return how many it has otherwise."""
        return self._count("different")

    @property
    def same(self) -> int:
        """Return how many change nothing."""
        return self._count("same", "known", "older")


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
        return sum(kind.new + kind.different for kind in self.kinds)


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
    seen: dict[str, list[Seen]] = {}
    for part in file.parts:
        seen.setdefault(part.kind, []).append(
            _seen(part, local.get(part.known_by), held.get(part.known_by), file)
        )
    return Preview(
        source=source,
        key_print=signing.print_of(file.public_key),
        is_other_key=source is not None and source.public_key != file.public_key,
        age_days=max((clock.now() - file.issued_at).days, 0),
        kinds=tuple(
            SeenKind(
                kind,
                KIND_NAMES[kind],
                KIND_ICONS[kind],
                tuple(sorted(seen[kind], key=lambda one: not one.changes)),
            )
            for kind in KINDS
            if kind in seen
        ),
        bad=tuple((bad, refusal_words(bad)) for bad in file.bad),
    )


def _seen(part: FilePart, here: Here | None, held: Part | None, file: Blueprint) -> Seen:
    title = title_of(part.kind, part.key, part.content)
    if held is not None and held.fingerprint == part.fingerprint:
        return Seen(part, title, "known")
    if held is not None and held.issued_at > file.issued_at:
        return Seen(part, title, "older")
    if here is None and held is None:
        return Seen(part, title, "new", differences(part.kind, None, part.content))
    if here is not None and here.says(part.content):
        return Seen(part, title, "same")
    before = here.whole if here else None
    return Seen(part, title, "different", differences(part.kind, before, part.content))
