"""Which days can be told, and which of them guests may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import TruncDate

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.queue.models import Desk, Ticket
from gerai.queue.queries.boards import today
from gerai.story.models import MOST_DAYS, Showing


def showing() -> Showing:
    """Return what the mall in scope shows; not stored where it never said so."""
    return Showing.objects.first() or Showing(mall=current_mall())


def past_days(count: int) -> list[date]:
    """Return the last days that are over and on which counters called, the newest first."""
    zone = current_mall().zone
    begins = clock.at(today(), 0, 0, zone)
    desks = Desk.objects.filter(opened_at__lt=begins)
    opened = desks.annotate(on=TruncDate("opened_at", tzinfo=clock.zone_of(zone)))
    # Some days may have had counters but nobody who came.
    days = opened.order_by("-on").values_list("on", flat=True).distinct()[: count + 10]
    called = Ticket.objects.filter(day__in=list(days), times_called__gt=0)
    return sorted(set(called.values_list("day", flat=True)), reverse=True)[:count]


@dataclass(frozen=True)
class Days:
    """What somebody may see. days: past ones, the newest first; first: what is shown first."""

    days: tuple[date, ...]
    has_today: bool
    first: date | None

    def has(self, day: date) -> bool:
        """Tell whether a day may be seen."""
        return day in self.days or (self.has_today and day == today())


NOTHING = Days((), has_today=False, first=None)


def days_for(*, is_staff: bool) -> Days:
    """Return the days that somebody may see.

    is_staff: may choose what guests see, and so looks at everything there is.
    """
    rule = showing()
    if not rule.is_public and not is_staff:
        return NOTHING
    days = past_days(MOST_DAYS if is_staff else rule.last_days)
    chosen = rule.chosen_day
    if chosen is not None and chosen not in days and _is_told(chosen):
        days = sorted([*days, chosen], reverse=True)
    first = chosen if chosen in days else (days[0] if days else None)
    return Days(tuple(days), has_today=rule.has_today or is_staff, first=first)


def _is_told(day: date) -> bool:
    return day < today() and Ticket.objects.filter(day=day, times_called__gt=0).exists()
