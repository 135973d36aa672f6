"""QR codes of our own addresses."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """Return an address as a drawn code."""
    drawing = segno.make_qr(address, error="m").svg_inline(
        border=2, dark="#04212a", light="#fff", omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 - segno draws it from our own address
