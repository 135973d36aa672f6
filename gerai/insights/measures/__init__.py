"""THE MEASURES OF A MALL: what each means, how it is estimated, and when two may be told apart.

Every measure is defined here and nowhere else. A change of what a measure means is a new
`version`; values of different versions are never compared. Nothing is shrunk towards other
malls: a mall with few observations is left without a figure (`least`) instead of being given
a borrowed one. Pure: no Django. Explained for people in docs/reference/measures.md.
"""

from gerai.insights.measures.definitions import (
    MEASURES,
    UNCERTAINTY,
    Direction,
    Measure,
    Method,
    measure_of,
)
from gerai.insights.measures.intervals import (
    Tally,
    mean_interval,
    poisson,
    quantile,
    quantile_interval,
    quantile_ranks,
    spread_of_days,
    student,
)
from gerai.insights.measures.making import (
    count_value,
    exact_value,
    satisfaction_value,
    share_value,
    volume_value,
    wait_value,
)
from gerai.insights.measures.values import (
    BadValue,
    Detail,
    Value,
)
from gerai.insights.measures.verdicts import (
    Verdict,
    distance,
    is_behind,
    share_of_best,
    verdict,
)
from gerai.waits.rules import Interval, wilson

__all__ = [
    "MEASURES",
    "UNCERTAINTY",
    "BadValue",
    "Detail",
    "Direction",
    "Interval",
    "Measure",
    "Method",
    "Tally",
    "Value",
    "Verdict",
    "count_value",
    "distance",
    "exact_value",
    "is_behind",
    "mean_interval",
    "measure_of",
    "poisson",
    "quantile",
    "quantile_interval",
    "quantile_ranks",
    "satisfaction_value",
    "share_of_best",
    "share_value",
    "spread_of_days",
    "student",
    "verdict",
    "volume_value",
    "wait_value",
    "wilson",
]
