"""Stories from a file become drafts: what is taken over, what is left as it stands."""

from datetime import UTC, date, datetime

import pytest

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions.taking import SUMMARY_LIMIT, take_news
from gerai.newsroom.models import Article, Section
from gerai.newsroom.queries.articles import published
from gerai.newsroom.reading import Picture, Precision, Refusal, Story
from gerai.newsroom.tests.editing import somebody
from gerai.newsroom.tests.factories import an_open_site
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.roles import Role


@pytest.fixture
def section(mall):
    an_open_site()
    return Section.objects.get(slug="kunjungan")


def a_story(line=1, **fields):
    told = {"title": f"Contoh {line}", "paragraphs": (f"Paragraf {line}.",), **fields}
    return Story(line=line, **told)


def take(section, *stories, publishes=False, by=audit.SYSTEM):
    return take_news(stories, section=section, publishes=publishes, by=by)


def outcome(result):
    return (result.taken, result.unchanged, result.refused)


def body_of(article):
    return [(block.block_type, block.value) for block in article.body]


def test_a_story_is_taken_with_all_it_tells(section):
    story = a_story(
        title="Contoh judul",
        paragraphs=("Satu <b> & dua.", "Tiga."),
        published_on=date(2025, 10, 4),
        event_on=date(2025, 10, 3),
        authors=("Penulis (contoh)", "Pemotret (contoh)"),
        credit="Humas (contoh)",
        place="Barru",
        source_name="Media Contoh",
        source_url="https://contoh.example/1",
        tags=("studi tiru", "Soppeng"),
    )
    assert outcome(take(section, story)) == (1, 0, [])
    article = Article.objects.get()
    assert article.get_parent().specific == section
    assert (article.live, article.shown_at, article.owner) == (False, None, None)
    assert (article.title, article.summary) == ("Contoh judul", "Satu <b> & dua.")
    assert (article.place, article.credit) == ("Barru", "Humas (contoh)")
    assert (article.tag_line, article.event_on) == ("studi tiru, Soppeng", date(2025, 10, 3))
    assert (article.source_name, article.source_url) == ("Media Contoh", "https://contoh.example/1")
    assert article.rights_note == "Hak naskah pada penerbitnya; periksa sebelum menerbitkan."
    assert [block.value["name"] for block in article.authors] == list(story.authors)
    (text,) = article.body
    assert text.value.source == "<p>Satu &lt;b&gt; &amp; dua.</p><p>Tiga.</p>"
    # Noon of the mall (WITA).
    assert article.first_published_at == datetime(2025, 10, 4, 4, tzinfo=UTC)
    assert article.fingerprint == story.fingerprint
    assert article.get_latest_revision_as_object().title == "Contoh judul"


def test_a_story_taken_again_is_left_as_it_stands(section):
    take(section, a_story())
    Article.objects.update(title="Judul yang disunting")
    assert outcome(take(section, a_story(), a_story(2))) == (1, 1, [])
    assert sorted(Article.objects.values_list("title", flat=True)) == [
        "Contoh 2",
        "Judul yang disunting",
    ]


def test_each_mall_takes_a_story_for_itself(section):
    take(section, a_story())
    with in_mall(a_mall("parepare")):
        site = an_open_site()
        theirs = Section.objects.descendant_of(site.home).get(slug="kunjungan")
        assert outcome(take(theirs, a_story())) == (1, 0, [])


def test_stories_with_one_title_have_addresses_of_their_own(section):
    stories = [a_story(line, title="Sama", paragraphs=(f"Isi {line}",)) for line in (1, 2)]
    assert outcome(take(section, *stories)) == (2, 0, [])
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["sama", "sama-2"]


def test_a_title_that_is_too_long_is_refused_and_the_others_taken(section):
    result = take(section, a_story(3, title="x" * 256), a_story(4, title="x" * 255))
    refusal = Refusal(3, "judulnya lebih dari 255 huruf.")
    assert outcome(result) == (1, 0, [refusal])


@pytest.mark.parametrize("title", ["😀😀", "!!!", "消息", "<script>"])
def test_an_odd_title_has_an_address_all_the_same(section, client, title):
    assert outcome(take(section, a_story(title=title), publishes=True)) == (1, 0, [])
    article = Article.objects.get()
    answer = client.get(f"/berita/kunjungan/{article.slug}/")
    assert (answer.status_code, article.title) == (200, title)


@pytest.mark.parametrize(
    "url", ["bukan alamat", "javascript:alert(1)", "/a", "https://a.example/" + "x" * 400]
)
def test_a_source_that_is_no_address_stops_nothing(section, url):
    assert outcome(take(section, a_story(source_url=url), a_story(2))) == (2, 0, [])
    article = Article.objects.get(title="Contoh 1")
    assert (article.source_url, article.source_name) == ("", url[:160])


def test_without_a_day_no_moment_is_told(section):
    take(section, a_story())
    assert Article.objects.get().first_published_at is None


@pytest.mark.parametrize("precision", [Precision.MONTH, Precision.YEAR])
def test_a_draft_says_that_its_day_is_not_known(section, precision):
    take(section, a_story(published_on=date(2024, 6, 1), precision=precision))
    _text, (kind, note) = body_of(Article.objects.get())
    assert (kind, note["title"]) == ("facts", "Tanggal terbit di sumber")


def test_a_draft_names_the_pictures_of_its_source(section):
    pictures = (
        Picture(url="https://contoh.example/a.jpg", caption="Warga <antre>", credit="Humas"),
        Picture(url="", caption="Tanpa alamat", rights=""),
    )
    take(section, a_story(pictures=pictures))
    _text, (kind, note) = body_of(Article.objects.get())
    assert (kind, note["title"], note["text"].source) == (
        "facts",
        "Gambar di sumber",
        (
            "<p>Warga &lt;antre&gt; · Humas · https://contoh.example/a.jpg · "
            "hak pada penerbit; periksa sebelum memakai</p><p>Tanpa alamat</p>"
        ),
    )


def test_a_published_story_carries_no_notes_for_editors(section):
    story = a_story(
        published_on=date(2024, 6, 1),
        precision=Precision.MONTH,
        pictures=(Picture(url="https://contoh.example/a.jpg"),),
    )
    take(section, story, publishes=True)
    article = Article.objects.get()
    assert [kind for kind, _ in body_of(article)] == ["text"]
    assert list(published()) == [article]
    assert article.shown_at == datetime(2024, 6, 1, 4, tzinfo=UTC)


def test_a_long_first_paragraph_is_cut_between_words(section):
    take(section, a_story(paragraphs=("kata " * 100,)))
    summary = Article.objects.get().summary
    assert (len(summary) <= SUMMARY_LIMIT, summary[-6:]) == (True, " kata…")


def test_one_endless_word_is_cut_too(section):
    take(section, a_story(paragraphs=("x" * 500,)))
    assert len(Article.objects.get().summary) == SUMMARY_LIMIT


def test_a_story_without_paragraphs_is_summed_up_by_its_title(section):
    take(section, a_story(paragraphs=()))
    assert Article.objects.get().summary == "Contoh 1"


def test_what_is_too_long_is_cut(section):
    story = a_story(
        place="p" * 90,
        credit="c" * 200,
        source_name="s" * 200,
        authors=("a" * 200,),
        tags=tuple(f"topik {number}" for number in range(60)),
    )
    take(section, story)
    article = Article.objects.get()
    lengths = [len(each) for each in (article.place, article.credit, article.source_name)]
    assert lengths == [80, 160, 160]
    assert [len(block.value["name"]) for block in article.authors] == [120]
    assert len(article.tag_line) <= 300


def test_a_source_that_is_no_medium_is_its_note(section):
    take(section, a_story(source_note="Majalah Contoh, halaman 3"))
    assert Article.objects.get().source_name == "Majalah Contoh, halaman 3"


def test_taking_is_a_deed_of_who_took(section):
    user = somebody("penulis", Role.WRITER)
    take(section, a_story(), by=audit.Actor.person(user))
    article = Article.objects.get()
    deed = Deed.objects.get(verb="newsroom.take")
    assert (article.owner, deed.thing, deed.detail) == (
        user,
        f"article:{article.pk}",
        {"published": False},
    )
