"""What waits in the newsroom: reviews, scheduled stories, drafts; of this mall only."""

from datetime import UTC, datetime, timedelta

import pytest

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Section
from gerai.newsroom.queries.waiting import SHOWN, waiting
from gerai.newsroom.tests.editing import somebody
from gerai.newsroom.tests.factories import an_article, an_open_site
from gerai.people.models import User
from gerai.people.roles import Role

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def editor(mall):
    an_open_site()
    return somebody("redaktur", Role.EDITOR)


@pytest.fixture
def writer(mall):
    return somebody("penulis", Role.WRITER)


def asked_by(user, **fields):
    story = an_article(published=False, owner=user, **fields)
    story.save_revision(user=user)
    story.get_workflow().start(story, user)
    return story


def a_draft(**fields):
    story = an_article(published=False, **fields)
    story.save_revision()
    return story


def test_a_new_newsroom_has_nothing_waiting(editor):
    found = waiting(editor)
    assert (found.reviews, found.scheduled, found.drafts, found.latest) == ([], [], [], [])


def test_reviews_are_told_oldest_first_with_who_asked(editor, writer, time_machine):
    time_machine.move_to(DAY, tick=False)
    first = asked_by(writer)
    time_machine.move_to(DAY + timedelta(hours=1), tick=False)
    second = asked_by(editor)
    told = [(each.article, each.asked_by, each.is_own) for each in waiting(editor).reviews]
    assert told == [(first, "penulis", False), (second, "redaktur", True)]
    assert [each.is_own for each in waiting(writer).reviews] == [True, False]
    assert waiting(editor).reviews[0].asked_at == DAY


def test_a_review_whose_asker_has_gone_is_told_without_a_name(editor, writer):
    story = asked_by(writer)
    state = story.current_workflow_state
    state.requested_by = None
    state.save()
    (review,) = waiting(editor).reviews
    assert (review.article, review.asked_by, review.is_own) == (story, "", False)


def test_a_review_that_ended_waits_no_more(editor, writer):
    story = asked_by(writer)
    story.current_workflow_state.cancel(user=writer)
    assert waiting(editor).reviews == []


def test_reviews_of_pages_that_are_no_stories_are_left_out(editor, writer):
    section = Section.objects.get(slug="layanan")
    section.save_revision()
    section.get_workflow().start(section, writer)
    assert waiting(editor).reviews == []


def test_scheduled_stories_are_told_soonest_first(editor, time_machine):
    time_machine.move_to(DAY, tick=False)
    moments = [DAY + timedelta(hours=hours) for hours in (3, 1, 2)]
    for hour, moment in enumerate(moments):
        story = an_article(title=f"Nomor {hour}", published=False)
        story.go_live_at = moment
        story.save_revision().publish()
    told = [(each.article.title, each.at) for each in waiting(editor).scheduled]
    assert told == [("Nomor 1", moments[1]), ("Nomor 2", moments[2]), ("Nomor 0", moments[0])]


def test_a_scheduled_change_of_a_seen_story_is_told(editor, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = an_article()
    story.go_live_at = DAY + timedelta(hours=1)
    story.save_revision().publish()
    assert [each.article for each in waiting(editor).scheduled] == [story]


def test_drafts_are_told_latest_first_with_changes_of_seen_stories(editor, time_machine):
    time_machine.move_to(DAY, tick=False)
    draft = a_draft()
    seen = an_article()
    time_machine.move_to(DAY + timedelta(hours=1), tick=False)
    seen.title = "Berubah"
    seen.save_revision()
    assert waiting(editor).drafts == [seen, draft]


def test_latest_are_five(editor):
    made = [an_article(first_published_at=DAY + timedelta(hours=hour)) for hour in range(6)]
    assert waiting(editor).latest == made[:0:-1]


def test_at_most_a_dozen_of_each_is_told(editor, writer):
    for number in range(SHOWN + 1):
        story = asked_by(writer)
        story.go_live_at = DAY + timedelta(days=36500, hours=number)
        story.save_revision().publish()
        asked_by(writer)
    found = waiting(editor)
    assert [len(each) for each in (found.reviews, found.scheduled, found.drafts)] == [SHOWN] * 3


def test_nothing_of_another_mall_is_told(editor):
    with in_mall(a_mall("parepare")):
        an_open_site()
        theirs = somebody("penulis-seberang", Role.WRITER)
        asked_by(theirs)
        story = an_article(published=False)
        story.go_live_at = DAY + timedelta(days=36500)
        story.save_revision().publish()
        an_article()
    found = waiting(editor)
    assert (found.reviews, found.scheduled, found.drafts, found.latest) == ([], [], [], [])


def test_asking_is_equally_dear_for_one_and_for_three(
    editor, writer, django_assert_num_queries, django_assert_max_num_queries
):
    asked_by(writer)
    with django_assert_max_num_queries(20) as one:
        waiting(User.objects.get(pk=editor.pk))
    asked_by(writer)
    asked_by(editor)
    with django_assert_num_queries(len(one)):
        waiting(User.objects.get(pk=editor.pk))
