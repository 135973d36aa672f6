"""The command: rows taken, unchanged, refused; one file, one transaction; new versions."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from gerai.directory.models import Agency, Service, Standard
from gerai.directory.tests.factories import a_mall, a_service, an_agency
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.models import Deed

CATALOGUE = """instansi:
  - kode: DUK
    nama: Dinas Kependudukan
    jenis: opd_kabkota
    layanan:
      - kode: D-1
        nama: KTP-el
        persyaratan: [{teks: KK}, {teks: surat hilang, jika: hilang}]
        waktu: {teks: 14 hari kerja, nilai: 14, satuan: hari_kerja}
        biaya: {teks: gratis, rupiah: 0}
"""
PERMITS = """kode,nama,durasi,biaya,status,prosedur
1,Izin Lokasi,7 Hari,Sesuai Perda,Tidak Aktif,datang | pulang
"""


def run(path, *options):
    out = StringIO()
    call_command("import_catalogue", str(path), *options, "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "berkas"

    def write(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal_of(path, *options):
    err = StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command("import_catalogue", str(path), *options, stderr=err, stdout=StringIO())
    assert leaving.value.code == 2
    return err.getvalue()


def test_published_files_are_taken_once(mall, shared_data):
    results = [
        run(shared_data / "katalog" / name)
        for name in ("catalogue.yaml", "mpp_batang_instansi.csv", "mpp_batang_izin_1.csv")
        for _ in range(2)
    ]
    assert [(row["taken"], row["unchanged"], row["refused"]) for row in results] == [
        (84, 0, []),
        (0, 84, []),
        (24, 0, []),
        (0, 24, []),
        (42, 0, []),
        (0, 42, []),
    ]
    assert Agency.objects.count() == 48
    assert Service.objects.count() == Standard.objects.count() == 102
    assert Service.objects.filter(is_active=True).count() == 66
    assert Agency.objects.filter(services__code="449.11").get().code == "DPMPTSP"


def test_service_is_written_with_its_whole_standard(mall, file):
    run(file(CATALOGUE))
    service = Service.objects.get()
    standard = service.standards.get()
    assert (service.code, service.agency.short_name, service.is_active) == (
        "D-1",
        "Dinas Kependudukan",
        True,
    )
    assert (standard.version, standard.valid_from, standard.duration_text) == (
        1,
        None,
        "14 hari kerja",
    )
    assert (standard.duration_min, standard.duration_max, standard.duration_unit) == (
        14,
        14,
        "hari_kerja",
    )
    assert (standard.fee_text, standard.fee_rupiah) == ("gratis", 0)
    assert list(
        standard.requirements.order_by("position").values_list("position", "text", "condition")
    ) == [(1, "KK", ""), (2, "surat hilang", "hilang")]


def test_changed_content_makes_a_new_version_and_keeps_the_old(mall, file):
    run(file(CATALOGUE))
    changed = run(file(CATALOGUE.replace("teks: KK", "teks: Kartu Keluarga")))
    back = run(file(CATALOGUE))
    assert (changed["taken"], changed["unchanged"], back["taken"]) == (1, 1, 1)
    assert [
        (standard.version, standard.requirements.get(position=1).text)
        for standard in Standard.objects.order_by("version")
    ] == [(1, "KK"), (2, "Kartu Keluarga"), (3, "KK")]


def test_catalogue_corrects_names_and_kinds_without_a_new_version(mall, file):
    run(file(CATALOGUE))
    better = CATALOGUE.replace("nama: KTP-el", "nama: KTP elektronik").replace(
        "Dinas K", "Kantor K"
    )
    assert run(file(better.replace("opd_kabkota", "vertikal")))["taken"] == 2
    agency, service = Agency.objects.get(), Service.objects.get()
    assert (agency.name, agency.kind, service.name) == (
        "Kantor Kependudukan",
        "vertical",
        "KTP elektronik",
    )
    assert Standard.objects.count() == 1


def test_what_is_not_in_the_file_stays(mall, file):
    run(file(CATALOGUE))
    run(file(CATALOGUE.replace("DUK", "LAIN").replace("D-1", "L-1")))
    assert sorted(Agency.objects.values_list("code", flat=True)) == ["DUK", "LAIN"]


def test_permits_belong_to_the_one_stop_office(mall, file):
    assert run(file(PERMITS)) == {"taken": 1, "unchanged": 0, "refused": []}
    service = Service.objects.get()
    assert (service.agency.code, service.is_active) == ("DPMPTSP", False)
    assert service.standards.get().procedure == ["datang", "pulang"]
    assert run(file(PERMITS.replace("Tidak Aktif", "Aktif")))["taken"] == 1
    assert Service.objects.get().is_active is True
    assert Standard.objects.count() == 1


def test_permits_may_be_given_to_another_agency(mall, file):
    an_agency(code="014")
    assert "“999”" in refusal_of(file(PERMITS), "--agency", "999")
    assert run(file(PERMITS), "--agency", "014")["taken"] == 1
    assert list(Agency.objects.values_list("code", flat=True)) == ["014"]


def test_permit_code_of_an_earlier_file_is_not_given_away(mall, file):
    run(file(PERMITS))
    result = run(file(PERMITS.replace("Izin Lokasi", "Izin Reklame")))
    spelt = run(file(PERMITS.replace("Izin Lokasi", "IZIN LOKASI ")))
    assert (result["taken"], [row["line"] for row in result["refused"]]) == (0, [2])
    assert "Izin Lokasi" in result["refused"][0]["reason"]
    assert (spelt["taken"], Service.objects.get().name) == (1, "IZIN LOKASI")


def test_service_code_of_another_agency_is_refused(mall, file):
    a_service(code="d-1")
    result = run(file(CATALOGUE))
    assert (result["taken"], [row["line"] for row in result["refused"]]) == (1, [6])
    assert Standard.objects.count() == 0


def test_refused_rows_are_refused_again_and_come_in_order(mall, file):
    dirty = PERMITS + "1,Izin Lain,7 Hari,-,Aktif,a\n,Kosong,7 Hari,-,Aktif,a\n"
    first, second = run(file(dirty)), run(file(dirty))
    assert first["refused"] == second["refused"]
    assert [row["line"] for row in first["refused"]] == [3, 4]
    assert (first["taken"], second["taken"], second["unchanged"]) == (1, 0, 1)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"instansi: [", b"kode,nama\n1,a\n", b"- kode: A\n"]
)
def test_unreadable_file_changes_nothing(mall, file, content):
    assert refusal_of(file(content)).strip() != ""
    assert Agency.objects.count() == Deed.objects.count() == 0


def test_missing_file_and_folder_are_refused(mall, tmp_path):
    for path in (tmp_path, tmp_path / "tiada", "a\0b", ""):
        assert "erkas" in refusal_of(path)


def test_first_import_of_an_empty_installation_opens_a_mall(db, file):
    refusal_of(file(b"bukan"))
    assert Mall.objects.count() == 0
    assert run(file(CATALOGUE))["taken"] == 2
    mall = Mall.objects.get()
    assert (mall.slug, mall.name, mall.is_sample) == ("mal", "Mal Pelayanan Publik", False)
    with in_mall(mall):
        assert Service.objects.count() == 1


def test_several_malls_want_one_to_be_named(mall, file):
    other = a_mall("soppeng")
    assert "barru, soppeng" in refusal_of(file(CATALOGUE))
    assert "tiada" in refusal_of(file(CATALOGUE), "--mall", "tiada")
    assert run(file(CATALOGUE), "--mall", "soppeng")["taken"] == 2
    assert Agency.objects.count() == 0
    with in_mall(other):
        assert Agency.objects.count() == 1


def test_closed_malls_do_not_take_a_catalogue(db, file):
    a_mall(is_active=False)
    assert "dinonaktifkan" in refusal_of(file(CATALOGUE))


def test_every_change_is_recorded(mall, file):
    run(file(CATALOGUE))
    run(file(CATALOGUE))
    assert list(Deed.objects.order_by("pk").values_list("verb", "by_name")) == [
        ("directory.add_agency", "sistem"),
        ("directory.add_service", "sistem"),
        ("directory.add_standard", "sistem"),
        ("directory.import_catalogue", "sistem"),
    ]
