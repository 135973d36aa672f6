"""What the journeys of screens and kiosks share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Server
from tests.journeys.screens.hall import Hall


@pytest.fixture
def hall(server: Server, someone: Callable[..., Page]) -> Hall:
    return Hall(server, someone)
