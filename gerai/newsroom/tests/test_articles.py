"""Stories as readers leaf through them: order, neighbours, months, topics, categories."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gerai import clock
from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article, CommentRule, MallSite, RelatedArticle, Section
from gerai.newsroom.queries import articles
from gerai.newsroom.queries.articles import Month
from gerai.newsroom.tests.factories import an_article, an_open_site, site_rules, taken_back

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


def on(hours: float, **fields):
    """Make a story seen so many hours after the day began."""
    return an_article(first_published_at=DAY + timedelta(hours=hours), **fields)


def titles(stories):
    return [story.title for story in stories]


# Which, and in which order


def test_published_are_those_of_this_mall_that_readers_see_newest_first(mall):
    with in_mall(a_mall("parepare")):
        on(9, title="Tetangga")
    on(1, title="Lama")
    on(3, title="Baru")
    on(2, title="Tengah")
    an_article(title="Draf", published=False)
    taken_back(on(4, title="Ditarik"))
    assert titles(articles.published()) == ["Baru", "Tengah", "Lama"]


def test_equal_moments_keep_a_fixed_order(mall):
    made = [on(1) for _ in range(3)]
    assert list(articles.published()) == made[::-1]


def test_latest_begins_with_what_is_pinned(mall):
    on(1, title="Sematan lama", is_pinned=True)
    on(2, title="Sematan baru", is_pinned=True)
    on(3, title="Biasa lama")
    on(4, title="Biasa baru")
    assert titles(articles.latest(3)) == ["Sematan baru", "Sematan lama", "Biasa baru"]


def test_pinned_are_the_three_newest(mall):
    for hour in range(4):
        on(hour, title=f"Sematan {hour}", is_pinned=True)
    on(5, title="Biasa")
    an_article(title="Draf sematan", is_pinned=True, published=False)
    assert titles(articles.pinned()) == ["Sematan 3", "Sematan 2", "Sematan 1"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("2", 2), ("3", 3), ("99", 3), ("-1", 3), ("0", 3), ("x", 1), ("😀", 1)],
)
def test_a_senseless_page_is_the_nearest(mall, asked, number):
    for hour in range(2 * articles.PER_PAGE + 1):
        on(hour)
    page = articles.page_of(articles.published(), asked)
    rest = [articles.PER_PAGE, articles.PER_PAGE, 1][number - 1]
    assert (page.number, len(page)) == (number, rest)


# Categories and topics


def test_sections_stand_in_their_order_and_only_live(mall):
    an_open_site()
    assert [(each.slug, each.title) for each in articles.sections()] == [
        ("kegiatan", "Kegiatan"),
        ("layanan", "Layanan"),
        ("kunjungan", "Kunjungan"),
        ("pengumuman", "Pengumuman"),
    ]
    Section.objects.get(slug="layanan").unpublish()
    assert [each.slug for each in articles.sections()] == ["kegiatan", "kunjungan", "pengumuman"]


def test_a_mall_without_a_newsroom_has_no_sections(mall):
    assert articles.sections() == []


def test_a_section_has_its_own_stories(mall):
    visit = on(1, section="kunjungan")
    on(2, section="kegiatan")
    section = Section.objects.get(slug="kunjungan")
    assert list(articles.in_section(section)) == [visit]


def test_a_topic_has_its_own_stories(mall):
    story = on(1, tag_line="Studi Tiru, Soppeng")
    on(2, tag_line="Studi")
    assert list(articles.with_tag("studi-tiru")) == [story]
    assert list(articles.with_tag("tiru")) == []


def test_a_topic_is_called_as_it_was_typed_while_readers_see_it(mall):
    with in_mall(a_mall("parepare")):
        on(1, tag_line="Tetangga")
    story = on(1, tag_line="Studi Tiru")
    an_article(tag_line="Draf", published=False)
    called = [articles.tag_called(slug) for slug in ("studi-tiru", "draf", "tetangga")]
    assert called == ["Studi Tiru", None, None]
    taken_back(story)
    assert articles.tag_called("studi-tiru") is None


# Months of the mall's wall clock


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)]
)
def test_a_month_begins_and_ends_with_the_mall_s_own_day(db, zone, hours):
    midnight = datetime(2026, 3, 1, tzinfo=UTC) - timedelta(hours=hours)
    with in_mall(a_mall(zone=zone)):
        an_article(title="23.59", first_published_at=midnight - timedelta(seconds=1))
        an_article(title="00.00", first_published_at=midnight)
        assert titles(articles.of_month(2026, 2)) == ["23.59"]
        assert titles(articles.of_month(2026, 3)) == ["00.00"]
        assert articles.months() == [Month(date(2026, 3, 1), 1), Month(date(2026, 2, 1), 1)]


def test_december_ends_with_the_year(db):
    with in_mall(a_mall(zone="Asia/Jayapura")) as mall:
        last = clock.at(date(2025, 12, 31), 23, 59, mall.zone)
        an_article(title="Akhir", first_published_at=last)
        an_article(title="Awal", first_published_at=last + timedelta(minutes=1))
        assert titles(articles.of_month(2025, 12)) == ["Akhir"]
        assert titles(articles.of_month(2026, 1)) == ["Awal"]


def test_months_count_what_readers_see_and_are_two_years_at_most(mall):
    for month in range(26):
        day = datetime(2024 + month // 12, month % 12 + 1, 15, tzinfo=UTC)
        an_article(first_published_at=day)
    an_article(first_published_at=datetime(2026, 2, 20, tzinfo=UTC))
    taken_back(an_article(first_published_at=datetime(2026, 2, 21, tzinfo=UTC)))
    found = articles.months()
    assert (len(found), found[0], found[-1]) == (
        24,
        Month(date(2026, 2, 1), 2),
        Month(date(2024, 3, 1), 1),
    )


# Screens and other malls


def test_headlines_are_three_of_the_last_fourteen_days(mall):
    now = DAY + articles.FRESH
    an_article(title="Basi", first_published_at=DAY - timedelta(seconds=1))
    an_article(title="Segar", first_published_at=DAY)
    assert articles.headlines(now) == ("Segar",)
    for hour in (1, 2, 3):
        on(hour, title=f"Segar {hour}")
    an_article(title="Draf", published=False)
    assert articles.headlines(now) == ("Segar 3", "Segar 2", "Segar 1")


def test_everywhere_are_the_stories_of_all_active_malls(mall):
    with in_mall(a_mall("parepare")):
        on(2, title="Parepare")
        an_article(title="Draf Parepare", published=False)
    with in_mall(a_mall("tutup", is_active=False)):
        on(3, title="Tutup")
    on(1, title="Barru")
    assert [(each.title, each.mall.slug) for each in articles.everywhere("")] == [
        ("Parepare", "parepare"),
        ("Barru", "barru"),
    ]


# What stands around a story


def test_neighbours_are_the_ones_before_and_after_whatever_the_category(mall):
    first = on(1, section="kegiatan")
    middle = on(2, section="kunjungan")
    last = on(3, section="kegiatan")
    on(2.5, section="kegiatan").unpublish()
    around = articles.around(middle)
    assert (around.previous, around.next) == (first, last)
    assert (articles.around(first).previous, articles.around(last).next) == (None, None)


def test_neighbours_with_equal_moments_follow_one_another_once(mall):
    with in_mall(a_mall("parepare")):
        on(1)
    made = [on(1) for _ in range(4)]
    forward, story = [], made[0]
    while story is not None:
        forward.append(story)
        story = articles.around(story).next
    back, story = [], made[-1]
    while story is not None:
        back.append(story)
        story = articles.around(story).previous
    assert (forward, back) == (made, made[::-1])


def test_a_draft_has_no_neighbours(mall):
    on(1)
    draft = an_article(published=False)
    around = articles.around(draft)
    assert (around.previous, around.next) == (None, None)


def test_around_tells_the_section_the_minutes_and_the_topics(mall):
    body = [{"type": "text", "value": f"<p>{'kata ' * 401}</p>"}]
    story = on(1, section="kunjungan", body=body, tag_line="Zaitun, Apel")
    around = articles.around(story)
    assert (around.section.slug, around.minutes) == ("kunjungan", 3)
    assert [(tag.name, tag.slug) for tag in around.tags] == [("Zaitun", "zaitun"), ("Apel", "apel")]


def test_related_are_the_four_best_that_readers_see(mall):
    story = on(1)
    others = [on(2 + number) for number in range(6)]
    for score, other in zip((0.1, 0.9, 0.5, 0.5, 0.4, 0.3), others, strict=True):
        RelatedArticle.objects.create(
            mall=mall, article=story, other=other, score=score, reasons=["x"]
        )
    assert [each.other for each in articles.around(story).related] == [
        others[1],
        others[3],  # equal, newer
        others[2],
        others[4],
    ]
    taken_back(others[1])
    assert [each.other for each in articles.around(story).related] == [
        others[3],
        others[2],
        others[4],
        others[5],
    ]


@pytest.mark.parametrize(
    ("rules", "fields", "takes"),
    [
        ({}, {}, True),
        ({"comment_rule": CommentRule.CLOSED}, {}, False),
        ({"comment_rule": CommentRule.TRUST}, {}, True),
        ({}, {"takes_comments": False}, False),
    ],
)
def test_around_tells_whether_readers_may_comment(mall, rules, fields, takes):
    story = an_article(**fields)
    site_rules(**rules)
    assert articles.around(story).takes_comments is takes


@pytest.mark.parametrize(("days", "takes"), [(2, False), (3, True), (0, True)])
def test_comments_close_some_days_after_publication(mall, time_machine, days, takes):
    story = on(0)
    MallSite.objects.update(comments_close_after_days=days)
    time_machine.move_to(DAY + timedelta(days=2), tick=False)
    assert articles.around(story).takes_comments is takes


def test_a_story_outside_every_mall_is_refused_by_the_database(mall):
    from gerai.malls import scope
    from gerai.newsroom.models import mall_in_scope

    assert mall_in_scope() == mall.pk
    token = scope._mall.set(None)
    try:
        assert mall_in_scope() is None
    finally:
        scope._mall.reset(token)


def test_a_list_asks_equally_often_for_one_and_for_three(mall, django_assert_num_queries):
    on(1)
    with django_assert_num_queries(2) as asked:  # how many, and which
        [story.lead_picture for story in articles.page_of(articles.published(), "")]
    once = len(asked)
    on(2)
    on(3)
    with django_assert_num_queries(once):
        [story.lead_picture for story in articles.page_of(articles.published(), "")]
    assert Article.objects.count() == 3
