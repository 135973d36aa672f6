"""What every template knows about the reader's wishes."""

from dataclasses import dataclass

from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("normal", "large")
KEYS = ("on", "off")
CONTRASTS = ("usual", "high")
REACHES = ("whole", "low")
HEARINGS = ("off", "on")

THEME_COOKIE = "gerai_theme"
TEXT_COOKIE = "gerai_text"
KEYS_COOKIE = "gerai_keys"
CONTRAST_COOKIE = "gerai_contrast"
REACH_COOKIE = "gerai_reach"
HEARING_COOKIE = "gerai_hearing"
# What a visitor of a kiosk wishes ends with that visitor.
KIOSK_COOKIES = (TEXT_COOKIE, CONTRAST_COOKIE, REACH_COOKIE, HEARING_COOKIE)


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
    Wish("contrast", CONTRAST_COOKIE, CONTRASTS),
    Wish("reach", REACH_COOKIE, REACHES),
    Wish("hearing", HEARING_COOKIE, HEARINGS),
)


def appearance(request: HttpRequest) -> dict[str, str]:
    """Return what the reader's cookies wish: theme, text size, shortcut keys, contrast, reach,
    hearing.
    """
    theme, text_size, keys, contrast, reach, hearing = (
        _known(request.COOKIES.get(wish.cookie, ""), wish.values) for wish in WISHES
    )
    return {
        "theme": theme,
        "text_size": text_size,
        "shortcut_keys": keys,
        "contrast": contrast,
        "reach": reach,
        "hearing": hearing,
    }


def _known(value: str, values: tuple[str, ...]) -> str:
    return value if value in values else values[0]
