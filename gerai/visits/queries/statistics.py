"""Who came to learn, from where, what they asked, what they thought, and who founded a mall."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gerai import clock
from gerai.founding.queries.facts import founded_regions
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.visits.models import Impression, KnownMall, Question, Visit
from gerai.visits.shape import Tile, drawn, province_of
from gerai.visits.similarity import Gist, alikeness, gist_of
from gerai.visits.states import State

CAME = (State.RECEIVED, State.CLOSED)
ALIKE = 72.0  # of 100: two questions that are the same in other words
MOST_COMPARED = 400
MOST_QUESTIONS = 20


@dataclass(frozen=True)
class YearRow:
    """A year: how many visits and guests."""

    year: int
    visits: int
    guests: int


@dataclass(frozen=True)
class Founded:
    """A mall that a region began or opened after it had come to learn."""

    on: date
    is_open: bool


@dataclass(frozen=True)
class RegionRow:
    """A region that came: how often, how many, and the mall it has founded since."""

    code: str
    name: str
    visits: int
    guests: int
    founded: Founded | None


@dataclass(frozen=True)
class AskedRow:
    """A question with how often it was asked, in whatever words."""

    text: str
    count: int


@dataclass(frozen=True)
class RatingRow:
    """One of the four ratings with how many gave it."""

    rating: int
    count: int


@dataclass(frozen=True)
class ProvinceRow:
    """A province on the map, in words."""

    code: str
    name: str
    malls: int
    visits: int


@dataclass(frozen=True)
class Statistics:
    """All figures of one page; those of a year, or of all years."""

    visits: int
    guests: int
    regions: tuple[RegionRow, ...]
    years: tuple[YearRow, ...]
    questions: tuple[AskedRow, ...]
    question_count: int
    ratings: tuple[RatingRow, ...]

    @property
    def rated(self) -> int:
        """How many guests gave a rating."""
        return sum(row.count for row in self.ratings)

    @property
    def mean(self) -> float | None:
        """The mean rating, None where nobody rated."""
        total = sum(row.rating * row.count for row in self.ratings)
        return total / self.rated if self.rated else None

    @property
    def founded(self) -> int:
        """How many of the regions founded a mall afterwards."""
        return sum(row.founded is not None for row in self.regions)


def statistics(year: int | None = None) -> Statistics:
    """Return the figures of a year, or of all years."""
    all_that_came = _came()
    came = [visit for visit in all_that_came if year is None or visit.year == year]
    keys = [visit.pk for visit in came]
    ratings = Counter(
        Impression.objects.filter(visit__in=keys, rating__isnull=False)
        .order_by()
        .values_list("rating", flat=True)
    )
    texts = list(
        Question.objects.filter(visit__in=keys).order_by("pk").values_list("text", flat=True)
    )
    return Statistics(
        visits=len(came),
        guests=sum(visit.guests for visit in came),
        regions=_regions(came, _founded_after(all_that_came)),
        years=_years(all_that_came),
        questions=grouped(texts)[:MOST_QUESTIONS],
        question_count=len(texts),
        ratings=tuple(RatingRow(step, ratings[step]) for step in range(4, 0, -1)),
    )


@dataclass(frozen=True)
class Came:
    """A visit that took place."""

    pk: int
    day: date
    region_code: str
    region_name: str
    guests: int

    @property
    def year(self) -> int:
        """The year of the visit."""
        return self.day.year


def _came() -> list[Came]:
    rows = (
        Visit.objects.filter(state__in=CAME, starts_at__isnull=False)
        .annotate(here=Count("guests", filter=Q(guests__checked_in_at__isnull=False)))
        .order_by("starts_at", "pk")
        .values_list("pk", "starts_at", "relation__region_code", "relation__region_name", "here")
    )
    zone = current_mall().zone
    return [
        Came(pk, clock.local_day(starts_at, zone), code, name, here)
        for pk, starts_at, code, name, here in rows
        if starts_at is not None
    ]


def _years(came: Sequence[Came]) -> tuple[YearRow, ...]:
    visits = Counter(visit.year for visit in came)
    guests: Counter[int] = Counter()
    for visit in came:
        guests[visit.year] += visit.guests
    if not visits:
        return ()
    span = range(min(visits), max(visits) + 1)
    return tuple(YearRow(year, visits[year], guests[year]) for year in span)


def _founded_after(came: Sequence[Came]) -> dict[str, Founded]:
    """Return by region the mall that it opened, or began to found, after its first visit."""
    first: dict[str, date] = {}
    for visit in came:
        first.setdefault(visit.region_code, visit.day)
    found = {}
    for code, (_name, began_on, opened_on) in founded_regions().items():
        if code in first and began_on >= first[code]:
            found[code] = Founded(opened_on or began_on, opened_on is not None)
    opened = KnownMall.objects.filter(region_code__in=first, opened_on__isnull=False)
    for mall in opened:
        if mall.opened_on and mall.opened_on >= first[mall.region_code]:
            found.setdefault(mall.region_code, Founded(mall.opened_on, is_open=True))
    return found


def _regions(came: Sequence[Came], founded: dict[str, Founded]) -> tuple[RegionRow, ...]:
    by_code: dict[str, list[Came]] = defaultdict(list)
    for visit in came:
        by_code[visit.region_code].append(visit)
    rows = [
        RegionRow(
            code,
            visits[-1].region_name,
            len(visits),
            sum(visit.guests for visit in visits),
            founded.get(code),
        )
        for code, visits in by_code.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.visits, -row.guests, row.code)))


def grouped(texts: Sequence[str]) -> tuple[AskedRow, ...]:
    """Return questions with how often each was asked, those in other words counted with it."""
    heads: dict[str, Gist] = {}
    counts: Counter[str] = Counter()
    for text, count in Counter(texts).most_common(MOST_COMPARED):
        gist = gist_of(text)
        like = next((head for head, of in heads.items() if alikeness(of, gist) >= ALIKE), None)
        if like is None:
            heads[text] = gist
        counts[like or text] += count
    return tuple(AskedRow(text, count) for text, count in counts.most_common())


@dataclass(frozen=True)
class MallMap:
    """The map of known malls, as tiles and as a table."""

    tiles: list[Tile]
    provinces: list[ProvinceRow]
    malls: int


def mall_map() -> MallMap:
    """Return the known malls by province, and where guests came from."""
    malls = Counter(
        province_of(code) for code in KnownMall.objects.values_list("region_code", flat=True)
    )
    came = Visit.objects.filter(state__in=CAME, starts_at__isnull=False).order_by()
    guests = Counter(
        province_of(code) for code in came.values_list("relation__region_code", flat=True)
    )
    names = region_names()
    tiles = drawn(malls, guests=frozenset(guests))
    rows = [
        ProvinceRow(tile.code, names[tile.code], tile.count, guests[tile.code]) for tile in tiles
    ]
    return MallMap(tiles, rows, sum(malls.values()))
