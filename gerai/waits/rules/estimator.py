"""The wait of the last person now waiting, learned while looking. Pure, and never looks ahead.

Two things are learned. The *pace* of each line: minutes between two calls. And, once the
last one who waited at some look has been called, the *outcome*: by what factor the wait that
the pace let expect was wrong. Like outcomes of all lines of the office say
where the middle lies and how wide the range must be.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from gerai.waits.rules.outcomes import Outcomes, quantiles
from gerai.waits.rules.pace import Pace
from gerai.waits.rules.seen import NO_WAIT, Estimate, Snapshot

CLAIM = 0.8
# A long line goes faster for each of its people than a short one: some have left.
BEGUN = 0.5
LENGTH_POWER = 0.9
# The share of outcomes outside the range is steered to 1 - CLAIM by steps of this size.
STEERING = 0.003
NARROWEST, WIDEST = 0.65, 0.95
SHORTEST = 0.3  # minutes: outcomes are ratios, which 0 would spoil


@dataclass(slots=True)
class _Pending:
    """An estimate whose end has not been seen."""

    minute: float
    waiting: int
    issued: int
    expected: float
    said: Estimate


@dataclass(slots=True)
class _Line:
    pace: Pace = field(default_factory=Pace)
    last: Snapshot | None = None
    pending: list[_Pending] = field(default_factory=list)

    def pace_at(self, now: Snapshot) -> Pace:
        """Return the pace as it will be once this look has been seen."""
        pace = replace(self.pace)
        if self.last is not None and now.day != self.last.day:
            pace.end_day()
        elif self.last is not None and now.called >= self.last.called:
            pace.learn(self.last, now)
        return pace


class Estimator:
    """Everything learned about the lines of one office."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, _Line] = {}
        self._outcomes = Outcomes()
        self._within = CLAIM

    def see(self, now: Snapshot) -> Estimate:
        """Learn from a look at a line, then say how long its last person will wait.

        The looks at one line must come in order of time.
        """
        line = self._lines.setdefault(now.line, _Line())
        last = line.last
        if last is not None and (now.day != last.day or now.called < last.called):
            line.pace.end_day()
            line.pending.clear()
        elif last is not None:
            line.pace.learn(last, now)
            self._settle(line, last, now)
        line.last = now
        if now.waiting < 1:
            return NO_WAIT
        minutes = line.pace.minutes_each(now.counters, now.usual_minutes)
        expected = _expected(now.waiting, minutes)
        said = self._range(now.waiting, expected)
        if now.counters > 0:
            line.pending.append(_Pending(now.minute, now.waiting, now.issued, expected, said))
        return said

    def expect(self, now: Snapshot, *, waiting: int) -> Estimate:
        """Say how long the last of so many would wait, without learning anything.

        now: the line as it is; what passed since the last look counts as if it were seen.
        More people never wait less long: worked out for 1, 2, 4, … people, evenly between.
        """
        if waiting < 1:
            return NO_WAIT
        line = self._lines.get(now.line) or _Line()
        minutes = line.pace_at(now).minutes_each(now.counters, now.usual_minutes)
        below = above = self._of(1, minutes)
        few = many = 1
        while many < waiting:
            few, many, below = many, 2 * many, above
            above = _longer(below, self._of(many, minutes))
        share = (waiting - few) / (many - few) if many > few else 0.0
        return _between(below, above, share)

    def _of(self, waiting: int, minutes_each: float) -> Estimate:
        return self._range(waiting, _expected(waiting, minutes_each))

    def _range(self, waiting: int, expected: float) -> Estimate:
        outcomes = self._outcomes.like(waiting, expected)
        outside = (1 - self._within) / 2
        low, middle, high = quantiles(outcomes, (outside, 0.5, 1 - outside))
        return Estimate(low * expected, middle * expected, high * expected)

    def _settle(self, line: _Line, before: Snapshot, now: Snapshot) -> None:
        """Learn how those estimates turned out whose last person has been called by now."""
        still = []
        for one in line.pending:
            if now.called < one.issued:
                still.append(one)
                continue
            waited = max(_called_at(one.issued, before, now) - one.minute, SHORTEST)
            self._outcomes.learn(one.waiting, one.expected, waited / one.expected)
            missed = not one.said.low <= waited <= one.said.high
            within = self._within + STEERING * (missed - (1 - CLAIM))
            self._within = min(max(within, NARROWEST), WIDEST)
        line.pending = still


def _expected(waiting: int, minutes_each: float) -> float:
    return float(minutes_each * (waiting + BEGUN) ** LENGTH_POWER)


def _longer(one: Estimate, other: Estimate) -> Estimate:
    return Estimate(
        max(one.low, other.low), max(one.middle, other.middle), max(one.high, other.high)
    )


def _between(one: Estimate, other: Estimate, share: float) -> Estimate:
    return Estimate(
        one.low + share * (other.low - one.low),
        one.middle + share * (other.middle - one.middle),
        one.high + share * (other.high - one.high),
    )


def _called_at(number: int, before: Snapshot, now: Snapshot) -> float:
    """Return the minute at which a number was called, evenly between two looks."""
    calls = now.called - before.called
    if calls == 0:
        return now.minute
    share = max(number - before.called, 0) / calls
    return before.minute + share * (now.minute - before.minute)
