"""What a blueprint brings and what became of it, as pages and commands ask it."""

from gerai.blueprint.queries.arrivals import (
    MOST_SHOWN,
    Preview,
    arrival_with,
    form_value,
    own_key_print,
    preview,
    source_of,
    sources,
)
from gerai.blueprint.queries.contents import differences, title_of
from gerai.blueprint.queries.kinds import KIND_NAMES, counts_of
from gerai.blueprint.queries.parts import (
    open_proposals,
    origins,
    part_with,
    proposals,
    proposals_by_kind,
    taken_by_kind,
    taken_parts,
)
from gerai.blueprint.queries.words import refusal_words, refused_line, taken_words, unusable_words

__all__ = [
    "KIND_NAMES",
    "MOST_SHOWN",
    "Preview",
    "arrival_with",
    "counts_of",
    "differences",
    "form_value",
    "open_proposals",
    "origins",
    "own_key_print",
    "part_with",
    "preview",
    "proposals",
    "proposals_by_kind",
    "refusal_words",
    "refused_line",
    "source_of",
    "sources",
    "taken_by_kind",
    "taken_parts",
    "taken_words",
    "title_of",
    "unusable_words",
]
