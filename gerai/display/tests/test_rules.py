"""How loud a zone speaks at which hour."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.display.rules import Manner, Span, languages_of, manner_at, overlapping

LUNCH = Span(time(12), time(13), "gong", 40)
SOFT = Span(time(7), time(9), "voice", 60)
NIGHT = Span(time(22), time(6), "silent", 100)
DAY = [LUNCH, SOFT, NIGHT]
moments = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("moment", "manner"),
    [
        (time(6, 59), Manner(True, True, 1.0)),
        (time(7), Manner(True, True, 0.6)),
        (time(8, 59, 59), Manner(True, True, 0.6)),
        (time(9), Manner(True, True, 1.0)),
        (time(12), Manner(True, False, 0.4)),
        (time(13), Manner(True, True, 1.0)),
        (time(23), Manner(False, False, 0.0)),
        (time(0), Manner(False, False, 0.0)),
        (time(6), Manner(True, True, 1.0)),
    ],
)
def test_each_hour_has_its_manner(moment: time, manner: Manner) -> None:
    assert manner_at(moment, DAY) == manner


def test_a_zone_without_a_gong_has_one_where_nothing_else_is_left() -> None:
    assert manner_at(time(10), DAY, has_gong=False) == Manner(False, True, 1.0)
    assert manner_at(time(12), DAY, has_gong=False) == Manner(True, False, 0.4)


def test_volume_nought_is_silence() -> None:
    quiet = [Span(time(8), time(9), "voice", 0)]

    assert manner_at(time(8), quiet) == Manner(False, False, 0.0)


@pytest.mark.parametrize(
    ("spans", "both"),
    [
        ([LUNCH, SOFT, NIGHT], None),
        ([LUNCH, Span(time(12, 59), time(14))], (0, 1)),
        ([LUNCH, Span(time(13), time(14))], None),
        ([SOFT, NIGHT, Span(time(5), time(6))], (1, 2)),
        ([NIGHT, Span(time(23), time(23, 30))], (0, 1)),
    ],
)
def test_two_spans_may_not_share_a_moment(spans: list[Span], both: tuple[int, int] | None) -> None:
    assert overlapping(spans) == both


@given(moments, moments, moments, moments, moments)
def test_spans_that_do_not_overlap_never_both_hold(
    one: time, two: time, three: time, four: time, moment: time
) -> None:
    spans = [Span(one, two), Span(three, four)]
    if one != two and three != four and overlapping(spans) is None:
        assert not all(span.holds(moment) for span in spans)


@pytest.mark.parametrize(
    ("english", "visitor", "said"),
    [
        ("never", "en", ("id",)),
        ("never", "id", ("id",)),
        ("choice", "en", ("id", "en")),
        ("choice", "id", ("id",)),
        ("always", "en", ("id", "en")),
        ("always", "id", ("id", "en")),
    ],
)
def test_english_follows_as_the_zone_wants(english, visitor, said) -> None:
    assert languages_of(english, visitor=visitor) == said
