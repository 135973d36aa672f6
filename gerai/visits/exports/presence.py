"""Who was there: the attendance list, and what confirms a travel order."""

from collections.abc import Sequence
from datetime import datetime

from gerai.malls.models import Mall
from gerai.papers.blocks import (
    Block,
    Facts,
    Paragraph,
    Picture,
    Sheet,
    Signature,
    Table,
)
from gerai.visits.exports.words import NOTHING, date_words, day_words, hour_words, local_day
from gerai.visits.models import Guest, Presence, Visit

SIGNATURE_MM = 28


def letterhead(mall: Mall) -> tuple[str, ...]:
    """Return the head of the mall's papers."""
    return (mall.name, mall.address) if mall.address else (mall.name,)


def place_of(visit: Visit, mall: Mall) -> str:
    """Return where a visit took place."""
    return f"{visit.room.name}, {mall.name}" if visit.room is not None else mall.name


def attendance_sheet(visit: Visit, guests: Sequence[Guest], mall: Mall) -> Sheet:
    """Return the attendance list, with the signatures that were drawn.

    Who has not come keeps an empty line, to be signed by hand.
    """
    rows = tuple(
        (
            str(number),
            guest.name,
            "\n".join(part for part in (guest.title, guest.institution) if part) or NOTHING,
            _hour(guest, mall),
            _mark(guest),
        )
        for number, guest in enumerate(guests, start=1)
    )
    present = sum(presence_of(guest) is not None for guest in guests)
    return Sheet(
        title="Daftar hadir kunjungan studi",
        letterhead=letterhead(mall),
        blocks=(
            _occasion(visit, mall),
            Paragraph(f"Hadir: {present} dari {len(guests)} nama dalam daftar."),
            Table(
                head=("No.", "Nama", "Jabatan dan instansi", "Hadir", "Tanda tangan"),
                rows=rows,
                widths=(6, 28, 32, 14, 20),
            ),
        ),
        foot=f"Kunjungan {visit.reference}",
    )


def presence_of(guest: Guest) -> Presence | None:
    """Return the presence of a guest, None while they have not come."""
    return getattr(guest, "presence", None)


def _occasion(visit: Visit, mall: Mall) -> Facts:
    rows = [
        ("Rombongan", f"{visit.relation.institution}, {visit.relation.region_name}"),
        ("Nomor kunjungan", visit.reference),
    ]
    if visit.starts_at is not None:
        rows.append(("Hari, tanggal", day_words(local_day(visit.starts_at, mall))))
    rows.append(("Tempat", place_of(visit, mall)))
    return Facts(tuple(rows))


def _hour(guest: Guest, mall: Mall) -> str:
    presence = presence_of(guest)
    return hour_words(presence.at, mall) if presence is not None else ""


def _mark(guest: Guest) -> str | Picture:
    presence = presence_of(guest)
    if presence is None or not presence.signature:
        return ""
    return Picture(presence.signature, f"Tanda tangan {guest.name}", SIGNATURE_MM)


def travel_sheet(
    visit: Visit,
    guests: Sequence[Guest],
    mall: Mall,
    *,
    arrived_at: datetime,
    left_at: datetime,
    officer: str,
    role: str,
) -> Sheet:
    """Return what confirms the travel order of one guest, or of several in a table.

    The mall confirms that they came and went, nothing of what they are paid.
    """
    blocks: list[Block] = [
        Paragraph("Yang bertanda tangan di bawah ini menerangkan bahwa:"),
        *_travellers(visit, guests),
        Facts(
            (
                ("Tiba di", place_of(visit, mall)),
                ("Pada", f"{_moment(arrived_at, mall)}"),
                ("Berangkat dari", place_of(visit, mall)),
                ("Pada", f"{_moment(left_at, mall)}"),
                ("Untuk", f"Kunjungan studi, nomor kunjungan {visit.reference}"),
            )
        ),
        Paragraph(
            "Keterangan ini dibuat untuk melengkapi Surat Perjalanan Dinas (SPD). "
            "Keasliannya dapat diperiksa dengan kode QR di kaki halaman."
        ),
        Signature(
            place_and_day=date_words(local_day(left_at, mall)),
            role=role,
            name=officer,
        ),
    ]
    return Sheet(
        title="Keterangan kunjungan untuk perjalanan dinas",
        letterhead=letterhead(mall),
        about=Facts((("Nomor", "{number}"),)),
        blocks=tuple(blocks),
    )


def _travellers(visit: Visit, guests: Sequence[Guest]) -> list[Block]:
    if len(guests) == 1:
        [guest] = guests
        rows = [("Nama", guest.name)]
        if guest.title:
            rows.append(("Jabatan", guest.title))
        rows.append(("Instansi", guest.institution or visit.relation.institution))
        rows.append(("Asal", visit.relation.region_name))
        return [Facts(tuple(rows))]
    table = Table(
        head=("No.", "Nama", "Jabatan", "Instansi"),
        rows=tuple(
            (
                str(number),
                guest.name,
                guest.title or NOTHING,
                guest.institution or visit.relation.institution,
            )
            for number, guest in enumerate(guests, start=1)
        ),
        widths=(6, 34, 30, 30),
    )
    return [table, Facts((("Asal", visit.relation.region_name),))]


def _moment(moment: datetime, mall: Mall) -> str:
    return f"{day_words(local_day(moment, mall))} pukul {hour_words(moment, mall)}"
