"""The sample's visit that is over."""

import pytest

from gerai.malls.models import Mall
from gerai.people.audit import SYSTEM
from gerai.people.roles import Role
from gerai.people.tests.factories import a_user
from gerai.portals.sample.visits_day import KNOWN, fill_visits_day
from gerai.visits.models import Impression, KnownMall, Visit
from gerai.visits.queries.statistics import statistics
from gerai.visits.states import State


def test_the_visit_is_made_once_and_says_that_it_is_a_sample(mall: Mall):
    a_user(Role.HOST)

    made = [fill_visits_day(mall, SYSTEM) for _ in range(2)]

    assert made == [True, False]
    visit = Visit.objects.get()
    assert (visit.state, visit.is_sample) == (State.CLOSED, True)
    figures = statistics()
    assert (figures.visits, figures.guests, figures.rated, figures.question_count) == (1, 4, 3, 3)
    told = [*Impression.objects.values_list("words", flat=True), visit.purpose]
    told += KnownMall.objects.values_list("region_name", flat=True)
    assert [words for words in told if "contoh" not in words.lower()] == []
    assert KnownMall.objects.count() == len(KNOWN)


@pytest.mark.usefixtures("mall")
def test_a_list_that_was_loaded_stays():
    KnownMall.objects.create(region_code="73.11", region_name="Kabupaten Barru", source="Sumber")
    a_user(Role.HOST)

    fill_visits_day(Mall.objects.get(), SYSTEM)

    assert [each.region_code for each in KnownMall.objects.all()] == ["73.11"]
