"""Words of a measure in the language of the page."""

from django import template
from django.utils.translation import gettext as _

from gerai.insights.queries import counted_word

register = template.Library()


@register.filter
def told(words: str) -> str:
    """Translate a word or sentence of a measure, which is kept in Indonesian."""
    return _(words) if words else ""


@register.filter
def counted(word: str) -> str:
    """Translate the word for what is counted."""
    return counted_word(word)
