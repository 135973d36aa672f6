"""A crowd of pages: told to spread, and answered from one page made for all."""

import asyncio
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gerai.live import hub as hubs
from gerai.live.hub import Hub, as_event
from gerai.live.kept import _answers, kept_for_a_crowd
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.tests.factories import a_mall

HAPPENING = {"what": "queue.call", "key": "line:7"}


def told_to(pages: int, monkeypatch: pytest.MonkeyPatch, *, crowd: int = 3) -> bytes:
    """Return what the last of so many pages hears of one happening."""
    monkeypatch.setattr(hubs, "CROWD", crowd)
    heard: list[bytes] = []

    async def hear(message: Any) -> None:
        heard.append(message["body"])

    async def nothing(_message: Any) -> None: ...

    async def hall() -> None:
        hub = Hub()
        for page in range(pages):
            hub.open(1, hear if page == pages - 1 else nothing)
        hub.deliver(1, HAPPENING)
        await asyncio.sleep(0.01)

    asyncio.run(hall())
    [event] = heard
    return event


def test_few_pages_are_told_nothing_of_spreading(monkeypatch):
    assert told_to(3, monkeypatch) == as_event(HAPPENING)


def test_the_spread_grows_with_the_crowd_up_to_a_limit(monkeypatch):
    assert told_to(4, monkeypatch) == as_event({**HAPPENING, "spread_ms": 4 * hubs.EACH_MS})
    monkeypatch.setattr(hubs, "LONGEST_SPREAD_MS", 30)
    assert told_to(9, monkeypatch) == as_event({**HAPPENING, "spread_ms": 30})


@pytest.fixture
def crowd(mall: Mall, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """Let any mall be crowded; give the hub that the pages ask."""
    hub = Hub()
    monkeypatch.setattr(hub, "is_crowded", lambda _mall_id: True)
    monkeypatch.setattr("gerai.live.kept.hub", hub)
    _answers.clear()
    return hub


made: list[str] = []


@kept_for_a_crowd
def page(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    status = 404 if "hilang" in request.path else 200
    response = HttpResponse(f"halaman {len(made)}", status=status)
    if "kue" in request.path:
        response.set_cookie("a", "b")
    return response


def seen(path: str = "/", *, again: bool = True, **cookies: str) -> str:
    request = RequestFactory().get(path, headers={"X-Gerai-Refresh": "1"} if again else {})
    request.COOKIES.update(cookies)
    return page(request).content.decode()


def test_who_looks_before_anything_happens_sees_the_same(crowd: Hub, mall: Mall):
    first = seen()
    assert seen() == first
    crowd.deliver(mall.pk, HAPPENING)
    second = seen()
    assert second != first
    assert seen() == second


def test_a_happening_while_a_page_is_made_makes_it_old(crowd: Hub, mall: Mall):
    @kept_for_a_crowd
    def slow(_request: HttpRequest) -> HttpResponse:
        made.append("slow")
        if made.count("slow") == 1:
            crowd.deliver(mall.pk, HAPPENING)
        return HttpResponse(str(made.count("slow")))

    request = RequestFactory().get("/slow/", headers={"X-Gerai-Refresh": "1"})
    assert [slow(request).content for _look in range(3)] == [b"1", b"2", b"2"]


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/", {"again": False}),
        ("/", {"sessionid": "seseorang"}),
        ("/", {"messages": "pesan"}),
        ("/hilang/", {}),
        ("/kue/", {}),
        ("/?" + "a" * 201, {}),
    ],
)
def test_these_are_made_for_each_reader(crowd: Hub, path: str, how: dict[str, Any]):
    assert seen(path, **how) != seen(path, **how)


def test_neither_another_mall_nor_another_look_gets_it(crowd: Hub, mall: Mall):
    first = seen()
    assert seen(gerai_theme="dark") != first
    assert seen("/?halaman=2") != first
    with in_mall(a_mall("soppeng")):
        assert seen() != first
    assert seen() == first


def test_no_crowd_no_sharing(crowd: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crowd, "is_crowded", lambda _mall_id: False)
    assert seen() != seen()
