"""Feeds, pages, lists and plain texts told apart by content. All texts here are samples."""

import json
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerai.newsroom.reading import Picture, Quote, Refusal, Unreadable, read_news
from gerai.newsroom.reading.news import MOST_BYTES

TODAY = date(2026, 11, 25)

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>Warta Contoh</title>
<link>https://warta.example</link>
<!-- <item> di dalam komentar -->
<item>
<title>Gerai contoh &amp; antrean baru</title>
<link>https://warta.example/1</link>
<pubDate>Thu, 10 Feb 2022 20:05:00 +0000</pubDate>
<dc:creator>PENULIS CONTOH</dc:creator>
<category>antrean</category><category>Antrean</category>
<description><![CDATA[Ringkasan <item> contoh.]]></description>
<content:encoded><![CDATA[<p>BARRU -
Gerai contoh dibuka, Kamis (10/02), bagi warga contoh.</p>
<p>Kalimat kedua.<script>alert(1)</script></p><figure><img src="/a.jpg" alt="x">
<figcaption>Gerai contoh (Foto: Humas Contoh)</figcaption></figure><p>(Contoh/Humas)</p>]]>
</content:encoded>
</item>
<item>
<title></title>
<description>Tanpa judul.</description>
</item>
<item>
<title>Gerai contoh &amp; antrean baru</title>
<description>BARRU - Gerai contoh dibuka, Kamis (10/02), bagi
warga contoh. Kalimat kedua.</description>
</item>
<item><title>Hari contoh</title><pubDate>32 Mei 2022</pubDate><description>Isi.</description></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar Contoh</title>
<entry><title type="html">Layanan &lt;b&gt;contoh&lt;/b&gt;</title>
<link href="https://kabar.example/2"/><published>2022-02-10T23:30:00+08:00</published>
<author><name>Penulis Contoh</name></author>
<content type="html">&lt;p&gt;Satu kalimat contoh.&lt;/p&gt;
&lt;p&gt;Dua.&lt;/p&gt;</content></entry>
</feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Umpan Contoh",
        "items": [
            {
                "id": "1",
                "url": "https://umpan.example/1",
                "title": "Kiriman contoh",
                "content_html": "<p>Isi <i>contoh</i>.</p><style>p{}</style>",
                "date_published": "2022-02-10T10:00:00+08:00",
                "authors": [{"name": "Penulis Contoh"}],
                "tags": ["contoh"],
                "image": "https://umpan.example/a.jpg",
            }
        ],
    },
    indent=1,
)
DATA = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebPage"}, {"@type": "NewsArticle", "headline": "Judul Contoh",
"datePublished": "2022-02-10T14:05:00+08:00", "author": [{"@type": "Person",
"name": "PENULIS CONTOH"}], "keywords": ["studi tiru", "MPP"]}]}</script>"""
PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0030)https://kabar.example/disimpan -->
<html><head><meta charset="utf-8"><title>Judul Contoh - Kabar Contoh</title>
<meta property="og:site_name" content="Kabar Contoh">
<meta property="og:image" content="https://kabar.example/a.jpg?w=1">
<link rel="canonical" href="https://kabar.example/judul-contoh">{DATA}</head>
<body><nav><a href="/">Beranda</a><img src="/logo.png"></nav><article><h1>Judul Contoh</h1>
<p>A. PENULIS - KABAR.EXAMPLE</p><p>Apr 21, 2022 - 11:18</p>
<figure><img src="/a.jpg"><figcaption>Rombongan tiba (Foto: Humas Contoh)</figcaption></figure>
<p>BARRU - Pada Kamis (10/02), rombongan contoh tiba di gedung contoh untuk melihat gerai contoh
yang ada di sana bersama-sama.</p>
<p>“Gerai ini sungguh rapi sekali”, kata Contoh.</p>
<p>Baca juga: <a href="/lain">Berita yang lain</a></p>
<p>Kalimat kedua yang cukup panjang supaya diambil sebagai isi berita contoh di halaman ini.</p>
<p>(Contoh/Humas)</p><script>alert(1)</script></article>
<aside>Berita terkait <a href="#">lain</a></aside><footer>Hak cipta</footer></body></html>"""
PLAIN = """JUDUL CONTOH

Kamis, 10 Februari 2022 | 14:05 WITA
Penulis: Budi Contoh | Editor: Lain

Barru (WARTA) \u2013 Rombongan contoh tiba di gedung contoh untuk melihat gerai contoh yang ada,
Kamis (10/2/2022).

Baca juga: sesuatu
“Ini contoh yang baik sekali,” ujar Ani Contoh.

Tags: studi tiru, contoh

(cnt/red)

Berita Terkait
Sesuatu yang lain, dengan kalimat yang panjang sekali sehingga tampak seperti isi berita.
"""


def read(text, name="berkas"):
    content = text if isinstance(text, bytes) else text.encode()
    return read_news(content, name=name, today=TODAY)


def stories_or_reason(content):
    """Return what was read, or why nothing could be."""
    try:
        return read(content)
    except Unreadable as unreadable:
        return str(unreadable)


def rows(*changes):
    base = {"judul": "Judul", "kutipan": "Isi contoh.", "tanggal": "2024-01-02"}
    return read(json.dumps([base | change for change in changes], indent=0))


def test_rss_gives_stories_and_refuses_with_lines():
    found = read(RSS)
    [story] = found.stories
    assert (story.line, story.title) == (8, "Gerai contoh & antrean baru")
    assert story.paragraphs == (
        "Gerai contoh dibuka, Kamis (10/02), bagi warga contoh.",
        "Kalimat kedua.",
    )
    assert (str(story.published_on), str(story.event_on)) == ("2022-02-11", "2022-02-10")
    assert (story.authors, story.tags) == (("Penulis Contoh",), ("antrean",))
    assert (story.place, story.credit) == ("Barru", "Contoh/Humas")
    assert (story.source_name, story.source_url) == ("Warta Contoh", "https://warta.example/1")
    assert story.pictures == (
        Picture("https://warta.example/a.jpg", "Gerai contoh", "Humas Contoh"),
    )
    assert [refusal.line for refusal in found.refused] == [21, 25, 30]
    assert found.refused[1] == Refusal(25, "Sama dengan berita pada baris 8.")
    assert "32 Mei" in found.refused[2].reason


def test_atom_is_read():
    [story] = read(ATOM).stories
    assert (story.line, story.title) == (2, "Layanan contoh")
    assert story.paragraphs == ("Satu kalimat contoh.", "Dua.")
    assert (str(story.published_on), story.authors) == ("2022-02-10", ("Penulis Contoh",))


def test_broken_feed_gives_what_stands_before_the_break_and_its_line():
    found = read(RSS[: RSS.index("<item><title>Hari")] + "<item><title>Satu</tit")
    assert [story.line for story in found.stories] == [8]
    assert found.refused[-1] == Refusal(31, "Susunan XML rusak di sini; periksa berita sesudahnya.")


def test_feed_pictures_beside_the_text_are_read():
    feed = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
    <title>Gambar contoh</title><description>Isi contoh.</description>
    <media:content url="https://x.example/a.jpg" medium="image"/>
    <enclosure url="https://x.example/b.jpg" type="image/jpeg"/>
    <enclosure url="https://x.example/c.mp3" type="audio/mpeg"/>
    <enclosure url="javascript:alert(1)" type="image/jpeg"/></item></channel></rss>"""
    [story] = read(feed).stories
    assert [picture.url for picture in story.pictures] == [
        "https://x.example/a.jpg",
        "https://x.example/b.jpg",
    ]


def test_markdown_pictures_and_links_are_read():
    text = (
        "# Situs Contoh\n\n## Judul contoh\n\nhttps://x.example/b/\n\n"
        "![Suasana (Foto: Humas)](../a.jpg)\n\n**BARRU** - Isi [contoh](https://y.example) "
        "yang *sungguh* ada.\n"
    )
    [story] = read(text).stories
    assert (story.title, story.source_name) == ("Judul contoh", "Situs Contoh")
    assert (story.place, story.paragraphs) == ("Barru", ("Isi contoh yang *sungguh* ada.",))
    assert story.pictures == (Picture("https://x.example/a.jpg", "Suasana", "Humas"),)


def test_json_feed_is_read():
    [story] = read(JSON_FEED).stories
    assert (story.line, story.title, story.paragraphs) == (5, "Kiriman contoh", ("Isi contoh.",))
    assert (story.source_name, str(story.published_on)) == ("Umpan Contoh", "2022-02-10")
    assert story.pictures == (Picture("https://umpan.example/a.jpg"),)


@pytest.mark.parametrize(
    ("page", "published", "author", "tags"),
    [
        (PAGE, "2022-02-10", "Penulis Contoh", ("studi tiru", "MPP")),
        (PAGE.replace(DATA, ""), "2022-04-21", "A. Penulis", ()),
    ],
)
def test_page_is_read_with_and_without_its_data(page, published, author, tags):
    [story] = read(page).stories
    assert story.title == "Judul Contoh"
    assert (str(story.published_on), str(story.event_on)) == (published, "2022-02-10")
    assert (story.authors, story.tags) == ((author,), tags)
    assert (story.place, story.credit, len(story.paragraphs)) == ("Barru", "Contoh/Humas", 3)
    assert story.quotes == (Quote("Gerai ini sungguh rapi sekali", "Contoh"),)
    assert story.pictures == (
        Picture("https://kabar.example/a.jpg", "Rombongan tiba", "Humas Contoh"),
    )
    assert story.source_url == "https://kabar.example/judul-contoh"


def test_page_without_address_says_where_it_was_saved_from():
    page = PAGE.replace('<link rel="canonical" href="https://kabar.example/judul-contoh">', "")
    assert read(page).stories[0].source_url == "https://kabar.example/disimpan"


def test_small_page_without_an_article_is_read():
    [story] = read("<html><title>Kecil | Situs</title><h1>Kecil</h1><div>Isi pendek.</div>").stories
    assert (story.title, story.paragraphs) == ("Kecil", ("Isi pendek.",))


def test_plain_text_is_read():
    [story] = read(PLAIN).stories
    assert (story.title, story.line, str(story.published_on)) == ("JUDUL CONTOH", 1, "2022-02-10")
    assert story.paragraphs == (
        (
            "Rombongan contoh tiba di gedung contoh untuk melihat gerai contoh yang ada, "
            "Kamis (10/2/2022)."
        ),
        "“Ini contoh yang baik sekali,” ujar Ani Contoh.",
    )
    assert (story.place, story.source_name, story.credit) == ("Barru", "WARTA", "cnt/red")
    assert (story.authors, story.tags) == (("Budi Contoh",), ("studi tiru", "contoh"))
    assert story.quotes == (Quote("Ini contoh yang baik sekali", "Ani Contoh"),)


def test_same_report_has_the_same_fingerprint_in_every_form():
    page = read("<html><h1>Judul!</h1><article><p>Isi contoh yang sama.</p></article>").stories[0]
    text = read("judul\n\nISI contoh, yang sama.").stories[0]
    other = read("Judul\n\nIsi contoh yang lain.").stories[0]
    assert page.fingerprint == text.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"judul": ""}, "Judulnya kosong"),
        ({"judul": None}, "Judulnya kosong"),
        ({"judul": 7}, "teks"),
        ({"judul": "x" * 301}, "terlalu panjang"),
        ({"judul": "<script>alert(1)</script>"}, "Judulnya kosong"),
        ({"kutipan": " "}, "Isi beritanya kosong"),
        ({"kutipan": ["a"]}, "teks"),
        ({"kutipan": "x" * 6001}, "terlalu panjang"),
        ({"kutipan": "a\n\n" * 2001}, "Alineanya"),
        ({"tanggal": "2024-13-45"}, "Tanggal"),
        ({"tanggal": "0001-01-01"}, "Tanggal"),
        ({"tanggal": "9999"}, "Tanggal"),
        ({"tanggal": "kemarin"}, "Tanggal"),
        ({"tanggal": 20240101}, "Tanggal"),
        ({"tautan": "javascript:alert(1)"}, "alamat web"),
        ({"tautan": "https://[x"}, "rusak"),
        ({"topik": 5}, "daftar"),
        ({"topik": [5]}, "daftar"),
    ],
)
def test_dirty_row_is_refused_with_its_line(change, word):
    found = rows({}, {"judul": "Dua"} | change)
    assert [story.title for story in found.stories] == ["Judul"]
    [refusal] = found.refused
    assert refusal.line == 7
    assert word in refusal.reason


def test_bodies_with_markup_become_plain_paragraphs():
    body = "<p>Satu &amp; dua<br>Tiga</p><script>x()</script><p onclick='y()'>A < b</p>&lt;b&gt;C"
    [story] = rows({"kutipan": body}).stories
    assert story.paragraphs == ("Satu & dua", "Tiga", "A < b", "C")


def test_list_broken_in_the_middle_keeps_what_stands_before():
    text = '[\n{"judul": "Satu", "kutipan": "Isi."},\n{"judul": "Dua", "kut'
    found = read(text)
    assert [story.title for story in found.stories] == ["Satu"]
    assert [refusal.line for refusal in found.refused] == [3]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "kosong"),
        (b" \n\n", "kosong"),
        ("\u200b\u200b".encode(), "kosong"),
        (b"\x00\x01\x02", "bukan teks"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "gambar"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04rest", "Word"),
        (b"[]", "Tidak ada berita"),
        (b"[", "rusak"),
        (b'[{"judul": "a"', "rusak"),
        (b"[" * 100_000, "rusak"),
        (b'[{"judul": ' + b"9" * 5000 + b"}]", "rusak"),
        (b"<rss><channel><title>a</title></channel></rss>", "Tidak ada berita"),
        (b"<rss><chan", "Tidak ada berita"),
        (b"<rss><item><title>&#9999999;</title></item><x", "Susunan umpan"),
        (b"<svg></svg>", "bukan umpan"),
        (b"From: <Saved by Blink>\nSnapshot: x", "MHTML"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><item><title>&a;</title></item></rss>", "entitas"),
        (b"<html>" + b"<p>a" * 30_000, "rumit"),
        (b"<html>" + b"a" * 3_000_000, "terlalu besar"),
        (b"a" * 500_000, "terlalu panjang"),
        (b"x" * (MOST_BYTES + 1), "terlalu besar"),
        (b"x" * (10 * 1024 * 1024), "terlalu besar"),
    ],
)
def test_file_that_is_no_news_is_refused_whole(content, word):
    with pytest.raises(Unreadable, match=word):
        read(content)


def test_entities_hidden_in_another_encoding_are_refused():
    bomb = "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><item><title>&a;</title></item></rss>"
    with pytest.raises(Unreadable, match="entitas"):
        read(bomb.encode("utf-16"))


def test_file_outside_is_never_opened(tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia")
    feed = (
        f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}"><rss><channel><item><title>Judul</title>'
        f"<link>{secret.as_uri()}</link><description>Isi contoh.</description></item></channel>"
        "</rss>"
    )
    [story] = read(feed).stories
    assert (story.paragraphs, story.source_url) == (("Isi contoh.",), "")


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_may_have_any_usual_encoding(coding):
    [story] = read("Judul “contoh”\r\n\r\nIsi é yang ada.".encode(coding)).stories
    assert (story.title, story.paragraphs) == ("Judul “contoh”", ("Isi é yang ada.",))


def test_text_with_a_title_only_is_refused():
    found = read("\n\nHanya judul")
    assert (found.stories, found.refused) == ([], [Refusal(3, "Isi beritanya kosong. Isi dahulu.")])


@pytest.mark.parametrize("sample", [RSS, ATOM, JSON_FEED, PAGE, PLAIN])
def test_damaged_samples_never_crash(sample):
    chance = random.Random(7)
    for _ in range(60):
        damaged = list(sample[: chance.randint(1, len(sample))])
        for _ in range(chance.randint(0, 20)):
            damaged[chance.randrange(len(damaged))] = chance.choice('<>&"{}[]/!-\x00\ud800 aé\n')
        found = stories_or_reason("".join(damaged).encode("utf-8", "surrogatepass"))
        assert found
        if not isinstance(found, str):
            texts = [text for story in found.stories for text in (story.title, *story.paragraphs)]
            assert not any("<script" in text for text in texts)
            assert all(text.isprintable() for text in texts)


@settings(deadline=None)  # the first page waits for its library
@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_arbitrary_bytes_never_crash_the_reader(content):
    for head in (b"", b"[", b"<rss><item>", b"<html><body>", b"Judul\n\n"):
        found = stories_or_reason(head + content)
        assert found
        if not isinstance(found, str):
            assert len(found.stories) + len(found.refused) > 0


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["judul", "kutipan", "tanggal", "tautan", "topik", "penulis", "x"]),
                inner,
            )
        ),
        max_leaves=20,
    )
)
def test_arbitrary_json_is_taken_or_refused(value):
    found = read(json.dumps([value]))
    assert len(found.stories) + len(found.refused) == 1
