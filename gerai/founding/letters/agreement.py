"""The outline of a cooperation agreement with one agency."""

from gerai.founding.letters.dossier import BLANK, FROM_LEGAL, OUTLINE, AgencyEntry, Dossier, told
from gerai.papers.blocks import Bullets, Facts, Heading, Paragraph, Sheet, Signatures


def agreement(d: Dossier, agency: AgencyEntry) -> Sheet:
    """Outline what the operator and an agency promise each other."""
    return Sheet(
        title=f"Perjanjian kerja sama penyelenggaraan {d.mall} dengan {agency.name}",
        letterhead=d.letterhead,
        about=Facts((("Nomor pihak kesatu", told(agency.number)), ("Nomor pihak kedua", BLANK))),
        blocks=(
            Paragraph(
                f"Pada hari {BLANK} tanggal {told(agency.signed)} di {BLANK}, pihak kesatu "
                f"({BLANK}, {BLANK}, selaku penyelenggara {d.mall}) dan pihak kedua ({BLANK}, "
                f"{BLANK}, selaku pimpinan {agency.name}) bersepakat sebagai berikut."
            ),
            Heading("Dasar", 2),
            Bullets((d.law("basis"), d.law("coordination"), d.law("operator"), d.law("duty"))),
            Heading("1. Layanan", 2),
            Paragraph("Pihak kedua memberikan layanan ini di mal:"),
            Bullets(agency.services or (BLANK,), is_numbered=True),
            Heading("2. Hari tugas dan petugas", 2),
            Facts(
                (
                    ("Hari tugas", told(agency.duty_days)),
                    ("Petugas setiap hari", str(agency.officers) if agency.officers else BLANK),
                    ("Pengganti bila berhalangan", BLANK),
                )
            ),
            Heading("3. Yang disediakan pihak kesatu", 2),
            Paragraph(told(agency.operator_brings)),
            Heading("4. Yang disediakan pihak kedua", 2),
            Paragraph(told(agency.agency_brings)),
            Heading("5. Standar, tata tertib, dan pengaduan", 2),
            Paragraph(
                "Pihak kedua memakai standar pelayanan yang ditetapkan dan diumumkan, menaati "
                "tata tertib mal, dan menjawab pengaduan tentang layanannya dalam waktu "
                f"{BLANK}."
            ),
            Heading("6. Kehadiran", 2),
            Paragraph(
                "Kehadiran dicatat setiap hari dan disampaikan kepada kedua pihak setiap bulan. "
                f"Bila loket kosong pada hari tugas: {BLANK}."
            ),
            Heading("7. Biaya", 2),
            Paragraph(f"{d.law('funding')} Pembagiannya: {BLANK}."),
            Heading("8. Jangka waktu", 2),
            Paragraph(
                f"Berlaku {told(agency.period)}. Perpanjangan dibicarakan paling lambat 90 hari "
                "sebelum berakhir."
            ),
            Heading("9. Penyelesaian perselisihan dan penutup", 2),
            Paragraph(f"[… {FROM_LEGAL}]"),
            Signatures(
                (
                    d.signature("Pihak kesatu"),
                    d.signature("Pihak kedua"),
                )
            ),
        ),
        foot=OUTLINE,
    )
