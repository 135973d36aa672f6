"""How long things took, for the lists of desk and supervisor."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from gerai.ui.templatetags.ui import is_english, lama

MINUTE = 60

register = template.Library()


@register.filter
def until(start: datetime | None, end: datetime) -> float | None:
    """Return the seconds between two moments, never below zero; None without a start."""
    return max((end - start).total_seconds(), 0.0) if start else None


@register.filter
def spent(seconds: float) -> str:
    """Write a duration in words, a short one in seconds."""
    if seconds < MINUTE:
        return _("%(seconds)d detik") % {"seconds": seconds}
    return lama(seconds)


@register.filter
def clock(seconds: float) -> str:
    """Write a duration for a column of figures: minutes.seconds, or hours before it.

    English readers get colons.

    >>> clock(65.4), clock(3661)
    ('1.05', '1.01.01')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours}", f"{minutes:02}"] if hours else [f"{minutes}"]
    return (":" if is_english() else ".").join([*parts, f"{rest:02}"])


@register.filter
def percent(share: float) -> str:
    """Write a share of 0 to 1 in whole percent.

    >>> percent(0.256)
    '26%'
    """
    return f"{round(share * 100)}%"
