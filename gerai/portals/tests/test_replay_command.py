"""``gerai replay``: whole days through the doors of the running product."""

import csv
import heapq
import json
import random
import statistics
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.management import call_command

from gerai.portals.management.commands import replay

SEED = 20261122


def replayed(capfd: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    call_command("replay", *map(str, arguments), "--json")
    result: dict[str, object] = json.loads(capfd.readouterr().out.splitlines()[-1])
    return result


def refused(capfd: pytest.CaptureFixture[str], *arguments: object) -> str:
    with pytest.raises(SystemExit) as ending:
        call_command("replay", *map(str, arguments))
    printed = capfd.readouterr()
    assert (ending.value.code, printed.out) == (2, "")
    return printed.err.removesuffix("\n")


def wall(seconds: int) -> str:
    return f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def waits_of(visits: Iterable[tuple[int, int]], servers: int) -> list[int]:
    """First come first served, by the moments at which the counters get free."""
    free = [0] * servers
    waits = []
    for arrival, service in sorted(visits, key=lambda visit: visit[0]):
        start = max(arrival, free[0])
        heapq.heapreplace(free, start + service)
        waits.append(start - arrival)
    return waits


def report_of(waits: list[int]) -> dict[str, object]:
    return {
        "customers": len(waits),
        "wait_s": {
            "mean": round(statistics.fmean(waits), 3),
            "median": float(statistics.median(waits)),
            "max": float(max(waits)),
        },
        "share_waiting": round(sum(wait > 0 for wait in waits) / len(waits), 4),
        "not_called": 0,
    }


@pytest.mark.stress
def test_sessions_with_several_counters_wait_as_first_come_first_served_says(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    luck = random.Random(SEED)
    days = [
        ("2026-01-01", "pagi", 1, 8 * 3600),
        ("2026-01-01", "sore", 3, 13 * 3600),
        ("2026-01-02", "malam", 2, 23 * 3600 + 3300),
    ]
    told, rows, expected = [], [], []
    for day, name, servers, begins in days:
        visits = [(begins + luck.randrange(900), luck.randrange(150)) for _each in range(15)]
        waits = waits_of(visits, servers)
        told.append({"date": day, "session": name, "servers": servers, **report_of(waits)})
        expected += waits
        for arrival, service in visits:
            rows.append(
                f"{name};{wall(arrival)};{wall(arrival)};{wall(arrival + service)};{day};{servers}"
            )
    log, out = tmp_path / "hari.csv", tmp_path / "hasil.csv"
    log.write_text("session;arrive;start;end;date;servers\n" + "\n".join(rows) + "\n")

    result = replayed(capfd, log, "--out", out)

    assert result["sessions"] == told
    assert {name: result[name] for name in report_of(expected)} == report_of(expected)
    with out.open(encoding="utf-8") as file:
        assert [float(row["wait_s"]) for row in csv.DictReader(file)] == expected


@pytest.mark.stress
def test_the_published_canteen_day_gives_the_published_waits(
    capfd: pytest.CaptureFixture[str], shared_data: Path
) -> None:
    with (shared_data / "queue" / "trace_checks.csv").open(encoding="utf-8") as file:
        told = next(row for row in csv.DictReader(file) if row["case"] == "itera_canteen_cashier")

    result = replayed(capfd, shared_data / "queue" / "itera_canteen_cashier.csv")

    played = result.pop("played")
    assert isinstance(played, dict)
    # A take, a call, a start and a finish for each; a few more open the doors.
    assert played["requests"] // int(told["customers"]) == 4
    assert result == {
        "customers": int(told["customers"]),
        "wait_s": {
            "mean": float(told["fifo_mean_wait_s"]),
            "median": float(told["fifo_median_wait_s"]),
            "max": float(told["fifo_max_wait_s"]),
        },
        "share_waiting": float(told["fifo_share_waiting"]),
        "not_called": 0,
        "refused": [],
    }


@pytest.mark.stress
def test_a_replay_of_snapshots_compares_its_waits_and_leaves_nothing_behind(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(replay, "MEMORY", memory)
    log = tmp_path / "hari.csv"
    log.write_text(
        "office,queue_id,queue_name,date,time,open_counters,waiting,called_no,issued_no,"
        "realised_wait_min\n"
        "Pusat,7,KTP,2026-01-05,08:00,1,1,0,1,2\n"
        "Pusat,7,KTP,2026-01-05,08:05,1,2,1,3,\n"
        "Pusat,7,KTP,2026-01-05,08:10,1,1,2,3,3\n"
    )
    result = replayed(capfd, log)

    assert list(memory.iterdir()) == []
    assert result["sessions"] == [
        {
            "date": "2026-01-05",
            "session": "Pusat / 7 / KTP",
            "customers": 2,
            "wait_s": {"mean": 375.0, "median": 375.0, "max": 450.0},
            "share_waiting": 1.0,
            "servers": 1,
            "not_called": 1,
            "recorded_wait_s": 150.0,
            "recorded_wait_per_customer_s": 120.0,
        }
    ]


def test_replay_refuses_what_it_cannot_take(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = tmp_path / "hari.csv"
    log.write_text("arrive,start,end\n08:00,08:00,08:05\n")
    empty = tmp_path / "kosong.csv"
    empty.write_bytes(b"")
    hopeless = tmp_path / "salah.csv"
    hopeless.write_text("arrive,start,end\nx,08:00,08:05\n")
    endless = tmp_path / "lama.csv"
    endless.write_text(
        "arrive,start,end\n"
        "2026-01-01 08:00,2026-01-01 08:00,2026-01-02 07:00\n"
        "2026-01-01 09:00,2026-01-02 07:00,2026-01-02 12:00\n"
    )

    assert refused(capfd) == "Sebutkan berkasnya, misalnya: gerai replay kasir.csv"
    assert refused(capfd, tmp_path) == (
        f"Berkas “{tmp_path}” tidak dapat dibuka. Periksa nama dan izinnya."
    )
    assert refused(capfd, empty) == (
        "Berkas kosong. Isi dengan judul kolom dan catatan antreannya."
    )
    assert refused(capfd, hopeless) == (
        "Tidak ada baris yang dapat diputar. Perbaiki baris berikut, lalu ulangi.\n"
        "2: Kolom arrive: “x” bukan waktu. Tuliskan seperti 08:30:00. Baris ini tidak diputar."
    )
    assert refused(capfd, endless) == (
        "Satu sesi lebih panjang dari satu hari. "
        "Tambahkan kolom date atau session, atau lebih banyak loket."
    )
    for wrong in ("0", "201", "dua", "-1", "1.5"):
        assert refused(capfd, log, f"--counters={wrong}") == (
            f"--counters “{wrong}” bukan bilangan 1 sampai 200."
        )
    for wrong in ("0", "cepat", "nan", "-5"):
        assert refused(capfd, log, f"--speed={wrong}") == (
            f"--speed “{wrong}” bukan kecepatan. Tuliskan misalnya 60: satu menit per detik."
        )
    assert refused(capfd, log, "--out", tmp_path / "tidak" / "ada.csv") == (
        f"Hasil tidak dapat ditulis ke “{tmp_path}/tidak/ada.csv”. Periksa nama foldernya."
    )
