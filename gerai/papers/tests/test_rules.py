"""Numbers, fingerprints, differences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.papers.rules import ADDED, GONE, SAME, differences, digest_of, is_key, number_text

LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{number}/{year}", "7/2026"),
        ("{number:03}/{code}/{roman_month}/{year}", "007/A/II/2026"),
        ("{code}-{number:5}-{month}-{mall}-{year}", "A-    7-02-BARRU-2026"),
        ("{{{number}}}{year}", "{7}2026"),
    ],
)
def test_a_number_in_words_of_its_pattern(pattern, text):
    day = date(2026, 2, 3)
    assert number_text(pattern, number=7, code="A", day=day, mall="BARRU") == text


def test_a_digest_does_not_depend_on_the_order_of_names():
    assert digest_of({"a": [1], "b": "é"}) == digest_of({"b": "é", "a": [1]})
    assert digest_of({"a": [1, 2]}) != digest_of({"a": [2, 1]})


@pytest.mark.parametrize(
    ("thing", "is_one"),
    [("founding", True), ("visit:12", True), ("visit:12:answer", True), ("", False),
     ("Visit:1", False), ("visit:", False), ("a b", False), ("visit:" + "1" * 61, False)],
)  # fmt: skip
def test_what_may_be_the_key_of_a_thing(thing, is_one):
    assert is_key(thing) is is_one


@given(LINES, LINES)
def test_differences_lose_no_line(before, after):
    told = list(differences(before, after))
    same = sum(int(line) if kind == "skipped" else kind == SAME for kind, line in told)
    gone = [line for kind, line in told if kind == GONE]
    added = [line for kind, line in told if kind == ADDED]
    assert (same + len(gone), same + len(added)) == (len(before), len(after))
    assert sorted(before + added) == sorted(after + gone)
