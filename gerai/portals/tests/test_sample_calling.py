"""The sample's order of calling and the busy day on which it can be tried."""

from datetime import date

import pytest

from gerai.malls.scope import current_mall
from gerai.portals.sample.calling import make_rules
from gerai.portals.sample.last_day import ASKED_FOR, last_day
from gerai.queue.models import Desk, Rule, Step, Ticket, Visit
from gerai.queue.queries.comparisons import compared
from gerai.queue.queries.recorded_days import recorded_day
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.rules import CallRule, Limit
from gerai.queue.rules.simulation import recorded, simulated
from gerai.queue.tests.conftest import clock_at, house
from gerai.queue.tests.factories import House

__all__ = ["clock_at", "house"]

FRIDAY = date(2026, 11, 20)


def test_the_order_of_calling_has_versions_once(house: House) -> None:
    assert [make_rules(), make_rules()] == [True, False]
    assert list(Rule.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
    assert rule_in_force().limits == (Limit(60, group="priority"), Limit(90))


@pytest.fixture
def friday(house: House) -> date:
    """Store the last working day of a mall with one line at two counters."""
    house.line.usual_minutes = 9
    house.line.save()
    services = {house.line.pk: list(house.line.services.all())}
    record = last_day(current_mall(), FRIDAY, [house.line], services)
    Desk.objects.bulk_create(record.desks)
    Visit.objects.bulk_create(record.visits)
    Ticket.objects.bulk_create(record.tickets)
    Step.objects.bulk_create(record.steps)
    return FRIDAY


def test_the_last_day_is_that_of_the_usual_order(friday: date) -> None:
    day = recorded_day(friday)
    waits = {each.key: each.waited_s for each in recorded(day)}
    again = {each.key: each.waited_s for each in simulated(day, CallRule())}
    assert len(day.arrivals) == 2 * ASKED_FOR["A"]
    assert waits == again
    assert max(waits.values()) > 30 * 60


def test_another_order_makes_it_another_day(friday: date) -> None:
    told = compared(friday, [("usual", CallRule()), ("fair", CallRule(priority_in_a_row=0))])
    row = next(each for each in told.rows if each.name == "Seluruh mal, prioritas")
    record, usual, fair = (waits.mean_s for _name, waits in row.cells)
    assert told.can_be_played
    assert record == usual < fair
