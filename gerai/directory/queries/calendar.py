"""The national calendar of a span of days."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from gerai.directory.national_days import (
    FIRST_YEAR,
    LAST_YEAR,
    NationalDay,
    by_date,
    national_days,
    voting_days,
)


def national_days_between(first: date, last: date) -> dict[date, NationalDay]:
    """Return one day per date for the years of a span; years nobody can compute give none."""
    days: dict[date, NationalDay] = {}
    for year in range(first.year, last.year + 1):
        days.update(_of_year(year))
    return days


def national_days_of(year: int) -> list[NationalDay]:
    """Return every day of a year's national calendar by date, voting days too."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return []
    return sorted((*national_days(year), *voting_days(year)), key=lambda day: day.on)


@cache
def _of_year(year: int) -> Mapping[date, NationalDay]:
    # The calendar of a year is code, not rows: it changes with a release only.
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return MappingProxyType({})
    return MappingProxyType(by_date((*national_days(year), *voting_days(year))))
