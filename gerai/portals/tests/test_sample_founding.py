"""The sample founding stands half way, and is made once."""

import pytest
import time_machine

from gerai.founding.models import Decision, Guidance, Step
from gerai.founding.queries import founding_of, joining, lacks_before_opening, readiness, schedule
from gerai.founding.tests.factories import MONDAY, a_founding_mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.portals.sample.founding import AGENCIES, DONE, SAMPLE, fill_founding

pytestmark = pytest.mark.django_db


def test_the_sample_founding_is_half_way_and_made_once():
    with time_machine.travel(MONDAY):
        mall = a_founding_mall(SAMPLE.slug, region_code=SAMPLE.region_code)
        assert fill_founding(mall, audit.SYSTEM) is True
        assert fill_founding(mall, audit.SYSTEM) is False
        with in_mall(mall):
            assert Step.objects.filter(state="done").count() == len(DONE)
            stages = readiness()
            assert [stage.stage for stage in stages if stage.is_closed] == ["commitment"]
            assert 0 < stages[1].percent < 100
            plan = schedule(founding_of())
            assert [row.step.key for row in plan.late] == ["standards", "joint", "budget"]
            assert len(plan.under_way) == 6
            assert {each.warning for each in joining()} == {None, 60}
            assert len(joining()) == len(AGENCIES)
            assert (Guidance.objects.count(), Decision.objects.count()) == (3, 3)
            keys = [lack.key for lack in lacks_before_opening()]
            assert keys == ["hours", "officer", "together"]
