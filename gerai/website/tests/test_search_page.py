"""The page of search results: what it shows, and that nothing typed makes it fail."""

import re
from datetime import UTC, datetime

import pytest

from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.search.actions import Piece, rebuild
from gerai.transactions import one_transaction
from gerai.website.forms import LONGEST_WORDS, Search

KINDS = {"service": "layanan", "agency": "instansi", "news": "berita", "page": "halaman"}


@one_transaction
def _indexed(kind, pieces):
    rebuild(kind, pieces)


def indexed(kind, *titles, at=None):
    """Let pages of a kind be found by their titles."""
    _indexed(
        kind,
        [
            Piece(key=str(n), title=title, text="", summary="", url=f"/{kind}/{n}/", at=at)
            for n, title in enumerate(titles)
        ],
    )


@pytest.fixture
def filled(transactional_db):
    """Make a mall with one page of each kind."""
    with in_mall(factories.a_mall()):
        for kind in KINDS:
            indexed(
                kind,
                f"Paspor {kind}",
                at=datetime(2026, 11, 1, tzinfo=UTC) if kind == "news" else None,
            )
        yield


def hits(client, query):
    """Return the addresses of the hits."""
    response = client.get("/cari/", query)
    assert response.status_code == 200
    return re.findall(r'hit-title"><a href="([^"]*)"', response.content.decode())


def test_all_kinds_are_found_and_each_can_be_asked_for(client, filled):
    assert sorted(hits(client, {"q": "paspor"})) == sorted(f"/{kind}/0/" for kind in KINDS)
    for kind, told in KINDS.items():
        assert hits(client, {"q": "paspor", "jenis": told}) == [f"/{kind}/0/"]


def test_an_unknown_kind_is_all_kinds(client, filled):
    assert len(hits(client, {"q": "paspor", "jenis": "gambar"})) == len(KINDS)


def test_the_chip_of_the_kind_shown_is_marked(client, filled):
    page = client.get("/cari/", {"q": "paspor", "jenis": "berita"}).content.decode()

    marked = re.findall(r'<a class="chip" href="([^"]*)" aria-current="true">([^<]*)</a>', page)
    assert marked == [("/cari/?q=paspor&amp;jenis=berita", "Berita")]


def test_mended_spelling_is_said(client, filled):
    page = client.get("/cari/", {"q": "pasopr"}).content.decode()

    assert "Ini hasil untuk <strong>paspor</strong>" in page


def test_pages_follow_each_other(client, transactional_db):
    with in_mall(factories.a_mall()):
        indexed("service", *(f"Akta nomor {n}" for n in range(25)))

        first = client.get("/cari/", {"q": "akta"})
        second = client.get("/cari/", {"q": "akta", "halaman": "2"})
        beyond = client.get("/cari/", {"q": "akta", "halaman": "9"})

    assert (first.context["before"], first.context["after"]) == ("", "/cari/?q=akta&halaman=2")
    assert (second.context["before"], second.context["after"]) == ("/cari/?q=akta", "")
    assert [len(each.context["found"].hits) for each in (first, second, beyond)] == [20, 5, 0]


def test_nothing_found_leads_on(client, mall):
    factories.an_agency(code="DINAS", short_name="Dinas Satu")

    page = client.get("/cari/", {"q": "zzzz", "jenis": "berita"}).content.decode()

    assert "Belum ada hasil untuk “zzzz”" in page
    assert 'href="/instansi/dinas/"' in page
    assert 'href="/cari/?q=zzzz"' in page


def test_an_empty_search_offers_the_agencies(client, mall):
    factories.an_agency(code="DINAS")

    page = client.get("/cari/").content.decode()

    assert 'href="/instansi/dinas/"' in page
    assert "Belum ada hasil" not in page


@pytest.mark.parametrize(
    "value",
    [
        "",
        "-1",
        "9" * 5000,
        "²",
        "NaN",
        "👩‍👩‍👧 🙏",
        "\u202eكيوسك",
        "' OR 1=1 --",
        "<b>\"'",
        '"*:^',
        "x" * 10_000,
    ],
)
def test_senseless_input_never_fails(client, mall, value):
    response = client.get("/cari/", dict.fromkeys(("q", "jenis", "halaman"), value))

    assert response.status_code == 200
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "page"),
    [("2", 2), ("0", 1), ("-3", 1), ("²", 1), ("", 1), ("12345", 1), ("dua", 1)],
)
def test_a_senseless_page_is_the_first(typed, page):
    assert Search({"halaman": typed}).page() == page


def test_long_words_are_cut_and_lines_joined():
    assert Search({"q": "  ktp\r\n hilang "}).words() == "ktp hilang"
    assert Search({"q": "x" * 10_000}).words() == "x" * LONGEST_WORDS
