"""What machines read of a mall: maps, robots, the services in the words of others."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from rdflib import Graph

from gerai.directory.tests.factories import a_mall, a_service, a_standard, an_agency, office_hours
from gerai.malls.scope import in_mall
from gerai.newsroom.tests.factories import an_article, taken_back
from gerai.people import audit
from gerai.website.actions import open_site
from gerai.website.models import InfoPage
from gerai.website.queries.maps import FIXED, Place, everything, news_since
from tests.judges import hsds_faults

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
BASE = "http://barru.localhost"
# The parser of JSON-LD still calls an old name of its own house.
OLD_WORDS = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture
def site(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    open_site(by=audit.SYSTEM)
    return mall


def read(client, path, **extra):
    answer = client.get(path, **extra)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return etree.fromstring(answer.content)


def locations(tree):
    return tree.xpath("//s:url/s:loc/text()", namespaces=SPACES)


def fill(mall):
    """Give the mall one of everything, and things that nobody shall find."""
    agency = an_agency(code="DUK", short_name="Dukcapil")
    a_service(code="KTP 01", agency=agency)
    a_service(code="TUTUP", agency=agency, is_active=False)
    a_service(code="GUDANG", agency=an_agency(code="MATI", is_active=False))
    old = an_article(title="Lama", first_published_at=DAY - timedelta(days=3))
    new = an_article(title="Baru & <segar>", first_published_at=DAY - timedelta(hours=1))
    an_article(title="Draf", published=False)
    taken_back(an_article(title="Ditarik"))
    InfoPage.objects.get(slug="sejarah").unpublish()
    with in_mall(a_mall("parepare")):
        open_site(by=audit.SYSTEM)
        a_service(code="SEBERANG")
        an_article(title="Seberang")
    return old, new


# The map of everything


def test_the_map_lists_every_public_page_and_nothing_else(site, client):
    old, new = fill(site)
    tree = read(client, "/sitemap.xml")
    assert locations(tree) == [
        *[BASE + path for path in FIXED],
        f"{BASE}/layanan/ktp-01/",
        f"{BASE}/instansi/duk/",
        *[
            f"{BASE}/{slug}/"
            for slug in ("tentang", "dasar-hukum", "maklumat", "kontak", "aksesibilitas")
        ],
        *[f"{BASE}/berita/{slug}/" for slug in ("kegiatan", "layanan", "kunjungan", "pengumuman")],
        f"{BASE}/berita/kegiatan/{new.slug}/",
        f"{BASE}/berita/kegiatan/{old.slug}/",
    ]


def test_every_address_of_the_map_opens(site, client):
    office_hours()
    fill(site)
    for address in locations(read(client, "/sitemap.xml")):
        path = address.removeprefix(BASE)
        assert (path, client.get(path).status_code) == (path, 200)


def test_the_map_tells_since_when_where_that_is_known(site, client):
    story = an_article()
    tree = read(client, "/sitemap.xml")
    told = {
        url.findtext("s:loc", namespaces=SPACES): url.findtext("s:lastmod", namespaces=SPACES)
        for url in tree.findall("s:url", SPACES)
    }
    changed = told.pop(f"{BASE}/berita/kegiatan/{story.slug}/")
    assert datetime.fromisoformat(changed) == DAY
    assert set(told.values()) == {None}


def test_the_map_names_the_host_that_was_called(site, client):
    tree = read(client, "/sitemap.xml", HTTP_HOST="barru.localhost:8000")
    assert {address[:27] for address in locations(tree)} == {"http://barru.localhost:8000"}


def test_a_mall_with_nothing_has_its_fixed_pages(mall, client):
    assert everything() == [Place(path) for path in FIXED]
    assert locations(read(client, "/sitemap.xml")) == [BASE + path for path in FIXED]


def test_the_map_asks_equally_often_for_one_and_for_three(site, django_assert_num_queries):
    an_article()
    a_service()
    with CaptureQueriesContext(connection) as one:
        everything()
    for _ in range(2):
        an_article()
        a_service()
    with django_assert_num_queries(len(one)):
        everything()


# The map of news


def test_the_news_map_lists_two_days(site, client):
    _old, new = fill(site)
    tree = read(client, "/sitemap-berita.xml")
    assert locations(tree) == [f"{BASE}/berita/kegiatan/{new.slug}/"]
    told = {
        etree.QName(each).localname: each.text
        for each in tree.iter(f"{{{SPACES['news']}}}*")
        if each.text and each.text.strip()
    }
    assert datetime.fromisoformat(told.pop("publication_date")) == DAY - timedelta(hours=1)
    assert told == {"name": "MPP Barru", "language": "id", "title": "Baru & <segar>"}


def test_news_are_two_days_old_at_most(site):
    an_article(title="Basi", first_published_at=DAY - timedelta(days=2, seconds=1))
    story = an_article(title="Segar", first_published_at=DAY - timedelta(days=2))
    assert news_since(DAY - timedelta(days=2)) == [story]


def test_odd_letters_do_not_break_the_news_map(site, client):
    an_article(title='Satu\x0bdua ]]> & "😀"', first_published_at=DAY)
    tree = read(client, "/sitemap-berita.xml")
    assert tree.xpath("//news:title/text()", namespaces=SPACES) == ['Satu dua ]]> & "😀"']


# Robots


def test_robots_are_told_what_to_leave_alone_and_where_the_maps_are(site, client):
    answer = client.get("/robots.txt", HTTP_HOST="barru.localhost:8000")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().split("\n")
    assert lines[0] == "User-agent: *"
    told = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert {"/kelola/", "/redaksi/", "/petugas/", "/masuk/", "/komentar/"} - set(told) == set()
    assert [path for path in FIXED if any(path.startswith(each) for each in told)] == []
    assert [line for line in lines if line.startswith("Sitemap")] == [
        "Sitemap: http://barru.localhost:8000/sitemap.xml",
        "Sitemap: http://barru.localhost:8000/sitemap-berita.xml",
    ]


# The services


@pytest.fixture
def service(site):
    service = a_service(code="KTP 01", name="KTP-el & KK", agency=an_agency(name="Dukcapil"))
    a_standard(service, product="KTP-el", procedure=["Datang"], valid_from=date(2026, 1, 1))
    with in_mall(a_mall("parepare")):
        a_service(name="Layanan seberang")
    return service


def test_hsds_is_given_and_sound(service, client):
    answer = client.get("/data/hsds.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    export = json.loads(answer.content)
    assert [row["name"] for row in export["services"]] == ["KTP-el & KK"]
    assert [hsds_faults("service", row) for row in export["services"]] == [[]]
    assert "Layanan seberang" not in answer.content.decode()


@OLD_WORDS
@pytest.mark.parametrize(
    ("path", "content_type", "form"),
    [
        ("/data/layanan.ttl", "text/turtle; charset=utf-8", "turtle"),
        ("/data/layanan.jsonld", "application/ld+json", "json-ld"),
    ],
)
def test_the_graph_is_given_and_parses(service, client, path, content_type, form):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    text = answer.content.decode()
    graph = Graph().parse(data=text, format=form)
    words = {str(each) for each in graph.objects()}
    assert ("KTP-el & KK" in words, "Layanan seberang" in words) == (True, False)


@OLD_WORDS
def test_both_forms_of_the_graph_say_the_same(service, client):
    turtle = Graph().parse(data=client.get("/data/layanan.ttl").content.decode(), format="turtle")
    linked = Graph().parse(
        data=client.get("/data/layanan.jsonld").content.decode(), format="json-ld"
    )
    assert len(turtle) == len(linked) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-berita.xml",
        "/data/hsds.json",
        "/data/layanan.ttl",
        "/data/layanan.jsonld",
    ],
)
def test_machines_only_read(mall, client, path):
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405
