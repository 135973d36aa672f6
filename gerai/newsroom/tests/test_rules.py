"""Small decisions of the newsroom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gerai.newsroom.rules import (
    for_machines,
    key_in,
    names_in,
    page_path,
    reading_minutes,
    tag_slug,
    takes_comments,
)

DAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        *[(text, None) for text in ("", " 1", "1 ", "-1", "+1", "1.0", "1_0", "satu", "٣", "²")],
    ],
)
def test_a_key_is_a_number_that_a_row_can_have(text, key):
    assert key_in(text) == key


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        (" , ,, ", []),
        ("a", ["a"]),
        ("A, b ,a,B", ["A", "b"]),
        ("studi   tiru,Soppeng\t", ["studi tiru", "Soppeng"]),
        ("Straße, STRASSE", ["Straße"]),
    ],
)
def test_names_of_a_line(line, names):
    assert names_in(line) == names


@given(st.text())
def test_names_are_trimmed_and_each_once(line):
    names = names_in(line)
    assert [name.strip() for name in names] == names
    assert len({name.casefold() for name in names}) == len(names)
    assert names_in(", ".join(names)) == names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Studi Tiru", "studi-tiru"),
        ("  KTP-el & KK!  ", "ktp-el-kk"),
        ("😀", ""),
        ("", ""),
        ("a" * 100, "a" * 80),
    ],
)
def test_tag_slug(name, slug):
    assert tag_slug(name) == slug


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (2000, 10)])
def test_reading_minutes(words, minutes):
    assert reading_minutes("kata " * words) == minutes


@pytest.mark.parametrize(
    ("facts", "takes"),
    [
        ({}, True),
        ({"is_open": False}, False),
        ({"published_at": None}, False),
        ({"now": DAY + timedelta(days=30)}, False),
        ({"now": DAY + timedelta(days=30, microseconds=-1)}, True),
        ({"days": 0, "now": DAY + timedelta(days=3000)}, True),
        ({"days": 0, "is_open": False}, False),
    ],
)
def test_takes_comments(facts, takes):
    told = {"is_open": True, "published_at": DAY, "days": 30, "now": DAY, **facts}
    assert takes_comments(**told) is takes


@given(st.text())
def test_what_machines_get_is_xml(text):
    root = etree.Element("a")
    root.text = for_machines(text)
    assert len(root.text) == len(text)


def test_odd_letters_stay_where_xml_can_hold_them():
    assert for_machines("a\tb\nc\r😀<&>") == "a\tb\nc\r😀<&>"


@pytest.mark.parametrize(
    ("inside", "outside"),
    [("/barru/", "/"), ("/barru/tentang/", "/tentang/"), ("/barru/a/barru/", "/a/barru/")],
)
def test_page_path(inside, outside):
    assert page_path(inside) == outside
