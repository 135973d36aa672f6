"""Which looks count, what the yardsticks say, and how errors are put together."""

from dataclasses import replace

import pytest

from gerai.waits.rules import Case, Estimate, Judgement, Recorded, Snapshot, judge, replay


def case(middle: float, realised: float, *, low=0.0, high=100.0, by_set: float | None = 9.0):
    return Case("K", Estimate(low, middle, high), realised, by_rate=4.0, by_set=by_set)


def test_judge_puts_errors_together():
    found = judge(
        [
            case(10, 12),
            case(10, 4, high=10),
            case(10, 10, low=10, high=10),
            case(10, 30, high=20, by_set=None),
        ]
    )
    assert found == Judgement(
        cases=4,
        mae=7.0,
        medae=4.0,
        p90=pytest.approx(15.8),
        coverage=0.75,
        width=32.5,
        rate_mae=10.0,
        set_mae=pytest.approx(3),
        constant_mae=8.0,
    )


BEFORE = Recorded("K", Snapshot("A", 1, 505, 2, 2, 3, 5, 8), 10.0)
LOOK = Recorded("K", Snapshot("A", 1, 510, 2, 3, 4, 7, 8), 10.0)


def counted(look: Recorded, before: Recorded = BEFORE) -> list[tuple[float, float | None]]:
    return [(found.by_rate, found.by_set) for found in replay([before, look])]


def seen(**changes) -> Recorded:
    return replace(LOOK, snapshot=replace(LOOK.snapshot, **changes))


def test_a_look_counts_with_its_yardsticks():
    assert counted(LOOK) == [(15.0, 12.0)]
    assert counted(seen(usual_minutes=None)) == [(15.0, None)]
    assert counted(seen(usual_minutes=600)) == [(15.0, 240.0)]
    assert counted(seen(waiting=100)) == [(240.0, 240.0)]


@pytest.mark.parametrize(
    "look",
    [
        seen(minute=509),
        seen(waiting=0),
        seen(counters=0),
        seen(called=3),
        seen(day=2),
        seen(minute=535.5),
        replace(LOOK, realised=None),
        replace(LOOK, realised=240.1),
    ],
)
def test_looks_that_do_not_count(look: Recorded):
    assert counted(look) == []


def test_looks_at_the_edges_count():
    assert len(counted(replace(LOOK, realised=240.0))) == 1
    assert len(counted(seen(minute=535))) == 1
