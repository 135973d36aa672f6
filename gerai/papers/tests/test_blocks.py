"""Blocks: there and back as data, and as lines of words."""

import json

import pytest

from gerai.papers.blocks import (
    NUMBER,
    Heading,
    Paragraph,
    Picture,
    Sheet,
    Signature,
    Table,
    UnknownBlock,
    from_json,
    printable,
    text_lines,
    to_json,
    with_number,
)
from gerai.papers.tests.factories import a_full_sheet, a_letter, a_picture


@pytest.mark.parametrize("sheet", [a_full_sheet(), a_letter(), Sheet("", ())])
def test_a_sheet_comes_back_from_its_data(sheet):
    assert from_json(json.loads(json.dumps(to_json(sheet)))) == sheet


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"title": "A"},
        {"title": "A", "blocks": [], "other": 1},
        {"title": 1, "blocks": []},
        {"title": "A", "blocks": ["text"]},
        {"title": "A", "blocks": [{"block": "script", "text": "x"}]},
        {"title": "A", "blocks": [{"block": ["heading"], "text": "x"}]},
        {"title": "A", "blocks": [{"text": "x"}]},
        {"title": "A", "blocks": [{"block": "heading"}]},
        {"title": "A", "blocks": [{"block": "heading", "text": "x", "level": "1"}]},
        {"title": "A", "blocks": [{"block": "heading", "text": "x", "level": True}]},
        {"title": "A", "blocks": [{"block": "heading", "text": "x", "size": 9}]},
        {"title": "A", "blocks": [{"block": "facts", "rows": [["a"]]}]},
        {"title": "A", "blocks": [{"block": "table", "head": [], "rows": [[1]]}]},
        {"title": "A", "blocks": [{"block": "signatures", "all": [{"block": "page_break"}]}]},
        {"title": "A", "blocks": [], "about": {"block": "paragraph", "text": "x"}},
        {"title": "A", "blocks": [], "is_landscape": 1},
        {"title": "A", "blocks": [], "block": "sheet"},
    ],
)
def test_what_is_no_sheet_is_refused(data):
    with pytest.raises(UnknownBlock):
        from_json(data)


def test_the_lines_are_all_that_is_read():
    assert text_lines(a_full_sheet()) == [
        "PEMERINTAH KABUPATEN CONTOH",
        "MAL PELAYANAN PUBLIK",
        "Laporan kunjungan",
        "Nomor: {number}",
        "Pendahuluan",
        "Baris satu",
        "Baris dua",
        "Rincian",
        "Jumlah tamu: 12 orang",
        "• Antrean",
        "• Aduan",
        "1. Pertama",
        "2. Kedua",
        "No | Nama",
        "1 | Contoh A",
        "2 | Contoh gambar",
        "Foto bersama contoh",
        *2 * ["Contoh, 1 Desember 2026", "Kepala", "Nama Contoh", "NIP 000"],
        "Sekretaris",
        "Nama Lain",
        "Laporan contoh",
    ]


def test_the_title_of_a_letter_is_not_read():
    assert text_lines(Sheet("Judul", (Paragraph("Isi"),), to=("Yth. A",))) == ["Yth. A", "Isi"]


def test_the_number_is_written_everywhere_but_into_pictures():
    picture = Picture(NUMBER, NUMBER)
    sheet = Sheet(
        f"Surat {NUMBER}",
        (Heading(NUMBER), Table((NUMBER,), ((picture,),)), Signature("", "", NUMBER, "", picture)),
        foot=NUMBER,
    )
    numbered = Picture(NUMBER, "7")
    assert with_number(sheet, "7") == Sheet(
        "Surat 7",
        (Heading("7"), Table(("7",), ((numbered,),)), Signature("", "", "7", "", numbered)),
        foot="7",
    )


def test_letters_that_no_printer_shows_are_gone():
    odd = "a\x00b\x07c\ud800d\u202ee\ufefff\uffffg\u0085h\tin\nj\r\nk\rl"
    assert printable(odd) == "abcdefgh\tin\nj\nk\nl"
    assert printable("Ratnā 😀 «é»") == "Ratnā 😀 «é»"


def test_a_picture_is_data_only():
    assert from_json(to_json(Sheet("A", (a_picture(),)))).blocks == (a_picture(),)
