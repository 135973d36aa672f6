"""How near each stage is to its close, in words and with the way to what is missing."""

from dataclasses import dataclass

from gerai.founding.models import StageClosing, StageName
from gerai.founding.queries.facts import facts
from gerai.founding.queries.words import Lack, lack_of
from gerai.founding.rules import Facts, StageCheck, check, opening_conditions
from gerai.founding.stages import Stage


@dataclass(frozen=True)
class StageReadiness:
    """A stage with what it has and what it lacks."""

    stage: Stage
    name: str
    check: StageCheck
    missing: tuple[Lack, ...]
    closing: StageClosing | None

    @property
    def percent(self) -> int:
        """Return how much of it is met, in percent."""
        return self.check.percent

    @property
    def may_close(self) -> bool:
        """Tell whether nothing is missing."""
        return self.check.may_close

    @property
    def is_closed(self) -> bool:
        """Tell whether it was closed."""
        return self.closing is not None


def readiness(known: Facts | None = None) -> list[StageReadiness]:
    """Return every stage of the founding of the mall in scope, in order.

    known: the numbers, where the caller has them already.
    """
    known = known or facts()
    closings = {closing.stage: closing for closing in StageClosing.objects.all()}
    return [_readiness(stage, known, closings.get(stage)) for stage in Stage]


def readiness_of(stage: Stage) -> StageReadiness:
    """Return one stage."""
    return _readiness(stage, facts(), StageClosing.objects.filter(stage=stage).first())


def lacks_before_opening(known: Facts | None = None) -> list[Lack]:
    """Return what must be there before the mall may open to visitors, and is not."""
    conditions = opening_conditions(known or facts())
    return [lack_of(each) for each in conditions if not each.is_met]


def _readiness(stage: Stage, known: Facts, closing: StageClosing | None) -> StageReadiness:
    found = check(stage, known)
    return StageReadiness(
        stage=stage,
        name=str(StageName(stage.value).label),
        check=found,
        missing=tuple(lack_of(each, stage) for each in found.missing),
        closing=closing,
    )
