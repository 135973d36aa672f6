"""Which region a mall serves."""

import pytest

from gerai.malls.models import Mall
from gerai.malls.queries import region_of


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("73.11", "Kabupaten Barru"),
        ("73", "Sulawesi Selatan"),
        ("73.99", "Sulawesi Selatan"),
        ("", ""),
    ],
)
def test_a_region_is_the_regency_or_else_the_province(code, name):
    assert region_of(Mall(region_code=code)) == name
