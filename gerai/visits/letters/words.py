"""The mall's own text of an answer letter, with named blanks."""

import re
from collections.abc import Mapping
from typing import Final

BLANKS: Final = (
    "pimpinan",
    "jabatan",
    "instansi",
    "daerah",
    "permohonan",
    "hari",
    "jam",
    "ruang",
    "jumlah",
    "penerima",
    "mal",
    "catatan",
)
BLANK: Final = re.compile(r"\[\[([^\[\]]{1,40})\]\]")
FIRST_TEXT: Final = """\
Menindaklanjuti permohonan kunjungan studi dari [[instansi]] [[daerah]] \
(permohonan [[permohonan]]), dengan hormat kami sampaikan bahwa kami bersedia menerima \
kunjungan tersebut pada:

Hari, tanggal: [[hari]]
Pukul: [[jam]]
Tempat: [[ruang]], [[mal]]
Jumlah tamu: [[jumlah]] orang
Penerima: [[penerima]]

[[catatan]]

Mohon membawa surat tugas dan surat perjalanan dinas (SPD) untuk pengesahan kedatangan.

Demikian kami sampaikan. Atas perhatian dan kerja samanya kami ucapkan terima kasih."""
REFUSAL_TEXT: Final = """\
Menindaklanjuti permohonan kunjungan studi dari [[instansi]] [[daerah]] \
(permohonan [[permohonan]]), dengan hormat kami sampaikan bahwa kami belum dapat menerima \
kunjungan tersebut.

[[catatan]]

Kami terbuka untuk menjadwalkan kunjungan pada waktu lain. Atas perhatian dan \
pengertiannya kami ucapkan terima kasih."""


def unknown_blanks(text: str) -> list[str]:
    """Return the blanks of a text that nothing fills.

    >>> unknown_blanks("Yth. [[pimpinan]] di [[planet]]")
    ['planet']
    """
    return [name for name in BLANK.findall(text) if name not in BLANKS]


def paragraphs(text: str, told: Mapping[str, str]) -> list[str]:
    """Return the paragraphs of a letter with its blanks filled; empty ones fall away.

    What is filled in is not looked through for blanks again.

    >>> paragraphs("Yth. [[pimpinan]]\\n\\n[[catatan]]", {"pimpinan": "[[mal]]", "catatan": ""})
    ['Yth. [[mal]]']
    """
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    filled = (BLANK.sub(lambda found: told.get(found[1], found[0]), part) for part in parts)
    return [part.strip() for part in filled if part.strip()]
