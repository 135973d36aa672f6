"""What a part says, in words, and what two sides say differently."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gerai.blueprint.queries.kinds import KIND_NAMES
from gerai.directory.catalogue.entries import Requirement
from gerai.directory.catalogue.fees import rupiah_text
from gerai.directory.catalogue.typed import typed
from gerai.directory.models import AgencyKind, GuideKind, Standard
from gerai.queue.queries.rule_words import (
    NUMBER_NAMES,
    SECTION_NAMES,
    problem_words,
    section_sentences,
)
from gerai.queue.rules import BadDocument, parse

Content = Mapping[str, Any]

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
    match kind:
        case "hours" | "agency_hours":
            return _week(content)
        case "call_rule":
            return _call_rule(content)
        case _other:
            return _fields(kind, content)


def _fields(kind: str, content: Content) -> Iterator[tuple[object, str]]:
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


def _call_rule(content: Content) -> Iterator[tuple[object, str]]:
    try:
        rule = parse(content)
    except BadDocument as bad:
        yield KIND_NAMES["call_rule"], "\n".join(problem_words(each) for each in bad.problems)
        return
    for name, label in NUMBER_NAMES.items():
        yield label, str(getattr(rule, name))
    for section, sentences in section_sentences(rule).items():
        yield SECTION_NAMES[section], "\n".join(sentences)


def _week(content: Content) -> Iterator[tuple[object, str]]:
    hours = {day["weekday"]: day for day in content["days"]}
    for weekday, name in WEEKDAYS.items():
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
