"""The lists of services, and the page of a standard with the visitor's own list."""

import json
import re
from datetime import date, time
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gerai.directory.catalogue.texts import slug_of
from gerai.directory.models import Requirement
from gerai.directory.tests import factories
from gerai.malls.scope import current_mall, in_mall
from gerai.queue.tests.factories import TEN, a_house, a_line, a_ticket
from gerai.website.queries import services as queries


@pytest.fixture(autouse=True)
def ten(mall):
    """Stop the clock on Monday at ten."""
    with time_machine.travel(TEN, tick=False):
        yield


def a_need(standard, text, condition="", **fields):
    """Add a requirement to a standard."""
    position = Requirement.objects.filter(standard=standard).count() + 1
    return Requirement.objects.create(
        mall=current_mall(),
        standard=standard,
        **{"position": position, "text": text, "condition": condition, **fields},
    )


@pytest.fixture
def lost_card():
    """Make a service that asks for a report where the card is lost."""
    house = a_house()
    service = house.line.services.get()
    standard = factories.a_standard(
        service,
        duration_text="3 hari",
        fee_rupiah=0,
        product="KTP-el",
        procedure=["serahkan berkas", "terima kartu"],
        verification="sebagian",
        source="https://contoh.example/standar; halaman 3\nBuku pelayanan contoh",
    )
    a_need(standard, "formulir")
    a_need(standard, "surat hilang", "KTP-el hilang")
    return service


def page_of(client, path):
    """Return a page that must be there."""
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def items(page, start):
    """Return the texts of a list's boxes from a mark in the page on."""
    boxes = re.findall(
        r'<label class="option"><input type="checkbox".*?</label>', page[page.index(start) :]
    )
    return [" ".join(re.sub(r"<[^>]*>", " ", box).split()) for box in boxes]


def test_services_stand_by_agency_those_open_now_first(client):
    factories.office_hours()
    shut = factories.an_agency(short_name="A tutup")
    factories.office_hours(shut, opens=time(13), closes=time(15), last_ticket=None, pause=None)
    openly = factories.an_agency(short_name="B buka")
    for agency in (shut, openly):
        factories.a_service(agency=agency)

    found = queries.services_by_agency(TEN)

    assert [(each.agency, each.opening.is_open) for each in found] == [
        (openly, True),
        (shut, False),
    ]
    assert "Belum buka. Buka hari ini pukul 13.00." in page_of(client, "/layanan/")


def test_a_long_list_folds_and_one_more_line_does_not():
    six, seven = factories.an_agency(), factories.an_agency()
    for agency, count in ((six, 6), (seven, 7)):
        for _each in range(count):
            factories.a_service(agency=agency)

    found = {each.agency: each for each in queries.services_by_agency(TEN)}

    assert (len(found[six].first), len(found[six].folded)) == (6, 0)
    assert (len(found[seven].first), len(found[seven].folded), found[seven].count) == (5, 2, 7)


def test_services_by_letter_know_no_case(client):
    for name in ("nikah", "Nomor pokok", "Akta"):
        factories.a_service(name=name)

    letters = queries.services_by_letter(TEN)

    assert [(each.letter, [row.service.name for row in each.rows]) for each in letters] == [
        ("A", ["Akta"]),
        ("N", ["nikah", "Nomor pokok"]),
    ]
    assert 'id="huruf-N"' in page_of(client, "/layanan/?urut=abjad")


def test_waiting_is_told_of_a_service_only_where_the_agency_has_several_lines():
    house = a_house()
    a_ticket(house.line)
    [row] = queries.services_of(house.agency, TEN)
    assert (row.waiting, row.is_told) == (1, False)

    a_line(house.agency)
    told = queries.services_of(house.agency, TEN)
    assert sorted((row.waiting, row.is_told) for row in told) == [(0, True), (1, True)]


def test_inactive_services_and_those_of_another_mall_are_nowhere(client):
    service = factories.a_service(code="ADA-01")
    factories.a_service(code="MATI-01", is_active=False)
    with in_mall(factories.a_mall("lain")):
        factories.a_service(code="LAIN-01")

    found = [row.service for each in queries.services_by_agency(TEN) for row in each.first]

    assert found == [service]
    assert [
        client.get(f"/layanan/{slug}/").status_code
        for slug in ("ada-01", "mati-01", "lain-01", "tak")
    ] == [
        200,
        404,
        404,
        404,
    ]


def test_any_writing_of_a_code_leads_to_its_one_address(client):
    factories.a_service(code="449.11 A")

    response = client.get("/layanan/449_11-A/")

    assert (response.status_code, response["Location"]) == (301, "/layanan/449-11-a/")
    assert client.get("/layanan/449-11-a/").status_code == 200
    assert client.get("/layanan/-/").status_code == 404


def test_the_list_asks_the_condition_and_keeps_it_while_unanswered(client, lost_card):
    page = page_of(client, f"/layanan/{slug_of(lost_card.code)}/")

    assert "KTP-el hilang?" in page
    assert items(page, 'id="daftar"') == ["Formulir", "Bila KTP-el hilang: surat hilang"]


def test_yes_brings_the_need_in_and_no_takes_it_out(client, lost_card):
    path = f"/layanan/{slug_of(lost_card.code)}/"

    yes = page_of(client, f"{path}?ktp-el-hilang=ya")
    no = page_of(client, f"{path}?ktp-el-hilang=tidak")

    assert items(yes, 'id="daftar"') == ["Formulir", "Surat hilang"]
    assert items(no, 'id="daftar"') == ["Formulir"]
    assert "1 berkas tidak perlu menurut jawaban Anda" in no


def test_the_list_is_sent_with_its_answers_and_nothing_else(client, lost_card):
    path = f"/layanan/{slug_of(lost_card.code)}/"

    response = client.get(f"{path}?ktp-el-hilang=ya&utm_source=x&lain=1")
    page = response.content.decode()

    own = f"http://barru.localhost{path}?ktp-el-hilang=ya#daftar"
    assert response.context["there"] == own
    assert own in page
    assert response.context["whatsapp"] == (
        "https://wa.me/?text=" + quote(f"Berkas untuk {lost_card.name}: {own}")
    )
    assert re.findall(r'href="(https://wa\.me/|sms:)', page) == ["https://wa.me/", "sms:"]


@pytest.mark.parametrize("value", ["", "mungkin", "9" * 5000, "👩‍👩‍👧", "<b>", "ya\r\nx"])
def test_a_senseless_answer_is_none(client, lost_card, value):
    path = f"/layanan/{slug_of(lost_card.code)}/"

    response = client.get(path, {"ktp-el-hilang": value})

    assert response.status_code == 200
    assert response.context["given"] == {}


def test_each_delivery_component_has_a_section(client, lost_card):
    page = page_of(client, f"/layanan/{slug_of(lost_card.code)}/")

    ids = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "pengaduan")
    assert {
        name: len(re.findall(rf'<section[^>]*id="{name}"', page)) for name in ids
    } == dict.fromkeys(ids, 1)
    assert "Gratis" in page
    assert 'id="komponen-lain"' not in page


def test_internal_components_stand_where_they_are_stated(client):
    service = factories.a_service()
    factories.a_standard(service, legal_basis="Undang-Undang contoh", staff="dua orang")

    page = page_of(client, f"/layanan/{slug_of(service.code)}/")
    standard = service.standards.get()

    assert [text for _name, text in queries.internal_parts(standard)] == [
        "Undang-Undang contoh",
        "dua orang",
    ]
    assert 'id="komponen-lain"' in page


def test_a_service_without_a_standard_or_line_still_says_where_it_is(client):
    agency = factories.an_agency()
    factories.a_counter(agency=agency, code="C7")
    service = factories.a_service(agency=agency)

    page = page_of(client, f"/layanan/{slug_of(service.code)}/")

    assert "Standar layanan ini belum dicantumkan" in page
    assert "Layanan ini tidak memakai nomor antrean" in page
    assert "C7" in page


def test_a_number_can_be_taken_while_it_is_open(client, lost_card):
    path = f"/layanan/{slug_of(lost_card.code)}/"
    door = f'href="{reverse("phone:service", args=[lost_card.pk])}"'

    assert door in page_of(client, path)
    with time_machine.travel("2026-11-22T10:00:00+08:00", tick=False):
        sunday = page_of(client, path)
    assert door not in sunday
    assert "Nomor belum dapat diambil sekarang" in sunday


def test_a_new_version_says_line_by_line_what_changed(client):
    service = factories.a_service()
    before = factories.a_standard(
        service, procedure=["daftar", "bayar"], valid_from=date(2026, 1, 1)
    )
    after = factories.a_standard(
        service, procedure=["daftar", "terima"], valid_from=date(2026, 6, 1)
    )

    [change] = queries.changes_of(service, TEN.date())
    told = {str(each.name): (each.before, each.after) for each in change.differences}

    assert (change.standard, change.is_coming) == (after, False)
    assert told["Prosedur"] == (
        (("daftar", True), ("bayar", False)),
        (("daftar", True), ("terima", False)),
    )
    assert set(told) == {"Prosedur", "Berlaku sejak"}
    page = page_of(client, f"/layanan/{slug_of(service.code)}/")
    assert ("<del>bayar</del>" in page, "<ins>terima</ins>" in page) == (True, True)
    assert before.version == 1


def test_a_version_to_come_is_told_and_not_yet_shown(client):
    service = factories.a_service()
    factories.a_standard(service, product="kartu lama")
    factories.a_standard(service, product="kartu baru", valid_from=date(2027, 1, 1))

    [change] = queries.changes_of(service, TEN.date())
    now = queries.service_now(service, TEN)

    assert change.is_coming
    assert now.standard.product == "kartu lama"
    assert "Versi 2 berlaku mulai" in page_of(client, f"/layanan/{slug_of(service.code)}/")


def test_a_source_is_linked_by_the_name_of_its_site(lost_card):
    linked, plain = queries.sources_of(lost_card.standards.get())

    assert (linked.before, linked.address, linked.host, linked.after) == (
        "",
        "https://contoh.example/standar",
        "contoh.example",
        "; halaman 3",
    )
    assert (plain.before, plain.address) == ("Buku pelayanan contoh", "")


@pytest.mark.parametrize(
    ("verification", "word"),
    [
        ("terverifikasi", "Terverifikasi"),
        ("sebagian", "Terverifikasi sebagian"),
        ("alamat_tak_lengkap", "Sumber tidak lengkap"),
        ("", "Belum diverifikasi"),
    ],
)
def test_a_mark_says_how_sure_a_standard_is(verification, word):
    standard = factories.a_standard(factories.a_service(), verification=verification)

    assert str(queries.mark_of(standard).sign.word) == word


def test_data_for_search_engines_can_not_end_their_block(client):
    service = factories.a_service(name="Layanan </script><b>&")
    factories.a_standard(service, product="a </script> b")

    page = page_of(client, f"/layanan/{slug_of(service.code)}/")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    assert [json.loads(block)["@type"] for block in blocks] == [
        "GovernmentService",
        "BreadcrumbList",
    ]
    assert json.loads(blocks[0])["name"] == service.name
    assert not any(letter in block for block in blocks for letter in "<>&")


@pytest.mark.parametrize("path", ["/layanan/", "/layanan/?urut=abjad"])
def test_the_list_asks_the_database_as_much_for_many_as_for_one(client, path):
    counts = []
    for many in (1, 3):
        for _each in range(many):
            a_line()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(client, path)
        counts.append(len(asked))
    assert counts[0] == counts[1]
