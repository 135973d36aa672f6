"""Every feed and site map of a running mall before our judges; the judges can refuse."""

import re
from collections.abc import Callable

import httpx
import pytest

from tests.journeys.conftest import Site
from tests.judges.feeds import atom_faults, json_feed_faults, rss_faults, site_map_faults

pytestmark = pytest.mark.journey

JUDGES = {"atom.xml": atom_faults, "rss.xml": rss_faults, "feed.json": json_feed_faults}
SHELVES = ["/berita/", "/berita/kegiatan/", "/berita/kunjungan/", "/berita/topik/soppeng/"]


@pytest.fixture(scope="module")
def ask(site: Site) -> Callable[..., tuple[str, bytes]]:
    """Return a function that fetches a path: its content type and its content."""

    def fetch(path: str, language: str = "id") -> tuple[str, bytes]:
        answer = httpx.get(
            f"http://127.0.0.1:{site.port}{path}",
            headers={"Host": f"barru.localhost:{site.port}"},
            cookies={"django_language": language},
            timeout=60,
        )
        assert answer.status_code == 200, path
        return answer.headers["content-type"], answer.content

    return fetch


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", JUDGES)
def test_every_feed_passes_its_judge(ask: Callable[..., tuple[str, bytes]], name: str, language):
    faults = {}
    for shelf in SHELVES:
        content_type, content = ask(shelf + name, language)
        assert content.count(b"/berita/") > 2, shelf
        faults[shelf] = JUDGES[name](content_type, content)
    assert faults == {shelf: [] for shelf in SHELVES}


def test_the_site_maps_pass_their_judge(ask: Callable[..., tuple[str, bytes]]):
    assert site_map_faults(*ask("/sitemap.xml")) == []
    assert site_map_faults(*ask("/sitemap-berita.xml"), of_news=True) == []


BROKEN = [
    ("atom.xml", rb"<updated>[^<]*</updated>", b"<updated>kemarin</updated>", "updated kemarin"),
    ("atom.xml", rb"<id>http[^<]*</id>", b"<id>/berita/</id>", "id twice: /berita/"),
    ("atom.xml", rb'<link [^>]*rel="self"/>', b"", "not one link to itself"),
    ("atom.xml", rb"<author>.*?</author>", b"", "nobody wrote it"),
    ("atom.xml", rb' xml:lang="id"', b"", "no xml:lang"),
    ("rss.xml", rb"<pubDate>[^<]*", b"<pubDate>2026-11-24", "pubDate 2026-11-24"),
    ("rss.xml", rb"<pubDate>Tue", b"<pubDate>Wed", "pubDate Wed"),
    ("rss.xml", rb"(<guid[^>]*>)[^<]*", rb"\1satu", "guid twice: satu"),
    ("rss.xml", rb"<language>.*?</language>", b"", "no language"),
    ("rss.xml", rb"<guid.*?</guid>", b"<author>Ani</author>", "is no mail address"),
    ("feed.json", rb'"content_text": "[^"]*", ', b"", "not valid under any"),
    ("feed.json", rb"version/1.1", b"version/1", "was expected"),
    ("feed.json", rb'"date_published": "[^"]*"', b'"date_published": "24-11-2026"', "date-time"),
]


@pytest.mark.parametrize(("name", "part", "other", "fault"), BROKEN)
def test_a_judge_refuses_a_broken_feed(
    ask: Callable[..., tuple[str, bytes]], name: str, part: bytes, other: bytes, fault: str
):
    content_type, content = ask(f"/berita/{name}")
    broken = re.sub(part, other, content, flags=re.DOTALL)
    assert broken != content
    assert fault in "\n".join(JUDGES[name](content_type, broken))


def test_a_judge_refuses_the_wrong_content_type(ask: Callable[..., tuple[str, bytes]]):
    for name, judge in JUDGES.items():
        assert judge("text/html", ask(f"/berita/{name}")[1]) == ["content type text/html"]
