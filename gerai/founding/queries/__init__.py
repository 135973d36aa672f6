"""What is known of a founding."""

from gerai.founding.queries.agencies import Joining, joining
from gerai.founding.queries.facts import (
    facts,
    founded_regions,
    founding_of,
    mall_founded_for,
    today,
)
from gerai.founding.queries.readiness import StageReadiness, lacks_before_opening, readiness
from gerai.founding.queries.schedule import Row, Schedule, schedule

__all__ = [
    "Joining",
    "Row",
    "Schedule",
    "StageReadiness",
    "facts",
    "founded_regions",
    "founding_of",
    "joining",
    "lacks_before_opening",
    "mall_founded_for",
    "readiness",
    "schedule",
    "today",
]
