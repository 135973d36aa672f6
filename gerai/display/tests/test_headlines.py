"""The news in the running text of the hall: fresh, few, of the mall, and as words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from gerai import clock
from gerai.directory.tests.factories import a_mall
from gerai.display.queries import hall
from gerai.display.tests.factories import a_screen, paired
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.queries.articles import FRESH
from gerai.newsroom.tests.factories import an_article

NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(mall: Mall) -> Iterator[None]:
    """Stop both clocks, ours and that of the page tree."""
    with clock.simulated(NOW), time_machine.travel(NOW, tick=False):
        yield


def on(days: float, title: str) -> None:
    """Make a story seen so many days ago."""
    an_article(title=title, first_published_at=NOW - timedelta(days=days))


def running_text() -> str:
    page = paired(a_screen(None)).get("/layar/").content.decode()
    told = re.search(r'id="running-text"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    return " ".join(re.sub("<[^>]*>", " ", told).split())


def test_without_news_the_hall_says_nothing_of_news() -> None:
    assert hall(None).headlines == ()
    assert "Berita" not in running_text()


def test_the_newest_headlines_follow_the_greeting() -> None:
    for days in (4, 3, 2, 1):
        on(days, f"Kabar {days}")
    assert hall(None).headlines == ("Kabar 1", "Kabar 2", "Kabar 3")
    told = running_text().partition("Berita")[2]
    assert told.lstrip(" :") == "Kabar 1 · Kabar 2 · Kabar 3"


def test_old_news_drafts_and_news_of_other_malls_do_not_run() -> None:
    on(FRESH.days + 0.01, "Basi")
    an_article(title="Draf", published=False)
    with in_mall(a_mall("parepare")):
        on(1, "Seberang")
    assert hall(None).headlines == ()


def test_news_follow_the_mall_s_own_words(mall: Mall) -> None:
    mall.running_text = "Selamat datang."
    mall.save()
    on(1, "Kabar & <b>")
    assert running_text().startswith("Selamat datang.")
    assert "Kabar &amp; &lt;b&gt;" in running_text()


def test_a_story_taken_back_runs_no_more() -> None:
    story = an_article(title="Kabar", first_published_at=NOW)
    assert hall(None).headlines == ("Kabar",)
    story.unpublish()
    assert hall(None).headlines == ()
