"""The answer letter as a sheet of blocks."""

from dataclasses import dataclass

from gerai.papers.blocks import Facts, Paragraph, Sheet, Signature, Table
from gerai.visits.letters.words import paragraphs


@dataclass(frozen=True)
class AnswerLetter:
    """What the letter says. told: the value of each blank; programme: time, title, place."""

    text: str
    told: dict[str, str]
    letterhead: tuple[str, ...]
    place_and_day: str
    signatory_role: str
    signatory_name: str
    is_refusal: bool = False
    programme: tuple[tuple[str, str, str], ...] = ()


def sheet_of(letter: AnswerLetter) -> Sheet:
    """Return the letter; a surat dinas is Indonesian whatever the guest reads."""
    subject = "Jawaban atas permohonan kunjungan studi"
    blocks: list[Paragraph | Table | Signature] = [Paragraph("Dengan hormat,")]
    blocks += [Paragraph(part) for part in paragraphs(letter.text, letter.told)]
    blocks.append(Signature(letter.place_and_day, letter.signatory_role, letter.signatory_name))
    if letter.programme:
        blocks.append(Paragraph("Lampiran: susunan acara"))
        blocks.append(Table(("Pukul", "Acara", "Tempat"), letter.programme, (2, 6, 3)))
    return Sheet(
        title=f"{subject} {letter.told['permohonan']}",
        blocks=tuple(blocks),
        letterhead=letter.letterhead,
        about=Facts(
            (
                ("Nomor", "{number}"),
                ("Lampiran", "1 (satu) susunan acara" if letter.programme else "-"),
                ("Hal", subject),
            )
        ),
        to=(
            f"Yth. {letter.told['pimpinan']}",
            letter.told["jabatan"] or letter.told["instansi"],
            f"{letter.told['instansi']}, {letter.told['daerah']}",
        ),
    )
