"""How long things took, for the lists of desk and supervisor."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _

from gerai.queue.queries.boards import today
from gerai.queue.queries.promises import OfDay, last_judged
from gerai.queue.rules.leaving import Coming, HourWait
from gerai.ui.templatetags.ui import angka, is_english, jam, lama

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


@register.filter
def hundredths(share: float) -> int:
    """Return a share of 0 to 1 in whole hundredths.

    >>> hundredths(0.826)
    83
    """
    return round(share * 100)


@register.filter
def called_when(coming: Coming) -> str:
    """Write between which moments one is called, or about when where that is the same minute."""
    since, end = jam(coming.called_from), jam(coming.called_until)
    if since == end:
        return _("sekitar pukul %(moment)s") % {"moment": since}
    return _("antara %(since)s dan %(until)s") % {"since": since, "until": end}


@register.filter
def minutes_of(wait: HourWait) -> str:
    """Write how long one waited in an hour of past days, as a range where it is one."""
    low, high = angka(wait.low), angka(wait.high)
    minutes = low if low == high else f"{low}\N{EN DASH}{high}"
    return _("%(minutes)s menit") % {"minutes": minutes}


@register.inclusion_tag("queue/service/honesty.html")
def honesty() -> dict[str, object]:
    """Say how many of the waits told on the last day came true."""
    told: OfDay | None = last_judged()
    yesterday = today() - timedelta(days=1)
    return {"told": told, "is_yesterday": told is not None and told.day == yesterday}
