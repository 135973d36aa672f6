"""The letter of request and the urgency study that goes with it."""

from gerai.founding.letters.dossier import BLANK, OUTLINE, Dossier, told
from gerai.papers.blocks import Bullets, Facts, Heading, Paragraph, Sheet, Table


def request_letter(d: Dossier) -> Sheet:
    """Ask the minister for a mall of the region."""
    services = sum(len(agency.services) for agency in d.agencies)
    return Sheet(
        title="Surat permohonan penyelenggaraan Mal Pelayanan Publik",
        letterhead=d.letterhead,
        about=Facts(
            (
                ("Nomor", BLANK),
                ("Lampiran", "Satu berkas kajian urgensi"),
                ("Hal", f"Permohonan penyelenggaraan Mal Pelayanan Publik {d.region}"),
            )
        ),
        to=(
            "Yth. Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
            "di Jakarta",
        ),
        blocks=(
            Paragraph("Dengan hormat,"),
            Paragraph(
                f"Pemerintah {told(d.region)} bermaksud mendirikan {d.mall} agar warga dapat "
                "mengurus layanan beberapa instansi di satu tempat, dengan syarat, waktu, dan "
                "biaya yang jelas."
            ),
            Paragraph(f"Permohonan ini kami ajukan berdasarkan {d.law('proposal')}."),
            Paragraph(
                f"Sampai hari ini {len(d.agencies)} instansi dengan {services} jenis layanan "
                "menyatakan akan bergabung. Mal direncanakan dibuka pada "
                f"{told(d.target or d.opens)}. Kajian urgensi kami lampirkan."
            ),
            Paragraph(
                "Kami memohon persetujuan dan pendampingan kementerian dalam mendirikan mal ini. "
                f"Untuk keperluan itu Bapak/Ibu dapat menghubungi {BLANK}."
            ),
            Paragraph("Atas perhatian Bapak/Ibu kami mengucapkan terima kasih."),
            d.signature(),
        ),
        foot=OUTLINE,
    )


def urgency_study(d: Dossier) -> Sheet:
    """Outline why the region needs a mall, from what the workspace knows."""
    return Sheet(
        title=f"Kajian urgensi Mal Pelayanan Publik {d.region}",
        letterhead=d.letterhead,
        blocks=(
            Heading("1. Latar belakang"),
            Paragraph(
                f"Jumlah penduduk {told(d.region)}: {BLANK}. Jarak terjauh kecamatan dari pusat "
                f"pemerintahan: {BLANK}. Layanan yang sekarang terpisah di beberapa kantor: "
                f"{BLANK}."
            ),
            Heading("2. Dasar"),
            Bullets((d.law("basis"), d.law("guide"), d.law("proposal"))),
            Heading("3. Keadaan pelayanan sekarang"),
            Bullets(
                (
                    f"Banyak pemohon setahun menurut instansi: {BLANK}",
                    f"Waktu tunggu dan waktu penyelesaian: {BLANK}",
                    f"Keluhan yang paling sering: {BLANK}",
                    f"Nilai kepuasan masyarakat terakhir: {BLANK}",
                )
            ),
            Heading("4. Instansi dan layanan yang akan bergabung"),
            *_agencies(d),
            Heading("5. Sarana dan prasarana"),
            Paragraph(f"Gedung: {told(d.address)}. Fasilitas wajib: {d.law('facilities')}."),
            *_facilities(d),
            Heading("6. Petugas"),
            *_roles(d),
            Heading("7. Rencana kerja"),
            Paragraph(
                f"Pekerjaan dimulai {told(d.began)}; pembukaan menurut jadwal {told(d.opens)}, "
                f"sasaran pimpinan {told(d.target)}."
            ),
            Table(
                ("Tahap", "Waktu", "Selesai"),
                tuple((each.name, told(each.period), f"{each.percent}%") for each in d.stages),
                (4, 4, 1),
            ),
            Heading("8. Pembiayaan"),
            Paragraph(f"Ketentuan: {d.law('funding')}. Perkiraan biaya dan sumbernya: {BLANK}."),
            Heading("9. Risiko dan penanganannya"),
            *_risks(d),
            Heading("10. Manfaat yang diharapkan"),
            Paragraph(
                f"Sesudah satu tahun: pengunjung {BLANK} orang sehari, waktu tunggu paling lama "
                f"{BLANK} menit, nilai kepuasan {BLANK}. Mal teladan: {told(d.model)}."
            ),
            Heading("11. Kesimpulan"),
            Paragraph(BLANK),
            d.signature(),
        ),
        foot=OUTLINE,
    )


def _agencies(d: Dossier) -> tuple[Paragraph | Table, ...]:
    if not d.agencies:
        return (Paragraph(BLANK),)
    rows = tuple(
        (
            agency.name,
            agency.kind or BLANK,
            "\n".join(agency.services) or BLANK,
            agency.agreement or "Belum ada",
        )
        for agency in d.agencies
    )
    return (Table(("Instansi", "Jenis", "Layanan", "Perjanjian"), rows, (3, 2, 4, 2)),)


def _facilities(d: Dossier) -> tuple[Paragraph | Table, ...]:
    if not d.facilities:
        return (Paragraph(BLANK),)
    rows = tuple(
        (each.name + (" (wajib)" if each.is_required else ""), each.floor or "-", each.state)
        for each in d.facilities
    )
    return (Table(("Fasilitas", "Letak", "Keadaan"), rows, (4, 2, 2)),)


def _roles(d: Dossier) -> tuple[Paragraph | Table, ...]:
    if not d.roles:
        return (Paragraph(BLANK),)
    rows = tuple(
        (each.name, str(each.needed), str(each.filled), str(each.trained)) for each in d.roles
    )
    return (Table(("Peran", "Perlu", "Terisi", "Dilatih"), rows, (5, 1, 1, 1)),)


def _risks(d: Dossier) -> tuple[Paragraph | Table, ...]:
    if not d.risks:
        return (Paragraph(BLANK),)
    rows = tuple(
        (each.title, each.gravity, told(each.answer), told(each.owner)) for each in d.risks
    )
    return (Table(("Risiko", "Bobot", "Penanganan", "Penanggung jawab"), rows, (4, 2, 4, 2)),)
