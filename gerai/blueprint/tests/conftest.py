"""A mall that is being founded, in scope."""

import pytest

from gerai.blueprint.tests.factories import a_founding_mall
from gerai.malls.scope import in_mall


@pytest.fixture
def founding(db):
    """Return an empty mall that is being founded, in scope."""
    with in_mall(a_founding_mall()) as mall:
        yield mall
