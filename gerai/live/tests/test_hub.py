"""The hub: in order, to all, and no slow browser holds up the others."""

import asyncio
from typing import Any

import pytest

from gerai.live import hub as hubs
from gerai.live.hub import AGAIN, HEARTBEAT, Hub, as_event


class Browser:
    """Takes messages; while it is `stuck` it takes one and waits with it."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.flows = asyncio.Event()
        self.flows.set()

    async def send(self, message: Any) -> None:
        await self.flows.wait()
        self.heard.append(message["body"])


def happening(n: int) -> dict[str, str]:
    return {"what": "queue.take", "key": str(n)}


async def settle() -> None:
    for _turn in range(20):
        await asyncio.sleep(0)


def test_all_hear_all_in_order_and_neighbours_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "AT_A_STRETCH", 2)

    async def hall() -> tuple[list[Browser], Browser]:
        hub, browsers, stranger = Hub(), [Browser() for _n in range(7)], Browser()
        for browser in browsers:
            hub.open(1, browser.send)
        hub.open(2, stranger.send)
        for n in range(3):
            hub.deliver(1, happening(n))
        await settle()
        return browsers, stranger

    browsers, stranger = asyncio.run(hall())
    told = [as_event(happening(n)) for n in range(3)]
    assert [browser.heard for browser in browsers] == [told] * 7
    assert stranger.heard == []


def test_who_cannot_keep_up_holds_up_nobody_and_hears_one_happening_for_all_it_missed() -> None:
    async def hall() -> tuple[Browser, Browser]:
        hub, slow, quick = Hub(), Browser(), Browser()
        for browser in (slow, quick):
            hub.open(1, browser.send)
        slow.flows.clear()
        for n in range(3):
            hub.deliver(1, happening(n))
        await settle()
        assert slow.heard == []
        slow.flows.set()
        await settle()
        hub.deliver(1, happening(3))
        await settle()
        return slow, quick

    slow, quick = asyncio.run(hall())
    told = [happening(0), AGAIN, happening(3)]
    assert slow.heard == [as_event(each) for each in told]
    assert quick.heard == [as_event(happening(n)) for n in range(4)]


def test_who_gets_stuck_once_more_while_catching_up_hears_of_that_too() -> None:
    async def hall() -> list[bytes]:
        hub, line, heard = Hub(), asyncio.Semaphore(0), []

        async def send(message: Any) -> None:
            await line.acquire()
            heard.append(message["body"])

        hub.open(1, send)
        for n in range(3):
            hub.deliver(1, happening(n))
            if n == 1:
                await settle()
                line.release()
            await settle()
        for _message in range(3):
            line.release()
        await settle()
        return heard

    assert asyncio.run(hall()) == [as_event(each) for each in (happening(0), AGAIN, AGAIN)]


def test_a_missed_heartbeat_is_nothing_to_catch_up_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.01)

    async def hall() -> Browser:
        hub, slow = Hub(), Browser()
        hub.open(1, slow.send)
        slow.flows.clear()
        hub.deliver(1, happening(0))
        await asyncio.sleep(0.05)
        slow.flows.set()
        await settle()
        return slow

    heard = asyncio.run(hall()).heard
    assert heard[0] == as_event(happening(0))
    assert set(heard[1:]) <= {HEARTBEAT}


def test_who_went_away_hears_nothing_more() -> None:
    async def hall() -> Browser:
        hub, browser = Hub(), Browser()
        hub.close(1, hub.open(1, browser.send))
        hub.deliver(1, happening(1))
        await settle()
        assert hub.count() == 0
        return browser

    assert asyncio.run(hall()).heard == []


def test_a_line_that_broke_hurts_nobody() -> None:
    async def broken(_message: Any) -> None:
        raise ConnectionResetError

    async def hall() -> Browser:
        hub, browser = Hub(), Browser()
        hub.open(1, broken)
        hub.open(1, browser.send)
        hub.deliver(1, happening(1))
        await settle()
        return browser

    assert asyncio.run(hall()).heard == [as_event(happening(1))]


def test_silence_is_broken_by_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.01)

    async def hall() -> Browser:
        hub, browser = Hub(), Browser()
        hub.open(1, browser.send)
        async with asyncio.timeout(30):
            while len(browser.heard) < 2:
                await asyncio.sleep(0.01)
        return browser

    assert asyncio.run(hall()).heard[:2] == [HEARTBEAT] * 2
