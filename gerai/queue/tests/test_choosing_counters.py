"""Turns at counters that differ: in their lines, in the services that they take."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.rules import (
    CallRule,
    Head,
    LineTurns,
    Plan,
    Share,
    Skill,
    after_call,
    choose,
    most_later_ones,
)

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
LINES = "ABC"
SERVICES = "xy"
COUNTERS = "123"


@dataclass(frozen=True)
class Somebody:
    """Who waits; `minute` is also their name."""

    minute: int
    line: str
    service: str
    is_priority: bool


class Hall:
    """Counters with lines of their own. own_count: each pool takes turns by itself."""

    def __init__(self, rule, lines_at, *, own_count=True):
        self.rule, self.lines_at, self.own_count = rule, lines_at, own_count
        self.turns = {line: LineTurns() for line in LINES}
        self.waiting = []
        self.minute = 0

    def come(self, line, service, *, is_priority):
        self.waiting.append(Somebody(self.minute, line, service, is_priority))
        self.minute += 1

    def pool(self, counter):
        return self.rule.pool_of(counter, "ani", self.lines_at[counter])

    def may_call(self, counter, who):
        only = self.rule.services_for(counter, "ani")
        return who.line in self.lines_at[counter] and (only is None or who.service in only)

    def heads(self, counter):
        found = {}
        for who in self.waiting:
            if self.may_call(counter, who):
                found.setdefault((who.line, who.is_priority), who)
        return list(found.values())

    def call(self, counter):
        heads = self.heads(counter)
        pool = self.pool(counter) if self.own_count else ""
        plan = self.rule.plan_for(counter, "ani")
        turns = {line: self.turns[line] for line in self.lines_at[counter]}
        choice = choose(
            [Head(who.minute, at(who.minute), who.is_priority, 1, line=who.line) for who in heads],
            turns=turns,
            rule=self.rule,
            now=at(self.minute),
            plan=plan,
            pool=pool,
        )
        if choice is None:
            return None
        called = next(who for who in heads if who.minute == choice.ticket_id)
        self._called(called, turns, plan, pool, is_in_turn=choice.is_in_turn)
        return called

    def choose_last(self, counter):
        """Let the officer choose who came last, out of turn."""
        own = [who for who in self.waiting if self.may_call(counter, who)]
        if own:
            turns = {line: self.turns[line] for line in self.lines_at[counter]}
            plan, pool = self.rule.plan_for(counter, "ani"), self.pool(counter)
            self._called(own[-1], turns, plan, pool, is_in_turn=False)

    def _called(self, who, turns, plan, pool, *, is_in_turn):
        self.waiting.remove(who)
        self.turns |= after_call(
            turns,
            line=who.line,
            is_priority=who.is_priority,
            rule=self.rule,
            plan=plan,
            pool=pool,
            is_in_turn=is_in_turn,
        )


def at(minute):
    return NINE + timedelta(minutes=minute)


def firsts(hall, counter):
    """Return of each class who came first of all whom a counter may call."""
    found = {}
    for who in hall.waiting:
        if hall.may_call(counter, who):
            found.setdefault(who.is_priority if hall.rule.priority_in_a_row else None, who)
    return list(found.values())


def bound(hall, counter, who):
    return most_later_ones(
        hall.rule,
        line=who.line,
        lines=hall.lines_at[counter],
        is_priority=who.is_priority,
        plans={
            hall.rule.plan_for(each, "ani")
            for each in COUNTERS
            if hall.pool(each) == hall.pool(counter)
        },
    )


some_services = st.sets(st.sampled_from(SERVICES), min_size=1).map(sorted).map(tuple)
plans = st.builds(
    lambda how, counters, parts: Plan(
        how, counters, lines=tuple(Share(*each) for each in zip(LINES, parts, strict=True))
    ),
    st.sampled_from(["arrival", "ratio"]),
    st.sets(st.sampled_from(COUNTERS)).map(sorted).map(tuple),
    st.tuples(*[st.integers(1, 10)] * len(LINES)),
)
rules = st.builds(
    lambda priority, ordinary, plans, skills: CallRule(
        priority_in_a_row=priority,
        ordinary_in_a_row=ordinary,
        plans=tuple(plans),
        skills=tuple(Skill(only, (counter,)) for counter, only in skills.items()),
    ),
    st.integers(0, 3),
    st.integers(1, 3),
    st.lists(plans, max_size=2),
    st.dictionaries(st.sampled_from(COUNTERS), some_services),
)
houses = st.fixed_dictionaries(
    dict.fromkeys(COUNTERS, st.sets(st.sampled_from(LINES), min_size=1).map(sorted).map(tuple))
)
comings = st.tuples(st.sampled_from(LINES), st.sampled_from(SERVICES), st.booleans())
one_move = st.one_of(
    comings, st.sampled_from(COUNTERS), st.tuples(st.just("choose"), st.sampled_from(COUNTERS))
)
# What goes on in the same way for long finds out who is always passed.
moves = st.builds(
    lambda cycle, times: cycle * times, st.lists(one_move, max_size=10), st.integers(1, 20)
)


@given(rules, houses, st.lists(comings, max_size=30), moves)
def test_no_counter_passes_whoever_is_first_more_often_than_the_bound(rule, lines_at, crowd, moves):
    """However other counters call, and officers choose; counted in calls of one pool."""
    hall = Hall(rule, lines_at)
    passed = {}
    for line, service, is_priority in crowd:
        hall.come(line, service, is_priority=is_priority)
    for move in moves:
        if len(move) == 3:
            hall.come(move[0], move[1], is_priority=move[2])
        elif len(move) == 2:
            hall.choose_last(move[1])
        else:
            before = firsts(hall, move)
            called = hall.call(move)
            for who in before:
                if called is not None and called.minute > who.minute:
                    key = who, hall.pool(move)
                    passed[key] = passed.get(key, 0) + 1
                    assert passed[key] <= bound(hall, move, who)


def a_stream(hall, rounds):
    """Let counter 2 call what only it takes, between the calls of counter 1."""
    for _each in range(rounds):
        yield hall.call("1")
        hall.call("2")


@pytest.mark.parametrize("own_count", [True, False])
def test_another_counters_calls_do_not_take_the_turn_of_a_class(own_count):
    """Counter 2 has ordinary numbers only; by one count for all it would wipe out each turn."""
    rule = CallRule(skills=(Skill(("x",), ("1",)), Skill(("y",), ("2",))))
    hall = Hall(rule, {"1": "A", "2": "A"}, own_count=own_count)
    hall.come("A", "x", is_priority=False)
    for _each in range(40):
        hall.come("A", "x", is_priority=True)
        hall.come("A", "y", is_priority=False)
    called = [who.is_priority for who in a_stream(hall, 30)]
    assert (False in called) is own_count
    if own_count:
        assert called.index(False) == 2


@pytest.mark.parametrize("own_count", [True, False])
def test_another_counters_calls_do_not_take_the_turn_of_a_line(own_count):
    """Counter 2 calls from line A only; by one count for all, A would always be ahead."""
    plan = Plan("ratio", lines=(Share("A"), Share("B")))
    rule = CallRule(plans=(plan,), skills=(Skill(("x",), ("1",)), Skill(("y",), ("2",))))
    hall = Hall(rule, {"1": "AB", "2": "AB"}, own_count=own_count)
    for _each in range(40):
        hall.come("B", "x", is_priority=False)
        hall.come("A", "y", is_priority=False)
    for _each in range(3):
        hall.call("2")
    hall.come("A", "x", is_priority=False)
    lines = []
    for _each in range(10):
        lines.append(hall.call("1").line)
        hall.call("2"), hall.call("2")
    assert ("A" in lines) is own_count


@pytest.mark.parametrize("own_count", [True, False])
def test_a_counter_of_two_agencies_keeps_its_own_turns(own_count):
    """Counter 2 calls priority numbers of the line that it shares; 1 must not pay for them."""
    hall = Hall(CallRule(priority_in_a_row=1), {"1": "AB", "2": "B"}, own_count=own_count)
    hall.come("A", "x", is_priority=True)
    for _each in range(40):
        hall.come("A", "x", is_priority=False)
        hall.come("B", "x", is_priority=True)
    hall.call("2")
    called = [who.is_priority for who in a_stream(hall, 15)]
    assert (True in called) is own_count
