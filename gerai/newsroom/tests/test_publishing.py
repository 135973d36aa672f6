"""What follows when a story is published, scheduled, moved, copied, taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from gerai.directory.tests.factories import a_mall
from gerai.live.hub import as_event
from gerai.live.tests.listening import an_open_page
from gerai.malls import scope
from gerai.malls.scope import in_mall
from gerai.newsroom import tasks
from gerai.newsroom.actions.publishing import hide, show
from gerai.newsroom.actions.sites import bump_version, set_rules
from gerai.newsroom.models import (
    Article,
    ArticleTag,
    CommentRule,
    MallSite,
    NewsIndex,
    PictureRendition,
    Section,
    SenderKey,
)
from gerai.newsroom.queries.articles import published
from gerai.newsroom.tests.editing import a_picture, asked_for
from gerai.newsroom.tests.factories import an_article, an_open_site
from gerai.people import audit
from gerai.people.models import Deed
from gerai.search.queries import find
from gerai.transactions import OutsideTransaction, one_transaction

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def version():
    return MallSite.objects.get().version


def found(words):
    """Return the addresses that a search for words leads to."""
    return [hit.url for hit in find(words).hits]


def tags_of(article):
    return list(
        ArticleTag.objects.filter(article=article).order_by("pk").values_list("name", "slug")
    )


def again(article):
    """Return a story as it stands in the database."""
    return Article.objects.get(pk=article.pk)


# Shown and taken back


def test_publishing_writes_since_when_readers_see_it(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    draft = an_article(title="Zamrud", published=False, tag_line="batu")
    assert (again(draft).shown_at, tags_of(draft), found("zamrud")) == (None, [], [])
    draft.save_revision().publish()
    story = again(draft)
    assert (story.live, story.shown_at, story.first_published_at) == (True, DAY, DAY)
    assert tags_of(story) == [("batu", "batu")]
    assert found("zamrud") == [f"/berita/kegiatan/{story.slug}/"]


def test_publishing_again_keeps_the_first_moment(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = an_article()
    time_machine.move_to(DAY + HOUR, tick=False)
    story.summary = "Ringkasan baru."
    story.save_revision().publish()
    told = again(story)
    assert (told.shown_at, told.last_published_at) == (DAY, DAY + HOUR)


def test_taking_back_hides_it_and_forgets_it_in_search(mall):
    story = an_article(title="Zamrud", tag_line="batu")
    before = version()
    again(story).unpublish()
    assert (again(story).live, again(story).shown_at, found("zamrud")) == (False, None, [])
    assert (list(published()), version()) == ([], before + 1)


def test_a_story_taken_back_can_be_shown_again_since_its_first_moment(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = an_article()
    again(story).unpublish()
    time_machine.move_to(DAY + HOUR, tick=False)
    again(story).save_revision().publish()
    assert (again(story).live, again(story).shown_at) == (True, DAY)


def test_topics_are_written_anew(mall):
    story = an_article(tag_line="Studi Tiru, Soppeng, studi  tiru, !!!")
    assert tags_of(story) == [("Studi Tiru", "studi-tiru"), ("Soppeng", "soppeng")]
    story.tag_line = "Paspor, Soppeng"
    story.save_revision().publish()
    assert tags_of(story) == [("Paspor", "paspor"), ("Soppeng", "soppeng")]


def test_topics_with_one_address_are_one(mall):
    assert tags_of(an_article(tag_line="Studi-Tiru, Studi Tiru")) == [("Studi Tiru", "studi-tiru")]


def test_a_long_topic_is_cut(mall):
    assert tags_of(an_article(tag_line="a" * 120)) == [("a" * 80, "a" * 80)]


def test_search_finds_body_place_and_topics(mall):
    body = [
        {"type": "text", "value": "<p>Tentang <b>zamrud</b></p>"},
        {"type": "quote", "value": {"words": "Kata rubi", "who": "Warga (contoh)"}},
    ]
    story = an_article(body=body, place="Lumpue", tag_line="mutiara")
    address = f"/berita/kegiatan/{story.slug}/"
    words = ("zamrud", "rubi", "Lumpue", "mutiara")
    assert [found(word) for word in words] == [[address]] * len(words)


def test_every_change_makes_kept_pages_old(mall):
    an_open_site()
    before = version()
    story = an_article()
    assert version() == before + 1
    show(story)
    assert version() == before + 2
    hide(story)
    assert version() == before + 3


def test_publishing_asks_for_pictures_and_related_stories(mall, django_capture_on_commit_callbacks):
    draft = an_article(published=False)
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()
    names = ("newsroom.draw", "newsroom.relate", "newsroom.publish_due")
    told = {"mall": mall.pk, "article": draft.pk}
    assert [[row.args_kwargs["kwargs"] for row in asked_for(name)] for name in names] == [
        [told],
        [told],
        [],
    ]


@pytest.mark.skipif(not settings.EMBEDDED, reason="the hub of this process hears it by itself")
def test_screens_are_told(mall, django_capture_on_commit_callbacks):
    story = an_article()
    with an_open_page(mall.pk) as heard:
        with django_capture_on_commit_callbacks(execute=True):
            show(story)
            hide(story)
        assert heard() == [
            as_event({"what": what, "key": str(story.pk)})
            for what in ("newsroom.publish", "newsroom.unpublish")
        ]


def test_a_change_of_another_mall_leaves_the_version(mall):
    an_article()
    before = version()
    with in_mall(a_mall("parepare")):
        other = an_article()
        show(other)
    assert version() == before


def test_bump_version_wants_a_transaction(mall):
    an_open_site()
    before = version()
    one_transaction(bump_version)()
    assert version() == before + 1


@pytest.mark.django_db(transaction=True)
def test_bump_version_refuses_to_run_outside_a_transaction():
    with in_mall(a_mall()), pytest.raises(OutsideTransaction):
        bump_version()


def test_rules_are_set_with_a_deed(mall):
    an_open_site()
    before = version()
    rules = {
        "needs_second_person": False,
        "comment_rule": CommentRule.TRUST,
        "comments_close_after_days": 7,
        "comment_edit_minutes": 3,
    }
    set_rules(**rules, by=audit.SYSTEM)
    site = MallSite.objects.get()
    assert {name: getattr(site, name) for name in rules} == rules
    assert site.version == before + 1
    deed = Deed.objects.get(verb="newsroom.set_rules")
    assert (deed.thing, deed.detail) == (f"mall:{mall.pk}", rules)


# Scheduled


def schedule(article, *, at=None, until=None):
    article.go_live_at, article.expire_at = at, until
    article.save_revision().publish()


def run_due():
    """Run what is due, as the worker does it: outside any mall."""
    token = scope._mall.set(None)
    try:
        tasks.publish_due.call()
    finally:
        scope._mall.reset(token)


def test_a_scheduled_story_stays_hidden_until_its_moment(
    mall, time_machine, django_capture_on_commit_callbacks, client
):
    time_machine.move_to(DAY, tick=False)
    draft = an_article(title="Zamrud", published=False, tag_line="batu")
    with django_capture_on_commit_callbacks(execute=True):
        schedule(draft, at=DAY + HOUR)
    path = f"/berita/kegiatan/{draft.slug}/"
    assert (again(draft).live, again(draft).shown_at, found("zamrud")) == (False, None, [])
    assert [row.run_after for row in asked_for("newsroom.publish_due")] == [DAY + HOUR]
    assert client.get(path).status_code == 404
    time_machine.move_to(DAY + HOUR - timedelta(seconds=1), tick=False)
    run_due()
    assert again(draft).live is False
    time_machine.move_to(DAY + HOUR + timedelta(seconds=1), tick=False)
    run_due()
    story = again(draft)
    assert (story.live, story.shown_at) == (True, DAY + HOUR + timedelta(seconds=1))
    assert (found("zamrud"), tags_of(story)) == ([path], [("batu", "batu")])
    assert client.get(path).status_code == 200


def test_a_scheduled_change_of_a_seen_story_waits_too(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = an_article(title="Lama")
    story.title = "Baru"
    schedule(story, at=DAY + HOUR)
    assert (again(story).title, again(story).live, again(story).shown_at) == ("Lama", True, DAY)
    time_machine.move_to(DAY + 2 * HOUR, tick=False)
    run_due()
    assert (again(story).title, again(story).shown_at) == ("Baru", DAY)


def test_an_end_is_asked_for_and_takes_the_story_back(
    mall, time_machine, django_capture_on_commit_callbacks, client
):
    time_machine.move_to(DAY, tick=False)
    draft = an_article(title="Zamrud", published=False)
    with django_capture_on_commit_callbacks(execute=True):
        schedule(draft, until=DAY + HOUR)
    path = f"/berita/kegiatan/{draft.slug}/"
    assert [row.run_after for row in asked_for("newsroom.publish_due")] == [DAY + HOUR]
    assert (again(draft).live, client.get(path).status_code) == (True, 200)
    time_machine.move_to(DAY + 2 * HOUR, tick=False)
    run_due()
    story = again(draft)
    assert (story.live, story.expired, story.shown_at, found("zamrud")) == (False, True, None, [])
    assert client.get(path).status_code == 404


def test_begin_and_end_are_both_asked_for(mall, time_machine, django_capture_on_commit_callbacks):
    time_machine.move_to(DAY, tick=False)
    draft = an_article(published=False)
    with django_capture_on_commit_callbacks(execute=True):
        schedule(draft, at=DAY + HOUR, until=DAY + 2 * HOUR)
    asked = [row.run_after for row in asked_for("newsroom.publish_due")]
    assert asked == [DAY + HOUR, DAY + 2 * HOUR]


def test_a_story_taken_back_and_scheduled_is_not_listed_before(mall, time_machine, client):
    """Its revision was made while readers saw it, and tells so."""
    time_machine.move_to(DAY, tick=False)
    story = an_article(title="Zamrud")
    again(story).save_revision()
    again(story).unpublish()
    scheduled = again(story).get_latest_revision_as_object()
    schedule(scheduled, at=DAY + HOUR)
    assert (again(story).live, again(story).shown_at, list(published())) == (False, None, [])
    time_machine.move_to(DAY + 2 * HOUR, tick=False)
    run_due()
    assert (again(story).live, again(story).shown_at) == (True, DAY)


def test_a_scheduled_story_of_another_mall_is_shown_there(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    an_article()
    with in_mall(a_mall("parepare")):
        draft = an_article(published=False)
        schedule(draft, at=DAY + HOUR)
    before = version()
    time_machine.move_to(DAY + 2 * HOUR, tick=False)
    run_due()
    with in_mall(draft.mall):
        assert list(published()) == [draft]
    assert version() == before


# Moved, renamed, copied, deleted


def test_a_moved_story_is_found_at_its_new_address(mall, client):
    story = an_article(title="Zamrud")
    old = f"/berita/kegiatan/{story.slug}/"
    assert client.get(old).status_code == 200
    before = version()
    again(story).move(Section.objects.get(slug="kunjungan"), pos="last-child")
    new = f"/berita/kunjungan/{story.slug}/"
    assert (found("zamrud"), version() > before) == ([new], True)
    assert client.get(new).status_code == 200


def test_a_renamed_section_takes_its_stories_with_it(
    mall, client, django_capture_on_commit_callbacks
):
    story = an_article(title="Zamrud")
    draft = an_article(title="Rubi", published=False)
    section = Section.objects.get(slug="kegiatan")
    assert client.get("/berita/").content.decode().count(">Kegiatan<") == 1
    with django_capture_on_commit_callbacks(execute=True):
        section.title, section.slug = "Acara", "acara"
        section.save_revision().publish()
    assert found("zamrud") == [f"/berita/acara/{story.slug}/"]
    assert found("rubi") == []
    assert client.get(f"/berita/acara/{story.slug}/").status_code == 200
    assert client.get("/berita/").content.decode().count(">Acara<") == 1
    assert again(draft).shown_at is None


def test_a_section_taken_back_is_seen_at_once(mall, client):
    an_open_site()
    assert client.get("/berita/layanan/").status_code == 200
    Section.objects.get(slug="layanan").unpublish()
    assert client.get("/berita/layanan/").status_code == 404
    assert "/berita/layanan/" not in client.get("/berita/").content.decode()


def test_the_index_published_makes_kept_pages_old(mall):
    an_open_site()
    before = version()
    NewsIndex.objects.get().save_revision().publish()
    assert version() == before + 1


def test_a_copy_as_a_draft_is_seen_by_nobody(mall):
    story = an_article(title="Zamrud", tag_line="batu")
    copy = again(story).copy(update_attrs={"slug": "salinan"}, keep_live=False)
    assert (again(copy).live, again(copy).shown_at, list(published())) == (False, None, [story])
    assert found("zamrud") == [f"/berita/kegiatan/{story.slug}/"]


def test_a_published_copy_is_shown_as_a_story_of_its_own(mall, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = an_article(title="Zamrud", tag_line="batu")
    time_machine.move_to(DAY + HOUR, tick=False)
    copy = again(story).copy(update_attrs={"slug": "salinan"})
    assert list(published()) == [copy, story]
    assert again(copy).shown_at == again(copy).first_published_at
    assert tags_of(copy) == [("batu", "batu")]
    assert sorted(found("zamrud")) == sorted(
        ["/berita/kegiatan/salinan/", f"/berita/kegiatan/{story.slug}/"]
    )


def test_a_deleted_story_is_forgotten(mall):
    story = an_article(title="Zamrud")
    before = version()
    again(story).delete()
    assert (found("zamrud"), list(published()), version() > before) == ([], [], True)


def test_a_deleted_section_takes_its_stories_out_of_search(mall):
    an_article(title="Zamrud")
    kept = an_article(title="Zamrud lain", section="kunjungan")
    Section.objects.get(slug="kegiatan").delete()
    assert found("zamrud") == [f"/berita/kunjungan/{kept.slug}/"]
    assert list(published()) == [kept]


# Tasks


def test_tasks_leave_what_is_not_published_or_elsewhere_alone(mall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = an_article(published=False, tag_line="batu", lead_picture=a_picture())
    with in_mall(a_mall("parepare")):
        there = an_article(tag_line="batu")
    before = version()
    for article in (draft.pk, there.pk, 0):
        tasks.relate.call(mall=mall.pk, article=article)
        tasks.draw.call(mall=mall.pk, article=article)
    assert (version(), PictureRendition.objects.count()) == (before, 0)


def test_pictures_are_drawn_in_every_size_before_the_first_reader(mall, settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    lead, inside = a_picture(), a_picture()
    body = [
        {"type": "picture", "value": {"picture": inside.pk, "alternative": "Contoh gambar"}},
        {"type": "text", "value": "<p>Isi</p>"},
    ]
    story = an_article(lead_picture=lead, body=body)
    tasks.draw.call(mall=mall.pk, article=story.pk)
    drawn = set(PictureRendition.objects.values_list("image", "filter_spec"))
    assert {image for image, _spec in drawn} == {lead.pk, inside.pk}
    assert client.get(f"/berita/kegiatan/{story.slug}/").status_code == 200
    assert client.get("/berita/").status_code == 200
    assert set(PictureRendition.objects.values_list("image", "filter_spec")) == drawn


def test_a_story_without_pictures_needs_none_drawn(mall):
    story = an_article()
    tasks.draw.call(mall=mall.pk, article=story.pk)
    assert PictureRendition.objects.count() == 0


def test_the_keys_of_senders_go_away_in_their_mall(mall):
    with in_mall(a_mall("parepare")) as there:
        for one in (mall, there):
            SenderKey.objects.create(mall=one, period=1, key="x")
    tasks.forget_senders.call(mall=mall.pk)
    assert list(SenderKey.objects.everywhere().values_list("mall", flat=True)) == [there.pk]
