"""What people thought of a year: the index, and the flower of its nine elements."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.showcase.shape.flower import Petal, petals
from gerai.survey.formula import (
    BEST_ANSWER,
    Grade,
    Incomplete,
    NoAnswers,
    element_means,
    grade,
    index_of_means,
    rounded,
)
from gerai.survey.models import Rating
from gerai.survey.queries import ELEMENT_NAMES

FEW_ANSWERS = 30
SATISFACTION_DAYS = 365


@dataclass(frozen=True)
class ElementPicture:
    """One of the nine elements with its petal."""

    name: object
    mean: Decimal
    petal: Petal
    is_lowest: bool
    is_highest: bool


@dataclass(frozen=True)
class Satisfaction:
    """The index of a year, and the flower of its nine elements."""

    index: Decimal
    grade: Grade
    elements: tuple[ElementPicture, ...]
    answers: int
    since: date

    @property
    def are_few(self) -> bool:
        """Tell whether so few answered that the index may still turn."""
        return self.answers < FEW_ANSWERS


def satisfaction() -> Satisfaction | None:
    """Return the index of the last year; None when an element has no answer at all."""
    today = clock.local_day(clock.now(), current_mall().zone)
    since = today - timedelta(days=SATISFACTION_DAYS)
    answers = list(Rating.objects.filter(day__gt=since).values_list(*ELEMENT_NAMES))
    try:
        means = element_means(answers, incomplete=Incomplete.PER_ELEMENT)
    except NoAnswers:
        return None
    index = index_of_means(means)
    drawn = petals(
        [(float(mean) - 1) / (BEST_ANSWER - 1) for mean in means], x=246, y=176, radius=136
    )
    return Satisfaction(
        index=rounded(index, 2),
        grade=grade(index),
        elements=tuple(
            ElementPicture(
                name,
                rounded(mean, 2),
                petal,
                is_lowest=mean == min(means) and min(means) != max(means),
                is_highest=mean == max(means) and min(means) != max(means),
            )
            for name, mean, petal in zip(ELEMENT_NAMES.values(), means, drawn, strict=True)
        ),
        answers=len(answers),
        since=since,
    )
