"""Half a year of visits, woven into a cloth."""

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.queue.models import Visit
from gerai.showcase.measures import Cell as Day
from gerai.showcase.measures import weave
from gerai.showcase.shape import n
from gerai.showcase.shape.cloth import Diamond, diamond
from gerai.showcase.shape.pulse import hill, thread

WEEKS = 26
FEW_VISITS = 30
CLOTH_LEFT, CLOTH_TOP, CLOTH_STEP = 16.0, 30.0, 28.1


@dataclass(frozen=True)
class WovenDay:
    """A day of the cloth."""

    day: Day
    shape: Diamond


@dataclass(frozen=True)
class Month:
    """Where a month begins on the cloth."""

    on: date
    x: str


@dataclass(frozen=True)
class Volumes:
    """Half a year of visits, woven day by day."""

    days: tuple[WovenDay, ...]
    months: tuple[Month, ...]
    weeks: tuple[tuple[date, int], ...]
    ridge: str
    ridge_line: str
    total: int
    per_day: int
    busiest: Day | None
    days_open: int
    last_weeks: int
    weeks_before: int

    @property
    def change(self) -> int | None:
        """Return by how many percent four weeks differ from the four before; None of too few."""
        if self.weeks_before < FEW_VISITS:
            return None
        return round(100 * (self.last_weeks - self.weeks_before) / self.weeks_before)


def volumes() -> Volumes:
    """Return how many came on each day of the last half year."""
    today = clock.local_day(clock.now(), current_mall().zone)
    since = today - timedelta(weeks=WEEKS)
    counts = dict(
        Visit.objects.filter(day__range=(since, today))
        .order_by()
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    cells = weave(counts, today=today, weeks=WEEKS)
    first = cells[0].on
    weekly: Tally[int] = Tally()
    for cell in cells:
        weekly[cell.week] += cell.count
    amounts = [weekly[week] for week in range(WEEKS)]
    room = {
        "left": CLOTH_LEFT - CLOTH_STEP / 2,
        "right": CLOTH_LEFT + CLOTH_STEP * (WEEKS - 0.5),
        "base": 286.0,
        "room": 54.0,
        "most": float(max(amounts) or 1),
    }
    busy = [cell for cell in cells if cell.count]
    # The query reaches back up to a week further than the cloth, which begins on a Monday.
    total = sum(amounts)
    span = timedelta(weeks=4)
    return Volumes(
        days=tuple(
            WovenDay(
                cell,
                diamond(
                    CLOTH_LEFT + CLOTH_STEP * cell.week,
                    CLOTH_TOP + CLOTH_STEP * cell.weekday,
                    CLOTH_STEP * 0.47,
                ),
            )
            for cell in cells
        ),
        months=tuple(
            Month(cell.on, n(CLOTH_LEFT + CLOTH_STEP * cell.week))
            for cell in cells
            if cell.on.day <= 7 and cell.weekday == 0  # noqa: PLR2004
        ),
        weeks=tuple((first + timedelta(weeks=week), amounts[week]) for week in range(WEEKS)),
        ridge=hill(amounts, **room),
        ridge_line=thread(amounts, **room),
        total=total,
        per_day=round(total / len(busy)) if busy else 0,
        busiest=max(busy, key=lambda cell: cell.count, default=None),
        days_open=len(busy),
        last_weeks=sum(count for day, count in counts.items() if today - span < day <= today),
        weeks_before=sum(
            count for day, count in counts.items() if today - 2 * span < day <= today - span
        ),
    )
