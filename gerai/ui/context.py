"""What every template knows about the reader's wishes."""

from dataclasses import dataclass

from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("normal", "large")
KEYS = ("on", "off")

THEME_COOKIE = "gerai_theme"
TEXT_COOKIE = "gerai_text"
KEYS_COOKIE = "gerai_keys"


@dataclass(frozen=True)
class Wish:
    """One thing a reader may choose: the form field, its cookie, the values."""

    field: str
    cookie: str
    values: tuple[str, ...]


WISHES = (
    Wish("theme", THEME_COOKIE, THEMES),
    Wish("text", TEXT_COOKIE, TEXT_SIZES),
    Wish("keys", KEYS_COOKIE, KEYS),
)


def appearance(request: HttpRequest) -> dict[str, str]:
    """Return `theme`, `text_size` and `shortcut_keys` from the reader's cookies."""
    theme, text_size, keys = (
        _known(request.COOKIES.get(wish.cookie, ""), wish.values) for wish in WISHES
    )
    return {"theme": theme, "text_size": text_size, "shortcut_keys": keys}


def _known(value: str, values: tuple[str, ...]) -> str:
    return value if value in values else values[0]
