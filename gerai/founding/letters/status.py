"""The status of a founding on one page, for the head of the region."""

from gerai.founding.letters.dossier import Dossier, StatusEntry, told
from gerai.papers.blocks import Bullets, Facts, Heading, Paragraph, Sheet, Table

MOST_LINES = 5


def status(d: Dossier) -> Sheet:
    """Say on one page how far the founding is, what is late, what comes next."""
    signed = sum(bool(agency.signed) for agency in d.agencies)
    return Sheet(
        title=f"Laporan keadaan pendirian {d.mall}",
        letterhead=d.letterhead,
        blocks=(
            Facts(
                (
                    ("Per tanggal", d.today),
                    ("Mulai", told(d.began)),
                    ("Sasaran pembukaan", told(d.target) + d.days_left),
                    ("Pembukaan menurut jadwal", told(d.opens)),
                    (
                        "Perjanjian",
                        f"{signed} dari {len(d.agencies)} instansi sudah ditandatangani",
                    ),
                )
            ),
            Table(
                ("Tahap", "Keadaan", "Selesai", "Yang belum ada"),
                tuple(
                    (each.name, each.state, f"{each.percent}%", " ".join(each.missing[:2]) or "-")
                    for each in d.stages
                ),
                (3, 2, 1, 6),
            ),
            Heading("Terlambat", 2),
            _list(d.late, "Tidak ada langkah yang terlambat."),
            Heading("Langkah berikutnya", 2),
            _list(d.following, "Tidak ada langkah yang menunggu dimulai."),
            Heading("Risiko terberat", 2),
            _risks(d),
        ),
    )


def _list(entries: tuple[StatusEntry, ...], nothing: str) -> Bullets | Paragraph:
    if not entries:
        return Paragraph(nothing)
    lines = [f"{each.name} ({told(each.who)}, {each.day})" for each in entries[:MOST_LINES]]
    if len(entries) > MOST_LINES:
        lines.append(f"dan {len(entries) - MOST_LINES} lainnya")
    return Bullets(tuple(lines))


def _risks(d: Dossier) -> Bullets | Paragraph:
    if not d.risks:
        return Paragraph("Belum ada risiko yang dicatat.")
    return Bullets(tuple(f"{each.title} ({each.gravity})" for each in d.risks[:3]))
