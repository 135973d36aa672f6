"""The report of a visit: what both sides take to their file."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai.malls.models import Mall
from gerai.papers.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Sheet,
    Signature,
    Table,
)
from gerai.visits.exports.presence import letterhead, place_of, presence_of
from gerai.visits.exports.words import NOTHING, date_words, day_words, hour_words, local_day
from gerai.visits.models import (
    FollowUp,
    Guest,
    GuestBook,
    Impression,
    Minutes,
    ProgrammeItem,
    Question,
    Visit,
)

NOT_WRITTEN = "Belum diisi."
PHOTO_MM = 110


@dataclass(frozen=True)
class Told:
    """All that is known of a visit when its report is written."""

    visit: Visit
    mall: Mall
    book: GuestBook | None
    minutes: Minutes | None
    guests: Sequence[Guest] = ()
    programme: Sequence[ProgrammeItem] = ()
    questions: Sequence[Question] = ()
    follow_ups: Sequence[FollowUp] = ()
    impressions: Sequence[Impression] = ()
    pictures: Sequence[Picture] = ()
    signatory_role: str = ""
    signatory_name: str = ""

    @property
    def present(self) -> list[Guest]:
        """The guests who came."""
        return [guest for guest in self.guests if presence_of(guest) is not None]

    @property
    def ratings(self) -> list[int]:
        """The ratings that guests gave."""
        return [each.rating for each in self.impressions if each.rating is not None]

    @property
    def quotable(self) -> list[Impression]:
        """The impressions that may be told to others."""
        return [each for each in self.impressions if each.may_publish and each.words]


def report_sheet(told: Told) -> Sheet:
    """Return the report; each section says so where nothing is known."""
    sections: list[tuple[str, list[Block]]] = [
        ("Dasar", _text(told.minutes.basis if told.minutes else "")),
        ("Peserta", _guests(told)),
        ("Waktu dan tempat", _when(told)),
        ("Susunan acara", _programme(told)),
        ("Pertanyaan dan jawaban", _questions(told)),
        ("Yang dipelajari", _text(told.minutes.learned if told.minutes else "")),
        ("Kesimpulan", _text(told.minutes.conclusion if told.minutes else "")),
        ("Tindak lanjut", _follow_ups(told)),
        ("Kesan tamu", _impressions(told)),
    ]
    if told.pictures:
        sections.append(("Foto", list(told.pictures)))
    blocks: list[Block] = []
    for number, (title, body) in enumerate(sections, start=1):
        blocks += [Heading(f"{number}. {title}", 2), *body]
    moment = told.visit.starts_at
    blocks.append(
        Signature(
            place_and_day=date_words(local_day(moment, told.mall)) if moment else "",
            role=told.signatory_role or "Penerima tamu",
            name=told.signatory_name,
        )
    )
    relation = told.visit.relation
    return Sheet(
        title="Laporan hasil kunjungan studi",
        letterhead=letterhead(told.mall),
        about=Facts(
            (
                ("Nomor", "{number}"),
                ("Kunjungan", told.visit.reference),
                ("Rombongan", f"{relation.institution}, {relation.region_name}"),
            )
        ),
        blocks=tuple(blocks),
    )


def _text(words: str) -> list[Block]:
    parts = [part.strip() for part in words.replace("\r\n", "\n").split("\n\n")]
    return [Paragraph(part) for part in parts if part] or [Paragraph(NOT_WRITTEN)]


def _guests(told: Told) -> list[Block]:
    present = told.present
    if not present:
        return [Paragraph("Belum ada tamu yang tercatat hadir.")]
    rows = tuple(
        (
            str(number),
            guest.name + (" (ketua rombongan)" if guest.is_leader else ""),
            guest.title or NOTHING,
            guest.institution or told.visit.relation.institution,
        )
        for number, guest in enumerate(present, start=1)
    )
    return [
        Paragraph(f"{len(present)} orang hadir."),
        Table(("No.", "Nama", "Jabatan", "Instansi"), rows, (6, 34, 30, 30)),
    ]


def _when(told: Told) -> list[Block]:
    rows: list[tuple[str, str]] = []
    visit, book = told.visit, told.book
    if visit.starts_at is not None:
        rows.append(("Hari, tanggal", day_words(local_day(visit.starts_at, told.mall))))
    if book is not None and book.received_at is not None:
        rows.append(("Diterima", f"pukul {hour_words(book.received_at, told.mall)}"))
    if book is not None and book.left_at is not None:
        rows.append(("Selesai", f"pukul {hour_words(book.left_at, told.mall)}"))
    rows.append(("Tempat", place_of(visit, told.mall)))
    if visit.host is not None:
        rows.append(("Penerima tamu", visit.host.name))
    rows.append(("Tujuan", visit.purpose))
    return [Facts(tuple(rows))]


def _programme(told: Told) -> list[Block]:
    if not told.programme:
        return [Paragraph("Susunan acara tidak dicatat.")]
    rows = tuple(
        (hour_words(item.starts_at, told.mall), item.title, item.place or NOTHING)
        for item in told.programme
    )
    return [Table(("Pukul", "Acara", "Tempat"), rows, (18, 52, 30))]


def _questions(told: Told) -> list[Block]:
    if not told.questions:
        return [Paragraph("Tidak ada pertanyaan yang dicatat.")]
    blocks: list[Block] = []
    for number, question in enumerate(told.questions, start=1):
        blocks.append(Heading(f"{number}. {question.text}", 3))
        if question.asked_by:
            blocks.append(Paragraph(f"Ditanyakan oleh: {question.asked_by}"))
        answer = question.answer.text if question.answer is not None else "Belum dijawab."
        blocks.append(Paragraph(answer))
    return blocks


def _follow_ups(told: Told) -> list[Block]:
    if not told.follow_ups:
        return [Paragraph("Belum ada tindak lanjut yang disepakati.")]
    rows = tuple(
        (
            each.text,
            f"{each.owner_name} ({each.get_side_display().lower()})",
            date_words(each.due_on),
            each.get_state_display(),
        )
        for each in told.follow_ups
    )
    return [
        Table(("Tindak lanjut", "Penanggung jawab", "Batas", "Keadaan"), rows, (40, 28, 18, 14))
    ]


def _impressions(told: Told) -> list[Block]:
    ratings = told.ratings
    blocks: list[Block] = []
    if ratings:
        mean = f"{sum(ratings) / len(ratings):.1f}".replace(".", ",")
        blocks.append(Paragraph(f"Nilai rata-rata {mean} dari 4 ({len(ratings)} tamu menilai)."))
    quotes = tuple(
        f"“{each.words}”" + (f", {each.name}" if each.name else "") for each in told.quotable
    )
    if quotes:
        blocks.append(Bullets(quotes))
    return blocks or [Paragraph("Belum ada kesan yang boleh dimuat.")]
