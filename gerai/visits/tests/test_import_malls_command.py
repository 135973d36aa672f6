"""``gerai import-malls``: rows taken or refused with line and reason, and the same again."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from gerai.visits.models import KnownMall

HEAD = "daerah,kode_wilayah,tanggal_peresmian,instansi,layanan,sumber\n"


def told(*arguments: str) -> dict:
    out = StringIO()
    call_command("import_malls", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.mark.usefixtures("db")
def test_a_list_is_taken_and_the_same_again_changes_nothing(tmp_path: Path):
    file = tmp_path / "contoh.csv"
    file.write_text(
        HEAD
        + "Kabupaten Barru,73.11,2020-02-20,18,,Contoh\n"
        + "Kabupaten Soppeng,73.12,25,,,Contoh\n"
        + "Kota Batu,35.79,,25,286,Contoh\n"
    )
    refused = [{"line": 3, "reason": "tanggal “25” bukan tanggal (tahun-bulan-hari)."}]

    assert told(str(file)) == {"taken": 2, "unchanged": 0, "refused": refused}
    assert told(str(file)) == {"taken": 0, "unchanged": 2, "refused": refused}
    file.write_text(HEAD + "Kabupaten Barru,73.11,2020-02-20,19,,Contoh\n")
    assert told(str(file)) == {"taken": 1, "unchanged": 0, "refused": []}
    assert list(KnownMall.objects.values_list("region_code", "agencies")) == [
        ("35.79", 25),
        ("73.11", 19),
    ]


@pytest.mark.usefixtures("db")
def test_what_is_no_list_ends_with_two_and_changes_nothing(tmp_path: Path):
    file = tmp_path / "lain.csv"
    file.write_bytes(b"\xff\xfe\x00")
    for typed in (str(file), str(tmp_path), "tidak-ada.csv", ""):
        with pytest.raises(SystemExit) as ended:
            call_command("import_malls", typed, stderr=StringIO())
        assert ended.value.code == 2
    assert KnownMall.objects.count() == 0


@pytest.mark.usefixtures("db")
def test_the_published_list_of_malls_loads(shared_data: Path):
    found = told(str(shared_data / "mpp" / "daftar_mpp_1.csv"))

    assert found["taken"] == KnownMall.objects.count() == 47
    assert found["refused"] == [{"line": 47, "reason": "kode wilayahnya kosong."}]
    assert KnownMall.objects.filter(opened_on=None).count() == 1
