"""Reading recorded looks at lines from a CSV file, packed by gzip or not. Pure: bytes in.

What cannot be read for certain is refused with its line (Indonesian). Columns may stand in any
order; further ones are ignored.
"""

import csv
import gzip
import re
import zlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

from gerai.waits.rules import Recorded, Snapshot

COLUMNS = (
    "office",
    "queue_id",
    "queue_name",
    "date",
    "time",
    "open_counters",
    "waiting",
    "called_no",
    "issued_no",
    "nominal_service_min",
    "realised_wait_min",
)
LARGEST_UNPACKED = 500_000_000
_GZIP = b"\x1f\x8b"
_COUNT = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_MINUTES = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,20})?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?")
_SHOWN = 40


class UnreadableSnapshots(ValueError):
    """The file cannot be taken; the message says where and what to do (Indonesian)."""


def read_snapshots(content: bytes, *, packed: bool = False) -> list[Recorded]:
    """Return every look in order of time; looks at the same minute as they stand in the file.

    packed: it must be gzip, as its name says; otherwise that is seen from its first bytes.

    :raises UnreadableSnapshots: empty, not gzip, not CSV, a column missing, a broken value
    """
    text = _text(_unpacked(content) if packed or content.startswith(_GZIP) else content)
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        if not any(header):
            raise UnreadableSnapshots("Berkas kosong. Isi dengan judul kolom dan rekamannya.")
        places = _places(header)
        looks = [
            _look(cells, places, rows.line_num, len(header))
            for cells in rows
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise UnreadableSnapshots(
            f"Baris {rows.line_num} tidak dapat dibaca. Periksa tanda kutipnya."
        ) from error
    if not looks:
        raise UnreadableSnapshots("Berkas hanya berisi judul kolom, belum ada rekaman.")
    return sorted(looks, key=lambda look: (look.snapshot.day, look.snapshot.minute))


def _unpacked(content: bytes) -> bytes:
    try:
        with gzip.open(BytesIO(content)) as packed:
            unpacked = packed.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSnapshots(
            "Berkas ini bukan gzip yang utuh. Unduh atau mampatkan lagi, lalu ulangi."
        ) from error
    if len(unpacked) > LARGEST_UNPACKED:
        raise UnreadableSnapshots("Isi berkas terlalu besar. Bagi menjadi beberapa berkas.")
    return unpacked


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UnreadableSnapshots("Berkas ini bukan teks. Simpan sebagai CSV UTF-8, lalu ulangi.")
    return text


def _places(header: Sequence[str]) -> dict[str, int]:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise UnreadableSnapshots(
            f"Kolom ini tidak ada: {', '.join(missing)}. "
            f"Kolom yang diperlukan: {', '.join(COLUMNS)}."
        )
    return {name: header.index(name) for name in COLUMNS}


def _look(cells: Sequence[str], places: dict[str, int], line: int, width: int) -> Recorded:
    if len(cells) != width:
        raise UnreadableSnapshots(
            f"Baris {line} berisi {len(cells)} kolom, padahal judulnya {width} kolom."
        )
    told = {name: cells[place].strip() for name, place in places.items()}
    counts = {
        name: _count(told[name], name, line)
        for name in ("open_counters", "waiting", "called_no", "issued_no")
    }
    return Recorded(
        office=told["office"],
        snapshot=Snapshot(
            line=(told["office"], told["queue_id"], told["queue_name"]),
            day=_day(told["date"], line),
            minute=_minute(told["time"], line),
            counters=counts["open_counters"],
            waiting=counts["waiting"],
            called=counts["called_no"],
            issued=counts["issued_no"],
            usual_minutes=_minutes(told["nominal_service_min"], "nominal_service_min", line),
        ),
        realised=_minutes(told["realised_wait_min"], "realised_wait_min", line),
    )


def _count(text: str, name: str, line: int) -> int:
    if not (found := _COUNT.fullmatch(text)):
        raise _broken(text, name, line, "bilangan bulat")
    return int(found[1])


def _minutes(text: str, name: str, line: int) -> float | None:
    if not text:
        return None
    if not _MINUTES.fullmatch(text):
        raise _broken(text, name, line, "bilangan menit")
    return float(text)


def _day(text: str, line: int) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError as error:
        raise _broken(text, "date", line, "tanggal seperti 2026-01-31") from error


def _minute(text: str, line: int) -> float:
    if not (found := _TIME.fullmatch(text)):
        raise _broken(text, "time", line, "jam seperti 08:30")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 60 + minutes + seconds / 60


def _broken(text: str, name: str, line: int, wanted: str) -> UnreadableSnapshots:
    return UnreadableSnapshots(f"Baris {line}, kolom {name}: “{text[:_SHOWN]}” bukan {wanted}.")
