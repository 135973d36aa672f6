"""Which stories are related: in words, measured on published news, judged by hand."""

import re
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.malls.regions import region_names
from gerai.newsroom.reading import read_news
from gerai.newsroom.similarity import (
    LEAST_SCORE,
    MOST,
    Card,
    card_of,
    organisations_in,
    places_in,
    related,
)

TODAY = date(2026, 11, 25)
GAZETTEER = frozenset(region_names().values())
IDS = ("B01", "B03", "B05", "B07", "B09", "B11", "B13", "B15", "B17", "B19", "S0", "S1")
# Visits counted; one mall; the ministry opening many at once; study visits to one mall.
JUDGED = {
    frozenset(pair)
    for group in (
        ("B01", "B07", "B09"),
        ("B05", "B19"),
        ("B11", "B13", "B15", "B17"),
        ("S0", "S1"),
    )
    for pair in combinations(group, 2)
}


def words(text):
    return re.findall(r"[a-z]{3,}", text.lower())


def card(key, text="", *, title="", **others):
    return card_of(key, title, text, stem=words, **others)


def published(shared_data, *, with_tags):
    folder = shared_data / "berita"
    files = [folder / "berita_mpp_1.json", *sorted((folder / "seeds").glob("*.txt"))]
    stories = [
        story
        for path in files
        for story in read_news(path.read_bytes(), name=path.name, today=TODAY).stories
    ]
    return [
        card_of(
            key,
            story.title,
            "\n".join(story.paragraphs),
            stem=words,
            tags=story.tags if with_tags else (),
            gazetteer=GAZETTEER,
            day=story.published_on or story.event_on,
        )
        for key, story in zip(IDS, stories, strict=True)
    ]


def measured(cards):
    """Return precision and recall of the lists shown under each story."""
    shown = [frozenset({one.key, found.key}) for one in cards for found in related(one, cards)]
    right = sum(pair in JUDGED for pair in shown)
    return right / len(shown), right / (2 * len(JUDGED))


def test_lists_under_published_news_are_right_and_whole(shared_data):
    assert measured(published(shared_data, with_tags=True)) == (1.0, 1.0)


def test_lists_without_tags_are_shorter_but_right(shared_data):
    precision, recall = measured(published(shared_data, with_tags=False))
    assert precision == 1.0
    assert recall == pytest.approx(6 / 22)


@pytest.mark.parametrize("left_out", IDS)
def test_lists_stay_right_when_a_story_is_missing(shared_data, left_out):
    cards = [one for one in published(shared_data, with_tags=True) if one.key != left_out]
    assert measured(cards)[0] == 1.0


def test_reasons_are_told_with_the_weightiest_first():
    one = card(
        1,
        "Rombongan Kabupaten Soppeng di Dinas Contoh",
        tags=["Studi Tiru"],
        gazetteer=GAZETTEER,
        names=["Dinas Contoh"],
    )
    two = card(
        2,
        "Tamu SOPPENG melihat loket dinas contoh",
        tags=["studi  tiru", "Soppeng"],
        gazetteer=GAZETTEER,
        names=["Dinas Contoh"],
    )
    [found] = related(one, [one, two])
    assert found.key == 2
    assert found.reasons == (
        "topik yang sama: studi tiru",
        "tempat yang sama: Soppeng",
        "isi yang mirip",
        "instansi yang sama: Dinas Contoh",
    )


def test_nothing_is_shown_rather_than_a_wrong_one():
    cards = [
        card(1, "Antrean loket paspor dipindah sementara"),
        card(2, "Peresmian gedung bersama bupati contoh"),
    ]
    assert related(cards[0], cards) == []
    assert related(card(3), cards) == []
    assert related(cards[0], []) == []


def test_what_all_stories_share_says_nothing():
    cards = [card(key, chr(97 + key) * 5, tags=["mpp"]) for key in range(26)]
    assert related(cards[0], cards) == []


def test_place_shared_by_two_of_many_is_enough():
    cards = [card(key, chr(97 + key) * 5, gazetteer=GAZETTEER) for key in range(20)]
    cards += [
        card("a", "Tamu dari Wajo", gazetteer=GAZETTEER),
        card("b", "Rombongan Kabupaten Wajo", gazetteer=GAZETTEER),
    ]
    [found] = related(cards[-1], cards)
    assert (found.key, found.reasons[0]) == ("a", "tempat yang sama: Wajo")


def test_newer_of_two_alike_comes_first():
    text, tags = "Studi tiru di gerai contoh", ["studi tiru"]
    one = card(1, text, tags=tags, day=date(2026, 11, 1))
    old = card(2, text, tags=tags, day=date(2022, 1, 1))
    new = card(3, text, tags=tags, day=date(2026, 10, 1))
    undated = card(4, text, tags=tags)
    assert [found.key for found in related(one, [old, new, undated])] == [3, 2, 4]


def test_only_the_nearest_are_shown():
    cards = [card(key, "studi tiru contoh", tags=["studi tiru"]) for key in range(9)]
    found = related(cards[0], cards)
    assert len(found) == MOST
    assert related(cards[0], cards, most=2) == found[:2]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Kabupaten Luwu Timur", {"Luwu Timur"}),
        ("Luwu dan LUWU TIMUR", {"Luwu", "Luwu Timur"}),
        ("Pemkot Batu di Kota Batu", {"Batu"}),
        ("sebuah batu; Batu besar; Labuhan Batu Utara", set()),
        ("Gerai Barruku", set()),
        ("Jalan Kuningan", set()),
        ("", set()),
    ],
)
def test_places_are_found_as_whole_names(text, places):
    assert places_in(text, GAZETTEER) == places


def test_organisations_are_found_by_either_name_and_shown_by_one():
    names = {"Dukcapil": "Dinas Dukcapil", "Dinas Kependudukan": "Dinas Dukcapil", "BKN": "BKN"}
    assert organisations_in("dinas  kependudukan melayani", names) == {"Dinas Dukcapil"}
    assert organisations_in("gerai BKN dan Dukcapil", names) == {"BKN", "Dinas Dukcapil"}
    assert organisations_in("bkn, dukcapil, BKNN", names) == frozenset()
    assert organisations_in("apa saja", ["", " "]) == frozenset()


tags = st.frozensets(st.sampled_from("abc"), max_size=3)
cards = st.builds(
    Card,
    key=st.integers(),
    title=st.just(""),
    words=st.dictionaries(st.sampled_from("uvwxyz"), st.integers(0, 9)),
    tags=tags,
    places=tags,
    organisations=tags,
    day=st.none() | st.dates(),
)


@given(cards, st.lists(cards, max_size=8))
def test_every_shown_story_has_reasons_and_a_score(one, others):
    for found in related(one, others):
        assert LEAST_SCORE <= found.score <= 1.25
        assert found.reasons
        assert found.key != one.key
