"""How good estimates were: recorded looks are replayed without looking ahead, then compared."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from gerai.waits.rules.estimator import Estimator
from gerai.waits.rules.seen import Estimate, Snapshot

# Which looks count, as the published yardsticks count them.
FROM_MINUTE = 8 * 60 + 30
LONGEST_WAIT = 240.0
# The yardstick "calls of the last half hour" says nothing where there was none; such looks
# are counted by no yardstick, and no plain guess exceeds the longest wait.
RECENT_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Recorded:
    """A look of a recording; realised: minutes its last person waited, None if not known."""

    office: str
    snapshot: Snapshot
    realised: float | None


@dataclass(frozen=True, slots=True)
class Case:
    """What was said at a look that counts, what was true, and what plain guesses would say.

    by_rate: people waiting / calls per minute of the last half hour; by_set: people waiting x
    minutes set / open counters, None where no minutes are set.
    """

    office: str
    said: Estimate
    realised: float
    by_rate: float
    by_set: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Errors in minutes over so many cases; coverage: share of truths inside the range.

    constant_mae: of always saying the mean, which is known only afterwards.
    """

    cases: int
    mae: float
    medae: float
    p90: float
    coverage: float
    width: float
    rate_mae: float
    set_mae: float | None
    constant_mae: float


def replay(recording: Iterable[Recorded]) -> list[Case]:
    """Return a case for each look that counts.

    recording: in order of time. Each office is learned by itself, from its looks so far; the
    realised waits are for the judge alone.
    """
    estimators: dict[str, Estimator] = {}
    recent: dict[Hashable, list[Snapshot]] = {}
    cases = []
    for one in recording:
        look = one.snapshot
        said = estimators.setdefault(one.office, Estimator()).see(look)
        before = recent.get(look.line, [])
        window = [
            past
            for past in [*before, look]
            if past.day == look.day and past.minute >= look.minute - RECENT_MINUTES
        ]
        recent[look.line] = window
        calls = look.called - window[0].called
        if one.realised is None or calls < 1 or not _counts(look, one.realised):
            continue
        rate = calls / (look.minute - window[0].minute)
        by_set = None
        if look.usual_minutes is not None:
            by_set = min(look.waiting * look.usual_minutes / look.counters, LONGEST_WAIT)
        cases.append(
            Case(one.office, said, one.realised, min(look.waiting / rate, LONGEST_WAIT), by_set)
        )
    return cases


def _counts(look: Snapshot, realised: float) -> bool:
    return (
        look.minute >= FROM_MINUTE
        and look.waiting >= 1
        and look.counters >= 1
        and realised <= LONGEST_WAIT
    )


def judge(cases: Sequence[Case]) -> Judgement:
    """Return the errors of at least one case."""
    errors = [abs(case.said.middle - case.realised) for case in cases]
    mean = fmean(case.realised for case in cases)
    by_set = [abs(case.by_set - case.realised) for case in cases if case.by_set is not None]
    return Judgement(
        cases=len(cases),
        mae=fmean(errors),
        medae=median(errors),
        p90=_ninth_tenth(errors),
        coverage=fmean(case.said.low <= case.realised <= case.said.high for case in cases),
        width=fmean(case.said.high - case.said.low for case in cases),
        rate_mae=fmean(abs(case.by_rate - case.realised) for case in cases),
        set_mae=fmean(by_set) if by_set else None,
        constant_mae=fmean(abs(mean - case.realised) for case in cases),
    )


def _ninth_tenth(values: Sequence[float]) -> float:
    """Return the value below which nine tenths lie, evenly between two of them."""
    ordered = sorted(values)
    place = 0.9 * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
