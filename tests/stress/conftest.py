"""The served form: PostgreSQL and Valkey/Redis run already (tests/served.py)."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def installation(django_db_blocker):
    """Prepare the real database of the served form, not a test copy."""
    if settings.EMBEDDED:
        pytest.skip("these tests need the served form: make stress")
    if connection.settings_dict["NAME"].startswith("test_"):
        pytest.fail("another test turned to the test copy: run them apart, as make stress does")
    with django_db_blocker.unblock():
        call_command("prepare")
        yield
