"""Days and hours as papers write them, in the mall's own time."""

from datetime import date, datetime
from typing import Final

from gerai import clock
from gerai.malls.models import Mall

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


NOTHING: Final = "\N{EN DASH}"


def date_words(day: date) -> str:
    """Write a day without its weekday.

    >>> date_words(date(2022, 2, 10))
    '10 Februari 2022'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """Write a day with its weekday.

    >>> day_words(date(2022, 2, 10))
    'Kamis, 10 Februari 2022'
    """
    return f"{DAYS[day.weekday()]}, {date_words(day)}"


def local_day(moment: datetime, mall: Mall) -> date:
    """Return the day of a moment where the mall stands."""
    return clock.local_day(moment, mall.zone)


def hour_words(moment: datetime, mall: Mall) -> str:
    """Write the hour of a moment with the mall's zone, as in 09.05 WITA."""
    return f"{clock.local(moment, mall.zone):%H.%M} {mall.zone_label}"


def listed(parts: list[str]) -> str:
    """Write a list as running text.

    >>> listed(["a", "b", "c"]), listed(["a", "b"]), listed(["a"])
    ('a, b, dan c', 'a dan b', 'a')
    """
    *first, last = parts or [""]
    if not first:
        return last
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} dan {last}"
