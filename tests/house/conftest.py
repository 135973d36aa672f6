"""A world under attack, for the tests of the house."""

import logging
from collections.abc import Iterator

import pytest

from tests.house.attack import House, is_double
from tests.house.walk import browsers, forms, pages
from tests.house.world import World, a_world, told


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Make both malls."""
    with a_world() as made:
        yield made


@pytest.fixture
def house(world: World, quiet: None) -> House:
    """Walk over every page of the first mall as everybody, and gather the forms."""
    found = list(pages(world.here))
    good = told(world.here, world.here.home)
    seen = [form for form in forms(found) if not is_double(form)]
    for form in seen:
        for name, values in form.values.items():
            if values == [""]:
                form.values[name] = good.get(name, "")
    return House(world, browsers(world.here), found, seen)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Keep the log of refusals out of the report."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
