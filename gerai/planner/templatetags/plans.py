"""Figures of plans in words."""

from datetime import time
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from gerai.planner.queries.advice import Piece
from gerai.planner.queries.plans import Figure
from gerai.ui.templatetags.ui import angka, is_english, jam

register = template.Library()

DASH = "\N{EN DASH}"


@register.filter
def hour(moment: time) -> str:
    """Write a time of day: 08.30, in English 08:30.

    >>> hour(time(8, 30))
    '08.30'
    """
    return moment.strftime("%H:%M" if is_english() else "%H.%M")


@register.filter
def short(value: float) -> str:
    """Write a figure with one decimal, without it where it is nought.

    >>> short(12.34), short(12.0)
    ('12,3', '12')
    >>> short(-0.04)
    '0'
    """
    shown = Decimal(f"{value:.1f}") + 0
    return angka(shown.quantize(Decimal(1)) if shown == int(shown) else shown)


@register.filter
def sure(figure: Figure | None, unit: str = "") -> str:
    """Write a mean, and its band in brackets, all as exact as the most exact of them.

    >>> sure(Figure(12.34, 11.5, 13.0)) == f"12,3 (11,5{DASH}13,0)"
    True
    >>> sure(Figure(12.0, 11.04, 12.98), "%") == f"12% (11{DASH}13%)"
    True
    """
    if figure is None:
        return DASH
    shown = [Decimal(f"{value:.1f}") + 0 for value in (figure.mean, figure.low, figure.high)]
    if all(value == int(value) for value in shown):
        shown = [value.quantize(Decimal(1)) for value in shown]
    mean, low, high = (angka(value) for value in shown)
    return f"{mean}{unit} ({low}{DASH}{high}{unit})"


@register.filter
def percent(share: float) -> str:
    """Write a share in per cent.

    >>> percent(0.125)
    '12,5%'
    """
    return f"{short(100 * share)}%"


@register.filter
def measure(piece: Piece) -> str:
    """Write what is to be done."""
    facts = {
        "counter": piece.counter,
        "agencies": ", ".join(piece.agencies),
        "leaves": piece.leaves,
        "until": "" if piece.until is None else jam(piece.until),
    }
    if piece.leaves and piece.until:
        words = _(
            "Pindahkan petugas loket %(leaves)s ke loket %(counter)s untuk %(agencies)s "
            "sampai %(until)s"
        )
    elif piece.leaves:
        words = _(
            "Pindahkan petugas loket %(leaves)s ke loket %(counter)s untuk %(agencies)s "
            "sampai tutup"
        )
    elif piece.until:
        words = _("Buka loket %(counter)s untuk %(agencies)s sampai %(until)s")
    else:
        words = _("Buka loket %(counter)s untuk %(agencies)s sampai tutup")
    return words % facts
