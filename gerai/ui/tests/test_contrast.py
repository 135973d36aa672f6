"""The colours of tokens.css can be read: WCAG 2.2 contrast, in light and in dark."""

import re
from pathlib import Path

import pytest

from gerai import ui

TOKENS = (Path(ui.__file__).parent / "static/ui/tokens.css").read_text()
STATES = ("waiting", "called", "serving", "paused", "closed", "danger")
SURFACES = ("paper", "card", "sunken")

PAIRS = [
    *[("ink", surface, 7.0) for surface in SURFACES],
    *[("ink-soft", surface, 5.5) for surface in SURFACES],
    *[("primary", surface, 4.5) for surface in (*SURFACES, "primary-soft")],
    *[("danger", surface, 4.5) for surface in SURFACES],
    *[(state, f"{state}-soft", 5.5) for state in STATES],
    *[("ink", f"{state}-soft", 7.0) for state in STATES],
    ("on-primary", "primary", 4.5),
    ("on-primary", "primary-strong", 4.5),
    ("on-primary-soft", "primary-soft", 7.0),
    ("on-accent", "accent", 7.0),
    ("on-accent", "accent-strong", 5.5),
    ("on-accent-soft", "accent-soft", 7.0),
    ("on-danger", "danger", 4.5),
    ("on-danger", "danger-strong", 4.5),
    ("line-strong", "card", 3.0),
    ("line-strong", "paper", 3.0),
    ("focus", "paper", 3.0),
    ("focus", "card", 3.0),
]

HALL_PAIRS = [
    ("saffron", "deep", 7.0),
    ("on-deep", "deep", 7.0),
    ("on-deep-soft", "deep", 7.0),
    ("on-deep", "deep-2", 7.0),
    ("on-deep-soft", "deep-2", 5.5),
    ("on-saffron", "saffron", 7.0),
]


def _block(opening: str) -> str:
    return TOKENS.split(opening, 1)[1].split("}", 1)[0]


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = _block('[data-theme="light"] {')
DARK_CHOSEN = _block('[data-theme="dark"] {')
DARK_OF_THE_DEVICE = _block(":root:not([data-theme]) {")
EVERYWHERE = _block(":root {\n  --font")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("block", [LIGHT, DARK_CHOSEN], ids=["light", "dark"])
def test_colours_can_be_read(block):
    colours = _colours(block)
    too_faint = [
        (ink, ground, round(_contrast(colours[ink], colours[ground]), 2), least)
        for ink, ground, least in PAIRS
        if _contrast(colours[ink], colours[ground]) < least
    ]
    assert too_faint == []


def test_colours_of_the_hall_can_be_read_from_afar():
    colours = _colours(EVERYWHERE)
    too_faint = [
        (ink, ground)
        for ink, ground, least in HALL_PAIRS
        if _contrast(colours[ink], colours[ground]) < least
    ]
    assert too_faint == []


def test_dark_is_the_same_by_choice_and_by_device():
    def lines(block: str) -> list[str]:
        return [line.strip() for line in block.splitlines() if line.strip()]

    assert lines(DARK_CHOSEN) == lines(DARK_OF_THE_DEVICE)
