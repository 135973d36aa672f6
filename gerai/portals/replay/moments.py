"""Times and days as they stand in logs. Pure.

A moment is counted from the midnight of a day, because most logs name no day at all.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
# A log without days that goes on past midnight: an end so far before its start is of the next day.
LONGEST_ACROSS_MIDNIGHT = timedelta(hours=6)
QUIET_AT_LEAST = timedelta(hours=6)

_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,6})\d*)?)?"
)
_HALF = r"(?:\s*(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?:\s*(?:Z|UTC|[+-]\d{2}:?\d{2}))?"
_YEAR_FIRST = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
_DAY_FIRST = r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"
_TIME_ONLY = re.compile(_TIME + _HALF, re.IGNORECASE)
_DATES = tuple(re.compile(form) for form in (_YEAR_FIRST, _DAY_FIRST))
_BOTH = tuple(
    re.compile(rf"(?P<on>{form})[T\s]+(?P<at>{_TIME}{_HALF}){_ZONE}", re.IGNORECASE)
    for form in (_YEAR_FIRST, _DAY_FIRST)
)

Moment = tuple[date | None, timedelta]


def read_day(text: str) -> date | None:
    """Return the day of "2025-09-01" or "01/09/2025", a midnight behind it allowed; else None.

    >>> read_day("01/09/2025")
    datetime.date(2025, 9, 1)
    """
    bare = re.sub(r"[T\s]+0{1,2}:00(:00(\.0+)?)?$", "", text.strip())
    for form in _DATES:
        if match := form.fullmatch(bare):
            return _day(match)
    return None


def read_moment(text: str) -> Moment | None:
    """Return the day, if the text names one, and the time since its midnight; else None.

    >>> read_moment("08:00:10")
    (None, datetime.timedelta(seconds=28810))
    >>> read_moment("2025-09-01 08:12")
    (datetime.date(2025, 9, 1), datetime.timedelta(seconds=29520))
    """
    if match := _TIME_ONLY.fullmatch(text.strip()):
        time = _time(match)
        return None if time is None else (None, time)
    for form in _BOTH:
        if match := form.fullmatch(text.strip()):
            day, time = _day(match), _time(match)
            return None if day is None or time is None else (day, time)
    return None


def after(earlier: timedelta, later: timedelta) -> timedelta:
    """Return the later time of day, moved to the next day where midnight lies between the two.

    >>> after(timedelta(hours=23), timedelta(hours=1))
    datetime.timedelta(days=1, seconds=3600)
    """
    if later < earlier and later + DAY - earlier <= LONGEST_ACROSS_MIDNIGHT:
        return later + DAY
    return later


def night_begins(times: Sequence[timedelta], *, passes_midnight: bool) -> timedelta | None:
    """Return the first time of day of a line that works across midnight, None of an ordinary one.

    Its longest quiet part of the day lies between two of its times and not around midnight;
    and somebody's service passes midnight, or the file tells late times before early ones.

    times: of arrival, in the order of the file.
    """
    ordered = sorted(set(times))
    pauses = [(later - earlier, later) for earlier, later in pairwise(ordered)]
    if not pauses:
        return None
    longest, begins = max(pauses)
    around_midnight = ordered[0] + DAY - ordered[-1]
    if longest <= max(around_midnight, QUIET_AT_LEAST):
        return None
    late_first = any(earlier >= begins > later for earlier, later in pairwise(times))
    return begins if passes_midnight or late_first else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _time(match: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if half := match["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of a clock face
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the last of each
        return None
    part = int((match["part"] or "0").ljust(6, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=part)
