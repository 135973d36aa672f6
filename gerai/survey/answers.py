"""Reading survey answers from a CSV file: the columns U1..U9, wherever they stand.

Files come from spreadsheets: comma, semicolon or tab; with or without a byte-order mark; UTF-8
or Latin-1. What cannot be read for certain is refused with its line. Pure: bytes in, rows out.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from gerai.survey.formula import ELEMENTS

COLUMNS = tuple(f"U{number}" for number in range(1, ELEMENTS + 1))

Row = tuple[int | None, ...]

_DELIMITERS = ",;\t|"
_ANSWER = re.compile(r"([1-4])(?:[.,]0+)?")
_SHOWN = 40


class UnreadableAnswers(ValueError):
    """The file cannot be taken; the message says where and what to do (Indonesian)."""


def read_answers(content: bytes) -> list[Row]:
    """Return one row of nine answers per respondent; None where nothing was answered.

    Lines without any text are skipped. Other columns are ignored.

    :raises UnreadableAnswers: empty, no CSV, a column missing or twice, or a value not 1..4

    >>> read_answers(b"no;u1;u2;u3;u4;u5;u6;u7;u8;u9\\n7;4;3;4;4;4;;4;4;4\\n")
    [(4, 3, 4, 4, 4, None, 4, 4, 4)]
    """
    lines = _lines(_decoded(content))
    header_line, header = next(lines, (1, []))
    if not header:
        raise UnreadableAnswers(
            "Berkas kosong. Isi dengan judul kolom U1 sampai U9 dan jawabannya."
        )
    places = _places(header, header_line)
    return [_row(cells, places, line, len(header)) for line, cells in lines]


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableAnswers(
            "Ini berkas lembar kerja (Excel), bukan CSV. Simpan dahulu sebagai CSV."
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableAnswers("Berkas ini bukan teks. Simpan sebagai CSV UTF-8, lalu ulangi.")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with any text in them, each with its number in the file."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    # Spreadsheets write this hint as a line of its own.
    hint = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    delimiter = hint[1] if hint else max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableAnswers(
                f"Baris {reader.line_num} tidak dapat dibaca. Periksa tanda kutipnya."
            ) from error
        if cells is None:
            return
        if hint and reader.line_num == 1:
            continue
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def _places(header: list[str], line: int) -> list[int]:
    names = [cell.upper() for cell in header]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise UnreadableAnswers(
            f"Kolom {', '.join(missing)} tidak ada pada judul (baris {line}). "
            "Judul harus memuat U1 sampai U9."
        )
    twice = [column for column in COLUMNS if names.count(column) > 1]
    if twice:
        raise UnreadableAnswers(
            f"Kolom {', '.join(twice)} ada lebih dari satu pada judul (baris {line}). Sisakan satu."
        )
    return [names.index(column) for column in COLUMNS]


def _row(cells: list[str], places: list[int], line: int, width: int) -> Row:
    if any(cells[width:]):
        raise UnreadableAnswers(
            f"Baris {line} berisi {len(cells)} kolom, padahal judulnya {width}. "
            "Periksa tanda pemisahnya."
        )
    return tuple(
        _answer(cells[place] if place < len(cells) else "", column, line)
        for column, place in zip(COLUMNS, places, strict=True)
    )


def _answer(text: str, column: str, line: int) -> int | None:
    if not text:
        return None
    match = _ANSWER.fullmatch(text)
    if match is None:
        raise UnreadableAnswers(
            f"Baris {line}, kolom {column}: “{text[:_SHOWN]}” bukan jawaban. "
            "Jawaban adalah angka 1 sampai 4, atau kosong."
        )
    return int(match[1])
