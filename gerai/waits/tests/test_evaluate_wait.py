"""``gerai evaluate-wait``: five figures as JSON, a table in words, refusals in words."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path
from time import process_time

import pytest
from django.core.management import call_command

from gerai.waits.reading import COLUMNS, read_snapshots
from gerai.waits.rules import Estimator, judge, replay
from gerai.waits.tests.simulated import Office, recording

KEYS = ["snapshots", "mae_min", "medae_min", "coverage", "claim"]


def written(folder: Path, *, days: int = 6) -> Path:
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for one in recording(Office(), days=days, usual=8):
        look = one.snapshot
        time = f"{int(look.minute) // 60:02}:{int(look.minute) % 60:02}"
        counts = (look.counters, look.waiting, look.called, look.issued)
        rows.writerow(
            ("Kantor", 1, "Izin", f"2026-01-{look.day + 1:02}", time, *counts, 8, one.realised)
        )
    path = folder / "rekaman.csv.gz"
    path.write_bytes(gzip.compress(out.getvalue().encode()))
    return path


def test_json_has_exactly_the_five_figures(tmp_path, capsys):
    path = written(tmp_path)
    call_command("evaluate_wait", str(path), "--json")
    printed = json.loads(capsys.readouterr().out)
    found = judge(replay(read_snapshots(path.read_bytes())))
    assert list(printed) == KEYS
    assert list(printed.values()) == [
        found.cases,
        round(found.mae, 3),
        round(found.medae, 3),
        round(found.coverage, 4),
        0.8,
    ]


def test_the_table_names_each_office_and_the_whole(tmp_path, capsys):
    call_command("evaluate_wait", str(written(tmp_path)))
    head, office, whole, *_rest = capsys.readouterr().out.splitlines()
    assert (head.split()[0], office.split()[0], whole.split()[0]) == ("Kantor", "Kantor", "Semua")
    assert office.split()[1:] == whole.split()[1:]


@pytest.mark.parametrize("content", [None, b"", b"office,waiting\n1,2\n", b"no gzip"])
def test_a_bad_file_is_answered_in_words_with_code_2(tmp_path, capsys, content):
    path = tmp_path / "rekaman.csv.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        call_command("evaluate_wait", str(path))
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith("Berkas")


def test_a_recording_in_which_nobody_waits_is_answered_in_words(tmp_path, capsys):
    path = tmp_path / "sepi.csv"
    path.write_text(",".join(COLUMNS) + "\nK,1,Izin,2026-01-05,09:00,1,0,3,3,8,0\n")
    with pytest.raises(SystemExit) as ended:
        call_command("evaluate_wait", str(path))
    assert ended.value.code == 2
    assert "Tidak ada rekaman yang dapat dinilai" in capsys.readouterr().err


def test_the_published_yardsticks_are_counted_alike_and_beaten(shared_data):
    """Two offices of Warsaw; the yardsticks were published with the recording."""
    folder = shared_data / "queue"
    cases = replay(read_snapshots((folder / "warsaw_offices_5min_sample.csv.gz").read_bytes()))
    with (folder / "warsaw_sample_baseline.csv").open(newline="") as lines:
        published = list(csv.DictReader(lines))
    for told in published:
        office = told["office"]
        found = judge([case for case in cases if office in ("ALL", case.office)])
        assert found.cases == int(told["snapshots"])
        assert (found.rate_mae, found.set_mae, found.constant_mae) == pytest.approx(
            (
                float(told["mae_rate30"]),
                float(told["mae_nominal"]),
                float(told["mae_constant_mean"]),
            ),
            abs=0.006,
        )
        assert found.set_mae is not None
        assert found.mae < 0.8 * min(found.rate_mae, found.set_mae, found.constant_mae)
    assert found.mae < 7.5
    assert found.medae < 4.2
    assert 0.75 <= found.coverage <= 0.85
    assert found.width < 26


def test_an_estimate_takes_less_than_two_milliseconds():
    looks = [one.snapshot for one in recording(Office(an_hour=15), days=40)]
    estimator = Estimator()
    begun = process_time()
    for look in looks:
        estimator.see(look)
    assert (process_time() - begun) / len(looks) < 0.002
