"""The measures of the mall in scope, beside those of others, over time, and the gaps."""

from gerai.insights.queries.comparing import (
    MOST_CHOSEN,
    Beside,
    Candidate,
    Cell,
    Row,
    beside,
    candidates,
    chosen_models,
    identity_of,
    is_sharing,
    read_values,
    sharing_malls,
)
from gerai.insights.queries.drawing import Bullet, Radar, bullets, radar
from gerai.insights.queries.gaps import Gap, gaps
from gerai.insights.queries.history import over_time
from gerai.insights.queries.measuring import DAYS, in_days, measured, recent, standing, waits
from gerai.insights.queries.words import (
    DIRECTIONS,
    compared,
    counted_word,
    figure,
    interval,
    said,
    uncertainty,
)

__all__ = [
    "DAYS",
    "DIRECTIONS",
    "MOST_CHOSEN",
    "Beside",
    "Bullet",
    "Candidate",
    "Cell",
    "Gap",
    "Radar",
    "Row",
    "beside",
    "bullets",
    "candidates",
    "chosen_models",
    "compared",
    "counted_word",
    "figure",
    "gaps",
    "identity_of",
    "in_days",
    "interval",
    "is_sharing",
    "measured",
    "over_time",
    "radar",
    "read_values",
    "recent",
    "said",
    "sharing_malls",
    "standing",
    "uncertainty",
    "waits",
]
