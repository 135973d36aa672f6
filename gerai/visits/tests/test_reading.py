"""A delegation's list from a spreadsheet."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from gerai.visits.reading import lists
from gerai.visits.reading.lists import Fault, Unreadable, UnreadableFile, read_list

HEAD = "Nama;Jabatan;Instansi;Surel\r\n"


def a_book(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def names(found):
    return [row.name for row in found.rows]


@pytest.mark.parametrize(
    "data",
    [
        b"Nama,Jabatan\nContoh Satu,Kepala\nContoh Dua,Staf\n",
        b"Nama;Jabatan\r\nContoh Satu;Kepala\r\nContoh Dua;Staf\r\n",
        "\ufeffNama;Jabatan\nContoh Satu;Kepala\nContoh Dua;Staf".encode(),
        b"sep=;\r\nNama;Jabatan\r\nContoh Satu;Kepala\r\nContoh Dua;Staf\r\n",
        "Nama\tJabatan\nContoh Satu\tKepala\nContoh Dua\tStaf".encode("utf-16"),
        a_book([["Nama", "Jabatan"], ["Contoh Satu", "Kepala"], [], ["Contoh Dua", "Staf"]]),
    ],
)
def test_every_usual_form_of_a_list_is_read(data):
    found = read_list(data, institution="Dinas Contoh")
    assert names(found) == ["Contoh Satu", "Contoh Dua"]
    assert [(row.title, row.institution) for row in found.rows] == [
        ("Kepala", "Dinas Contoh"),
        ("Staf", "Dinas Contoh"),
    ]
    assert found.bad == ()


def test_letters_beyond_ascii_are_kept_in_old_files_too():
    assert names(read_list("Nama\nCaf\xe9 Contoh\n".encode("cp1252"))) == ["Café Contoh"]


def test_every_filled_line_is_a_guest_or_a_named_fault():
    rows = [
        ["Nama", "Jabatan", "Instansi", "Surel"],
        ["Contoh Satu", "Kepala", "", "satu@contoh.id"],
        ["", "Staf", "", ""],
        ["Contoh Tiga", "", "", "bukan surel"],
        ['=HYPERLINK("http://x")', "", "", ""],
        ["contoh  satu", "", "", ""],
        ["x" * 161, "", "", ""],
        ["Contoh Tujuh", "", "", ""],
    ]
    found = read_list(a_book(rows), institution="Dinas Contoh")
    assert names(found) == ["Contoh Satu", "Contoh Tujuh"]
    assert [(bad.line, bad.fault, bad.other) for bad in found.bad] == [
        (3, Fault.NO_NAME, 0),
        (4, Fault.BAD_EMAIL, 0),
        (5, Fault.FORMULA, 0),
        (6, Fault.TWICE, 2),
        (7, Fault.TOO_LONG, 0),
    ]


@pytest.mark.parametrize("begin", ["=1+1", "+62", "-1", "@SUM(A1)"])
def test_what_a_spreadsheet_would_run_is_no_guest(begin):
    found = read_list(f"{HEAD}{begin};;;\r\nContoh;{begin};;".encode())
    assert (names(found), [bad.fault for bad in found.bad]) == ([], [Fault.FORMULA] * 2)


def reason_of(data):
    with pytest.raises(UnreadableFile) as refused:
        read_list(data)
    return refused.value.why


def test_what_is_no_list_is_refused_by_name():
    assert reason_of(b"") == Unreadable.EMPTY
    assert reason_of(b" \n ") == Unreadable.EMPTY
    assert reason_of(b"Orang,Jabatan\nContoh,Kepala\n") == Unreadable.NO_HEAD
    assert reason_of(b"PK\x03\x04 no archive") == Unreadable.NOT_A_SHEET
    assert reason_of(b"Nama\n\x00\x01") == Unreadable.NOT_A_SHEET
    assert reason_of(b"x" * (lists.MOST_BYTES + 1)) == Unreadable.TOO_LARGE
    many = "Nama\n" + "".join(f"Contoh {n}\n" for n in range(lists.MOST_ROWS + 1))
    assert reason_of(many.encode()) == Unreadable.TOO_MANY_ROWS
    endless = "Nama\n" + "\n" * 5 + "".join(f"Contoh {n}\n" for n in range(3000))
    assert reason_of(endless.encode()) == Unreadable.TOO_MANY_ROWS


def test_a_zip_bomb_is_not_unpacked():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (lists.MOST_UNPACKED + 1))
    assert len(held.getvalue()) < 100_000
    assert reason_of(held.getvalue()) == Unreadable.BOMB


def test_an_archive_of_something_else_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("catatan.txt", "bukan buku kerja")
    assert reason_of(held.getvalue()) == Unreadable.NOT_A_SHEET


def test_a_sheet_that_claims_a_million_columns_is_read_by_its_first_thirty():
    wide = a_book([["Nama", *[""] * 5000, "jauh"], ["Contoh Satu", *["x"] * 5000]])
    assert names(read_list(wide)) == ["Contoh Satu"]
