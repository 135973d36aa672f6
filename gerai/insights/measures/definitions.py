"""Every measure: what it means, where it comes from, what is too little to tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


def _(text: str) -> str:
    """Mark a sentence for translation; whoever shows it translates."""
    return text


def pgettext(_context: str, text: str) -> str:
    """Mark a word for what is counted; whoever shows it translates."""
    return text


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class Method(StrEnum):
    """How the uncertainty of a value is worked out."""

    EXACT = "exact"
    WILSON = "wilson"
    ORDER = "order"
    MEAN = "mean"
    POISSON = "poisson"


@dataclass(frozen=True)
class Measure:
    """One measure: name, unit, meaning, source, method, and what is too little to tell.

    least: with fewer observations there is no value.
    margin: two values nearer than this are "the same"; margin_share: as a share of the larger.
    higher, lower: words for a value above or below another one.
    counted: what `n` counts.
    is_lever: the mall can change it by a decision of its own; others are what follows from it.
    """

    key: str
    version: int
    name: str
    short: str
    unit: str
    direction: Direction
    method: Method
    definition: str
    source: str
    counted: str
    higher: str
    lower: str
    decimals: int = 0
    least: int = 0
    margin: float = 0.0
    margin_share: float = 0.0
    is_window: bool = False
    is_lever: bool = True


MEASURES: tuple[Measure, ...] = (
    Measure(
        key="agencies",
        version=1,
        name=_("Jumlah instansi"),
        short=_("Jumlah instansi"),
        unit=pgettext("banyak", "instansi"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_(
            "Banyaknya instansi yang aktif di mal. Pada mal yang sedang didirikan: instansi yang"
            " direncanakan bergabung."
        ),
        source=_("Daftar instansi pada pengelolaan mal."),
        counted=pgettext("banyak", "instansi"),
        higher=_("lebih banyak"),
        lower=_("lebih sedikit"),
    ),
    Measure(
        key="services",
        version=1,
        name=_("Jumlah layanan"),
        short=_("Jumlah layanan"),
        unit=pgettext("banyak", "layanan"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_("Banyaknya layanan aktif dari instansi yang aktif."),
        source=_("Daftar layanan pada pengelolaan mal."),
        counted=pgettext("banyak", "layanan"),
        higher=_("lebih banyak"),
        lower=_("lebih sedikit"),
    ),
    Measure(
        key="standards_delivery",
        version=1,
        name=_("Standar dengan enam komponen penyampaian"),
        short=_("Enam komponen"),
        unit="%",
        direction=Direction.MORE,
        method=Method.WILSON,
        definition=_(
            "Porsi layanan aktif yang standar pelayanannya, versi terbaru yang sudah berlaku,"
            " menyebut keenam komponen penyampaian: persyaratan, prosedur, jangka waktu, biaya,"
            " produk, dan pengaduan. Layanan tanpa standar dihitung belum lengkap."
        ),
        source=_("Standar pelayanan yang dimuat mal (daftar komponen: UU 25/2009)."),
        counted=pgettext("banyak", "layanan"),
        higher=_("lebih lengkap"),
        lower=_("kurang lengkap"),
        least=5,
        margin=5.0,
    ),
    Measure(
        key="standards_full",
        version=1,
        name=_("Standar dengan keempat belas komponen"),
        short=_("14 komponen"),
        unit="%",
        direction=Direction.MORE,
        method=Method.WILSON,
        definition=_(
            "Porsi layanan aktif yang standar pelayanannya menyebut keenam komponen penyampaian"
            " dan kedelapan komponen pengelolaan: dasar hukum, sarana, kompetensi, pengawasan,"
            " jumlah pelaksana, jaminan pelayanan, jaminan keamanan, dan evaluasi."
        ),
        source=_("Standar pelayanan yang dimuat mal (daftar komponen: UU 25/2009)."),
        counted=pgettext("banyak", "layanan"),
        higher=_("lebih lengkap"),
        lower=_("kurang lengkap"),
        least=5,
        margin=5.0,
    ),
    Measure(
        key="hours",
        version=1,
        name=_("Jam buka seminggu"),
        short=_("Jam buka"),
        unit=pgettext("banyak", "jam"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_(
            "Jam buka mal dalam satu minggu biasa, dikurangi jam istirahat. Libur, hari khusus,"
            " dan jam tersendiri suatu instansi tidak dihitung."
        ),
        source=_("Jam layanan mal pada pengelolaan."),
        counted=pgettext("banyak", "hari"),
        higher=_("lebih panjang"),
        lower=_("lebih pendek"),
        decimals=1,
    ),
    Measure(
        key="facilities",
        version=1,
        name=_("Fasilitas tersedia"),
        short=_("Fasilitas"),
        unit=pgettext("banyak", "fasilitas"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_(
            "Banyaknya fasilitas yang tersedia menurut daftar periksa mal. Tidak ada daftar baku:"
            " tiap mal menyusun daftarnya sendiri, jadi bandingkan juga nama-namanya."
        ),
        source=_("Daftar fasilitas pada pengelolaan mal."),
        counted=pgettext("banyak", "baris daftar periksa"),
        higher=_("lebih banyak"),
        lower=_("lebih sedikit"),
    ),
    Measure(
        key="wait_median",
        version=1,
        name=_("Tunggu, median"),
        short=_("Tunggu median"),
        unit=pgettext("banyak", "menit"),
        direction=Direction.LESS,
        method=Method.ORDER,
        definition=_(
            "Setengah dari nomor yang selesai dilayani menunggu paling lama sekian, sejak diambil"
            " sampai panggilan pertama. Nomor yang diteruskan dari antrean lain tidak dihitung"
            " dua kali."
        ),
        source=_("Catatan langkah tiap nomor antrean."),
        counted=pgettext("banyak", "nomor"),
        higher=_("lebih lama"),
        lower=_("lebih cepat"),
        decimals=1,
        least=20,
        margin=2.0,
        is_window=True,
        is_lever=False,
    ),
    Measure(
        key="wait_p90",
        version=1,
        name=_("Tunggu, 90 persen"),
        short=_("Tunggu 90%"),
        unit=pgettext("banyak", "menit"),
        direction=Direction.LESS,
        method=Method.ORDER,
        definition=_(
            "Sembilan dari sepuluh nomor yang selesai dilayani menunggu paling lama sekian, sejak"
            " diambil sampai panggilan pertama."
        ),
        source=_("Catatan langkah tiap nomor antrean."),
        counted=pgettext("banyak", "nomor"),
        higher=_("lebih lama"),
        lower=_("lebih cepat"),
        decimals=1,
        least=40,
        margin=5.0,
        is_window=True,
        is_lever=False,
    ),
    Measure(
        key="satisfaction",
        version=1,
        name=_("Indeks kepuasan (SKM)"),
        short=_("Kepuasan"),
        unit=pgettext("banyak", "poin"),
        direction=Direction.MORE,
        method=Method.MEAN,
        definition=_(
            "Indeks kepuasan masyarakat dari penilaian yang menjawab kesembilan unsur, bobot 0,111"
            " tiap unsur."
        ),
        source=_("Survei kepuasan mal (rumus: PermenPANRB 14/2017)."),
        counted=pgettext("banyak", "penilaian"),
        higher=_("lebih tinggi"),
        lower=_("lebih rendah"),
        decimals=1,
        least=10,
        margin=2.0,
        is_window=True,
        is_lever=False,
    ),
    Measure(
        key="served_daily",
        version=1,
        name=_("Nomor selesai dilayani sehari"),
        short=_("Dilayani sehari"),
        unit=pgettext("banyak", "nomor"),
        direction=Direction.NEITHER,
        method=Method.POISSON,
        definition=_(
            "Rata-rata nomor yang selesai dilayani pada hari yang ada antreannya. Ramai atau"
            " lengang bergantung pada banyaknya penduduk, jadi bukan tanda baik atau buruk."
        ),
        source=_("Nomor antrean."),
        counted=pgettext("banyak", "hari"),
        higher=_("lebih ramai"),
        lower=_("lebih lengang"),
        decimals=1,
        least=5,
        margin_share=0.1,
        is_window=True,
        is_lever=False,
    ),
)

UNCERTAINTY: Mapping[Method, str] = {
    Method.EXACT: _("Dihitung satu per satu, jadi pasti."),
    Method.WILSON: _(
        "Selang Wilson 95 persen: layanan yang ada dipandang sebagai contoh dari layanan yang dapat"
        " ditambahkan mal ini. Makin sedikit layanan, makin lebar selangnya."
    ),
    Method.ORDER: _(
        "Selang 95 persen dari urutan tunggu yang tercatat, tanpa anggapan tentang bentuk"
        " sebarannya. Ketelitian sepersepuluh menit."
    ),
    Method.MEAN: _(
        "Selang 95 persen dari keragaman jawaban (sebaran t). Keragamannya dianggap"
        " sekurang-kurangnya satu angka pada satu unsur, supaya beberapa jawaban yang kebetulan"
        " sama tidak tampak pasti."
    ),
    Method.POISSON: _(
        "Selang Poisson 95 persen untuk jumlahnya; dilebarkan bila hari-harinya lebih beragam"
        " daripada menurut Poisson."
    ),
}

_BY_KEY = {measure.key: measure for measure in MEASURES}


def measure_of(key: str) -> Measure | None:
    """Return the measure with a key, None where this release knows none."""
    return _BY_KEY.get(key)
