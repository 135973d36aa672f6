"""The national calendar: public holidays and joint leave as the ministers decreed them.

Every year three ministers (religion, manpower, state apparatus) sign one joint decree, the
*SKB 3 Menteri*, with two lists: national holidays (*libur nasional*) and joint leave (*cuti
bersama*). The days come from the library ``holidays``; what the library does not know, namely
which decree set a day and since when it was in force, stands in ``DECREES``.

Pure: no clock, no database. See docs/reference/calendar.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

import holidays
from holidays.countries.indonesia import Indonesia

ESTIMATE_MARK = "(perkiraan)"


class Kind(StrEnum):
    """The two lists of the joint decree."""

    NATIONAL_HOLIDAY = "libur_nasional"
    JOINT_LEAVE = "cuti_bersama"


@dataclass(frozen=True)
class Decree:
    """One joint decree: either the list of a year, or an amendment of it.

    numbers: as printed, in the order religion, manpower, state apparatus.
    adds: the days which an amendment put into the list; empty for the first decree of a year.
    is_verified: two independent publications agree about numbers and date of signing.
    """

    year: int
    numbers: str
    signed_on: date
    source: str
    is_verified: bool
    adds: tuple[tuple[date, Kind], ...] = ()


@dataclass(frozen=True)
class NationalDay:
    """One day of the national calendar.

    provisional: the date is computed or still awaits the minister of religion; the name of a
    computed date ends in "(perkiraan)".
    in_force_since: the day the decree was signed; None where no decree is recorded here.
    """

    on: date
    name: str
    kind: Kind
    provisional: bool
    in_force_since: date | None
    source: str


class UnknownYear(ValueError):
    """The calendar of that year cannot be given."""


class UnknownHistory(ValueError):
    """The days of that year are known, but not since when each was in force."""


# Signed and published: see docs/reference/calendar.md for the addresses.
DECREES: tuple[Decree, ...] = (
    Decree(
        2024,
        "855/2023, 3/2023, 4/2023",
        date(2023, 9, 12),
        "https://www.jpnn.com/news/ini-jadwal-hari-libur-nasional-dan-cuti-bersama-2024",
        is_verified=True,
    ),
    Decree(
        2025,
        "1017/2024, 2/2024, 2/2024",
        date(2024, 10, 14),
        "https://menpan.go.id/site/berita-foto/"
        "penandatanganan-skb-hari-libur-nasional-dan-cuti-bersama-2025",
        is_verified=True,
    ),
    Decree(
        2025,
        "933/2025, 1/2025, 3/2025",
        date(2025, 8, 7),
        "https://fajar.co.id/2025/08/08/"
        "presiden-prabowo-resmi-tetapkan-18-agustus-sebagai-cuti-bersama-nasional/",
        is_verified=True,
        adds=((date(2025, 8, 18), Kind.JOINT_LEAVE),),
    ),
    Decree(
        2026,
        "1497/2025, 2/2025, 5/2025",
        date(2025, 9, 19),
        "https://setneg.go.id/baca/index/inilah_skb_3_menteri_libur_nasional_dan_cuti_bersama_2026",
        is_verified=True,
    ),
    Decree(
        2027,
        "1205/2026, 3/2026, 2/2026",
        date(2026, 9, 15),
        "https://setneg.go.id/baca/index/inilah_skb_3_menteri_libur_nasional_dan_cuti_bersama_2027",
        is_verified=True,
    ),
)

FIRST_YEAR = Indonesia.start_year
LAST_YEAR = Indonesia.end_year

_CATEGORIES = {
    Kind.NATIONAL_HOLIDAY: holidays.PUBLIC,
    Kind.JOINT_LEAVE: holidays.GOVERNMENT,
}
_VOTING = "Hari Pemilihan"
# The library's own wording is stiff only here.
_STIFF, _CLEAR = "Hari kedua dari Hari Raya Idul Fitri", "Hari Raya Idul Fitri hari kedua"
_UNDECREED = "perhitungan pustaka holidays"


def national_days(year: int, *, as_of: date | None = None) -> tuple[NationalDay, ...]:
    """Return the days of the joint decree of a year, by date, national holidays first.

    A date which is both kinds gives two entries. Voting days are set by other decrees: see
    ``voting_days``. as_of: the list as it was in force at the end of that day; before the year's
    first decree it is empty.

    :raises UnknownYear: when the year is outside FIRST_YEAR..LAST_YEAR
    :raises UnknownHistory: when as_of is given for a year without a recorded decree

    >>> [day.name for day in national_days(2025) if day.on == date(2025, 8, 18)]
    ['Cuti Bersama Hari Kemerdekaan Republik Indonesia']
    >>> [day for day in national_days(2025, as_of=date(2025, 8, 1)) if day.on == date(2025, 8, 18)]
    []
    """
    days = tuple(day for day in _library_days(year) if not day.name.startswith(_VOTING))
    if as_of is None:
        return days
    if not any(decree.year == year for decree in DECREES):
        raise UnknownHistory(year)
    return tuple(
        day for day in days if day.in_force_since is not None and day.in_force_since <= as_of
    )


def voting_days(year: int) -> tuple[NationalDay, ...]:
    """Return the national and regional voting days of a year, holidays by presidential decree.

    :raises UnknownYear: when the year is outside FIRST_YEAR..LAST_YEAR

    >>> [str(day.on) for day in voting_days(2024)]
    ['2024-02-14', '2024-11-27']
    """
    return tuple(
        NationalDay(
            on=day.on,
            name=day.name,
            kind=day.kind,
            provisional=day.provisional,
            in_force_since=None,
            source="keputusan presiden tentang hari pemungutan suara",
        )
        for day in _library_days(year)
        if day.name.startswith(_VOTING)
    )


def by_date(days: Iterable[NationalDay]) -> dict[date, NationalDay]:
    """Return one day per date; a national holiday stands before joint leave."""
    chosen: dict[date, NationalDay] = {}
    for day in days:
        standing = chosen.get(day.on)
        if standing is None or (standing.kind, day.kind) == (
            Kind.JOINT_LEAVE,
            Kind.NATIONAL_HOLIDAY,
        ):
            chosen[day.on] = day
    return chosen


def decree_of(year: int) -> Decree | None:
    """Return the first decree of a year, None where none is recorded."""
    return next((decree for decree in DECREES if decree.year == year and not decree.adds), None)


@cache
def _library_days(year: int) -> tuple[NationalDay, ...]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownYear(year)
    found = [
        _with_decree(on, name.replace(_STIFF, _CLEAR), kind)
        for kind, category in _CATEGORIES.items()
        for on, names in holidays.country_holidays(
            "ID", years=year, language="id", categories=(category,)
        ).items()
        for name in names.split(holidays.constants.HOLIDAY_NAME_DELIMITER)
    ]
    return tuple(sorted(found, key=lambda day: (day.on, day.kind is Kind.JOINT_LEAVE, day.name)))


def _with_decree(on: date, name: str, kind: Kind) -> NationalDay:
    decree = next(
        (decree for decree in DECREES if (on, kind) in decree.adds),
        decree_of(on.year),
    )
    return NationalDay(
        on=on,
        name=name,
        kind=kind,
        # After the last decree every day is a computation, also where the library is sure.
        provisional=ESTIMATE_MARK in name or on.year > DECREES[-1].year,
        in_force_since=decree.signed_on if decree else None,
        source=f"Keputusan Bersama 3 Menteri No. {decree.numbers}" if decree else _UNDECREED,
    )
