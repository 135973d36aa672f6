"""Small decisions about visits: the clock to answer, and the hours that hurt nobody."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate

HALF_HOUR = timedelta(minutes=30)
LONGEST_LOOK = 400  # days; a calendar without a working day must end, too
# So many days of a weekday's own count as much as what is known of all weekdays.
DAYS_TO_BELIEVE = 3
DAYS_TO_TRUST = 10
LEVELS = (0.01, 0.6, 0.9, 1.2, 1.6)
ANOTHER_THAT_DAY = 0.6
NOT_WISHED = 0.35
MOST_DAYS_OF_PROPOSALS = 45
# A mall may be open day and night; a delegation is received by day.
RECEIVES_FROM = time(8)
RECEIVES_UNTIL = time(16)

Hour = tuple[int, int]
"""Weekday (0 = Monday) and hour of the mall's clock."""


def working_day_after(day: date, days: int, *, is_working: Callable[[date], bool]) -> date:
    """Return the working day that lies so many working days after a day.

    >>> working_day_after(date(2026, 11, 27), 1, is_working=lambda on: on.weekday() < 5)
    datetime.date(2026, 11, 30)
    """
    for _ in range(LONGEST_LOOK):
        if days <= 0:
            break
        day += timedelta(days=1)
        days -= is_working(day)
    return day


def working_days_between(first: date, last: date, *, is_working: Callable[[date], bool]) -> int:
    """Return how many working days lie after the first day up to the last; negative backwards.

    >>> weekdays = lambda on: on.weekday() < 5
    >>> working_days_between(date(2026, 11, 26), date(2026, 11, 30), is_working=weekdays)
    2
    >>> working_days_between(date(2026, 11, 30), date(2026, 11, 26), is_working=weekdays)
    -2
    """
    if last < first:
        return -working_days_between(last, first, is_working=is_working)
    span = min((last - first).days, LONGEST_LOOK)
    return sum(is_working(first + timedelta(days=n)) for n in range(1, span + 1))


def half_hours(starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """Return the half hours by the clock that a span touches.

    >>> nine = datetime(2026, 12, 1, 9, 10)
    >>> [f"{each:%H.%M}" for each in half_hours(nine, nine + timedelta(minutes=50))]
    ['09.00', '09.30']
    """
    first = starts_at.replace(minute=starts_at.minute // 30 * 30, second=0, microsecond=0)
    found = []
    while first < ends_at:
        found.append(first)
        first += HALF_HOUR
    return found


def starts_of(starts_at: datetime, minutes: Sequence[int]) -> list[datetime]:
    """Return when each part begins if one follows the other.

    >>> [f"{each:%H.%M}" for each in starts_of(datetime(2026, 12, 1, 9), [10, 20, 45])]
    ['09.00', '09.10', '09.30']
    """
    before = accumulate(minutes, initial=0)
    return [starts_at + timedelta(minutes=done) for done, _ in zip(before, minutes, strict=False)]


@dataclass(frozen=True)
class UsualLoad:
    """How many visitors usually come, by weekday and hour, from the mall's own tickets.

    by_hour: expected visitors; mean: of all hours in which somebody came; days: observed.
    """

    by_hour: Mapping[Hour, float]
    mean: float
    days: int

    @property
    def is_thin(self) -> bool:
        """Tell whether so few days were seen that the figures are hardly more than a guess."""
        return self.days < DAYS_TO_TRUST

    def at(self, weekday: int, hour: int) -> float:
        """Return the visitors expected in an hour."""
        return self.by_hour.get((weekday, hour), 0.0)

    def knows(self, weekday: int) -> bool:
        """Tell whether this weekday was ever seen."""
        return any(day == weekday for day, _ in self.by_hour)

    def of_weekday(self, weekday: int) -> float:
        """Return the visitors expected on a weekday."""
        return sum(count for (day, _), count in self.by_hour.items() if day == weekday)

    def level(self, weekday: int, hour: int) -> int:
        """Return how busy an hour usually is against all hours: 0 nobody to 5 very."""
        return level_of(self.at(weekday, hour), self.mean)


def level_of(count: float, mean: float) -> int:
    """Return how much a count is against the mean, 0 to 5.

    >>> [level_of(count, 10) for count in (0, 3, 8, 10, 14, 30)]
    [0, 1, 2, 3, 4, 5]
    """
    if mean <= 0:
        return 0
    return sum(count / mean >= bound for bound in LEVELS)


def usual_load(counts: Mapping[Hour, int], days: Mapping[int, int]) -> UsualLoad:
    """Return the usual load from counts by weekday and hour and the days seen of each weekday.

    A weekday seen seldom leans on what is known of the same hour on all days.

    >>> load = usual_load({(0, 9): 40, (1, 9): 10}, {0: 4, 1: 1})
    >>> load.at(0, 9), load.at(1, 9), load.days
    (10.0, 10.0, 5)
    """
    seen = sum(days.values())
    if not seen:
        return UsualLoad({}, 0.0, 0)
    hours = sorted({hour for _, hour in counts})
    all_days = {hour: sum(counts.get((day, hour), 0) for day in days) / seen for hour in hours}
    by_hour = {
        (day, hour): (counts.get((day, hour), 0) + DAYS_TO_BELIEVE * all_days[hour])
        / (days[day] + DAYS_TO_BELIEVE)
        for day in days
        if days[day]
        for hour in hours
    }
    filled = [count for count in by_hour.values() if count > 0]
    return UsualLoad(by_hour, sum(filled) / len(filled) if filled else 0.0, seen)


@dataclass(frozen=True)
class FreeDay:
    """A day on which delegations may come: its hours, its breaks, what is booked already."""

    day: date
    opens: time
    closes: time
    breaks: tuple[tuple[time, time], ...] = ()
    taken: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A time for a visit. visitors: expected meanwhile; score: the less, the better."""

    day: date
    starts: time
    ends: time
    visitors: float
    level: int
    is_wished: bool
    is_alone: bool
    score: float


def propose(
    days: Iterable[FreeDay],
    minutes: int,
    load: UsualLoad,
    *,
    wished: Iterable[date] = (),
    most: int = 5,
) -> list[Proposal]:
    """Return the best time of each of the best days, the best first.

    Counts against a time: the visitors usually there against the mall's mean hour, another
    delegation on the same day, and that nobody wished for the day. Times that would run
    through a break or another visit, or outside the hours, are none.
    """
    wanted = frozenset(wished)
    best = [
        min(found, key=lambda each: (each.score, each.starts))
        for day in days
        if (found := _times_of(day, minutes, load, is_wished=day.day in wanted))
    ]
    return sorted(best, key=lambda each: (round(each.score, 6), each.day))[:most]


def _times_of(free: FreeDay, minutes: int, load: UsualLoad, *, is_wished: bool) -> list[Proposal]:
    found = []
    start = datetime.combine(free.day, max(free.opens, RECEIVES_FROM))
    start += (HALF_HOUR - timedelta(minutes=start.minute % 30)) % HALF_HOUR
    length = timedelta(minutes=minutes)
    while start + length <= datetime.combine(free.day, min(free.closes, RECEIVES_UNTIL)):
        ends = start + length
        span = (start.time(), ends.time())
        if not any(_overlap(span, other) for other in (*free.breaks, *free.taken)):
            found.append(_proposal(free, start, ends, load, is_wished=is_wished))
        start += HALF_HOUR
    return found


def _proposal(
    free: FreeDay, start: datetime, ends: datetime, load: UsualLoad, *, is_wished: bool
) -> Proposal:
    spans = half_hours(start, ends)
    visitors = sum(load.at(free.day.weekday(), each.hour) / 2 for each in spans)
    is_known = load.mean > 0 and load.knows(free.day.weekday())
    # What nobody has seen counts as neither quiet nor busy.
    against = visitors / (load.mean * len(spans) / 2) if is_known else 1.0
    score = against + ANOTHER_THAT_DAY * bool(free.taken) + NOT_WISHED * (not is_wished)
    level = max(level_of(against, 1.0), 1) if is_known else 0
    return Proposal(
        free.day,
        start.time(),
        ends.time(),
        visitors,
        level,
        is_wished,
        not free.taken,
        score,
    )


def _overlap(one: tuple[time, time], other: tuple[time, time]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def guest_key(name: str, institution: str) -> str:
    """Return a guest's name and institution as they are compared.

    >>> guest_key("  Contoh  SATU", "Dinas A") == guest_key("contoh satu", "DINAS A ")
    True
    """
    return "|".join(" ".join(part.casefold().split()) for part in (name, institution))


def region_key(words: str) -> str:
    """Return a region's name as it is compared.

    >>> region_key("Kab.  Soppeng "), region_key("KABUPATEN SOPPENG, Sulawesi Selatan")
    ('kabupaten soppeng', 'kabupaten soppeng, sulawesi selatan')
    """
    parts = words.casefold().replace("kab.", "kabupaten ").split()
    return " ".join("kabupaten" if part == "kab" else part for part in parts)


def regions_like(words: str, names: Mapping[str, str]) -> list[str]:
    """Return the codes of the regions that words may mean, an exact name alone.

    names: code → name of provinces ("73") and regencies ("73.12").

    >>> known = {"73": "Sulawesi Selatan", "73.12": "Kabupaten Soppeng"}
    >>> regions_like("kab soppeng", known), regions_like("soppeng, sulawesi selatan", known)
    (['73.12'], ['73.12'])
    """
    wanted, _, province = region_key(words).partition(",")
    wanted, province = wanted.strip(), province.strip()
    if not wanted:
        return []
    if wanted in names:
        return [wanted]
    found = [
        code
        for code, name in names.items()
        if wanted in region_key(name)
        and (not province or province in region_key(names.get(code[:2], "")))
    ]
    exact = [code for code in found if region_key(names[code]) == wanted]
    return exact or found
