"""A mall that is open from Monday to Friday, at a known moment; a browser at its desk."""

import pytest
import time_machine
from django.test import Client

from gerai.directory.tests.factories import office_hours
from gerai.visits.tests.factories import TEN, a_host


@pytest.fixture
def open_mall(mall):
    """Return the mall with office hours, on Monday 23 November 2026 at ten."""
    with time_machine.travel(TEN, tick=False):
        office_hours()
        yield mall


@pytest.fixture
def host(open_mall):
    """Return somebody who receives guests."""
    return a_host(name="Contoh Penerima")


@pytest.fixture
def desk(host):
    """Return the host's browser."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(host)
    return browser
