"""Three short stories of the second sample mall, Soppeng. Invented throughout."""

from gerai.portals.sample.newsroom.parts import (
    DRAWER,
    SampleStory,
    facts,
    one_line,
    quote,
    service,
    text,
)

CREDIT = "Redaksi MPP Soppeng (contoh)"
AUTHORS = (("Redaksi contoh Soppeng", "penulis"), DRAWER)

FOUR_COUNTERS = SampleStory(
    slug="empat-loket-untuk-mulai",
    section="kegiatan",
    title="Empat loket cukup untuk memulai",
    summary=one_line(
        """Berita contoh: mal contoh Soppeng sengaja kecil. Satu ruang, empat loket, dan semua
        terlihat dari pintu."""
    ),
    days_ago=96,
    at=(9, 0),
    drawing="gedung.webp",
    caption="Gambar contoh sebuah mal, bukan gedung sungguhan di Soppeng.",
    tags="mal kecil, loket",
    place="Soppeng",
    authors=AUTHORS,
    credit=CREDIT,
    body=(
        text(
            """<p>Mal tidak harus besar untuk berguna. Mal contoh Soppeng hanya mempunyai satu
            ruang dengan empat loket: kependudukan, perizinan, kepolisian, dan informasi. Dari
            pintu, warga melihat semuanya sekaligus.</p>
            <h2>Tumbuh menurut kebutuhan</h2>
            <p>Loket kelima baru dipikirkan bila antrean salah satu layanan terbukti panjang
            beberapa pekan berturut-turut. Angkanya dibaca dari laporan harian, bukan dari
            perasaan. Bila suatu instansi hanya ramai dua hari sepekan, ia akan berbagi meja
            dengan yang lain.</p>"""
        ),
        quote(
            "Ruang kecil membuat kami cepat tahu siapa yang sudah lama menunggu.",
            "Pengawas ruang (tokoh contoh)",
        ),
        text(
            """<p>Lihat <a href="/instansi/">daftar instansi</a> sebelum berangkat; urusan yang
            belum ada di sini masih diselesaikan di kantor masing-masing.</p>"""
        ),
    ),
)

REPORTS = SampleStory(
    slug="surat-pengantar-sekali-jalan",
    section="layanan",
    title="Memperpanjang SKCK sambil mengurus KTP",
    summary=one_line(
        """Berita contoh: dua urusan, dua nomor, satu kali datang. Urutannya boleh diatur
        sendiri."""
    ),
    days_ago=33,
    at=(10, 30),
    drawing="ponsel.webp",
    caption="Dua nomor dapat diikuti dari satu ponsel.",
    tags="kepolisian, Dukcapil, ambil nomor",
    place="Soppeng",
    authors=AUTHORS,
    credit=CREDIT,
    body=(
        text(
            """<p>Banyak pelamar kerja memerlukan keterangan dari kepolisian sekaligus kartu yang
            masih baik. Di mal contoh Soppeng, kedua urusan itu berjarak empat langkah.</p>
            <ol><li>Ambil nomor untuk urusan yang lebih panjang antreannya.</li>
            <li>Ambil nomor kedua, lalu duduk.</li>
            <li>Bila keduanya dipanggil berdekatan, minta petugas menahan yang satu.</li></ol>"""
        ),
        service("POL-02"),
        service("DUK-01"),
        text(
            """<p>Syarat dan biaya pada kartu di atas berasal dari katalog contoh. Instansi yang
            berwenang harus mengesahkannya sebelum dipakai sungguhan.</p>"""
        ),
    ),
)

GREETER = SampleStory(
    slug="penyambut-berbahasa-bugis",
    section="pengumuman",
    title="Penyambut melayani dalam bahasa Bugis",
    summary=one_line(
        """Berita contoh: warga yang lebih nyaman berbahasa Bugis dapat langsung bercerita kepada
        penyambut di pintu."""
    ),
    days_ago=6,
    at=(8, 15),
    drawing="penyambut.webp",
    caption="Bertanya lebih dahulu, lalu mengantar.",
    tags="penyambut, bahasa Bugis, lansia",
    place="Soppeng",
    is_pinned=True,
    authors=AUTHORS,
    credit=CREDIT,
    body=(
        text(
            """<p>Tulisan di kios berbahasa Indonesia, tetapi percakapan di pintu boleh memakai
            bahasa Bugis. Penyambut mal contoh Soppeng mendengarkan, mencari layanan yang cocok,
            lalu membuatkan nomor.</p>
            <p>Kebiasaan ini bermula dari pengamatan sederhana: warga tua sering menyebut
            keperluannya dengan cerita, bukan dengan nama surat. Cerita itu lebih mudah
            disampaikan dalam bahasa rumah.</p>"""
        ),
        facts(
            "Perlu bantuan lain?",
            """<ul><li>Formulir dapat dibacakan.</li><li>Kursi dekat pintu disediakan untuk yang
            tidak kuat berdiri.</li><li>Keluarga boleh mendampingi sampai ke loket.</li></ul>""",
        ),
        service("MPP-01"),
    ),
)

SOPPENG_STORIES = (FOUR_COUNTERS, REPORTS, GREETER)
