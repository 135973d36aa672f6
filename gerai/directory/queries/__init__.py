"""What the mall is, as pages and screens ask it."""

from gerai.directory.queries.calendar import national_days_between, national_days_of
from gerai.directory.queries.devices import (
    ALIVE,
    PAIRING_VALID,
    device_with,
    devices,
    pairing_with,
    sample_device,
    zones,
)
from gerai.directory.queries.office import (
    Sizes,
    agencies,
    agencies_with_own_week,
    floors,
    officers,
    postings_of,
    seats_of,
    services,
    sizes,
    special_days,
    week_of,
)
from gerai.directory.queries.opening import opening_of, openings_of
from gerai.directory.queries.places import (
    CounterOnPlan,
    FloorPlan,
    agencies_at,
    counters_of,
    floor_plan,
)
from gerai.directory.queries.standards import published_standard, versions_of
from gerai.directory.queries.words import sentence

__all__ = [
    "ALIVE",
    "PAIRING_VALID",
    "CounterOnPlan",
    "FloorPlan",
    "Sizes",
    "agencies",
    "agencies_at",
    "agencies_with_own_week",
    "counters_of",
    "device_with",
    "devices",
    "floor_plan",
    "floors",
    "national_days_between",
    "national_days_of",
    "officers",
    "opening_of",
    "openings_of",
    "pairing_with",
    "postings_of",
    "published_standard",
    "sample_device",
    "seats_of",
    "sentence",
    "services",
    "sizes",
    "special_days",
    "versions_of",
    "week_of",
    "zones",
]
