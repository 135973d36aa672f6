"""What every test of this room needs."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Forget kept pages: the next test's mall has the same key and versions."""
    cache.clear()
    yield
    cache.clear()
