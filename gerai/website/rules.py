"""Small decisions of the website."""

# First parts of addresses that other rooms answer; a free page cannot stand there.
RESERVED = frozenset(
    {
        "akun",
        "antre",
        "berita",
        "buletin",
        "cari",
        "data",
        "dirikan-mal",
        "dokumen",
        "instansi",
        "kabar",
        "kelola",
        "keluar",
        "kios",
        "kisah",
        "komentar",
        "kunjungan",
        "lantai",
        "layanan",
        "layar",
        "live",
        "masuk",
        "media",
        "mulai",
        "nilai",
        "pendirian",
        "pengawas",
        "penyambut",
        "perangkat",
        "petugas",
        "platform",
        "presentasi",
        "redaksi",
        "static",
        "surat",
        "ui",
    }
)


def is_reserved(slug: str) -> bool:
    """Tell whether an address at the top of the site belongs to another part of it.

    >>> is_reserved("antre"), is_reserved("tentang")
    (True, False)
    """
    return slug.casefold() in RESERVED
