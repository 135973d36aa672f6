"""The kinds of parts: their names, their drawings, how many there are of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from gerai.blueprint.reading import FilePart
from gerai.blueprint.shape import KINDS

KIND_NAMES: dict[str, Any] = {
    "hours": gettext_lazy("Jam mal"),
    "call_rule": gettext_lazy("Aturan panggilan"),
    "agency": pgettext_lazy("banyak", "Instansi"),
    "service": gettext_lazy("Layanan dan standar"),
    "line": pgettext_lazy("banyak", "Antrean"),
    "floor": pgettext_lazy("banyak", "Lantai"),
    "zone": pgettext_lazy("banyak", "Zona"),
    "counter": pgettext_lazy("banyak", "Loket"),
    "agency_hours": gettext_lazy("Jam instansi"),
    "agreement": gettext_lazy("Pola perjanjian"),
    "facility": gettext_lazy("Daftar fasilitas"),
    "guide": pgettext_lazy("banyak", "Pedoman"),
    "measure": gettext_lazy("Angka untuk pembanding"),
}
KIND_ICONS = {
    "hours": "clock",
    "call_rule": "list-check",
    "agency": "building-community",
    "service": "file-text",
    "line": "ticket",
    "floor": "stairs",
    "zone": "layout-grid",
    "counter": "armchair",
    "agency_hours": "calendar",
    "agreement": "heart-handshake",
    "facility": "clipboard-list",
    "guide": "book",
    "measure": "chart-bar",
}


@dataclass(frozen=True)
class KindCount:
    """How many parts of a kind there are."""

    kind: str
    name: object
    icon: str
    count: int
    parts: tuple[FilePart, ...] = ()


def counts_of(parts: Iterable[FilePart]) -> list[KindCount]:
    """Return every kind with its parts, in order."""
    by_kind: dict[str, list[FilePart]] = {kind: [] for kind in KINDS}
    for part in parts:
        by_kind[part.kind].append(part)
    return [
        KindCount(kind, KIND_NAMES[kind], KIND_ICONS[kind], len(found), tuple(found))
        for kind, found in by_kind.items()
    ]
