"""What the front page shows."""

from dataclasses import dataclass

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.hours import Opening
from gerai.directory.models import Floor
from gerai.directory.queries import FloorPlan
from gerai.newsroom.models import Article
from gerai.newsroom.queries.articles import latest
from gerai.newsroom.queries.sites import mall_site
from gerai.queue.queries.choices import AgencyChoice, agency_choices
from gerai.queue.queries.watch import LineWatch, watch
from gerai.website.models import HomePage

STORIES = 3
BUSIEST = 6


@dataclass(frozen=True)
class HomeNow:
    """The mall at this moment, for somebody at its door."""

    opening: Opening
    sentence: str
    agencies: list[AgencyChoice]
    busiest: list[LineWatch]
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
    return HomeNow(
        opening=opening,
        sentence=directory.sentence(opening),
        agencies=agency_choices(now),
        busiest=[line for line in seen.lines if line.now.waiting][:BUSIEST],
        waiting=sum(line.now.waiting for line in seen.lines),
        counters_open=seen.counters_open,
        counters_today=seen.counters_today,
        stories=latest(STORIES),
        floors=[directory.floor_plan(floor) for floor in Floor.objects.order_by("number")],
    )
