"""Charts as inline drawings, each with its words and with its figures as a table.

The page links `ui/charts.css`. Marks and series come from `gerai.ui.charts`.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from gerai.ui import charts
from gerai.ui.charts import Mark, Series
from gerai.ui.templatetags.ui import angka

register = template.Library()

SPOKEN_ROWS = 12
DASH = "\N{EN DASH}"


@register.inclusion_tag("ui/charts/bars.html")
def bars(
    rows: Sequence[Mark], *, label: str, unit: str = "", decimals: int = 0, top: float | None = None
) -> dict[str, Any]:
    """Draw one bar for each row, with its label above and its value beside it."""
    scale, strips = charts.strips(rows, top=top)
    told = [(strip, _said(strip.mark, unit, decimals)) for strip in strips]
    return {"label": label, "rows": told, "scale": scale, "spoken": _spoken(label, told)}


@register.inclusion_tag("ui/charts/dots.html")
def dots(
    rows: Sequence[Mark], *, label: str, unit: str = "", decimals: int = 0, top: float | None = None
) -> dict[str, Any]:
    """Draw one point with its interval for each row, all on one axis."""
    scale, strips = charts.strips(rows, top=top)
    told = [(strip, _said(strip.mark, unit, decimals)) for strip in strips]
    return {
        "label": label,
        "rows": told,
        "grid": [scale.across(tick) for tick in scale.ticks],
        "ticks": _tick_words(scale.ticks),
        "unit": unit,
        "spoken": _spoken(label, told),
    }


@register.inclusion_tag("ui/charts/bullet.html")
def bullet(
    value: float | None,
    target: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    label: str,
    target_label: str = "",
    unit: str = "",
    decimals: int = 0,
    top: float | None = None,
    words: str = "",
    target_words: str = "",
) -> dict[str, Any]:
    """Draw a value with its interval beside the one that is aimed at."""
    mark = Mark(label, value, low, high, words)
    said = _said(mark, unit, decimals)
    aimed = target_words or _number(target, unit, decimals)
    target_label = target_label or _("Teladan")
    return {
        "strip": charts.bullet_strip(mark, target, top=top),
        "label": label,
        "said": said,
        "aimed": aimed,
        "target_label": target_label,
        "spoken": f"{label}: {said}. {target_label}: {aimed}.",
    }


@register.inclusion_tag("ui/charts/lines.html")
def lines(
    series: Sequence[Series],
    *,
    label: str,
    unit: str = "",
    decimals: int = 0,
    top: float | None = None,
) -> dict[str, Any]:
    """Draw lines over time with a band for the interval."""
    plot = charts.plot_of(series, top=top)
    return {
        "label": label,
        "plot": plot,
        "ticks": _tick_words(plot.scale.ticks),
        "unit": unit,
        "key": _key([course.series.name for course in plot.courses]),
        "has_data": any(course.line for course in plot.courses),
        "table": [
            (tick.text, [(one.name, _cell(one, tick.text, unit, decimals)) for one in series])
            for tick in plot.labels
        ],
        "spoken": f"{label}. {' '.join(_course_said(one, unit, decimals) for one in series)}",
    }


@register.inclusion_tag("ui/charts/radar.html")
def radar(axes: Sequence[str], series: Sequence[Series], *, label: str) -> dict[str, Any]:
    """Draw shares 0..1 on spokes; each mark says its value in `words`."""
    drawing = charts.radar_of(axes, series)
    return {
        "label": label,
        "radar": drawing,
        "key": _key([shape.series.name for shape in drawing.shapes]),
        "has_data": bool(axes) and any(shape.signs for shape in drawing.shapes),
        "table": [
            (spoke, [(one.name, _mark_at(one, spoke.number - 1)) for one in series])
            for spoke in drawing.spokes
        ],
        "spoken": f"{label}. " + _("Angkanya ada pada tabel di bawah gambar."),
    }


def _key(names: Sequence[str]) -> list[tuple[str, int, str]]:
    looks = [at % charts.LOOKS + 1 for at in range(len(names))]
    return [
        (name, look, charts.sign_at(look, 20, 8)) for name, look in zip(names, looks, strict=True)
    ]


def _spoken(label: str, told: Sequence[tuple[charts.Strip, str]]) -> str:
    if not told:
        return f"{label}. " + _("Belum ada data.")
    said = [f"{strip.mark.label}: {words}" for strip, words in told[:SPOKEN_ROWS]]
    if len(told) > SPOKEN_ROWS:
        said.append(_("selebihnya ada pada tabel"))
    return f"{label}. {'; '.join(said)}."


def _course_said(one: Series, unit: str, decimals: int) -> str:
    known = [mark for mark in one.marks if mark.value is not None]
    if not known:
        return f"{one.name}: " + _("belum ada data") + "."
    first, last = known[0], known[-1]
    if first is last:
        return f"{one.name}: {first.label} {_said(first, unit, decimals)}."
    return (
        f"{one.name}: {first.label} {_said(first, unit, decimals)},"
        f" {last.label} {_said(last, unit, decimals)}."
    )


def _cell(one: Series, label: str, unit: str, decimals: int) -> str:
    mark = next((mark for mark in one.marks if mark.label == label), None)
    return DASH if mark is None else _said(mark, unit, decimals)


def _mark_at(one: Series, at: int) -> str:
    return one.marks[at].words or DASH if at < len(one.marks) else DASH


def _said(mark: Mark, unit: str, decimals: int) -> str:
    """Say a value as text, with its interval where it has one."""
    if mark.words:
        return mark.words
    said = _number(mark.value, unit, decimals)
    if mark.value is None or mark.low is None or mark.high is None or mark.low >= mark.high:
        return said
    low, high = _number(mark.low, "", decimals), _number(mark.high, "", decimals)
    return f"{said} ({low}{DASH}{high})"


def _number(value: float | None, unit: str, decimals: int) -> str:
    if value is None:
        return _("belum ada")
    figure = angka(round(value, decimals) if decimals else round(value))
    return f"{figure}{'' if unit == '%' else ' '}{unit}".strip()


def _tick_words(ticks: Sequence[float]) -> list[str]:
    return [angka(int(tick) if tick == int(tick) else tick) for tick in ticks]
