"""Room tests of the queue run on a Monday at ten; `clock_at` moves the time on."""

from collections.abc import Iterator

import pytest
import time_machine

from gerai.queue.tests.factories import TEN, House, a_house


@pytest.fixture
def clock_at() -> Iterator[time_machine.Traveller]:
    """Stop the clock on Monday at ten."""
    with time_machine.travel(TEN, tick=False) as at:
        yield at


@pytest.fixture
def house(mall: object, clock_at: object) -> House:
    """Make an agency with an open counter in the mall "barru"."""
    return a_house()


@pytest.fixture
def other(house: House) -> House:
    """Make another agency whose officer sits at its counter."""
    return a_house(code="B", hours=False)
