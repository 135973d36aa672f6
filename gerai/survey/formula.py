"""The SKM formula: nine elements, one index, one grade.

Exact arithmetic throughout: answers are added as whole numbers, divided as fractions, and
rounded once, at the end. Pure: no Django. Source of every number: docs/reference/skm.md.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

ELEMENTS = 9
BEST_ANSWER = 4
POINTS_PER_STEP = 25

OFFICIAL_WEIGHT = Decimal("0.111")
EXACT_WEIGHT = Fraction(1, 9)
SHORT_WEIGHT = Decimal("0.11")

Answers = Sequence[Sequence[int | None]]
"""n respondents x 9 elements (U1..U9), whole numbers 1..4, 4 is best, None is not answered."""

Number = Fraction | Decimal
Grade = Literal["A", "B", "C", "D"]

# The lower edge of each band, after rounding to two decimals. D has no lower edge here: with
# weights a little under 1/9 the worst possible index lies a little under the printed 25.00.
BANDS: tuple[tuple[Decimal, Grade], ...] = (
    (Decimal("88.31"), "A"),
    (Decimal("76.61"), "B"),
    (Decimal("65.00"), "C"),
)


class Incomplete(StrEnum):
    """What becomes of a respondent who left an element out.

    LEAVE_OUT: the whole respondent is left out.
    PER_ELEMENT: each element counts whoever answered it.
    """

    LEAVE_OUT = "leave-out"
    PER_ELEMENT = "per-element"


class NoAnswers(ValueError):
    """An element has no answer to count; ``element`` is 1..9, None when nobody is left."""

    def __init__(self, element: int | None = None) -> None:
        """Keep which element it was."""
        super().__init__(f"no answers for U{element}" if element else "no answers")
        self.element = element


def satisfaction_index(
    answers: Answers,
    *,
    weight: Number = OFFICIAL_WEIGHT,
    incomplete: Incomplete = Incomplete.LEAVE_OUT,
    decimals: int = 2,
) -> Decimal:
    """Return the satisfaction index (IKM) of a set of answers.

    answers: n respondents x 9 elements (U1..U9), whole numbers 1..4, 4 is best.
    weight: what each element counts for; the nine together count for about 1.
    Returns points, 24.98 to 99.90 with the official weight, rounded half up.

    :raises NoAnswers: nobody is left to count, or nobody answered one element
    :raises ValueError: an answer which is not nine numbers of 1..4

    Source: PermenPANRB 14/2017; see docs/reference/skm.md.

    >>> satisfaction_index([[4] * 9, [3] * 9])
    Decimal('87.41')
    """
    means = element_means(answers, incomplete=incomplete)
    return rounded(index_of_means(means, weight=weight), decimals)


def element_means(
    answers: Answers, *, incomplete: Incomplete = Incomplete.LEAVE_OUT
) -> tuple[Fraction, ...]:
    """Return the mean answer of each element (NRR), nine exact fractions of 1..4.

    :raises NoAnswers: nobody is left to count, or nobody answered one element
    :raises ValueError: an answer which is not nine numbers of 1..4

    >>> [str(mean) for mean in element_means([[4] * 9, [3] * 8 + [4]])][-2:]
    ['7/2', '4']
    """
    counted = used_answers(answers, incomplete=incomplete)
    if not counted:
        raise NoAnswers
    means = []
    for element in range(ELEMENTS):
        given = [answer for row in counted if (answer := row[element]) is not None]
        if not given:
            raise NoAnswers(element + 1)
        means.append(Fraction(sum(given), len(given)))
    return tuple(means)


def used_answers(answers: Answers, *, incomplete: Incomplete) -> list[Sequence[int | None]]:
    """Return the respondents who are counted.

    :raises ValueError: an answer which is not nine numbers of 1..4
    """
    for row in answers:
        _check(row)
    if incomplete is Incomplete.LEAVE_OUT:
        return [row for row in answers if is_complete(row)]
    return [row for row in answers if any(answer is not None for answer in row)]


def is_complete(row: Sequence[int | None]) -> bool:
    """Return whether a respondent answered every element."""
    return all(answer is not None for answer in row)


def index_of_means(means: Sequence[Fraction], *, weight: Number = OFFICIAL_WEIGHT) -> Fraction:
    """Return the exact index of nine element means.

    >>> index_of_means([Fraction(4)] * 9, weight=EXACT_WEIGHT)
    Fraction(100, 1)
    """
    return sum(means, Fraction()) * Fraction(weight) * POINTS_PER_STEP


def grade(index: Number) -> Grade:
    """Return the grade of an index: A 88.31, B 76.61, C 65.00, else D.

    The index is first rounded to two decimals, half up; the printed bands leave no other way
    to place 76.605 or 88.305.

    :raises ValueError: an index outside 0..100

    >>> grade(Decimal("88.304")), grade(Decimal("88.305"))
    ('B', 'A')
    """
    points = rounded(index, 2)
    if not 0 <= points <= BEST_ANSWER * POINTS_PER_STEP:
        raise ValueError("an index lies between 0 and 100")
    return next((letter for edge, letter in BANDS if points >= edge), "D")


def sample_size(population: int) -> int:
    """Return how many of a population to ask (Krejcie and Morgan, 5 % error, 95 % sure).

    Rounded to the nearest whole, as in the printed table.

    :raises ValueError: a population under 1

    >>> sample_size(1200)
    291
    """
    if population < 1:
        raise ValueError("a population has at least one member")
    chi_square, proportion, error = Fraction("3.841"), Fraction(1, 2), Fraction(1, 20)
    spread = chi_square * proportion * (1 - proportion)
    return int(rounded(population * spread / (error**2 * (population - 1) + spread), 0))


def rounded(number: Number, decimals: int) -> Decimal:
    """Return a number of zero or more rounded half up, exactly.

    >>> rounded(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    exact = Fraction(number) * 10**decimals
    whole = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return Decimal(whole).scaleb(-decimals)


def _check(row: Sequence[int | None]) -> None:
    if len(row) != ELEMENTS or any(
        answer is not None and answer not in range(1, BEST_ANSWER + 1) for answer in row
    ):
        raise ValueError("an answer is nine whole numbers of 1..4")
