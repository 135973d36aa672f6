"""A mall gets its website once, ready-filled, whoever opens it."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, Page, Site

from gerai.directory.tests.factories import a_mall
from gerai.malls import scope
from gerai.malls.models import Mall, Zone
from gerai.malls.scope import in_mall
from gerai.newsroom.models import MallSite, NewsIndex, Section
from gerai.newsroom.queries.sites import (
    are_here,
    collections_here,
    mall_of,
    mall_site,
    news_index,
    pages_here,
    wagtail_site,
)
from gerai.newsroom.tests.editing import asked_for
from gerai.newsroom.tests.factories import an_article
from gerai.people import actions as people
from gerai.people import audit
from gerai.people.models import Deed
from gerai.search.queries import find
from gerai.website import tasks
from gerai.website.actions import open_site
from gerai.website.first_pages import CHECK, first_pages
from gerai.website.models import HomePage, InfoPage

PAGES = ["tentang", "sejarah", "dasar-hukum", "maklumat", "kontak", "aksesibilitas"]


def test_a_mall_gets_its_site_once(mall):
    assert open_site(by=audit.SYSTEM) is True
    before = (Page.objects.count(), Collection.objects.count(), Site.objects.count())
    assert open_site(by=audit.SYSTEM) is False
    assert (Page.objects.count(), Collection.objects.count(), Site.objects.count()) == before
    assert [deed.thing for deed in Deed.objects.filter(verb="website.open")] == [
        f"mall_site:{MallSite.objects.get().pk}"
    ]


def test_the_site_has_its_pages_newsroom_and_sections(mall):
    open_site(by=audit.SYSTEM)
    home = HomePage.objects.get()
    assert (home.title, home.slug, mall_site().home_id) == (mall.name, "barru", home.pk)
    pages = InfoPage.objects.child_of(home).order_by("path")
    assert [(page.slug, page.live, page.show_in_menus) for page in pages] == [
        (slug, True, True) for slug in PAGES
    ]
    assert (news_index().slug, NewsIndex.objects.count()) == ("berita", 1)
    sections = Section.objects.child_of(news_index()).order_by("path")
    assert [each.slug for each in sections] == ["kegiatan", "layanan", "kunjungan", "pengumuman"]
    assert wagtail_site().root_page_id == home.pk
    assert collections_here().count() == 1


def test_the_first_pages_are_found_and_open(mall, client):
    open_site(by=audit.SYSTEM)
    statuses = {slug: client.get(f"/{slug}/").status_code for slug in PAGES}
    assert statuses == dict.fromkeys(PAGES, 200)
    assert find("maklumat").hits[0].url == "/maklumat/"


def test_what_a_mall_must_add_is_marked(mall):
    marked = [page.slug for page in first_pages(mall) if CHECK in str(page.body)]
    assert marked == ["sejarah", "maklumat", "kontak"]


def test_an_unchecked_regulation_says_so_and_where_it_is_from(mall, client):
    open_site(by=audit.SYSTEM)
    page = client.get("/dasar-hukum/").content.decode()
    assert page.count("Belum dicocokkan dengan naskah resminya.") == 3
    assert len(re.findall("Sumber: [^<]+", page)) == 3


def test_names_and_addresses_are_no_mark_up(db, client):
    wild = a_mall(name="MPP <b>Barru</b> & Co", address='Jalan "Contoh" <i>1</i>')
    with in_mall(wild):
        open_site(by=audit.SYSTEM)
        for slug in PAGES:
            page = client.get(f"/{slug}/").content.decode()
            assert (slug, "<b>Barru</b>" in page, "<i>1</i>" in page) == (slug, False, False)
    assert "&lt;i&gt;1&lt;/i&gt;" in client.get("/kontak/").content.decode()


def test_an_address_that_is_missing_is_said_to_be(mall, client):
    open_site(by=audit.SYSTEM)
    assert client.get("/kontak/").content.decode().count("Alamat belum diisi.") == 1


def test_two_malls_have_nothing_in_common(mall):
    there = a_mall("parepare")
    open_site(by=audit.SYSTEM)
    with in_mall(there):
        assert (mall_site(), wagtail_site(), news_index()) == (None, None, None)
        assert (pages_here().count(), collections_here().count()) == (0, 0)
        open_site(by=audit.SYSTEM)
        theirs = set(pages_here().values_list("pk", flat=True))
        shelves = set(collections_here().values_list("pk", flat=True))
        assert mall_of(news_index()) == there
    ours = set(pages_here().values_list("pk", flat=True))
    assert (ours & theirs, len(ours), len(theirs)) == (set(), 12, 12)
    assert set(collections_here().values_list("pk", flat=True)) & shelves == set()
    assert mall_of(news_index()) == mall
    assert are_here("page", ours) is True
    assert are_here("page", theirs) is False
    assert are_here("page", [*ours, *theirs]) is False


def a_review():
    """Ask for the review of a draft in the mall in scope; return the key of its task."""
    story = an_article(published=False)
    story.save_revision()
    return story.get_workflow().start(story, None).current_task_state.pk


def test_a_review_belongs_to_the_mall_of_its_page(mall):
    with in_mall(a_mall("parepare")):
        theirs = a_review()
    first, second = a_review(), a_review()
    asked = ([first], [first, second], [theirs], [first, theirs], [10**6])
    assert [are_here("task", keys) for keys in asked] == [True, True, False, False, False]


def test_a_review_is_found_without_naming_every_page(mall):
    review = a_review()
    other = news_index().pk
    with CaptureQueriesContext(connection) as asked:
        assert are_here("task", [review]) is True
    assert [query["sql"] for query in asked if f"'{other}'" in query["sql"]] == []


@pytest.mark.parametrize("key", ["", "x", "-1", "1.0", "9" * 19, "٣٤٥٦٧٨٩", "²"])
def test_a_key_that_is_no_number_names_nothing(mall, key):
    open_site(by=audit.SYSTEM)
    for kind in ("page", "picture", "paper", "task"):
        assert are_here(kind, [key]) is False


def test_a_kind_that_nobody_knows_is_an_error(mall):
    with pytest.raises(LookupError):
        are_here("gambar", [1])


def test_the_greeting_page_of_a_new_tree_goes_and_other_pages_stay(mall):
    root = Page.get_first_root_node()
    Page.objects.filter(slug="home", depth=2).delete()
    root.refresh_from_db()
    greeting = root.add_child(instance=Page(title="Selamat datang", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=greeting, is_default_site=True)
    open_site(by=audit.SYSTEM)
    assert Page.objects.filter(pk=greeting.pk).count() == 0
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_a_front_page_called_home_is_not_taken_for_the_greeting(db):
    with in_mall(a_mall("home")):
        open_site(by=audit.SYSTEM)
    with in_mall(a_mall("barru")):
        open_site(by=audit.SYSTEM)
    assert sorted(HomePage.objects.values_list("slug", flat=True)) == ["barru", "home"]


def test_a_host_name_that_wandered_does_no_harm(db):
    """A mall gave its host name to another one after its site was opened."""
    first = a_mall(host="mpp.contoh.id")
    with in_mall(first):
        open_site(by=audit.SYSTEM)
    Mall.objects.filter(pk=first.pk).update(host=None)
    with in_mall(a_mall("parepare", host="mpp.contoh.id")):
        assert open_site(by=audit.SYSTEM) is True


# Who opens


def test_opening_a_mall_asks_for_its_site(mall, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        opened = people.open_mall(
            slug="maros",
            name="MPP Maros",
            region_code="73.09",
            zone=Zone.WITA,
            host="",
            address="",
            by=audit.SYSTEM,
        )
    asked = asked_for("website.open_site")
    assert [row.args_kwargs["kwargs"] for row in asked] == [{"mall": opened.pk}]
    token = scope._mall.set(None)
    try:
        assert tasks.open_site.call(mall=opened.pk) is True
        assert tasks.open_site.call(mall=opened.pk) is False
    finally:
        scope._mall.reset(token)
    with in_mall(opened):
        assert HomePage.objects.get().title == "MPP Maros"


def test_preparing_opens_the_sites_that_are_missing(db):
    with in_mall(a_mall("barru")):
        open_site(by=audit.SYSTEM)
    a_mall("parepare")
    a_mall("tutup", is_active=False)
    call_command("prepare")
    call_command("prepare")
    slugs = sorted(HomePage.objects.values_list("slug", flat=True))
    assert slugs == ["barru", "parepare", "tutup"]
