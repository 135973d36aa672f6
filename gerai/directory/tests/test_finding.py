"""Services and agencies are found as they are now, after whatever changed them."""

from pathlib import Path

import pytest

from gerai.directory import sample
from gerai.directory.actions import agencies, places, standards
from gerai.directory.actions.catalogue import import_catalogue
from gerai.directory.actions.finding import make_findable
from gerai.directory.catalogue.entries import Promise
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.models import Agency, Requirement, Service
from gerai.directory.queries import promise_of, versions_of
from gerai.directory.tests.factories import a_mall, a_service, a_standard, an_agency
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.search.models import Entry
from gerai.search.queries import find
from gerai.transactions import OutsideTransaction, one_transaction

BY = {"by": audit.SYSTEM}
find_anew = one_transaction(make_findable)


def found(words, kind=None):
    hits = find(words, kinds=[kind] if kind else None).hits
    return sorted((hit.kind, hit.title, hit.url) for hit in hits)


def an_added_agency(**fields):
    told = {
        "code": "DUK",
        "name": "Dinas Zamrud",
        "short_name": "Zamrud",
        "kind": "opd",
        "icon": "id",
        "site": "",
    }
    return agencies.add_agency(**{**told, **fields}, **BY)


def a_promise(service, **fields):
    """Return what a standard of these fields promises."""
    a_standard(service, **fields)
    return promise_of(versions_of(service).first())


@pytest.fixture
def promise(mall):
    """Return a promise to write standards from."""
    return a_promise(a_service(), product="KTP-el", procedure=["Serahkan berkas"])


AGENCY = ("agency", "Dinas Zamrud", "/instansi/duk/")


def test_an_agency_is_found_after_it_was_added_changed_and_set_aside(mall):
    agency = an_added_agency()
    assert found("zamrud") == [AGENCY]
    told = {"kind": "opd", "icon": "id", "site": ""}
    agencies.change_agency(agency, code="DUK-2", name="Dinas Rubi", short_name="Rubi", **told, **BY)
    assert (found("zamrud"), found("rubi")) == (
        [],
        [("agency", "Dinas Rubi", "/instansi/duk-2/")],
    )
    places.set_agency_active(agency, is_active=False, **BY)
    assert found("rubi") == []
    places.set_agency_active(agency, is_active=True, **BY)
    assert found("rubi") == [("agency", "Dinas Rubi", "/instansi/duk-2/")]


def test_a_service_is_found_after_it_was_added_changed_and_set_aside(mall, promise):
    agency = an_added_agency(name="Dinas Contoh", short_name="Contoh")
    service = standards.add_service(
        agency, code="KTP 01", name="Kartu zamrud", promise=promise, **BY
    )
    assert found("zamrud", "service") == [("service", "Kartu zamrud", "/layanan/ktp-01/")]
    standards.change_service(service, code="KTP 02", name="Kartu rubi", **BY)
    assert found("zamrud") == []
    assert found("rubi", "service") == [("service", "Kartu rubi", "/layanan/ktp-02/")]
    # The agency is found by its services, too.
    assert found("rubi", "agency") == [("agency", "Dinas Contoh", "/instansi/duk/")]
    standards.set_service_active(service, is_active=False, **BY)
    assert found("rubi") == []
    standards.set_service_active(service, is_active=True, **BY)
    assert len(found("rubi")) == 2
    places.set_agency_active(agency, is_active=False, **BY)
    assert found("rubi") == []


def test_a_service_is_found_by_the_newest_version_of_its_standard(mall, promise):
    service = a_service(name="Kartu contoh")
    older = a_promise(a_service(), product="Lembar zamrud", procedure=["Ukir batu"])
    newer = a_promise(a_service(), product="Lembar rubi", procedure=["Poles batu"])
    title = ("service", "Kartu contoh")
    standards.publish_standard(service, older, after=0, **BY)
    assert title in [hit[:2] for hit in found("zamrud")]
    assert title in [hit[:2] for hit in found("ukir")]
    standards.publish_standard(service, newer, after=1, **BY)
    assert title in [hit[:2] for hit in found("rubi")]
    assert title not in [hit[:2] for hit in found("zamrud")]
    assert title not in [hit[:2] for hit in found("ukir")]


def test_a_service_is_found_by_what_it_asks_for_and_when(mall):
    service = a_service(name="Kartu contoh")
    old, new = a_standard(service), a_standard(service)
    for standard, text, condition in ((old, "paspor", ""), (new, "akta", "kartu hilang")):
        Requirement.objects.create(
            mall=mall, standard=standard, position=1, text=text, condition=condition
        )
    find_anew()
    assert [hit[1] for hit in found("akta")] == ["Kartu contoh"]
    assert [hit[1] for hit in found("hilang")] == ["Kartu contoh"]
    assert found("paspor") == []


def test_a_service_without_a_standard_is_found_by_its_name_and_agency(mall):
    a_service(name="Kartu contoh", agency=an_agency(name="Dinas Zamrud", short_name="Rubi"))
    find_anew()
    assert [hit[1] for hit in found("zamrud", "service")] == ["Kartu contoh"]
    assert [hit[1] for hit in found("rubi", "service")] == ["Kartu contoh"]


def test_hits_tell_the_agency_and_its_icon(mall):
    a_service(name="Kartu contoh", agency=an_agency(name="Dinas Zamrud", icon="id"))
    find_anew()
    (hit,) = find("kartu contoh", kinds=["service"]).hits
    assert (str(hit.summary), hit.icon) == ("Dinas Zamrud", "id")


def test_an_imported_catalogue_is_found(mall):
    content = (Path(sample.__file__).parent / "catalogue.yaml").read_bytes()
    import_catalogue(read_catalogue(content), **BY)
    counts = [Entry.objects.filter(kind=kind).count() for kind in ("service", "agency")]
    assert counts == [Service.objects.count(), Agency.objects.count()]
    assert counts[0] > 50


def test_nothing_of_another_mall_is_found_or_lost(mall):
    an_added_agency()
    with in_mall(a_mall("parepare")):
        assert found("zamrud") == []
        find_anew()
    assert found("zamrud") == [AGENCY]


def test_the_same_once_more_changes_nothing(mall):
    a_service(name="Kartu contoh")
    find_anew()
    once = set(Entry.objects.values_list("kind", "key", "title", "words"))
    find_anew()
    assert set(Entry.objects.values_list("kind", "key", "title", "words")) == once


def test_asking_is_equally_dear_for_one_and_for_three(mall, django_assert_max_num_queries):
    def asked(most):
        with django_assert_max_num_queries(most) as queries:
            find_anew()
        return len(queries)

    def another():
        service = a_service(name="Kartu contoh", agency=an_agency(name="Dinas"))
        standard = a_standard(service)
        Requirement.objects.create(mall=mall, standard=standard, position=1, text="KTP")

    another()
    find_anew()
    once = asked(30)
    another()
    another()
    find_anew()
    assert asked(once) == once


@pytest.mark.django_db(transaction=True)
def test_finding_is_part_of_a_change():
    with in_mall(a_mall()), pytest.raises(OutsideTransaction):
        make_findable()


def test_a_promise_is_what_a_standard_says(promise):
    assert isinstance(promise, Promise)
    assert promise.product == "KTP-el"
