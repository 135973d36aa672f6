"""A told Monday in the mall "barru", looked at on the Tuesday after at nine."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from gerai.malls.models import Mall
from gerai.queue.tests.factories import House
from gerai.story.tests.factories import TUESDAY, a_told_day


@pytest.fixture
def tuesday() -> Iterator[time_machine.Traveller]:
    """Stop the clock on Tuesday at nine."""
    with time_machine.travel(TUESDAY, tick=False) as at:
        yield at


@pytest.fixture
def house(mall: Mall, tuesday: object) -> Iterator[House]:
    """Make the mall and its Monday; words tell the mall's time, as on its pages."""
    with timezone.override(mall.zone):
        yield a_told_day()
