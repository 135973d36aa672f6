"""How many who came later may be called before somebody at most. Pure."""

from collections.abc import Collection, Iterable
from math import ceil

from gerai.queue.rules.document import CallRule


def most_later_ones(
    rule: CallRule,
    *,
    line: str,
    lines: Iterable[str],
    is_priority: bool,
    plans: Collection[int | None] = (None,),
) -> int | None:
    """Return how many later ones are called at most before whoever came first of a class.

    Whoever: nobody of their class came earlier in any of these lines. Counted are the calls in
    turn of one pool of counters (`CallRule.pool_of`), whose counters have these lines and
    plans. None where no number of calls bounds it but a limit in minutes: the rule has limits,
    or an order or weights.

    With k priority and n ordinary calls in a row: their class has a turn after at most n or k
    calls of the other. By a ratio each other line has at most floor(its share / own share) + 1
    turns first.

    >>> most_later_ones(CallRule(), line="A", lines="A", is_priority=False)
    2
    """
    others = [each for each in lines if each != line]
    if rule.limits:
        return None
    turns_before = 0
    for plan in (rule.plans[number] for number in plans if number is not None):
        if plan.how in ("in_order", "weights") and others:
            return None
        if plan.how == "ratio":
            own = plan.share(line)
            turns_before += sum(plan.share(each) // own + 1 for each in others)
    if rule.priority_in_a_row == 0:
        return turns_before
    row, other_row = rule.ordinary_in_a_row, rule.priority_in_a_row
    if is_priority:
        row, other_row = other_row, row
    return turns_before + other_row * ceil((turns_before + 1) / row)


def others_before(own: int, others: int, *, rule: CallRule, is_priority: bool) -> int:
    """Return how many of the other class are called before one with so many of its own ahead.

    own: of the same class, earlier; others: of the other class, waiting now. For an ordinary
    number as many as the ratio may bring, for a priority number as few.

    >>> others_before(0, 5, rule=CallRule(), is_priority=False)
    2
    >>> others_before(4, 5, rule=CallRule(), is_priority=True)
    2
    """
    if is_priority:
        return min(others, rule.ordinary_in_a_row * (own // rule.priority_in_a_row))
    return min(others, rule.priority_in_a_row * ceil((own + 1) / rule.ordinary_in_a_row))
