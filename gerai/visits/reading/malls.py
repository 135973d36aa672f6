"""Reading a list of known malls. Pure: bytes in, rows out; each other row is named with its why."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Final

COLUMNS: Final = ("daerah", "kode_wilayah", "tanggal_peresmian", "instansi", "layanan", "sumber")
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 5000
LONGEST_SOURCE: Final = 400
MOST_COUNTED: Final = 9999
FIRST_YEAR: Final = 2017  # the first malls of this kind, DOMAIN 1.2
SHOWN: Final = 40
CODE: Final = re.compile(r"[0-9]{2}\.[0-9]{2}", re.ASCII)
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class UnreadableList(ValueError):
    """The file cannot be taken at all; the message says why (Indonesian)."""


class Unfit(ValueError):
    """A row cannot be taken; the message says why (Indonesian)."""


@dataclass(frozen=True)
class KnownRow:
    """A mall as the list tells of it; None: the list does not say."""

    line: int
    region_code: str
    region_name: str
    opened_on: date | None
    agencies: int | None
    services: int | None
    source: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that is not taken, and why."""

    line: int
    reason: str


@dataclass
class MallList:
    """What a file holds."""

    rows: list[KnownRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def read_malls(content: bytes, *, names: Mapping[str, str], today: date) -> MallList:
    """Read a CSV list; names: the official names of the regions by code.

    :raises UnreadableList: too large, no text, or without the columns
    """
    read = MallList()
    seen: dict[str, int] = {}
    for line, row in _rows(content):
        try:
            known = _known(line, row, names, today)
        except Unfit as unfit:
            read.refused.append(RefusedRow(line, str(unfit)))
            continue
        if known.region_code in seen:
            there = seen[known.region_code]
            told = f"kode {known.region_code} sudah ada di baris {there}."
            read.refused.append(RefusedRow(line, told))
            continue
        seen[known.region_code] = line
        read.rows.append(known)
    return read


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise UnreadableList("Berkas ini lebih dari 2 MB. Bagi menjadi beberapa berkas.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = "Berkas ini bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8."
        raise UnreadableList(told) from error
    if "\0" in text:
        raise UnreadableList("Berkas ini bukan CSV.")
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise UnreadableList(f"Kolom ini tidak ada: {', '.join(missing)}.")
        for count, row in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise UnreadableList(f"Berkas ini lebih dari {MOST_ROWS} baris. Bagi dahulu.")
            yield reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}
    except csv.Error as error:
        raise UnreadableList("Berkas ini bukan CSV yang dapat dibaca.") from error


def _known(line: int, row: Mapping[str, str], names: Mapping[str, str], today: date) -> KnownRow:
    code = row["kode_wilayah"]
    if not code:
        raise Unfit("kode wilayahnya kosong.")
    if not CODE.fullmatch(code) or code not in names:
        raise Unfit(f"kode wilayah “{_shown(code)}” tidak dikenal.")
    name = names[code]
    if _letters(row["daerah"]) != _letters(name):
        raise Unfit(f"kode {code} milik {name}, bukan “{_shown(row['daerah'])}”.")
    source = row["sumber"]
    if not source:
        raise Unfit("sumbernya kosong.")
    if len(source) > LONGEST_SOURCE or not source.isprintable():
        raise Unfit(f"sumbernya lebih dari {LONGEST_SOURCE} huruf atau tidak terbaca.")
    return KnownRow(
        line=line,
        region_code=code,
        region_name=name,
        opened_on=_day(row["tanggal_peresmian"], today),
        agencies=_count(row["instansi"], "instansi"),
        services=_count(row["layanan"], "layanan"),
        source=source,
    )


def _day(typed: str, today: date) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed) if DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None:
        raise Unfit(f"tanggal “{_shown(typed)}” bukan tanggal (tahun-bulan-hari).")
    if day.year < FIRST_YEAR or day > today:
        raise Unfit(f"tanggal {typed} di luar {FIRST_YEAR} sampai hari ini.")
    return day


def _count(typed: str, what: str) -> int | None:
    if not typed:
        return None
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len("9999") else 0
    if not 0 < number <= MOST_COUNTED:
        raise Unfit(f"jumlah {what} “{_shown(typed)}” bukan bilangan 1 sampai {MOST_COUNTED}.")
    return number


def _letters(name: str) -> str:
    return "".join(mark for mark in name.casefold() if mark.isalnum())


def _shown(text: str) -> str:
    printable = "".join(
        mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text
    )
    return printable if len(printable) <= SHOWN else f"{printable[:SHOWN]}…"
