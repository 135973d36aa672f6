"""``gerai replay FILE``: a recorded day, played through the doors of the running product."""

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.directory.management.asked import BadRequest, asked_file
from gerai.portals.replay.outcome import CUSTOMER_COLUMNS, Played, customers
from gerai.portals.replay.player import TooLong
from gerai.portals.replay.record import Record
from gerai.portals.replay.recording import read_recording
from gerai.portals.replay.stage import perform, timetable
from gerai.portals.replay.table import LARGEST_BYTES, UnreadableFile
from gerai.portals.replay.visits import MOST_COUNTERS
from gerai.ui.templatetags.ui import angka

# The throw-away installation is in memory where the machine has such a folder.
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of random name is made in it
PREFIX = "gerai-putar-ulang-"
OPERATORS = ("GERAI_DATABASE_URL", "GERAI_SIGNALS_URL", "GERAI_SECRET_KEY", "GERAI_BEHIND_TLS")
LEAST_SPEED, MOST_SPEED = 0.1, 1_000_000.0


class Command(BaseCommand):
    """Play a file in an installation that is made for it and thrown away."""

    help = (
        "Memutar ulang rekaman antrean satu hari melalui kios dan loket, dengan jam tiruan, "
        "di instalasi sementara. Data mal Anda tidak disentuh."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every value as text, so that a wrong one is answered in Indonesian."""
        parser.add_argument("file", nargs="?", metavar="BERKAS.csv")
        parser.add_argument("--counters", metavar="N", help="jumlah loket setiap sesi")
        parser.add_argument(
            "--speed", metavar="N", help="detik rekaman per detik nyata; tanpa ini secepatnya"
        )
        parser.add_argument("--limit", metavar="N", help="hanya N sesi pertama")
        parser.add_argument("--out", metavar="HASIL.csv", help="tulis setiap pelanggan ke sini")
        parser.add_argument("--json", action="store_true", help="baris terakhir berupa JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file; play it in a process whose installation is a throw-away one."""
        try:
            speed = _speed(options["speed"])
            record = _record(options)
            played = _timetable(record)
            out = _out(options["out"])
        except (BadRequest, UnreadableFile) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        if settings.DATA_DIR.name.startswith(PREFIX):
            with _ended_politely():
                self._play(record, played, speed=speed, out=out, as_json=options["json"])
            return
        with _ended_politely():
            code = _in_a_throw_away_installation(options)
        if code:
            raise SystemExit(code)

    def _play(
        self,
        record: Record,
        played: tuple[Played, ...],
        *,
        speed: float | None,
        out: Path | None,
        as_json: bool,
    ) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        told = perform(
            record,
            played,
            speed=speed,
            opened=lambda address: self._say_where(address, speed),
            ended=lambda number: self._say_how_far(number, len(played)),
        )
        if out is not None:
            _write(out, customers(told.building, told.played))
        self._print(told.result)
        if as_json:
            self.stdout.write(json.dumps(told.result, ensure_ascii=False))

    def _say_where(self, address: str, speed: float | None) -> None:
        if speed is not None:
            self.stdout.write(
                _("Mal putar ulang terbuka di %(address)s selama pemutaran.")
                % {"address": f"{address}/layar/"}
            )
            self.stdout.flush()

    def _say_how_far(self, number: int, sessions: int) -> None:
        if sys.stderr.isatty():
            words = _("sesi %(number)d dari %(sessions)d") % {
                "number": number,
                "sessions": sessions,
            }
            self.stderr.write(f"\r{words}", ending="\n" if number == sessions else "")

    def _print(self, result: dict[str, Any]) -> None:
        for session in result.get("sessions", ()):
            name = " ".join(filter(None, (session["date"], session["session"])))
            self.stdout.write(f"{name}: {_sentence(session)}")
        self.stdout.write(_sentence(result))
        for refusal in result["refused"]:
            self.stdout.write(
                _("Baris %(line)d: %(reason)s")
                % {"line": refusal["line"], "reason": refusal["reason"]}
            )
        self.stdout.write(
            _("%(requests)s permintaan dalam %(seconds)s detik (%(requests_per_s)s per detik).")
            % {name: angka(number) for name, number in result["played"].items()}
        )


def _sentence(report: dict[str, Any]) -> str:
    return _(
        "%(customers)d pelanggan; tunggu rata-rata %(mean)s detik, median %(median)s, "
        "terlama %(max)s; %(share)s%% menunggu."
    ) % {
        "customers": report["customers"],
        **{name: angka(seconds) for name, seconds in report["wait_s"].items()},
        "share": angka(round(report["share_waiting"] * 100, 2)),
    }


def _record(options: dict[str, Any]) -> Record:
    counters = _whole("--counters", options["counters"], most=MOST_COUNTERS)
    limit = _whole("--limit", options["limit"], most=1_000_000)
    record = read_recording(_content(options["file"]), counters=counters)
    return replace(record, sessions=record.sessions[:limit])


def _timetable(record: Record) -> tuple[Played, ...]:
    if not record.sessions:
        reasons = "\n".join(f"{each.line}: {each.reason}" for each in record.refused[:20])
        raise BadRequest(
            _("Tidak ada baris yang dapat diputar. Perbaiki baris berikut, lalu ulangi.")
            + f"\n{reasons}"
        )
    try:
        return timetable(record.sessions)
    except TooLong as error:
        raise BadRequest(
            _(
                "Satu sesi lebih panjang dari satu hari. "
                "Tambahkan kolom date atau session, atau lebih banyak loket."
            )
        ) from error


def _content(typed: str | None) -> bytes:
    content = asked_file(typed, LARGEST_BYTES, example="replay kasir.csv")
    if len(content) > LARGEST_BYTES:
        raise BadRequest(_("Berkas ini terlalu besar. Bagi menjadi beberapa berkas per hari."))
    return content


def _whole(option: str, typed: str | None, *, most: int) -> int | None:
    if typed is None:
        return None
    text = str(typed).strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= most):
        raise BadRequest(
            _("%(option)s “%(typed)s” bukan bilangan 1 sampai %(most)d.")
            % {"option": option, "typed": text[:40], "most": most}
        )
    return int(text)


def _speed(typed: str | None) -> float | None:
    if typed is None:
        return None
    refusal = BadRequest(
        _("--speed “%(typed)s” bukan kecepatan. Tuliskan misalnya 60: satu menit per detik.")
        % {"typed": str(typed)[:40]}
    )
    try:
        speed = float(str(typed).replace(",", "."))
    except ValueError as error:
        raise refusal from error
    if not LEAST_SPEED <= speed <= MOST_SPEED:
        raise refusal
    return speed


def _out(typed: str | None) -> Path | None:
    if typed is None:
        return None
    path = Path(typed)
    if path.is_dir() or not path.parent.is_dir():
        raise BadRequest(
            _("Hasil tidak dapat ditulis ke “%(typed)s”. Periksa nama foldernya.")
            % {"typed": typed[:200]}
        )
    return path


def _write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, CUSTOMER_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def _in_a_throw_away_installation(options: dict[str, Any]) -> int:
    """Run this command again where the settings name a temporary folder; return its code."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    asked = [
        f"--{name}={options[name]}"
        for name in ("counters", "speed", "limit", "out")
        if options[name] is not None
    ]
    if options["json"]:
        asked.append("--json")
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=place) as folder:
        environment = {
            name: value
            for name, value in os.environ.items()  # noqa: TID251 - handed on to the child
            if name not in OPERATORS
        }
        environment |= {
            "GERAI_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(settings.BASE_DIR), environment.get("PYTHONPATH")))
            ),
        }
        command = [sys.executable, "-m", "django", "replay", *asked]
        child = subprocess.Popen([*command, "--", options["file"]], env=environment)  # noqa: S603
        try:
            return child.wait()
        finally:
            child.terminate()
            child.wait()


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Let a request to end also end the child and remove its folder, without a traceback."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
