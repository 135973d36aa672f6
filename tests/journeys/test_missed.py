"""A page that may have missed something looks again at once, whatever it listens for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey


def looks_of(page: Page, address: str, what: str) -> int:
    """Open a page whose stream tells of one happening; return how often it looks again."""
    told = f'retry: 600000\nevent: hello\ndata: {{}}\n\ndata: {{"what": "{what}", "key": ""}}\n\n'
    looks: list[str] = []

    def stream(route: Route) -> None:
        route.fulfill(body=told, content_type="text/event-stream")

    page.route("**/live/", stream)
    page.on(
        "request",
        lambda request: looks.append(request.url) if "x-gerai-refresh" in request.headers else None,
    )
    page.goto(address)
    page.wait_for_timeout(4_000)
    return len(looks)


def test_a_page_looks_again_when_it_may_have_missed_something(
    server: Server, someone: Callable[..., Page]
) -> None:
    home = f"{server.site.url}/"
    # Once since the line is there; another room's happening is none of its business.
    assert looks_of(someone(), home, "newsroom.comment") == 1
    assert looks_of(someone(), home, "live.again") == 2
