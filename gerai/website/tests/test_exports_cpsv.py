"""The services in CPSV-AP: the shapes pass the sample catalogue and refuse what is broken."""

import json
from datetime import date
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from gerai.directory import sample
from gerai.directory.actions.catalogue import import_catalogue
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.models import Requirement
from gerai.directory.tests.factories import a_mall, a_service, a_standard, an_agency, office_hours
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.website.exports import cpsv
from gerai.website.exports.cpsv import CPSV, M8G
from tests.judges import cpsv_faults

BASE = "https://barru.example"
SERVICE = URIRef(f"{BASE}/layanan/d-1/")
AGENCY = URIRef(f"{BASE}/instansi/duk/#instansi")


@pytest.fixture
def catalogue(mall):
    content = (Path(sample.__file__).parent / "catalogue.yaml").read_bytes()
    office_hours()
    return import_catalogue(read_catalogue(content), by=audit.SYSTEM)


@pytest.fixture
def graph(mall):
    office_hours()
    agency = an_agency(code="DUK", site="https://duk.example/", kind="vertical")
    service = a_service(code="D-1", name="KTP-el", agency=agency)
    standard = a_standard(
        service,
        decree_number="12/2026",
        valid_from=date(2026, 1, 5),
        legal_basis="UU contoh",
        procedure=["datang"],
        duration_text="1-3 hari",
        duration_min=1,
        duration_max=3,
        duration_unit="hari",
        fee_text="gratis",
        fee_rupiah=0,
        product="KTP-el",
        validity_text="seumur hidup",
        source="https://sumber.example/1",
    )
    Requirement(mall=mall, standard=standard, position=1, text="KK", condition="hilang").save(
        force_insert=True
    )
    return cpsv.service_graph(service, standard, base_url=BASE)


def test_sample_catalogue_passes_whole(catalogue):
    graph = cpsv.mall_graph(BASE)
    assert len(set(graph.subjects(RDF.type, CPSV.PublicService))) == 60
    assert len(set(graph.subjects(RDF.type, M8G.PublicOrganisation))) == 24
    assert cpsv_faults(graph) == []


# rdflib reads JSON-LD through a class of its own that it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_both_forms_say_the_same(catalogue):
    graph = cpsv.mall_graph(BASE)
    assert isomorphic(Graph().parse(data=cpsv.turtle(graph), format="turtle"), graph)
    assert isomorphic(Graph().parse(data=cpsv.json_ld(graph), format="json-ld"), graph)


def test_amount_in_json_ld_keeps_its_type(graph):
    [cost] = [row for row in json.loads(cpsv.json_ld(graph))["@graph"] if "m8g:hasValue" in row]
    assert cost["m8g:hasValue"] == {"@type": "xsd:double", "@value": "0.0"}


def test_address_and_sample_are_told_of_the_mall(db):
    with in_mall(a_mall(address="Jl. Contoh 1, Barru 90711", is_sample=True)):
        graph = cpsv.mall_graph(BASE)
    address = graph.value(URIRef(f"{BASE}/#mal"), cpsv.LOCN.address)
    assert {str(prop).rsplit("#", 1)[1]: str(value) for prop, value in graph[address]} == {
        "type": "http://www.w3.org/ns/locn#Address",
        "fullAddress": "Jl. Contoh 1, Barru 90711",
        "adminUnitL1": "Indonesia",
        "adminUnitL2": "Sulawesi Selatan",
        "postCode": "90711",
    }
    assert str(graph.value(URIRef(f"{BASE}/#katalog"), DCTERMS.description)).endswith(
        "Data contoh, bukan janji layanan yang sah."
    )
    assert cpsv_faults(graph) == []


def test_fee_without_an_amount_is_told_in_words(mall):
    service = a_service()
    graph = cpsv.service_graph(service, a_standard(service, fee_text="sesuai Perda"), base_url=BASE)
    [cost] = graph.subjects(RDF.type, M8G.Cost)
    assert graph.value(cost, DCTERMS.description) == Literal("sesuai Perda", lang="id")
    assert graph.value(cost, M8G.hasValue) is None


def test_whole_service_passes(graph):
    assert cpsv_faults(graph) == []


def test_whole_service_says_what_its_standard_promises(graph):
    value = graph.value
    cost, rule = value(SERVICE, M8G.hasCost), value(SERVICE, CPSV.follows)
    need = value(SERVICE, M8G.holdsRequirement)
    assert value(SERVICE, M8G.processingTime) == Literal("P3D", datatype=XSD.duration)
    assert value(cost, M8G.hasValue) == Literal(0.0, datatype=XSD.double)
    assert value(value(rule, CPSV.implements), DCTERMS.identifier) == Literal("12/2026")
    assert value(rule, cpsv.ADMS.status) == cpsv.GERAI["verification:none"]
    assert value(need, DCTERMS.description) == Literal("Hanya jika: hilang", lang="id")
    assert value(need, DCTERMS.type) == cpsv.GERAI["requirement:conditional"]
    hours = value(value(SERVICE, M8G.hasChannel), M8G.openingHours)
    assert value(hours, DCTERMS.description) == Literal(
        "Senin, Selasa, Rabu, Kamis, Jumat, pukul 08.00 sampai 12.00 WITA", lang="id"
    )


def test_working_days_are_words_not_a_duration(mall):
    service = a_service()
    standard = a_standard(
        service, duration_text="14 hari kerja", duration_max=14, duration_unit="hari_kerja"
    )
    graph = cpsv.service_graph(service, standard, base_url=BASE)
    node = next(graph.subjects(RDF.type, CPSV.PublicService))
    assert graph.value(node, M8G.processingTime) is None
    assert str(graph.value(node, DCTERMS.description)).endswith("Jangka waktu: 14 hari kerja.")


@pytest.mark.parametrize(
    ("node", "prop"),
    [
        (SERVICE, M8G.hasCompetentAuthority),
        (SERVICE, DCTERMS.identifier),
        (SERVICE, DCTERMS.title),
        (SERVICE, DCTERMS.description),
        (AGENCY, DCTERMS.spatial),
        (URIRef(f"{SERVICE}#syarat-1"), DCTERMS.title),
        (URIRef(f"{SERVICE}#biaya"), DCTERMS.identifier),
        (URIRef(f"{BASE}/#katalog"), DCTERMS.publisher),
    ],
)
def test_judge_refuses_a_graph_in_which_something_is_missing(graph, node, prop):
    graph.remove((node, prop, None))
    assert cpsv_faults(graph) == [(str(node), str(prop))]


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        (DCTERMS.title, Literal("KTP-el tanpa bahasa")),
        (DCTERMS.title, Literal("KTP-el lagi", lang="id")),
        (DCTERMS.identifier, Literal("D-2")),
        (M8G.hasCost, URIRef("https://barru.example/bukan-biaya")),
        (M8G.processingTime, Literal("P9D", datatype=XSD.duration)),
    ],
)
def test_judge_refuses_a_graph_with_something_too_much(graph, prop, value):
    graph.add((SERVICE, prop, value))
    assert set(cpsv_faults(graph)) == {(str(SERVICE), str(prop))}


@pytest.mark.parametrize("services", [1, 3])
def test_graph_asks_as_much_for_three_services_as_for_one(
    mall, services, django_assert_num_queries
):
    for _ in range(services):
        a_standard(a_service())
    with django_assert_num_queries(6):
        cpsv.mall_graph(BASE)
