"""The programme of the inauguration."""

from gerai.founding.letters.dossier import BLANK, OUTLINE, Dossier, told
from gerai.papers.blocks import Bullets, Facts, Heading, Paragraph, Sheet, Table

# What happens, who leads it, how many minutes it takes.
ITEMS = (
    ("Tamu dan undangan hadir", "Penyambut", 30),
    ("Pembukaan dan doa", "Pembawa acara", 10),
    ("Laporan perjalanan pendirian", "Ketua tim persiapan", 10),
    ("Sambutan instansi yang bergabung", BLANK, 10),
    ("Sambutan kepala daerah", "", 15),
    ("Penandatanganan prasasti dan pembukaan pintu", "", 10),
    ("Nomor antrean pertama diambil warga", "Penyambut", 5),
    ("Berkeliling loket", "Koordinator harian", 30),
    ("Foto bersama dan ramah tamah", "Pembawa acara", 30),
)


def programme(d: Dossier) -> Sheet:
    """Outline the day of the opening."""
    minutes = 0
    rows = []
    for name, who, length in ITEMS:
        begins = f"{8 + minutes // 60:02}.{minutes % 60:02}"
        rows.append((begins, name, who or (d.leader or d.head), f"{length} menit"))
        minutes += length
    return Sheet(
        title=f"Susunan acara peresmian {d.mall}",
        letterhead=d.letterhead,
        blocks=(
            Facts(
                (
                    ("Hari dan tanggal", told(d.target or d.opens)),
                    ("Tempat", told(d.address)),
                    ("Pakaian", BLANK),
                    ("Undangan", BLANK),
                )
            ),
            Heading("Acara", 2),
            Table(("Pukul", "Acara", "Dipimpin", "Lama"), tuple(rows), (1, 4, 3, 1)),
            Heading("Instansi yang melayani sejak hari itu", 2),
            Bullets(tuple(agency.name for agency in d.agencies) or (BLANK,)),
            Heading("Yang disiapkan", 2),
            Bullets(
                (
                    "Kios nomor, layar, dan pengeras suara sudah dicoba sehari sebelumnya.",
                    "Petugas setiap loket hadir satu jam sebelum acara.",
                    "Jalan masuk dan kursi untuk lansia dan penyandang disabilitas tersedia.",
                    f"Pengumuman kepada warga terbit pada {BLANK}.",
                )
            ),
            Paragraph(f"Penanggung jawab acara: {BLANK}."),
        ),
        foot=OUTLINE,
    )
