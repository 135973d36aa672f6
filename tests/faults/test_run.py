"""A short run of each form: under every kind of trouble nothing is lost, doubled or silent."""

from pathlib import Path

import pytest

from tests.faults.run import FORMS, torment

SECONDS = 10
# So many of each fact, or the run proves nothing.
LEAST = 5
SEED = 20261126


@pytest.mark.stress
@pytest.mark.parametrize("form", FORMS)
def test_nothing_acknowledged_is_lost_doubled_or_unspoken(form: str, tmp_path: Path) -> None:
    result = torment(form, tmp_path, seconds=SECONDS, seed=SEED, pause=0.3)
    print(result.words())
    assert (result.findings, result.failures) == ([], [])
    for fact in ("ask", "told", "desk", "done", "said"):
        assert result.facts[fact] > LEAST, f"too little happened: {result.words()}"
    if form == "served":
        assert result.facts["again"], f"no page heard of Valkey's return: {result.words()}"
