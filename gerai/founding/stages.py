"""THE FOUNDING STAGES: stage → steps → evidence and documents → source. A template, no law.

A workspace gets rows of its own, which it edits, adds to and reorders. The usual days are our
estimates. Every line says where it comes from: DOMAIN's mark S (a secondary source), N (looked
for and not found), O (our own practical advice). What is law is confirmed by the founder.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stages of founding a mall, in the order in which founders tell them."""

    COMMITMENT = "commitment"
    AGENCIES = "agencies"
    MECHANISM = "mechanism"
    FACILITIES = "facilities"
    STAFF = "staff"
    TRIAL = "trial"
    INAUGURATION = "inauguration"
    AFTER = "after"


class Mark(StrEnum):
    """How far a line may be relied upon."""

    VERIFIED = "V"
    SECONDARY = "S"
    NOT_FOUND = "N"
    OURS = "O"


class PaperKind(StrEnum):
    """The documents that a workspace writes."""

    REQUEST_LETTER = "request_letter"
    URGENCY_STUDY = "urgency_study"
    AGREEMENT = "agreement"
    DECREE_DRAFT = "decree_draft"
    PROGRAMME = "inauguration_programme"


OURS = "Saran praktis penyusun perangkat lunak ini"
COURSE = "Urutan tahap yang diceritakan pada dua kunjungan belajar tahun 2022"
OPEN_STEP = "open"


@dataclass(frozen=True)
class StepPlan:
    """A step of the template. days: as many as it usually takes; needs: keys of steps before."""

    key: str
    stage: Stage
    name: str
    why: str
    days: int
    who: str
    evidence: str
    needs: tuple[str, ...] = ()
    document: PaperKind | None = None
    source: str = OURS
    mark: Mark = Mark.OURS


@dataclass(frozen=True)
class LegalLine:
    """A line that is law where it is true: a setting until the founder confirms it."""

    key: str
    topic: str
    text: str
    source: str
    mark: Mark


@dataclass(frozen=True)
class RiskPlan:
    """A risk that others met."""

    kind: str
    title: str
    likelihood: int
    weight: int
    signs: str
    answer: str
    source: str


STEPS = (
    StepPlan(
        key="commit",
        stage=Stage.COMMITMENT,
        name="Kepala daerah menyatakan komitmen",
        why="Tanpa keputusan pimpinan, instansi lain menunggu dan anggaran tidak bergerak.",
        days=14,
        who="Kepala daerah",
        evidence="Surat pernyataan atau notulen rapat pimpinan",
        source=COURSE,
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="team",
        stage=Stage.COMMITMENT,
        name="Bentuk tim persiapan",
        why="Satu tim dengan satu penanggung jawab menjaga pekerjaan tetap berjalan.",
        days=14,
        who="Sekretaris daerah",
        evidence="Keputusan pembentukan tim",
        needs=("commit",),
        document=PaperKind.DECREE_DRAFT,
    ),
    StepPlan(
        key="model",
        stage=Stage.COMMITMENT,
        name="Belajar dari mal yang sudah berjalan",
        why="Cetak biru mal lain menghemat waktu dan menghindarkan kesalahan yang sama.",
        days=14,
        who="Tim persiapan",
        evidence="Laporan hasil kunjungan",
        needs=("commit",),
        source=COURSE,
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="workshop",
        stage=Stage.COMMITMENT,
        name="Lokakarya rencana aksi",
        why="Semua pihak menyusun langkah, penanggung jawab, dan tenggat bersama-sama.",
        days=7,
        who="Tim persiapan",
        evidence="Rencana aksi",
        needs=("team",),
        source="yas.or.id (Pangkep, Februari 2022)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="study",
        stage=Stage.COMMITMENT,
        name="Susun kajian urgensi",
        why="Kajian menjelaskan mengapa daerah ini memerlukan mal, dengan angka sendiri.",
        days=30,
        who="Tim persiapan",
        evidence="Kajian urgensi",
        needs=("workshop", "model"),
        document=PaperKind.URGENCY_STUDY,
        source="liputan6.com (4672939); nasional.kompas.com (2021/10/01)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="request",
        stage=Stage.COMMITMENT,
        name="Kirim surat permohonan kepada Menteri",
        why="Pengusulan dimulai dengan surat resmi yang dilampiri kajian urgensi.",
        days=7,
        who="Kepala daerah",
        evidence="Surat permohonan dan tanda terimanya",
        needs=("study",),
        document=PaperKind.REQUEST_LETTER,
        source="liputan6.com (4672939); nasional.kompas.com (2021/10/01)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="mou",
        stage=Stage.COMMITMENT,
        name="Tandatangani nota kesepahaman dengan kementerian",
        why="Sesudah nota kesepahaman, perjanjian dengan instansi dapat menyusul.",
        days=45,
        who="Kepala daerah",
        evidence="Nota kesepahaman yang ditandatangani",
        needs=("request",),
        source="pijarnews.com (18 instansi); lontar.id/?p=16023",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="joining",
        stage=Stage.AGENCIES,
        name="Daftar instansi dan layanan yang bergabung",
        why="Jenis layanan setiap instansi menentukan ruang, loket, dan petugas.",
        days=21,
        who="Dinas penyelenggara",
        evidence="Daftar jenis layanan per instansi",
        needs=("workshop",),
        source="Modul pelatihan kementerian (scribd 648879408)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="joint",
        stage=Stage.AGENCIES,
        name="Sepakati kesepakatan bersama",
        why="Kesepakatan bersama menjadi payung perjanjian dengan tiap instansi.",
        days=21,
        who="Kepala daerah dan pimpinan instansi",
        evidence="Naskah kesepakatan bersama",
        needs=("joining",),
        source="idxchannel.com (halaman 3)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="duty",
        stage=Stage.AGENCIES,
        name="Sepakati hari tugas, petugas, dan peralatan",
        why="Perjanjian yang tidak menyebut hari tugas dan penanggung peralatan sulit ditagih.",
        days=21,
        who="Dinas penyelenggara",
        evidence="Lampiran perjanjian per instansi",
        needs=("joining",),
        source="123dok (skripsi Bekasi): perjanjian terlalu lemah",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="budget",
        stage=Stage.AGENCIES,
        name="Selaraskan rencana dan anggaran",
        why="Penyelarasan perencanaan memastikan ruang dan petugas dibiayai.",
        days=30,
        who="Badan perencanaan daerah",
        evidence="Dokumen anggaran",
        needs=("joining",),
        source="idxchannel.com (halaman 3)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="sign",
        stage=Stage.AGENCIES,
        name="Tandatangani perjanjian kerja sama",
        why="Hanya perjanjian yang ditandatangani mengikat instansi.",
        days=45,
        who="Kepala dinas penyelenggara dan pimpinan instansi",
        evidence="Perjanjian kerja sama yang ditandatangani",
        needs=("joint", "duty", "mou"),
        document=PaperKind.AGREEMENT,
        source="pijarnews.com (18 instansi); lontar.id/?p=16023",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="standards",
        stage=Stage.MECHANISM,
        name="Kumpulkan standar setiap layanan",
        why="Warga harus tahu syarat, waktu, dan biaya sebelum datang.",
        days=30,
        who="Instansi yang bergabung",
        evidence="Standar pelayanan yang ditetapkan",
        needs=("joining",),
        source="Modul pelatihan kementerian (scribd 648879408)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="flow",
        stage=Stage.MECHANISM,
        name="Tetapkan alur layanan",
        why="Alur yang sama dari pintu masuk sampai selesai memudahkan warga dan petugas.",
        days=14,
        who="Dinas penyelenggara",
        evidence="Bagan alur",
        needs=("joining",),
        source="menpan.go.id (belajar dari Surakarta)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="house_rules",
        stage=Stage.MECHANISM,
        name="Susun tata tertib",
        why="Tata tertib mengatur jam, seragam, dan kewajiban semua instansi.",
        days=10,
        who="Dinas penyelenggara",
        evidence="Tata tertib",
        needs=("flow",),
        source="Modul pelatihan kementerian (scribd 648879408)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="complaints",
        stage=Stage.MECHANISM,
        name="Atur penanganan pengaduan",
        why="Pengaduan ditangani terpadu, bukan dilempar dari loket ke loket.",
        days=14,
        who="Dinas penyelenggara",
        evidence="Prosedur pengaduan",
        needs=("flow",),
        source="Modul pelatihan kementerian (scribd 648879408)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="decree",
        stage=Stage.MECHANISM,
        name="Siapkan rancangan keputusan",
        why="Penyelenggara, susunan, dan mekanisme perlu ditetapkan sebelum mal dibuka.",
        days=21,
        who="Bagian hukum",
        evidence="Rancangan keputusan kepala daerah",
        needs=("flow",),
        document=PaperKind.DECREE_DRAFT,
    ),
    StepPlan(
        key="building",
        stage=Stage.FACILITIES,
        name="Pilih gedung dan gambar denahnya",
        why="Letak dan luas gedung menentukan berapa loket yang muat.",
        days=21,
        who="Tim persiapan",
        evidence="Denah",
        needs=("commit",),
        source="Modul pelatihan kementerian (scribd 648879408)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="checklist",
        stage=Stage.FACILITIES,
        name="Isi daftar periksa fasilitas",
        why="Daftar periksa menunjukkan apa yang harus dibeli atau diperbaiki lebih dahulu.",
        days=7,
        who="Dinas penyelenggara",
        evidence="Daftar periksa yang terisi",
        needs=("building",),
    ),
    StepPlan(
        key="works",
        stage=Stage.FACILITIES,
        name="Siapkan ruang dan fasilitas",
        why="Ruang tunggu, toilet, ruang laktasi, dan jalan masuk kursi roda butuh waktu.",
        days=60,
        who="Dinas pekerjaan umum",
        evidence="Berita acara serah terima",
        needs=("checklist", "budget"),
    ),
    StepPlan(
        key="counters",
        stage=Stage.FACILITIES,
        name="Bagi loket kepada instansi",
        why="Instansi dengan sedikit pengunjung dapat berbagi loket menurut hari.",
        days=10,
        who="Dinas penyelenggara",
        evidence="Jadwal loket",
        needs=("duty", "building"),
    ),
    StepPlan(
        key="devices",
        stage=Stage.FACILITIES,
        name="Pasang kios, layar, dan jaringan",
        why="Perangkat perlu dicoba sebelum warga datang.",
        days=14,
        who="Dinas komunikasi dan informatika",
        evidence="Berita acara uji perangkat",
        needs=("works", "counters"),
    ),
    StepPlan(
        key="roles",
        stage=Stage.STAFF,
        name="Hitung kebutuhan petugas",
        why="Jumlah petugas mengikuti jumlah loket dan hari tugas.",
        days=10,
        who="Dinas penyelenggara",
        evidence="Daftar peran dan jumlahnya",
        needs=("duty",),
    ),
    StepPlan(
        key="appoint",
        stage=Stage.STAFF,
        name="Tunjuk petugas",
        why="Petugas yang ditunjuk dengan surat tugas hadir pada harinya.",
        days=21,
        who="Instansi yang bergabung",
        evidence="Surat tugas",
        needs=("roles", "sign"),
    ),
    StepPlan(
        key="training",
        stage=Stage.STAFF,
        name="Latih petugas",
        why="Warga menilai mal dari cara petugas menyapa dan menjelaskan.",
        days=10,
        who="Dinas penyelenggara",
        evidence="Daftar hadir pelatihan",
        needs=("appoint", "standards", "complaints"),
    ),
    StepPlan(
        key="limited",
        stage=Stage.TRIAL,
        name="Buka terbatas",
        why="Uji coba dengan warga sungguhan menunjukkan yang tidak terlihat di atas kertas.",
        days=15,
        who="Semua instansi",
        evidence="Catatan hari uji coba",
        needs=("training", "devices", "house_rules"),
        source="lontar.id/?p=16023 (pembukaan terbatas di Barru)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="review",
        stage=Stage.TRIAL,
        name="Perbaiki temuan uji coba",
        why="Temuan yang dibiarkan menjadi keluhan pada hari pertama.",
        days=7,
        who="Dinas penyelenggara",
        evidence="Daftar temuan dan perbaikannya",
        needs=("limited",),
    ),
    StepPlan(
        key="programme",
        stage=Stage.INAUGURATION,
        name="Tetapkan hari dan susunan acara",
        why="Undangan dan persiapan bergantung pada tanggal yang pasti.",
        days=10,
        who="Bagian protokol",
        evidence="Susunan acara peresmian",
        needs=("review", "decree"),
        document=PaperKind.PROGRAMME,
    ),
    StepPlan(
        key="announce",
        stage=Stage.INAUGURATION,
        name="Umumkan kepada warga",
        why="Warga perlu tahu alamat, jam, dan layanan sebelum datang.",
        days=7,
        who="Dinas komunikasi dan informatika",
        evidence="Pengumuman yang terbit",
        needs=("programme",),
    ),
    StepPlan(
        key=OPEN_STEP,
        stage=Stage.INAUGURATION,
        name="Resmikan dan buka mal",
        why="Sejak saat itu warga dapat mengambil nomor.",
        days=1,
        who="Kepala daerah",
        evidence="Foto dan berita peresmian",
        needs=("announce", "sign"),
        source=COURSE,
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="report",
        stage=Stage.AFTER,
        name="Laporkan pengunjung bulan pertama",
        why="Kementerian pernah meminta laporan berkala; angka awal juga berguna bagi pimpinan.",
        days=30,
        who="Dinas penyelenggara",
        evidence="Laporan bulan pertama",
        needs=(OPEN_STEP,),
        source="money.kompas.com (2023/09/26)",
        mark=Mark.SECONDARY,
    ),
    StepPlan(
        key="satisfaction",
        stage=Stage.AFTER,
        name="Ukur kepuasan warga",
        why="Angka kepuasan menunjukkan layanan mana yang perlu ditolong lebih dahulu.",
        days=30,
        who="Dinas penyelenggara",
        evidence="Hasil survei kepuasan",
        needs=(OPEN_STEP,),
    ),
    StepPlan(
        key="compare",
        stage=Stage.AFTER,
        name="Bandingkan dengan mal teladan",
        why="Jarak yang terukur memberi tahu langkah berikutnya.",
        days=30,
        who="Dinas penyelenggara",
        evidence="Perbandingan ukuran",
        needs=("satisfaction",),
    ),
    StepPlan(
        key="renew",
        stage=Stage.AFTER,
        name="Perpanjang perjanjian yang akan berakhir",
        why="Instansi yang tidak hadir menurunkan penilaian mal dan mengecewakan warga.",
        days=90,
        who="Dinas penyelenggara",
        evidence="Perjanjian yang diperpanjang",
        needs=(OPEN_STEP,),
        source="validasi.infopublik.id (898455)",
        mark=Mark.SECONDARY,
    ),
)

LEGAL_LINES = (
    LegalLine(
        key="basis",
        topic="Dasar penyelenggaraan mal",
        text="Dikenal sebagai Peraturan Presiden Nomor 89 Tahun 2021.",
        source="idxchannel.com (Perpres 89/2021)",
        mark=Mark.SECONDARY,
    ),
    LegalLine(
        key="guide",
        topic="Petunjuk teknis",
        text="Dikenal sebagai Peraturan Menteri PANRB Nomor 92 Tahun 2021.",
        source="harianhaluan (21092, halaman 2)",
        mark=Mark.SECONDARY,
    ),
    LegalLine(
        key="proposal",
        topic="Cara mengusulkan",
        text="Surat resmi dengan kajian urgensi.",
        source="liputan6.com (4672939); nasional.kompas.com (2021/10/01)",
        mark=Mark.SECONDARY,
    ),
    LegalLine(
        key="coordination",
        topic="Hasil koordinasi dengan instansi",
        text="Kesepakatan bersama, perjanjian kerja sama, dan penyelarasan perencanaan.",
        source="idxchannel.com (halaman 3)",
        mark=Mark.SECONDARY,
    ),
    LegalLine(
        key="operator",
        topic="Penyelenggara mal",
        text="Dinas penanaman modal dan pelayanan terpadu satu pintu karena jabatannya.",
        source="idxchannel.com (halaman 3)",
        mark=Mark.SECONDARY,
    ),
    LegalLine(
        key="duty",
        topic="Kewajiban instansi",
        text="Menempatkan layanannya di mal.",
        source="idxchannel.com (halaman 3)",
        mark=Mark.SECONDARY,
    ),
    LegalLine(key="funding", topic="Pendanaan", text="", source="", mark=Mark.NOT_FOUND),
    LegalLine(
        key="facilities", topic="Fasilitas yang diwajibkan", text="", source="", mark=Mark.NOT_FOUND
    ),
    LegalLine(
        key="signatory",
        topic="Pejabat yang menandatangani keputusan",
        text="",
        source="",
        mark=Mark.NOT_FOUND,
    ),
)

RISKS = (
    RiskPlan(
        kind="leader",
        title="Kepala daerah berganti sebelum mal dibuka",
        likelihood=3,
        weight=5,
        signs="Pemilihan atau mutasi jatuh sebelum hari peresmian.",
        answer="Tuangkan komitmen dalam dokumen perencanaan, bukan hanya pernyataan lisan.",
        source="sumbar.antaranews.com (459653)",
    ),
    RiskPlan(
        kind="agreement",
        title="Perjanjian terlalu lemah untuk mengikat instansi",
        likelihood=3,
        weight=4,
        signs="Perjanjian tidak menyebut hari tugas, jumlah petugas, atau akibat ketidakhadiran.",
        answer="Lengkapi lampiran tiap perjanjian sebelum ditandatangani.",
        source="123dok (skripsi Bekasi)",
    ),
    RiskPlan(
        kind="absence",
        title="Instansi bergabung tetapi jarang hadir",
        likelihood=3,
        weight=4,
        signs="Loket kosong pada hari tugas selama uji coba.",
        answer="Catat kehadiran sejak uji coba dan sampaikan kepada pimpinan instansinya.",
        source="validasi.infopublik.id (898455)",
    ),
    RiskPlan(
        kind="money",
        title="Anggaran ruang dan perangkat terlambat",
        likelihood=3,
        weight=3,
        signs="Belum masuk dokumen anggaran pada saat pembahasan.",
        answer="Dahulukan fasilitas yang wajib; buka terbatas dengan loket yang siap.",
        source=OURS,
    ),
)

# Name and how many: a beginning, not a norm.
STAFF_ROLES = (
    ("Koordinator harian", 1),
    ("Penyambut di pintu masuk", 2),
    ("Petugas informasi dan pengaduan", 1),
    ("Pengawas loket", 1),
    ("Admin sistem", 1),
    ("Petugas loket dari instansi", 4),
)


def steps_of(stage: Stage) -> tuple[StepPlan, ...]:
    """Return the steps of a stage in their order.

    >>> [step.key for step in steps_of(Stage.TRIAL)]
    ['limited', 'review']
    """
    return tuple(step for step in STEPS if step.stage == stage)
