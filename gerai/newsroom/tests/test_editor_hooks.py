"""How the page editor behaves: corrections, copies, what is offered and refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article, MallSite, Section
from gerai.newsroom.tests.editing import (
    PUBLISH,
    a_draft,
    a_paper,
    a_picture,
    add_path,
    desk_of,
    edit_path,
    filled_in,
    in_review,
    is_live,
    saved,
    somebody,
    stream,
)
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site
from gerai.people.roles import Role
from gerai.search.queries import find

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


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
    assert "newsroom/editor." in answer.content.decode()
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
    saved(desk_of(editor), story, PUBLISH, go_live_at=moment)
    assert is_live(story) is False
    page = " ".join(desk_of(editor).get("/redaksi/").content.decode().split())
    assert page.count("Selasa, 3 Maret 2026") == 1
