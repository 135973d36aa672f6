"""The SKM formula against published results, and its properties."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gerai.survey.answers import COLUMNS, Row, UnreadableAnswers, read_answers
from gerai.survey.formula import (
    EXACT_WEIGHT,
    OFFICIAL_WEIGHT,
    SHORT_WEIGHT,
    Incomplete,
    NoAnswers,
    element_means,
    grade,
    index_of_means,
    rounded,
    sample_size,
    satisfaction_index,
    used_answers,
)

RULES = {
    "hanya_lengkap_9_unsur": Incomplete.LEAVE_OUT,
    "semua_jawaban_per_unsur": Incomplete.PER_ELEMENT,
}

answer = st.integers(1, 4)
respondent = st.lists(answer, min_size=9, max_size=9)
respondents = st.lists(respondent, min_size=1, max_size=40)


def published(shared_data: Path) -> dict[str, Any]:
    text = (shared_data / "skm" / "skm_published.yaml").read_text(encoding="utf-8")
    return {case["id"]: case for case in yaml.safe_load(text)}


def test_index_of_the_counted_case_is_the_published_one(shared_data: Path) -> None:
    case = published(shared_data)["S1"]
    columns = [
        [score for score, number in case["counts"][f"U{place}"].items() for _ in range(number)]
        for place in range(1, 10)
    ]
    answers = list(zip(*columns, strict=True))

    means = element_means(answers)

    assert sum(map(sum, answers)) == case["expected"]["total"]
    assert [float(rounded(mean, 4)) for mean in means] == case["published"]["NRR"]
    assert (
        float(rounded(index_of_means(means, weight=EXACT_WEIGHT), 4))
        == (case["expected"]["IKM_1_over_9"])
    )
    assert (
        float(rounded(index_of_means(means, weight=SHORT_WEIGHT), 4))
        == (case["expected"]["IKM_0_11"])
    )
    assert satisfaction_index(answers, weight=EXACT_WEIGHT) == Decimal("91.48")
    assert grade(index_of_means(means, weight=EXACT_WEIGHT)) == case["expected"]["mutu"]


def test_published_means_give_the_published_index(shared_data: Path) -> None:
    case = published(shared_data)["S2"]

    index = Fraction("3.2028") * 25

    assert float(rounded(index, 2)) == case["expected"]["IKM_from_3.2028"]
    assert grade(index) == case["expected"]["mutu"]
    assert grade(Fraction("2.54") * 25) == case["expected"]["mutu_of_lowest_element_NRR_2.54"]


@pytest.mark.parametrize(
    ("case", "key"), [("S3", "mutu"), ("S4", "mutu"), ("S5", "mutu_new_bands")]
)
def test_grade_of_a_published_index(shared_data: Path, case: str, key: str) -> None:
    told = published(shared_data)[case]

    assert grade(Decimal(str(told["published"]["IKM"]))) == told["expected"][key]


def test_sample_size_of_the_published_case(shared_data: Path) -> None:
    told = published(shared_data)["S3"]

    assert sample_size(told["published"]["population"]) == told["expected"]["krejcie_morgan"]


def test_sample_size_agrees_with_the_printed_table(shared_data: Path) -> None:
    with (shared_data / "skm" / "krejcie_morgan.csv").open(encoding="utf-8") as file:
        table = {int(row["populasi"]): int(row["sampel"]) for row in csv.DictReader(file)}

    assert {population: sample_size(population) for population in table} == table


def test_every_row_of_the_recomputation_agrees(shared_data: Path) -> None:
    folder = shared_data / "skm"
    name = "skm_mpp_a_2021-01_2021-08"
    content = (folder / f"{name}.csv").read_bytes()
    rows = list(csv.DictReader(content.decode().splitlines()))
    answers = read_answers(content)
    with (folder / f"{name}_rekap.csv").open(encoding="utf-8") as file:
        recap = list(csv.DictReader(file))

    computed = [_recap_row(row, rows, answers) for row in recap]

    assert len(recap) == 38
    assert computed == recap


def _recap_row(
    row: dict[str, str], rows: list[dict[str, str]], answers: list[Row]
) -> dict[str, str]:
    chosen = [
        given
        for told, given in zip(rows, answers, strict=True)
        if row["cakupan"] == "seluruh" or told[row["cakupan"]] == row["nilai"]
    ]
    rule = RULES[row["aturan"]]
    means = element_means(chosen, incomplete=rule)
    exact = index_of_means(means, weight=EXACT_WEIGHT)
    return {
        "cakupan": row["cakupan"],
        "nilai": row["nilai"],
        "aturan": row["aturan"],
        "n_responden": str(len(used_answers(chosen, incomplete=rule))),
        **{f"NRR_{name}": str(rounded(mean, 6)) for name, mean in zip(COLUMNS, means, strict=True)},
        "IKM_bobot_1_per_9": str(rounded(exact, 4)),
        "IKM_bobot_0_11": str(rounded(index_of_means(means, weight=SHORT_WEIGHT), 4)),
        "mutu": grade(exact),
    }


@pytest.mark.parametrize(
    ("weight", "best", "worst"),
    [
        (OFFICIAL_WEIGHT, "99.90", "24.98"),
        (EXACT_WEIGHT, "100.00", "25.00"),
        (SHORT_WEIGHT, "99.00", "24.75"),
    ],
)
def test_index_ends_of_each_weight(weight: Fraction | Decimal, best: str, worst: str) -> None:
    assert satisfaction_index([[4] * 9], weight=weight) == Decimal(best)
    assert satisfaction_index([[1] * 9], weight=weight) == Decimal(worst)


@pytest.mark.parametrize(
    ("index", "letter"),
    [
        ("100", "A"), ("88.31", "A"), ("88.305", "A"), ("88.3049", "B"), ("88.30", "B"),
        ("76.61", "B"), ("76.605", "B"), ("76.6049", "C"), ("65", "C"), ("64.995", "C"),
        ("64.9949", "D"), ("25", "D"), ("24.75", "D"), ("0", "D"),
    ],
)  # fmt: skip
def test_grade_at_the_edges_of_the_bands(index: str, letter: str) -> None:
    assert grade(Decimal(index)) == letter


@pytest.mark.parametrize("index", ["100.005", "-1"])
def test_grade_of_an_impossible_index_is_refused(index: str) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        grade(Decimal(index))


@pytest.mark.parametrize("row", [[4] * 8, [4] * 10, [0] + [4] * 8, [5] + [4] * 8])
def test_an_answer_which_is_not_nine_of_1_to_4_is_refused(row: list[int]) -> None:
    with pytest.raises(ValueError, match="nine whole numbers"):
        satisfaction_index([row])


def test_nobody_to_count_is_refused() -> None:
    with pytest.raises(NoAnswers):
        element_means([])
    with pytest.raises(NoAnswers):
        element_means([[None] + [4] * 8])


def test_an_element_nobody_answered_is_named() -> None:
    with pytest.raises(NoAnswers) as refusal:
        element_means([[4] * 7 + [None, 4]], incomplete=Incomplete.PER_ELEMENT)

    assert refusal.value.element == 8


def test_incomplete_answers_count_where_they_were_given() -> None:
    answers: list[list[int | None]] = [[4] * 9, [2, *[None] * 8], [None] * 9]

    assert element_means(answers) == (Fraction(4),) * 9
    assert element_means(answers, incomplete=Incomplete.PER_ELEMENT) == (
        Fraction(3),
        *[Fraction(4)] * 8,
    )
    assert len(used_answers(answers, incomplete=Incomplete.PER_ELEMENT)) == 2


@pytest.mark.parametrize("population", [0, -5])
def test_a_population_of_nobody_is_refused(population: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        sample_size(population)


@given(respondents)
def test_index_stays_between_its_ends(answers: list[list[int]]) -> None:
    index = satisfaction_index(answers)

    assert Decimal("24.98") <= index <= Decimal("99.90")
    assert grade(index) in "ABCD"


@given(respondents, st.randoms(use_true_random=False))
def test_index_does_not_know_the_order_of_respondents(answers: list[list[int]], dice) -> None:
    shuffled = dice.sample(answers, len(answers))

    assert satisfaction_index(shuffled, decimals=9) == satisfaction_index(answers, decimals=9)


@given(respondents, st.integers(2, 5))
def test_index_does_not_change_when_everyone_answers_again(
    answers: list[list[int]], times: int
) -> None:
    assert satisfaction_index(answers * times, decimals=9) == (
        satisfaction_index(answers, decimals=9)
    )


@given(respondents, st.integers(0, 8))
def test_a_better_answer_never_lowers_the_index(answers: list[list[int]], place: int) -> None:
    better = [row.copy() for row in answers]
    better[0][place] = min(4, better[0][place] + 1)

    assert satisfaction_index(better, decimals=9) >= satisfaction_index(answers, decimals=9)


@given(respondents)
def test_both_rules_agree_when_all_answers_are_complete(
    answers: list[list[int]],
) -> None:
    assert element_means(answers, incomplete=Incomplete.PER_ELEMENT) == element_means(answers)


@given(st.integers(1, 2_000_000))
def test_sample_size_never_exceeds_the_population_nor_384(population: int) -> None:
    assert 1 <= sample_size(population) <= min(population, 384)
    assert sample_size(population) <= sample_size(population + 1)


@given(st.fractions(0, 100, max_denominator=10_000))
def test_rounding_is_half_up_and_near(number: Fraction) -> None:
    assert Fraction(-1, 200) < Fraction(rounded(number, 2)) - number <= Fraction(1, 200)


@given(respondents)
def test_answers_are_read_back_as_they_were_written(answers: list[list[int]]) -> None:
    text = "\n".join([";".join(COLUMNS), *(";".join(map(str, row)) for row in answers)])

    assert read_answers(text.encode()) == [tuple(row) for row in answers]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        widths = {len(row) for row in read_answers(content)}
    except UnreadableAnswers as refusal:
        widths = set() if str(refusal).endswith(".") else {0}

    assert widths <= {9}
