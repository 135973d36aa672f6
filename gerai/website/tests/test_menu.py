"""The ways through the site, and which one is the present."""

import re

import pytest

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.website.actions import open_site
from gerai.website.models import HomePage, InfoPage
from gerai.website.queries.menu import FreePage, free_pages
from gerai.website.templatetags.website import site_menu

FIRST = [
    ("Tentang mal ini", "/tentang/"),
    ("Sejarah", "/sejarah/"),
    ("Dasar hukum", "/dasar-hukum/"),
    ("Maklumat pelayanan", "/maklumat/"),
    ("Kontak", "/kontak/"),
    ("Pernyataan aksesibilitas", "/aksesibilitas/"),
]


def test_a_mall_without_a_site_has_no_free_pages(mall):
    assert free_pages() == []


def test_free_pages_stand_in_their_order(mall):
    open_site(by=audit.SYSTEM)
    assert free_pages() == [FreePage(*told) for told in FIRST]


def test_drafts_hidden_pages_and_those_further_down_are_not_offered(mall):
    open_site(by=audit.SYSTEM)
    home = HomePage.objects.get()
    home.add_child(instance=InfoPage(title="Draf", slug="draf", live=False, show_in_menus=True))
    home.add_child(instance=InfoPage(title="Diam", slug="diam", show_in_menus=False))
    about = InfoPage.objects.get(slug="tentang")
    about.add_child(instance=InfoPage(title="Dalam", slug="dalam", show_in_menus=True))
    InfoPage.objects.get(slug="sejarah").unpublish()
    assert [page.title for page in free_pages()] == [
        title for title, _url in FIRST if title != "Sejarah"
    ]


def test_pages_of_another_mall_are_not_offered(mall):
    with in_mall(a_mall("parepare")):
        open_site(by=audit.SYSTEM)
    assert free_pages() == []


def current(client, path):
    page = client.get(path).content.decode()
    nav = re.search(r'<nav class="nav site-nav".*?</nav>', page, re.DOTALL)[0]
    return re.findall(r'<a href="([^"]*)"\s+aria-current="page"', nav), re.findall(
        r'<a href="([^"]*)"', nav
    )


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", []),
        ("/layanan/", ["/layanan/"]),
        ("/lantai/", ["/lantai/"]),
        ("/instansi/", ["/instansi/"]),
        ("/berita/", ["/berita/"]),
        ("/berita/kegiatan/", ["/berita/"]),
        ("/cari/", ["/cari/"]),
        ("/tentang/", []),
    ],
)
def test_the_present_part_is_marked(mall, client, path, marked):
    open_site(by=audit.SYSTEM)
    now, ways = current(client, path)
    assert now == marked
    assert ways[:5] == ["/layanan/", "/lantai/", "/instansi/", "/berita/", "/cari/"]


def test_the_ways_of_the_head_ask_for_no_row(mall, rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        ways = site_menu({"request": rf.get("/layanan/duk-01/")})
    assert [way.is_current for way in ways] == [True, False, False, False, False]


def test_the_foot_leads_to_every_free_page(mall, client):
    open_site(by=audit.SYSTEM)
    page = client.get("/berita/").content.decode()
    foot = page[page.index('<footer class="site-footer"') :]
    found = re.findall(r'<a[^>]* href="([^"]*)"|<a href="([^"]*)"', foot)
    urls = [one or other for one, other in found]
    assert [url for url in urls if url in {path for _title, path in FIRST}] == [
        path for _title, path in FIRST
    ]
