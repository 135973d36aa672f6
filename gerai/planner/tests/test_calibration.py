"""A simulated truth is found again in its own tickets."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest

from gerai.planner.rules.calibration import Observed, calibrated
from gerai.planner.rules.demand import QUARTER_S, Flow, Work, drawn
from gerai.planner.rules.hall import ABSENT, LEFT, Counter, House, play
from gerai.planner.rules.staffing import Promise
from gerai.planner.rules.trial import Hall, days_of, verdict
from gerai.queue.rules.simulation import Arrival, RecordedDay, Sitting, Stage

OPENS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
QUARTERS, DAYS = 16, 30
WALK_S, TO_CALL_S = 15.0, 5.0
PER_QUARTER = (8, 10, 12, 12, 10, 9, 8, 7, 6, 6, 5, 5, 4, 3, 2, 1)
TRUTH = (
    Flow((Work("A", 300, 0.5),), PER_QUARTER, 0.15, 0.08, 1800),
    Flow((Work("B", 480, 0.8),), tuple(each / 2 for each in PER_QUARTER)),
    Flow((Work("A", 300, 0.5), Work("B", 480, 0.8)), (0.5,) * QUARTERS),
)
STAFF = (
    Counter("1", frozenset({"A"}), ((0, 8 * QUARTER_S), (10 * QUARTER_S, 16 * QUARTER_S))),
    Counter("2", frozenset({"A"}), ((0, 16 * QUARTER_S),)),
    Counter("3", frozenset({"A", "B"}), ((0, 16 * QUARTER_S),)),
    Counter("4", frozenset({"B"}), ((0, 12 * QUARTER_S),)),
    Counter("5", frozenset({"B"}), ((0, 16 * QUARTER_S),)),
)


def at(seconds: float) -> datetime:
    return OPENS + timedelta(seconds=seconds)


def tickets(number: int) -> Observed:
    """Play a day and write it down as the step log would."""
    turns = play(drawn(TRUTH, f"truth {number}"), STAFF, House(absent_s=60))
    keys: dict[tuple[int, str], int] = {}
    arrivals = []
    for key, turn in enumerate(sorted(turns, key=lambda each: each.joined)):
        person = (id(turn.visitor), turn.service)
        keys[person] = key
        services = [service for service, _seconds in turn.visitor.steps]
        step = services.index(turn.service)
        stages = ()
        if turn.outcome != LEFT:
            serving = turn.ended - turn.called - WALK_S - TO_CALL_S
            how = "absent" if turn.outcome == ABSENT else "done"
            stages = (Stage(WALK_S, serving, how),)
        arrivals.append(
            Arrival(
                key=key,
                label=str(key),
                line=turn.service,
                service=turn.service,
                agency="agency",
                group="elderly" if turn.visitor.is_priority else "ordinary",
                language="id",
                comes_at=at(turn.joined),
                arrived_at=at(turn.joined),
                stages=stages,
                follows=keys[(id(turn.visitor), services[step - 1])] if step else None,
                leaves_at=at(turn.called) if turn.outcome == LEFT else None,
                waited_s=turn.waited_s if stages else None,
                called_at=at(turn.called) if stages else None,
            )
        )
    sittings = []
    for counter in STAFF:
        begins, ends = counter.shifts[0][0], counter.shifts[-1][1]
        breaks = zip(counter.shifts, counter.shifts[1:], strict=False)
        sittings.append(
            Sitting(
                counter=counter.name,
                officer=counter.name,
                lines=tuple(sorted(counter.services)),
                opens=at(begins),
                closes=at(ends),
                pauses=tuple((at(end), at(begin)) for (_b, end), (begin, _e) in breaks),
                readiness=(TO_CALL_S,),
            )
        )
    return Observed(OPENS, RecordedDay({"A": "a", "B": "b"}, tuple(arrivals), tuple(sittings)))


@pytest.fixture(scope="module")
def found():
    return calibrated([tickets(number) for number in range(DAYS)], QUARTERS)


def flow_of(found, *lines: str) -> Flow:
    return next(flow for flow in found.flows if tuple(work.service for work in flow.works) == lines)


def test_service_times_are_recovered_within_five_per_cent(found):
    for flow in TRUTH:
        lines = tuple(work.service for work in flow.works)
        for work, truth in zip(flow_of(found, *lines).works, flow.works, strict=True):
            assert work.mean_s == pytest.approx(truth.mean_s, rel=0.05)
            assert work.spread == pytest.approx(truth.spread, rel=0.1)
    assert found.services.keys() == {"A", "B"}
    assert found.services["A"] > 2000
    assert found.days == DAYS


def test_arrivals_are_recovered_within_four_standard_errors(found):
    for flow in TRUTH[:1]:
        lines = tuple(work.service for work in flow.works)
        got = flow_of(found, *lines)
        assert sum(got.per_quarter) == pytest.approx(sum(flow.per_quarter), rel=0.05)
        for seen, truth in zip(got.per_quarter, flow.per_quarter, strict=True):
            assert abs(seen - truth) < 4 * (truth / DAYS) ** 0.5
    assert sum(flow_of(found, "A", "B").per_quarter) == pytest.approx(8, rel=0.2)


def test_staff_with_their_breaks_are_recovered_exactly(found):
    assert found.counters == STAFF


def test_habits_are_recovered(found):
    got = flow_of(found, "A")

    assert got.priority_share == pytest.approx(0.15, abs=0.02)
    assert got.absent_share == pytest.approx(0.08, abs=0.015)
    assert got.patience_s == pytest.approx(1800, rel=0.2)
    assert flow_of(found, "B").patience_s is None


def test_waits_played_from_what_was_found_are_those_of_the_truth(found):
    promise = Promise(0.8, 900)
    halls = (Hall(TRUTH, STAFF, QUARTERS), Hall(found.flows, found.counters, QUARTERS))
    truth, again = (
        verdict([day.hall for day in days_of(hall, promise, 40, "waits")]) for hall in halls
    )

    assert again.wait_s.mean == pytest.approx(truth.wait_s.mean, rel=0.25)
    assert again.within.mean == pytest.approx(truth.within.mean, abs=0.05)


def one_day(arrivals, sittings=()) -> Observed:
    return Observed(OPENS, RecordedDay({}, tuple(arrivals), tuple(sittings)))


def arrival(key: int, seconds: float, line: str = "A", took: float = 60, **more) -> Arrival:
    return Arrival(
        key=key,
        label=str(key),
        line=line,
        service=line,
        agency="a",
        group="ordinary",
        language="id",
        comes_at=at(seconds),
        arrived_at=at(seconds),
        stages=(Stage(0, took),),
        **more,
    )


def test_who_comes_outside_the_hours_is_counted_at_their_edge():
    day = one_day([arrival(1, -600), *(arrival(each, 9000) for each in range(2, 6))])

    assert calibrated([day], 2).flows == (Flow((Work("A", 60, 0),), (1, 4)),)


def test_a_rare_way_is_counted_line_by_line():
    first = [arrival(each, 0) for each in range(1, 6)]
    then = [arrival(10 + each, 900, "B", 30, follows=each) for each in (1, 2, 3, 4)]
    alone = [arrival(20, 900, "B", 30)]

    found = calibrated([one_day([*first, *then, *alone])], 2)

    assert found.flows == (
        Flow((Work("A", 60, 0),), (5, 0)),
        Flow((Work("B", 30, 0),), (4, 1)),
    )


def test_a_line_with_too_few_services_is_left_out():
    day = one_day([*(arrival(each, 0) for each in range(5)), arrival(9, 0, "B")])

    found = calibrated([day], 1)

    assert found.services == {"A": 5}
    assert [flow.works[0].service for flow in found.flows] == ["A"]
    assert inf not in found.flows[0].per_quarter


def test_a_counter_that_sat_on_fewer_than_half_of_the_days_is_no_staff():
    people = [arrival(each, 0) for each in range(5)]
    usual = Sitting("1", "o", ("A",), at(0), at(1800))
    once = Sitting("2", "o", ("A",), at(0), at(1800))
    days = [one_day(people, [usual, once]), one_day(people, [usual]), one_day(people, [usual])]

    assert calibrated(days, 3).counters == (Counter("1", frozenset({"A"}), ((0, 1800),)),)
