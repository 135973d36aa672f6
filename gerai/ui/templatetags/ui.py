"""Drawings, and the way money, days, hours and durations are written."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gerai.ui.icons import NAMES, PICTURES

register = template.Library()

MINUTE = 60
HOUR = 60 * MINUTE


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """Draw one icon of the sprite; with a label it is an image with that name.

    :raises ValueError: no such drawing. Outside DEBUG and tests a plain circle is drawn:
        a missing drawing must not take a citizen's page away
    """
    if name not in NAMES:
        if settings.DEBUG or getattr(settings, "TESTING", False):
            message = f"no icon {name!r} in gerai/ui/icons.py"
            raise ValueError(message)
        name = "circle"
    drawing = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}" stroke-width="2" width="24" height="24">'
            '<title>{}</title><use href="{}"></use></svg>',
            label,
            label,
            drawing,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" stroke-width="2" width="24"'
        ' height="24"><use href="{}"></use></svg>',
        drawing,
    )


@register.simple_tag
def picture(name: str, *, label: str = "") -> SafeString:
    """Draw one of our own pictures of what people come for; with a label it is an image.

    :raises ValueError: no such drawing
    """
    if name not in PICTURES:
        message = f"no picture {name!r} in gerai/ui/icons.py"
        raise ValueError(message)
    drawing = f"{static('ui/pictures.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon picture" role="img" aria-label="{}" viewBox="0 0 48 48">'
            '<use href="{}"></use></svg>',
            label,
            drawing,
        )
    return format_html(
        '<svg class="icon picture" aria-hidden="true" focusable="false" viewBox="0 0 48 48">'
        '<use href="{}"></use></svg>',
        drawing,
    )


@register.filter
def rupiah(amount: int | Decimal | None) -> str:
    """Write whole rupiah the Indonesian way, in every language.

    >>> rupiah(15000)
    'Rp15.000'
    """
    if amount is None:
        return ""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(int(amount)):,}".replace(",", ".")


@register.filter
def angka(number: float | Decimal | None) -> str:
    """Write a number with the separators of the active language, decimals as given.

    >>> angka(1234)
    '1.234'
    """
    if number is None:
        return ""
    written = f"{number:,}"
    return written if is_english() else written.translate(str.maketrans(",.", ".,"))


@register.filter
def breakable(text: str) -> SafeString:
    """Let a line end after each stroke of Kecamatan/Kelurahan/Desa.

    >>> breakable("A/B & C")
    'A/<wbr>B &amp; C'
    """
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in text.split("/")))


@register.filter
def tanggal(day: date | None) -> str:
    """Write a day with its weekday, Minggu, 22 November 2026; a moment in the mall's zone."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return date_format(day, "l, j F Y")


@register.filter
def sampai(first: date, last: date) -> str:
    """Write from when to when, what both days share only once: 30 November to 6 Desember 2026."""
    ends = date_format(last, "j F Y")
    if first == last:
        return ends
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{ends}"
    begins = date_format(first, "j F" if first.year == last.year else "j F Y")
    return f"{begins} \N{EN DASH} {ends}"


@register.filter
def jam(moment: datetime | None) -> str:
    """Write the hour of an aware moment in the mall's zone: 08.30, in English 08:30."""
    if moment is None:
        return ""
    return timezone.localtime(moment).strftime("%H:%M" if is_english() else "%H.%M")


@register.filter
def lama(duration: float | timedelta | None) -> str:
    """Write seconds (or a timedelta) in hours and whole minutes, rounded down."""
    if duration is None:
        return ""
    seconds = int(duration.total_seconds() if isinstance(duration, timedelta) else duration)
    if seconds < MINUTE:
        return _("kurang dari 1 menit")
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    parts = []
    if hours:
        parts.append(ngettext("%(hours)d jam", "%(hours)d jam", hours) % {"hours": hours})
    if minutes:
        parts.append(
            ngettext("%(minutes)d menit", "%(minutes)d menit", minutes) % {"minutes": minutes}
        )
    return " ".join(parts)


def is_english() -> bool:
    """Tell whether the page speaks English, whose figures are written another way."""
    return (get_language() or "").startswith("en")
