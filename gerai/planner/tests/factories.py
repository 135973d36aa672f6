"""Plans for tests."""

from datetime import timedelta
from typing import Any

import time_machine

from gerai import clock
from gerai.directory.models import Counter
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.planner import actions
from gerai.planner.models import Advice, Origin, Plan
from gerai.planner.rules import hall
from gerai.planner.rules.document import guessed
from gerai.planner.rules.staffing import Promise
from gerai.queue.actions import calling, serving
from gerai.queue.tests.factories import TEN, House, a_ticket

BY = audit.SYSTEM
QUARTERS = 16


def a_plan(*, staff: int = 2, a_day: float = 60, **fields: Any) -> Plan:
    """Ask for a plan of one line, from what is assumed: ten minutes each, open four hours."""
    flow = guessed("1", a_day=a_day, minutes=10, quarters=QUARTERS, is_morning=True)
    counters = [
        hall.Counter(f"1.{number}", frozenset({"1"}), ((0.0, QUARTERS * 900.0),))
        for number in range(staff)
    ]
    known: dict[str, Any] = {
        "name": "Rencana contoh",
        "origin": Origin.GUESS,
        "opens": 480,
        "quarters": QUARTERS,
        "promise": Promise(0.8, 900),
        "rupiah_per_hour": 30_000,
        "cost_source": "Contoh",
        "flows": [flow],
        "counters": counters,
        "names": {"1": "KTP"},
        "by": BY,
    }
    return actions.ask(**known | fields)


def a_served_day(house: House, *, days_ago: int, people: int = 6) -> None:
    """Let so many people come one after another, each served for five minutes."""
    with time_machine.travel(TEN - timedelta(days=days_ago), tick=False) as at:
        for _person in range(people):
            a_ticket(house.line)
            ticket = calling.call_next(house.desk, by=house.by)
            serving.start(ticket, by=house.by)
            at.shift(300)
            serving.finish(ticket, by=house.by)


def a_said_plan(word: str = "") -> Plan:
    """Make a plan that has its answer; `word` stands in whatever people would read of it."""
    plan = a_plan(
        name=f"Rencana{word}", names={"1": f"KTP{word}"}, cost_source=f"Contoh{word}", a_day=20
    )
    actions.play(plan)
    return Plan.objects.get(pk=plan.pk)


def an_advice(word: str = "") -> Advice:
    """Make an answer of today; `word` stands in whatever people would read of it."""
    now = clock.now()
    piece = {
        "counter": f"1{word}",
        "counter_id": Counter.objects.order_by("pk")[0].pk,
        "agencies": [f"Dinas{word}"],
        "leaves": f"2{word}",
        "until": (now + timedelta(hours=1)).isoformat(),
        "visitors": 12.0,
        "before_s": 1800.0,
        "each_s": [600.0, 540.0, 660.0],
        "total_s": [7200.0, 6480.0, 7920.0],
        "officer_s": 3600,
        "is_served": True,
    }
    said = {
        "at": now.isoformat(),
        "days": 3,
        "came": 40,
        "waiting": 9,
        "played": 60,
        "pieces": [piece],
    }
    return Advice.objects.create(mall=current_mall(), asked_at=now, said_at=now, said=said)
