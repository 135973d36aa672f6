"""Words of a measure in the language of the page."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def told(words: str) -> str:
    """Translate a word or sentence of a measure, which is kept in Indonesian."""
    return _(words) if words else ""
