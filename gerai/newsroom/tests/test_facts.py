"""A story in the words of schema.org, and as other sites show it."""

import json
import re
from datetime import UTC, datetime

import pytest
from lxml import html

from gerai.newsroom.queries.facts import news_article
from gerai.newsroom.templatetags.newsroom import code_slug, json_ld, story_path, xml_letters
from gerai.newsroom.tests.editing import a_picture
from gerai.newsroom.tests.factories import an_article

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
WILD = 'Judul </script><script>alert("1")</script> & 😀'


def facts(article, **told):
    return news_article(
        article, **{"url": "http://a.example/x/", "picture": "", "publisher": "MPP Barru", **told}
    )


def test_a_plain_story_tells_what_it_has(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    assert facts(an_article(title="Judul")) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Judul",
        "description": "Contoh ringkasan.",
        "mainEntityOfPage": "http://a.example/x/",
        "inLanguage": "id",
        "publisher": {"@type": "GovernmentOrganization", "name": "MPP Barru"},
        "author": [{"@type": "Organization", "name": "MPP Barru"}],
        "datePublished": "2026-03-02T01:00:00+00:00",
        "dateModified": "2026-03-02T01:00:00+00:00",
    }


def test_a_full_story_tells_all(mall):
    story = an_article(
        title="x" * 120,
        place="Barru",
        tag_line="a, b",
        credit="Humas",
        authors=[{"type": "author", "value": {"name": "Penulis (contoh)"}}],
        corrections=[{"type": "correction", "value": {"on": "2026-03-02", "text": "Bukan 21."}}],
    )
    told = facts(story, picture="http://a.example/p.jpg")
    assert told["headline"] == "x" * 110
    assert told["author"] == [{"@type": "Person", "name": "Penulis (contoh)"}]
    assert told["image"] == ["http://a.example/p.jpg"]
    assert told["contentLocation"] == {"@type": "Place", "name": "Barru"}
    assert told["keywords"] == ["a", "b"]
    assert told["correction"] == ["Bukan 21."]


def test_the_credit_stands_for_an_author_who_is_not_named(mall):
    told = facts(an_article(credit="Humas (contoh)"))
    assert told["author"] == [{"@type": "Organization", "name": "Humas (contoh)"}]


def test_a_draft_has_no_dates(mall):
    told = facts(an_article(published=False))
    assert {"datePublished", "dateModified"} & told.keys() == set()


def read(client, story, **extra):
    return html.fromstring(client.get(f"/berita/kegiatan/{story.slug}/", **extra).content)


@pytest.mark.parametrize("title", ["Judul biasa", WILD])
def test_the_page_tells_machines_and_no_letter_ends_the_block(mall, client, title):
    story = an_article(title=title, slug="judul")
    page = read(client, story)
    blocks = page.xpath('//script[@type="application/ld+json"]/text()')
    assert [json.loads(block)["headline"] for block in blocks] == [title]
    assert page.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []


def test_the_page_tells_other_sites_what_to_show(mall, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    story = an_article(title="Judul & isi", slug="judul", lead_picture=a_picture(size=16))
    page = read(client, story, HTTP_HOST="barru.localhost:8000")
    told = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    url = "http://barru.localhost:8000/berita/kegiatan/judul/"
    assert told["og:title"] == "Judul & isi"
    assert told["og:type"] == "article"
    assert told["og:description"] == "Contoh ringkasan."
    assert told["og:url"] == url
    assert page.xpath('//link[@rel="canonical"]/@href') == [url]
    address = told["og:image"]
    assert address.startswith("http://barru.localhost:8000/media/")
    path = address.removeprefix("http://barru.localhost:8000")
    assert client.get(path)["Content-Type"] == "image/jpeg"


def test_sharing_leads_with_title_and_address(mall, client):
    story = an_article(title="Judul & isi?", slug="judul")
    links = read(client, story).xpath('//*[contains(@class, "story-share")]//a/@href')
    there = "http%3A%2F%2Fbarru.localhost%2Fberita%2Fkegiatan%2Fjudul%2F"
    words = "Judul%20%26%20isi%3F"
    assert links[:4] == [
        f"https://wa.me/?text={words}%20{there}",
        f"https://t.me/share/url?url={there}&text={words}",
        f"https://www.facebook.com/sharer/sharer.php?u={there}",
        f"mailto:?subject={words}&body={there}",
    ]


def test_json_for_machines_is_safe_inside_a_page():
    block = json_ld({"a": "</script><b>&"})
    inside = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', block)[1]
    assert re.findall("[<>&]", inside) == []
    assert json.loads(inside) == {"a": "</script><b>&"}


def test_small_filters(mall):
    story = an_article(slug="judul")
    assert story_path(story) == "/berita/kegiatan/judul/"
    assert code_slug("LAY 01/A") == "lay-01-a"
    assert xml_letters("a\x0bb") == "a b"
