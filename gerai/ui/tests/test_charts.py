"""Charts: what the numbers become, and what the drawings say without colours."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gerai.ui.charts import Mark, Series, bullet_strip, plot_of, radar_of, scale_to, strips

MANY = st.floats(min_value=0, max_value=1e9, allow_nan=False)


def drawn(tag: str, **context: object) -> str:
    return Template("{% load charts %}" + tag).render(Context(context))


@given(MANY)
def test_a_scale_reaches_the_largest_with_few_even_ticks(largest):
    scale = scale_to(largest)
    gaps = {round(b - a, 6) for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)}
    assert scale.top >= largest * (1 - 1e-9)
    assert 2 <= len(scale.ticks) <= 6
    assert largest < 1e-2 or len(gaps) == 1


@given(st.lists(MANY, max_size=20))
def test_rows_stand_inside_their_strip_in_the_order_of_their_values(values):
    _, rows = strips([Mark(str(at), value) for at, value in enumerate(values)])
    places = [row.at or 0.0 for row in rows]
    assert all(0 <= place <= 1000 for place in places)
    assert sorted(places) == [place for _, place in sorted(zip(values, places, strict=True))]


def test_a_row_without_a_value_is_drawn_without_a_bar():
    _, (row,) = strips([Mark("Belum", None)])
    assert (row.at, row.has_interval) == (None, False)


def test_a_bullet_reaches_as_far_as_its_target():
    strip = bullet_strip(Mark("Instansi", 5.0), 20.0)
    assert (strip.at, strip.target) == (250.0, 1000.0)


def test_a_line_has_a_gap_where_a_month_is_missing():
    marks = (Mark("a", 1.0), Mark("b", None), Mark("c", 2.0))
    plot = plot_of([Series("Satu", marks)])
    assert plot.courses[0].line == "M0.0 200.0M1000.0 0.0"
    assert plot.courses[0].dots == "M0.0 200.0h.01M1000.0 0.0h.01"


def test_one_moment_stands_in_the_middle():
    plot = plot_of([Series("Satu", (Mark("a", 3.0, 2.0, 4.0),))])
    assert plot.is_single
    assert plot.courses[0].band == "M500.0 0.0L500.0 200.0Z"


@given(st.integers(min_value=1, max_value=60))
def test_at_most_six_labels_are_shown_and_the_newest_always(count):
    labels = plot_of([Series("x", tuple(Mark(str(at), 1.0) for at in range(count)))]).labels
    assert sum(label.is_shown for label in labels) <= 6
    assert labels[-1].is_shown


def test_a_radar_with_a_missing_value_is_not_closed():
    marks = (Mark("a", 1.0), Mark("b", None), Mark("c", 0.5))
    (shape,) = radar_of(["a", "b", "c"], [Series("Satu", marks)]).shapes
    assert not shape.is_closed
    assert shape.outline.count("M") == 1


def test_a_radar_of_three_spokes_starts_at_the_top():
    marks = tuple(Mark(name, 1.0) for name in "abc")
    radar = radar_of(["a", "b", "c"], [Series("Satu", marks)])
    assert radar.shapes[0].outline == "M200.0 50.0L329.9 275.0L70.1 275.0Z"


def test_a_long_name_takes_three_lines_and_ends_in_dots():
    spoke = radar_of(["Layanan dengan enam komponen penyampaian yang lengkap"], []).spokes[0]
    assert [line for _, _, line in spoke.lines] == [
        "Layanan dengan",
        "enam komponen",
        "penyampaian yang…",
    ]


@pytest.mark.parametrize(
    ("tag", "context"),
    [
        ('{% bars rows label="Instansi" %}', {"rows": []}),
        ('{% dots rows label="Instansi" %}', {"rows": []}),
        ('{% lines series label="Instansi" %}', {"series": []}),
        ('{% radar axes series label="Instansi" %}', {"axes": [], "series": []}),
    ],
)
def test_a_chart_without_data_says_so(tag, context):
    assert "Belum ada data." in drawn(tag, **context)


def test_a_bar_is_told_and_listed_in_both_languages():
    rows = [Mark("Dukcapil <b>", 1234.5, 1200.0, 1300.0)]
    tag = '{% bars rows label="Nomor" unit="orang" decimals=1 %}'
    with translation.override("id"):
        assert "Dukcapil &lt;b&gt;: 1.234,5 orang (1.200,0\N{EN DASH}1.300,0)" in drawn(
            tag, rows=rows
        )
    with translation.override("en"):
        assert "Dukcapil &lt;b&gt;: 1,234.5 orang (1,200.0\N{EN DASH}1,300.0)" in drawn(
            tag, rows=rows
        )


def test_coordinates_are_written_with_points_in_indonesian():
    rows = [Mark("a", 3.0), Mark("b", 7.0)]
    with translation.override("id"):
        html = drawn('{% dots rows label="x" %}{% bars rows label="y" %}', rows=rows)
    assert re.findall(r'class="chart-bar" width="([^"]*)"', html) == ["375.0", "875.0"]


@pytest.mark.parametrize(
    "tag",
    [
        '{% bars rows label="x" %}',
        '{% dots rows label="x" %}',
        '{% bullet 3 5 1 4 label="x" %}',
        '{% lines series label="x" %}',
        '{% radar axes series label="x" %}',
    ],
)
def test_a_chart_is_an_image_with_a_name_and_carries_no_style(tag):
    marks = tuple(Mark(name, 0.5, 0.4, 0.6, words="5") for name in "abc")
    html = drawn(tag, rows=marks, axes=list("abc"), series=[Series("Satu", marks)])
    assert len(re.findall(r'role="img" aria-label="x[^"]+"', html)) == 1
    assert not re.search(r"\sstyle=|\son\w+=|<script", html)
    assert ('<table class="table"' in html) == ("bullet" not in tag)
