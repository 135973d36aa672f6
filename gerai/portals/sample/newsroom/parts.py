"""What a sample story is made of, before it has rows."""

from dataclasses import dataclass
from typing import Any

CREDIT = "Redaksi MPP Barru (contoh)"
WRITER = ("Redaksi contoh", "penulis")
DRAWER = ("Juru gambar contoh", "ilustrasi")


@dataclass(frozen=True)
class Drawing:
    """A picture of `pictures/`, with what one sees in it."""

    file: str
    title: str
    shows: str


@dataclass(frozen=True)
class Part:
    """A block of a story. Pictures, papers and days in it are named; making finds them."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Event:
    """Something that happens some days after the story."""

    title: str
    days_after: int
    begins: tuple[int, int]
    ends: tuple[int, int]
    place: str
    note: str


@dataclass(frozen=True)
class Table:
    """Rows that a reader may take home as a CSV file."""

    file: str
    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SampleStory:
    """A story of the sample. days_ago: before today, when readers saw it first.

    happened: how many days before that the event was; None: it is no event.
    corrections: how many days after, and what was wrong.
    """

    slug: str
    section: str
    title: str
    summary: str
    days_ago: int
    at: tuple[int, int]
    drawing: str
    caption: str
    tags: str
    body: tuple[Part, ...]
    place: str = "Barru"
    happened: int | None = None
    is_pinned: bool = False
    corrections: tuple[tuple[int, str], ...] = ()
    authors: tuple[tuple[str, str], ...] = (WRITER, DRAWER)
    credit: str = CREDIT


def one_line(words: str) -> str:
    """Return words without the line ends that they were typed with.

    >>> one_line("satu\\n   dua")
    'satu dua'
    """
    return " ".join(words.split())


def text(html: str) -> Part:
    """Paragraphs, subheads, lists, links."""
    return Part("text", one_line(html))


def quote(words: str, who: str) -> Part:
    """What a role, never a person, said."""
    return Part("quote", {"words": one_line(words), "who": who})


def picture(drawing: str, caption: str) -> Part:
    """One drawing."""
    return Part("picture", (drawing, one_line(caption)))


def gallery(*drawings: tuple[str, str]) -> Part:
    """Several drawings, each with a caption."""
    return Part("gallery", drawings)


def facts(title: str, html: str) -> Part:
    """A box beside the story."""
    return Part("facts", {"title": title, "text": one_line(html)})


def service(code: str) -> Part:
    """A service of the catalogue."""
    return Part("service", {"service": code})


def event(**said: Any) -> Part:
    """A day to come."""
    return Part("event", Event(**said))


def paper(table: Table) -> Part:
    """A table to take home."""
    return Part("paper", table)


DRAWINGS = {
    each.file: each
    for each in (
        Drawing(
            "gedung.webp",
            "Gedung mal pada pagi hari",
            "Warga berjalan ke gedung mal beratap pelana pada pagi yang cerah; di kanan ada jalur "
            "landai dan pengguna kursi roda.",
        ),
        Drawing(
            "ruang.webp",
            "Ruang layanan",
            "Empat loket dengan petugas, layar bertuliskan A-036 ke loket 2, dan warga di kursi "
            "tunggu.",
        ),
        Drawing(
            "delegasi.webp",
            "Foto bersama tamu studi tiru",
            "Tujuh belas tamu berbatik berdiri dua baris di bawah spanduk Studi tiru (contoh).",
        ),
        Drawing(
            "kios.webp",
            "Kios nomor dan penyambut",
            "Seorang warga bertongkat putih mengikuti ubin pemandu ke kios; penyambut berkerudung "
            "kuning menunjukkan layarnya.",
        ),
        Drawing(
            "ponsel.webp",
            "Nomor antrean di ponsel",
            "Tangan memegang ponsel yang menampilkan nomor A-036 dan tiga orang di depan; di "
            "kanan, struk dengan nomor yang sama.",
        ),
        Drawing(
            "denah.webp",
            "Denah dua lantai",
            "Denah dua lantai dari atas dengan lima zona bernomor, loket, dan jalur pemandu.",
        ),
        Drawing(
            "kalender.webp",
            "Kalender jam layanan",
            "Kalender dinding dengan dua hari merah dan dua hari kuning, jam dinding pukul "
            "sepuluh, dan papan Buka.",
        ),
        Drawing(
            "penyambut.webp",
            "Penyambut dan kakek bersongkok",
            "Penyambut mengantar seorang kakek bersarung dan bertongkat ke kursi prioritas.",
        ),
        Drawing(
            "survei.webp",
            "Lembar hasil survei",
            "Papan jepit dengan sembilan batang nilai; batang waktu dan pengaduan paling pendek.",
        ),
        Drawing(
            "papan.webp",
            "Papan terima kasih",
            "Seorang ibu dan anaknya menempelkan catatan pada papan penuh ucapan terima kasih.",
        ),
    )
}
