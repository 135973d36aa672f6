"""What a stage needs before it may close, and the template that workspaces begin from."""

import pytest

from gerai.founding.network import Task, plan
from gerai.founding.rules import Facts, check, gravity, opening_conditions
from gerai.founding.stages import LEGAL_LINES, OPEN_STEP, STEPS, Mark, Stage, steps_of
from gerai.founding.states import MOVES, State, verbs_from

WHOLE = Facts(
    steps={stage.value: (2, 2) for stage in Stage},
    has_leader=True,
    services=3,
    agreements_signed=1,
    has_flow=True,
    has_house_rules=True,
    has_complaints=True,
    facilities=4,
    seated_counters=1,
    has_hours=True,
    roles=2,
    officers=1,
    trial_days=1,
    ready_agencies=1,
    is_open=True,
)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_stage_with_all_it_needs_may_close(stage):
    found = check(stage, WHOLE)

    assert (found.missing, found.may_close, found.percent) == ((), True, 100)


@pytest.mark.parametrize(
    ("stage", "change", "missing"),
    [
        ("commitment", {"has_leader": False}, ["leader"]),
        ("agencies", {"agreements_signed": 0}, ["agreement"]),
        ("agencies", {"services": 0}, ["service"]),
        ("mechanism", {"services_without_standard": 2}, ["standards"]),
        ("mechanism", {"services": 0}, ["standards"]),
        ("mechanism", {"has_flow": False, "has_complaints": False}, ["flow", "complaints"]),
        ("mechanism", {"has_house_rules": False}, ["house_rules"]),
        ("facilities", {"facilities": 0}, ["checklist"]),
        ("facilities", {"required_missing": 1}, ["facilities"]),
        ("facilities", {"seated_counters": 0, "has_hours": False}, ["counter", "hours"]),
        ("staff", {"roles": 0}, ["roles"]),
        ("staff", {"roles_unfilled": 1, "roles_untrained": 1}, ["filled", "trained"]),
        ("staff", {"officers": 0}, ["officer"]),
        ("trial", {"trial_days": 0}, ["trial_day"]),
        ("inauguration", {"is_open": False}, ["open"]),
        ("after", {"agreements_ending": 1}, ["renewed"]),
        ("trial", {"steps": {"trial": (1, 2)}}, ["steps"]),
    ],
)
def test_a_stage_names_what_it_lacks(stage, change, missing):
    found = check(stage, Facts(**{**vars(WHOLE), **change}))

    assert [condition.key for condition in found.missing] == missing
    assert found.percent < 100


def test_the_share_counts_steps_and_conditions_alike():
    # One of two steps, one of one condition.
    facts = Facts(steps={"commitment": (1, 2)}, has_leader=True)

    assert check("commitment", facts).percent == 66


def test_an_empty_mall_lacks_all_five_things_before_its_opening():
    lacking = [each.key for each in opening_conditions(Facts(steps={})) if not each.is_met]

    assert lacking == ["service", "counter", "hours", "officer", "together"]


def test_a_risk_is_as_grave_as_likelihood_times_weight():
    told = {
        (likelihood, weight): gravity(likelihood, weight)
        for likelihood in (1, 3, 5)
        for weight in (1, 3, 5)
    }

    assert [pair for pair, word in told.items() if word == "grave"] == [(3, 5), (5, 3), (5, 5)]
    assert [pair for pair, word in told.items() if word == "notable"] == [(3, 3)]


def test_the_template_has_steps_in_every_stage_and_can_be_scheduled():
    assert [stage for stage in Stage if not steps_of(stage)] == []
    keys = {step.key: number for number, step in enumerate(STEPS)}
    assert len(keys) == len(STEPS)
    spans = plan(
        Task(keys[step.key], step.days, frozenset(keys[need] for need in step.needs))
        for step in STEPS
    )
    opening = spans[keys[OPEN_STEP]]
    before = [spans[keys[step.key]].ends for step in STEPS if step.stage != Stage.AFTER]
    assert opening.ends == max(before)
    assert opening.ends < 365


def test_every_need_of_the_template_lies_in_its_own_stage_or_an_earlier_one():
    place = {stage: number for number, stage in enumerate(Stage)}
    at = {step.key: place[step.stage] for step in STEPS}

    assert [s.key for s in STEPS if any(at[need] > at[s.key] for need in s.needs)] == []


def test_no_line_of_the_template_claims_to_be_verified():
    marks = {line.mark for line in (*STEPS, *LEGAL_LINES)}

    assert Mark.VERIFIED not in marks
    assert [s.key for s in STEPS if not s.source] == []
    assert [line.key for line in LEGAL_LINES if line.mark == Mark.NOT_FOUND and line.text] == []


def test_every_state_can_be_left_and_no_move_stays():
    assert [state for state in State if not verbs_from(state)] == []
    assert [verb for verb, (sources, target) in MOVES.items() if target in sources] == []
