"""Which agency sits where, and the floor plan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from gerai.directory.models import Agency, Counter, CounterShare, Floor, Zone


def agencies_at(counter: Counter, day: date) -> list[Agency]:
    """Return the active agencies that sit at a counter on a day, by name."""
    return list(
        Agency.objects.filter(
            is_active=True, shares__counter=counter, shares__weekday=day.weekday()
        ).order_by("short_name")
    )


def counters_of(agency: Agency, day: date) -> list[Counter]:
    """Return the active counters at which an agency sits on a day, in their order."""
    return list(
        Counter.objects.filter(
            is_active=True, shares__agency=agency, shares__weekday=day.weekday()
        ).order_by("position", "code")
    )


@dataclass(frozen=True)
class CounterOnPlan:
    """A counter with the active agencies of each weekday (0 = Monday)."""

    counter: Counter
    by_weekday: dict[int, list[Agency]]

    @property
    def agencies(self) -> list[Agency]:
        """Return everybody who sits here on some day, each once, by name."""
        unique = {agency.pk: agency for day in self.by_weekday.values() for agency in day}
        return sorted(unique.values(), key=lambda agency: agency.short_name)

    @property
    def label(self) -> str:
        """Return what fits into the drawing: the agencies in a few letters."""
        names = ", ".join(agency.short_name for agency in self.agencies)
        # A counter 60 units wide holds some nine small letters.
        room = max(self.counter.width // 7, 4)
        return names if len(names) <= room else f"{names[: room - 1].rstrip(' ,')}…"


@dataclass(frozen=True)
class FloorPlan:
    """A floor as it is drawn: zones, and counters with who sits there."""

    floor: Floor
    zones: list[Zone]
    counters: list[CounterOnPlan]


def floor_plan(floor: Floor) -> FloorPlan:
    """Return the plan of a floor, in three queries."""
    counters = list(
        Counter.objects.filter(zone__floor=floor)
        .select_related("zone")
        .order_by("position", "code")
    )
    shares = (
        CounterShare.objects.filter(counter__in=counters, agency__is_active=True)
        .select_related("agency")
        .order_by("agency__short_name")
    )
    seats: dict[int, dict[int, list[Agency]]] = defaultdict(lambda: defaultdict(list))
    for share in shares:
        seats[share.counter_id][share.weekday].append(share.agency)
    return FloorPlan(
        floor=floor,
        zones=list(Zone.objects.filter(floor=floor).order_by("code")),
        counters=[CounterOnPlan(counter, dict(seats[counter.pk])) for counter in counters],
    )
