"""A world under attack, for the tests of the house."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.house.attack import House, is_double
from tests.house.rows import undone
from tests.house.walk import browsers, forms, pages
from tests.house.world import World, a_world, told


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Make both malls."""
    with a_world() as made:
        yield made


@pytest.fixture(scope="module")
def standing_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Walk over every page of the first mall as everybody, once for all tests of a file."""
    with django_db_blocker.unblock(), undone(), a_world() as world:
        found = list(pages(world.here))
        good = told(world.here, world.here.home)
        seen = [form for form in forms(found) if not is_double(form)]
        for form in seen:
            for name, values in form.values.items():
                if values == [""]:
                    form.values[name] = good.get(name, "")
        yield House(world, {}, found, seen)


@pytest.fixture
def house(standing_house: House, db: None, quiet: None) -> House:
    """Give the house with fresh browsers; what a test writes is taken back after it."""
    return replace(standing_house, clients=browsers(standing_house.world.here))


@pytest.fixture
def quiet() -> Iterator[None]:
    """Keep the log of refusals out of the report."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
