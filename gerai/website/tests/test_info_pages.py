"""Pages of lasting information: their addresses, their blocks, what is found of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import URLResolver, get_resolver
from wagtail.models import Page

from gerai.directory.tests.factories import a_mall
from gerai.malls import scope
from gerai.malls.scope import in_mall
from gerai.newsroom import tasks
from gerai.newsroom.models import MallSite
from gerai.newsroom.tests.editing import a_picture, asked_for, desk_of, draftail, somebody, stream
from gerai.people import audit
from gerai.people.roles import Role
from gerai.search.queries import find
from gerai.website.actions import open_site
from gerai.website.models import RESERVED as REFUSAL
from gerai.website.models import HomePage, InfoPage
from gerai.website.rules import RESERVED, is_reserved

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def home(mall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    open_site(by=audit.SYSTEM)
    return HomePage.objects.get()


@pytest.fixture
def desk(home):
    return desk_of(somebody("redaktur", Role.EDITOR))


def version():
    return MallSite.objects.get().version


def found(words):
    return [hit.url for hit in find(words).hits]


def form(title, slug, **fields):
    return {
        "title": title,
        "slug": slug,
        "summary": "Contoh ringkasan.",
        "seo_title": "",
        "search_description": "",
        "show_in_menus": "on",
        "go_live_at": "",
        "expire_at": "",
        **stream("body", ("text", {"": draftail("Contoh isi halaman.")})),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
        "comment_notifications": "",
        "action-publish": "1",
        **fields,
    }


def an_info_page(parent, *, title="Zamrud", slug="zamrud", **fields):
    page = parent.add_child(instance=InfoPage(title=title, slug=slug, live=False, **fields))
    page.save_revision().publish()
    page.refresh_from_db()
    return page


# Addresses


def first_parts():
    """Return the first parts of every address that the product answers."""

    def walk(patterns, route):
        for entry in patterns:
            whole = route + str(entry.pattern).removeprefix("^").removesuffix("$")
            if isinstance(entry, URLResolver) and "/" not in whole:
                yield from walk(entry.url_patterns, whole)
            else:
                yield whole.split("/")[0]

    return {part for part in walk(get_resolver().url_patterns, "") if part.isidentifier()}


def test_every_other_part_of_the_site_is_reserved():
    assert len(first_parts()) > 20
    assert first_parts() - RESERVED == set()


@pytest.mark.parametrize("slug", ["antre", "ANTRE", "static", "live", "komentar"])
def test_reserved_whatever_the_letters(slug):
    assert is_reserved(slug) is True
    assert is_reserved(f"{slug}-kami") is False


def test_a_page_at_the_top_cannot_take_another_part_s_address(desk, home):
    path = f"/redaksi/pages/add/website/infopage/{home.pk}/"
    answer = desk.post(path, form("Layanan kami", "layanan"))
    assert str(REFUSAL) in answer.content.decode()
    assert InfoPage.objects.filter(title="Layanan kami").count() == 0
    assert desk.post(path, form("Layanan kami", "layanan-kami")).status_code == 302
    assert InfoPage.objects.get(title="Layanan kami").live is True


def test_a_page_further_down_may_have_any_address(desk, home, client):
    about = InfoPage.objects.get(slug="tentang")
    path = f"/redaksi/pages/add/website/infopage/{about.pk}/"
    assert desk.post(path, form("Layanan kami", "layanan")).status_code == 302
    assert client.get("/tentang/layanan/").content.decode().count("<h1") == 1


def test_a_slug_that_is_missing_is_refused_in_words_of_its_own(desk, home):
    answer = desk.post(f"/redaksi/pages/add/website/infopage/{home.pk}/", form("Judul", "a b"))
    assert (answer.status_code, str(REFUSAL) in answer.content.decode()) == (200, False)


def test_an_existing_page_cannot_be_renamed_to_another_part_s_address(desk, home):
    about = InfoPage.objects.get(slug="tentang")
    desk.post(f"/redaksi/pages/{about.pk}/edit/", form("Tentang", "berita-kita"))
    desk.post(f"/redaksi/pages/{about.pk}/edit/", form("Tentang", "kios"))
    about.refresh_from_db()
    assert about.slug == "berita-kita"


# Published, scheduled, moved, taken back


def test_publishing_is_found_and_seen_at_once(home, client):
    before = version()
    page = an_info_page(home, summary="Batu hijau")
    assert (found("hijau"), version() > before) == (["/zamrud/"], True)
    assert client.get("/zamrud/").status_code == 200
    page.title = "Rubi"
    page.save_revision().publish()
    page = client.get("/zamrud/").content.decode()
    assert re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", page) == ["Rubi"]


def test_taking_back_hides(home, client):
    page = an_info_page(home)
    assert client.get("/zamrud/").status_code == 200
    page.unpublish()
    assert (found("zamrud"), client.get("/zamrud/").status_code) == ([], 404)


def test_deleting_forgets_with_what_hangs_below(home):
    page = an_info_page(home)
    an_info_page(page, title="Zamrud kecil", slug="kecil")
    assert sorted(found("zamrud")) == ["/zamrud/", "/zamrud/kecil/"]
    InfoPage.objects.get(pk=page.pk).delete()
    assert found("zamrud") == []


def run_due():
    token = scope._mall.set(None)
    try:
        tasks.publish_due.call()
    finally:
        scope._mall.reset(token)


def test_a_scheduled_page_waits_and_comes(
    home, client, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to(DAY, tick=False)
    page = home.add_child(instance=InfoPage(title="Zamrud", slug="zamrud", live=False))
    page.go_live_at, page.expire_at = DAY + HOUR, DAY + 3 * HOUR
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    asked = [row.run_after for row in asked_for("newsroom.publish_due")]
    assert asked == [DAY + HOUR, DAY + 3 * HOUR]
    assert (found("zamrud"), client.get("/zamrud/").status_code) == ([], 404)
    time_machine.move_to(DAY + 2 * HOUR, tick=False)
    run_due()
    assert (found("zamrud"), client.get("/zamrud/").status_code) == (["/zamrud/"], 200)
    time_machine.move_to(DAY + 4 * HOUR, tick=False)
    run_due()
    assert (found("zamrud"), client.get("/zamrud/").status_code) == ([], 404)


def test_a_moved_page_is_found_at_its_new_address_with_what_hangs_below(home, client):
    page = an_info_page(home)
    an_info_page(page, title="Zamrud kecil", slug="kecil")
    page.refresh_from_db()
    before = version()
    page.move(InfoPage.objects.get(slug="tentang"), pos="last-child")
    assert sorted(found("zamrud")) == ["/tentang/zamrud/", "/tentang/zamrud/kecil/"]
    assert version() > before
    assert client.get("/tentang/zamrud/kecil/").status_code == 200


def test_a_renamed_page_takes_with_it_what_hangs_below(home, django_capture_on_commit_callbacks):
    page = an_info_page(home)
    an_info_page(page, title="Zamrud kecil", slug="kecil")
    page.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "permata"
        page.save_revision().publish()
    assert sorted(found("zamrud")) == ["/permata/", "/permata/kecil/"]


def test_another_order_is_seen_in_the_menu_at_once(home, client):
    def order():
        page = client.get("/tentang/").content.decode()
        return page.index('href="/sejarah/"') < page.index('href="/kontak/"')

    assert order() is True
    contact, history = (InfoPage.objects.get(slug=slug) for slug in ("kontak", "sejarah"))
    contact.move(history, pos="left")
    assert order() is False


def test_a_page_of_another_mall_changes_nothing_here(home):
    before = version()
    with in_mall(a_mall("parepare")):
        open_site(by=audit.SYSTEM)
        page = an_info_page(HomePage.objects.get(slug="parepare"))
        page.unpublish()
    assert version() == before
    assert found("zamrud") == []


# The front page as its editors write it


def home_form(home, **fields):
    return {
        "title": home.title,
        "slug": home.slug,
        "lead": "Satu pintu.",
        "notice": "",
        "picture": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
        "comment_notifications": "",
        "action-publish": "1",
        **fields,
    }


def test_an_editor_writes_the_front_page(desk, home, client):
    picture = a_picture()
    path = f"/redaksi/pages/{home.pk}/edit/"
    before = version()
    answer = desk.post(path, home_form(home, notice="Sistem terganggu.", picture=picture.pk))
    home.refresh_from_db()
    assert answer.status_code == 302
    assert (home.lead, home.notice, home.picture) == ("Satu pintu.", "Sistem terganggu.", picture)
    assert version() > before
    page = client.get("/").content.decode()
    assert [page.count(words) for words in ("Sistem terganggu.", ">Satu pintu.<")] == [1, 1]


def test_the_front_page_takes_no_picture_of_another_mall(desk, home):
    with in_mall(a_mall("parepare")):
        open_site(by=audit.SYSTEM)
        picture = a_picture()
    answer = desk.post(f"/redaksi/pages/{home.pk}/edit/", home_form(home, picture=picture.pk))
    home.refresh_from_db()
    assert (answer.status_code, home.picture) == (200, None)
    assert "bukan milik mal Anda" in answer.content.decode()


def test_the_front_page_cannot_be_deleted_by_an_editor(desk, home):
    answer = desk.post(f"/redaksi/pages/{home.pk}/delete/", follow=True)
    assert answer.status_code < 500
    assert Page.objects.filter(pk=home.pk).count() == 1
