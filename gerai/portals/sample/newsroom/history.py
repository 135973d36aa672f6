"""The history page of the sample Barru: facts of the real mall, as the press told them."""

from datetime import date
from typing import Any

PIJAR = "pijarnews.com/wujudkan-mpp-bupati-barru-teken-kerja-sama-18-instansi"
LONTAR = "lontar.id/?p=16023"
BISNIS = "sulawesi.bisnis.com (read/20200221/539/1204310)"
RAKYATKU = "rakyatku.com/read/201597; rakyatku.com/read/192996"

NOTE = (
    "<p>Mal yang Anda lihat di sini contoh. Linimasa di bawah ini mengenai MPP Barru yang "
    "sesungguhnya. Isinya dikumpulkan dari berita dan <b>belum dicocokkan dengan dokumen "
    "resminya</b>; sumber setiap keterangan disebut. Jangan dipakai sebagai pegangan hukum.</p>"
)

AFTERWARDS = (
    "<p>Berita berbeda tentang jumlahnya: satu menyebut 22 instansi dengan 114 layanan pada saat "
    "peresmian, yang lain menyebut 21 layanan. Cara menghitung layanan tidak sama di setiap "
    "tempat, jadi angka ini sebaiknya tidak dibandingkan dengan mal lain. Dari nota kesepahaman "
    "sampai peresmian berlalu hampir sebelas bulan.</p>"
)

STEPS: tuple[tuple[date, str, str, str], ...] = (
    (
        date(2019, 3, 27),
        "Nota kesepahaman",
        "Nota kesepahaman dengan Kementerian PANRB menjadi langkah pertama yang diberitakan.",
        f"{PIJAR}; {LONTAR}",
    ),
    (
        date(2019, 10, 28),
        "Kerja sama dengan 18 instansi",
        (
            "Perjanjian kerja sama ditandatangani dengan 18 instansi: tujuh instansi vertikal, "
            "satu dari provinsi, dua BUMD, dua BUMN, dan enam perangkat daerah."
        ),
        f"{PIJAR}; {LONTAR}",
    ),
    (
        date(2020, 1, 29),
        "Dibuka sebagian",
        "Sebagian layanan mulai berjalan sebelum peresmian.",
        f"{PIJAR}; {LONTAR}",
    ),
    (
        date(2020, 2, 20),
        "Diresmikan",
        (
            "Mal yang juga disebut Masiga ini diresmikan bertepatan dengan hari jadi ke-60 "
            "Kabupaten Barru: yang kedua di Sulawesi Selatan dan yang ke-24 di Indonesia, di "
            "sebuah menara delapan lantai."
        ),
        f"{BISNIS}; {LONTAR}; hari jadi: barru.goblog.co.id",
    ),
    (
        date(2020, 12, 3),
        "Kunjungan dari Kendari",
        (
            "Rombongan dari Kendari, yang dikirim Kementerian PANRB, datang belajar. Tamu lain "
            "yang diberitakan: DPRD Mimika dan Banggai Kepulauan."
        ),
        RAKYATKU,
    ),
)


def history_body() -> list[dict[str, Any]]:
    """Return the body of the history page: a warning, the timeline, what the press disagrees on."""
    steps = [
        {"on": on.isoformat(), "title": title, "text": told, "source": source}
        for on, title, told, source in STEPS
    ]
    return [
        {"type": "text", "value": NOTE},
        {"type": "timeline", "value": {"steps": steps}},
        {"type": "text", "value": AFTERWARDS},
    ]
