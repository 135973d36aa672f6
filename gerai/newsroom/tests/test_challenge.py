"""The sum a browser solves: only ours, only right, only in time."""

import base64
import json
from datetime import UTC, datetime, timedelta

import altcha
import pytest

from gerai.newsroom.challenge import (
    FEWEST_TRIES,
    LASTS,
    LONGEST_PAYLOAD,
    MOST_TRIES,
    new_challenge,
    solved,
)

NOW = datetime(2026, 8, 13, 9, 0, tzinfo=UTC)
KEY = b"a key of this test"


def solution_of(challenge):
    made = altcha.Challenge.from_dict(challenge)
    found = altcha.solve_challenge(made)
    return altcha.Payload(made, found).to_base64()


def changed(payload, change):
    told = json.loads(base64.b64decode(payload))
    change(told)
    return base64.b64encode(json.dumps(told).encode()).decode()


@pytest.fixture(scope="module")
def challenge():
    return new_challenge(KEY, now=NOW)


@pytest.fixture(scope="module")
def payload(challenge):
    return solution_of(challenge)


def test_a_solution_is_known_by_the_signature_of_its_sum(challenge, payload):
    found = solved(payload, KEY, now=NOW)
    assert (found.signature, found.expires_at) == (challenge["signature"], NOW + LASTS)


def test_two_sums_are_never_the_same():
    first, second = new_challenge(KEY, now=NOW), new_challenge(KEY, now=NOW)
    assert first["signature"] != second["signature"]


def test_the_tries_lie_between_the_two_bounds(payload):
    counter = json.loads(base64.b64decode(payload))["solution"]["counter"]
    assert FEWEST_TRIES <= counter <= MOST_TRIES


def test_a_sum_is_worth_nothing_when_its_time_is_over(payload):
    assert solved(payload, KEY, now=NOW + LASTS - timedelta(seconds=1)) is not None
    assert solved(payload, KEY, now=NOW + LASTS) is None


def test_another_key_knows_nothing_of_it(payload):
    assert solved(payload, b"another key", now=NOW) is None


def test_nobody_prolongs_a_sum(payload):
    def later(told):
        told["challenge"]["parameters"]["data"]["until"] += 3600

    assert solved(changed(payload, later), KEY, now=NOW) is None


def test_nobody_makes_a_sum_easier(payload):
    def easier(told):
        told["challenge"]["parameters"] |= {"cost": 1, "keyPrefix": ""}

    assert solved(changed(payload, easier), KEY, now=NOW) is None


def test_a_wrong_answer_is_wrong(payload):
    def wrong(told):
        told["solution"]["derivedKey"] = "00" * 32

    assert solved(changed(payload, wrong), KEY, now=NOW) is None


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "x",
        "é" * 40,
        "\x00",
        base64.b64encode(b"null").decode(),
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'{"challenge": 1, "solution": 2}').decode(),
        base64.b64encode(b'{"challenge": {"parameters": null}, "solution": {}}').decode(),
        base64.b64encode(b"[" * 2000).decode(),
        "A" * (LONGEST_PAYLOAD + 1),
    ],
    ids=range(10),
)
def test_rubbish_is_no_solution(rubbish):
    assert solved(rubbish, KEY, now=NOW) is None
