"""The newsroom as readers see it: lists, stories, archive, all malls."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import MallSite
from gerai.newsroom.queries.articles import PER_PAGE
from gerai.newsroom.tests.editing import a_picture
from gerai.newsroom.tests.factories import an_article, an_open_site, taken_back

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


def on(hours, **fields):
    return an_article(first_published_at=DAY + timedelta(hours=hours), **fields)


def page_of(client, path, **extra):
    answer = client.get(path, **extra)
    assert answer.status_code == 200
    return answer.content.decode()


def stories_in(page):
    """Return the titles of the cards, in their order."""
    cards = re.findall(r'class="story-card-words">(.*?)</li>', page, re.DOTALL)
    return [re.search(r"<strong[^>]*>\s*(.*?)\s*</strong>", card)[1] for card in cards]


def heading_of(page):
    return re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", page, re.DOTALL)


# Lists


def test_the_news_are_a_list_newest_first(mall, client):
    on(1, title="Lama")
    on(2, title="Baru")
    an_article(title="Draf", published=False)
    page = page_of(client, "/berita/")
    assert (heading_of(page), stories_in(page)) == (["Berita"], ["Baru", "Lama"])
    assert page.count('href="/berita/atom.xml"') == 2  # in the head, and to press


def test_pinned_stories_stand_on_top_of_the_first_page(mall, client):
    on(0, title="Sematan", is_pinned=True)
    for hour in range(1, PER_PAGE + 2):
        on(hour, title=f"Nomor {hour}")
    first, second = page_of(client, "/berita/"), page_of(client, "/berita/?hal=2")
    assert stories_in(first)[0] == "Sematan"
    assert ('id="sematan"' in first, 'id="sematan"' in second) == (True, False)
    assert 'id="sematan"' not in page_of(client, "/berita/kegiatan/")


def test_pages_lead_to_one_another(mall, client):
    for hour in range(2 * PER_PAGE + 1):
        on(hour)
    pages = [page_of(client, f"/berita/?hal={number}") for number in (1, 2, 3)]
    links = [re.findall(r'rel="(prev|next)"\s+href="([^"]*)"', page) for page in pages]
    assert links == [
        [("next", "?hal=2")],
        [("prev", "?hal=1"), ("next", "?hal=3")],
        [("prev", "?hal=2")],
    ]
    assert re.findall(r"Halaman \d dari \d", "".join(pages)) == [
        f"Halaman {number} dari 3" for number in (1, 2, 3)
    ]


def test_a_section_a_topic_a_month_say_what_they_are(mall, client):
    on(1, section="kunjungan", title="Satu", tag_line="Studi Tiru")
    on(2, title="Dua")
    lists = {
        "/berita/kunjungan/": ("Kunjungan", ["Satu"]),
        "/berita/topik/studi-tiru/": ("Studi Tiru", ["Satu"]),
        "/berita/arsip/2026/3/": ("Maret 2026", ["Dua", "Satu"]),
        "/berita/arsip/2026/4/": ("April 2026", []),
    }
    for path, (title, titles) in lists.items():
        page = page_of(client, path)
        shown = [re.sub("<.*?>", "", each) for each in heading_of(page)]
        assert (path, shown, stories_in(page)) == (path, [title], titles)
    assert "Maret 2026 (2)" in page_of(client, "/berita/")
    assert "Tamu dari daerah lain" in page_of(client, "/berita/kunjungan/")


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/berita/", ["/berita/"]),
        ("/berita/kunjungan/", ["/berita/kunjungan/"]),
        ("/berita/topik/studi-tiru/", []),
        ("/berita/arsip/2026/3/", []),
    ],
)
def test_the_present_category_is_marked(mall, client, path, current):
    on(1, section="kunjungan", tag_line="Studi Tiru")
    page = page_of(client, path)
    assert re.findall(r'class="chip"\s+href="([^"]*)"\s+aria-current="page"', page) == current


@pytest.mark.parametrize(
    "path",
    [
        "/berita/tiada/",
        "/berita/topik/tiada/",
        "/berita/arsip/2026/0/",
        "/berita/arsip/2026/13/",
        "/berita/arsip/1989/1/",
        "/berita/arsip/2201/1/",
        "/berita/arsip/99999999999999999999/1/",
        "/berita/arsip/2026/x/",
        "/berita/kegiatan/tiada/",
    ],
)
def test_what_makes_no_sense_is_not_found(mall, client, path):
    on(1)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/berita/arsip/1990/1/", "/berita/arsip/2200/12/"])
def test_the_first_and_the_last_month_are_there(mall, client, path):
    an_open_site()
    assert "Belum ada berita di sini" in page_of(client, path)


def test_a_mall_without_a_newsroom_says_that_there_is_nothing(mall, client):
    assert "Belum ada berita di sini" in page_of(client, "/berita/")
    assert client.get("/berita/kegiatan/").status_code == 404


@pytest.mark.parametrize("path", ["/berita/", "/kabar/", "/berita/atom.xml", "/robots.txt"])
def test_lists_are_only_read(mall, client, path):
    an_open_site()
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/berita/", "/berita/kegiatan/", "/berita/topik/batu/", "/berita/arsip/2026/3/", "/kabar/"],
)
def test_a_list_asks_equally_often_for_one_and_for_three(mall, client, settings, tmp_path, path):
    settings.MEDIA_ROOT = tmp_path

    def asked():
        MallSite.objects.update(version=MallSite.objects.get().version + 100)
        client.get(path)  # the first reader waits for the pictures to be drawn
        MallSite.objects.update(version=MallSite.objects.get().version + 100)
        with CaptureQueriesContext(connection) as queries:
            assert len(set(stories_in(page_of(client, path)))) == count
        return len(queries)

    count = 1
    on(1, tag_line="batu", lead_picture=a_picture())
    once = asked()
    on(2, tag_line="batu", lead_picture=a_picture())
    on(3, tag_line="batu", lead_picture=a_picture())
    count = 3
    assert asked() == once


# A story


def test_a_story_is_shown_with_all_it_tells(mall, client):
    story = on(
        1,
        title="Judul & <b>tanda</b>",
        place="Barru",
        event_on="2026-03-01",
        authors=[
            {"type": "author", "value": {"name": "Penulis (contoh)", "part": "penulis"}},
            {"type": "author", "value": {"name": "Pemotret (contoh)"}},
        ],
        credit="Humas (contoh)",
        tag_line="Studi Tiru",
        corrections=[{"type": "correction", "value": {"on": "2026-03-02", "text": "Bukan 21."}}],
        source_name="Media Contoh",
        source_url="https://contoh.example/1",
        rights_note="Dengan izin.",
        is_pinned=True,
    )
    page = page_of(client, f"/berita/kegiatan/{story.slug}/")
    assert heading_of(page) == ["Judul &amp; &lt;b&gt;tanda&lt;/b&gt;"]
    flat = " ".join(re.sub("<[^>]*>", " ", page).split())
    for words in (
        "BARRU",
        "Penulis (contoh) (penulis)",
        "Pemotret (contoh)",
        "Senin, 2 Maret 2026, 10.00",
        "Peristiwa : 1 Maret 2026",
        "1 menit membaca",
        "2 Maret 2026 : Bukan 21.",
        "(Humas (contoh))",
        "Berasal dari Media Contoh . Dengan izin.",
        "Disematkan",
    ):
        assert words in flat or words.replace(" :", ":").replace(" .", ".") in flat, words
    assert page.count('href="/berita/topik/studi-tiru/"') == 1
    assert page.count('href="https://contoh.example/1" rel="external nofollow"') == 1


def test_neighbours_are_led_to(mall, client):
    first, middle, last = on(1), on(2), on(3)
    page = page_of(client, f"/berita/kegiatan/{middle.slug}/")
    found = dict(re.findall(r'rel="(prev|next)"\s+href="([^"]*)"', page))
    assert found == {
        "prev": f"/berita/kegiatan/{first.slug}/",
        "next": f"/berita/kegiatan/{last.slug}/",
    }


def test_drafts_stories_taken_back_and_those_of_other_malls_are_not_found(mall, client):
    draft = an_article(published=False)
    gone = taken_back(an_article())
    with in_mall(a_mall("parepare")):
        there = an_article()
    for story in (draft, gone, there):
        assert client.get(f"/berita/kegiatan/{story.slug}/").status_code == 404


def test_a_story_asks_equally_often_for_one_and_for_three_neighbours(mall, client):
    def asked():
        MallSite.objects.update(version=MallSite.objects.get().version + 100)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, f"/berita/kegiatan/{story.slug}/")
        return len(queries)

    on(1)
    story = on(2)
    on(3)
    once = asked()
    on(0)
    on(4)
    assert asked() == once


# All malls


def addresses(page):
    return re.findall(r'<li class="story-card"><a href="([^"]*)"', page)


@pytest.mark.parametrize(
    ("called", "barru", "parepare"),
    [
        ("barru.localhost", "barru.localhost", "parepare.localhost"),
        ("barru.localhost:8000", "barru.localhost:8000", "parepare.localhost:8000"),
        ("barru.contoh.id", "barru.contoh.id", "parepare.contoh.id"),
        ("barru", "barru.localhost", "parepare.localhost"),
    ],
)
def test_news_of_all_malls_lead_to_each_mall(mall, called, barru, parepare):
    with in_mall(a_mall("parepare")):
        there = on(2, title="Seberang")
        an_article(title="Draf seberang", published=False)
    with in_mall(a_mall("tutup", is_active=False)):
        on(3, title="Tutup")
    here = on(1, title="Sini")
    an_article(title="Draf sini", published=False)
    page = page_of(Client(HTTP_HOST=called), "/kabar/")
    assert stories_in(page) == ["Seberang", "Sini"]
    assert addresses(page) == [
        f"http://{parepare}/berita/kegiatan/{there.slug}/",
        f"http://{barru}/berita/kegiatan/{here.slug}/",
    ]


def test_a_mall_with_a_host_name_of_its_own_is_led_to_by_it(mall):
    with in_mall(a_mall("parepare", host="mpp.parepare.example")):
        there = on(1)
    page = page_of(Client(HTTP_HOST="barru.localhost:8000"), "/kabar/")
    path = f"/berita/kegiatan/{there.slug}/"
    assert addresses(page) == [f"http://mpp.parepare.example:8000{path}"]


def test_the_address_of_every_story_of_all_malls_opens(mall):
    with in_mall(a_mall("parepare")):
        on(1, title="Seberang")
    on(2, title="Sini")
    page = page_of(Client(HTTP_HOST="barru.localhost"), "/kabar/")
    for address, title in zip(addresses(page), stories_in(page), strict=True):
        host, _, path = address.removeprefix("http://").partition("/")
        found = page_of(Client(HTTP_HOST=host), f"/{path}")
        assert heading_of(found) == [title]


def test_news_of_all_malls_are_leafed_through(mall, client):
    for hour in range(PER_PAGE + 1):
        on(hour, title=f"Jam {hour}")
    assert stories_in(page_of(client, "/kabar/?hal=2")) == ["Jam 0"]


def test_no_news_at_all(mall, client):
    assert "Belum ada berita" in page_of(client, "/kabar/")
