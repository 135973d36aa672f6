"""The front page: the mall now, its waits, its news, its floors; always fresh."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.directory.tests.factories import a_mall, a_zone, office_hours
from gerai.malls.scope import in_mall
from gerai.newsroom.tests.editing import a_picture
from gerai.newsroom.tests.factories import an_article
from gerai.people import audit
from gerai.queue.tests.factories import TEN, a_line, a_ticket
from gerai.website.actions import open_site
from gerai.website.models import HomePage
from gerai.website.queries.home import BUSIEST, STORIES, home_now, home_page


@pytest.fixture(autouse=True)
def ten(mall):
    """Stop the clock on Monday at ten."""
    with time_machine.travel(TEN, tick=False):
        yield


def page_of(client, path="/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page):
    return " ".join(re.sub("<[^>]*>", " ", page).split())


def test_a_mall_without_a_site_has_no_front_page_and_still_opens(client):
    assert home_page() is None
    assert page_of(client).count("<h1") == 1


def test_the_front_page_is_of_this_mall():
    with in_mall(a_mall("parepare")):
        open_site(by=audit.SYSTEM)
    assert home_page() is None
    open_site(by=audit.SYSTEM)
    assert home_page() == HomePage.objects.get(slug="barru")


def test_now_tells_the_lines_that_wait_the_longest_first():
    office_hours()
    with in_mall(a_mall("parepare")):
        office_hours()
        a_ticket(a_line())
    lines = [a_line(code=f"L{number}") for number in range(BUSIEST + 1)]
    for line in lines:
        a_ticket(line)
    a_ticket(lines[-1])
    a_line()
    now = home_now()
    assert (now.opening.is_open, now.waiting) == (True, BUSIEST + 2)
    assert [each.now.line for each in now.busiest] == [lines[-1], *lines[: BUSIEST - 1]]


def test_waits_are_shown_where_somebody_waits(client):
    office_hours()
    line = a_line(name="Antrean KTP")
    a_ticket(line)
    words = words_of(page_of(client))
    assert words.count("Antrean KTP 1 orang menunggu belum ada loket yang buka") == 1


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        (True, "Tidak ada antrean sekarang. Anda dapat langsung dilayani."),
        (False, "Mal sedang tutup, jadi belum ada antrean."),
    ],
)
def test_without_a_queue_it_says_why(client, opens, words):
    if opens:
        office_hours()
    assert words_of(page_of(client)).count(words) == 1


def test_a_new_number_is_seen_at_once(client):
    office_hours()
    open_site(by=audit.SYSTEM)
    line = a_line()
    assert "orang menunggu" not in words_of(page_of(client)).split("Yang dapat diurus")[0]
    a_ticket(line)
    assert "1 orang menunggu" in words_of(page_of(client)).split("Yang dapat diurus")[0]


def test_three_stories_are_shown_pinned_ones_first(client):
    assert 'id="berita"' not in page_of(client)
    day = datetime(2026, 3, 2, 1, tzinfo=UTC)
    for hour in range(4):
        moment = day + timedelta(hours=hour)
        an_article(title=f"Nomor {hour}", first_published_at=moment, is_pinned=hour == 0)
    an_article(title="Draf", published=False)
    assert [story.title for story in home_now().stories] == ["Nomor 0", "Nomor 3", "Nomor 2"]
    assert STORIES == 3
    page = page_of(client)
    titles = re.findall(r"<strong[^>]*>\s*(Nomor \d|Draf)\s*</strong>", page)
    assert titles == ["Nomor 0", "Nomor 3", "Nomor 2"]


def test_floors_and_zones_are_named(client):
    assert 'id="lantai"' not in page_of(client)
    zone = a_zone(code="K", name="Kependudukan")
    words = words_of(page_of(client))
    assert f"{zone.floor.name} K Kependudukan" in words


def test_what_the_editors_wrote_is_shown(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    open_site(by=audit.SYSTEM)
    home = home_page()
    home.lead, home.notice = "Satu pintu <b>.", "Sistem terganggu & lambat."
    home.picture = a_picture(description="Gedung dari depan")
    home.save_revision().publish()
    page = page_of(client)
    assert "Satu pintu &lt;b&gt;." in page
    assert page.count("Sistem terganggu &amp; lambat.") == 1
    assert page.count('alt="Gedung dari depan"') == 1


def test_the_address_stands_in_for_words_that_are_missing(client, mall):
    mall.address = "Jalan Contoh 1"
    mall.save()
    assert "Jalan Contoh 1" in page_of(client)


def test_search_is_offered_on_the_front_page(client):
    page = page_of(client)
    assert page.count('action="/cari/"') == 1
    assert page.count('name="q"') == 1


def test_the_front_page_asks_equally_often_for_one_and_for_three_stories(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        return len(queries)

    an_article()
    asked()  # what is read anew every ten minutes only
    once = asked()
    an_article()
    an_article()
    assert asked() == once
