"""Which agency sits where, and the floor plan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.db.models import QuerySet

from gerai.directory.models import Agency, Counter, CounterShare, Floor, Zone
from gerai.directory.rules import Place, free_place, next_code

# Units of the plan's sheet: a small letter, and the height a zone's name takes.
LETTER_WIDTH = 7
LABEL_HEIGHT = 32


def agencies_at(counter: Counter, day: date) -> list[Agency]:
    """Return the active agencies that sit at a counter on a day, by name."""
    return list(sitting_at(counter.pk, day).order_by("short_name"))


def sitting_at(counter_key: int, day: date) -> QuerySet[Agency]:
    """Return the active agencies that sit at a counter on a day, to be asked further."""
    sitting: QuerySet[Agency] = Agency.objects.filter(
        is_active=True, shares__counter=counter_key, shares__weekday=day.weekday()
    )
    return sitting


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
    def lines(self) -> list[str]:
        """Return the agencies in at most two lines that fit into the drawing."""
        names = ", ".join(agency.short_name for agency in self.agencies)
        room = max(self.counter.width // LETTER_WIDTH, 4)
        first, *rest = wrap(names, room, break_long_words=False) or [""]
        second = [f"{rest[0]}…" if len(rest) > 1 else rest[0]] if rest else []
        return [
            line if len(line) <= room else f"{line[: room - 1]}…"
            for line in (first, *second)
            if line
        ]


@dataclass(frozen=True)
class ZoneLabel:
    """The name of a zone, where no counter hides it."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class FloorPlan:
    """A floor as it is drawn: zones, and counters with who sits there."""

    floor: Floor
    zones: list[Zone]
    labels: list[ZoneLabel]
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
    zones = list(Zone.objects.filter(floor=floor).order_by("code"))
    return FloorPlan(
        floor=floor,
        zones=zones,
        labels=[_label(zone, counters) for zone in zones],
        counters=[CounterOnPlan(counter, dict(seats[counter.pk])) for counter in counters],
    )


def place_of(row: Zone | Counter) -> Place:
    """Return where a zone or a counter stands on the plan."""
    return Place(row.x, row.y, row.width, row.height)


def place_for_a_zone(floor: Floor) -> Place | None:
    """Return a free place for one more zone of a floor, if there is one."""
    return free_place([place_of(zone) for zone in Zone.objects.filter(floor=floor)])


def code_for_a_counter() -> str:
    """Return the code that follows the mall's last counter."""
    return next_code(Counter.objects.order_by("position").values_list("code", flat=True))


def code_for_a_zone() -> str:
    """Return the code that follows the mall's zones."""
    codes = list(Zone.objects.order_by("pk").values_list("code", flat=True))
    return next_code(codes or ["Z0"])


def _label(zone: Zone, counters: list[Counter]) -> ZoneLabel:
    """Place a zone's name at its top, else its bottom, else its middle: where it is free."""
    bottom = zone.y + zone.height - LABEL_HEIGHT
    middle = zone.y + (zone.height - LABEL_HEIGHT) // 2
    taken = [
        (counter.y, counter.y + counter.height)
        for counter in counters
        if counter.zone_id == zone.pk
    ]
    free = (
        top
        for top in (zone.y, bottom, middle)
        if all(ends <= top or begins >= top + LABEL_HEIGHT for begins, ends in taken)
    )
    top = next(free, zone.y)
    return ZoneLabel(text=f"{zone.code} · {zone.name}", x=zone.x + 12, y=top + LABEL_HEIGHT // 2)
