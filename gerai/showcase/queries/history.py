"""The mall's own course: the dated steps on its website, and the region it serves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gerai.malls.scope import current_mall
from gerai.newsroom.queries.sites import mall_site
from gerai.showcase.shape import n
from gerai.website.models import InfoPage

MOST_STEPS = 8
LEFT, RIGHT = 60.0, 740.0
BASE = 205.0


@dataclass(frozen=True)
class HistoryStep:
    """A dated step of the mall's history. x, y: its diamond; is_up: its words stand above."""

    on: date
    title: str
    text: str
    source: str
    x: str
    is_up: bool

    @property
    def tick(self) -> str:
        """Return where the line to its words ends."""
        return n(BASE - 34 if self.is_up else BASE + 34)


@dataclass(frozen=True)
class History:
    """The steps in order, and how many there are beyond those that fit."""

    steps: tuple[HistoryStep, ...]
    left_out: int
    days_to_open: int | None

    @property
    def base(self) -> str:
        """Return the height of the line."""
        return n(BASE)


def history() -> History:
    """Return the timeline of the published pages of the mall's website."""
    found = sorted(_milestones(), key=lambda step: step["on"])
    shown = found[:MOST_STEPS]
    step = (RIGHT - LEFT) / max(len(shown), 1)
    opened = current_mall().opened_on
    days = (opened - shown[0]["on"]).days if opened and shown else None
    return History(
        steps=tuple(
            HistoryStep(
                on=each["on"],
                title=each["title"],
                text=each["text"],
                source=each["source"],
                x=n(LEFT + step * (place + 0.5)),
                is_up=place % 2 == 0,
            )
            for place, each in enumerate(shown)
        ),
        left_out=len(found) - len(shown),
        days_to_open=days if days is not None and days > 0 else None,
    )


def _milestones() -> list[Any]:
    site = mall_site()
    if site is None:
        return []
    pages = InfoPage.objects.child_of(site.home).live().order_by("path")
    return [
        milestone
        for page in pages
        for block in page.body
        if block.block_type == "timeline"
        for milestone in block.value["steps"]
    ]
