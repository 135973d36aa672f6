"""Drafts of decrees: their subject is ours, their wording comes from the legal section."""

from gerai.founding.letters.dossier import BLANK, FROM_LEGAL, OUTLINE, Dossier, told
from gerai.papers.blocks import Block, Bullets, Facts, Heading, Paragraph, Sheet, Table


def team_decree(d: Dossier) -> Sheet:
    """Outline the decree that forms the team."""
    return _decree(
        d,
        "pembentukan tim persiapan",
        (
            Paragraph("Susunan tim persiapan:"),
            Table(
                ("Kedudukan", "Jabatan", "Nama"),
                tuple(
                    (each, BLANK, BLANK)
                    for each in ("Pengarah", "Ketua", "Sekretaris", "Anggota", "Anggota")
                ),
                (2, 3, 3),
            ),
            Paragraph("Tugas tim:"),
            Bullets(tuple(f"{each.name} ({told(each.period)})" for each in d.stages) or (BLANK,)),
            Facts((("Mulai bekerja", told(d.began)), ("Sasaran pembukaan", told(d.target)))),
        ),
    )


def mechanism_decree(d: Dossier) -> Sheet:
    """Outline the decree on the mall, its operator and how it works."""
    names = tuple(
        f"{agency.name}: {len(agency.services)} layanan"
        + (f", hari tugas {agency.duty_days}" if agency.duty_days else "")
        for agency in d.agencies
    )
    return _decree(
        d,
        "penyelenggaraan",
        (
            Facts(
                (
                    ("Nama", d.mall),
                    ("Tempat", told(d.address)),
                    ("Penyelenggara", d.law("operator")),
                    ("Mulai melayani", told(d.target or d.opens)),
                )
            ),
            Paragraph("Instansi yang melayani:"),
            Bullets(names or (BLANK,), is_numbered=True),
            Paragraph("Peran petugas mal:"),
            Bullets(tuple(f"{each.name}: {each.needed} orang" for each in d.roles) or (BLANK,)),
            Paragraph("Alur layanan, tata tertib, dan penanganan pengaduan: lampiran keputusan."),
        ),
    )


def _decree(d: Dossier, about: str, content: tuple[Block, ...]) -> Sheet:
    return Sheet(
        title=f"Rancangan keputusan tentang {about} {d.mall}",
        letterhead=d.letterhead,
        about=Facts((("Nomor", BLANK),)),
        blocks=(
            Heading("Menimbang", 2),
            Bullets(
                (
                    "bahwa warga perlu mengurus layanan beberapa instansi di satu tempat;",
                    f"[… {FROM_LEGAL}]",
                )
            ),
            Heading("Mengingat", 2),
            Bullets((d.law("basis"), d.law("guide"), f"[… {FROM_LEGAL}]")),
            Heading("Memutuskan", 2),
            *content,
            Heading("Pembiayaan", 2),
            Paragraph(d.law("funding")),
            Heading("Penutup", 2),
            Paragraph(f"[… {FROM_LEGAL}]"),
            d.signature(d.law("signatory") if _is_told(d) else d.head, d.leader),
        ),
        foot=OUTLINE,
    )


def _is_told(d: Dossier) -> bool:
    line = d.legal.get("signatory")
    return line is not None and line.is_verified
