"""An estimate uses nothing that comes after its moment, and never a realised wait."""

from dataclasses import replace
from random import Random

import pytest

from gerai.waits.rules import Recorded, replay
from gerai.waits.tests.simulated import Office, recording


def _two_lines() -> list[Recorded]:
    one = recording(Office(), days=4, name="Satu")
    other = [
        replace(each, office="Satu")
        for each in recording(Office(counters=1, service=4), days=4, name="Dua")
    ]
    return sorted([*one, *other], key=lambda each: (each.snapshot.day, each.snapshot.minute))


def _altered(one: Recorded, random: Random) -> Recorded:
    called = random.randrange(200)
    waiting = random.randrange(30)
    return replace(
        one,
        snapshot=replace(
            one.snapshot,
            counters=random.randrange(1, 9),
            waiting=waiting,
            called=called,
            issued=called + waiting,
            usual_minutes=random.uniform(0, 90),
        ),
        realised=random.uniform(0, 240),
    )


@pytest.mark.parametrize("share", [0.1, 0.4, 0.75, 0.99])
def test_altering_all_that_comes_later_alters_no_estimate(share: float):
    whole = _two_lines()
    moment = int(share * len(whole))
    random = Random(moment)
    other = [*whole[:moment], *(_altered(one, random) for one in whole[moment:])]
    said, again = replay(whole), replay(other)
    until = len(replay(whole[:moment]))
    assert until > 20
    assert [case.said for case in said[:until]] == [case.said for case in again[:until]]
    assert said[until:] != again[until:]


def test_altering_every_realised_wait_alters_no_estimate():
    whole = _two_lines()
    other = [replace(one, realised=None if one.realised is None else 1.0) for one in whole]
    assert [case.said for case in replay(whole)] == [case.said for case in replay(other)]
