"""How the page editor behaves: the second person, corrections, what is offered and refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import TaskState, WorkflowState

from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article, MallSite, SecondPersonTask, Section
from gerai.newsroom.models.review import is_own_story
from gerai.newsroom.tests.editing import (
    a_paper,
    a_picture,
    desk_of,
    edit_path,
    filled_in,
    somebody,
    stream,
)
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site, site_rules
from gerai.newsroom.wagtail_hooks import SECOND_PERSON
from gerai.people.roles import Role
from gerai.search.queries import find

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
PUBLISH = {"action-publish": "1"}
SUBMIT = {"action-submit": "1"}


@pytest.fixture
def site(mall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
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


def a_draft(owner, **fields):
    return an_article(published=False, owner=owner, **fields)


def is_live(article):
    return Article.objects.get(pk=article.pk).live


def sent(client, article, action, **fields):
    return client.post(
        edit_path(article), filled_in(**{"title": article.title, **fields}) | action, follow=True
    )


def add_path(slug="kegiatan"):
    section = Section.objects.get(slug=slug)
    return f"/redaksi/pages/add/newsroom/article/{section.pk}/"


def in_review(article, by):
    """Ask for a review of a story; return the state of its task."""
    article.save_revision(user=by)
    return article.get_workflow().start(article, by).current_task_state


# The second person


def test_nobody_publishes_their_own_story_by_the_edit_page(editor):
    story = a_draft(editor)
    answer = sent(desk_of(editor), story, PUBLISH, summary="Ringkasan yang diubah.")
    assert answer.redirect_chain == [(edit_path(story), 302)]
    assert str(SECOND_PERSON) in answer.content.decode()
    assert is_live(story) is False
    latest = Article.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert latest.summary == "Ringkasan yang diubah."


def test_another_editor_publishes_it(editor, other):
    story = a_draft(editor)
    sent(desk_of(other), story, PUBLISH)
    assert is_live(story) is True


def test_one_s_own_story_is_published_where_the_mall_wants_no_second_person(editor):
    site_rules(needs_second_person=False)
    story = a_draft(editor)
    sent(desk_of(editor), story, PUBLISH)
    assert is_live(story) is True


def test_nobody_publishes_their_own_story_while_adding_it(editor):
    client = desk_of(editor)
    client.post(add_path(), filled_in("Baru sekali") | PUBLISH)
    story = Article.objects.get(title="Baru sekali")
    assert (story.owner, story.live, story.shown_at) == (editor, False, None)


def test_nobody_schedules_their_own_story(editor):
    story = a_draft(editor)
    sent(desk_of(editor), story, PUBLISH, go_live_at="2099-01-01 08:00")
    assert story.revisions.filter(approved_go_live_at__isnull=False).count() == 0


def test_nobody_publishes_a_change_of_their_own_story(editor):
    story = an_article(title="Lama", owner=editor)
    sent(desk_of(editor), story, PUBLISH, title="Baru")
    assert Article.objects.get(pk=story.pk).title == "Lama"


def test_a_writer_publishes_nothing(writer, editor):
    for owner in (writer, editor):
        story = a_draft(owner)
        sent(desk_of(writer), story, PUBLISH)
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
    sent(desk_of(editor), story, approve)
    assert is_live(story) is False
    sent(desk_of(other), story, approve)
    assert is_live(story) is True


def test_who_asked_cannot_publish_past_the_review(writer, editor):
    story = a_draft(writer)
    in_review(story, editor)
    sent(desk_of(editor), story, PUBLISH)
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


# Corrections stay


def correction(text, day="2026-03-01"):
    return stream("corrections", ("correction", {"on": day, "text": text}))


def corrected(*texts, **fields):
    blocks = [{"type": "correction", "value": {"on": "2026-03-01", "text": text}} for text in texts]
    return an_article(corrections=blocks, **fields)


def texts_of(article):
    story = Article.objects.get(pk=article.pk)
    return [block.value["text"] for block in story.get_latest_revision_as_object().corrections]


def test_a_correction_that_readers_saw_cannot_be_taken_away(editor):
    story = corrected("Jumlahnya 12, bukan 21.")
    for without in ({}, correction("Lain.")):
        answer = desk_of(editor).post(edit_path(story), filled_in(story.title, **without))
        assert "Ralat yang sudah terbit tetap ada." in answer.content.decode()
        assert texts_of(story) == ["Jumlahnya 12, bukan 21."]


def test_a_further_correction_may_be_added(editor):
    story = corrected("Jumlahnya 12, bukan 21.")
    both = stream(
        "corrections",
        ("correction", {"on": "2026-03-01", "text": "Jumlahnya 12, bukan 21."}),
        ("correction", {"on": "2026-03-02", "text": "Harinya Senin."}),
    )
    answer = desk_of(editor).post(edit_path(story), filled_in(story.title, **both))
    assert (answer.status_code, texts_of(story)) == (
        302,
        ["Jumlahnya 12, bukan 21.", "Harinya Senin."],
    )


def test_a_correction_that_nobody_saw_may_go(editor):
    story = corrected("Belum terbit.", published=False)
    story.save_revision()
    answer = desk_of(editor).post(edit_path(story), filled_in(story.title))
    assert (answer.status_code, texts_of(story)) == (302, [])


def test_a_new_story_may_carry_a_correction(editor):
    form = filled_in("Impor ulang", **correction("Sudah diralat di sumbernya."))
    answer = desk_of(editor).post(add_path(), form)
    assert (answer.status_code, texts_of(Article.objects.get(title="Impor ulang"))) == (
        302,
        ["Sudah diralat di sumbernya."],
    )


# Pictures


def test_a_lead_picture_may_be_there_or_not(editor):
    picture = a_picture()
    client = desk_of(editor)
    client.post(add_path(), filled_in("Bergambar", lead_picture=picture.pk))
    client.post(add_path(), filled_in("Tanpa gambar"))
    pictures = dict(Article.objects.values_list("title", "lead_picture"))
    assert pictures == {"Bergambar": picture.pk, "Tanpa gambar": None}


# Deleting, copying


def test_asking_whether_to_delete_changes_nothing(editor):
    story = an_article(title="Zamrud")
    path = f"/redaksi/pages/{story.pk}/delete/"
    assert desk_of(editor).get(path).status_code == 200
    story.refresh_from_db()
    assert story.shown_at is not None
    assert [hit.title for hit in find("zamrud").hits] == ["Zamrud"]


def test_deleting_forgets(editor):
    story = an_article(title="Zamrud")
    a_comment(story)
    desk_of(editor).post(f"/redaksi/pages/{story.pk}/delete/")
    assert Article.objects.filter(pk=story.pk).count() == 0
    assert list(find("zamrud").hits) == []


def test_a_draft_is_deleted_too(editor):
    story = a_draft(editor)
    version = MallSite.objects.get().version
    desk_of(editor).post(f"/redaksi/pages/{story.pk}/delete/")
    assert Article.objects.filter(pk=story.pk).count() == 0
    assert MallSite.objects.get().version == version


def copied(client, story, **fields):
    form = {
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": story.get_parent().pk,
        **fields,
    }
    client.post(f"/redaksi/pages/{story.pk}/copy/", form)
    return Article.objects.filter(slug="salinan").first()


def test_a_copy_is_a_draft_that_nobody_sees(editor, client):
    story = an_article(title="Zamrud")
    copy = copied(desk_of(editor), story)
    assert (copy.live, copy.shown_at, copy.owner) == (False, None, editor)
    assert "/berita/kegiatan/salinan/" not in client.get("/berita/").content.decode()


@pytest.mark.parametrize("wish", ["alias", "publish_copies"])
def test_a_copy_is_not_published_past_the_second_person(editor, wish):
    story = an_article(title="Zamrud", owner=editor)
    copy = copied(desk_of(editor), story, **{wish: "on"})
    assert copy is None or (copy.live, copy.shown_at) == (False, None)


def test_taking_back_by_the_editor_hides(editor, client):
    story = an_article(title="Zamrud")
    desk_of(editor).post(f"/redaksi/pages/{story.pk}/unpublish/")
    assert client.get(f"/berita/kegiatan/{story.slug}/").status_code == 404
    assert list(find("zamrud").hits) == []


# What is offered


def test_the_first_page_tells_what_waits(editor, other, writer):
    own, theirs = a_draft(editor, title="Milik sendiri"), a_draft(writer, title="Dari penulis")
    in_review(own, editor)
    in_review(theirs, writer)
    a_comment(state="held")
    page = desk_of(editor).get("/redaksi/").content.decode()
    told = " ".join(page.split())
    for words in ("milik Anda, menunggu orang kedua", "1 komentar menunggu"):
        assert told.count(words) == 1
    assert "diajukan penulis" in told
    assert "milik Anda" not in desk_of(other).get("/redaksi/").content.decode()
    assert "komentar menunggu" not in desk_of(writer).get("/redaksi/").content.decode()


def test_the_first_page_of_an_empty_newsroom(editor):
    page = desk_of(editor).get("/redaksi/").content.decode()
    for words in (
        "Tidak ada yang menunggu tinjauan.",
        "Tidak ada yang dijadwalkan.",
        "Tidak ada draf.",
        "Belum ada berita.",
        "Komentar pembaca",
    ):
        assert page.count(words) == 1


def test_the_menu_holds_pages_pictures_documents(editor):
    request = desk_of(editor).get("/redaksi/").wsgi_request
    request.user = editor
    assert sorted(item.name for item in admin_menu.menu_items_for_request(request)) == [
        "documents",
        "explorer",
        "images",
    ]


def test_lists_and_choosers_show_only_what_is_of_the_mall(editor):
    an_article(title="Berita sini")
    a_picture("Gambar sini")
    a_paper(title="Dokumen sini")
    with in_mall(a_mall("parepare")):
        an_article(title="Berita seberang")
        a_picture("Gambar seberang")
        a_paper(title="Dokumen seberang")
    section = Section.objects.descendant_of(an_open_site().home).get(slug="kegiatan")
    client = desk_of(editor)
    for path, what in (
        (f"/redaksi/pages/{section.pk}/", "Berita"),
        (f"/redaksi/choose-page/{section.pk}/?page_type=newsroom.article", "Berita"),
        ("/redaksi/images/chooser/", "Gambar"),
        ("/redaksi/documents/chooser/", "Dokumen"),
    ):
        page = client.get(path).content.decode()
        assert (path, f"{what} sini" in page, f"{what} seberang" in page) == (path, True, False)


def test_the_editor_wears_our_colours_and_may_show_previews(editor, client):
    answer = desk_of(editor).get("/redaksi/")
    assert "newsroom/editor.css" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    public = client.get("/berita/")
    assert public["X-Frame-Options"] == "DENY"
    assert "unsafe-inline" not in public["Content-Security-Policy"]


def test_the_account_page_is_ours(editor):
    answer = desk_of(editor).get("/redaksi/account/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("people:account"))


def test_a_query_that_names_nothing_is_not_found(editor):
    client = desk_of(editor)
    statuses = [
        client.get("/redaksi/api/main/pages/").status_code,
        client.get("/redaksi/api/main/pages/?child_of=root").status_code,
        client.get(f"/redaksi/api/main/pages/?child_of={an_open_site().home_id}").status_code,
    ]
    assert statuses == [404, 404, 200]


def test_a_draft_is_previewed_as_readers_would_see_it(editor):
    story = a_draft(editor, title="Pratinjau", tag_line="batu")
    story.save_revision()
    page = desk_of(editor).get(f"/redaksi/pages/{story.pk}/view_draft/")
    assert (page.status_code, page.content.decode().count("<h1")) == (200, 1)
    assert (
        Client(HTTP_HOST="barru.localhost").get(f"/berita/kegiatan/{story.slug}/").status_code
        == 404
    )


def test_a_scheduled_story_is_told_with_its_time(editor, other, time_machine):
    time_machine.move_to(DAY, tick=False)
    story = a_draft(other, title="Nanti")
    moment = (DAY + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    sent(desk_of(editor), story, PUBLISH, go_live_at=moment)
    assert is_live(story) is False
    page = " ".join(desk_of(editor).get("/redaksi/").content.decode().split())
    assert page.count("Selasa, 3 Maret 2026") == 1
