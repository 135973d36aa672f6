"""Nobody publishes a story of their own where the mall wants two."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article, SecondPersonTask, Section
from gerai.newsroom.models.review import is_own_story
from gerai.newsroom.tests.editing import (
    PUBLISH,
    SUBMIT,
    a_draft,
    add_path,
    desk_of,
    edit_path,
    filled_in,
    in_review,
    is_live,
    saved,
    somebody,
)
from gerai.newsroom.tests.factories import an_article, an_open_site, site_rules
from gerai.newsroom.wagtail_hooks import SECOND_PERSON
from gerai.people.roles import Role


@pytest.fixture
def site(mall):
    return an_open_site()


@pytest.fixture
def editor(site):
    return somebody("redaktur", Role.EDITOR)


@pytest.fixture
def other(site):
    return somebody("redaktur-lain", Role.EDITOR)


@pytest.fixture
def writer(site):
    return somebody("penulis", Role.WRITER)


def test_nobody_publishes_their_own_story_by_the_edit_page(editor):
    story = a_draft(editor)
    answer = saved(desk_of(editor), story, PUBLISH, summary="Ringkasan yang diubah.")
    assert answer.redirect_chain == [(edit_path(story), 302)]
    assert str(SECOND_PERSON) in answer.content.decode()
    assert is_live(story) is False
    latest = Article.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert latest.summary == "Ringkasan yang diubah."


def test_another_editor_publishes_it(editor, other):
    story = a_draft(editor)
    saved(desk_of(other), story, PUBLISH)
    assert is_live(story) is True


def test_one_s_own_story_is_published_where_the_mall_wants_no_second_person(editor):
    site_rules(needs_second_person=False)
    story = a_draft(editor)
    saved(desk_of(editor), story, PUBLISH)
    assert is_live(story) is True


def test_nobody_publishes_their_own_story_while_adding_it(editor):
    client = desk_of(editor)
    client.post(add_path(), filled_in("Baru sekali") | PUBLISH)
    story = Article.objects.get(title="Baru sekali")
    assert (story.owner, story.live, story.shown_at) == (editor, False, None)


def test_nobody_schedules_their_own_story(editor):
    story = a_draft(editor)
    saved(desk_of(editor), story, PUBLISH, go_live_at="2099-01-01 08:00")
    assert story.revisions.filter(approved_go_live_at__isnull=False).count() == 0


def test_nobody_publishes_a_change_of_their_own_story(editor):
    story = an_article(title="Lama", owner=editor)
    saved(desk_of(editor), story, PUBLISH, title="Baru")
    assert Article.objects.get(pk=story.pk).title == "Lama"


def test_a_writer_publishes_nothing(writer, editor):
    for owner in (writer, editor):
        story = a_draft(owner)
        saved(desk_of(writer), story, PUBLISH)
        assert is_live(story) is False


@pytest.mark.parametrize(("who", "approves"), [("editor", False), ("other", True)])
def test_who_asked_cannot_approve(editor, other, who, approves):
    story = a_draft(editor)
    task = in_review(story, editor)
    client = desk_of({"editor": editor, "other": other}[who])
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    client.post(address, {"comment": ""}, follow=True)
    assert is_live(story) is approves


def test_who_asked_for_somebody_else_s_story_cannot_approve_it(writer, editor, other):
    story = a_draft(writer)
    task = in_review(story, editor)
    for who, approved in ((editor, False), (other, True)):
        address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
        desk_of(who).post(address, {"comment": ""})
        assert is_live(story) is approved


def test_who_asked_cannot_approve_by_the_edit_page(editor, other):
    story = a_draft(editor)
    in_review(story, editor)
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    saved(desk_of(editor), story, approve)
    assert is_live(story) is False
    saved(desk_of(other), story, approve)
    assert is_live(story) is True


def test_who_asked_cannot_publish_past_the_review(writer, editor):
    story = a_draft(writer)
    in_review(story, editor)
    saved(desk_of(editor), story, PUBLISH)
    assert is_live(story) is False


def test_a_writer_asks_and_an_editor_approves(writer, editor):
    client = desk_of(writer)
    client.post(add_path(), filled_in("Dari penulis") | SUBMIT)
    story = Article.objects.get(title="Dari penulis")
    assert story.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    task = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    client.post(address, {"comment": ""})
    assert is_live(story) is False
    desk_of(editor).post(address, {"comment": ""})
    assert is_live(story) is True


def test_an_editor_may_send_it_back(writer, editor):
    story = a_draft(writer)
    task = in_review(story, writer)
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "reject", task.pk])
    desk_of(editor).post(address, {"comment": "Perbaiki judulnya."})
    task.refresh_from_db()
    assert (task.status, task.comment, is_live(story)) == (
        TaskState.STATUS_REJECTED,
        "Perbaiki judulnya.",
        False,
    )


def test_nothing_is_done_in_bulk(editor, other):
    story = a_draft(editor)
    for action in ("publish", "unpublish", "move", "delete"):
        address = f"/redaksi/bulk/newsroom/article/{action}/"
        for app in (address, f"/redaksi/bulk/wagtailcore/page/{action}/"):
            answer = desk_of(other).post(f"{app}?id={story.pk}", {})
            assert (app, answer.status_code) == (app, 404)
    assert is_live(story) is False


def test_the_button_stands_only_where_it_may_be_pressed(editor, other):
    story = a_draft(editor)
    button = 'name="action-publish"'

    def offered(user, path):
        return button in desk_of(user).get(path).content.decode()

    assert [offered(user, edit_path(story)) for user in (editor, other)] == [False, True]
    assert offered(editor, add_path()) is False
    site_rules(needs_second_person=False)
    assert offered(editor, edit_path(story)) is True
    assert offered(editor, add_path()) is True


def test_pages_that_are_no_stories_need_no_second_person(editor):
    section = Section.objects.get(slug="layanan")
    Section.objects.filter(pk=section.pk).update(owner=editor)
    form = {
        "title": "Layanan kami",
        "slug": "layanan",
        "intro": "Contoh.",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
        "comment_notifications": "",
    }
    path = f"/redaksi/pages/{section.pk}/edit/"
    assert 'name="action-publish"' in desk_of(editor).get(path).content.decode()
    desk_of(editor).post(path, form | PUBLISH)
    section.refresh_from_db()
    assert (section.title, section.intro) == ("Layanan kami", "Contoh.")


def test_a_mall_without_a_newsroom_has_no_own_stories(mall):
    user = a_user(Role.EDITOR)
    with in_mall(a_mall("parepare")):
        story = an_article(published=False)
    Article.objects.filter(pk=story.pk).update(owner=user)
    assert is_own_story(Article.objects.get(pk=story.pk), user) is False


def test_the_review_is_the_mall_s_own(site, editor):
    task = SecondPersonTask.objects.get()
    groups = sorted(task.groups.values_list("name", flat=True))
    pk = site.mall_id
    assert groups == [f"{pk}:editor", f"{pk}:mall_admin"]
    assert task.get_actions(a_draft(None), editor) != []
