"""The figures of the pulse in words."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.translation import gettext_lazy as _

from gerai.ui.templatetags.ui import angka, is_english

register = template.Library()

PART_NAMES: dict[str, object] = {
    "idle": _("Menunggu pengunjung"),
    "walking": _("Pengunjung berjalan"),
    "serving": _("Melayani"),
    "wrapping": _("Merapikan"),
    "pause": _("Jeda"),
}
WHOLE = 100.0


@register.filter
def part_name(key: str) -> object:
    """Return what a part of an open counter's time is called."""
    return PART_NAMES[key]


@register.filter
def one(value: float) -> str:
    """Write a figure with one decimal.

    >>> one(12.34)
    '12,3'
    """
    return angka(Decimal(f"{value:.1f}"))


@register.filter
def hours(hour: int) -> str:
    """Write an hour of the day as a span: 08.00-09.00 with a dash, in English with colons."""
    mark = ":" if is_english() else "."
    return f"{hour:02}{mark}00\N{EN DASH}{hour + 1:02}{mark}00"


@register.inclusion_tag("pulse/split_bar.html")
def split_bar(parts: Sequence[tuple[str, float, float]]) -> dict[str, object]:
    """Draw the parts of a time beside each other; the figures stand beside it in words."""
    drawn, x = [], 0.0
    for key, _seconds, share in parts:
        drawn.append((key, round(x, 2), round(share * WHOLE, 2)))
        x += share * WHOLE
    return {"parts": drawn}
