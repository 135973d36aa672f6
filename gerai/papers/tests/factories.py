"""Sheets, papers and files for tests."""

import base64
import io
from typing import Any

from PIL import Image

from gerai.papers.actions import issue
from gerai.papers.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Sheet,
    Signature,
    Signatures,
    Table,
)
from gerai.papers.models import Paper
from gerai.people.audit import SYSTEM


def a_picture(**fields: Any) -> Picture:
    """Make a small picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    data = base64.b64encode(drawn.getvalue()).decode()
    return Picture(**{"data": data, "caption": "Contoh gambar", "width_mm": 40, **fields})


def a_letter(*blocks: Block, **fields: Any) -> Sheet:
    """Make a letter with an addressee and a number."""
    return Sheet(
        **{
            "title": "Jawaban kunjungan",
            "letterhead": ("PEMERINTAH KABUPATEN CONTOH", "MAL PELAYANAN PUBLIK", "Jalan Contoh 1"),
            "about": Facts((("Nomor", "{number}"), ("Hal", "Jawaban kunjungan"))),
            "to": ("Yth. Kepala Dinas Contoh", "di tempat"),
            "blocks": blocks or (Paragraph("Dengan hormat, kunjungan kami terima."),),
            "foot": "Mal contoh, bukan mal sungguhan",
            **fields,
        }
    )


def a_full_sheet(**fields: Any) -> Sheet:
    """Make a report with every block there is."""
    signed = Signature("Contoh, 1 Desember 2026", "Kepala", "Nama Contoh", "NIP 000", a_picture())
    return Sheet(
        **{
            "title": "Laporan kunjungan",
            "letterhead": ("PEMERINTAH KABUPATEN CONTOH", "MAL PELAYANAN PUBLIK"),
            "about": Facts((("Nomor", "{number}"),)),
            "foot": "Laporan contoh",
            "blocks": (
                Heading("Pendahuluan"),
                Paragraph("Baris satu\nBaris dua"),
                Heading("Rincian", 3),
                Facts((("Jumlah tamu", "12 orang"),)),
                Bullets(("Antrean", "Aduan")),
                Bullets(("Pertama", "Kedua"), is_numbered=True),
                Table(("No", "Nama"), (("1", "Contoh A"), ("2", a_picture())), (1, 4)),
                a_picture(caption="Foto bersama contoh"),
                PageBreak(),
                signed,
                Signatures((signed, Signature("", "Sekretaris", "Nama Lain"))),
            ),
            **fields,
        }
    )


def a_paper(sheet: Sheet | None = None, **fields: Any) -> Paper:
    """Issue a paper."""
    settled = {"kind": "answer", "thing": "visit:1", "by": SYSTEM, "is_numbered": True, **fields}
    return issue(sheet or a_letter(), **settled)
