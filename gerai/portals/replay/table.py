"""Reading a table of text: bytes in, named cells with their line out. Pure.

Files come from spreadsheets and statistics programs: comma, semicolon, tab or bar; packed with
gzip or not; with or without a byte-order mark; UTF-8, UTF-16 or Latin-1.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

LARGEST_BYTES = 200 * 1024 * 1024
SHOWN = 40

_DELIMITERS = ",;\t|"
_GZIP = b"\x1f\x8b"
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableFile(ValueError):
    """The file as a whole cannot be taken; the message says why and what to do (Indonesian)."""


@dataclass(frozen=True)
class Row:
    """The cells of one line by the name of their column, without surrounding blanks."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell, empty where the line is shorter than the header."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """The columns, named in small letters, and the lines that hold any text."""

    columns: frozenset[str]
    rows: tuple[Row, ...]


def read_table(content: bytes) -> Table:
    """Return the table of a CSV file; the first line with text is its header.

    :raises UnreadableFile: empty, no text, too large, or no CSV

    >>> read_table(b"No; Arrive\\n1;08:00\\n").rows[0]["arrive"]
    '08:00'
    """
    lines = _lines(_decoded(_unpacked(content)))
    if not lines:
        raise UnreadableFile("Berkas kosong. Isi dengan judul kolom dan catatan antreannya.")
    names = [_name(cell) for cell in lines[0][1]]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableFile(
            f"Kolom {', '.join(twice)} ada lebih dari satu pada judul. Sisakan satu."
        )
    rows = tuple(
        Row(line, dict(zip(names, (cell.strip() for cell in cells), strict=False)))
        for line, cells in lines[1:]
    )
    return Table(frozenset(names) - {""}, rows)


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(
            "Berkas gzip ini rusak atau terpotong. Salin ulang berkasnya, lalu ulangi."
        ) from error
    if len(unpacked) > LARGEST_BYTES:
        raise UnreadableFile("Berkas ini terlalu besar. Bagi menjadi beberapa berkas per hari.")
    return unpacked


def _decoded(content: bytes) -> str:
    if content.startswith(_SHEETS):
        raise UnreadableFile(
            "Ini berkas lembar kerja (Excel) atau zip, bukan CSV. Simpan dahulu sebagai CSV."
        )
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("Berkas ini bukan teks. Simpan sebagai CSV UTF-8, lalu ulangi.")


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Return the lines that hold any text, each with its number in the file."""
    # Spreadsheets write the hint "sep=;" as a line of its own.
    hint = re.match(r'\s*"?sep=(.)"?[ \t]*(?:\r?\n|$)', text, re.IGNORECASE)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = hint[1] if hint else max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [
            (reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise UnreadableFile(
            f"Baris {reader.line_num} tidak dapat dibaca. Periksa tanda kutipnya."
        ) from error
    return lines[1:] if hint else lines


def _name(cell: str) -> str:
    return re.sub(r"[\s\-]+", "_", cell.strip().lower())[:SHOWN]
