"""Dates as Indonesian news sites write them.

The library dateparser was tried and not taken: it fills what was not stated ("2024" becomes a
day), takes "1" or "kemarin" for dates, does not hold "Rabu (20/04)" against its weekday, and
knows no "Jum'at, 11 Februari 2022 | 14.05 WIB".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from gerai.newsroom.reading.stories import Precision

OLDEST = date(1990, 1, 1)
# The clock of a publisher may be ahead of the mall's.
AHEAD = timedelta(days=1)
# Weekday, day and month meet again after 5, 6 or 11 years, 29 February after 28.
_YEARS_BACK = 28
# A report tells of what just happened: an older match is a slip of the pen.
_NEWS_DAYS = 400
_WIB_HOURS = 7
_INDONESIAN_HOURS = range(7, 10)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb febr",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agust",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin sen monday mon",
            "selasa sel tuesday tue tues",
            "rabu rab wednesday wed",
            "kamis kam thursday thu thur thurs",
            "jumat jum'at jum friday fri",
            "sabtu sab saturday sat",
            "minggu ahad min sunday sun",
        )
    )
    for name in names.split()
}

_MONTH = rf"(?P<month_name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b\.?"
_TIME = (
    r"(?:\s*(?:[T,|•·\u2013\u2014-]|pukul|jam|at)?\s*){1,3}(?P<hour>[0-2]?\d)[:.][0-5]\d(?:[:.][0-5]\d)?"
    r"(?:\.\d{1,9})?\s*(?P<half>[ap]m\b)?"
    r"\s*\(?(?P<zone>WIB|WITA|WIT|GMT|UTC|Z|[+-]\d{2}:?\d{2})?\)?"
)
_FORMS = [
    re.compile(rf"(?:{_WEEKDAY}\s*[,/]?\s*)?\(?{form}\)?(?:{_TIME})?\s*\.?", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
        rf"(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    )
] + [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+(?P<year>\d{{4}})",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<year>\d{4})",
    )
]
_PREFIX = re.compile(
    r"(?:tanggal|terbit|diterbitkan|dipublikasikan|published|posted|diposting|updated|diperbarui)"
    r"(?:\s+(?:on|pada))?\s*:?\s+",
    re.IGNORECASE,
)

_DAY_AND_MONTH = (
    rf"(?P<day>\d{{1,2}})(?:\s*[/-]\s*(?P<month>\d{{1,2}})\b|\s+{_MONTH})"
    r"(?:\s*[/-]?\s*(?P<year>\d{4}|\d{2}(?=\s*\))))?"
)
_EVENT = re.compile(
    rf"\b{_WEEKDAY}\s*(?:\w+\s*)?,?\s*(?:tanggal\s+)?\(?\s*{_DAY_AND_MONTH}(?![\d/])", re.IGNORECASE
)
_TOLD_DAY = re.compile(
    rf"\bpada\s+(?:tanggal\s+)?(?P<day>\d{{1,2}})\s+{_MONTH}\s+(?P<year>\d{{4}})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Day:
    """A date with how much of it was stated."""

    on: date
    precision: Precision = Precision.DAY

    def last(self) -> date:
        """Return the last day that it may mean."""
        if self.precision is Precision.YEAR:
            return date(self.on.year, 12, 31)
        if self.precision is Precision.MONTH:
            return (self.on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return self.on


def read_day(text: str, today: date) -> Day | None:
    """Return the date that a text consists of, or None if it is none, too old or yet to come.

    A time of day in a foreign zone is counted as western Indonesian time.
    """
    found = _PREFIX.sub("", " ".join(_straight(text).split()), count=1)
    if len(found) > 80:  # noqa: PLR2004 - no date is longer
        return None
    for form in _FORMS:
        match = form.fullmatch(found)
        if match:
            day = _day_of(match.groupdict())
            if day is not None and OLDEST <= day.on <= today + AHEAD:
                return day
    return None


def event_day(paragraphs: list[str], published: Day | None, today: date) -> date | None:
    """Return the day a report tells about, None if it names none for certain.

    Without a year it is the newest one of that weekday, day and month up to the publication,
    or up to today. A weekday that contradicts its date makes the date uncertain.
    """
    for paragraph in paragraphs:
        for match in _EVENT.finditer(_straight(paragraph)):
            found = _resolved(match.groupdict(), published, today)
            if found is not None:
                return found
    for match in _TOLD_DAY.finditer(paragraphs[0] if paragraphs else ""):
        day = _day_of(match.groupdict())
        if day is not None and OLDEST <= day.on <= today + AHEAD:
            return day.on
    return None


def _resolved(parts: dict[str, str | None], published: Day | None, today: date) -> date | None:
    weekday = _WEEKDAYS[(parts["weekday"] or "").lower()]
    newest = min(published.last(), today) if published else today
    oldest = OLDEST
    if published and published.precision is Precision.DAY:
        oldest = published.on - timedelta(days=_NEWS_DAYS)
    if parts["year"]:
        day = _day_of(parts)
        fits = day is not None and day.on.weekday() == weekday and day.on >= OLDEST
        return day.on if day is not None and fits and day.on.year <= today.year + 1 else None
    for year in range(newest.year, max(newest.year - _YEARS_BACK, OLDEST.year) - 1, -1):
        day = _day_of(parts | {"year": str(year)})
        if day is not None and oldest <= day.on <= newest and day.on.weekday() == weekday:
            return day.on
    return None


def _day_of(parts: dict[str, str | None]) -> Day | None:
    year = parts["year"] or ""
    name = parts.get("month_name")
    month = _MONTHS[name.lower()] if name else int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    if (parts.get("month") and not month) or (parts.get("day") and not day):
        return None
    try:
        on = date(int(f"20{year}" if len(year) == 2 else year), month or 1, day or 1)  # noqa: PLR2004 - digits
        return Day(on + timedelta(days=_day_shift(parts)), precision)
    except (ValueError, OverflowError):
        return None


def _day_shift(parts: dict[str, str | None]) -> int:
    """Return by how many days a foreign time of day is another day in western Indonesia."""
    zone, hour = (parts.get("zone") or "").upper(), parts.get("hour")
    if not zone or not hour or zone.startswith("WI"):
        return 0
    hours = int(zone[:3]) if zone[0] in "+-" else 0
    if hours in _INDONESIAN_HOURS:
        return 0
    clock = int(hour) % 12 + 12 * (parts["half"] or "").lower().startswith("p")
    here = (clock if parts.get("half") else int(hour)) - hours + _WIB_HOURS
    return here // 24


def _straight(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x60: "'", 0xA0: " "})
