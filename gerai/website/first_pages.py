"""The words of the pages that every mall's website begins with."""

from dataclasses import dataclass
from html import escape
from typing import Any

from gerai.malls.models import Mall

CHECK = "Periksa dan lengkapi halaman ini sebelum dipakai sebagai pegangan."


@dataclass(frozen=True)
class FirstPage:
    """A page before anybody has edited it."""

    title: str
    slug: str
    summary: str
    body: list[dict[str, Any]]


def first_pages(mall: Mall) -> list[FirstPage]:
    """Return the pages in the order of the menu."""
    return [_about(mall), _history(), _legal_basis(), _pledge(mall), _contact(mall), _access(mall)]


def _text(html: str) -> dict[str, Any]:
    return {"type": "text", "value": html}


def _about(mall: Mall) -> FirstPage:
    name = escape(mall.name)
    return FirstPage(
        "Tentang mal ini",
        "tentang",
        "Satu gedung untuk banyak urusan.",
        [
            _text(
                f"<p>{name} adalah Mal Pelayanan Publik: satu gedung tempat banyak instansi "
                "melayani warga di loket masing-masing. Anda datang sekali, mengambil nomor, dan "
                "dapat menyelesaikan beberapa urusan pada hari yang sama.</p>"
                "<p>Mal dijalankan oleh dinas penanaman modal dan pelayanan terpadu satu pintu "
                "(DPMPTSP) bersama instansi yang membuka gerai di dalamnya. Setiap instansi tetap "
                "bertanggung jawab atas layanannya sendiri.</p>"
                "<h2>Yang kami jaga</h2>"
                "<ul><li>Syarat, waktu, dan biaya tertulis sebelum Anda mengambil nomor.</li>"
                "<li>Nomor dapat diambil dari ponsel, di kios, atau lewat penyambut.</li>"
                "<li>Loket yang kosong terlihat, juga oleh pengawas.</li></ul>"
            )
        ],
    )


def _history() -> FirstPage:
    return FirstPage(
        "Sejarah",
        "sejarah",
        "Dari komitmen sampai peresmian.",
        [
            _text(
                "<p>Sebuah mal pelayanan publik tumbuh lewat beberapa langkah: komitmen kepala "
                "daerah, kesepakatan dengan instansi, cara kerja bersama, sarana, lalu petugas. "
                f"Tonggak sejarah mal ini dapat ditambahkan di sini. {CHECK}</p>"
            )
        ],
    )


def _legal_basis() -> FirstPage:
    return FirstPage(
        "Dasar hukum",
        "dasar-hukum",
        "Peraturan yang menjadi pegangan. Cocokkan dengan naskah resminya.",
        [
            _text(
                "<p>Daftar ini disusun dari sumber sekunder. Yang belum dicocokkan dengan naskah "
                "resminya ditandai.</p>"
            ),
            _regulation(
                "Peraturan Presiden Nomor 89 Tahun 2021",
                "Penyelenggaraan mal pelayanan publik, berlaku sejak 15 September 2021.",
                "idxchannel.com (berita tentang Perpres 89/2021)",
            ),
            _regulation(
                "Peraturan Menteri PANRB Nomor 92 Tahun 2021",
                "Petunjuk teknis mal pelayanan publik.",
                "harianhaluan.com (21092, halaman 2)",
            ),
            _regulation(
                "Undang-Undang Nomor 25 Tahun 2009",
                "Pelayanan publik, termasuk standar pelayanan.",
                "pasal.id (Permenkeu 46/PMK.01/2021 yang mengulang komponennya)",
            ),
        ],
    )


def _regulation(name: str, about: str, source: str) -> dict[str, Any]:
    value = {"name": name, "about": about, "source": source, "is_checked": False}
    return {"type": "regulation", "value": value}


def _pledge(mall: Mall) -> FirstPage:
    name = escape(mall.name)
    return FirstPage(
        "Maklumat pelayanan",
        "maklumat",
        "Janji kami kepada warga.",
        [
            _text(
                f"<p>Kami, penyelenggara dan seluruh petugas {name}, berjanji melayani "
                "menurut standar pelayanan yang kami umumkan. Bila kami tidak menepatinya, kami "
                f"siap ditegur dan memperbaikinya.</p><p>{CHECK} Maklumat ditandatangani pimpinan "
                "penyelenggara.</p>"
            )
        ],
    )


def _contact(mall: Mall) -> FirstPage:
    where = escape(mall.address) or "Alamat belum diisi."
    return FirstPage(
        "Kontak",
        "kontak",
        "Datang, bertanya, atau menyampaikan keluhan.",
        [
            _text(
                f"<h2>Alamat</h2><p>{where}</p><h2>Bertanya dan mengadu</h2>"
                "<p>Di gedung: temui penyambut di pintu masuk. Keluhan tentang layanan publik juga "
                "dapat disampaikan lewat SP4N-LAPOR!</p>"
                f"<p>{CHECK} Tambahkan telepon, surel, dan peta.</p>"
            )
        ],
    )


def _access(mall: Mall) -> FirstPage:
    name = escape(mall.name)
    return FirstPage(
        "Pernyataan aksesibilitas",
        "aksesibilitas",
        "Situs ini untuk semua orang.",
        [
            _text(
                f"<p>Situs {name} dibuat mengikuti WCAG 2.2 tingkat AA: dapat dipakai dengan "
                "papan ketik, pembaca layar, huruf besar sampai 200 %, tanpa JavaScript, dan pada "
                "ponsel lama. Tampilan terang, gelap, dan huruf besar dipilih lewat tombol "
                "Tampilan.</p>"
                "<p>Pengujiannya otomatis; penilaian oleh lembaga lain belum ada. Bila Anda "
                "menemui hambatan, beri tahu kami lewat halaman Kontak: sebutkan halaman dan "
                "alat yang Anda pakai.</p>"
            )
        ],
    )
