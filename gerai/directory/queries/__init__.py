"""What the mall is, as pages and screens ask it."""

from gerai.directory.queries.calendar import national_days_between
from gerai.directory.queries.devices import (
    PAIRING_VALID,
    device_with,
    devices,
    pairing_with,
    sample_device,
    zones,
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
    "PAIRING_VALID",
    "CounterOnPlan",
    "FloorPlan",
    "agencies_at",
    "counters_of",
    "device_with",
    "devices",
    "floor_plan",
    "national_days_between",
    "opening_of",
    "openings_of",
    "pairing_with",
    "published_standard",
    "sample_device",
    "sentence",
    "versions_of",
    "zones",
]
