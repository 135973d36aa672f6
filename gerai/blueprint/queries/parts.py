"""What became of the parts of a file: proposals that are open, and what was taken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, QuerySet, Value, When

from gerai.blueprint.exports import Here, parts_here
from gerai.blueprint.models import Part, PartState
from gerai.blueprint.queries.contents import Difference, differences, title_of
from gerai.blueprint.queries.kinds import KIND_ICONS, KIND_NAMES, KindCount
from gerai.blueprint.reading import PartKey
from gerai.blueprint.shape import KINDS

_PLACE = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(KINDS)))


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


def open_proposals(kind: str = "") -> QuerySet[Part]:
    """Return the parts that are proposed, all or of one kind, by kind and key."""
    return _in_order(Part.objects.filter(state=PartState.PROPOSED), kind)


def proposals(parts: Iterable[Part]) -> list[Proposal]:
    """Hold proposed parts beside what the mall has."""
    asked = list(parts)
    local = parts_here() if asked else {}
    return [_proposal(part, local.get(PartKey(part.kind, part.known_by))) for part in asked]


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


def taken_parts(kind: str = "") -> QuerySet[Part]:
    """Return the parts that were taken, all or of one kind, by kind and key."""
    return _in_order(Part.objects.exclude(taken=None), kind)


def origins(parts: Iterable[Part]) -> list[Origin]:
    """Tell of parts that were taken where they came from, and whether they were adapted."""
    asked = list(parts)
    local = parts_here() if asked else {}
    found = []
    for part in asked:
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
    return _counted(taken_parts())


def _counted(rows: QuerySet[Part]) -> list[KindCount]:
    counts = Counter(rows.values_list("kind", flat=True))
    return [
        KindCount(kind, KIND_NAMES[kind], KIND_ICONS[kind], counts[kind])
        for kind in KINDS
        if counts[kind]
    ]


def _in_order(parts: QuerySet[Part], kind: str) -> QuerySet[Part]:
    chosen = parts.filter(kind=kind) if kind else parts
    return chosen.select_related("source").order_by(_PLACE, "key", "pk")
