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
        "dokumen",
        "instansi",
        "kabar",
        "kelola",
        "kios",
        "komentar",
        "lantai",
        "layanan",
        "layar",
        "live",
        "masuk",
        "keluar",
        "media",
        "mulai",
        "nilai",
        "pengawas",
        "penyambut",
        "perangkat",
        "petugas",
        "platform",
        "redaksi",
        "static",
        "ui",
    }
)


def is_reserved(slug: str) -> bool:
    """Tell whether an address at the top of the site belongs to another part of it.

    >>> is_reserved("antre"), is_reserved("tentang")
    (True, False)
    """
    return slug.casefold() in RESERVED
