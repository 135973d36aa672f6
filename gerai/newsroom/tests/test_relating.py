"""Related stories: stored both ways with their reasons, looked at again, of one mall only."""

from datetime import UTC, datetime, timedelta

import pytest

from gerai.directory.tests.factories import a_mall, an_agency
from gerai.malls.scope import in_mall
from gerai.newsroom import tasks
from gerai.newsroom.actions import relating
from gerai.newsroom.models import MallSite, RelatedArticle
from gerai.newsroom.queries.articles import around
from gerai.newsroom.tests.factories import an_article, taken_back

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
VISIT = (
    "Rombongan kabupaten tetangga mempelajari sistem antrean, kios mandiri, "
    "dan papan panggilan di ruang tunggu mal pelayanan publik."
)
HEALTH = "Puskesmas membuka imunisasi balita gratis setiap hari Selasa di lantai dua."


def a_text(text):
    return [{"type": "text", "value": f"<p>{text}</p>"}]


def a_visit(number, **fields):
    told = {
        "title": f"Studi tiru antrean dari rombongan {number}",
        "summary": VISIT,
        "body": a_text(VISIT),
        "tag_line": "studi tiru, antrean",
        "first_published_at": DAY + timedelta(days=number),
    }
    return an_article(**{**told, **fields})


def an_odd_one(**fields):
    told = {"title": "Imunisasi balita", "summary": HEALTH, "body": a_text(HEALTH)}
    return an_article(**{**told, "tag_line": "kesehatan", **fields})


def pairs():
    return set(RelatedArticle.objects.values_list("article", "other"))


def version():
    return MallSite.objects.get().version


def test_stories_that_belong_together_are_stored_both_ways_with_reasons(mall):
    first, second, odd = a_visit(1), a_visit(2), an_odd_one()
    before = version()
    relating.relate(second.pk)
    assert pairs() == {(first.pk, second.pk), (second.pk, first.pk)}
    there, back = (RelatedArticle.objects.get(article=article) for article in (first, second))
    assert there.score == back.score > 0
    assert there.reasons == back.reasons != []
    assert version() == before + 1
    assert [each.other for each in around(first).related] == [second]
    assert around(odd).related == []


def test_the_reasons_name_what_they_share(mall):
    first, second = a_visit(1), a_visit(2)
    relating.relate(second.pk)
    told = " ".join(RelatedArticle.objects.get(article=first).reasons)
    assert "studi tiru" in told


def test_related_stories_are_looked_at_again_when_one_changes(mall):
    _first, second = a_visit(1), a_visit(2)
    relating.relate(second.pk)
    assert len(pairs()) == 2
    second.title, second.summary, second.body = "Imunisasi balita", HEALTH, a_text(HEALTH)
    second.tag_line = "kesehatan"
    second.save_revision().publish()
    relating.relate(second.pk)
    assert pairs() == set()


def test_the_same_once_more_changes_no_row(mall):
    a_visit(1)
    second = a_visit(2)
    relating.relate(second.pk)
    once = pairs()
    relating.relate(second.pk)
    assert pairs() == once


def test_drafts_and_other_malls_are_left_out(mall):
    first = a_visit(1)
    a_visit(2, published=False)
    taken_back(a_visit(3))
    with in_mall(a_mall("parepare")):
        a_visit(4)
    relating.relate(first.pk)
    assert pairs() == set()


@pytest.mark.parametrize("kind", ["draft", "elsewhere", "nowhere"])
def test_what_readers_do_not_see_is_not_related(mall, kind):
    a_visit(1)
    if kind == "draft":
        key = a_visit(2, published=False).pk
    elif kind == "elsewhere":
        with in_mall(a_mall("parepare")):
            key = a_visit(3).pk
    else:
        key = 0
    before = version()
    relating.relate(key)
    assert (pairs(), version()) == (set(), before)


def test_old_stories_of_the_same_topic_are_compared_too(mall, monkeypatch):
    monkeypatch.setattr(relating, "NEWEST", 1)
    old = a_visit(1)
    an_odd_one(first_published_at=DAY + timedelta(days=9))
    new = a_visit(5)
    relating.relate(new.pk)
    assert pairs() == {(old.pk, new.pk), (new.pk, old.pk)}


def test_an_agency_is_a_name_whichever_way_it_is_written(mall):
    an_agency(name="Dinas Kependudukan dan Pencatatan Sipil", short_name="Dukcapil")
    first = a_visit(1, body=a_text(f"{VISIT} Mereka menemui Dukcapil."), tag_line="")
    told = f"{VISIT} Mereka menemui Dinas Kependudukan dan Pencatatan Sipil."
    second = a_visit(2, body=a_text(told), tag_line="")
    relating.relate(second.pk)
    assert "Dukcapil" in " ".join(RelatedArticle.objects.get(article=first).reasons)


def test_the_task_relates_in_its_mall(mall):
    first, second = a_visit(1), a_visit(2)
    tasks.relate.call(mall=mall.pk, article=second.pk)
    assert pairs() == {(first.pk, second.pk), (second.pk, first.pk)}


def test_the_story_page_shows_related_stories_and_why(mall, client):
    first, second = a_visit(1), a_visit(2)
    relating.relate(second.pk)
    page = client.get(f"/berita/kegiatan/{first.slug}/").content.decode()
    reasons = RelatedArticle.objects.get(article=first).reasons
    assert page.count('id="terkait"') == 1
    assert page.count(" · ".join(reasons)) == 1
