"""``gerai prepare`` gives every mall its website, once, and harms nothing that stands."""

import pytest
from django.core.management import call_command

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import MallSite
from gerai.newsroom.tests.factories import an_article
from gerai.people.models import Deed
from gerai.website.models import HomePage, InfoPage


def sites():
    return dict(MallSite.objects.everywhere().values_list("mall__slug", "version"))


def test_malls_without_a_site_get_one(mall):
    a_mall("parepare")
    a_mall("tutup", is_active=False)
    assert sites() == {}
    call_command("prepare")
    assert set(sites()) == {"barru", "parepare", "tutup"}
    assert Deed.objects.filter(verb="website.open").count() == 1


def test_running_it_again_changes_nothing(mall):
    call_command("prepare")
    story = an_article(title="Kabar")
    page = InfoPage.objects.get(slug="tentang")
    page.title = "Tentang kami"
    page.save_revision().publish()
    before = (sites(), HomePage.objects.count(), InfoPage.objects.count())
    call_command("prepare")
    assert (sites(), HomePage.objects.count(), InfoPage.objects.count()) == before
    story.refresh_from_db()
    page.refresh_from_db()
    assert (story.title, page.title) == ("Kabar", "Tentang kami")


def test_a_mall_that_came_later_gets_its_site_at_the_next_start(mall):
    call_command("prepare")
    with in_mall(a_mall("parepare")):
        call_command("prepare")
        assert (
            HomePage.objects.descendant_of(MallSite.objects.get().home, inclusive=True).count() == 1
        )


def test_an_installation_without_a_mall_is_prepared_too(db):
    call_command("prepare")
    assert sites() == {}


@pytest.mark.parametrize("path", ["/", "/berita/", "/tentang/", "/sitemap.xml"])
def test_a_prepared_mall_answers(mall, client, path):
    call_command("prepare")
    assert client.get(path).status_code == 200
