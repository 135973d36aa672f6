"""What a plan rests on, and the document in which a row keeps it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gerai.planner.rules.demand import Flow, Work
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.trial import Hall

# A morning that is as busy again as the afternoon.
MORNING_WEIGHT: Final = 2
SPREAD_OF_A_GUESS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Assumed:
    """Who comes and who sits where now; nobody, where the mall is not yet founded.

    names: line → what people call it. services: line → of how many recorded services its times
    are, and days: of how many days; both empty where everything is assumed.
    """

    hall: Hall
    names: Mapping[str, str]
    services: Mapping[str, int]
    days: int = 0

    @property
    def has_staff(self) -> bool:
        """Tell whether present counters serve every line, so that their waits can be played."""
        return bool(self.hall.counters) and not self.hall.unserved_lines


def guessed(
    line: str,
    *,
    a_day: float,
    minutes: float,
    quarters: int,
    is_morning: bool,
    priority_share: float = 0.0,
    absent_share: float = 0.0,
) -> Flow:
    """Return people who are only assumed: spread evenly, or twice as many before noon."""
    weights = [
        MORNING_WEIGHT if is_morning and quarter < quarters / 2 else 1
        for quarter in range(quarters)
    ]
    return Flow(
        works=(Work(line, minutes * 60, SPREAD_OF_A_GUESS),),
        per_quarter=tuple(a_day * weight / sum(weights) for weight in weights),
        priority_share=priority_share,
        absent_share=absent_share,
    )


def dump(assumed: Assumed) -> dict[str, Any]:
    """Return the document of JSON values."""
    return {
        "quarters": assumed.hall.quarters,
        "names": dict(assumed.names),
        "services": dict(assumed.services),
        "days": assumed.days,
        "flows": [
            {
                "works": [[work.service, work.mean_s, work.spread] for work in flow.works],
                "per_quarter": list(flow.per_quarter),
                "priority": flow.priority_share,
                "absent": flow.absent_share,
                "patience_s": flow.patience_s,
            }
            for flow in assumed.hall.flows
        ],
        "counters": [
            [each.name, sorted(each.services), [list(shift) for shift in each.shifts]]
            for each in assumed.hall.counters
        ],
    }


def parse(document: Mapping[str, Any]) -> Assumed:
    """Return what `dump` wrote."""
    flows = tuple(
        Flow(
            works=tuple(Work(*work) for work in flow["works"]),
            per_quarter=tuple(flow["per_quarter"]),
            priority_share=flow["priority"],
            absent_share=flow["absent"],
            patience_s=flow["patience_s"],
        )
        for flow in document["flows"]
    )
    counters = tuple(
        Counter(name, frozenset(services), tuple((begin, end) for begin, end in shifts))
        for name, services, shifts in document["counters"]
    )
    return Assumed(
        hall=Hall(flows, counters, document["quarters"]),
        names=document["names"],
        services=document["services"],
        days=document["days"],
    )
