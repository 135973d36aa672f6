"""The first page costs the same however many services and steps there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.directory.tests.factories import a_service, an_agency
from gerai.founding.queries import joining, readiness, schedule
from gerai.founding.tests.factories import a_founding

pytestmark = pytest.mark.django_db


def asked(founding):
    with CaptureQueriesContext(
        connection,
    ) as told:
        readiness()
        schedule(founding)
        joining()
    return len(told)


def test_the_first_page_asks_as_often_for_many_services_as_for_one(mall):
    founding = a_founding()
    a_service()
    few = asked(founding)
    for _ in range(4):
        agency = an_agency()
        for _ in range(5):
            a_service(agency=agency)

    assert asked(founding) == few
    assert few <= 30
