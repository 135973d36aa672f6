"""Services and versions of their standards, written in the browser."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory import queries
from gerai.directory.actions.catalogue import import_catalogue
from gerai.directory.catalogue.entries import Promise, Requirement
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.catalogue.texts import Unfit
from gerai.directory.catalogue.typed import lines_of, requirements_of, typed
from gerai.directory.forms import StandardFields, fields_of
from gerai.directory.models import Service, Standard
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed

NEW = {"code": "KTP-01", "name": "KTP-el baru"}
STANDARD = {
    "requirements": "KTP-el lama\n\n- jika kartu hilang: surat kehilangan dari polisi",
    "procedure": "1. Ambil nomor\n2. Serahkan berkas",
    "duration_text": "paling lama 3 hari kerja",
    "fee_text": "Tidak dipungut biaya",
    "product": "KTP-el",
    "complaints": "Telepon 0427-21000",
    "decree_number": "SK 12/2026",
    "valid_from": "2026-01-05",
    "source": "https://barrukab.go.id/sk12",
    "legal_basis": "UU 24/2013",
    "after": "0",
}


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


def verbs():
    return list(Deed.objects.order_by("pk").values_list("verb", flat=True))


def proposed(office, page):
    """Return what the form of a page shows, as a browser would send it."""
    form = office.get(page).context["standard"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in shown.items()}


def test_a_service_is_added_with_its_first_standard(office):
    agency = factories.an_agency()

    answer = office.post(reverse("manage:new_service"), NEW | STANDARD | {"agency": agency.pk})

    service = Service.objects.get()
    assert answer.headers["Location"] == reverse("manage:service", args=[service.pk])
    assert (service.agency, service.code, service.name) == (agency, "KTP-01", "KTP-el baru")
    standard = Standard.objects.get()
    assert [(need.condition, need.text) for need in standard.requirements.order_by("position")] == [
        ("", "KTP-el lama"),
        ("kartu hilang", "surat kehilangan dari polisi"),
    ]
    assert standard.procedure == ["Ambil nomor", "Serahkan berkas"]
    assert (standard.duration_min, standard.duration_max, standard.duration_unit) == (
        None,
        3,
        "hari_kerja",
    )
    assert (standard.fee_rupiah, standard.valid_from) == (0, date(2026, 1, 5))
    assert (standard.decree_number, standard.legal_basis) == ("SK 12/2026", "UU 24/2013")
    assert verbs() == ["directory.add_service", "directory.add_standard"]


@pytest.mark.parametrize(
    ("told", "part", "field"),
    [
        ({"code": "lay -1"}, "form", "code"),
        ({"agency": "99999"}, "form", "agency"),
        ({"name": "-"}, "form", "name"),
        ({"fee_text": "Rp-5000"}, "standard", "fee_text"),
        ({"duration_text": "-3 hari"}, "standard", "duration_text"),
        (
            {"duration_min": "9", "duration_max": "3", "duration_unit": "hari"},
            "standard",
            "duration_max",
        ),
        ({"duration_max": "3"}, "standard", "duration_unit"),
        ({"duration_unit": "hari"}, "standard", "duration_max"),
        ({"duration_max": "0", "duration_unit": "hari"}, "standard", "duration_max"),
        ({"fee_rupiah": "-1"}, "standard", "fee_rupiah"),
        ({"fee_rupiah": "9" * 20}, "standard", "fee_rupiah"),
        ({"valid_from": "31/31/2026"}, "standard", "valid_from"),
        ({"requirements": "syarat\n" * 101}, "standard", "requirements"),
        ({"requirements": f"jika {'x' * 401}: surat"}, "standard", "requirements"),
        ({"source": "=SUM(A1)"}, "standard", "source"),
        ({"complaints": "x" * 4001}, "standard", "complaints"),
    ],
)
def test_a_service_that_cannot_be_is_refused(office, told, part, field):
    agency = factories.an_agency()
    factories.a_service(agency=agency, code="LAY-1")

    answer = office.post(
        reverse("manage:new_service"), NEW | STANDARD | {"agency": agency.pk} | told
    )

    assert (answer.status_code, list(answer.context[part].errors)) == (400, [field])
    assert Service.objects.count() == 1
    assert verbs() == []


def test_a_new_version_begins_with_the_last_and_the_old_one_stays(office):
    service = factories.a_service()
    page = reverse("manage:new_standard", args=[service.pk])
    office.post(page, STANDARD)
    shown = proposed(office, page)

    assert shown["requirements"] == ("KTP-el lama\njika kartu hilang: surat kehilangan dari polisi")
    office.post(page, shown | {"fee_text": "Rp15.000", "valid_from": "2026-02-01"})

    first, second = Standard.objects.order_by("version")
    assert (first.fee_text, second.fee_text) == ("Tidak dipungut biaya", "Rp15.000")
    assert (first.fee_rupiah, second.fee_rupiah) == (0, 15_000)
    answer = office.get(reverse("manage:service", args=[service.pk]) + "?versi=2")
    assert [
        (str(part.name), part.before, part.after) for part in answer.context["differences"]
    ] == [
        ("Biaya", "Tidak dipungut biaya (Rp0)", "Rp15.000"),
        ("Berlaku sejak", "5 Januari 2026", "1 Februari 2026"),
    ]


def test_the_same_content_is_no_new_version(office):
    service = factories.a_service()
    page = reverse("manage:new_standard", args=[service.pk])
    office.post(page, STANDARD)

    answer = office.post(page, STANDARD | {"after": "1"})

    assert (answer.status_code, Standard.objects.count()) == (400, 1)


def test_a_version_written_from_an_older_one_is_refused(office):
    service = factories.a_service()
    page = reverse("manage:new_standard", args=[service.pk])
    office.post(page, STANDARD)

    answer = office.post(page, STANDARD | {"product": "Kartu lain", "after": "0"})

    assert answer.status_code == 400
    assert Standard.objects.count() == 1


def test_a_version_of_a_later_day_waits_for_it(office):
    service = factories.a_service()
    page = reverse("manage:new_standard", args=[service.pk])
    office.post(page, STANDARD)
    office.post(page, STANDARD | {"after": "1", "valid_from": "2099-01-01"})

    shown = office.get(reverse("manage:service", args=[service.pk]))
    later = office.get(reverse("manage:service", args=[service.pk]) + "?versi=2")

    assert shown.context["standard"].version == 1
    assert later.content.decode().count("Belum berlaku") == 1


def test_a_service_is_renamed_and_switched_off(office):
    service = factories.a_service()
    factories.a_service(code="LAIN")
    page = reverse("manage:service_edit", args=[service.pk])

    assert office.post(page, {"name": "Nama baru", "code": "lain"}).status_code == 400
    assert office.post(page, {"name": "Nama baru", "code": "BARU"}).status_code == 302
    office.post(reverse("manage:service_switch", args=[service.pk]), {"is_active": "0"})

    service.refresh_from_db()
    assert (service.name, service.code, service.is_active) == ("Nama baru", "BARU", False)
    assert verbs() == ["directory.change_service", "directory.set_service_active"]


def test_another_malls_services_are_nowhere_to_be_found(office):
    with in_mall(factories.a_mall("parepare")):
        service = factories.a_service()
    theirs = [
        reverse(f"manage:{name}", args=[service.pk])
        for name in ("service_edit", "service_switch", "new_standard")
    ]

    assert [office.post(page, STANDARD | NEW).status_code for page in theirs] == [404] * 3
    page = f"{reverse('manage:new_service')}?instansi={service.agency_id}"
    assert office.get(page).status_code == 404


def test_every_standard_of_the_catalogue_can_be_written_anew(mall, shared_data):
    content = (shared_data / "katalog/catalogue.yaml").read_bytes()
    import_catalogue(read_catalogue(content), by=audit.SYSTEM)
    wrong = []
    for standard in Standard.objects.prefetch_related("requirements"):
        stored = queries.promise_of(standard)
        form = StandardFields(
            {
                name: "" if value is None else value
                for name, value in fields_of(stored, after=1).items()
            }
        )
        if not form.is_valid():
            wrong.append((standard.pk, form.errors.as_text()))
    assert (Standard.objects.count() > 50, wrong) == (True, [])


@pytest.mark.parametrize(
    "requirement",
    [
        Requirement("KTP-el"),
        Requirement("surat", "kartu hilang"),
        Requirement("surat: asli dan salinan", "WNA"),
        Requirement("surat", "belum punya: diambil di tempat"),
    ],
)
def test_requirements_are_read_as_they_are_written(requirement):
    assert requirements_of(typed([requirement])) == (requirement,)


def test_a_condition_without_a_text_is_a_plain_requirement():
    assert requirements_of("jika hilang:") == (Requirement("jika hilang:"),)


def test_lines_have_a_limit():
    with pytest.raises(Unfit):
        lines_of("satu\n" * 101, "syarat")


def test_an_empty_form_promises_nothing():
    form = StandardFields({})

    assert form.is_valid()
    assert form.promise() == Promise()
