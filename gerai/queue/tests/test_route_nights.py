"""A visit of several services over the night: kept with all its steps, or ended with the day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gerai.directory.tests.factories import a_user
from gerai.people import audit
from gerai.queue import tasks
from gerai.queue.actions import calling
from gerai.queue.actions.desks import close_desk, open_desk
from gerai.queue.actions.nights import set_night_rule
from gerai.queue.models import PlannedStep, Ticket, Unfinished
from gerai.queue.queries.nights import kept_words
from gerai.queue.states import State
from gerai.queue.tests.factories import TEN, a_ticket
from gerai.queue.tests.routing import a_chain, serve, states_of

NIGHT = TEN + timedelta(hours=14, minutes=5)
TUESDAY = (TEN + timedelta(days=1)).date()


def end_day(house):
    return tasks.end_day.call(mall_id=house.desk.mall_id)


def new_of(ticket):
    return Ticket.objects.select_related("visit", "line__agency", "counter", "came_from").get(
        came_from=ticket
    )


@pytest.fixture
def keeping(house):
    set_night_rule(Unfinished.KEEP_FRONT, by=audit.SYSTEM)
    return house


def test_a_kept_number_goes_on_through_all_its_steps(keeping, other, clock_at):
    chain = a_chain(keeping, other)
    clock_at.move_to(NIGHT)
    end_day(keeping)
    kept = new_of(chain)
    assert states_of(chain.visit) == ["entered", "planned"]
    assert PlannedStep.objects.get(state="entered").ticket == kept

    clock_at.move_to(TEN + timedelta(days=1))
    fresh = a_ticket(other.line)
    desks = [
        replace(each, desk=open_desk(each.counter, officer=each.officer, by=each.by))
        for each in (keeping, other)
    ]
    onward = serve(desks[0])
    assert (onward.day, onward.line, onward.label) == (TUESDAY, other.line, chain.label)
    # The new day's coming is its opening: before everybody who came that day.
    assert onward.arrived_at == TEN + timedelta(days=1) - timedelta(hours=2)
    assert onward.arrived_at < fresh.arrived_at
    assert kept_words(onward) == ""
    assert serve(desks[1]) is None
    assert states_of(chain.visit) == ["done", "done"]


def test_a_visit_between_two_lines_is_kept_in_its_next_line(keeping, other, clock_at):
    close_desk(other.desk, by=other.by)
    chain = a_chain(keeping, other)
    serve(keeping)
    clock_at.move_to(NIGHT)
    assert end_day(keeping) == 0
    chain.refresh_from_db()
    kept = new_of(chain)
    assert (kept.day, kept.line, kept.number) == (TUESDAY, other.line, None)
    assert (kept.label, kept.state) == (f"{chain.label}K", State.WAITING)
    assert states_of(chain.visit) == ["done", "entered"]
    assert "tetap berlaku hari ini, di depan antrean" in kept_words(kept)

    clock_at.move_to(TEN + timedelta(days=1))
    desk = open_desk(other.counter, officer=other.officer, by=other.by)
    assert serve(replace(other, desk=desk)) is None
    assert states_of(chain.visit) == ["done", "done"]


def test_on_return_a_kept_visit_counts_from_its_return(house, other, clock_at):
    set_night_rule(Unfinished.KEEP_ON_RETURN, by=audit.SYSTEM)
    chain = a_chain(house, other)
    clock_at.move_to(NIGHT)
    end_day(house)
    kept = new_of(chain)
    back = TEN + timedelta(days=1, minutes=30)
    clock_at.move_to(back)
    calling.bring_back(kept, by=audit.SYSTEM)
    desk = open_desk(house.counter, officer=house.officer, by=house.by)
    open_desk(other.counter, officer=other.officer, by=other.by)
    clock_at.move_to(back + timedelta(minutes=20))
    assert serve(replace(house, desk=desk)).arrived_at == back


def test_a_step_left_over_on_the_second_night_ends(keeping, other, clock_at):
    chain = a_chain(keeping, other)
    clock_at.move_to(NIGHT)
    end_day(keeping)
    clock_at.move_to(TEN + timedelta(days=1))
    desk = open_desk(keeping.counter, officer=keeping.officer, by=keeping.by)
    assert serve(replace(keeping, desk=desk)) is None
    assert states_of(chain.visit) == ["done", "planned"]
    open_desk(keeping.second, officer=a_user(agency=keeping.agency), by=keeping.by)
    assert states_of(chain.visit) == ["done", "planned"]
    clock_at.move_to(NIGHT + timedelta(days=1))
    end_day(keeping)
    assert states_of(chain.visit) == ["done", "skipped"]


def test_without_a_rule_the_steps_end_with_the_day(house, other, clock_at):
    close_desk(other.desk, by=other.by)
    between, standing = a_chain(house, other), a_chain(house, other)
    serve(house)
    clock_at.move_to(NIGHT)
    assert end_day(house) == 1
    assert states_of(between.visit) == ["done", "skipped"]
    assert states_of(standing.visit) == ["skipped", "skipped"]
