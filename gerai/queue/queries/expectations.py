"""How long a wait is expected to be, learned from the line's own tickets.

What is learned changes every few minutes; people ahead, those called meanwhile, who is at a desk,
open counters, breaks and the closing hour are always those of the moment.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from django.db.models import Count, Q

from gerai import clock
from gerai.queue.models import Line, Ticket
from gerai.queue.queries.looking import NOT_IN_LINE, Learned, learned, midnight
from gerai.queue.rules import Expectation
from gerai.queue.states import AT_A_COUNTER, State
from gerai.waits.rules import Snapshot

SHORTEST_HIGH = 5


@dataclass(frozen=True)
class Asked:
    """A place in a line: people ahead, and the counters open there now."""

    line: Line
    ahead: int
    counters: int


@dataclass
class _Now:
    """People of a line today: how many came into it, and how many wait still."""

    came: int = 0
    waiting: int = 0


def expectations(asked: Sequence[Asked], day: date) -> list[Expectation]:
    """Return the expected wait of each place: in one query, in five where it looks again.

    Whoever finds a counter free is called at once; whoever is next may be called at any moment.
    """
    lines = {each.line.pk: each.line for each in asked}
    if not lines:
        return []
    known = learned(lines, day)
    now, busy = _now(lines, day)
    return [_expectation(each, day, known[each.line.pk], now[each.line.pk], busy) for each in asked]


def expectation(line: Line, day: date, ahead: int, counters: int) -> Expectation:
    """Return the expected wait of somebody with so many people ahead in a line."""
    return expectations([Asked(line, ahead, counters)], day)[0]


def _expectation(
    asked: Asked, day: date, known: Learned, line: _Now, busy: set[int]
) -> Expectation:
    moment, hours = clock.now(), known.today
    look = Snapshot(
        line=asked.line.pk,
        day=day.toordinal(),
        minute=hours.minutes_at(moment, midnight(day)),
        counters=asked.counters,
        waiting=line.waiting,
        called=line.came - line.waiting,
        issued=line.came,
        usual_minutes=asked.line.usual_minutes,
    )
    free = max(asked.counters - len(busy & known.counters), 0)
    said = known.estimator.expect(look, waiting=asked.ahead + 1 - free)
    low = said.low if asked.ahead else 0.0
    high = max(ceil(hours.waits(moment, said.high)), SHORTEST_HIGH)
    return Expectation(
        low_minutes=floor(hours.waits(moment, low)),
        high_minutes=high,
        middle_minutes=round(hours.waits(moment, said.middle)),
        over=hours.crossed(moment, high),
    )


def _now(lines: Iterable[int], day: date) -> tuple[dict[int, _Now], set[int]]:
    """Return line key → its people of a day; and the counters at which somebody is."""
    people: dict[int, _Now] = defaultdict(_Now)
    busy = set()
    tickets = Ticket.objects.filter(
        Q(line__in=list(lines)) | Q(state__in=sorted(AT_A_COUNTER)), day=day
    ).exclude(state__in=NOT_IN_LINE)
    rows = tickets.order_by().values("line", "state", "counter").annotate(people=Count("pk"))
    for row in rows:
        line = people[row["line"]]
        line.came += row["people"]
        line.waiting += row["people"] if row["state"] == State.WAITING else 0
        if row["state"] in AT_A_COUNTER:
            busy.add(row["counter"])
    return people, busy
