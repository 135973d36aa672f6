"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import settings

from gerai.directory.tests.factories import a_mall
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall

# How long an example takes says how busy the machine is, not whether the property holds.
settings.register_profile("gerai", deadline=None)
settings.load_profile("gerai")


# Whoever asks for none of these touches no database.
DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker"}
# The room that speaks with Valkey/Redis itself, database or not.
SIGNALS = Path(__file__).parent / "gerai/live"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is the same on every database, so that `make test` runs it once."""
    for item in items:
        asked = DATABASE & set(getattr(item, "fixturenames", ()))
        is_of_signals = item.path.is_relative_to(SIGNALS)
        if not (asked or is_of_signals or item.get_closest_marker("django_db")):
            item.add_marker("one_database")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of published data, or skip where it is absent."""
    told = os.environ.get("GERAI_SHARED_DATA")
    folder = Path(told) if told else Path(__file__).resolve().parent.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data are not on this machine; set GERAI_SHARED_DATA")
    return folder


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Forget what was kept: a mall that was rolled back and made again has the same keys."""
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def mall(db: None) -> Iterator[Mall]:
    """Make the mall "barru" and put it in scope."""
    with in_mall(a_mall()) as barru:
        yield barru


@pytest.fixture
def client() -> Client:
    """Return a browser that calls the mall "barru"."""
    return Client(HTTP_HOST="barru.localhost")
