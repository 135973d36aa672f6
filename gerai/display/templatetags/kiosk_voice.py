"""What a kiosk's page says: each thing that is read out carries the addresses of its sounds."""

from typing import Final, cast
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gerai.display import queries
from gerai.display.announcement import Language
from gerai.display.reading import LONGEST_PIECE, Heard, heard, said

register = template.Library()

LISTENS: Final = "on"


@register.tag("heard")
def do_heard(parser: Parser, _token: Token) -> template.Node:
    """Between {% heard %} and {% endheard %}: for a visitor who listens, what is read out."""
    nodes = parser.parse(("endheard",))
    parser.delete_first_token()
    return HeardNode(nodes)


@register.simple_tag
def sound_of(words: str) -> str:
    """Return the address of the sound of a sentence, in the language of the page."""
    return _address(said(str(words), _language()), _language())


@register.simple_tag
def can_speak() -> bool:
    """Tell whether a voice can speak on this machine."""
    return queries.has_voice()


class HeardNode(template.Node):
    """A part of a page; where the visitor listens each thing in it knows its sounds and its key."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodes = nodes

    def render(self, context: Context) -> SafeString:
        """Return the part, with the attributes that static/display/heard.js reads."""
        shown = self.nodes.render(context)
        if context.get("hearing") != LISTENS:
            return shown
        things = heard(shown, _language())
        parts, start = [], 0
        for thing in things:
            parts += [shown[start : thing.at], _attributes(thing)]
            start = thing.at
        return mark_safe("".join([*parts, shown[start:], _without_script(things)]))  # noqa: S308 - the page as it was rendered, and escaped attributes


def _attributes(thing: Heard) -> SafeString:
    addresses = " ".join(_address(words, language) for language, words in thing.pieces)
    told = format_html(' data-gerai-heard="{}"', addresses)
    if thing.is_choice:
        told += format_html(' data-gerai-choice="{}"', thing.key)
    return told


def _without_script(things: list[Heard]) -> SafeString:
    """Return the beginning of the page as one sound with the browser's own buttons."""
    words = ""
    for thing in things:
        more = f"{words}. {thing.pieces[0][1]}".strip(". ")
        if len(more) > LONGEST_PIECE:
            break
        words = more
    if not words:
        return SafeString("")
    return format_html(
        '<noscript><audio controls autoplay src="{}"></audio></noscript>',
        _address(words, _language()),
    )


def _address(words: str, language: Language) -> str:
    told = {"b": language, "t": words, "v": queries.sound_mark(words, language)}
    return f"{reverse('heard:clip')}?{urlencode(told)}"


def _language() -> Language:
    spoken = (get_language() or "id")[:2]
    return cast("Language", spoken if spoken in {"id", "en"} else "id")
