"""Waits, marks and heads."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from gerai.notices.rules import TRIES, filled, is_one_line, message_id, wait_after


def test_waits_grow_and_end():
    told = [wait_after(tries) for tries in range(1, TRIES + 1)]
    waits = [wait for wait in told if wait is not None]

    assert told == [*waits, None]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert sum(waits, timedelta()) == timedelta(hours=44, minutes=36)


def test_a_mark_is_made_safe_for_html():
    assert filled("<a>[[x]]</a>", {"x": "<b>&"}, escape=escape) == "<a>&lt;b&gt;&amp;</a>"
    assert filled("[[x]]", {"x": "<b>&"}) == "<b>&"


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\r\nBcc: x@y.id", "a\0b"])
def test_a_head_has_one_line(text: str):
    assert is_one_line(text) is False


def test_the_name_of_a_message_is_the_same_each_time_and_another_elsewhere():
    names = [
        message_id("a", 1, "contoh.id"),
        message_id("a", 1, "contoh.id"),
        message_id("a", 2, "contoh.id"),
        message_id("b", 1, "contoh.id"),
    ]

    assert names[0] == names[1]
    assert len(set(names)) == 3
