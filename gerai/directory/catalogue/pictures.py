"""The picture of a usual service, by the words in its name; the operator may choose another."""

import re
from typing import Final

# The first one that fits counts, so the narrower stand before the wider.
_WORDS: Final = {
    "bpjs-kerja": "ketenagakerjaan|jamsostek|jaminan hari tua|jaminan kecelakaan kerja",
    "kerja": "ak-1|ak1|kartu kuning|pencari kerja|pencaker|lowongan|kerja",
    "bpjs-kesehatan": "bpjs|jkn|kis",
    "akta-kematian": "kematian|pemakaman",
    "kia": "kia|kartu identitas anak",
    "akta-lahir": "kelahiran|lahir|pengangkatan anak|pengakuan anak",
    "nikah": "nikah|pernikahan|perkawinan|kawin|cerai|perceraian|rujuk",
    "keluarga": "kartu keluarga|kk",
    "ktp": "ktp|ktp-el|identitas kependudukan|ikd|biodata",
    "pindah": "pindah|kepindahan|kedatangan|skpwni",
    "skck": "skck|catatan kepolisian|kehilangan",
    "sim": "sim|izin mengemudi",
    "paspor": "paspor|izin tinggal|keimigrasian",
    "kendaraan": "kendaraan|stnk|samsat|bpkb|kir|trayek|angkutan",
    "pajak": "pajak|npwp|pbb|pbb-p2|bphtb|spt|e-fin|efin|retribusi|fiskal",
    "tanah": "tanah|pertanahan|sertipikat|hak milik|balik nama|roya|bidang|ruang",
    "izin-bangunan": "bangunan|gedung|pbg|imb|slf|reklame|konstruksi",
    "praktik-kesehatan": (
        "praktik|praktek|sip|str|apotek|klinik|bidan|dokter|perawat|apoteker|kesehatan"
    ),
    "izin-usaha": "nib|oss|usaha|berusaha|spp-irt|p-irt|pirt|siup|umkm|lkpm|dagang|halal|izin",
    "listrik": "listrik|pln|daya|token",
    "air": "air|pdam|pelanggan baru",
    "bantuan-sosial": "bantuan|dtks|dtsen|sktm|tidak mampu|rehabilitasi|pkh|sosial|pensiun",
    "pengaduan": "pengaduan|aduan|lapor|informasi",
    "hukum": "hukum|perkara|gugatan|putusan|sidang|tilang|apostille|kekayaan intelektual|merek",
    "sekolah": "sekolah|ijazah|beasiswa|pendidikan|pelatihan",
    "bank": "pembayaran|rekening|tabungan|kredit|kur|setoran|angsuran|transfer",
    "surat": "surat|akta|legalisir|legalisasi|rekomendasi|keterangan|salinan",
}
_FOUND: Final = {
    picture: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    for picture, words in _WORDS.items()
}


def picture_for(name: str) -> str:
    """Return the picture of a service with this name, empty where none fits.

    >>> picture_for("KTP-el baru"), picture_for("Kartu Keluarga hilang"), picture_for("Lain-lain")
    ('ktp', 'keluarga', '')
    """
    return next((picture for picture, words in _FOUND.items() if words.search(name)), "")
