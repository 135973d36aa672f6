"""News as it was really published: compared by properties, as the texts belong to others."""

import contextlib
import json
import random
from datetime import date

import pytest

from gerai.newsroom.reading import Precision, Unreadable, read_news

TODAY = date(2026, 11, 25)


@pytest.fixture
def news_folder(shared_data):
    return shared_data / "berita"


def read(path):
    return read_news(path.read_bytes(), name=path.name, today=TODAY)


def seeds(folder):
    return [read(path) for path in sorted((folder / "seeds").glob("*.txt"))]


def test_list_is_read_whole_with_lines_dates_and_tags(news_folder):
    path = news_folder / "berita_mpp_1.json"
    found = read(path)
    rows = json.loads(path.read_text())
    lines = [
        number for number, line in enumerate(path.read_text().splitlines(), start=1) if line == " {"
    ]
    assert found.refused == []
    assert [story.line for story in found.stories] == lines
    assert [story.title for story in found.stories] == [row["judul"] for row in rows]
    assert [story.source_name for story in found.stories] == [row["media"] for row in rows]
    assert [list(story.tags) for story in found.stories] == [row["topik"] for row in rows]
    assert [(str(story.published_on), story.precision) for story in found.stories] == [
        ("2024-11-25", Precision.DAY),
        ("2017-10-31", Precision.DAY),
        ("2023-02-18", Precision.DAY),
        ("2025-10-04", Precision.DAY),
        ("2025-10-05", Precision.DAY),
        ("2024-12-12", Precision.DAY),
        ("2025-09-24", Precision.DAY),
        ("2024-06-01", Precision.MONTH),
        ("2024-01-01", Precision.YEAR),
        ("2020-10-01", Precision.DAY),
    ]


def test_list_tells_event_place_and_source(news_folder):
    stories = read(news_folder / "berita_mpp_1.json").stories
    events = {index: str(story.event_on) for index, story in enumerate(stories) if story.event_on}
    assert events == {7: "2024-06-24", 9: "2020-10-01"}
    assert [story.place for story in stories] == ["Rembang", *[""] * 9]
    assert not stories[0].paragraphs[0].startswith("(")
    assert [bool(story.source_url) for story in stories] == [True] * 9 + [False]
    assert len(stories[9].source_note) == 27


def test_first_seed_gives_its_parts(news_folder):
    [story] = seeds(news_folder)[0].stories
    assert story.fingerprint == "c2cdc167ec41eea26e7ed07520a44ae2e57977cc4a044bffba13b0ff9fd04341"
    assert (story.line, len(story.title), len(story.paragraphs)) == (1, 55, 10)
    assert (story.published_on, str(story.event_on)) == (None, "2022-02-10")
    assert (story.place, len(story.credit), list(map(len, story.authors))) == ("Barru", 17, [17])
    assert [(len(quote.text), len(quote.speaker)) for quote in story.quotes] == [
        (208, 0),
        (30, 6),
        (53, 0),
        (49, 6),
    ]
    assert not story.paragraphs[0].startswith("BARRU")
    assert story.paragraphs[-1].endswith("MPP.")


def test_second_seed_gives_its_parts(news_folder):
    [story] = seeds(news_folder)[1].stories
    assert story.fingerprint == "938af5fc57ab217f423c7f8b7819c14afc32860dd34d97c4d77fd5f939b10065"
    assert (story.line, len(story.title), len(story.paragraphs)) == (3, 68, 11)
    assert (str(story.published_on), str(story.event_on)) == ("2022-04-21", "2022-04-20")
    assert (story.place, story.credit, story.source_name) == ("Barru", "HB-red", "Goblog")
    assert [len(name) for name in story.authors] == [34]
    assert story.source_url.casefold() == "http://barru.goblog.co.id"
    [picture] = story.pictures
    assert (picture.url, len(picture.caption)) == ("", 51)
    assert picture.rights == "hak pada penerbit; periksa sebelum memakai"


def test_seed_without_a_year_is_resolved_by_the_day_it_is_read(news_folder):
    content = (news_folder / "seeds" / "000_a0ed4f04bbb8e60a.txt").read_bytes()
    [story] = read_news(content, name="a", today=date(2022, 2, 9)).stories
    assert str(story.event_on) == "2011-02-10"


@pytest.mark.parametrize("seed", range(6))
def test_damaged_copies_never_crash_the_reader(news_folder, seed):
    chance = random.Random(seed)
    for path in sorted(news_folder.rglob("*.*")):
        whole = path.read_bytes()
        for _ in range(25):
            damaged = bytearray(whole[: chance.randint(1, len(whole))])
            for _ in range(chance.randint(0, 30)):
                at = chance.randrange(len(damaged))
                damaged[at : at + chance.randint(0, 3)] = chance.choice(
                    [
                        b"<",
                        b"&",
                        b'"',
                        b"{",
                        b"\x00",
                        b"\xff",
                        b"\n\n",
                        b"<!",
                        bytes([chance.randrange(256)]),
                    ]
                )
            with contextlib.suppress(Unreadable):
                found = read_news(bytes(damaged), name=path.name, today=TODAY)
                assert all(row.line >= 1 and row.reason for row in found.refused)
                assert all(story.title and story.paragraphs for story in found.stories)
