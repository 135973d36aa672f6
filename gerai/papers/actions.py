"""Issuing papers and taking in files."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.papers import reading
from gerai.papers.blocks import Sheet, to_json, with_number
from gerai.papers.models import Attachment, Paper, Series
from gerai.papers.reading import File, Reason, Unfit
from gerai.papers.rules import (
    DEFAULT_PATTERN,
    BadPattern,
    checked_pattern,
    default_code,
    digest_of,
    is_key,
    is_slug,
    number_text,
)
from gerai.people import audit
from gerai.transactions import inside_transaction, joined_transaction, one_transaction

NO_NUMBER: Final = "\N{EN DASH}"
LONGEST_TITLE: Final = 240
ANY_KIND: Final = ("pdf", "picture", "document")


class BadNumbers(Refused):
    """A pattern of numbers that cannot be used."""

    message = _(
        "Pola nomor belum benar. Pola wajib memuat {number} dan {year}; yang juga boleh: "
        "{number:03}, {code}, {month}, {roman_month}."
    )
    status = 400


class BadFile(Refused):
    """A file that is not taken; the message says why."""

    message = _("Berkas ini tidak dapat diterima.")
    status = 400


class BadPaper(ValueError):
    """A kind or a thing that is no key: the caller's mistake."""


@joined_transaction
def issue(
    sheet: Sheet,
    *,
    kind: str,
    thing: str,
    by: audit.Actor,
    is_numbered: bool = False,
    is_verifiable: bool = False,
) -> Paper:
    """Issue a paper about a thing; the same content gives the paper that there is.

    Changed content becomes the next version under the same number. The number is claimed in
    the transaction of its paper, so that none is lost or given twice; `{number}` in the
    sheet's texts becomes the number.

    kind: a slug, "answer"; thing: the key of what it is about, "visit:12" or "founding"
    """
    if not is_slug(kind) or not is_key(thing):
        raise BadPaper(kind, thing)
    now = clock.now()
    day = clock.local_day(now, current_mall().zone)
    _wait_for_turn(kind, day)
    last = Paper.objects.filter(thing=thing, kind=kind).order_by("-version").first()
    number = last.number if last else ""
    if last and (number or not is_numbered):
        content = to_json(with_number(sheet, number or NO_NUMBER))
        if last.digest == digest_of(content) and last.is_verifiable == is_verifiable:
            return last
    if is_numbered and not number:
        number = _next_number(kind, day)
    content = to_json(with_number(sheet, number or NO_NUMBER))
    paper = Paper.objects.create(
        mall=current_mall(),
        kind=kind,
        thing=thing,
        version=last.version + 1 if last else 1,
        number=number,
        title=content["title"][:LONGEST_TITLE],
        content=content,
        digest=digest_of(content),
        token=secrets.token_urlsafe(16),
        is_verifiable=is_verifiable,
        issued_at=now,
        issued_by=by.user,
        issued_by_name=by.name[:120],
    )
    audit.record("papers.issue", thing=f"paper:{paper.pk}", by=by, kind=kind, version=paper.version)
    return paper


@inside_transaction
def _wait_for_turn(kind: str, day: date) -> None:
    """Hold the row of a kind's numbers till the end: papers of a kind come one by one."""
    turn = Series.objects.filter(kind=kind, year=day.year)
    if not turn.update(last=F("last")):
        Series.objects.bulk_create([_new_series(kind, day.year)], ignore_conflicts=True)
        turn.update(last=F("last"))


def _new_series(kind: str, year: int) -> Series:
    before = Series.objects.filter(kind=kind, year__lt=year).order_by("-year").first()
    return Series(
        mall=current_mall(),
        kind=kind,
        year=year,
        pattern=before.pattern if before else DEFAULT_PATTERN,
        code=before.code if before else default_code(kind),
    )


@inside_transaction
def _next_number(kind: str, day: date) -> str:
    """Claim the next number of a kind in a year: one conditional update on its row."""
    row = Series.objects.filter(kind=kind, year=day.year)
    row.update(last=F("last") + 1)
    series = row.get()
    return number_text(
        series.pattern,
        number=series.last,
        code=series.code,
        day=day,
        mall=current_mall().slug.upper(),
    )


@one_transaction
def set_numbers(*, kind: str, pattern: str, code: str, by: audit.Actor) -> Series:
    """Set how the numbers of a kind look from now on, this year and after.

    :raises BadNumbers: a pattern without number or year, or with something unknown
    """
    try:
        checked_pattern(pattern)
    except BadPattern as wrong:
        raise BadNumbers from wrong
    if not is_slug(kind):
        raise BadPaper(kind)
    day = clock.local_day(clock.now(), current_mall().zone)
    _wait_for_turn(kind, day)
    series = Series.objects.get(kind=kind, year=day.year)
    if (series.pattern, series.code) == (pattern, code):
        return series
    Series.objects.filter(pk=series.pk).update(pattern=pattern, code=code)
    series.refresh_from_db()
    audit.record("papers.set_numbers", thing=f"series:{series.pk}", by=by, kind=kind)
    return series


def attach(
    upload: Any,
    *,
    thing: str,
    kind: str,
    by: audit.Actor,
    caption: str = "",
    allowed: Sequence[str] = ANY_KIND,
) -> Attachment:
    """Take in a file that belongs to a thing, checked by its content.

    Within an action, take its two steps apart: `checked` before the transaction, `keep` in it.

    upload, allowed: as with `checked`

    :raises BadFile: too large, not what it should be, or dangerous
    """
    return keep(checked(upload, allowed), thing=thing, kind=kind, by=by, caption=caption)


def checked(upload: Any, allowed: Sequence[str] = ANY_KIND) -> File:
    """Read a file and judge it by its content; slow, and writes nothing.

    upload: an uploaded file, or whatever has `name` and `read`
    allowed: which of "pdf", "picture", "document" are taken

    :raises BadFile: too large, not what it should be, or dangerous
    """
    data = upload.read(reading.LARGEST + 1)
    try:
        return reading.checked(data, str(upload.name or ""), allowed=allowed)
    except Unfit as unfit:
        raise BadFile(_reason(unfit.reason, allowed)) from unfit


@joined_transaction
def keep(file: File, *, thing: str, kind: str, by: audit.Actor, caption: str = "") -> Attachment:
    """Keep a file that was checked with the thing to which it belongs."""
    if not is_slug(kind) or not is_key(thing):
        raise BadPaper(kind, thing)
    attachment = Attachment.objects.create(
        mall=current_mall(),
        thing=thing,
        kind=kind,
        file_kind=file.kind,
        name=file.name,
        caption=caption.strip()[:240],
        content_type=file.content_type,
        data=file.data,
        size=len(file.data),
        sha256=file.sha256,
        pages=file.pages,
        width=file.width,
        height=file.height,
        added_at=clock.now(),
        added_by=by.user,
        added_by_name=by.name[:120],
    )
    audit.record("papers.attach", thing=f"attachment:{attachment.pk}", by=by, kind=kind)
    return attachment


@joined_transaction
def remove_attachment(attachment: Attachment, *, by: audit.Actor) -> None:
    """Delete a file for good; deleting it twice is no mistake."""
    gone, _rows = Attachment.objects.filter(pk=attachment.pk).delete()
    if gone:
        audit.record(
            "papers.remove_attachment",
            thing=f"attachment:{attachment.pk}",
            by=by,
            kind=attachment.kind,
        )


KINDS: Final = {"pdf": "PDF", "picture": _("gambar"), "document": _("DOCX, XLSX, PPTX, atau ODT")}

REASONS: Final = {
    Reason.EMPTY: _("Berkas kosong. Pilih berkas lain."),
    Reason.TOO_LARGE: _("Berkas terlalu besar. Ukuran terbesar adalah 10 MB."),
    Reason.BROKEN: _("Berkas rusak dan tidak dapat dibuka. Simpan ulang, lalu unggah lagi."),
    Reason.ENCRYPTED: _("Berkas terkunci kata sandi. Unggah berkas tanpa kata sandi."),
    Reason.ACTIVE: _(
        "Berkas memuat skrip, makro, perintah, atau berkas lain di dalamnya. Simpan ulang "
        "sebagai berkas biasa, lalu unggah lagi."
    ),
    Reason.BOMB: _("Isi berkas terlalu besar setelah dibuka. Perkecil, lalu unggah lagi."),
}


def _reason(reason: Reason, allowed: Sequence[str]) -> str:
    if reason == Reason.OTHER_KIND:
        kinds = ", ".join(str(KINDS[each]) for each in allowed)
        return str(_("Jenis berkas ini tidak diterima. Yang diterima: %(kinds)s.")) % {
            "kinds": kinds
        }
    if reason == Reason.TOO_MANY_PAGES:
        most = reading.MOST_PAGES
        return ngettext(
            "Berkas paling banyak %(most)d halaman.",
            "Berkas paling banyak %(most)d halaman.",
            most,
        ) % {"most": most}
    return str(REASONS[reason])
