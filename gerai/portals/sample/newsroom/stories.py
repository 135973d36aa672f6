"""Stories of the sample mall Barru. Invented throughout; the people in them are roles."""

from gerai.portals.sample.newsroom.parts import (
    SampleStory,
    Table,
    event,
    facts,
    gallery,
    one_line,
    paper,
    picture,
    quote,
    service,
    text,
)

SURVEY = Table(
    "hasil-survei-contoh.csv",
    "Hasil survei contoh, sembilan unsur",
    (
        ("unsur", "nilai_rata_rata_1_sampai_4", "catatan"),
        ("Persyaratan", "3.36", "angka rekaan"),
        ("Sistem, mekanisme, dan prosedur", "3.28", "angka rekaan"),
        ("Waktu penyelesaian", "2.48", "angka rekaan"),
        ("Biaya atau tarif", "3.72", "angka rekaan"),
        ("Produk layanan", "3.52", "angka rekaan"),
        ("Kompetensi pelaksana", "3.44", "angka rekaan"),
        ("Perilaku pelaksana", "3.68", "angka rekaan"),
        ("Sarana dan prasarana", "2.96", "angka rekaan"),
        ("Penanganan pengaduan", "2.72", "angka rekaan"),
    ),
)

PRIORITY = SampleStory(
    slug="kursi-dan-nomor-prioritas",
    section="layanan",
    title="Lansia dan penyandang disabilitas tidak perlu berdiri menunggu",
    summary=one_line(
        """Berita contoh: kursi prioritas ditambah di dekat pintu, dan siapa pun yang
        membutuhkan dapat meminta nomor prioritas kepada penyambut."""
    ),
    days_ago=417,
    at=(9, 15),
    drawing="penyambut.webp",
    caption="Penyambut mengantar tamu ke kursi prioritas.",
    tags="prioritas, lansia, aksesibilitas, penyambut",
    body=(
        text(
            """<p>Seorang kakek masuk sambil menimbang-nimbang: lurus ke loket, atau duduk dahulu?
            Sebelum ia bertanya, penyambut sudah berdiri di sampingnya. Nomornya dibuatkan,
            kursinya ditunjukkan, dan ia tinggal mendengarkan panggilan.</p>
            <p>Begitulah mal contoh ini ingin menerima warga yang tubuhnya tidak sanggup
            menunggu lama. Enam kursi dengan sandaran tangan kini berjajar di dekat pintu, di
            tempat layar mudah dibaca dan suara panggilan jelas terdengar.</p>
            <h2>Siapa yang boleh meminta</h2>
            <ul><li>warga lanjut usia;</li><li>penyandang disabilitas, termasuk yang tidak
            tampak dari luar;</li><li>ibu hamil;</li><li>orang tua yang membawa anak
            kecil.</li></ul>
            <p>Tidak ada surat yang harus ditunjukkan. Cukup katakan kepada penyambut, atau
            pilih kelompoknya pada layar kios. Nomor prioritas dipanggil lebih dahulu menurut
            aturan yang tertulis, tetapi antrean umum tetap berjalan: setelah beberapa nomor
            prioritas, giliran berikutnya kembali kepada warga lain.</p>"""
        ),
        quote(
            """Kami tidak menilai siapa yang tampak lemah. Kami bertanya, lalu percaya pada
            jawabannya.""",
            "Koordinator penyambut (tokoh contoh)",
        ),
        picture(
            "kios.webp",
            "Ubin pemandu membawa warga bertongkat putih dari pintu sampai ke kios.",
        ),
        text(
            """<h2>Yang masih kurang</h2>
            <p>Pintu kamar kecil di lantai 2 masih berat dibuka dari kursi roda. Sampai diganti,
            petugas di lantai itu diminta membantu. Bila Anda menemui hambatan lain, sampaikan
            kepada penyambut atau tulis lewat halaman
            <a href="/aksesibilitas/">pernyataan aksesibilitas</a>.</p>"""
        ),
        service("MPP-01"),
    ),
)

SHARED_COUNTER = SampleStory(
    slug="satu-loket-bergantian",
    section="layanan",
    title="Satu loket, beberapa instansi: lihat dulu harinya",
    summary=one_line(
        """Berita contoh: enam loket dipakai bergantian menurut hari. Denah hidup selalu
        menunjukkan instansi yang duduk hari ini."""
    ),
    days_ago=291,
    at=(8, 5),
    drawing="denah.webp",
    caption="Loket yang dipakai bergantian ada di kedua lantai.",
    tags="loket bersama, loket, denah, jam layanan",
    corrections=(
        (
            2,
            one_line(
                """Semula tertulis bahwa kantor pajak memakai loket 7 pada Selasa dan Kamis. Yang
                benar: Rabu, Jumat, dan Minggu. Daftar di bawah sudah diperbaiki. Ralat ini juga
                contoh."""
            ),
        ),
    ),
    body=(
        text(
            """<p>Tidak setiap instansi ramai setiap hari. Daripada meja kosong menunggu,
            enam loket di mal contoh ini dipakai bergantian. Papan namanya berupa layar kecil,
            jadi yang tertulis di atas meja selalu instansi yang benar-benar duduk di situ.</p>
            <p>Bagi warga, kuncinya sederhana: lihat dulu harinya. Halaman setiap layanan
            menyebut hari dan loketnya, dan <a href="/lantai/">denah hidup</a> menunjukkan
            keadaan pada saat dibuka.</p>"""
        ),
        facts(
            "Siapa duduk kapan",
            """<ul><li><b>Loket 7</b>: Bapenda pada Senin, Selasa, Kamis, Sabtu; kantor pajak
            pada Rabu, Jumat, Minggu.</li>
            <li><b>Loket 12</b>: Pengadilan Agama pada Senin, Rabu, Jumat, Minggu; Pengadilan
            Negeri pada Selasa, Kamis, Sabtu.</li>
            <li><b>Loket 13</b>: Kejaksaan pada Senin, Kamis, Minggu; Kementerian Hukum pada
            Selasa dan Jumat; BNN pada Rabu dan Sabtu.</li>
            <li><b>Loket 16</b>: Taspen pada Kamis dan Minggu, selebihnya BPJS
            Ketenagakerjaan.</li>
            <li><b>Loket 18</b>: Dinas Kesehatan pada Selasa, Kamis, Minggu, selebihnya Dinas
            Sosial.</li>
            <li><b>Loket 19</b>: PDAM pada Selasa, Kamis, Sabtu, selebihnya PLN.</li></ul>""",
        ),
        text(
            """<h2>Bila datang pada hari yang keliru</h2>
            <p>Kios tidak akan memberi nomor untuk instansi yang hari itu tidak duduk. Layarnya
            menyebut hari berikutnya, sehingga Anda tidak menunggu sia-sia. Penyambut juga dapat
            memeriksa apakah urusan Anda sebenarnya bisa diselesaikan di loket lain.</p>"""
        ),
        quote(
            """Lebih baik satu meja yang terisi setiap hari daripada tiga meja yang isinya papan
            nama.""",
            "Kepala bidang pelayanan (tokoh contoh)",
        ),
        service("KPP-01"),
        service("PAM-01"),
    ),
)

VISIT_PINRANG = SampleStory(
    slug="tamu-pinrang-menghitung-langkah",
    section="kunjungan",
    title="Tamu dari Pinrang menghitung langkah dari pintu ke loket",
    summary=one_line(
        """Berita contoh: rombongan contoh dari Kabupaten Pinrang berkeliling dengan pita ukur
        dan pulang membawa satu pertanyaan: berapa jauh warga harus berjalan?"""
    ),
    days_ago=214,
    at=(16, 40),
    happened=1,
    drawing="gedung.webp",
    caption="Dari jalur landai sampai pintu, tidak ada anak tangga yang harus dilewati.",
    tags="studi tiru, Pinrang, denah, aksesibilitas",
    body=(
        text(
            """<p>Biasanya tamu membawa buku catatan. Rombongan contoh dari Kabupaten Pinrang
            membawa pita ukur. Delapan orang itu berjalan dari gerbang ke pintu, dari pintu ke
            kios, dari kios ke setiap loket, dan menuliskan setiap jarak pada denah cetak.</p>
            <p>Alasannya jelas. Gedung yang disiapkan di tempat mereka (dalam cerita contoh ini)
            panjang dan bertingkat. Sebelum menaruh meja, mereka ingin tahu berapa langkah yang
            masih wajar bagi orang yang datang dengan tongkat.</p>
            <h2>Cara mereka mengukur</h2>
            <ol><li>Satu orang berperan sebagai warga yang baru pertama kali datang.</li>
            <li>Seorang lagi hanya boleh mengikuti tanda, tanpa bertanya.</li>
            <li>Yang lain mencatat di mana keduanya berhenti atau ragu.</li></ol>
            <p>Hasilnya membuat tuan rumah ikut menulis. Pada tikungan menuju tangga, keduanya
            berhenti: tanda arah ke lantai 2 tertutup daun tanaman. Sore itu juga potnya
            dipindahkan.</p>"""
        ),
        quote(
            """Tamu yang baik menunjukkan apa yang tidak lagi kita lihat, karena kita melewatinya
            setiap hari.""",
            "Pengelola gedung (tokoh contoh)",
        ),
        picture("denah.webp", "Denah contoh yang dipakai rombongan untuk mencatat jarak."),
        text(
            """<p>Kunjungan ditutup dengan janji bertukar kabar. Tuan rumah mengirim denah kosong
            dan daftar periksa; tamu akan mengirim hasil hitungan mereka. Daerah lain yang ingin
            datang dapat memilih hari lewat layanan di bawah ini.</p>"""
        ),
        service("MPP-02"),
    ),
)

WITHOUT_A_PHONE = SampleStory(
    slug="mengambil-nomor-tanpa-ponsel",
    section="pengumuman",
    title="Tidak punya ponsel? Nomor tetap dapat diambil",
    summary=one_line(
        """Berita contoh: ada tiga jalan untuk mendapat nomor, dan dua di antaranya tidak
        memerlukan ponsel sama sekali."""
    ),
    days_ago=160,
    at=(7, 50),
    drawing="kios.webp",
    caption="Kios berdiri di ujung ubin pemandu, dan penyambut selalu di dekatnya.",
    tags="ambil nomor, kios, ponsel, penyambut, antrean",
    is_pinned=True,
    body=(
        text(
            """<p>Pertanyaan ini paling sering sampai di meja informasi mal contoh: apakah orang
            tanpa ponsel masih dilayani? Jawabannya ya, dengan nomor yang sama, di antrean yang
            sama, dan tanpa dipanggil lebih lambat.</p>
            <h2>Jalan pertama: kios</h2>
            <ol><li>Sentuh nama instansi, lalu layanannya.</li>
            <li>Baca syaratnya. Bila ada yang kurang, Anda tahu sebelum menunggu.</li>
            <li>Sentuh tombol ambil nomor. Struk keluar di bawah layar.</li></ol>
            <p>Huruf di layar dapat dibesarkan, dan bahasanya dapat diganti. Kios tidak meminta
            nomor induk kependudukan.</p>
            <h2>Jalan kedua: penyambut</h2>
            <p>Penyambut di pintu masuk membuatkan nomor bagi siapa pun. Ceritakan saja
            keperluannya dengan bahasa sehari-hari; mencari nama layanan yang tepat adalah
            pekerjaan kami, bukan pekerjaan Anda.</p>"""
        ),
        facts(
            "Setelah nomor di tangan",
            """<ul><li>Nomor dipanggil dengan suara dan tampil di layar.</li>
            <li>Kode kotak pada struk boleh dibuka keluarga dari ponsel mereka.</li>
            <li>Terlewat? Temui penyambut. Nomor dapat dipanggil kembali.</li></ul>""",
        ),
        text(
            """<h2>Jalan ketiga: ponsel</h2>
            <p>Bagi yang memilikinya, nomor dapat diambil dari rumah lewat halaman
            <a href="/antre/">ambil nomor</a>, tanpa memasang aplikasi dan tanpa membuat akun.
            Ketiga jalan bermuara di antrean yang satu.</p>"""
        ),
        service("DUK-01"),
    ),
)

HOLIDAYS = SampleStory(
    slug="jam-layanan-pada-hari-libur",
    section="pengumuman",
    title="Jam layanan menjelang dan sesudah hari libur",
    summary=one_line(
        """Berita contoh: dua hari tutup, dua hari setengah buka. Petugas jaga tetap menerima
        pengaduan dan urusan akta kematian."""
    ),
    days_ago=118,
    at=(10, 0),
    drawing="kalender.webp",
    caption="Merah berarti tutup, kuning berarti buka sampai pukul 11.30.",
    tags="jam layanan, hari libur, antrean",
    body=(
        text(
            """<p>Pengumuman contoh ini menunjukkan bagaimana mal memberi tahu warga tentang hari
            libur, jauh sebelum mereka telanjur datang. Tanggalnya sengaja tidak disebut: yang
            berlaku selalu yang tampil di <a href="/">beranda</a> dan di layar kios.</p>
            <h2>Yang berubah</h2>
            <ul><li>Dua hari libur: semua loket tutup.</li>
            <li>Sehari sebelum dan sehari sesudahnya: buka sampai pukul 11.30, nomor terakhir
            diambil pukul 11.00.</li>
            <li>Hari berikutnya: kembali seperti biasa.</li></ul>
            <p>Berkas yang sudah masuk tetap dikerjakan. Janji waktu dihitung dengan hari kerja,
            jadi hari libur tidak ikut dihitung. Pada hari tutup, ponsel dan kios tidak membuat
            nomor; halamannya menyebut kapan mal buka lagi.</p>
            <h2>Bila sudah telanjur di jalan</h2>
            <p>Petugas keamanan memegang salinan pengumuman ini dan dapat menunjukkan urusan mana
            yang bisa dimulai dari rumah.</p>"""
        ),
        facts(
            "Yang tidak libur",
            """<ul><li>Pengaduan lewat halaman ini.</li>
            <li>Petugas jaga untuk akta kematian, lewat meja keamanan gedung.</li></ul>""",
        ),
        quote(
            """Pengumuman libur yang baik dibaca sebelum orang naik kendaraan, bukan sesudah ia
            berdiri di depan pintu.""",
            "Petugas informasi (tokoh contoh)",
        ),
        event(
            title="Hari pertama buka kembali (contoh)",
            days_after=8,
            begins=(8, 0),
            ends=(15, 0),
            place="Semua loket, lantai 1 dan 2",
            note="Datang agak siang bila dapat: pagi pertama sesudah libur biasanya ramai.",
        ),
        service("DUK-09"),
    ),
)

SURVEY_TOLD = SampleStory(
    slug="hasil-survei-apa-adanya",
    section="kegiatan",
    title="Hasil survei kami: ramah, tetapi masih terlalu lama",
    summary=one_line(
        """Berita contoh dengan angka rekaan: warga memuji biaya dan sikap petugas, tetapi memberi
        nilai rendah untuk waktu dan penanganan pengaduan."""
    ),
    days_ago=73,
    at=(13, 20),
    drawing="survei.webp",
    caption="Sembilan unsur yang dinilai. Panjang batangnya rekaan.",
    tags="survei kepuasan, keterbukaan, pengaduan, saran",
    body=(
        text(
            """<p>Mal contoh ini mengumumkan hasil survei kepuasan tiga bulan terakhir, lengkap
            dengan nilai yang tidak enak dibaca. Sekali lagi: semua angka di halaman ini rekaan,
            dibuat untuk menunjukkan cara menyampaikannya.</p>
            <p>Dari 412 jawaban, indeks kepuasan jatuh pada 80,92. Menurut pembagian mutu yang
            dipakai, angka itu berarti B atau baik. Namun nilai gabungan menyembunyikan
            cerita.</p>
            <h2>Yang dipuji</h2>
            <p>Biaya mendapat rata-rata 3,72 dari 4, disusul perilaku petugas dengan 3,68. Banyak
            warga menulis bahwa tarif yang tertera sama dengan yang dibayar.</p>
            <h2>Yang belum baik</h2>
            <p>Waktu penyelesaian hanya 2,48. Keluhannya seragam: nomor cepat dipanggil, tetapi
            hasilnya lama selesai. Penanganan pengaduan 2,72, sebab jawaban sering datang
            lewat seminggu.</p>"""
        ),
        facts(
            "Tiga perbaikan yang dijanjikan",
            """<ol><li>Setiap pengaduan dijawab dalam lima hari kerja.</li>
            <li>Layanan yang melewati janji waktunya ditandai di layar pengawas.</li>
            <li>Hasil survei berikutnya diumumkan dengan cara yang sama.</li></ol>""",
        ),
        quote(
            "Nilai 2,48 itu bukan aib. Menyembunyikannya, itu baru aib.",
            "Kepala bidang pelayanan (tokoh contoh)",
        ),
        text(
            """<p>Penilaian diberikan tanpa nama. Tidak ada jalan dari jawaban kembali kepada
            orangnya, juga tidak bagi pengelola. Tabel lengkapnya dapat diunduh dan dihitung
            ulang oleh siapa saja.</p>"""
        ),
        paper(SURVEY),
    ),
)

EMPTY_COUNTERS = SampleStory(
    slug="loket-kosong-langsung-terlihat",
    section="kegiatan",
    title="Loket kosong kini langsung terlihat",
    summary=one_line(
        """Berita contoh: bila sebuah loket belum dibuka padahal ada yang menunggu, pengawas dan
        warga melihatnya pada saat yang sama."""
    ),
    days_ago=41,
    at=(11, 10),
    drawing="ruang.webp",
    caption="Layar panggilan dan papan nama loket memakai keterangan yang sama.",
    tags="loket, keterbukaan, pengawas, antrean",
    body=(
        text(
            """<p>Pukul sembilan pagi, tujuh orang menunggu di depan loket yang papan namanya
            menyala tetapi kursinya kosong. Dulu, seseorang harus berjalan mencari pengawas. Di
            mal contoh ini, pengawas sudah tahu sebelum ada yang berdiri.</p>
            <p>Denah di layar pengawas memberi tanda pada loket yang seharusnya buka, belum
            dibuka, dan ada antreannya. Tanda itu memuat ikon dan kata, bukan warna saja, dan di
            sampingnya tertulis berapa orang menunggu. Satu sentuhan membuka daftar petugas yang
            dapat menggantikan.</p>
            <h2>Warga melihat yang sama</h2>
            <p>Keadaan itu tidak disimpan untuk orang dalam. Beranda mal menulis berapa loket
            yang buka dari yang dijadwalkan, dan halaman antrean berkata terus terang bila belum
            ada loket yang melayani. Perkiraan waktu tunggu pun tidak dibuat lebih manis.</p>"""
        ),
        quote(
            """Petugas boleh istirahat dan boleh sakit. Yang tidak boleh: orang menunggu tanpa
            tahu bahwa tidak ada siapa-siapa di sana.""",
            "Pengawas ruang layanan (tokoh contoh)",
        ),
        gallery(
            ("ruang.webp", "Empat loket yang buka."),
            ("denah.webp", "Denah yang dibaca pengawas."),
            ("ponsel.webp", "Yang dilihat warga di ponsel."),
        ),
        text(
            """<h2>Bukan untuk menghukum</h2>
            <p>Catatan loket kosong dipakai untuk menyusun jadwal. Dalam dua pekan pertama (angka
            rekaan), sebagian besar terjadi pada pergantian jam makan. Sejak itu dua petugas
            bergantian lebih awal, dan tanda kosong berkurang separuh.</p>"""
        ),
    ),
)

VISIT_SOPPENG = SampleStory(
    slug="rombongan-contoh-soppeng-mengantre",
    section="kunjungan",
    title="Rombongan contoh dari Soppeng memilih ikut mengantre",
    summary=one_line(
        """Berita contoh: sebelum berdiskusi, rombongan contoh dari Kabupaten Soppeng mengambil
        nomor sendiri dan duduk di antara warga."""
    ),
    days_ago=20,
    at=(15, 30),
    happened=1,
    drawing="delegasi.webp",
    caption="Foto bersama di akhir kunjungan. Semua orang di gambar ini rekaan.",
    tags="studi tiru, Soppeng, antrean, penyambut",
    body=(
        text(
            """<p>Tujuh belas tamu turun dari dua mobil sebelum pintu dibuka. Mereka tidak meminta
            ruang rapat. Rombongan contoh dari Kabupaten Soppeng itu ingin melihat mal sejak
            kursinya masih kosong, lalu merasakan sendiri bagaimana menjadi warga.</p>
            <p>Maka setiap tamu mendapat peran: mengurus kartu keluarga, mengganti kartu yang
            patah, menanyakan izin usaha. Ada yang mengambil nomor di kios, ada yang lewat
            ponsel, ada yang berpura-pura tidak dapat membaca dan mendatangi penyambut. Nomor
            latihan itu dibatalkan sesudahnya, supaya tidak ada warga yang tertunda.</p>
            <h2>Tiga catatan dari kursi tunggu</h2>
            <ol><li>Suara panggilan jelas di tengah ruangan, tetapi kurang terdengar di dekat
            tangga.</li>
            <li>Kalimat syarat di kios enak dibaca; dua istilah masih terasa asing.</li>
            <li>Orang lebih tenang bila tahu berapa yang di depan, walaupun lama.</li></ol>"""
        ),
        quote(
            """Kami datang untuk meniru yang baik. Ternyata yang paling berguna justru mengalami
            bagian yang belum sempurna.""",
            "Ketua rombongan contoh",
        ),
        gallery(
            ("gedung.webp", "Tamu tiba bersama warga pertama."),
            ("penyambut.webp", "Belajar menyambut: bertanya dahulu."),
            ("papan.webp", "Papan ucapan di dekat pintu keluar."),
            ("ruang.webp", "Menunggu panggilan di antara warga."),
        ),
        text(
            """<p>Diskusi baru dimulai menjelang siang, dengan bahan dari pengalaman pagi itu.
            Tuan rumah berjanji mengatur ulang pengeras suara; tamu berjanji mengirim daftar
            istilah yang mereka anggap lebih mudah. Kunjungan balasan direncanakan sesudah panen.
            Instansi yang ingin melakukan hal serupa dapat memakai layanan ini.</p>"""
        ),
        service("MPP-02"),
    ),
)

NEW_SERVICE = SampleStory(
    slug="aktivasi-identitas-digital-di-mal",
    section="layanan",
    title="Layanan baru: aktivasi identitas digital di loket 2 dan 3",
    summary=one_line(
        """Berita contoh: warga yang sudah merekam KTP-el kini dapat mengaktifkan Identitas
        Kependudukan Digital di mal, sekalian dengan urusan lain."""
    ),
    days_ago=9,
    at=(8, 30),
    drawing="ponsel.webp",
    caption="Nomor untuk layanan ini pun dapat diambil dari ponsel.",
    tags="layanan baru, Dukcapil, identitas digital, ponsel, ambil nomor",
    body=(
        text(
            """<p>Mulai pekan ini (dalam cerita contoh), loket 2 dan 3 menerima satu urusan lagi:
            aktivasi Identitas Kependudukan Digital, yang biasa disingkat IKD. Layanan ini
            menaruh keterangan kependudukan di ponsel pemiliknya sendiri.</p>
            <p>Aktivasi dilakukan di depan petugas karena wajah pemilik harus dicocokkan. Itulah
            sebabnya urusan ini tidak dapat diwakilkan, juga tidak oleh anggota keluarga.</p>
            <h2>Bawa ini</h2>
            <ul><li>ponsel Anda sendiri, dengan daya dan kuota secukupnya;</li>
            <li>alamat surel yang masih dapat dibuka;</li>
            <li>KTP-el, bila ada.</li></ul>
            <p>Syarat lengkap dan janji waktunya selalu yang tertulis pada kartu layanan berikut,
            bukan pada berita ini. Berita tidak diperbarui; kartu layanan diperbarui.</p>"""
        ),
        service("DUK-12"),
        quote(
            """Jangan merasa tertinggal bila ponsel Anda belum mendukung. Kartu yang lama tetap
            berlaku.""",
            "Petugas loket kependudukan (tokoh contoh)",
        ),
        event(
            title="Hari bantu aktivasi (contoh)",
            days_after=21,
            begins=(9, 0),
            ends=(12, 0),
            place="Zona Kependudukan, lantai 1",
            note="Dua petugas tambahan membantu warga yang baru pertama memakai ponsel pintar.",
        ),
        text(
            """<p>Urusan lain dapat diselesaikan pada kedatangan yang sama. Warga yang kartunya
            patah, misalnya, dapat meminta penggantian di loket yang sama; lihat
            <a href="/layanan/">daftar layanan</a> untuk syaratnya.</p>"""
        ),
        service("DUK-01"),
    ),
)

THANKS = SampleStory(
    slug="papan-terima-kasih-penuh-lagi",
    section="kegiatan",
    title="Papan terima kasih penuh lagi, dan kami membaca semuanya",
    summary=one_line(
        """Berita contoh: catatan tempel di dekat pintu keluar berisi pujian, gambar anak-anak, dan
        satu saran yang langsung dikerjakan."""
    ),
    days_ago=2,
    at=(9, 40),
    drawing="papan.webp",
    caption="Papan di dekat pintu keluar. Semua catatannya rekaan.",
    tags="terima kasih, penyambut, saran, pengaduan",
    body=(
        text(
            """<p>Papan gabus di dekat pintu keluar mal contoh ini mula-mula dipasang untuk
            pengumuman. Suatu siang, seorang ibu menempelkan secarik kertas: terima kasih,
            akta anak saya selesai sebelum jam makan. Sejak itu papannya tidak pernah kosong.</p>
            <p>Pekan ini papan penuh lagi. Redaksi contoh menyalin beberapa catatan, tanpa nama
            dan dengan kata-kata rekaan.</p>"""
        ),
        quote(
            """Saya kira harus bolak-balik tiga kali. Ternyata cukup sekali, dan masih sempat
            menjemput cucu.""",
            "Catatan pada kertas kuning (rekaan)",
        ),
        quote(
            """Petugasnya mengulang penjelasan untuk ayah saya yang kurang mendengar. Tidak sekali
            pun ia tampak terburu-buru.""",
            "Catatan pada kertas biru (rekaan)",
        ),
        text(
            """<p>Ada pula gambar rumah dengan matahari besar, ditempel agak rendah. Penggambarnya
            menunggu lama, rupanya, sebab rumah itu sampai berpagar.</p>
            <h2>Satu saran yang langsung jadi</h2>
            <p>Sebuah catatan hijau meminta gantungan tas di depan loket, supaya dokumen tidak
            dipegang sambil menjepit payung. Pengelola memasangnya keesokan harinya di semua
            loket lantai 1. Lantai 2 menyusul.</p>
            <h2>Ingin menulis juga?</h2>
            <ul><li>Kertas dan pena tersedia di bawah papan.</li>
            <li>Penilaian tanpa nama dapat diberikan di kios atau lewat tautan pada nomor
            Anda.</li>
            <li>Keluhan yang perlu jawaban sebaiknya lewat layanan pengaduan, agar tercatat dan
            tidak jatuh tertiup angin.</li></ul>"""
        ),
        service("MPP-01"),
    ),
)

BARRU_STORIES = (
    PRIORITY,
    SHARED_COUNTER,
    VISIT_PINRANG,
    WITHOUT_A_PHONE,
    HOLIDAYS,
    SURVEY_TOLD,
    EMPTY_COUNTERS,
    VISIT_SOPPENG,
    NEW_SERVICE,
    THANKS,
)
