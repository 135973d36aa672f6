"""How long somebody has waited, for the lists of desk and supervisor."""

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def until(start: datetime | None, end: datetime) -> float | None:
    """Return the seconds between two moments, never below zero; None without a start."""
    return max((end - start).total_seconds(), 0.0) if start else None
