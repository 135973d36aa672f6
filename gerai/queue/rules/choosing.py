"""Whom a counter calls next, and what its lines remember of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import lcm
from typing import Any, Final

from gerai.queue.rules.document import SHARES, CallRule, Plan

# A call takes the length of a round divided by the line's share: a whole number for any share.
ROUND: Final = lcm(*range(SHARES[0], SHARES[1] + 1))

# Reasons of calls that are nobody's turn: they leave the turns of the classes as they were.
OUT_OF_TURN: Final = frozenset({"sent_to_this_counter", "chosen_by_officer", "over_limit"})


@dataclass(frozen=True)
class Head:
    """The first ticket of one line and class (priority or ordinary) that a counter may call.

    line: its code; waiting: how many of this line and class wait.
    """

    ticket_id: int
    arrived_at: datetime
    is_priority: bool
    waiting: int
    is_wanted_here: bool = False
    line: str = ""
    label: str = ""


@dataclass(frozen=True)
class LineTurns:
    """What a line remembers of the day's calls.

    streaks: pool of counters → how many priority and ordinary calls stand in a row there.
    shares: pool, plan and class → (where the line's next turn stands, where its counters
    are), counted in parts of a round. They belong to one version of the rule.
    """

    calls: int = 0
    version: int = 0
    streaks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    shares: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """The ticket to call, and why: stored with the call, readable later.

    is_in_turn: the plan of the lines chose it, nothing that goes before the plan.
    """

    ticket_id: int
    explanation: Mapping[str, object]
    is_in_turn: bool = True


def choose(
    heads: Sequence[Head],
    *,
    turns: Mapping[str, LineTurns],
    rule: CallRule,
    now: datetime,
    plan: int | None = None,
    pool: str = "",
) -> Choice | None:
    """Choose whom a counter calls next; None when nobody waits.

    heads: at most one of each line and class, and those that were sent to this very counter.
    turns: line code → what the lines of this counter remember. plan: number of the plan that
    holds at this counter. pool: name of the counters that may call the same visitors
    (`CallRule.pool_of`); turns are taken among them.

    Before everything else goes who was sent here; then, of the heads that have waited as
    long as the rule's limit, the one whose limit was reached first; then the class whose turn
    it is, and within it the line that the plan says.

    >>> from datetime import UTC
    >>> early, late = datetime(2026, 1, 5, 1, tzinfo=UTC), datetime(2026, 1, 5, 2, tzinfo=UTC)
    >>> two = [Head(1, early, False, 5), Head(2, late, True, 1)]
    >>> choose(two, turns={}, rule=CallRule(), now=late).ticket_id
    2
    >>> called = {"A": LineTurns(streaks={"": (2, 0)})}
    >>> choose(two, turns=called, rule=CallRule(), now=late).ticket_id
    1
    """
    if not heads:
        return None
    return _Weighing(turns, rule, now, plan, pool).choice(heads)


def after_call(
    turns: Mapping[str, LineTurns],
    *,
    line: str,
    is_priority: bool,
    rule: CallRule,
    plan: int | None = None,
    pool: str = "",
    is_in_turn: bool = True,
) -> dict[str, LineTurns]:
    """Return what the lines of a counter remember after a call."""
    after = {code: replace(own, calls=own.calls + (code == line)) for code, own in turns.items()}
    if is_in_turn:
        streaks = _streaks_after(*_streaks(turns, pool), is_priority=is_priority, rule=rule)
        after = _with_streaks(after, pool, streaks)
    if plan is None or rule.plans[plan].how != "ratio" or line not in turns:
        return after
    key = _share_key(pool, plan, rule, is_priority=is_priority)
    standing = _reached(turns, rule, key)
    step = ROUND // rule.plans[plan].share(line)
    begins = max(standing, _finish(turns[line], rule, key))
    # Whoever was called out of turn has no later turn than one just called: nobody is punished.
    ends = begins + step if is_in_turn else max(begins, standing + step)
    reached = begins if is_in_turn else standing
    for code, own in after.items():
        finish = ends if code == line else _finish(own, rule, key)
        shares = own.shares if own.version == rule.version else {}
        after[code] = replace(own, version=rule.version, shares={**shares, key: (finish, reached)})
    return after


def undone(
    turns: Mapping[str, LineTurns],
    *,
    line: str,
    is_priority: bool,
    rule: CallRule,
    explanation: Mapping[str, Any],
) -> dict[str, LineTurns]:
    """Return what the lines of a counter remember once a call was taken back.

    turns: of the lines that remember the call's pool; explanation: stored with the call. Where
    another counter called since, its count stands.
    """
    back = {
        code: replace(own, calls=max(own.calls - (code == line), 0)) for code, own in turns.items()
    }
    if explanation.get("reason") in OUT_OF_TURN:
        return back
    pool = str(explanation.get("pool", ""))
    before = (
        int(explanation.get("priority_streak", 0)),
        int(explanation.get("ordinary_streak", 0)),
    )
    priority, ordinary = _streaks(turns, pool)
    if is_priority:
        back = _with_streaks(back, pool, (max(priority - 1, 0), ordinary))
    elif (priority, ordinary) == _streaks_after(*before, is_priority=False, rule=rule):
        back = _with_streaks(back, pool, before)
    plan = _plan_by_ratio(explanation, rule)
    own = back.get(line)
    if own is None or plan is None or own.version != rule.version:
        return back
    key = _share_key(pool, plan, rule, is_priority=is_priority)
    finish, reached = own.shares.get(key, (0, 0))
    given_back = max(reached, finish - ROUND // rule.plans[plan].share(line))
    return back | {line: replace(own, shares={**own.shares, key: (given_back, reached)})}


def _plan_by_ratio(explanation: Mapping[str, Any], rule: CallRule) -> int | None:
    """Return the number of the plan by which lines took turns, if the rule is still that one."""
    plan = explanation.get("plan")
    is_same = explanation.get("rule", {}).get("version") == rule.version
    if isinstance(plan, int) and is_same and rule.plans[plan].how == "ratio":
        return plan
    return None


def _streaks_after(
    priority: int, ordinary: int, *, is_priority: bool, rule: CallRule
) -> tuple[int, int]:
    """Return how many priority and ordinary calls stand in a row after one more call."""
    if is_priority:
        return priority + 1, ordinary
    if 0 < rule.priority_in_a_row <= priority and ordinary + 1 < rule.ordinary_in_a_row:
        return priority, ordinary + 1
    return 0, 0


def _streaks(turns: Mapping[str, LineTurns], pool: str) -> tuple[int, int]:
    known = [own.streaks[pool] for own in turns.values() if pool in own.streaks]
    return max((each[0] for each in known), default=0), max((each[1] for each in known), default=0)


def _with_streaks(
    turns: Mapping[str, LineTurns], pool: str, streaks: tuple[int, int]
) -> dict[str, LineTurns]:
    return {
        code: replace(own, streaks={**own.streaks, pool: streaks}) for code, own in turns.items()
    }


@dataclass(frozen=True)
class _Weighing:
    """What heads are weighed by at one counter and moment."""

    turns: Mapping[str, LineTurns]
    rule: CallRule
    now: datetime
    number: int | None
    pool: str

    def choice(self, heads: Sequence[Head]) -> Choice:
        wanted = [head for head in heads if head.is_wanted_here]
        free = [head for head in heads if not head.is_wanted_here]
        if wanted:
            chosen, reason, lines_by = _first(wanted), "sent_to_this_counter", ""
            is_in_turn = False
        else:
            competing, reason = self._class_turn(free)
            chosen, lines_by = self._line_turn(competing)
            late = self._longest_over_its_limit(free)
            is_in_turn = late is None or late == chosen
            if late is not None and not is_in_turn:
                chosen, reason, lines_by = late, "over_limit", ""
        explanation = {"reason": reason, "lines_by": lines_by} | self._told(chosen, heads)
        return Choice(chosen.ticket_id, explanation, is_in_turn=is_in_turn)

    def _class_turn(self, free: Sequence[Head]) -> tuple[Sequence[Head], str]:
        """Return the heads of the class whose turn it is, and why."""
        priority = [head for head in free if head.is_priority]
        ordinary = [head for head in free if not head.is_priority]
        if not ordinary:
            return priority, "first_of_priority"
        if not priority:
            return ordinary, "first_come"
        if self.rule.priority_in_a_row == 0:
            return free, "first_come"
        streak, _ordinary = _streaks(self.turns, self.pool)
        if streak >= self.rule.priority_in_a_row:
            return ordinary, "ordinary_turn"
        return priority, "priority_turn"

    def _line_turn(self, competing: Sequence[Head]) -> tuple[Head, str]:
        """Return the head of the line whose turn it is, and why; no reason for one line alone."""
        if self.number is None or self.rule.plans[self.number].how == "arrival":
            return _first(competing), ""
        plan = self.rule.plans[self.number]
        chosen = min(competing, key=lambda head: (self._rank(plan, head), *_coming(head)))
        is_alone = len({head.line for head in competing}) == 1
        return chosen, "" if is_alone else plan.how

    def _rank(self, plan: Plan, head: Head) -> tuple[float, int]:
        """Return what a head is sorted by, the smallest first."""
        place = plan.place(head.line)
        match plan.how:
            case "in_order":
                return place, 0
            case "weights":
                waited = (self.now - head.arrived_at).total_seconds()
                return -waited * plan.share(head.line), 0
            case _:
                assert self.number is not None
                key = _share_key(self.pool, self.number, self.rule, is_priority=head.is_priority)
                standing = _reached(self.turns, self.rule, key)
                own = self.turns.get(head.line, LineTurns())
                return max(standing, _finish(own, self.rule, key)), place

    def _longest_over_its_limit(self, free: Sequence[Head]) -> Head | None:
        late = []
        for head in free:
            minutes = self.rule.limit_for(head.line, is_priority=head.is_priority)
            if minutes is not None:
                due = head.arrived_at + timedelta(minutes=minutes)
                if due <= self.now:
                    late.append((due, *_coming(head), head))
        return min(late, key=lambda each: each[:3])[-1] if late else None

    def _told(self, chosen: Head, heads: Sequence[Head]) -> dict[str, object]:
        priority, ordinary = _streaks(self.turns, self.pool)
        free = [head for head in heads if not head.is_wanted_here]
        rule, number = self.rule, self.number
        return {
            "rule": {
                "version": rule.version,
                "priority_in_a_row": rule.priority_in_a_row,
                "ordinary_in_a_row": rule.ordinary_in_a_row,
            },
            "plan": number,
            "pool": self.pool,
            "share": rule.plans[number].share(chosen.line) if number is not None else 1,
            "limit": rule.limit_for(chosen.line, is_priority=chosen.is_priority),
            "line": chosen.line,
            "priority_streak": priority,
            "ordinary_streak": ordinary,
            "priority_waiting": sum(head.waiting for head in free if head.is_priority),
            "ordinary_waiting": sum(head.waiting for head in free if not head.is_priority),
            "heads": [
                {
                    "label": head.label,
                    "line": head.line,
                    "is_priority": head.is_priority,
                    "arrived_at": head.arrived_at.isoformat(),
                    "waiting": head.waiting,
                    "is_wanted_here": head.is_wanted_here,
                    "is_chosen": head is chosen,
                }
                for head in heads
            ],
        }


def _share_key(pool: str, plan: int, rule: CallRule, *, is_priority: bool) -> str:
    group = "" if rule.priority_in_a_row == 0 else "p" if is_priority else "o"
    return f"{pool}|{plan}{group}"


def _finish(own: LineTurns, rule: CallRule, key: str) -> int:
    return own.shares.get(key, (0, 0))[0] if own.version == rule.version else 0


def _reached(turns: Mapping[str, LineTurns], rule: CallRule, key: str) -> int:
    return max(
        (own.shares.get(key, (0, 0))[1] for own in turns.values() if own.version == rule.version),
        default=0,
    )


def _coming(head: Head) -> tuple[datetime, int]:
    return head.arrived_at, head.ticket_id


def _first(heads: Sequence[Head]) -> Head:
    return min(heads, key=_coming)
