"""Study visits: who asks, what is prepared, and what came of it."""

from gerai.visits.models.asking import (
    Answer,
    ClosedDay,
    Guest,
    Material,
    MaterialKind,
    ProgrammeItem,
    ProgrammeStep,
    Question,
    RefusalReason,
    Relation,
    Room,
    Rules,
    Slot,
    Visit,
    VisitYear,
)

__all__ = [
    "Answer",
    "ClosedDay",
    "Guest",
    "Material",
    "MaterialKind",
    "ProgrammeItem",
    "ProgrammeStep",
    "Question",
    "RefusalReason",
    "Relation",
    "Room",
    "Rules",
    "Slot",
    "Visit",
    "VisitYear",
]
