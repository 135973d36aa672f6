"""A signature drawn on the glass: checked, and drawn anew as a small picture of our own."""

import base64
import binascii
from io import BytesIO
from typing import Final

from PIL import Image

PREFIX: Final = "data:image/png;base64,"
MOST_LETTERS: Final = 200_000  # of what a browser sends
MOST_PIXELS: Final = 2_000_000
LARGEST: Final = (480, 180)
LEAST_INK: Final = 40  # pixels; less is a slip of the finger
DARK: Final = 128


class BadDrawing(ValueError):
    """This is no drawing that can be kept."""


def signature_from(sent: str) -> str:
    """Return a drawing sent as a data URL as base64 of a small black and white PNG.

    :raises BadDrawing: no PNG, too large, or nothing drawn on it
    """
    if len(sent) > MOST_LETTERS or not sent.startswith(PREFIX):
        raise BadDrawing
    try:
        content = base64.b64decode(sent[len(PREFIX) :], validate=True)
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadDrawing
            drawing = _on_white(picture)
    except (binascii.Error, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as bad:
        raise BadDrawing from bad
    drawing.thumbnail(LARGEST)
    ink = drawing.point(lambda shade: 255 if shade < DARK else 0)
    if ink.histogram()[255] < LEAST_INK:
        raise BadDrawing
    kept = BytesIO()
    drawing.save(kept, "PNG", optimize=True)
    return base64.b64encode(kept.getvalue()).decode("ascii")


def _on_white(picture: Image.Image) -> Image.Image:
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    return paper.convert("L")
