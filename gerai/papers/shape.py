"""The shape of a printed paper: sizes, pictures that fit, the code for checking it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import segno
from PIL import Image, UnidentifiedImageError

PAGE_WORDS: Final = ("halaman", "dari")
NO_PICTURE: Final = "[gambar tidak terbaca]"
TEXT_MM: Final = {False: 166, True: 253}
HIGHEST_MM: Final = {False: 205, True: 120}
SIGNATURE_MM: Final = (45, 25)
NARROWEST_MM: Final = 5
MOST_PIXELS: Final = 50_000_000


@dataclass(frozen=True)
class Check:
    """How a reader checks a paper: the address for the QR code, if known, and the words."""

    address: str
    lines: tuple[str, ...]


def fitted(data: bytes, width_mm: int, widest_mm: int, highest_mm: int) -> tuple[bytes, int]:
    """Return a picture that can be drawn and the width it gets; no bytes if it cannot."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                return b"", 0
            opened.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b"", 0
    wanted = min(max(width_mm, NARROWEST_MM), max(widest_mm, NARROWEST_MM))
    return data, max(1, min(wanted, int(highest_mm * width / height)))


def parts_of(widths: Sequence[int], columns: int) -> list[int]:
    """Return which part of the whole width each column takes."""
    told = [max(1, part) for part in widths[:columns]]
    return [*told, *[1] * (columns - len(told))]


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


def qr_png(address: str) -> bytes:
    """Return the QR code of an address as PNG."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="png", border=2, scale=8)
    return drawn.getvalue()
