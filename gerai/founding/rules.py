"""What must be true before a stage may close, and before a mall may open.

Pure: numbers in, keys of what is met and what is missing out; `queries.words` says them.
Stages are named by their words, see stages.py. What cannot be judged yet is not asked: no
required facility is missing where no list was made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Likelihood times weight, each 1 to 5.
GRAVE = 12
NOTABLE = 6


@dataclass(frozen=True)
class Facts:
    """What is known of a founding, in numbers. steps: stage → (over, all)."""

    steps: Mapping[str, tuple[int, int]]
    has_leader: bool = False
    services: int = 0
    services_without_standard: int = 0
    agreements_signed: int = 0
    agreements_ending: int = 0
    has_flow: bool = False
    has_house_rules: bool = False
    has_complaints: bool = False
    facilities: int = 0
    required_missing: int = 0
    seated_counters: int = 0
    has_hours: bool = False
    roles: int = 0
    roles_unfilled: int = 0
    roles_untrained: int = 0
    officers: int = 0
    trial_days: int = 0
    ready_agencies: int = 0
    is_open: bool = False


@dataclass(frozen=True)
class Condition:
    """Something that must be true. missing: how many lack it, where that can be counted."""

    key: str
    is_met: bool
    missing: int = 0


@dataclass(frozen=True)
class StageCheck:
    """How near a stage is to its close."""

    stage: str
    steps_over: int
    steps_all: int
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> tuple[Condition, ...]:
        """Return what is not met."""
        return tuple(condition for condition in self.conditions if not condition.is_met)

    @property
    def may_close(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing

    @property
    def percent(self) -> int:
        """Return the share of steps and conditions that are met; 100 only where all are."""
        others = [each for each in self.conditions if each.key != "steps"]
        parts = self.steps_all + len(others)
        met = self.steps_over + sum(each.is_met for each in others)
        return 100 if self.may_close else min(99, met * 100 // parts) if parts else 0


def check(stage: str, facts: Facts) -> StageCheck:
    """Return what a stage needs before it may close.

    >>> check("trial", Facts(steps={"trial": (2, 2)})).missing
    (Condition(key='trial_day', is_met=False, missing=0),)
    """
    over, total = facts.steps.get(stage, (0, 0))
    steps = Condition("steps", over == total, total - over)
    return StageCheck(stage, over, total, (steps, *_CONDITIONS[stage](facts)))


def opening_conditions(facts: Facts) -> tuple[Condition, ...]:
    """Return what must be true before the mall may open to visitors."""
    return (
        Condition("service", facts.services > 0),
        Condition("counter", facts.seated_counters > 0),
        Condition("hours", facts.has_hours),
        Condition("officer", facts.officers > 0),
        Condition("together", facts.ready_agencies > 0),
    )


def gravity(likelihood: int, weight: int) -> str:
    """Return how grave a risk is: grave, notable or small.

    >>> gravity(3, 5), gravity(2, 3), gravity(1, 4)
    ('grave', 'notable', 'small')
    """
    product = likelihood * weight
    return "grave" if product >= GRAVE else "notable" if product >= NOTABLE else "small"


def _commitment(facts: Facts) -> Iterator[Condition]:
    yield Condition("leader", facts.has_leader)


def _agencies(facts: Facts) -> Iterator[Condition]:
    yield Condition("service", facts.services > 0)
    yield Condition("agreement", facts.agreements_signed > 0)


def _mechanism(facts: Facts) -> Iterator[Condition]:
    without = facts.services_without_standard
    yield Condition("standards", facts.services > 0 and not without, without)
    yield Condition("flow", facts.has_flow)
    yield Condition("house_rules", facts.has_house_rules)
    yield Condition("complaints", facts.has_complaints)


def _facilities(facts: Facts) -> Iterator[Condition]:
    yield Condition("checklist", facts.facilities > 0)
    if facts.facilities:
        yield Condition("facilities", not facts.required_missing, facts.required_missing)
    yield Condition("counter", facts.seated_counters > 0)
    yield Condition("hours", facts.has_hours)


def _staff(facts: Facts) -> Iterator[Condition]:
    yield Condition("roles", facts.roles > 0)
    if facts.roles:
        yield Condition("filled", not facts.roles_unfilled, facts.roles_unfilled)
        yield Condition("trained", not facts.roles_untrained, facts.roles_untrained)
    yield Condition("officer", facts.officers > 0)


def _trial(facts: Facts) -> Iterator[Condition]:
    yield Condition("trial_day", facts.trial_days > 0)


def _inauguration(facts: Facts) -> Iterator[Condition]:
    yield Condition("open", facts.is_open)


def _after(facts: Facts) -> Iterator[Condition]:
    yield Condition("open", facts.is_open)
    if facts.is_open:
        yield Condition("renewed", not facts.agreements_ending, facts.agreements_ending)


_CONDITIONS = {
    "commitment": _commitment,
    "agencies": _agencies,
    "mechanism": _mechanism,
    "facilities": _facilities,
    "staff": _staff,
    "trial": _trial,
    "inauguration": _inauguration,
    "after": _after,
}
