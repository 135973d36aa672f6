"""Minutes between two calls of a line while people wait: today's, held by the past's."""

from dataclasses import dataclass

from gerai.waits.rules.seen import Snapshot

# Nothing is known of a line: as if two people had been called, one each so many minutes.
# Halfway (as factors) between this and the minutes somebody set: those may be far off.
USUAL_MINUTES = 7.0
USUAL_CALLS = 2.0
LONGEST_SET = 60.0
# Twice as many counters do not call twice as often (they share their visitors with other
# lines); 0 would be not at all faster, 1 twice as fast.
COUNTERS_POWER = 0.3
# A day counts half after so many further days of that line.
DAYS_TO_HALF = 5
# However long the past, it weighs as so many calls beside those of today.
PAST_CALLS = 80.0


@dataclass(slots=True)
class Pace:
    """Minutes (as if one counter were open) and calls of a line, of former days and today."""

    past_minutes: float = 0.0
    past_calls: float = 0.0
    minutes: float = 0.0
    calls: float = 0.0

    def end_day(self) -> None:
        """Let today become the newest of the former days."""
        faded = 0.5 ** (1 / DAYS_TO_HALF)
        self.past_minutes = self.past_minutes * faded + self.minutes
        self.past_calls = self.past_calls * faded + self.calls
        self.minutes = self.calls = 0.0

    def learn(self, before: Snapshot, now: Snapshot) -> None:
        """Take in what happened between two looks, if people waited at the first one."""
        calls = now.called - before.called
        if before.waiting < 1 or not (before.counters or calls):
            return
        minutes = (now.minute - before.minute) * _strength(before.counters)
        if now.waiting == 0 and calls >= before.waiting:
            minutes /= 2  # the line ran empty at some moment between
        self.minutes += minutes
        self.calls += calls

    def minutes_each(self, counters: int, usual_minutes: float | None) -> float:
        """Return the expected minutes from one call to the next while people wait.

        counters: open now; usual_minutes: somebody's figure, None where there is none.
        """
        calls = USUAL_CALLS + self.past_calls
        minutes = USUAL_CALLS * _usual(counters, usual_minutes) + self.past_minutes
        held = min(calls, PAST_CALLS)
        single = (held * minutes / calls + self.minutes) / (held + self.calls)
        return single / _strength(counters)


def _strength(counters: int) -> float:
    return float(max(counters, 1) ** COUNTERS_POWER)


def _usual(counters: int, usual_minutes: float | None) -> float:
    minutes = USUAL_MINUTES
    if usual_minutes and usual_minutes > 0:
        set_minutes = min(usual_minutes, LONGEST_SET) / max(counters, 1)
        minutes = (USUAL_MINUTES * set_minutes) ** 0.5
    return minutes * _strength(counters)
