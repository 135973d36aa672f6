"""The news as Atom, RSS and JSON Feed, read by a real feed reader."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom import feeds
from gerai.newsroom.tests.factories import an_article, an_open_site, taken_back

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
WILD = 'Paspor & <b>KTP</b> "gratis" ]]> 😀'
BASE = "http://barru.localhost"
TYPES = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
EACH_XML = pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])


def on(hours, **fields):
    return an_article(first_published_at=DAY + timedelta(hours=hours), **fields)


def asked(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer


def entries(client, path):
    """Return the entries of a feed, whatever its kind, as title, address."""
    answer = asked(client, path)
    if path.endswith("json"):
        return [(item["title"], item["url"]) for item in json.loads(answer.content)["items"]]
    read = feedparser.parse(answer.content)
    assert read.bozo is False
    return [(entry.title, entry.link) for entry in read.entries]


def at(story):
    return f"{BASE}/berita/kegiatan/{story.slug}/"


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("place", ["", "kunjungan/", "topik/studi-tiru/"])
def test_a_feed_tells_the_stories_of_its_place_newest_first(mall, client, name, place):
    both = on(1, title="Lama", section="kunjungan", tag_line="Studi Tiru")
    new = on(2, title="Baru", section="kunjungan", tag_line="Studi Tiru")
    on(0, title="Lain") if place == "" else on(3, title="Lain")
    an_article(title="Draf", section="kunjungan", tag_line="Studi Tiru", published=False)
    taken_back(on(4, title="Ditarik", section="kunjungan", tag_line="Studi Tiru"))
    with in_mall(a_mall("parepare")):
        on(5, title="Tetangga", section="kunjungan", tag_line="Studi Tiru")
    told = [(story.title, f"{BASE}/berita/kunjungan/{story.slug}/") for story in (new, both)]
    found = entries(client, f"/berita/{place}{name}")
    if place == "":
        assert [title for title, _ in found] == ["Baru", "Lama", "Lain"]
        assert found[:2] == told
    else:
        assert found == told
    assert client.get(f"/berita/{place}{name}")["Content-Type"] == TYPES[name]


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("place", ["tiada/", "topik/tiada/", "topik/draf/", "KEGIATAN/"])
def test_a_senseless_place_has_no_feed(mall, client, name, place):
    an_article(tag_line="draf", published=False)
    assert client.get(f"/berita/{place}{name}").status_code == 404


@pytest.mark.parametrize("name", TYPES)
def test_a_new_mall_has_an_empty_feed(mall, client, name):
    an_open_site()
    assert entries(client, f"/berita/{name}") == []


@pytest.mark.parametrize("name", TYPES)
def test_a_feed_has_thirty_stories_at_most(mall, client, name):
    for hour in range(feeds.LENGTH + 1):
        on(hour, title=f"Jam {hour}")
    found = entries(client, f"/berita/{name}")
    assert (len(found), found[0][0], found[-1][0]) == (30, "Jam 30", "Jam 1")


@EACH_XML
def test_dates_ids_and_channel_of_the_xml_feeds(mall, client, name, time_machine):
    time_machine.move_to(DAY + timedelta(hours=5), tick=False)
    story = on(
        1, authors=[{"type": "author", "value": {"name": "Penulis (contoh)"}}], tag_line="a, b"
    )
    read = feedparser.parse(asked(client, f"/berita/{name}").content)
    (entry,) = read.entries
    published = datetime(*entry.published_parsed[:6], tzinfo=UTC)
    assert (entry.id, published) == (at(story), DAY + timedelta(hours=1))
    assert entry.summary == "Contoh ringkasan."
    assert [tag.term for tag in entry.tags] == ["a", "b"]
    assert "Penulis (contoh)" in entry.author
    assert (read.feed.title, read.feed.link) == ("MPP Barru", f"{BASE}/berita/")
    assert read.feed.language == "id"
    assert f"{BASE}/berita/{name}" in [link.href for link in read.feed.links]


def test_atom_tells_when_a_story_was_changed(mall, client, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = an_article()
    time_machine.move_to(DAY + timedelta(days=1), tick=False)
    story.save_revision().publish()
    (entry,) = feedparser.parse(asked(client, "/berita/atom.xml").content).entries
    told = (entry.published_parsed, entry.updated_parsed)
    assert [datetime(*each[:6], tzinfo=UTC) for each in told] == [DAY, DAY + timedelta(days=1)]


def test_rss_writes_its_dates_as_it_must(mall, client):
    on(1)
    tree = etree.fromstring(asked(client, "/berita/rss.xml").content)
    (told,) = tree.xpath("//item/pubDate/text()")
    assert parsedate_to_datetime(told) == DAY + timedelta(hours=1)
    assert tree.xpath("//item/guid/@isPermaLink") == ["true"]


def test_json_feed_is_whole(mall, client, time_machine):
    time_machine.move_to(DAY + timedelta(hours=5), tick=False)
    story = on(1, credit="Humas (contoh)", tag_line="Studi Tiru, Soppeng")
    feed = json.loads(asked(client, "/berita/feed.json").content)
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "MPP Barru",
        "description": "Berita dari MPP Barru.",
        "home_page_url": f"{BASE}/berita/",
        "feed_url": f"{BASE}/berita/feed.json",
        "language": "id",
        "items": [
            {
                "id": at(story),
                "url": at(story),
                "title": story.title,
                "summary": "Contoh ringkasan.",
                "content_text": "Contoh ringkasan.",
                "date_published": "2026-03-02T02:00:00+00:00",
                "date_modified": "2026-03-02T06:00:00+00:00",
                "tags": ["Studi Tiru", "Soppeng"],
                "authors": [{"name": "Humas (contoh)"}],
            }
        ],
    }


def test_json_feed_leaves_out_what_is_not_told(mall, client):
    on(1)
    (item,) = json.loads(asked(client, "/berita/feed.json").content)["items"]
    assert item.keys() == {
        "id",
        "url",
        "title",
        "summary",
        "content_text",
        "date_published",
        "date_modified",
    }


@pytest.mark.parametrize(
    ("place", "title", "home"),
    [
        ("kunjungan/", "MPP Barru: Kunjungan", "/berita/kunjungan/"),
        ("topik/studi-tiru/", "MPP Barru: Studi Tiru", "/berita/topik/studi-tiru/"),
    ],
)
def test_a_feed_says_what_it_is_of(mall, client, place, title, home):
    on(1, section="kunjungan", tag_line="Studi Tiru")
    feed = json.loads(asked(client, f"/berita/{place}feed.json").content)
    assert (feed["title"], feed["home_page_url"]) == (title, BASE + home)
    for name in ("atom.xml", "rss.xml"):
        read = feedparser.parse(asked(client, f"/berita/{place}{name}").content).feed
        assert (read.title, read.link) == (title, BASE + home)


@pytest.mark.parametrize("name", TYPES)
def test_odd_letters_arrive_as_they_were_typed(mall, client, name):
    on(1, title=WILD, summary=WILD, credit=WILD[:20], tag_line="Kopi & Teh <3 😀")
    answer = asked(client, f"/berita/{name}")
    if name == "feed.json":
        (item,) = json.loads(answer.content)["items"]
        told = (item["title"], item["summary"], item["tags"], item["authors"][0]["name"])
    else:
        tree = etree.fromstring(answer.content)
        text = {etree.QName(each).localname: each.text for each in tree.iter() if each.text}
        tags = tree.xpath("//*[local-name()='category']")
        tag = tags[0].get("term") or tags[0].text
        whose = "//*[local-name()='creator'] | //*[local-name()='entry']//*[local-name()='name']"
        (author,) = [each.text for each in tree.xpath(whose)]
        told = (text["title"], text.get("summary") or text["description"], [tag], author)
    assert told == (WILD, WILD, ["Kopi & Teh <3 😀"], WILD[:20])


@pytest.mark.parametrize("name", TYPES)
def test_letters_that_xml_cannot_hold_are_left_out(mall, client, name):
    """A word processor writes a line break as one of them; an editor pastes it."""
    wild = {"summary": "Tiga\x0bempat\x1f", "tag_line": "li\x0bma", "credit": "e\x0cnam"}
    story = on(1, title="Satu\x0bdua", **wild)
    assert entries(client, f"/berita/{name}") == [("Satu dua", at(story))]


@pytest.mark.parametrize("name", TYPES)
def test_addresses_are_of_the_host_and_port_that_was_called(mall, client, name):
    mall.host = "mpp.contoh.id"
    mall.save()
    story = on(1)
    for host in ("mpp.contoh.id:8080", "barru.localhost:9000"):
        answer = client.get(f"/berita/{name}", headers={"host": host})
        assert f"http://{host}/berita/kegiatan/{story.slug}/" in answer.content.decode()
        assert f"http://{host}/berita/{name}" in answer.content.decode()


@pytest.mark.parametrize("name", TYPES)
def test_a_feed_asks_equally_often_for_one_and_for_three(
    mall, client, name, django_assert_num_queries
):
    on(1)
    with CaptureQueriesContext(connection) as one:
        client.get(f"/berita/{name}")
    on(2)
    on(3)
    with django_assert_num_queries(len(one)):
        client.get(f"/berita/{name}")


def test_authors_are_named_before_the_credit(mall):
    block = {"type": "author", "value": {"name": "Penulis (contoh)"}}
    other = {"type": "author", "value": {"name": "Pemotret (contoh)"}}
    told = [
        feeds.authors(an_article(authors=[block, other], credit="Humas")),
        feeds.authors(an_article(credit="Humas")),
        feeds.authors(an_article()),
    ]
    assert told == ["Penulis (contoh), Pemotret (contoh)", "Humas", ""]
