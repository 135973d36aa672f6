"""The two CSV forms: a list of agencies, and a list of permits. See docs/reference."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO

from gerai.directory.catalogue.durations import read_duration
from gerai.directory.catalogue.entries import (
    AgencyEntry,
    Catalogue,
    Promise,
    Refusal,
    ServiceEntry,
    take_first,
)
from gerai.directory.catalogue.fees import read_fee
from gerai.directory.catalogue.texts import (
    AGENCY_NAME_LIMIT,
    CODE_LIMIT,
    LIST_LIMIT,
    NAME_LIMIT,
    NOT_STATED,
    Unfit,
    label,
    prose,
    shown,
)
from gerai.directory.catalogue.web import web_address

AGENCY_COLUMNS = ("kode", "nama", "situs")
PERMIT_COLUMNS = ("kode", "nama", "durasi", "biaya", "status", "prosedur")
PERMIT_EXTRAS = ("pemohon", "bidang", "singkatan", "masa_berlaku")
# The row number of the office's own database means nothing here.
READ_OVER = ("id",)

DURATION_LIMIT = 400
VALIDITY_LIMIT = 120
STEP_LIMIT = 4000
STATES = {"aktif": True, "tidak aktif": False, "nonaktif": False}
_DELIMITERS = ",;\t"
_LINE_END = re.compile(r"\r\n|\r|\n")
_HINT = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The header line of a CSV file: its line, delimiter and column names."""

    line: int
    delimiter: str
    columns: tuple[str, ...]

    def has(self, columns: tuple[str, ...]) -> bool:
        """Tell whether all these columns are there."""
        return set(columns) <= set(self.columns)


def header_of(text: str) -> Header | None:
    """Return the header of a file that names at least two columns known here."""
    known = {*AGENCY_COLUMNS, *PERMIT_COLUMNS}
    for line, content in enumerate(_LINE_END.split(text), start=1):
        # Spreadsheets write the hint sep=; as a line of its own.
        if not content.strip() or _HINT.fullmatch(content):
            continue
        for delimiter in _DELIMITERS:
            names = content.split(delimiter)
            columns = tuple(name.strip().strip('"').strip().casefold() for name in names)
            if len(known & set(columns)) > 1:
                return Header(line, delimiter, columns)
        return None
    return None


class CsvCatalogue:
    """Reads a list of agencies or of permits, row by row."""

    def __init__(self, text: str, header: Header) -> None:
        """Take the text of the file and its header."""
        self.text = text
        self.header = header
        self.catalogue = Catalogue(renames=False)
        self.agency_codes: dict[str, AgencyEntry] = {}
        self.service_codes: dict[str, ServiceEntry] = {}

    def read(self) -> Catalogue:
        """Return the rows, taken or refused, in the order of the file."""
        if self.header.has(PERMIT_COLUMNS):
            known, row = {*PERMIT_COLUMNS, *PERMIT_EXTRAS, *READ_OVER}, self._permit
        else:
            known, row = {*AGENCY_COLUMNS, *READ_OVER}, self._agency
        for name in self.header.columns:
            if name not in known:
                self.catalogue.remarks.append(
                    f"Kolom “{shown(name)}” tidak dikenal dan tidak diambil."
                )
        for line, cells in self._rows():
            self._take(row, line, cells)
        return self.catalogue

    def _take(
        self, row: Callable[[int, dict[str, str]], None], line: int, cells: list[str]
    ) -> None:
        try:
            row(line, _named(cells, self.header.columns))
        except Unfit as unfit:
            self._refuse(line, str(unfit))

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows with the line on which each begins; a broken one is refused here."""
        reader = csv.reader(
            StringIO(self.text, newline=""), delimiter=self.header.delimiter, strict=True
        )
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error:
                end = f" sampai {reader.line_num}" if reader.line_num > line else ""
                self._refuse(
                    line,
                    f"Tidak dapat dibaca: tanda kutip pada baris {line}{end} tidak ditutup "
                    "dengan benar, atau isinya terlalu panjang. Perbaiki, lalu ulangi.",
                )
                continue
            if cells is None:
                return
            if line > self.header.line and any(cell.strip() for cell in cells):
                yield line, cells

    def _refuse(self, line: int, reason: str) -> None:
        self.catalogue.refusals.append(Refusal(line, reason))

    def _agency(self, line: int, row: dict[str, str]) -> None:
        entry = AgencyEntry(
            line=line,
            code=_required(row, "kode", CODE_LIMIT),
            name=_required(row, "nama", AGENCY_NAME_LIMIT),
            site=web_address(prose(row["situs"], "situs"), "situs"),
        )
        take_first(entry, self.catalogue.agencies, self.agency_codes)

    def _permit(self, line: int, row: dict[str, str]) -> None:
        entry = ServiceEntry(
            line=line,
            code=_required(row, "kode", CODE_LIMIT),
            name=_required(row, "nama", NAME_LIMIT),
            is_active=_is_active(row["status"]),
            promise=Promise(
                procedure=_steps(row["prosedur"]),
                duration=read_duration(prose(row["durasi"], "durasi", DURATION_LIMIT)),
                fee=read_fee(prose(row["biaya"], "biaya")),
                validity=label(row.get("masa_berlaku", ""), "masa_berlaku", VALIDITY_LIMIT),
                source=_particulars(row),
            ),
        )
        take_first(entry, self.catalogue.services, self.service_codes)


def _named(cells: list[str], columns: tuple[str, ...]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise Unfit(
            f"Berisi {len(cells)} kolom, padahal judulnya {len(columns)}. "
            "Periksa tanda pemisah dan tanda kutip."
        )
    return dict(zip(columns, cells, strict=True))


def _required(row: dict[str, str], column: str, limit: int) -> str:
    found = label(row[column], column, limit)
    if not found:
        raise Unfit(f"Kolom “{column}” kosong. Isi dahulu.")
    return found


def _is_active(text: str) -> bool | None:
    plain = " ".join(text.split()).casefold()
    if plain in NOT_STATED:
        return None
    if plain not in STATES:
        raise Unfit(f"Status “{shown(text)}” tidak dikenal. Tuliskan Aktif atau Tidak Aktif.")
    return STATES[plain]


def _steps(text: str) -> tuple[str, ...]:
    steps = [prose(step, "prosedur", STEP_LIMIT) for step in text.split("|")]
    if len(steps) > LIST_LIMIT:
        raise Unfit(f"Prosedur terlalu panjang (paling banyak {LIST_LIMIT} langkah).")
    return tuple(step for step in steps if step)


def _particulars(row: dict[str, str]) -> str:
    """Return what the office says of a permit and a standard has no place for."""
    names = {"bidang": "Bidang", "pemohon": "Pemohon", "singkatan": "Singkatan"}
    found = [
        f"{name}: {text}"
        for column, name in names.items()
        if (text := prose(row.get(column, ""), column))
    ]
    return "\n".join(found)
