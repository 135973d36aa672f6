"""What a blueprint brings, in words: kinds, differences, provenance, and why a file is refused."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from gerai import clock
from gerai.blueprint import signing
from gerai.blueprint.exports import Here, parts_here
from gerai.blueprint.models import Arrival, Part, PartState, SigningKey, Source
from gerai.blueprint.reading import (
    BadPart,
    Blueprint,
    FilePart,
    PartKey,
    Unusable,
    part_key,
)
from gerai.blueprint.shape import KINDS, MOST_PARTS
from gerai.directory.catalogue.entries import Requirement
from gerai.directory.catalogue.fees import rupiah_text
from gerai.directory.catalogue.texts import shown
from gerai.directory.catalogue.typed import typed
from gerai.directory.models import AgencyKind, GuideKind, Standard

Content = Mapping[str, Any]

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
WEEKDAYS = (
    gettext_lazy("Senin"),
    gettext_lazy("Selasa"),
    gettext_lazy("Rabu"),
    gettext_lazy("Kamis"),
    gettext_lazy("Jumat"),
    gettext_lazy("Sabtu"),
    gettext_lazy("Minggu"),
)
_STANDARD_NAMES = {
    "product": gettext_lazy("Produk"),
    "validity": gettext_lazy("Masa berlaku produk"),
    "complaints": gettext_lazy("Pengaduan, saran, masukan"),
    "decree_number": gettext_lazy("Nomor keputusan"),
    "valid_from": gettext_lazy("Berlaku sejak"),
    "source": gettext_lazy("Sumber"),
    "verification": gettext_lazy("Keadaan pemeriksaan"),
    "legal_basis": gettext_lazy("Dasar hukum"),
    "facilities": gettext_lazy("Sarana dan prasarana"),
    "competence": gettext_lazy("Kompetensi pelaksana"),
    "supervision": gettext_lazy("Pengawasan internal"),
    "staff": gettext_lazy("Jumlah pelaksana"),
    "service_guarantee": gettext_lazy("Jaminan pelayanan"),
    "security_guarantee": gettext_lazy("Jaminan keamanan dan keselamatan"),
    "evaluation": gettext_lazy("Evaluasi kinerja"),
}
_FIELD_NAMES = {
    "name": gettext_lazy("Nama"),
    "short_name": gettext_lazy("Nama pendek"),
    "site": gettext_lazy("Situs"),
    "icon": gettext_lazy("Gambar"),
    "agency": gettext_lazy("Instansi"),
    "usual_minutes": gettext_lazy("Perkiraan menit per pengunjung"),
    "services": gettext_lazy("Layanan"),
    "floor": gettext_lazy("Lantai"),
    "zone": gettext_lazy("Zona"),
    "position": gettext_lazy("Urutan"),
    "priority_in_a_row": gettext_lazy("Panggilan prioritas berturut-turut"),
    "recalls": gettext_lazy("Panggilan ulang"),
    "return_after": gettext_lazy("Kembali setelah sekian nomor"),
    "undo_seconds": gettext_lazy("Detik untuk membatalkan"),
    "officers": gettext_lazy("Jumlah petugas"),
    "agency_brings": gettext_lazy("Yang dibawa instansi"),
    "operator_brings": gettext_lazy("Yang disediakan pengelola"),
    "group": gettext_lazy("Kelompok"),
    "note": gettext_lazy("Catatan"),
    "source": gettext_lazy("Sumber"),
    "title": gettext_lazy("Judul"),
    "text": gettext_lazy("Isi"),
}


@dataclass(frozen=True)
class Difference:
    """A field that two sides say differently."""

    name: object
    before: str
    after: str


@dataclass(frozen=True)
class KindCount:
    """How many parts of a kind there are."""

    kind: str
    name: object
    icon: str
    count: int
    parts: tuple[FilePart, ...] = ()


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


def arrival_with(pk: int) -> Arrival | None:
    """Return a file that is being looked at."""
    found: Arrival | None = Arrival.objects.filter(pk=pk).first()
    return found


def part_with(pk: int) -> Part | None:
    """Return a part by its key."""
    found: Part | None = Part.objects.filter(pk=pk).first()
    return found


def own_key_print() -> str:
    """Return the print of this installation's key, empty before its first file."""
    key = SigningKey.objects.first()
    return signing.print_of(key.public_key) if key else ""


def counts_of(parts: Iterable[FilePart]) -> list[KindCount]:
    """Return every kind with its parts, in order."""
    by_kind: dict[str, list[FilePart]] = {kind: [] for kind in KINDS}
    for part in parts:
        by_kind[part.kind].append(part)
    return [
        KindCount(kind, KIND_NAMES[kind], KIND_ICONS[kind], len(found), tuple(found))
        for kind, found in by_kind.items()
    ]


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
    counts = Counter(open_proposals().values_list("kind", flat=True))
    return [
        KindCount(kind, KIND_NAMES[kind], KIND_ICONS[kind], counts[kind])
        for kind in KINDS
        if counts[kind]
    ]


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
    counts = Counter(Part.objects.exclude(taken=None).values_list("kind", flat=True))
    return [
        KindCount(kind, KIND_NAMES[kind], KIND_ICONS[kind], counts[kind])
        for kind in KINDS
        if counts[kind]
    ]


def _place(part: Part) -> tuple[int, str]:
    return KINDS.index(part.kind), part.key


def title_of(kind: str, key: str, content: Content) -> str:
    """Return what a part is called on a page."""
    match kind:
        case "hours" | "call_rule":
            return str(KIND_NAMES[kind])
        case "agency_hours" | "agreement":
            return key
        case "floor":
            return str(content["name"])
        case "counter":
            return _("Loket %(code)s") % {"code": key}
        case "guide":
            return str(content["title"])
        case _other:
            return f"{key} · {content['name']}"


def differences(kind: str, before: Content | None, after: Content) -> tuple[Difference, ...]:
    """Return the fields that two contents of a kind say differently; None says nothing."""
    old = dict(_told(kind, before)) if before is not None else {}
    return tuple(
        Difference(name, old.get(name, ""), text)
        for name, text in _told(kind, after)
        if text != old.get(name, "")
    )


def _told(kind: str, content: Content) -> Iterator[tuple[object, str]]:
    if kind in {"hours", "agency_hours"}:
        yield from _week(content)
        return
    for name, value in content.items():
        match name:
            case "standard":
                yield from _standard(value)
            case "kind":
                choices = AgencyKind.choices if kind == "agency" else GuideKind.choices
                yield gettext_lazy("Jenis"), str(dict(choices).get(value, value))
            case "seats":
                yield (
                    gettext_lazy("Yang duduk di sini"),
                    "\n".join(f"{seat['agency']}: {_days(seat['weekdays'])}" for seat in value),
                )
            case "duty_days":
                yield gettext_lazy("Hari tugas"), _days(value)
            case "is_required":
                yield gettext_lazy("Wajib"), _("Ya") if value else _("Tidak")
            case "x":
                yield (
                    gettext_lazy("Letak di denah"),
                    _("%(x)s, %(y)s; lebar %(width)s, tinggi %(height)s")
                    % {part: content[part] for part in ("x", "y", "width", "height")},
                )
            case "y" | "width" | "height":
                pass
            case _other:
                text = ", ".join(value) if isinstance(value, list) else str(value)
                yield _FIELD_NAMES[name], text


def _week(content: Content) -> Iterator[tuple[object, str]]:
    hours = {day["weekday"]: day for day in content["days"]}
    for weekday, name in enumerate(WEEKDAYS):
        pauses = [
            f"{_clock(pause['starts'])}-{_clock(pause['ends'])}"
            for pause in content["breaks"]
            if pause["weekday"] == weekday
        ]
        yield name, _day(hours.get(weekday), pauses)
    if "joint_leave_closes" in content:
        closes = content["joint_leave_closes"]
        yield gettext_lazy("Cuti bersama"), _("Tutup") if closes else _("Buka")


def _day(day: Content | None, pauses: list[str]) -> str:
    parts = []
    if day is not None:
        parts.append(f"{_clock(day['opens'])}-{_clock(day['closes'])}")
        if day["last_ticket"]:
            parts.append(_("nomor terakhir %(hour)s") % {"hour": _clock(day["last_ticket"])})
    if pauses:
        parts.append(_("istirahat %(hours)s") % {"hours": ", ".join(pauses)})
    return "; ".join(parts) or _("Tutup")


def _clock(moment: str) -> str:
    return moment.replace(":", ".")


def _days(weekdays: Iterable[int]) -> str:
    return ", ".join(str(WEEKDAYS[weekday]) for weekday in weekdays)


def _standard(said: Content | None) -> Iterator[tuple[object, str]]:
    if said is None:
        return
    needs = [Requirement(need["text"], need["condition"]) for need in said["requirements"]]
    yield gettext_lazy("Persyaratan"), typed(needs)
    yield gettext_lazy("Prosedur"), "\n".join(said["procedure"])
    yield gettext_lazy("Jangka waktu"), _duration(said["duration"])
    yield gettext_lazy("Biaya"), _fee(said["fee"])
    for name, label in _STANDARD_NAMES.items():
        yield label, said[name] or ""


def _duration(said: Content) -> str:
    span = "-".join(
        str(count) for count in dict.fromkeys((said["least"], said["most"])) if count is not None
    )
    if not span:
        return str(said["text"])
    unit = dict(Standard.DurationUnit.choices).get(said["unit"], said["unit"])
    return f"{said['text']} ({span} {unit})".strip()


def _fee(said: Content) -> str:
    amount = "" if said["rupiah"] is None else rupiah_text(said["rupiah"])
    return " · ".join(part for part in (said["text"], amount) if part)


def unusable_words(unusable: Unusable) -> str:
    """Say why a file cannot be used, and what to do."""
    words = {
        "large": _("Berkas ini terlalu besar (paling besar %(most)s MB)."),
        "empty": _("Berkas ini kosong. Pilih berkas cetak biru lain."),
        "packed": _(
            "Ini berkas %(name)s, bukan cetak biru. Bila cetak birunya ada di dalam, "
            "keluarkan dahulu, lalu kirim berkas JSON-nya."
        ),
        "text": _("Isi berkas ini bukan teks UTF-8 yang utuh. Minta berkasnya sekali lagi."),
        "json": _(
            "Berkas ini bukan JSON yang benar (baris %(line)s). Minta berkasnya sekali lagi."
        ),
        "deep": _("Susunan berkas ini terlalu dalam; ini bukan cetak biru."),
        "many": _(
            "Isi berkas ini terlalu banyak; cetak biru memuat paling banyak %(parts)s bagian."
        ),
        "twice": _("Nama “%(name)s” tertulis dua kali dalam satu bagian; berkas ini meragukan."),
        "number": _("Berkas ini memuat bilangan pecahan atau terlalu besar; ini bukan cetak biru."),
        "format": _("Berkas ini bukan cetak biru Gerai (“format” harus “gerai-blueprint”)."),
        "newer": _(
            "Cetak biru ini versi %(version)s, sedangkan Gerai di sini baru mengenal versi "
            "%(known)s. Perbarui Gerai, atau minta berkas versi %(known)s."
        ),
        "shape": _("Susunan berkas ini tidak sesuai skema cetak biru (di %(where)s)."),
        "tampered": _(
            "Isi berkas ini berubah setelah diterbitkan: sidik jarinya tidak cocok. "
            "Minta berkas aslinya."
        ),
        "signature": _("Tanda tangan berkas ini tidak cocok dengan isinya. Minta berkas aslinya."),
    }
    return words[unusable.why] % {"parts": MOST_PARTS, **unusable.facts}


def refusal_words(bad: BadPart) -> str:
    """Say why a part of a file cannot be taken."""
    words = {
        "unknown_kind": _("Jenis bagian ini tidak dikenal di sini."),
        "shape": _("Susunannya tidak sesuai skema (di %(where)s)."),
        "twice": _("Bagian ini tertulis dua kali; yang pertama yang dipakai."),
        "day": _("Tanggalnya tidak ada dalam kalender."),
    }
    return words[bad.why] % {"where": bad.where}


def refused_line(kind: str, key: str, reason: str) -> str:
    """Name a part that was refused, and say why."""
    name = str(KIND_NAMES.get(kind, shown(kind)))
    return f"{name} “{shown(key)}”: {reason}"


def taken_words(*, taken: int, unchanged: int, refused: int) -> str:
    """Say in one sentence what became of the parts of a file."""
    return _("%(taken)s, %(unchanged)s, %(refused)s.") % {
        "taken": ngettext("%(n)d bagian diambil", "%(n)d bagian diambil", taken) % {"n": taken},
        "unchanged": ngettext("%(n)d tidak berubah", "%(n)d tidak berubah", unchanged)
        % {"n": unchanged},
        "refused": ngettext("%(n)d ditolak", "%(n)d ditolak", refused) % {"n": refused},
    }
