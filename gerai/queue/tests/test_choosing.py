"""Who is next, for any mix of visitors, lines and rules."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.rules import (
    CallRule,
    Head,
    Limit,
    LineTurns,
    Plan,
    Share,
    after_call,
    choose,
    most_later_ones,
    undone,
)

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
LINES = "ABC"
mixes = st.lists(st.booleans(), max_size=40)
ratios = st.integers(min_value=0, max_value=5)
# Who stands there: line and whether they are of a priority group, in the order of coming.
crowds = st.lists(st.tuples(st.sampled_from(LINES), st.booleans()), max_size=60)
shares = st.lists(st.integers(1, 10), min_size=3, max_size=3)


def head(key, *, priority=False, minute=0, wanted=False, waiting=1, line=""):
    arrived_at = NINE + timedelta(minutes=minute)
    return Head(key, arrived_at, priority, waiting, is_wanted_here=wanted, line=line)


def a_plan(how, parts):
    return Plan(how, lines=tuple(Share(*each) for each in zip(LINES, parts, strict=False)))


class Hall:
    """One agency's lines, called as the desks do, with people who come one a minute."""

    def __init__(self, rule):
        self.rule, self.plan = rule, rule.plan_for("1", "ani")
        self.turns = {line: LineTurns() for line in LINES}
        self.waiting, self.called, self.minute = [], [], 0

    def come(self, line, *, is_priority):
        self.waiting.append((self.minute, line, is_priority))
        self.minute += 1

    def call(self, *, minute=None):
        """Call one; return (arrival, line, is_priority)."""
        heads = []
        for line in LINES:
            for priority in (True, False):
                own = [each for each in self.waiting if each[1:] == (line, priority)]
                if own:
                    key = own[0][0]
                    heads.append(
                        head(key, priority=priority, minute=key, waiting=len(own), line=line)
                    )
        now = NINE + timedelta(minutes=self.minute if minute is None else minute)
        choice = choose(heads, turns=self.turns, rule=self.rule, now=now, plan=self.plan)
        if choice is None:
            return None
        entry = next(each for each in self.waiting if each[0] == choice.ticket_id)
        self.waiting.remove(entry)
        self.turns = after_call(
            self.turns,
            line=entry[1],
            is_priority=entry[2],
            rule=self.rule,
            plan=self.plan,
            is_in_turn=choice.is_in_turn,
        )
        self.called.append(entry)
        return entry

    def call_late(self):
        """Call everybody long after all limits."""
        while self.call(minute=100_000):
            pass
        return self.called

    def call_all(self, crowd):
        for line, is_priority in crowd:
            self.come(line, is_priority=is_priority)
        while self.call():
            pass
        return self.called


def call_one_line(groups, ratio):
    hall = Hall(CallRule(priority_in_a_row=ratio))
    called = hall.call_all([("A", group) for group in groups])
    return [(arrival, group) for arrival, _line, group in called]


@given(mixes, ratios)
def test_calling_passes_nobody_over_for_ever(groups, ratio):
    assert sorted(call_one_line(groups, ratio)) == list(enumerate(groups))


@given(mixes, ratios)
def test_calling_is_first_come_first_served_within_a_group(groups, ratio):
    called = call_one_line(groups, ratio)
    for of_group in (True, False):
        keys = [key for key, group in called if group == of_group]
        assert keys == sorted(keys)


@given(crowds, st.integers(1, 5))
def test_priority_in_a_row_is_bounded_while_an_ordinary_visitor_waits(crowd, ratio):
    called = Hall(CallRule(priority_in_a_row=ratio)).call_all(crowd)
    in_a_row = 0
    for place, (_key, _line, is_priority) in enumerate(called):
        ordinary_left = any(not each[2] for each in called[place:])
        in_a_row = in_a_row + 1 if is_priority else 0
        if ordinary_left:
            assert in_a_row <= ratio


@given(crowds)
def test_ratio_of_nought_calls_in_the_order_of_coming(crowd):
    called = Hall(CallRule(priority_in_a_row=0)).call_all(crowd)
    assert [key for key, _line, _group in called] == list(range(len(crowd)))


@given(crowds, st.integers(1, 5), st.integers(1, 5))
def test_ratio_of_classes_is_kept_while_both_wait(crowd, priority, ordinary):
    rule = CallRule(priority_in_a_row=priority, ordinary_in_a_row=ordinary)
    called = Hall(rule).call_all(crowd)
    both = 0
    for place in range(len(called)):
        if len({group for _key, _line, group in called[place:]}) == 2:
            both += 1
    told = [group for _key, _line, group in called[:both]]
    turn = [True] * priority + [False] * ordinary
    assert told == (turn * (both // len(turn) + 1))[:both]


@given(shares, st.integers(1, 40), st.booleans())
def test_ratio_of_lines_is_kept_while_all_wait(parts, rounds, is_priority):
    hall = Hall(CallRule(plans=(a_plan("ratio", parts),)))
    for _each in range(rounds * max(parts)):
        for line in LINES:
            hall.come(line, is_priority=is_priority)
    called = [hall.call()[1] for _each in range(rounds)]
    tally = Counter(called)
    for line, part in zip(LINES, parts, strict=True):
        # Never more than one call of a line away from its exact part.
        assert abs(tally[line] - rounds * part / sum(parts)) < 1 + part / sum(parts) * 2


@pytest.mark.parametrize(
    ("parts", "order"),
    [((3, 1, 1), "ABCAAABCAA"), ((1, 1, 1), "ABCABCABCA"), ((2, 1, 1), "ABCAABCAAB")],
)
def test_ratio_of_lines_takes_turns(parts, order):
    hall = Hall(CallRule(plans=(a_plan("ratio", parts),)))
    for _each in range(10):
        for line in LINES:
            hall.come(line, is_priority=False)
    assert "".join(hall.call()[1] for _each in range(10)) == order


def test_a_line_that_was_empty_has_saved_up_nothing():
    hall = Hall(CallRule(plans=(a_plan("ratio", (1, 1, 1)),)))
    for _each in range(20):
        hall.come("A", is_priority=False)
    for _each in range(9):
        hall.call()
    for _each in range(9):
        hall.come("B", is_priority=False)
    assert "".join(hall.call()[1] for _each in range(6)) in {"BABABA", "ABABAB"}


rules_without_limits = st.builds(
    lambda priority, ordinary, plans: CallRule(
        priority_in_a_row=priority, ordinary_in_a_row=ordinary, plans=plans
    ),
    st.integers(0, 5),
    st.integers(1, 5),
    st.one_of(
        st.just(()),
        st.tuples(st.builds(a_plan, st.sampled_from(["arrival", "ratio"]), shares)),
    ),
)
# A move of the hall: somebody comes, or a counter calls.
moves = st.lists(
    st.one_of(st.none(), st.tuples(st.sampled_from(LINES), st.booleans())), max_size=150
)


@given(rules_without_limits, moves, crowds)
def test_nobody_who_is_first_is_passed_more_often_than_the_bound_says(rule, moves, crowd):
    hall = Hall(rule)
    for line, is_priority in crowd:
        hall.come(line, is_priority=is_priority)
    passed = {}
    for move in moves:
        if move is not None:
            hall.come(move[0], is_priority=move[1])
            continue
        firsts = firsts_of(hall)
        called = hall.call()
        for first in firsts:
            if first != called and called is not None:
                passed[first] = passed.get(first, 0) + (called[0] > first[0])
    for (_key, line, is_priority), times in passed.items():
        bound = most_later_ones(
            rule, line=line, lines=LINES, is_priority=is_priority, plans=[hall.plan]
        )
        assert times <= bound


def firsts_of(hall):
    """Return whom nobody of their class who came earlier holds up: by plan their line's first."""
    by_line = hall.plan is not None and hall.rule.plans[hall.plan].how == "ratio"
    found = {}
    for entry in hall.waiting:
        group = entry[2] if hall.rule.priority_in_a_row else None
        found.setdefault((entry[1] if by_line else "", group), entry)
    return list(found.values())


@given(
    st.sampled_from(["in_order", "weights", "ratio", "arrival"]),
    shares,
    st.integers(1, 30),
    st.integers(0, 5),
    moves,
)
def test_past_the_limit_nobody_who_came_later_goes_first(how, parts, minutes, priority, moves):
    rule = CallRule(
        priority_in_a_row=priority, plans=(a_plan(how, parts),), limits=(Limit(minutes),)
    )
    hall = Hall(rule)
    for move in moves:
        if move is not None:
            hall.come(move[0], is_priority=move[1])
            continue
        hall.minute += 1
        late = [each for each in hall.waiting if each[0] + minutes <= hall.minute]
        called = hall.call()
        if late:
            assert called == min(late)


@given(crowds, st.integers(1, 60), st.integers(1, 60))
def test_limits_go_by_who_reached_theirs_first(crowd, short, long):
    rule = CallRule(limits=(Limit(short, group="priority"), Limit(long)))
    hall = Hall(rule)
    for line, is_priority in crowd:
        hall.come(line, is_priority=is_priority)
    due = [key + (short if priority else long) for key, _line, priority in hall.call_late()]
    assert due == sorted(due)


@pytest.mark.parametrize("how", ["in_order", "weights"])
def test_an_order_without_limits_would_starve_a_line(how):
    """What the checks refuse: shown, so that they refuse it for a reason."""
    hall = Hall(CallRule(plans=(a_plan(how, (10, 1, 1)),)))
    hall.come("C", is_priority=False)
    called = ""
    for _each in range(300):
        hall.come("A", is_priority=False)
        hall.come("A", is_priority=False)
        called += hall.call()[1]
    assert called[-200:] == "A" * 200
    assert ("C" in called) == (how == "weights" and called[0] == "C")


def test_choose_says_nobody_for_an_empty_line():
    assert choose([], turns={}, rule=CallRule(), now=NINE) is None


@pytest.mark.parametrize(
    ("heads", "streak", "ticket", "reason"),
    [
        ([head(1)], 0, 1, "first_come"),
        ([head(1, priority=True)], 9, 1, "first_of_priority"),
        ([head(1), head(2, priority=True, minute=5)], 0, 2, "priority_turn"),
        ([head(1, minute=5), head(2, priority=True)], 2, 1, "ordinary_turn"),
        ([head(1), head(3, minute=9, wanted=True)], 0, 3, "sent_to_this_counter"),
        ([head(2, priority=True), head(3, minute=9, wanted=True)], 0, 3, "sent_to_this_counter"),
    ],
)
def test_choose_says_whom_and_why(heads, streak, ticket, reason):
    turns = {"A": LineTurns(streaks={"": (streak, 0)})}
    choice = choose(heads, turns=turns, rule=CallRule(), now=NINE)
    assert (choice.ticket_id, choice.explanation["reason"]) == (ticket, reason)


@pytest.mark.parametrize(
    ("plan", "ticket", "lines_by"),
    [
        (Plan("arrival"), 1, ""),
        (Plan("in_order", lines=(Share("B"), Share("A"))), 2, "in_order"),
        (Plan("in_order", lines=(Share("A"),)), 1, "in_order"),
        (Plan("weights", lines=(Share("A", 1), Share("B", 3))), 2, "weights"),
        (Plan("weights", lines=(Share("A", 2), Share("B", 3))), 1, "weights"),
        (Plan("ratio", lines=(Share("B"), Share("A"))), 2, "ratio"),
    ],
)
def test_choose_follows_the_plan_of_the_counter(plan, ticket, lines_by):
    heads = [head(1, line="A"), head(2, line="B", minute=10)]
    now = NINE + timedelta(minutes=18)
    choice = choose(heads, turns={}, rule=CallRule(plans=(plan,)), now=now, plan=0)
    assert (choice.ticket_id, choice.explanation["lines_by"]) == (ticket, lines_by)


def test_choose_says_that_a_limit_went_first():
    heads = [head(1, line="A"), head(2, line="A", priority=True, minute=8)]
    rule = CallRule(limits=(Limit(9),))
    told = [
        choose(heads, turns={}, rule=rule, now=NINE + timedelta(minutes=minute))
        for minute in (8, 9)
    ]
    assert [(each.ticket_id, each.explanation["reason"]) for each in told] == [
        (2, "priority_turn"),
        (1, "over_limit"),
    ]
    assert told[1].explanation["limit"] == 9


def test_choose_stores_the_rule_and_the_heads_with_the_call():
    rule = CallRule(version=7, priority_in_a_row=1)
    heads = [head(1, waiting=4, line="A"), head(2, priority=True, waiting=3, line="B")]
    turns = {"A": LineTurns(streaks={"A B": (1, 0)})}
    told = choose(heads, turns=turns, rule=rule, now=NINE, pool="A B").explanation
    weighed = told.pop("heads")
    assert told == {
        "reason": "ordinary_turn",
        "lines_by": "",
        "rule": {"version": 7, "priority_in_a_row": 1, "ordinary_in_a_row": 1},
        "plan": None,
        "pool": "A B",
        "share": 1,
        "limit": None,
        "line": "A",
        "priority_streak": 1,
        "ordinary_streak": 0,
        "priority_waiting": 3,
        "ordinary_waiting": 4,
    }
    assert [(each["line"], each["waiting"], each["is_chosen"]) for each in weighed] == [
        ("A", 4, True),
        ("B", 3, False),
    ]


def test_turns_of_another_version_count_no_longer():
    rule = CallRule(version=2, plans=(a_plan("ratio", (1, 1, 1)),))
    heads = [head(1, line="A"), head(2, line="B")]
    old = {line: LineTurns(version=1, shares={"|0o": (99_999, 0)}) for line in "A"}
    assert choose(heads, turns=old, rule=rule, now=NINE, plan=0).ticket_id == 1
    mine = {line: replace(each, version=2) for line, each in old.items()}
    assert choose(heads, turns=mine, rule=rule, now=NINE, plan=0).ticket_id == 2


def test_undone_gives_the_turn_of_a_ratio_back():
    rule = CallRule(plans=(a_plan("ratio", (1, 1, 1)),))
    before = {line: LineTurns() for line in "AB"}
    told = choose([head(1, line="A")], turns=before, rule=rule, now=NINE, plan=0).explanation
    after = after_call(before, line="A", is_priority=False, rule=rule, plan=0)
    heads = [head(1, line="A", minute=3), head(2, line="B")]
    assert choose(heads, turns=after, rule=rule, now=NINE, plan=0).ticket_id == 2
    back = undone(after, line="A", is_priority=False, rule=rule, explanation=told)
    assert choose(heads, turns=back, rule=rule, now=NINE, plan=0).ticket_id == 1


def test_who_is_called_out_of_turn_costs_the_line_one_turn_at_most():
    rule = CallRule(plans=(a_plan("ratio", (1, 1, 1)),))
    turns = {line: LineTurns() for line in "AB"}
    for _each in range(9):
        turns = after_call(turns, line="A", is_priority=False, rule=rule, plan=0, is_in_turn=False)
    heads = [head(1, line="A"), head(2, line="B")]
    called = []
    for _each in range(4):
        choice = choose(heads, turns=turns, rule=rule, now=NINE, plan=0)
        line = "A" if choice.ticket_id == 1 else "B"
        called.append(line)
        turns = after_call(turns, line=line, is_priority=False, rule=rule, plan=0)
    assert "".join(called) == "BABA"
