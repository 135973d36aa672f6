"""The same without a browser: gerai blueprint export, import, schema."""

import json
from pathlib import Path

import pytest
from django.db import connections

from config.command import main
from gerai.blueprint import shape, signing
from gerai.blueprint.reading import read
from gerai.blueprint.tests.factories import (
    a_document,
    a_file,
    a_founding_mall,
    a_guide_part,
    a_model,
    an_agency_part,
    signed,
)
from gerai.directory.models import Agency
from gerai.malls.models import Mall, Stage
from gerai.malls.scope import in_mall
from gerai.people.models import Deed


@pytest.fixture
def told(db, capsys, monkeypatch):
    """Run a command line; return its exit code, what it put out, and what it said."""

    # A command closes its connection at the end; a test still has its transaction on it.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*arguments: object) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.argv", ["gerai", "blueprint", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def put(tmp_path: Path):
    def write(data: bytes) -> Path:
        path = tmp_path / "berkas.json"
        path.write_bytes(data)
        return path

    return write


def test_from_one_mall_to_another(told, tmp_path: Path):
    a_model()
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    code, out, err = told("export", "teladan", "-o", first)
    assert (code, out) == (0, "")
    parts = json.loads(first.read_bytes())["parts"]
    assert err.strip() == f"MPP Teladan: {len(parts)} bagian ditulis."
    code, out, err = told("import", first, "--into", "luwu-timur", "--json")
    assert (code, json.loads(out)) == (0, {"taken": len(parts), "unchanged": 0, "refused": 0})
    assert "ruang kerja pendirian: MPP Luwu Timur" in err
    mall = Mall.objects.get(slug="luwu-timur")
    assert (mall.stage, mall.region_code, mall.zone) == (
        Stage.FOUNDING,
        "73.24",
        "Asia/Makassar",
    )
    code, out, _err = told("import", first, "--into", "luwu-timur", "--json")
    assert (code, json.loads(out)) == (0, {"taken": 0, "unchanged": len(parts), "refused": 0})
    told("export", "luwu-timur", "-o", second)
    assert json.loads(second.read_bytes())["parts"] == parts


def test_to_the_standard_output(told):
    a_model()
    code, out, _err = told("export", "teladan", "--parts", "agency,guide")
    assert code == 0
    assert {part.kind for part in read(out.encode()).parts} == {"agency", "guide"}


def test_only_some_parts_are_taken(told, put):
    path = put(a_file(an_agency_part(), a_guide_part()))
    code, out, err = told("import", path, "--into", "jauh-sekali", "--parts", "guide")
    assert (code, out.strip()) == (
        0,
        "MPP Jauh Sekali: 1 bagian diambil, 0 tidak berubah, 0 ditolak.",
    )
    assert "Mal “jauh-sekali” belum ada" in err


def test_refused_parts_are_named_and_the_others_taken(told, put):
    path = put(a_file(an_agency_part(kind="king"), a_guide_part()))
    code, out, err = told("import", path, "--into", "barru", "--json")
    assert (code, json.loads(out)) == (0, {"taken": 1, "unchanged": 0, "refused": 1})
    assert "Instansi “DUKCAPIL”: Susunannya tidak sesuai skema (di $.content.kind)." in err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_file(an_agency_part()).replace(b"DUKCAPIL", b"DUKCAPIT"), "berubah setelah diterbitkan"),
        (signed(a_document(version=2)), "versi 2"),
        (b"PK\x03\x04", "berkas ZIP"),
        (b'{"format": 1}', "bukan cetak biru Gerai"),
        (b'{"a":' * 100_000, "terlalu banyak|terlalu dalam"),
    ],
)
def test_a_file_that_is_refused_as_a_whole(told, put, data: bytes, words: str):
    code, out, err = told("import", put(data), "--into", "barru", "--json")
    assert (code, json.loads(out)) == (1, {"taken": 0, "unchanged": 0, "refused": 1})
    assert any(word in err for word in words.split("|"))
    assert "Traceback" not in err
    assert not Mall.objects.exists()


def test_another_key_is_accepted_by_its_print(told, put):
    told("import", put(a_file(an_agency_part())), "--into", "barru")
    key = signing.new_key()
    path = put(a_file(an_agency_part(), key=key, issued_at="2026-11-21T00:00:00Z"))
    code, out, err = told("import", path, "--into", "barru")
    assert (code, out, "kunci lain" in err) == (1, "", True)
    assert told("import", path, "--into", "barru", "--accept-key", "0000")[0] == 2
    told_print = signing.print_of(signing.public_key_of(key))
    code, out, _err = told("import", path, "--into", "barru", "--accept-key", told_print)
    assert (code, out.strip()) == (0, "MPP Barru: 0 bagian diambil, 1 tidak berubah, 0 ditolak.")


def test_a_standing_mall_takes_it(told, put):
    mall = a_founding_mall("perintis")
    code, _out, err = told("import", put(a_file(an_agency_part())), "--into", "perintis")
    assert (code, err) == (0, "")
    with in_mall(mall):
        assert Agency.objects.get().code == "DUKCAPIL"
        assert Deed.objects.filter(verb="blueprint.take", by_name="sistem").count() == 1


def test_a_region_by_its_code(told, put):
    path = put(a_file(an_agency_part()))
    told("import", path, "--into", "mpp-baru", "--region", "91.03")
    mall = Mall.objects.get()
    assert (mall.region_code, mall.zone) == ("91.03", "Asia/Jayapura")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("export",),
        ("export", "tidak-ada"),
        ("export", "barru", "--parts", "x"),
        ("export", "barru", "--licence", " "),
        ("export", "barru", "-o", "/tidak/ada/x.json"),
        ("import", "tidak-ada.json", "--into", "barru"),
        ("import", "BERKAS"),
        ("import", "BERKAS", "--into", "Bukan Alamat"),
        ("import", "BERKAS", "--into", "../x"),
        ("import", "BERKAS", "--into", "barru", "--region", "99.99"),
        ("import", "BERKAS", "--into", "barru", "--parts", ""),
        ("apa",),
    ],
    ids=str,
)
def test_a_line_that_makes_no_sense(told, put, arguments: tuple[str, ...]):
    if "barru" in arguments and "export" in arguments:
        a_model("barru")
    path = put(a_file(an_agency_part()))
    malls = Mall.objects.count()
    code, out, err = told(*(path if word == "BERKAS" else word for word in arguments))
    assert (code, out, Mall.objects.count()) == (2, "", malls)
    assert err.strip()
    assert "Traceback" not in err


def test_the_schema_is_printed(told):
    assert told("schema") == (0, shape.published(), "")
