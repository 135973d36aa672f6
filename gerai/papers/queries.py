"""Which papers and files a thing has, and the same as PDF and Word files."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import current_mall
from gerai.papers import rules
from gerai.papers.blocks import Picture, Sheet, from_json, text_lines, with_number
from gerai.papers.models import Attachment, AttachmentKind, Paper, Series
from gerai.papers.pdf import pdf
from gerai.papers.shape import Check

UNNUMBERED: Final = "…"

TITLES: Final[Mapping[str, object]] = {
    "answer": _("Surat jawaban"),
    "invitation": _("Undangan"),
    "letter": _("Surat"),
    "spd": _("Keterangan perjalanan dinas"),
    "assignment": _("Surat tugas"),
    "attendance": _("Daftar hadir"),
    "programme": _("Susunan acara"),
    "minutes": _("Notula"),
    "report": _("Laporan"),
    "certificate": _("Surat keterangan"),
    "agreement": _("Perjanjian kerja sama"),
    "proposal": _("Surat usulan"),
    "decree": _("Naskah keputusan"),
    "regulation": _("Naskah peraturan"),
    "study": _("Kajian"),
    "plan": _("Rencana kerja"),
    "request_letter": _("Surat permohonan"),
    "urgency_study": _("Kajian urgensi"),
    "decree_draft": _("Rancangan keputusan"),
    "inauguration_programme": _("Susunan acara peresmian"),
}


def title_of(kind: str) -> str:
    """Return what people call a kind of papers."""
    return str(TITLES.get(kind, _("Surat")))


def papers_of(thing: str) -> "QuerySet[Paper]":
    """Return every version of every paper of a thing, newest first."""
    return Paper.objects.filter(thing=thing).order_by("-issued_at", "-version", "-pk")


def latest(thing: str, kind: str) -> Paper | None:
    """Return the newest version of a paper."""
    return Paper.objects.filter(thing=thing, kind=kind).order_by("-version").first()


def paper_with(pk: int) -> Paper | None:
    """Return a paper of this mall by its key."""
    return Paper.objects.filter(pk=pk).first()


def paper_with_token(token: str) -> Paper | None:
    """Return the paper of this mall that a verification code leads to."""
    return Paper.objects.filter(token=token).defer("content").select_related("mall").first()


def versions_of(paper: Paper) -> "QuerySet[Paper]":
    """Return all versions of a paper, newest first."""
    return (
        Paper.objects.filter(thing=paper.thing, kind=paper.kind)
        .defer("content")
        .order_by("-version")
    )


def newer_than(paper: Paper) -> Paper | None:
    """Return the newest version of a paper, if it is not this one."""
    return versions_of(paper).filter(version__gt=paper.version).first()


def papers_listed(kind: str = "", search: str = "") -> "QuerySet[Paper]":
    """Return the newest version of every paper of the mall, the newest paper first."""
    newer = Paper.objects.filter(
        thing=OuterRef("thing"), kind=OuterRef("kind"), version__gt=OuterRef("version")
    )
    found = Paper.objects.filter(~Exists(newer)).defer("content").order_by("-issued_at", "-pk")
    if kind:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(Q(number__icontains=search) | Q(title__icontains=search))
    return found


def kinds_here() -> list[str]:
    """Return the kinds of which the mall has papers or numbers."""
    return sorted(
        {
            *Paper.objects.values_list("kind", flat=True).distinct(),
            *Series.objects.values_list("kind", flat=True).distinct(),
        }
    )


@dataclass(frozen=True)
class Numbering:
    """How the numbers of a kind look in a year, and what the next one would be."""

    kind: str
    title: str
    pattern: str
    code: str
    last: int
    upcoming: str


def numberings(day: date) -> list[Numbering]:
    """Return how the numbers of each kind look on a day, by title."""
    kinds = {*kinds_here(), *TITLES}
    rows = Series.objects.filter(year__lte=day.year).order_by("year")
    newest = {row.kind: row for row in rows}
    found = (_numbering(kind, newest.get(kind), day) for kind in kinds)
    return sorted(found, key=lambda each: each.title)


def numbering_of(kind: str, day: date) -> Numbering:
    """Return how the numbers of a kind look on a day; a year inherits from the one before."""
    rows = Series.objects.filter(kind=kind, year__lte=day.year).order_by("-year")
    return _numbering(kind, rows.first(), day)


def _numbering(kind: str, series: Series | None, day: date) -> Numbering:
    pattern = series.pattern if series else rules.DEFAULT_PATTERN
    code = series.code if series else rules.default_code(kind)
    last = series.last if series and series.year == day.year else 0
    mall = current_mall().slug.upper()
    upcoming = rules.number_text(pattern, number=last + 1, code=code, day=day, mall=mall)
    return Numbering(kind, title_of(kind), pattern, code, last, upcoming)


def attachments_of(thing: str, kind: str | None = None) -> "QuerySet[Attachment]":
    """Return the files of a thing without their bytes, oldest first."""
    found = Attachment.objects.filter(thing=thing).defer("data").order_by("added_at", "pk")
    return found if kind is None else found.filter(kind=kind)


def attachment_with(pk: int) -> Attachment | None:
    """Return a file of this mall by its key."""
    return Attachment.objects.filter(pk=pk).first()


def picture_of(attachment: Attachment, *, caption: str = "", width_mm: int = 160) -> Picture:
    """Return an attached picture for a sheet.

    :raises ValueError: the file is no picture
    """
    if attachment.file_kind != AttachmentKind.PICTURE:
        raise ValueError(attachment.file_kind)
    data = base64.b64encode(bytes(attachment.data)).decode()
    return Picture(data, caption or attachment.caption, width_mm)


def sheet_of(paper: Paper) -> Sheet:
    """Return what a paper says."""
    return from_json(paper.content)


def base_of(paper: Paper, base_url: str = "") -> str:
    """Return what the addresses of a paper's mall begin with; empty if nobody knows."""
    host = paper.mall.host
    return f"https://{host}" if host else base_url.rstrip("/")


def check_of(paper: Paper, base_url: str = "") -> Check | None:
    """Return how readers check a paper, if it is to be checked."""
    if not paper.is_verifiable:
        return None
    base, path = base_of(paper, base_url), reverse("papers:verify", args=[paper.token])
    where = f"{base}{path}"
    return Check(
        address=where if base else "",
        lines=(f"Periksa keaslian: {where}", f"Kode sidik: {paper.fingerprint}"),
    )


def pdf_of(paper: Paper, base_url: str = "") -> bytes:
    """Return a paper as PDF; base_url: "https://…" where the mall has no host of its own."""
    at = paper.issued_at.astimezone(UTC)
    return pdf(sheet_of(paper), check=check_of(paper, base_url), at=at)


def docx_of(paper: Paper, base_url: str = "") -> bytes:
    """Return a paper as DOCX; base_url as with `pdf_of`."""
    at = paper.issued_at.astimezone(UTC)
    from gerai.papers.word import docx  # noqa: PLC0415 - heavy, and seldom wanted

    return docx(sheet_of(paper), check=check_of(paper, base_url), at=at)


def pdf_of_sheet(sheet: Sheet) -> bytes:
    """Return a sheet that was not issued as PDF."""
    return pdf(with_number(sheet, UNNUMBERED))


def docx_of_sheet(sheet: Sheet) -> bytes:
    """Return a sheet that was not issued as DOCX."""
    from gerai.papers.word import docx  # noqa: PLC0415 - heavy, and seldom wanted

    return docx(with_number(sheet, UNNUMBERED))


def differences(before: Paper | Sheet, after: Paper | Sheet) -> list[tuple[str, str]]:
    """Return line by line what is "same", "gone" and "added" ("skipped": how many are cut)."""
    lines = [
        text_lines(each if isinstance(each, Sheet) else sheet_of(each)) for each in (before, after)
    ]
    return list(rules.differences(*lines))
