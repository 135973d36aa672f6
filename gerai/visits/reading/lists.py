"""Reading a delegation's list from a spreadsheet: each row is a guest or a named fault.

Nothing of a file is run: formulas are read as text, and a text that a spreadsheet would take
for a formula is a fault of its row. An archive that would grow too large is not opened.
"""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from openpyxl import load_workbook

from gerai.visits.rules import guest_key

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 500
PIECE = 64 * 1024
MOST_ROWS = 500
MOST_LINES = 2000
MOST_COLUMNS = 30
LONGEST = {"name": 160, "title": 160, "institution": 200, "email": 254}
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[A-Za-z]{2,}")
HEADS = {
    "name": ("nama", "nama lengkap", "name", "full name", "nama peserta", "nama tamu"),
    "title": ("jabatan", "title", "position"),
    "institution": ("instansi", "unit kerja", "institution", "asal instansi", "opd"),
    "email": ("surel", "email", "e-mail", "alamat surel"),
}


class Fault(StrEnum):
    """Why a row is no guest."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    BAD_EMAIL = "bad_email"
    FORMULA = "formula"
    TWICE = "twice"
    STRANGE = "strange"


class Unreadable(StrEnum):
    """Why a whole file is not read."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_A_SHEET = "not_a_sheet"
    BOMB = "bomb"
    NO_HEAD = "no_head"
    EMPTY = "empty"


class UnreadableFile(Exception):
    """A file is not read; `why` says for what reason."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Row:
    """A guest as written, and the line of the file."""

    line: int
    name: str
    title: str = ""
    institution: str = ""
    email: str = ""


@dataclass(frozen=True)
class BadRow:
    """A line that is no guest. words: the beginning of what it says; other: the line it repeats."""

    line: int
    fault: Fault
    words: str
    other: int = 0


@dataclass(frozen=True)
class List:
    """All of a file: every filled line is in one of the two."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]


Cells = tuple[int, list[str]]


def read_list(data: bytes, *, institution: str = "") -> List:
    """Read a delegation's list from the bytes of an XLSX or CSV file.

    institution: of whoever has none in the file.

    :raises UnreadableFile: it is no list at all
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    if not data.strip():
        raise UnreadableFile(Unreadable.EMPTY)
    lines = _xlsx(data) if data.startswith(b"PK") else _csv(data)
    filled = [(line, cells) for line, cells in lines if any(cells)]
    if not filled:
        raise UnreadableFile(Unreadable.EMPTY)
    columns = _columns(filled[0][1])
    if "name" not in columns:
        raise UnreadableFile(Unreadable.NO_HEAD)
    if len(filled) - 1 > MOST_ROWS:
        raise UnreadableFile(Unreadable.TOO_MANY_ROWS)
    return _sorted_out(filled[1:], columns, institution)


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula.

    >>> is_formula("=1+1"), is_formula("Contoh Satu")
    (True, False)
    """
    return text.startswith(FORMULA_BEGINS)


def fault_of(row: Row) -> Fault | None:
    """Return what is wrong with a row, if anything."""
    parts = {name: getattr(row, name) for name in LONGEST}
    if not row.name:
        return Fault.NO_NAME
    if any(is_formula(text) for text in parts.values()):
        return Fault.FORMULA
    if any(len(text) > LONGEST[name] for name, text in parts.items()):
        return Fault.TOO_LONG
    if any(unicodedata.category(letter) == "Cc" for text in parts.values() for letter in text):
        return Fault.STRANGE
    if row.email and not ADDRESS.fullmatch(row.email):
        return Fault.BAD_EMAIL
    return None


def _sorted_out(lines: Iterable[Cells], columns: dict[str, int], institution: str) -> List:
    rows, bad = [], []
    seen: dict[str, int] = {}
    for line, cells in lines:
        told = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        row = Row(line, **{"name": "", **told})
        if not row.institution and institution:
            row = Row(line, row.name, row.title, institution, row.email)
        key = guest_key(row.name, row.institution)
        fault = fault_of(row)
        if fault is None and key in seen:
            fault = Fault.TWICE
        if fault is not None:
            words = " · ".join(cell for cell in cells if cell)[:80]
            bad.append(BadRow(line, fault, words, seen.get(key, 0)))
            continue
        seen[key] = line
        rows.append(row)
    return List(tuple(rows), tuple(bad))


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        word = " ".join(cell.casefold().replace("*", "").split())
        for name, words in HEADS.items():
            if word in words:
                found.setdefault(name, at)
    return found


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip(" \u00a0")


def _csv(data: bytes) -> Iterator[Cells]:
    text = _decoded(data)
    if "\0" in text:
        raise UnreadableFile(Unreadable.NOT_A_SHEET)
    head = text.lstrip().splitlines()[0]
    if head.casefold().startswith("sep=") and len(head) == len("sep=;"):
        delimiter = head[-1]
        skipped = 1
    else:
        delimiter = max(";,\t", key=head.count)
        skipped = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for read, cells in enumerate(reader):
            if read < skipped:
                continue
            if read > MOST_LINES:
                raise UnreadableFile(Unreadable.TOO_MANY_ROWS)
            yield reader.line_num, [_text(cell) for cell in cells[:MOST_COLUMNS]]
    except csv.Error as error:
        raise UnreadableFile(Unreadable.NOT_A_SHEET) from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(Unreadable.NOT_A_SHEET)


def _xlsx(data: bytes) -> Iterator[Cells]:
    _check_archive(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            sheet = book.worksheets[0]
            # The size a file claims is not believed: it may be a million columns.
            sheet.reset_dimensions()
            lines = sheet.iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS, values_only=True)
            read = list(islice(lines, MOST_LINES + 1))
            book.close()
    except Exception as error:
        raise UnreadableFile(Unreadable.NOT_A_SHEET) from error
    if len(read) > MOST_LINES:
        raise UnreadableFile(Unreadable.TOO_MANY_ROWS)
    for line, cells in enumerate(read, start=1):
        yield line, [_text(cell) for cell in cells]


def _check_archive(data: bytes) -> None:
    """Look at what an archive would grow to, by unpacking it piece by piece up to a limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            is_bomb = _grows_too_large(archive)
    except Exception as error:
        raise UnreadableFile(Unreadable.NOT_A_SHEET) from error
    if is_bomb:
        raise UnreadableFile(Unreadable.BOMB)


def _grows_too_large(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return True
    # A head may lie about the size: what comes out is counted.
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    return True
    return False
