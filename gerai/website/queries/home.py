"""What the front page shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.hours import Opening
from gerai.directory.models import Floor
from gerai.directory.queries import FloorPlan
from gerai.newsroom.models import Article
from gerai.newsroom.queries.articles import latest
from gerai.newsroom.queries.sites import mall_site
from gerai.queue.queries.boards import LineNow
from gerai.queue.queries.choices import AgencyChoice, agency_choices
from gerai.queue.queries.watch import LineWatch, watch
from gerai.website.models import HomePage
from gerai.website.queries.lights import Light, MallLight, mall_light

STORIES = 3
BUSIEST = 6


@dataclass(frozen=True)
class HomeLine:
    """A line with people in it. light: None where nobody calls."""

    now: LineNow
    light: Light | None


@dataclass(frozen=True)
class HomeNow:
    """The mall at this moment, for somebody at its door."""

    opening: Opening
    sentence: str
    agencies: list[AgencyChoice]
    light: MallLight | None
    busiest: list[HomeLine]
    waiting: int
    counters_open: int
    counters_today: int
    stories: list[Article]
    floors: list[FloorPlan]


def home_page() -> HomePage | None:
    """Return the front page of the mall in scope as its editors wrote it, if it has one."""
    site = mall_site()
    found: HomePage | None = HomePage.objects.filter(pk=site.home_id).first() if site else None
    return found


def home_now() -> HomeNow:
    """Return what the front page of the mall in scope says now."""
    now = clock.now()
    opening = directory.opening_of(None, now)
    seen = watch()
    lights = [light for line in seen.lines if (light := _light(line)) is not None]
    return HomeNow(
        opening=opening,
        sentence=directory.sentence(opening),
        agencies=agency_choices(now),
        light=mall_light(lights),
        busiest=_busiest(seen.lines),
        waiting=sum(line.now.waiting for line in seen.lines),
        counters_open=seen.counters_open,
        counters_today=seen.counters_today,
        stories=latest(STORIES),
        floors=[directory.floor_plan(floor) for floor in Floor.objects.order_by("number")],
    )


def _light(line: LineWatch) -> Light | None:
    return Light(line.expectation, line.now.line) if line.now.counters_open else None


def _busiest(lines: Iterable[LineWatch]) -> list[HomeLine]:
    busy = [line for line in lines if line.now.waiting]
    return [HomeLine(line.now, _light(line)) for line in busy[:BUSIEST]]
