"""The pages of the blueprint: giving out, sending in, looking, choosing, deciding."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gerai.blueprint import shape, signing
from gerai.blueprint.actions import taking
from gerai.blueprint.models import Arrival, Part, Source
from gerai.blueprint.reading import read
from gerai.blueprint.tests.factories import (
    LATER,
    a_document,
    a_file,
    a_founding_mall,
    a_guide_part,
    an_agency_part,
    fill,
    signed,
)
from gerai.directory.models import Agency, Guide
from gerai.directory.tests.factories import a_user, an_agency
from gerai.malls.models import Mall, Stage
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import User
from gerai.people.roles import Role

HERE = "/kelola/cetak-biru/"
PER_PAGE = 25
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def founder(mall, client):
    Mall.objects.filter(pk=mall.pk).update(stage=Stage.FOUNDING)
    mall.stage = Stage.FOUNDING
    client.force_login(a_user(Role.FOUNDER))
    return client


def send(client, data: bytes):
    return client.post(f"{HERE}impor/", {"file": SimpleUploadedFile("../../x.json", data)})


def sent(client, data: bytes) -> str:
    response = send(client, data)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def text(response) -> str:
    return response.content.decode()


def test_the_first_page_of_an_empty_mall(founder):
    page = text(founder.get(HERE))
    assert "Belum ada mal teladan" in page
    assert "Kunci dibuat saat ekspor pertama" in page
    assert "Tidak ada usulan" in text(founder.get(f"{HERE}usulan/"))
    assert "Belum ada yang diambil" in text(founder.get(f"{HERE}asal/"))


def test_who_may_not_enter(mall, client):
    client.force_login(a_user(Role.OFFICER))
    for path in ("", "ekspor/", "impor/", "usulan/", "asal/"):
        assert client.get(f"{HERE}{path}").status_code == 403


def test_giving_out_some_kinds(founder):
    fill()
    page = text(founder.get(f"{HERE}ekspor/"))
    assert "Perekaman KTP-el" in page
    answer = founder.post(f"{HERE}ekspor/", {"kinds": ["agency", "guide"], "licence": "CC0-1.0"})
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="cetak-biru-barru-')
    file = read(answer.content)
    assert ({part.kind for part in file.parts}, file.licence) == ({"agency", "guide"}, "CC0-1.0")
    assert signing.print_of(file.public_key) in text(founder.get(HERE))


def test_giving_out_nothing(founder):
    answer = founder.post(f"{HERE}ekspor/", {"licence": "CC0-1.0"})
    assert (answer.status_code, "Pilih paling sedikit satu jenis." in text(answer)) == (400, True)


def test_sending_looking_taking(founder):
    an_agency(code="BPN", name="Lain", short_name="BPN")
    where = sent(founder, a_file(an_agency_part(), an_agency_part("BPN"), a_guide_part()))
    page = text(founder.get(where))
    for words in (
        "MPP Jauh (contoh)",
        "Sumber baru",
        "1 baru",
        "1 berbeda",
        "Ambil semua (3 bagian)",
    ):
        assert words in page
    assert not Source.objects.exists()
    answer = founder.post(where, {"everything": "1"}, follow=True)
    assert "3 bagian diambil, 0 tidak berubah, 0 ditolak." in text(answer)
    assert "1 di antaranya berbeda" in text(answer)
    assert (Guide.objects.count(), Arrival.objects.count()) == (1, 0)
    assert founder.get(where).status_code == 404


def test_taking_only_what_is_chosen(founder):
    where = sent(founder, a_file(an_agency_part(), an_agency_part("BPN"), a_guide_part()))
    founder.post(where, {"part": ["agency BPN"], "kind": ["guide"]})
    assert [agency.code for agency in Agency.objects.all()] == ["BPN"]
    assert Guide.objects.count() == 1


@pytest.mark.parametrize("said", [{}, {"part": ["agency TIADA"]}, {"kind": ["x"]}, {"part": ["x"]}])
def test_a_senseless_choice(founder, said):
    where = sent(founder, a_file(an_agency_part()))
    assert founder.post(where, said).status_code == 400
    assert not Part.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04zip", "berkas ZIP"),
        (b"", "kosong"),
        (a_file(an_agency_part()).replace(b"DUKCAPIL", b"DUKCAPIT"), "sidik jarinya tidak cocok"),
        (signed(a_document(version=7)), "versi 7"),
        (b" " * (shape.MOST_BYTES + 1), "terlalu besar"),
        (b'{"parts":[' + b"{}," * 300_000 + b"{}]}", "terlalu banyak"),
    ],
    ids=["zip", "empty", "tampered", "newer", "large", "many"],
)
def test_a_file_that_cannot_be_used(founder, data: bytes, words: str):
    answer = send(founder, data)
    assert (answer.status_code, words in text(answer)) == (400, True)
    assert not Arrival.objects.exists()


def test_no_file_at_all(founder):
    answer = founder.post(f"{HERE}impor/", {"file": "teks"})
    assert (answer.status_code, "Pilih berkasnya dahulu." in text(answer)) == (400, True)


def test_another_key_asks_first(founder):
    taking.take(read(a_file(an_agency_part())), by=SYSTEM)
    key = signing.new_key()
    where = sent(
        founder, a_file(an_agency_part(name="Baru"), key=key, issued_at="2026-11-29T00:00:00Z")
    )
    page = text(founder.get(where))
    assert "Jangan ambil sebelum bertanya" in page
    assert "Ambil semua" not in page
    answer = founder.post(where, {"everything": "1"})
    assert (answer.status_code, "kunci lain" in text(answer)) == (400, True)
    founder.post(f"{where}kunci/")
    assert Source.objects.get().public_key == signing.public_key_of(key)
    founder.post(where, {"everything": "1"})
    assert Part.objects.get().content["name"] == "Baru"


def test_deciding_on_proposals(founder):
    an_agency(code="A", name="Lama A", short_name="A")
    an_agency(code="B", name="Lama B", short_name="B")
    an_agency(code="C", name="Lama C", short_name="C")
    file = a_file(an_agency_part("A"), an_agency_part("B"), an_agency_part("C"))
    taking.take(read(file), by=SYSTEM)
    page = text(founder.get(f"{HERE}usulan/?jenis=agency"))
    assert ("Lama A" in page, "Dinas A" in page) == (True, True)
    first, second, _third = Part.objects.order_by("key")
    stale = founder.post(f"{HERE}usulan/{first.pk}/terima/", {"fingerprint": "x"})
    assert stale.status_code == 409
    founder.post(f"{HERE}usulan/{first.pk}/terima/", {"fingerprint": first.fingerprint})
    founder.post(f"{HERE}usulan/{second.pk}/tolak/", {"fingerprint": second.fingerprint})
    again = founder.post(f"{HERE}usulan/{second.pk}/tolak/", {"fingerprint": second.fingerprint})
    assert again.status_code == 409
    founder.post(f"{HERE}usulan/semua/", {"jenis": "agency"})
    names = list(Agency.objects.order_by("code").values_list("name", flat=True))
    assert names == ["Dinas A", "Lama B", "Dinas C"]
    assert "Seperti teladan" in text(founder.get(f"{HERE}asal/"))


def test_a_dropped_file_is_gone(founder):
    where = sent(founder, a_file(an_agency_part()))
    founder.post(f"{where}buang/")
    assert not Arrival.objects.exists()
    assert not Part.objects.exists()


@pytest.mark.parametrize(("path", "most"), [("usulan", PER_PAGE), ("asal", 2 * PER_PAGE)])
def test_a_page_reads_the_parts_it_shows(founder, path: str, most: int):
    codes = [f"B{number:03}" for number in range(2 * PER_PAGE + 1)]
    taking.take(read(a_file(*map(an_agency_part, codes))), by=SYSTEM)
    update = [an_agency_part(code, name=f"Baru {code}") for code in codes]
    taking.take(read(a_file(*update, issued_at=LATER)), by=SYSTEM)
    with CaptureQueriesContext(connection) as asked:
        page = text(founder.get(f"{HERE}{path}/"))
    assert (f"Dinas {codes[most - 1]}" in page, f"Dinas {codes[most]}" in page) == (True, False)
    rows = [query["sql"] for query in asked if '"blueprint_part"."content"' in query["sql"]]
    assert [f"LIMIT {most}" in told for told in rows] == [True]


def test_a_file_is_dropped_without_being_read(founder):
    where = sent(founder, a_file(an_agency_part()))
    Arrival.objects.update(content="{")
    answer = founder.post(f"{where}buang/")
    assert (answer.status_code, Arrival.objects.exists()) == (302, False)
    assert founder.post(f"{where}buang/").status_code == 404


def test_another_person_of_the_same_name_neither_sees_nor_ousts_a_file(founder):
    where = sent(founder, a_file(an_agency_part()))
    namesake = Client()
    namesake.force_login(a_user(Role.FOUNDER, name=User.objects.get().name))
    assert namesake.get(where).status_code == 404
    for verb in ("kunci", "buang"):
        assert namesake.post(f"{where}{verb}/").status_code == 404
    sent(namesake, a_file(a_guide_part()))
    assert founder.get(where).status_code == 200
    assert Arrival.objects.count() == 2


def test_a_later_file_takes_the_place_of_an_earlier_one(founder):
    first = sent(founder, a_file(an_agency_part()))
    second = sent(founder, a_file(a_guide_part()))
    assert (founder.get(first).status_code, founder.get(second).status_code) == (404, 200)


def test_scripts_stay_text(founder):
    part = a_guide_part(title=SCRIPT, text=f"{SCRIPT}<img src=x onerror=alert(1)>")
    mall = a_document()["mall"] | {"name": f"MPP {SCRIPT}"}
    an_agency(code="A", name="Lama", short_name="A")
    data = a_file(part, an_agency_part("A", name=SCRIPT), mall=mall, licence=SCRIPT)
    where = sent(founder, data)
    pages = [founder.get(where)]
    founder.post(where, {"everything": "1"})
    pages += [founder.get(f"{HERE}{path}") for path in ("", "ekspor/", "usulan/", "asal/")]
    pages.append(founder.post(f"{HERE}usulan/semua/", {}, follow=True))
    pages += [founder.get(path) for path in (HERE, f"{HERE}asal/", f"{HERE}ekspor/")]
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in text(page)
        assert "<img src=x" not in text(page)
    assert "&lt;script&gt;" in text(pages[0])


def test_paths_are_only_names(founder):
    part = a_guide_part("../../etc/passwd", title="..\\..\\x")
    where = sent(founder, a_file(part))
    founder.post(where, {"everything": "1"})
    assert Guide.objects.get().code == "../../etc/passwd"


def test_many_parts_show_some_and_take_all(founder):
    parts = [a_guide_part(f"G{number:03}") for number in range(200)]
    where = sent(founder, a_file(*parts))
    page = text(founder.get(where))
    assert page.count('name="part"') == 60
    assert "Sisanya tidak ditampilkan di sini" in page
    founder.post(where, {"everything": "1"})
    assert Guide.objects.count() == 200


def test_rows_of_another_mall_are_not_found(founder):
    with in_mall(a_founding_mall()):
        an_agency(code="A", name="Seberang", short_name="A")
        taking.take(read(a_file(an_agency_part("A"))), by=SYSTEM)
        other = Part.objects.get()
        held = taking.hold(a_file(a_guide_part()), sender=a_user(Role.FOUNDER))
    for path in (f"impor/{held.pk}/kunci/", f"impor/{held.pk}/buang/"):
        assert founder.post(f"{HERE}{path}").status_code == 404
    assert founder.get(f"{HERE}impor/{held.pk}/").status_code == 404
    for verb in ("terima", "tolak"):
        answer = founder.post(
            f"{HERE}usulan/{other.pk}/{verb}/", {"fingerprint": other.fingerprint}
        )
        assert answer.status_code == 404
    assert "Seberang" not in text(founder.get(f"{HERE}usulan/"))
