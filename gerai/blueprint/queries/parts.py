"""What became of the parts of a file: proposals that are open, and what was taken."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from gerai.blueprint.exports import Here, parts_here
from gerai.blueprint.models import Part, PartState
from gerai.blueprint.queries.contents import Difference, differences, title_of
from gerai.blueprint.queries.kinds import KIND_ICONS, KIND_NAMES, KindCount
from gerai.blueprint.reading import PartKey, part_key
from gerai.blueprint.shape import KINDS


@dataclass(frozen=True)
class Proposal:
    """An open proposal with what it would change.

    is_adapted: the mall has changed what it once took; was_taken: it took an earlier one.
    """

    part: Part
    title: str
    differences: tuple[Difference, ...]
    was_taken: bool
    is_adapted: bool


@dataclass(frozen=True)
class Origin:
    """Where a part of the mall came from, and whether it was adapted since."""

    part: Part
    title: str
    kind_name: object
    is_adapted: bool
    is_here: bool


def part_with(pk: int) -> Part | None:
    """Return a part by its key."""
    found: Part | None = Part.objects.filter(pk=pk).first()
    return found


def proposals(kind: str = "") -> list[Proposal]:
    """Return the open proposals, by kind and key, with what they would change."""
    rows = Part.objects.filter(state=PartState.PROPOSED).select_related("source")
    if kind:
        rows = rows.filter(kind=kind)
    local = parts_here() if rows else {}
    return [
        _proposal(part, local.get(PartKey(part.kind, part.known_by)))
        for part in sorted(rows, key=_place)
    ]


def open_proposals() -> QuerySet[Part]:
    """Return the rows of the open proposals."""
    found: QuerySet[Part] = Part.objects.filter(state=PartState.PROPOSED).select_related("source")
    return found


def proposals_by_kind() -> list[KindCount]:
    """Return how many proposals are open of each kind that has any."""
    return _counted(open_proposals())


def _proposal(part: Part, here: Here | None) -> Proposal:
    before = here.whole if here else None
    return Proposal(
        part=part,
        title=title_of(part.kind, part.key, part.content),
        differences=differences(part.kind, before, part.content),
        was_taken=part.taken is not None,
        is_adapted=part.taken is not None and not (here and here.says(part.taken)),
    )


def provenance_of(kind: str, key: str) -> Part | None:
    """Return where a part of the mall came from, None where it was written here."""
    found: Part | None = (
        Part.objects.filter(kind=kind, known_by=part_key(kind, key).key)
        .exclude(taken=None)
        .select_related("source")
        .order_by("-changed_at")
        .first()
    )
    return found


def origins(kind: str = "") -> list[Origin]:
    """Return every part that was taken, by kind and key, and whether it was adapted."""
    rows = Part.objects.exclude(taken=None).select_related("source")
    if kind:
        rows = rows.filter(kind=kind)
    local = parts_here() if rows else {}
    found = []
    for part in sorted(rows, key=_place):
        here = local.get(PartKey(part.kind, part.known_by))
        found.append(
            Origin(
                part=part,
                title=title_of(part.kind, part.key, part.taken or {}),
                kind_name=KIND_NAMES[part.kind],
                is_adapted=here is not None and not here.says(part.taken),
                is_here=here is not None,
            )
        )
    return found


def taken_by_kind() -> list[KindCount]:
    """Return how many parts of each kind were taken, of kinds that have any."""
    return _counted(Part.objects.exclude(taken=None))


def _counted(rows: QuerySet[Part]) -> list[KindCount]:
    counts = Counter(rows.values_list("kind", flat=True))
    return [
        KindCount(kind, KIND_NAMES[kind], KIND_ICONS[kind], counts[kind])
        for kind in KINDS
        if counts[kind]
    ]


def _place(part: Part) -> tuple[int, str]:
    return KINDS.index(part.kind), part.key
