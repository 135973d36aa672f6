"""The slides of a presentation, each with what it shows at this moment."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.malls.queries import region_of
from gerai.malls.scope import current_mall
from gerai.showcase.models import Deck, SlideKind
from gerai.showcase.queries import building
from gerai.showcase.queries.day import day_picture
from gerai.showcase.queries.decks import slides_of
from gerai.showcase.queries.history import history
from gerai.showcase.queries.journey import journey
from gerai.showcase.queries.photos import Photo, photos_of
from gerai.showcase.queries.satisfaction import satisfaction
from gerai.showcase.queries.standards import standards
from gerai.showcase.queries.volumes import volumes
from gerai.showcase.rules import USUAL
from gerai.showcase.shape.cloth import Diamond, lattice

# Slides that are fetched anew while they are shown.
LIVING = frozenset({str(SlideKind.QUEUE)})

SCALE_NAMES = (_("1 jam"), _("1 hari"), _("1 pekan"), _("1 bulan"))
SCALE_BANDS = (
    _("paling lama satu jam"),
    _("lebih dari satu jam, paling lama satu hari"),
    _("lebih dari satu hari, paling lama satu pekan"),
    _("lebih dari satu pekan, paling lama satu bulan"),
    _("lebih dari satu bulan"),
)

# The course that guests are told: leader, agencies, mechanism, facilities, staff; then the
# opening. As KemenPANRB tells it to founders (DOMAIN 0 and 1.3 [S]).
STAGES = (
    (_("Komitmen pimpinan"), _("Kepala daerah memutuskan, dan memimpin sendiri.")),
    (_("Koordinasi instansi"), _("Siapa bergabung, layanan apa, hari apa; lalu perjanjian.")),
    (_("Mekanisme kerja"), _("Alur, standar, tata tertib, penanganan pengaduan.")),
    (_("Sarana dan prasarana"), _("Gedung, loket, denah, antrean, ruang untuk semua.")),
    (_("Sumber daya manusia"), _("Petugas, penyambut, pelatihan, dan jadwal.")),
    (_("Uji coba"), _("Dibuka sebagian; yang macet diperbaiki.")),
    (_("Peresmian"), _("Nomor antrean pertama diambil warga.")),
    (_("Sesudahnya"), _("Diukur, dibandingkan, diperbaiki terus.")),
)

NOTES: dict[str, object] = {
    SlideKind.COVER: _("Sambut tamu, perkenalkan diri dan pimpinan rombongan."),
    SlideKind.HISTORY: _("Ceritakan tonggaknya, dan siapa yang mendorong setiap langkah."),
    SlideKind.ORGANISATION: _("Siapa menjalankan mal, dan mengapa setiap instansi bersedia."),
    SlideKind.FLOORS: _("Tunjukkan lantai yang nanti dilalui dalam tur."),
    SlideKind.QUEUE: _("Ini keadaan saat ini juga. Sebutkan loket yang paling ramai."),
    SlideKind.DAY: _("Tunjukkan jam ramai, dan bagaimana petugas ditambah."),
    SlideKind.VOLUMES: _("Setiap belah ketupat satu hari. Tunjukkan pekan yang sepi dan ramai."),
    SlideKind.SATISFACTION: _("Sebutkan unsur terendah juga, dan apa yang sedang diperbaiki."),
    SlideKind.STANDARDS: _("Tekankan: syarat, waktu, dan biaya tertulis sebelum mengambil nomor."),
    SlideKind.JOURNEY: _("Ikuti satu warga dari pintu sampai hasil."),
    SlideKind.STAGES: _("Komitmen kepala daerah yang pertama; tanpa itu langkah lain berat."),
    SlideKind.CLOSING: _("Buka tanya jawab. Lanjutkan dengan tur loket dan foto bersama."),
}


@dataclass(frozen=True)
class Shown:
    """A slide as it is drawn. data: what its template shows."""

    key: str
    kind: str
    label: str
    title: str
    text: str
    notes: str
    data: Any
    photo: Photo | None = None

    @property
    def template(self) -> str:
        """Return the template of its kind."""
        return f"showcase/slides/{self.kind}.html"

    @property
    def is_living(self) -> bool:
        """Tell whether it changes while it is shown."""
        return self.kind in LIVING

    @property
    def paragraphs(self) -> list[tuple[bool, list[str]]]:
        """Return its text as paragraphs; lines that begin with a hyphen are points of a list."""
        found: list[tuple[bool, list[str]]] = []
        for line in filter(None, (line.strip() for line in self.text.splitlines())):
            is_point = line.startswith("- ")
            words = line.removeprefix("- ").strip()
            if is_point and found and found[-1][0]:
                found[-1][1].append(words)
            else:
                found.append((is_point, [words]))
        return found


@dataclass(frozen=True)
class LatticeCell:
    """A diamond of the cover: an agency, or empty."""

    shape: Diamond
    heart: Diamond
    tone: str


@dataclass(frozen=True)
class Cover:
    """The first slide: where we are, and a diamond for each agency."""

    at: datetime
    region: str
    cells: tuple[LatticeCell, ...]
    agencies: int
    services: int
    counters: int


def cover() -> Cover:
    """Return the mall, its region, this day, and its agencies as one diamond."""
    whole = building.organisation()
    tones = [kind.tone for kind in whole.kinds for _agency in kind.agencies]
    count = max(len(tones), 9)
    cells = lattice(count, x=225, y=225, reach=218)
    hearts = lattice(count, x=225, y=225, reach=218, fill=0.4)
    return Cover(
        at=clock.now(),
        region=region_of(current_mall()),
        cells=tuple(
            LatticeCell(cell, heart, tones[place] if place < len(tones) else "none")
            for place, (cell, heart) in enumerate(zip(cells, hearts, strict=True))
        ),
        agencies=whole.agencies,
        services=whole.services,
        counters=building.counters_in_use(),
    )


FETCHES: dict[str, Callable[[], Any]] = {
    SlideKind.COVER: cover,
    SlideKind.HISTORY: history,
    SlideKind.ORGANISATION: building.organisation,
    SlideKind.FLOORS: building.house,
    SlideKind.QUEUE: lambda: building.queue_now(clock.now()),
    SlideKind.DAY: day_picture,
    SlideKind.VOLUMES: volumes,
    SlideKind.SATISFACTION: satisfaction,
    SlideKind.STANDARDS: lambda: standards(SCALE_NAMES, SCALE_BANDS),
    SlideKind.JOURNEY: journey,
    SlideKind.STAGES: lambda: STAGES,
}


def shown_slides(deck: Deck | None, *, kinds: Collection[str] | None = None) -> list[Shown]:
    """Return the slides of a deck, or the usual ones; only those of some kinds where told."""
    labels = dict(SlideKind.choices)
    rows = _rows(deck)
    photos = photos_of([row.pk for row in rows if row.pk and row.kind == SlideKind.PHOTO])
    fetched: dict[str, Any] = {}
    shown = []
    for place, row in enumerate(rows, start=1):
        if kinds is not None and row.kind not in kinds:
            continue
        if row.kind not in fetched:
            fetched[row.kind] = FETCHES.get(row.kind, lambda: None)()
        shown.append(
            Shown(
                key=f"s{place}",
                kind=row.kind,
                label=str(labels[row.kind]),
                title=row.title,
                text=row.text,
                notes=row.notes or str(NOTES.get(row.kind, "")),
                data=fetched[row.kind],
                photo=photos.get(row.pk or 0),
            )
        )
    return shown


def outline(deck: Deck | None) -> list[Shown]:
    """Return the slides without what they show: names and notes, for a phone."""
    labels = dict(SlideKind.choices)
    return [
        Shown(
            key=f"s{place}",
            kind=row.kind,
            label=str(labels[row.kind]),
            title=row.title,
            text="",
            notes=row.notes or str(NOTES.get(row.kind, "")),
            data=None,
        )
        for place, row in enumerate(_rows(deck), start=1)
    ]


@dataclass(frozen=True)
class _Row:
    """What a slide consists of, stored or usual."""

    pk: int | None
    kind: str
    title: str = ""
    text: str = ""
    notes: str = ""


def _rows(deck: Deck | None) -> list[_Row]:
    stored = slides_of(deck) if deck else []
    if not stored:
        return [_Row(None, kind) for kind in USUAL]
    return [_Row(row.pk, row.kind, row.title, row.text, row.notes) for row in stored]
