"""The sample's agreements, facilities and guides. Invented, but for the sources named."""

from dataclasses import dataclass
from datetime import date, timedelta

from gerai import clock
from gerai.directory.actions.agreements import plan_agreement
from gerai.directory.actions.facilities import set_facility, set_guide
from gerai.directory.models import (
    Agency,
    Agreement,
    AgreementState,
    CounterShare,
    Facility,
    FacilityState,
    Guide,
    GuideKind,
)
from gerai.directory.queries import gathering_place
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.portals.sample.whole import fill_once
from gerai.queue.actions.emergencies import set_gathering_place

SAMPLE = "Contoh; sesuaikan dengan mal Anda."


@dataclass(frozen=True)
class Line:
    """A line of the checklist: where it stands in the sample, and who has such a thing."""

    code: str
    name: str
    group: str
    floor: str
    source: str
    state: FacilityState = FacilityState.READY
    is_required: bool = False


DEPOK = "Disebut ada di MPP Depok: radarpena"
JATIM = "Disebut ada di sebuah MPP Jawa Timur: jatimnow.com (38449)"

FACILITIES = (
    Line("loket", "Loket layanan", "Layanan", "Lantai 1 dan 2", DEPOK, is_required=True),
    Line("ruang-tunggu", "Ruang tunggu", "Layanan", "Lantai 1 dan 2", DEPOK, is_required=True),
    Line("informasi", "Meja informasi", "Layanan", "Lantai 1", DEPOK, is_required=True),
    Line("kios-antrean", "Kios antrean", "Layanan", "Lantai 1", DEPOK),
    Line("ruang-difabel", "Ruang penyandang disabilitas", "Kelompok rentan", "Lantai 1", DEPOK),
    Line("laktasi", "Ruang laktasi", "Keluarga", "Lantai 1", DEPOK),
    Line("anak", "Sudut bermain anak", "Keluarga", "Lantai 1", DEPOK),
    Line("salat", "Ruang salat", "Kenyamanan", "Lantai 2", DEPOK),
    Line("rapat", "Ruang rapat", "Kenyamanan", "Lantai 2", DEPOK),
    Line("baca", "Pojok baca", "Kenyamanan", "Lantai 2", JATIM),
    Line(
        "bilik-nikah",
        "Bilik nikah",
        "Kenyamanan",
        "",
        "menpan.go.id (sediakan-142…)",
        FacilityState.MISSING,
    ),
    Line(
        "adm",
        "Mesin cetak mandiri dokumen kependudukan",
        "Layanan mandiri",
        "Lantai 1",
        "ketik.com (47133)",
        FacilityState.PLANNED,
    ),
)

GUIDES = (
    (
        "alur-berkunjung",
        GuideKind.FLOW,
        "Alur berkunjung",
        (
            "Pengunjung datang dan disambut di meja informasi.\n\n"
            "Ia memilih layanan di kios, di ponsel, atau lewat penyambut, membaca persyaratannya, "
            "lalu mengambil nomor.\n\n"
            "Ia menunggu di ruang tunggu atau melihat gilirannya di ponsel.\n\n"
            "Nomornya dipanggil di layar dan dengan suara; ia dilayani di loket yang disebut.\n\n"
            "Sesudah selesai ia dapat menilai layanannya."
        ),
    ),
    (
        "tata-tertib",
        GuideKind.HOUSE_RULES,
        "Tata tertib gerai",
        (
            "Gerai dibuka sepanjang jam layanan; petugas yang jeda mencatatnya di meja loket.\n\n"
            "Petugas memakai tanda pengenal dan menyapa lebih dahulu.\n\n"
            "Tidak ada pungutan di luar biaya yang tertulis dalam standar pelayanan.\n\n"
            "Berkas pengunjung tidak ditinggalkan di loket."
        ),
    ),
    (
        "pengaduan",
        GuideKind.COMPLAINTS,
        "Menangani pengaduan",
        (
            "Pengaduan diterima di meja informasi, di situs, atau lewat pesan.\n\n"
            "Setiap pengaduan dicatat dengan tanggal dan dijawab oleh orang yang "
            "tidak diadukan.\n\n"
            "Jawaban disampaikan kepada pelapor; pokoknya dibahas dalam rapat bulanan instansi."
        ),
    ),
    (
        "buka-tutup",
        GuideKind.PROCEDURE,
        "Membuka dan menutup hari",
        (
            "Setengah jam sebelum buka: layar, kios, dan suara dicoba; loket yang kosong dicarikan "
            "pengganti.\n\n"
            "Sesudah tutup: nomor yang tersisa diselesaikan atau dicatat, kertas kios diisi, "
            "pengawas membaca laporan hari itu."
        ),
    ),
    (
        "peran",
        GuideKind.STAFF,
        "Siapa mengerjakan apa",
        (
            "Penyambut menolong memilih layanan dan mengambil nomor.\n\n"
            "Petugas loket melayani.\n\n"
            "Pengawas menjaga agar tidak ada loket kosong dan tidak ada yang "
            "menunggu terlalu lama.\n\n"
            "Admin mal menjaga data: jam, layanan, standar, orang."
        ),
    ),
    (
        "naskah-pks",
        GuideKind.TEMPLATE,
        "Kerangka perjanjian dengan instansi",
        (
            "Para pihak. Maksud dan tujuan. Layanan yang dibawa. Loket dan hari bertugas. "
            "Yang disediakan penyelenggara. Yang disediakan instansi. Jumlah dan "
            "pengganti petugas. "
            "Masa berlaku. Penilaian bersama. Penutup.\n\n"
            "Kalimat hukumnya disusun oleh bagian hukum pemerintah daerah."
        ),
    ),
)


def make_agreements() -> bool:
    """Sign an agreement with every agency that sits somewhere; one of them ends soon."""
    agencies = list(Agency.objects.filter(is_active=True).order_by("code"))
    return fill_once(
        "perjanjian",
        lambda: _sign(agencies),
        stands=lambda: not agencies or Agreement.objects.exists(),
    )


def _sign(agencies: list[Agency]) -> None:
    today = clock.local_day(clock.now(), current_mall().zone)
    signed = set(Agreement.objects.values_list("agency_id", flat=True))
    for place, agency in enumerate(agencies):
        if agency.pk in signed:
            continue
        days = CounterShare.objects.filter(agency=agency).values_list("weekday", flat=True)
        signed_on = date(today.year - 1, 10, 28)
        plan_agreement(
            agency,
            by=audit.SYSTEM,
            state=AgreementState.SIGNED,
            number=f"CONTOH/{place + 1:02}/PKS/{signed_on.year}",
            signed_on=signed_on,
            starts_on=signed_on,
            ends_on=today + timedelta(days=45 if place == 0 else 730),
            duty_days=sorted(set(days)),
            officers=2,
            agency_brings="Petugas, berkas, dan perangkat khusus layanannya.",
            operator_brings="Loket, jaringan, listrik, antrean, dan kebersihan.",
            note=SAMPLE,
        )


def make_gathering_place() -> bool:
    """Say where people gather in an emergency, once."""
    if gathering_place() is not None:
        return False
    set_gathering_place("Halaman parkir depan (contoh)", "Front car park (sample)", by=audit.SYSTEM)
    return True


def make_facilities() -> bool:
    """Fill the checklist of facilities, once."""
    return fill_once("fasilitas", _equip, stands=Facility.objects.exists)


def _equip() -> None:
    for line in FACILITIES:
        set_facility(
            code=line.code,
            name=line.name,
            group=line.group,
            state=line.state,
            floor=line.floor,
            source=line.source,
            is_required=line.is_required,
            by=audit.SYSTEM,
        )


def make_guides() -> bool:
    """Write the guides, once."""
    return fill_once("pedoman", _guide, stands=Guide.objects.exists)


def _guide() -> None:
    for code, kind, title, text in GUIDES:
        set_guide(code=code, kind=kind, title=title, text=text, source=SAMPLE, by=audit.SYSTEM)
