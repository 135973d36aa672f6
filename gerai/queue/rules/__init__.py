"""The published order of calling as data, whom it calls next, and how a day is measured. Pure."""

from gerai.queue.rules.bounds import most_later_ones, others_before
from gerai.queue.rules.checks import House, problems_of
from gerai.queue.rules.choosing import (
    Choice,
    Head,
    LineTurns,
    after_call,
    choose,
    undone,
)
from gerai.queue.rules.document import (
    BOUNDS,
    GROUPS,
    HOWS,
    LANGUAGES,
    BadDocument,
    CallRule,
    Limit,
    Plan,
    Problem,
    Route,
    Share,
    Skill,
    dump,
    parse,
)
from gerai.queue.rules.leaving import Coming, HourWait, PastWait, arrivals, by_hour, calmest
from gerai.queue.rules.promises import LEAST_JUDGED, Tally, Verdict, verdict
from gerai.queue.rules.waits import (
    Durations,
    Expectation,
    Spans,
    Stay,
    durations,
    overlap,
)
from gerai.queue.rules.working import Pause, WorkingDay

__all__ = [
    "BOUNDS",
    "GROUPS",
    "HOWS",
    "LANGUAGES",
    "LEAST_JUDGED",
    "BadDocument",
    "CallRule",
    "Choice",
    "Coming",
    "Durations",
    "Expectation",
    "Head",
    "HourWait",
    "House",
    "Limit",
    "LineTurns",
    "PastWait",
    "Pause",
    "Plan",
    "Problem",
    "Route",
    "Share",
    "Skill",
    "Spans",
    "Stay",
    "Tally",
    "Verdict",
    "WorkingDay",
    "after_call",
    "arrivals",
    "by_hour",
    "calmest",
    "choose",
    "dump",
    "durations",
    "most_later_ones",
    "others_before",
    "overlap",
    "parse",
    "problems_of",
    "undone",
    "verdict",
]
