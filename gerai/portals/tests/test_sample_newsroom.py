"""The samples' newsroom: invented and saying so, complete, told once, dated in the past."""

import re
from datetime import timedelta
from importlib.resources import files
from io import BytesIO

import pytest
from django.utils.html import strip_tags
from PIL import Image

from gerai import clock
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.tests.factories import a_mall, a_service
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article, ArticleTag, MallSite, Paper, Picture
from gerai.newsroom.queries import articles
from gerai.newsroom.queries.text import plain_text
from gerai.people import audit
from gerai.portals.sample.newsroom.history import STEPS
from gerai.portals.sample.newsroom.making import STORIES, make_history, make_newsroom
from gerai.portals.sample.newsroom.parts import DRAWINGS
from gerai.portals.sample.newsroom.soppeng import SOPPENG_STORIES
from gerai.portals.sample.newsroom.stories import BARRU_STORIES, SURVEY
from gerai.portals.sample.plan import SOPPENG
from gerai.website.actions import open_site
from gerai.website.models import HomePage, InfoPage

ALL = BARRU_STORIES + SOPPENG_STORIES
BLOCKS = {"text", "quote", "picture", "gallery", "facts", "service", "event", "paper"}
LONGEST_COMMON_RUN = 11


def each_story(stories):
    return pytest.mark.parametrize("story", stories, ids=lambda story: story.slug)


def words_of(story):
    """Return the words that a reader reads in the body, in one line."""
    told = []
    for part in story.body:
        match part.kind:
            case "text":
                told.append(part.value)
            case "quote":
                told.append(part.value["words"])
            case "facts":
                told += [part.value["title"], part.value["text"]]
            case "event":
                told += [part.value.title, part.value.place, part.value.note]
    return strip_tags(" ".join(told).replace("<", " <")).split()


def drawings_of(story):
    inside = [part.value[0] for part in story.body if part.kind == "picture"]
    shown = [name for part in story.body if part.kind == "gallery" for name, _ in part.value]
    return {story.drawing, *inside, *shown}


def codes_of(story):
    return {part.value["service"] for part in story.body if part.kind == "service"}


def runs(text):
    """Return every run of words of one more than the longest allowed."""
    words = re.findall(r"\w+", text.casefold())
    size = LONGEST_COMMON_RUN + 1
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def catalogue():
    found = read_catalogue(files("gerai.directory.sample").joinpath("catalogue.yaml").read_bytes())
    return {service.code: service.agency for service in found.services}


@pytest.fixture
def barru(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with in_mall(a_mall(is_sample=True)) as mall:
        open_site(by=audit.SYSTEM)
        yield mall


@each_story(ALL)
def test_story_says_that_it_is_a_sample(story):
    assert story.summary.startswith("Berita contoh")
    assert "(contoh)" in story.credit
    assert [name for name, _ in story.authors if "contoh" not in name] == []


@each_story(ALL)
def test_story_quotes_nobody_real(story):
    said = [part.value["who"] for part in story.body if part.kind == "quote"]
    assert [who for who in said if not re.search("contoh|rekaan", who)] == []


@each_story(ALL)
def test_story_has_everything_that_a_list_shows(story):
    assert story.title
    assert story.caption
    assert story.place
    assert story.tags
    assert len(story.summary) <= 400
    assert len(story.caption) <= 300
    assert story.drawing in DRAWINGS


@each_story(BARRU_STORIES)
def test_story_is_neither_a_note_nor_an_essay(story):
    assert 150 <= len(words_of(story)) <= 350


@each_story(ALL)
def test_story_dates_lie_in_the_past(story):
    assert 2 <= story.days_ago <= 426


@each_story(ALL)
def test_story_copies_no_sentence_of_the_seeds(story, shared_data):
    seeds = list((shared_data / "berita" / "seeds").glob("*.txt"))
    assert len(seeds) == 2
    told = runs(" ".join([story.title, story.summary, *words_of(story)]))
    assert told & set().union(*(runs(seed.read_text(encoding="utf-8")) for seed in seeds)) == set()


def test_stories_use_every_block_but_video():
    assert {part.kind for story in BARRU_STORIES for part in story.body} == BLOCKS


def test_stories_have_links_subheads_and_lists():
    told = " ".join(
        part.value for story in BARRU_STORIES for part in story.body if part.kind == "text"
    )
    missing = [mark for mark in ("<h2>", "<ul>", "<ol>", '<a href="/') if mark not in told]
    assert missing == []


def test_stories_are_told_apart():
    assert len({story.slug for story in ALL}) == len(ALL)
    assert [story.slug for story in BARRU_STORIES if story.is_pinned] == [
        "mengambil-nomor-tanpa-ponsel"
    ]
    assert [story.slug for story in BARRU_STORIES if story.corrections] == ["satu-loket-bergantian"]
    visits = [story.slug for story in BARRU_STORIES if "studi tiru" in story.tags.split(", ")]
    assert len(visits) == 2


def test_services_of_barru_are_in_the_catalogue():
    assert set().union(*map(codes_of, BARRU_STORIES)) - set(catalogue()) == set()


def test_services_of_soppeng_belong_to_its_tenants():
    agencies = catalogue()
    tenants = {tenant.code for tenant in SOPPENG.tenants}
    assert {agencies[code] for code in set().union(*map(codes_of, SOPPENG_STORIES))} <= tenants


def test_survey_index_follows_from_its_table():
    means = [float(row[1]) for row in SURVEY.rows[1:]]
    assert len(means) == 9
    assert round(sum(means) * 0.111 * 25, 2) == 80.92
    assert "80,92" in " ".join(" ".join(words_of(story)) for story in BARRU_STORIES)


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_drawing_is_light_and_of_one_size(name):
    content = files("gerai.portals.sample.newsroom").joinpath("pictures", name).read_bytes()
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size) == ("WEBP", (1600, 900))
    assert len(content) <= 90 * 1024


def test_drawings_are_all_used_and_described():
    assert set().union(*map(drawings_of, BARRU_STORIES)) == set(DRAWINGS)
    kept = files("gerai.portals.sample.newsroom").joinpath("pictures").iterdir()
    assert {each.name for each in kept} == set(DRAWINGS)
    assert [each.file for each in DRAWINGS.values() if not 40 <= len(each.shows) <= 200] == []


def test_newsroom_is_filled_once(barru):
    assert make_newsroom() is True
    before = MallSite.objects.get().version
    assert make_newsroom() is False
    assert MallSite.objects.get().version == before
    assert Article.objects.here().published().count() == len(BARRU_STORIES)
    assert Picture.objects.count() == len(DRAWINGS)
    assert Paper.objects.count() == 1


def test_newsroom_leaves_a_mall_with_a_story_alone(barru):
    make_newsroom()
    kept = Article.objects.here().first()
    Article.objects.here().exclude(pk=kept.pk).update(shown_at=None)
    for story in Article.objects.here().exclude(pk=kept.pk):
        story.delete()
    assert make_newsroom() is False
    assert Article.objects.here().count() == 1


def test_newsroom_dates_every_story_back(barru):
    make_newsroom()
    today = clock.local_day(clock.now(), barru.zone)
    stories = {story.slug: story for story in BARRU_STORIES}
    for article in Article.objects.here():
        story = stories[article.slug]
        day = today - timedelta(days=story.days_ago)
        moment = clock.at(day, *story.at, barru.zone)
        assert article.shown_at == moment
        assert article.first_published_at == moment
        assert article.last_published_at == moment
        if story.happened is not None:
            assert article.event_on == day - timedelta(days=story.happened)
    assert len(articles.months()) >= 7


def test_newsroom_gives_readers_topics_and_texts(barru):
    make_newsroom()
    tags = {name for story in BARRU_STORIES for name in story.tags.split(", ")}
    assert set(ArticleTag.objects.values_list("name", flat=True)) == tags
    for article in Article.objects.here():
        assert plain_text(article)
        assert article.lead_picture.description
        assert article.lead_picture.credit == "Ilustrasi: Gerai"
        assert article.lead_picture.file_size > 0


def test_newsroom_stories_would_pass_the_editor(barru):
    for code in sorted(set().union(*map(codes_of, BARRU_STORIES))):
        a_service(code=code)
    make_newsroom()
    for article in Article.objects.here():
        for stream in (article.body, article.authors, article.corrections):
            cleaned = stream.stream_block.clean(stream)
            assert len(cleaned) == len(stream)


def test_newsroom_dresses_the_front_page_and_keeps_what_somebody_wrote(barru):
    home = HomePage.objects.get()
    HomePage.objects.filter(pk=home.pk).update(lead="Tulisan sendiri.")
    make_newsroom()
    home.refresh_from_db()
    assert home.lead == "Tulisan sendiri."
    assert home.picture.title == DRAWINGS["gedung.webp"].title


def test_newsroom_of_soppeng_has_its_own_stories(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with in_mall(a_mall("soppeng", is_sample=True)):
        open_site(by=audit.SYSTEM)
        assert make_newsroom() is True
        assert set(Article.objects.here().values_list("slug", flat=True)) == {
            story.slug for story in SOPPENG_STORIES
        }


@pytest.mark.parametrize(("slug", "is_sample"), [("barru", False), ("maros", True)])
def test_newsroom_and_history_of_any_other_mall_stay_as_they_are(db, slug, is_sample):
    with in_mall(a_mall(slug, is_sample=is_sample)):
        open_site(by=audit.SYSTEM)
        assert make_newsroom() is False
        assert make_history() is False
        assert Article.objects.here().count() == 0


def test_stories_belong_to_the_sample_malls():
    assert {slug: len(stories) for slug, stories in STORIES.items()} == {"barru": 10, "soppeng": 3}


def test_history_is_filled_once_with_its_sources(barru):
    assert make_history() is True
    page = InfoPage.objects.get(slug="sejarah")
    warning, timeline, _ = page.body
    assert "belum dicocokkan dengan dokumen" in warning.value.source
    steps = timeline.value["steps"]
    assert [step["on"] for step in steps] == sorted(on for on, *_ in STEPS)
    assert [step["title"] for step in steps if not step["source"]] == []
    assert make_history() is False


def test_history_keeps_what_somebody_wrote(barru):
    page = InfoPage.objects.get(slug="sejarah")
    page.body = [{"type": "text", "value": "<p>Tulisan sendiri.</p>"}]
    page.save_revision().publish()
    assert make_history() is False
    page.refresh_from_db()
    assert [block.block_type for block in page.body] == ["text"]
