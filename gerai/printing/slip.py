"""A slip as a picture, drawn dot for dot: what is sent is what the preview shows.

As a picture no code page can spoil a letter, and every printer that takes pictures prints it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps

from gerai import ui

FONT: Final = (
    Path(ui.__file__).parent / "static/ui/vendor/fonts/plus-jakarta-sans-latin-wght-normal.woff2"
)
REGULAR, BOLD = 500, 800
# Heights of letters in dots; a printer has eight a millimetre.
SMALL, USUAL, LARGE = 22, 27, 34
LEADING: Final = 1.28
SPACE: Final = 0.3
MARGIN: Final = 4
GAP: Final = 10
DARK_FROM: Final = 150
# Fits the narrowest paper; higher would cost a hand's breadth of paper a visitor.
LOGO_DOTS: Final = (368, 200)
LOGO_BYTES: Final = 2 * 1024 * 1024
LOGO_PIXELS: Final = 4000
LOGO_FORMATS: Final = ("PNG", "JPEG")
QR_DOTS: Final = 300
QR_QUIET: Final = 4
QR_SCALES: Final = range(8, 3, -1)
DASH: Final = "\u2013"
REPLACED: Final = str.maketrans({"\u2011": "-", "\u00a0": " ", "\u2192": ">", "\u2022": "-"})


@dataclass(frozen=True)
class Text:
    """Words in the middle of the paper, wrapped; item: at its left edge behind a dash."""

    words: str
    size: int = USUAL
    is_bold: bool = False
    is_item: bool = False


@dataclass(frozen=True)
class Number:
    """A queue number as large as `height` dots, smaller where the paper is too narrow."""

    label: str
    height: int


@dataclass(frozen=True)
class Code:
    """A QR code of an address."""

    address: str


@dataclass(frozen=True)
class Stroke:
    """A line across the paper."""


@dataclass(frozen=True)
class Logo:
    """A picture as `logo_of` made it."""

    png: bytes


Block = Text | Number | Code | Stroke | Logo


class BadLogo(ValueError):
    """No picture that can be printed: no PNG or JPEG, broken, too large, or of one colour."""


def logo_of(file: bytes) -> bytes:
    """Return a picture as black dots on paper (PNG, 1 bit), at most 368 x 200 of them.

    Transparent is paper; greys become dots, more or fewer of them (Floyd and Steinberg).

    :raises BadLogo: it cannot be read, is larger than 2 MiB or 4000 x 4000, or shows nothing
    """
    if len(file) > LOGO_BYTES:
        raise BadLogo("bytes")
    try:
        with Image.open(BytesIO(file), formats=LOGO_FORMATS) as opened:
            if max(opened.size) > LOGO_PIXELS:
                raise BadLogo("pixels")
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise BadLogo(str(broken)) from broken
    paper = Image.new("RGBA", upright.size, "white")
    grey = Image.alpha_composite(paper, upright).convert("L")
    grey.thumbnail(LOGO_DOTS, Image.Resampling.LANCZOS)
    dots = grey.convert("1")
    if len(set(dots.getextrema())) == 1:
        raise BadLogo("one colour")
    made = BytesIO()
    dots.save(made, "PNG")
    return made.getvalue()


def draw(blocks: Sequence[Block], *, dots: int) -> Image.Image:
    """Return the blocks below each other in black and white, `dots` wide."""
    parts = [_part(block, dots) for block in blocks]
    height = sum(part.height + GAP for part in parts) + GAP
    paper = Image.new("1", (dots, height), 1)
    top = GAP
    for part in parts:
        paper.paste(part, ((dots - part.width) // 2, top))
        top += part.height + GAP
    return paper


def printable(words: str) -> str:
    """Return words in letters that the font has: an accent falls before its letter does.

    >>> printable("Réfugié, Čakrawala")
    'Réfugié, Cakrawala'
    """
    return "".join(_printable_letter(letter) for letter in words.translate(REPLACED))


def wrapped(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return words in lines no wider than `width` dots; a word that is too long is broken."""
    lines = [""]
    for word in printable(words).split():
        candidate = f"{lines[-1]} {word}".strip()
        if width_of(candidate, font) <= width:
            lines[-1] = candidate
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if width_of(lines[-1] + letter, font) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def width_of(line: str, font: ImageFont.FreeTypeFont) -> float:
    """Return how many dots a line takes; between words stands more than the font's own space."""
    words = line.split(" ")
    return sum(font.getlength(word) for word in words) + (len(words) - 1) * _space(font)


def font_of(size: int, *, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the product's own font in a size."""
    return _font(size, BOLD if is_bold else REGULAR)


def _part(block: Block, dots: int) -> Image.Image:
    match block:
        case Text():
            return _text(block, dots)
        case Number():
            return _number(block, dots)
        case Code():
            return _code(block.address)
        case Logo():
            return Image.open(BytesIO(block.png)).convert("1")
        case Stroke():
            return Image.new("1", (dots - 2 * MARGIN, 2), 0)


def _text(block: Text, dots: int) -> Image.Image:
    font = font_of(block.size, is_bold=block.is_bold)
    indent = int(font.getlength(DASH + " ")) if block.is_item else 0
    lines = wrapped(block.words, font, dots - 2 * MARGIN - indent)
    step = int(block.size * LEADING)
    drawn = Image.new("L", (dots, step * len(lines)), 255)
    pen = ImageDraw.Draw(drawn)
    for number, line in enumerate(lines):
        top = number * step
        if block.is_item and number == 0:
            pen.text((MARGIN, top), DASH, font=font, fill=0)
        left = MARGIN + indent if block.is_item else (dots - width_of(line, font)) / 2
        for word in line.split(" "):
            pen.text((left, top), word, font=font, fill=0)
            left += font.getlength(word) + _space(font)
    return _black_and_white(drawn)


def _number(block: Number, dots: int) -> Image.Image:
    height = block.height
    while font_of(height, is_bold=True).getlength(block.label) > dots - 2 * MARGIN:
        height -= 4
    font = font_of(height, is_bold=True)
    left, top, right, bottom = font.getbbox(block.label)
    drawn = Image.new("L", (int(right - left) + 2, int(bottom - top) + 2), 255)
    ImageDraw.Draw(drawn).text((1 - left, 1 - top), block.label, font=font, fill=0)
    return _black_and_white(drawn)


def _code(address: str) -> Image.Image:
    code = segno.make_qr(address, error="m")
    rows = [[0 if dark else 1 for dark in row] for row in code.matrix_iter(border=QR_QUIET)]
    scale = next((each for each in QR_SCALES if each * len(rows) <= QR_DOTS), QR_SCALES[-1])
    drawn = Image.new("1", (len(rows), len(rows)), 1)
    drawn.putdata([dot for row in rows for dot in row])
    return drawn.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST)


def _black_and_white(drawn: Image.Image) -> Image.Image:
    return drawn.point(lambda dot: 255 if dot >= DARK_FROM else 0).convert("1")


def _space(font: ImageFont.FreeTypeFont) -> float:
    return float(font.size) * SPACE


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _printable_letter(letter: str) -> str:
    if letter.isspace() or _has(letter):
        return letter
    plain = "".join(
        each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)
    )
    return plain if plain != letter and all(_has(each) for each in plain) else "?"


def _has(letter: str) -> bool:
    font = _font(USUAL, REGULAR)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))
