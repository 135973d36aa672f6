"""The queue's words in templates."""

from django import template

from gerai.queue.actions.serving import Outcome
from gerai.queue.queries.words import crowd, explain, state_words, verb_words

register = template.Library()

register.filter("explain", explain)
register.filter("crowd", crowd)
register.filter("state_words", state_words)
register.filter("verb_words", verb_words)


@register.filter
def outcome_words(value: str) -> str:
    """Say how the work at the desk ended; an unknown value as it is."""
    return str(Outcome(value).label) if value in Outcome.values else value
