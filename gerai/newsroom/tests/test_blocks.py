"""What the body of a page is made of: how each block is shown, and what it refuses."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText

from gerai.directory.tests.factories import a_mall, a_service, an_agency
from gerai.malls import scope
from gerai.malls.scope import in_mall
from gerai.newsroom.models.blocks import (
    Leaf,
    OwnPaper,
    OwnPicture,
    PictureBlock,
    ServiceBlock,
    Story,
    TextBlock,
    VideoBlock,
    check_own_links,
    check_own_media,
    services_here,
)
from gerai.newsroom.queries.text import plain_text
from gerai.newsroom.tests.editing import a_paper, a_picture
from gerai.newsroom.tests.factories import an_article, an_open_site

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(mall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return an_open_site()


def shown(client, *body):
    """Return the words of a story with this body, and its HTML."""
    story = an_article(body=[{"type": kind, "value": value} for kind, value in body])
    answer = client.get(f"/berita/kegiatan/{story.slug}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    inside = page[page.index('class="story-body"') : page.index('class="story-foot"')]
    return " ".join(re.sub("<[^>]*>", " ", inside).split()), inside


# How they are shown


def test_text_and_facts_are_rich(client):
    words, page = shown(
        client,
        ("text", "<h3>Anak judul</h3><p>Isi <b>tebal</b></p>"),
        ("facts", {"title": "Fakta <i>", "text": "<ul><li>Satu</li></ul>"}),
    )
    assert (page.count("<b>tebal</b>"), page.count("<li>Satu</li>")) == (1, 1)
    assert "Fakta &lt;i&gt; Satu" in words


@pytest.mark.parametrize(("who", "count"), [("Warga (contoh)", 1), ("", 0)])
def test_a_quote_says_who_if_known(client, who, count):
    words, page = shown(client, ("quote", {"words": "Cepat & <ramah>.", "who": who}))
    assert "Cepat &amp; &lt;ramah&gt;." in words
    assert page.count("<figcaption>") == count


def test_pictures_carry_what_they_show_and_who_made_them(client):
    one, two = a_picture(credit="Foto: Humas"), a_picture()
    inside = {"picture": one.pk, "alternative": "Loket <1>", "caption": "Pagi"}
    other = {"picture": two.pk, "alternative": "Loket 2", "caption": ""}
    words, page = shown(client, ("picture", inside), ("gallery", {"pictures": [inside, other]}))
    assert page.count('alt="Loket &lt;1&gt;"') == 2
    assert page.count('alt="Loket 2"') == 1
    assert words.count("Pagi Foto: Humas") == 2
    assert page.count("<figcaption>") == 2


def test_a_paper_is_offered_with_its_size(client):
    paper = a_paper(title="Daftar <layanan>")
    words, page = shown(client, ("paper", {"paper": paper.pk, "title": ""}))
    assert page.count(f'href="{paper.url}"') == 1
    assert "Daftar &lt;layanan&gt; (CSV, 3" in words
    words, _page = shown(client, ("paper", {"paper": paper.pk, "title": "Nama lain"}))
    assert "Nama lain (CSV" in words


def test_a_video_has_its_words_beside_it(client):
    video = a_paper("contoh.mp4", credit="Humas (contoh)")
    value = {"video": video.pk, "title": "Tur gedung", "transcript": "<p>Pintu masuk.</p>"}
    words, page = shown(client, ("video", value))
    assert page.count(f'<source src="{video.url}" type="video/mp4">') == 1
    assert "Tur gedung Humas (contoh)" in words
    assert "Baca isi videonya Pintu masuk." in words


def test_a_service_is_led_to_while_it_is_offered(client):
    service = a_service(code="KTP 01", name="KTP-el hilang", agency=an_agency(name="Dukcapil"))
    block = ("service", {"service": "KTP 01"})
    words, page = shown(client, block)
    assert page.count('href="/layanan/ktp-01/"') == 1
    assert "Dukcapil KTP-el hilang" in words
    service.is_active = False
    service.save()
    assert "KTP-el hilang" not in shown(client, block)[0]


def test_an_event_is_told_on_the_clock_of_the_mall(client):
    value = {
        "title": "Sosialisasi",
        "starts_at": DAY.isoformat(),
        "ends_at": DAY.replace(hour=3).isoformat(),
        "place": "Lantai 2",
        "note": "Bawa KTP.",
    }
    words, _page = shown(client, ("event", value))
    assert "Sosialisasi Senin, 2 Maret 2026, 09.00 \N{EN DASH} 11.00 Lantai 2 Bawa KTP." in words
    words, _page = shown(client, ("event", {**value, "ends_at": None, "note": ""}))
    assert "09.00 Lantai 2" in words


def test_every_block_has_words_for_search():
    story = an_article(
        body=[
            {"type": "text", "value": "<p>satu</p>"},
            {"type": "quote", "value": {"words": "dua", "who": "tiga"}},
            {"type": "facts", "value": {"title": "empat", "text": "<p>lima</p>"}},
        ]
    )
    assert plain_text(story).split() == ["satu", "dua", "tiga", "empat", "lima"]


# What they refuse


@pytest.fixture
def foreign():
    """Make a picture, a document and a page in another mall."""
    with in_mall(a_mall("parepare")):
        return a_picture(), a_paper(), an_article()


def test_no_picture_or_document_of_another_mall(foreign):
    picture, paper, _story = foreign
    for block, own, theirs in (
        (OwnPicture(), a_picture(), picture),
        (OwnPaper(), a_paper(), paper),
    ):
        assert block.clean(own) == own
        with pytest.raises(ValidationError):
            block.clean(theirs)
        with pytest.raises(ValidationError):
            check_own_media(theirs)
    check_own_media(None)


def test_no_link_to_a_page_of_another_mall(foreign, site):
    own = an_article()
    text = TextBlock()

    def link(key, kind="page"):
        return f'<p><a linktype="{kind}" id="{key}">lihat</a></p>'

    for allowed in (link(own.pk), link(site.home_id), link(foreign[2].pk, "document"), "<p>a</p>"):
        check_own_links(allowed)
        assert text.clean(RichText(allowed)).source == allowed
    for refused in (link(foreign[2].pk), link(own.pk) + link(foreign[2].pk), link(10**12)):
        with pytest.raises(ValidationError):
            text.clean(RichText(refused))


def test_a_link_without_a_number_leads_nowhere_and_is_let_be():
    check_own_links('<a linktype="page">x</a>')


@pytest.mark.parametrize(
    ("name", "is_video"), [("a.mp4", True), ("a.WEBM", True), ("a.csv", False), ("mp4", False)]
)
def test_a_video_is_a_video(name, is_video):
    block = VideoBlock()
    value = block.to_python(
        {"video": a_paper(name).pk, "title": "Judul", "transcript": "<p>Isi</p>"}
    )
    if is_video:
        assert block.clean(value)["title"] == "Judul"
    else:
        with pytest.raises(blocks.StructBlockValidationError) as refused:
            block.clean(value)
        assert set(refused.value.block_errors) == {"video"}


def test_a_video_that_is_missing_is_refused_as_missing():
    block = VideoBlock()
    with pytest.raises(blocks.StructBlockValidationError):
        block.clean(block.to_python({"video": None, "title": "a", "transcript": "<p>b</p>"}))


def test_a_picture_says_what_it_shows():
    block = PictureBlock()
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(block.to_python({"picture": a_picture().pk, "alternative": ""}))
    assert set(refused.value.block_errors) == {"alternative"}


# Which services may be chosen


def test_services_are_those_of_the_mall_by_agency():
    b = an_agency(short_name="B")
    a_service(code="B-1", name="Satu", agency=b)
    a_service(code="B-2", name="Tutup", agency=b, is_active=False)
    a_service(code="A-1", name="Dua", agency=an_agency(short_name="A"))
    with in_mall(a_mall("parepare")):
        a_service(code="X-1")
    assert services_here() == [("A-1", "A: Dua"), ("B-1", "B: Satu")]


def test_outside_every_mall_no_service_is_offered():
    a_service()
    token = scope._mall.set(None)
    try:
        assert services_here() == []
    finally:
        scope._mall.reset(token)


def test_a_service_of_another_mall_is_refused():
    a_service(code="A-1")
    with in_mall(a_mall("parepare")):
        a_service(code="X-1")
    block = ServiceBlock()
    assert block.clean(block.to_python({"service": "A-1"}))["service"] == "A-1"
    with pytest.raises(blocks.StructBlockValidationError):
        block.clean(block.to_python({"service": "X-1"}))


# The blocks of lasting pages


def test_a_story_has_no_timeline_and_a_lasting_page_has_all():
    story, leaf = set(Story().child_blocks), set(Leaf().child_blocks)
    assert leaf - story == {"timeline", "regulation"}
    assert story - leaf == set()


def test_a_timeline_and_a_regulation_name_their_source():
    leaf = Leaf()
    raw = [
        {
            "type": "timeline",
            "value": {
                "steps": [
                    {
                        "type": "item",
                        "id": "1",
                        "value": {
                            "on": "2024-01-02",
                            "title": "Peresmian",
                            "text": "Contoh.",
                            "source": "Arsip contoh",
                        },
                    }
                ]
            },
        },
        {
            "type": "regulation",
            "value": {
                "name": "Peraturan contoh",
                "about": "Tentang contoh.",
                "source": "Naskah contoh",
                "is_checked": True,
            },
        },
    ]
    value = leaf.to_python(raw)
    told = " ".join(re.sub("<[^>]*>", " ", leaf.render(value)).split())
    assert value[0].value["steps"][0]["on"] == date(2024, 1, 2)
    assert "2 Januari 2024 Peresmian Contoh. Sumber: Arsip contoh" in told
    assert "Peraturan contoh Tentang contoh. Sumber: Naskah contoh" in told
    assert "Sudah dicocokkan dengan naskah resminya." in told
    assert len(leaf.clean(value)) == 2
